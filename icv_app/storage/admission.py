"""Admission: which rows of this laptop's file count, decided as they arrive and again when more is known of them."""

from collections.abc import Collection, Iterator, Sequence

from icv_app.encryption.cipher import Connection
from icv_app.storage import current, meta, standing
from icv_app.storage.credential import KINDS
from icv_app.storage.pen import Pen
from icv_app.storage.revision import COLUMNS
from icv_app.storage.rights import Beginning
from icv_app.storage.standing import BUILT_ON, CLOSED, FORGED, NOT_ALLOWED, REVOKED, UNKNOWN, Row, Standing
from icv_app.storage.trust import Trust

_TRUST = "trust"
_WITHHELD = f"""SELECT {", ".join("r." + name for name in COLUMNS)} FROM withheld w JOIN revision r ON r.rev = w.rev
    WHERE w.why """  # noqa: S608  (our own names)
_ROW = f"SELECT {', '.join(COLUMNS)} FROM revision"  # noqa: S608
_OF_REPLICA = f"{_ROW} WHERE replica = ?"
_CHUNK = 400  # names in one IN list


def known(connection: Connection) -> int:
    """Return a number that grows whenever something arrives that tells who may write or who may read."""
    return int(meta.get(connection, _TRUST, 0))


def tells(rows: Sequence[Row]) -> bool:
    """Return whether any of `rows` tells who may write or read."""
    return any(row[8] in KINDS for row in rows)


def note(connection: Connection) -> None:
    """Have every store of this laptop read again whom it trusts, within the caller's transaction."""
    meta.put(connection, _TRUST, known(connection) + 1)


def admitted(connection: Connection, trust: Trust, rows: Sequence[Row]) -> list[Row]:
    """Return those of `rows`, just inserted, that count, and note of the others why they do not."""
    why = Standing(connection, trust).withheld(rows)
    standing.mark(connection, why)
    return [row for row in rows if row[0] not in why] if why else list(rows)


def again(connection: Connection, trust: Trust, *, changed: bool, came: Sequence[Row] = ()) -> None:
    """Judge again what did not count and may now; with `changed`, that the trusted are others, all that may differ.

    `came`: rows that were just judged. What was built on them may have come before them.
    """
    if changed:
        rows = connection.execute(f"{_WITHHELD} IS NOT NULL").fetchall()
        for device in trust.devices.values():
            for replica in _revoked(connection, trust, device.device):
                rows += connection.execute(_OF_REPLICA, (replica,)).fetchall()
    else:
        rows = connection.execute(f"{_WITHHELD} NOT IN (?, ?, ?, ?, ?)", _SETTLED).fetchall()
    known = {row[0] for row in [*rows, *came]}
    rows += [row for row in _built(connection, {row[1] for row in came if row[8] in BUILT_ON}) if row[0] not in known]
    while rows:
        moved = _judge(connection, trust, rows)
        known |= {row[0] for row in rows}
        rows = [row for row in _built(connection, moved) if row[0] not in known]


def _built(connection: Connection, records: Collection[bytes]) -> Iterator[Row]:
    """Yield the revisions of records that are built on others and judged by these, too."""
    names = sorted(records)
    for at in range(0, len(names), _CHUNK):
        chunk = names[at : at + _CHUNK]
        marks = ",".join("?" * len(chunk)), ",".join("?" * len(BUILT_ON))
        query = f"{_ROW} WHERE record IN ({marks[0]}) AND parents <> x'' AND kind IN ({marks[1]})"
        yield from connection.execute(query, (*chunk, *BUILT_ON)).fetchall()


def _judge(connection: Connection, trust: Trust, rows: Sequence[Row]) -> set[bytes]:
    """Judge `rows` again; return the records in which something counts now that did not, or the other way round."""
    judged = Standing(connection, trust).withheld(rows)
    held = dict(connection.execute("SELECT rev, why FROM withheld"))
    free = [row for row in rows if row[0] in held and row[0] not in judged]
    other = {rev: why for rev, why in judged.items() if held.get(rev) != why}
    standing.released(connection, [row[0] for row in free])
    standing.mark(connection, other)
    moved = {row[1] for row in free} | {row[1] for row in rows if row[0] in other and row[0] not in held}
    if moved:
        current.renew(connection, moved)
    return moved


_SETTLED = (CLOSED, FORGED, NOT_ALLOWED, REVOKED, UNKNOWN)
"""Reasons that only another set of trusted devices or keys can change."""


def _revoked(connection: Connection, trust: Trust, device: str) -> list[bytes]:
    if trust.devices[device].status == "approved":  # another may have counted before this was known of it
        return []
    replicas = connection.execute("SELECT replica FROM head").fetchall()
    return [replica for (replica,) in replicas if (found := trust.writer(replica)) and found.device == device]


def begun(connection: Connection, trust: Trust, pen: Pen, record: bytes) -> Iterator[Beginning]:
    """Yield the first revisions of a record that count, those that `pen` has in hand too (`rights.Beginnings`)."""
    body = pen.begun(record)
    if body is not None:
        yield Beginning(author=pen.author, body=body)
    yield from Standing(connection, trust).begun(record)
