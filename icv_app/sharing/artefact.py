"""An artefact: one SQLite file of revisions (shared file, pack, copy, or the laptop's own), as the exchange reads it.

Every artefact has the same two tables, so one union merges any of them (`sync.md` §2). What may go wrong with a file
that somebody else wrote is mapped here and nowhere else, to three things: foreign, damaged, or a share that went away.
The laptop's own file is read by the same class without that mapping: its troubles are never taken for the hub's.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any, Self

from forms.translation import tr
from icv_app.encryption import cipher
from icv_app.encryption.cipher import Connection
from icv_app.encryption.faults import in_words
from icv_app.errors import Unavailable
from icv_app.sharing.holding import Holding as Holding  # callers know them as an artefact's
from icv_app.sharing.holding import Vector as Vector
from icv_app.sharing.holding import first_of
from icv_app.storage import chain, erasure, schema, seals
from icv_app.storage.revision import COLUMNS, hollow, intact

Row = tuple[Any, ...]

FIRST_BATCH = 24_000  # where nobody types yet: a record that changed several times is merged fewer times
BATCH = 8000  # rows a step: large enough for one transaction, small enough for memory (some 25 MB)
_CHUNK = 400  # bound variables of one statement
_SELECT = f"SELECT {', '.join(COLUMNS)} FROM revision"  # noqa: S608  (constant names)

# primary result codes of SQLite that tell of the way to the file, not of its content
_TRANSPORT = {3: "PERM", 5: "BUSY", 6: "LOCKED", 7: "NOMEM", 8: "READONLY", 10: "IOERR", 13: "FULL", 14: "CANTOPEN"}
_NOTADB = 26
_LOCAL = Path("this laptop's data")


class Foreign(Exception):
    """The key does not open the file, or it belongs to something else. It must not be touched."""

    def __init__(self, path: Path) -> None:
        super().__init__(path.name)
        self.path = path


class Damaged(Exception):
    """The file is ours (its first page opened with the key) but what it holds cannot be right."""

    def __init__(self, path: Path, reason: str) -> None:
        super().__init__(f"{path.name}: {reason}")
        self.path = path
        self.reason = reason


class Unexplained(Damaged):
    """Rows without their payload, and no order that this laptop obeys says that they were erased."""

    def __init__(self, path: Path, rows: list[Row], vector: Vector) -> None:
        super().__init__(path, tr("entry {name} has no content, and no order took it away", name=_name(rows[0])))
        self.rows = rows
        self.vector = vector


class Artefact:
    """Revisions in one open SQLite file. Close it before the file is replaced or renamed (Windows insists)."""

    def __init__(self, connection: Connection, path: Path | None = None) -> None:
        """Wrap an open `connection`: with `path` a file of the share, without it the laptop's own."""
        self._connection = connection
        self._path = path
        self.pardoned: Callable[[Row], bool] = _never if path else erasure.pardon(connection)
        """Says of a row without its payload whether an order of the office took it; where not, it is damaged."""
        self.key = b""
        """The key that opened it; empty for the laptop's own file."""
        self._heads: list[Row] = []
        self._vector: Vector = {}

    @classmethod
    def open(
        cls, path: Path, key: bytes, hub_id: str | None, *, salvage: bool = False,
        pardoned: Callable[[Row], bool] | None = None,
    ) -> Self:  # fmt: skip
        """Open the file at `path` to read it, if it is ours: opened by `key`, of our kind, of the scheme `hub_id`.

        `hub_id` None takes that of the file: for who holds the office key and nothing else of the scheme (`recovery`).

        `salvage` opens a damaged file as far as it goes. `pardoned` says which rows were lawfully erased (None: none).
        Raises Foreign, Damaged, Unavailable("newer_format") and Unavailable("share_away").
        """
        with _Mapped(path, opened=False):
            connection = cipher.open_shared(path, key)
        artefact = cls(connection, path)
        artefact.key = key
        artefact.pardoned = pardoned or _never
        try:
            artefact._introduce(hub_id, salvage=salvage)
        except BaseException:
            artefact.close()
            raise
        return artefact

    def _introduce(self, hub_id: str | None, *, salvage: bool) -> None:
        assert self._path is not None
        if salvage:
            # a truncated file is refused as a whole otherwise; nothing is written, the connection is query_only
            self._connection.execute("PRAGMA writable_schema = ON")
        try:
            with _Mapped(self._path, opened=False):
                self._connection.execute("SELECT count(*) FROM sqlite_master").fetchone()
                (kind,) = self._connection.execute("PRAGMA application_id").fetchone()
        except Damaged:
            if not salvage:
                raise
            kind = schema.APPLICATION_ID  # the key opened it, and a key is one scheme's
        if kind != schema.APPLICATION_ID:
            raise Foreign(self._path)
        try:
            with self._read():
                schema.refuse_newer(
                    self._connection, tr("The shared file ({name})", name=self._path.name), self.meta("min_reader")
                )
            found = self.meta("hub_id")
        except Damaged:
            if not salvage:
                raise
            return
        if hub_id is not None and found != hub_id:
            raise Foreign(self._path)

    def is_newer(self) -> bool:
        """Return whether a newer program wrote the file, which this one may read and must not replace or remove."""
        with self._read():
            return schema.version(self._connection) > schema.FORMAT

    def close(self) -> None:
        """Close the file."""
        self._connection.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def _read(self) -> "in_words | _Mapped":
        return in_words() if self._path is None else _Mapped(self._path, opened=True)

    def _rows(self, sql: str, parameters: Sequence[Any] = ()) -> list[Row]:
        with self._read():
            found: list[Row] = self._connection.execute(sql, parameters).fetchall()
        return found

    def meta(self, name: str) -> Any:
        """Return the value that the file has under `name` in its own description, or None."""
        found = self._rows("SELECT v FROM meta WHERE k = ?", (name,))
        return found[0][0] if found else None

    def vector(self, *, stretches: bool = False) -> Vector:
        """Return the summary of what the file holds, as its writer left it. O(replicas).

        With `stretches`, the rows of a replica that do not begin at 1 (a pack's) are looked at too: O(those rows).
        """
        heads = self._rows("SELECT replica, n, max_seq, max_rev, digest, linear FROM head ORDER BY replica")
        if heads != self._heads or stretches:  # the same lines say the same: an exchange asks several times
            self._vector, self._heads = self._summed(heads, stretches=stretches), heads if not stretches else []
        return dict(self._vector)

    def _summed(self, heads: list[Row], *, stretches: bool) -> Vector:
        vector: Vector = {}
        for replica, n, max_seq, max_rev, digest, linear in heads:
            first = 1 if linear else 0
            if not (isinstance(replica, bytes) and isinstance(max_rev, bytes) and isinstance(digest, bytes)):
                raise Damaged(self._path or _LOCAL, tr("its summary holds something else than a summary"))
            if stretches and not linear:
                first = first_of(
                    self._rows("SELECT seq, rev, prev FROM revision WHERE replica = ? ORDER BY seq", (replica,))
                )
            with self._read():
                vector[replica] = Holding(n=int(n), max_seq=int(max_seq), max_rev=max_rev, digest=digest, first=first)
        return vector

    def of_kinds(self, kinds: Sequence[str]) -> list[Row]:
        """Return the rows of some kinds, in the order of `revision.COLUMNS`, as they stand."""
        return self._rows(f"{_SELECT} WHERE kind IN ({','.join('?' * len(kinds))})", tuple(kinds))

    def seal_rows(self) -> list[seals.Seal]:
        """Return the seals in the file; none where it is from before there were any."""
        if not self._rows("SELECT 1 FROM sqlite_master WHERE name = 'seal'"):
            return []
        return self._rows("SELECT replica, seq, rev, sig FROM seal")

    def rev_at(self, replica: bytes, seq: int) -> bytes | None:
        """Return the id of the row that `replica` wrote as number `seq`, or None (also where a fork has two)."""
        found = self._rows("SELECT rev FROM revision WHERE replica = ? AND seq = ?", (replica, seq))
        return found[0][0] if len(found) == 1 else None

    def revs(self, replica: bytes) -> set[bytes]:
        """Return the ids of all rows of `replica`."""
        return {rev for (rev,) in self._rows("SELECT rev FROM revision WHERE replica = ?", (replica,))}

    def links(self, replica: bytes, first: int, last: int) -> list[tuple[int, bytes]]:
        """Return (seq, rev) of the rows of `replica` numbered `first` to `last`, in order."""
        return self._rows(
            "SELECT seq, rev FROM revision WHERE replica = ? AND seq BETWEEN ? AND ? ORDER BY seq, rev",
            (replica, first, last),
        )

    def holding(self, revs: Iterable[bytes]) -> set[bytes]:
        """Return those of `revs` that the file has a row for, whether or not that row is intact."""
        return {rev for rows in self._by_rev("SELECT rev FROM revision", revs) for (rev,) in rows}

    def batches(self, replica: bytes | None = None, *, after: int = 0, step: int = BATCH) -> Iterator[list[Row]]:
        """Yield the rows of `replica` numbered above `after` (or all rows of the file), `step` at a time."""
        with self._read():
            if replica is None:
                cursor = self._connection.execute(f"{_SELECT} ORDER BY rowid")
            else:
                cursor = self._connection.execute(
                    f"{_SELECT} WHERE replica = ? AND seq > ? ORDER BY seq", (replica, after)
                )
        while True:
            with self._read():
                rows = cursor.fetchmany(step)
            if not rows:
                return
            yield rows

    def batches_of(self, revs: Iterable[bytes]) -> Iterator[list[Row]]:
        """Yield the rows named by `revs`, as far as the file has them, in the order of `COLUMNS`."""
        for rows in self._by_rev(_SELECT, revs):
            rows.sort(key=lambda row: (row[2], row[3]))  # by writer and number, as chains are followed
            yield rows

    def _by_rev(self, select: str, revs: Iterable[bytes]) -> Iterator[list[Row]]:
        wanted = list(revs)
        for start in range(0, len(wanted), _CHUNK):
            chunk = wanted[start : start + _CHUNK]
            yield self._rows(f"{select} WHERE rev IN ({','.join('?' * len(chunk))})", chunk)

    def tells_of(self, revs: Iterable[bytes]) -> bool:
        """Return whether the file holds the payload of one of `revs`."""
        found = self._by_rev("SELECT payload IS NOT NULL FROM revision", revs)
        return any(told for rows in found for (told,) in rows)

    def verified(self, batches: Iterable[list[Row]], *, hollow_too: bool = False) -> Iterator[list[Row]]:
        """Yield `batches` on, each row checked against its hashes. Raises Damaged at the first that is not intact.

        With `hollow_too` a row may lack its payload although no order is known (yet); the caller sees to it.
        """
        for rows in batches:
            for row in rows:
                if not intact(row) and not (hollow(row) and (hollow_too or self.pardoned(row))):
                    raise Damaged(self._path or _LOCAL, tr("entry {name} is not what was written", name=_name(row)))
            yield rows

    def check(self) -> int:
        """Read everything: SQLite's own check, every row's hashes, and the summary against the rows.

        Returns the number of rows. Raises Damaged with the first fault. Links are not looked at: see `broken_link`.
        """
        with self._read():
            (verdict,) = self._connection.execute("PRAGMA quick_check(1)").fetchone()
            fault = self._broken_at() if verdict != "ok" else chain.damage(self._connection, self.pardoned)
        if fault is not None:
            raise Damaged(self._path or _LOCAL, fault)
        self.vector()
        return int(self._rows("SELECT count(*) FROM revision")[0][0])

    def broken_link(self) -> str | None:
        """Return words for the first row that its writer linked to a wrong one, or None. Such a file is not damaged."""
        with self._read():
            return chain.broken_link(self._connection)

    def _broken_at(self) -> str:
        """Return words that say how far the entries of a broken file can be read."""
        last: Row | None = None
        if self._path is not None:
            self._reopen()
        with suppress(Damaged), self._read():
            for row in self._connection.execute(f"{_SELECT} ORDER BY rowid"):
                last = row
            return tr("the file's structure is broken, though every entry can be read")
        if last:
            return tr("it cannot be read past entry {name}", name=_name(last))
        return tr("its first entry cannot be read")

    def chains(self) -> Iterator[tuple[bytes, int, bytes, bytes | None]]:
        """Yield (replica, seq, rev, prev) of every row."""
        yield from self._rows("SELECT replica, seq, rev, prev FROM revision")

    def salvaged(self, size: int) -> Iterator[list[Row]]:
        """Yield every row of a damaged file of `size` bytes that can still be read and hashes, in batches."""
        last = 1 + size // 100  # no row is smaller, so no row id of a file that was only added to is larger
        try:
            last = min(last, int(self._rows("SELECT coalesce(max(rowid), 0) FROM revision")[0][0]))
        except Damaged:
            self._reopen()
        ranges = [(start, min(start + 255, last)) for start in range(1, last + 1, 256)]
        while ranges:
            start, stop = ranges.pop()
            try:
                rows = self._rows(f"{_SELECT} WHERE rowid BETWEEN ? AND ?", (start, stop))
            except Damaged:
                self._reopen()
                if start < stop:
                    middle = (start + stop) // 2
                    ranges += [(start, middle), (middle + 1, stop)]
                continue
            good = [row for row in rows if intact(row) or (hollow(row) and self.pardoned(row))]
            if good:
                yield good

    def _reopen(self) -> None:
        """Open the file afresh: after one bad page SQLCipher refuses every further one."""
        assert self._path is not None
        self._connection.close()
        with _Mapped(self._path, opened=True):
            self._connection = cipher.open_shared(self._path, self.key)
            self._connection.execute("PRAGMA writable_schema = ON")


