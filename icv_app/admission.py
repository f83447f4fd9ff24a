"""Admission: which rows of this laptop's file count, decided as they arrive and again when more is known of them."""

from collections.abc import Iterator, Sequence

from icv_app import current, meta, standing
from icv_app.cipher import Connection
from icv_app.credential import KINDS
from icv_app.pen import Pen
from icv_app.revision import COLUMNS
from icv_app.rights import Beginning
from icv_app.standing import CLOSED, FORGED, NOT_ALLOWED, REVOKED, UNKNOWN, Row, Standing
from icv_app.trust import Trust

_TRUST = "trust"
_WITHHELD = f"""SELECT {", ".join("r." + name for name in COLUMNS)} FROM withheld w JOIN revision r ON r.rev = w.rev
    WHERE w.why """  # noqa: S608  (our own names)
_OF_REPLICA = f"SELECT {', '.join(COLUMNS)} FROM revision WHERE replica = ?"  # noqa: S608


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


def again(connection: Connection, trust: Trust, *, changed: bool) -> None:
    """Judge again what did not count and may now; with `changed`, that the trusted are others, all that may differ."""
    if changed:
        rows = connection.execute(f"{_WITHHELD} IS NOT NULL").fetchall()
        for device in trust.devices.values():
            for replica in _revoked(connection, trust, device.device):
                rows += connection.execute(_OF_REPLICA, (replica,)).fetchall()
    else:
        rows = connection.execute(f"{_WITHHELD} NOT IN (?, ?, ?, ?, ?)", _SETTLED).fetchall()
    if not rows:
        return
    judged = Standing(connection, trust).withheld(rows)
    held = dict(connection.execute("SELECT rev, why FROM withheld"))
    free = [row for row in rows if row[0] in held and row[0] not in judged]
    other = {rev: why for rev, why in judged.items() if held.get(rev) != why}
    standing.released(connection, [row[0] for row in free])
    standing.mark(connection, other)
    moved = {row[1] for row in free} | {row[1] for row in rows if row[0] in other and row[0] not in held}
    if moved:
        current.renew(connection, moved)


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
