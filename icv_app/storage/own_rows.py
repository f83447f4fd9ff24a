"""Own rows: the kinds of record that the program writes by itself, which nobody would call a record of theirs."""

from collections.abc import Collection
from typing import Final

from icv_app.encryption.cipher import Connection

KINDS: Final = ("audit", "presence", "briefing", "device", "enrolment", "keys", "receipt", "erase")
"""A laptop's log and health, what the next visitors are told, who takes part, and the orders that disposals make."""

_MARKS = ", ".join("?" * len(KINDS))
_CHUNK = 500


def among(connection: Connection, revs: Collection[bytes]) -> int:
    """Return how many of the revisions of those names are the program's own."""
    found, names = 0, sorted(revs)
    for at in range(0, len(names), _CHUNK):
        chunk = names[at : at + _CHUNK]
        query = f"SELECT count(*) FROM revision WHERE rev IN ({', '.join('?' * len(chunk))}) AND kind IN ({_MARKS})"  # noqa: S608
        found += connection.execute(query, (*chunk, *KINDS)).fetchone()[0]
    return found


def newest(connection: Connection) -> int:
    """Return a mark of what is held now, for `since`."""
    (found,) = connection.execute("SELECT coalesce(max(rowid), 0) FROM revision").fetchone()
    return int(found)


def since(connection: Connection, mark: int, but: bytes) -> int:
    """Return how many of the program's own revisions came in since the mark, those of the writer `but` left out."""
    query = f"SELECT count(*) FROM revision WHERE rowid > ? AND replica <> ? AND kind IN ({_MARKS})"  # noqa: S608
    (found,) = connection.execute(query, (mark, but, *KINDS)).fetchone()
    return int(found)
