"""Laptops and one shared folder, for the tests of the exchange: real files, real SQLCipher, faults at any step."""

import os
import shutil
import tempfile
from collections.abc import Callable
from contextlib import closing, suppress
from datetime import UTC, datetime, timedelta
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import Any

from icv_app.clock import Clock
from icv_app.encryption import cipher
from icv_app.sharing.artefact import Artefact
from icv_app.sharing.consolidation import Limits
from icv_app.sharing.exchange import Outcome, exchange
from icv_app.sharing.share import Files
from icv_app.storage import schema
from icv_app.storage.revision import COLUMNS, header_hash
from icv_app.storage.store import Store

HUB_KEY = sha256(b"the key of an invented scheme").digest()
HUB_ID = "an-invented-scheme"
AT_ONCE = Limits(packs=0, pack_bytes=0)  # renew the shared file at every sync
FIRST_MOMENT = datetime(2026, 11, 22, 9, 0, tzinfo=UTC)


class Killed(BaseException):
    """The program ends here, as if the power had gone: nothing of it runs any more."""


class FaultyFiles(Files):
    """The real file operations, with `act` called at step `at` (before or after an operation, or amid a copy).

    Where `act` raises Killed, every later operation does so too: a dead program tidies nothing up. With `sql`, each
    statement that the exchange runs on the laptop's own database is a step as well.
    """

    def __init__(self, at: int, act: Callable[[], None], *, sql: bool = False) -> None:
        self.steps = 0
        self.at = at
        self.act = act
        self.sql = sql
        self.dead = False

    def step(self) -> None:
        if self.dead:
            raise Killed
        self.steps += 1
        if self.steps == self.at:
            try:
                self.act()
            except Killed:
                self.dead = True
                raise

    def copy(self, source: Path, target: Path) -> bytes:
        self.step()
        if self.steps + 1 == self.at:  # half of it is written when it happens
            whole = source.read_bytes()
            target.write_bytes(whole[: len(whole) // 2])
            self.step()
            target.unlink(missing_ok=True)
        else:
            self.step()
        digest = super().copy(source, target)
        self.step()
        return digest

    def pause(self, seconds: float) -> None:
        """Tests do not wait."""


def _stepped(name: str) -> Callable[..., Any]:
    real = getattr(Files, name)

    def method(self: FaultyFiles, *arguments: Any) -> Any:
        self.step()
        result = real(self, *arguments)
        self.step()
        return result

    return method


for _name in (
    "scan",
    "stamp",
    "make_folder",
    "opening",
    "digest",
    "create",
    "read",
    "replace",
    "remove",
    "sync_folder",
):
    setattr(FaultyFiles, _name, _stepped(_name))


def kill() -> None:
    raise Killed


class Stepped(cipher.Connection):
    """The real connection, on which each statement may be a step of `FaultyFiles`."""

    step: Callable[[], None] = staticmethod(lambda: None)

    def execute(self, *arguments: Any) -> Any:
        self.step()
        return super().execute(*arguments)

    def executemany(self, *arguments: Any) -> Any:
        self.step()
        return super().executemany(*arguments)


_KEY = sha256(b"the key of every laptop here").digest()


@cache
def _prepared() -> bytes:
    """The file of a laptop on which nothing was ever saved: making one takes longer than a whole exchange."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "profile.db"
        connection = cipher.open_local(path, _KEY)
        connection.execute("PRAGMA synchronous = OFF")
        schema.prepare_local(connection)
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        connection.close()
        return path.read_bytes()


class Desk:
    """One laptop: a local database under a key of its own, and a clock that may be wrong."""

    def __init__(self, folder: Path, name: str) -> None:
        self.folder = folder / name
        self.folder.mkdir(parents=True)
        self.name = name
        self.key = _KEY
        self.moment = FIRST_MOMENT
        self.path = self.folder / "profile.db"
        self.path.write_bytes(_prepared())
        self.store = self._opened()

    def _opened(self) -> Store:
        connection = cipher.open_local(self.path, self.key)
        connection.__class__ = Stepped
        connection.execute("PRAGMA synchronous = OFF")  # no power is cut in these tests
        return Store(connection, author=self.name, clock=Clock(lambda: self.moment))

    def close(self) -> None:
        self.store.close()

    def reopen(self) -> None:
        self.close()
        self.store = self._opened()

    def passes(self, **time: float) -> None:
        self.moment += timedelta(**time)

    def save(self, key: str, kind: str = "visit", **body: Any) -> bytes:
        self.passes(seconds=1)
        return self.store.save(kind, key, body).rev

    def sync(self, hub: Path, files: Files | None = None, limits: Limits | None = None) -> Outcome:
        self.passes(seconds=1)
        connection = self.store.connection
        if isinstance(files, FaultyFiles) and files.sql:
            connection.step = files.step
        try:
            return exchange(self.store, hub, HUB_KEY, HUB_ID, files=files, limits=limits)
        finally:
            connection.step = Stepped.step

    def sync_until(self, hub: Path, at: int, act: Callable[[], None], limits: Limits | None = None) -> bool:
        """Sync with `act` at step `at`; where that kills the program, start it anew. Returns whether it was killed."""
        try:
            self.sync(hub, FaultyFiles(at, act), limits)
        except Killed:
            self.reopen()
            return True
        return False

    def backup(self, target: Path) -> None:
        self.store.connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        shutil.copyfile(self.path, target)

    def restore(self, source: Path) -> None:
        self.close()
        for left in self.folder.glob("profile.db*"):
            left.unlink()
        shutil.copyfile(source, self.path)
        self.store = self._opened()

    def revs(self) -> set[bytes]:
        return {rev for (rev,) in self.store.connection.execute("SELECT rev FROM revision")}

    def bad_rows(self) -> list[bytes]:
        rows = self.store.connection.execute(f"SELECT {', '.join(COLUMNS)} FROM revision")
        return [row[0] for row in rows if not whole(row)]

    def shared(self) -> set[bytes]:
        return {rev for (rev,) in self.store.connection.execute("SELECT rev FROM shared")}

    def view(self) -> list[tuple[Any, ...]]:
        """What a person sees: every record's state, conflicts included."""
        return [(each.kind, each.key, each.body, each.heads, each.conflicts) for each in self.store.records()]


def revs_in(path: Path) -> set[bytes]:
    """The revisions that the artefact at `path` holds."""
    with Artefact.open(path, HUB_KEY, HUB_ID) as artefact:
        return {row[0] for rows in artefact.verified(artefact.batches()) for row in rows}


def packs_of(hub: Path) -> list[Path]:
    return sorted(hub.with_name(f"{hub.name}.packs").glob("*.pack"))


def revs_on(hub: Path) -> set[bytes]:
    """The revisions in the shared file and its packs."""
    found = revs_in(hub) if hub.exists() else set()
    return found.union(*(revs_in(pack) for pack in packs_of(hub)))


def whole(row: tuple[Any, ...]) -> bool:
    """Whether a row is what was written: said here again, so that a program that takes anything does not say so too."""
    rev, *header, payload = row
    try:
        return (
            sha256(payload).digest() == header[-1]
            and header_hash(**dict(zip(COLUMNS[1:-1], header, strict=True))) == rev
        )
    except (TypeError, ValueError, AttributeError):
        return False


def still_in(path: Path) -> set[bytes]:
    """The revisions of which a whole row can still be read in the file at `path`, damaged or not: row by row."""
    rows = f"SELECT {', '.join(COLUMNS)} FROM revision"
    with suppress(cipher.Error, ValueError), closing(cipher.open_shared(path, HUB_KEY)) as connection:
        return {row[0] for row in connection.execute(rows) if whole(row)}
    found = set()
    for number in range(1, 2 + path.stat().st_size // 250):
        with suppress(cipher.Error, ValueError), closing(cipher.open_shared(path, HUB_KEY)) as connection:
            connection.execute("PRAGMA writable_schema = ON")  # a file that was cut short is refused otherwise
            found |= {row[0] for row in connection.execute(f"{rows} WHERE rowid = ?", (number,)) if whole(row)}
    return found


def age(path: Path, days: float) -> None:
    """Make the file at `path` older, as the share's clock tells."""
    about = path.stat()
    then = about.st_mtime_ns - int(days * 86400 * 10**9)
    os.utime(path, ns=(then, then))


def filled(desk: Desk, count: int, start: int = 0) -> None:
    """Save `count` visits of some size, numbered from `start`."""

    def body(number: int) -> dict[str, Any]:
        return {"site": "X", "notes": "".join(sha256(bytes([number, part])).hexdigest() for part in range(6))}

    desk.store.save_all(("visit", f"CV-{desk.name}-{start + number}", body(number)) for number in range(count))


def tampered(path: Path, *statements: str) -> None:
    """Change an artefact as only somebody with the key could (or a fault of memory before it was sealed)."""
    copy = path.with_name("tampering")
    shutil.copyfile(path, copy)
    connection = cipher.open_build(copy, HUB_KEY)
    for statement in statements:
        connection.execute(statement)
    connection.close()
    copy.replace(path)


def flip(path: Path, at: int) -> None:
    content = bytearray(path.read_bytes())
    content[at] ^= 1
    path.write_bytes(bytes(content))


def truncate(path: Path) -> None:
    path.write_bytes(path.read_bytes()[: path.stat().st_size * 2 // 3 // 4096 * 4096 + 100])


def spoil_tail(path: Path) -> None:
    content = path.read_bytes()
    path.write_bytes(content[: 20 * 4096] + b"\x55" * (len(content) - 20 * 4096))