def _never(_row: Row) -> bool:
    return False


def _name(row: Row) -> str:
    rev, _, replica, seq, *_ = row
    shown = rev.hex()[:12] if isinstance(rev, bytes) else repr(rev)
    writer = replica.hex()[:12] if isinstance(replica, bytes) else repr(replica)
    return tr("{entry} (number {seq} of writer {writer})", entry=shown, seq=seq, writer=writer)


class _Mapped:
    """Map whatever the reading of a file that is not ours alone may raise. The one place that does.

    `opened`: its first page was opened by the key before. A wrong key, garbage and a flip in page 1 all look alike.
    """

    __slots__ = ("_opened", "_path")

    def __init__(self, path: Path, *, opened: bool) -> None:
        self._path = path
        self._opened = opened

    def __enter__(self) -> None: ...

    def __exit__(self, _kind: object, error: BaseException | None, _trace: object) -> None:
        if isinstance(error, cipher.Error):
            code = getattr(error, "sqlite_errorcode", 0) & 0xFF
            if code in _TRANSPORT:
                raise _away(self._path) from error
            if code == _NOTADB and not self._opened:
                raise Foreign(self._path) from error
            raise Damaged(self._path, str(error)) from error
        if isinstance(error, OSError):
            raise _away(self._path) from error
        if isinstance(error, ValueError | TypeError | OverflowError):  # UnicodeDecodeError is a ValueError
            raise Damaged(self._path, str(error)) from error


def _away(path: Path) -> Unavailable:
    return Unavailable(
        "share_away",
        tr(
            "The shared file cannot be read just now ({name}). Nothing was lost; sync again when it is there.",
            name=path.name,
        ),
    )
