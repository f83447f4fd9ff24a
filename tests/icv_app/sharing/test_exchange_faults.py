"""A fault of the share, or of the laptop's own disk, at every single step of an exchange: nothing is lost, words say
what happened, and the next sync heals it (`sync.md` §12.3)."""

import contextlib
import errno
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from datetime import timedelta
from hashlib import sha256
from pathlib import Path

import pytest

from icv_app.encryption import cipher
from icv_app.errors import Unavailable
from icv_app.sharing.consolidation import Limits
from icv_app.sharing.outcome import Outcome
from tests.shared_folder import Desk, FaultyFiles, kill, revs_on

EVERYTHING = Limits(packs=0, pack_bytes=0, grace=timedelta(0), scrub=timedelta(0))
STRIDE = int(os.environ.get("ICV_FAULT_STRIDE", "5"))  # each fault tries other steps; 1: every fault every step


@pytest.fixture
def hub(tmp_path: Path) -> Path:
    folder = tmp_path / "share"
    folder.mkdir()
    return folder / "Scheme.icvhub"


@pytest.fixture
def pair(tmp_path: Path) -> Iterator[tuple[Desk, Desk]]:
    desks = Desk(tmp_path, "ICV01"), Desk(tmp_path, "ICV02")
    yield desks
    for desk in desks:
        desk.close()


def broken(number: int):
    def act() -> None:
        raise OSError(number, os.strerror(number))

    return act


def failing(name: str, code: int):
    def act() -> None:
        error = cipher.OperationalError(name)
        error.sqlite_errorname, error.sqlite_errorcode = name, code
        raise error

    return act


class Statements:
    """Counts the statements on the laptop's own database; at number `at` its disk fails."""

    def __init__(self, at: int, act) -> None:
        self.count, self.at, self.act = 0, at, act

    def __call__(self) -> None:
        self.count += 1
        if self.count == self.at:
            self.act()


def tried(desk: Desk, hub: Path, files: FaultyFiles | None) -> str | Outcome:
    """Sync; return what came of it, or the code of what was said."""
    try:
        return desk.sync(hub, files, EVERYTHING)
    except Unavailable as error:
        return error.code


def steps_of(first: Desk, second: Desk, hub: Path) -> tuple[int, int]:
    """Return how many steps on the share, and statements, a sync has that fetches, sends, renews, reads and proves."""
    files, statements = FaultyFiles(0, kill), Statements(0, kill)
    news(first, second, hub, 0)
    first.store.connection.step = statements
    first.sync(hub, files, EVERYTHING)
    return files.steps, statements.count


def news(first: Desk, second: Desk, hub: Path, number: int) -> tuple[bytes, bytes]:
    """Have something to fetch and something to send."""
    theirs = second.save("CV-2", seen=number)
    second.sync(hub)
    return first.save("CV-1", seen=number), theirs


def held_true(desk: Desk, hub: Path) -> None:
    """Nothing is called shared that is not there."""
    assert desk.shared() <= revs_on(hub)
    assert desk.store.check() is None
    assert not desk.store.connection.in_transaction


@pytest.mark.parametrize(
    ("number", "code"),
    [
        (errno.EIO, "share_away"),
        (errno.ESTALE, "share_away"),
        (errno.ENOENT, "share_away"),
        (errno.ENOSPC, "share_full"),
    ],
    ids=["EIO", "ESTALE", "ENOENT", "ENOSPC"],
)
def test_a_fault_of_the_share_at_any_step_loses_nothing_and_the_next_sync_heals_it(pair, hub, number, code):
    first, second = pair
    told = set()
    for at in range(1 + number % STRIDE, 1 + steps_of(first, second, hub)[0], STRIDE):
        mine, theirs = news(first, second, hub, at)
        came = tried(first, hub, FaultyFiles(at, broken(number)))
        told.add(came if isinstance(came, str) else "done")
        assert mine in first.revs()
        held_true(first, hub)
        assert first.sync(hub, limits=EVERYTHING).verified
        assert {mine, theirs} <= revs_on(hub)
    assert code in told
    assert told <= {code, "done"}
    assert second.sync(hub).verified
    assert first.view() == second.view()
    assert not list(hub.parent.rglob("*.bad")), "a fault of the way was taken for damage of a file"


@pytest.mark.parametrize(
    ("name", "number", "code"),
    [("SQLITE_FULL", 13, "disk_full"), ("SQLITE_IOERR_WRITE", 778, "disk_fault")],
)
def test_a_fault_of_the_laptops_disk_at_any_statement_loses_nothing_and_is_not_blamed_on_the_share(
    pair, hub, name, number, code
):
    first, second = pair
    told = set()
    for at in range(1 + number % STRIDE, 1 + steps_of(first, second, hub)[1], STRIDE):
        mine, theirs = news(first, second, hub, at)
        first.store.connection.step = Statements(at, failing(name, number))
        came = tried(first, hub, None)
        told.add(came if isinstance(came, str) else "done")
        first.reopen()
        assert mine in first.revs()
        held_true(first, hub)
        assert first.sync(hub, limits=EVERYTHING).verified
        assert {mine, theirs} <= revs_on(hub)
    assert code in told
    assert told <= {code, "done"}
    assert not list(hub.parent.rglob("*.bad"))


# A disk that is really full -------------------------------------------------------------------------------------------


def test_a_disk_too_full_for_what_comes_in_keeps_what_is_here_and_takes_it_later(pair, hub):
    first, second = pair
    mine = first.save("CV-1", seen=1)
    first.sync(hub)
    second.store.save_all(("visit", f"CV-B{n}", {"notes": noise(n, 900)}) for n in range(60))
    second.sync(hub)
    (pages,) = first.store.connection.execute("PRAGMA page_count").fetchone()
    first.store.connection.execute(f"PRAGMA max_page_count = {pages + 4}")
    before = first.view()
    with pytest.raises(Unavailable) as told:
        first.sync(hub)
    assert told.value.code == "disk_full"
    assert first.view() == before
    assert first.shared() == {mine}
    held_true(first, hub)
    first.store.connection.execute("PRAGMA max_page_count = 1000000")
    assert first.sync(hub).received == 60
    assert first.view() == second.view()


@contextlib.contextmanager
def made(folder: Path, name: str) -> Iterator[Desk]:
    desk = Desk(folder, name)
    try:
        yield desk
    finally:
        desk.close()


def noise(number: int, size: int) -> str:
    return "".join(sha256(f"{number}.{part}".encode()).hexdigest() for part in range(size // 64 + 1))


@contextlib.contextmanager
def small_disk(folder: Path, megabytes: int) -> Iterator[Path]:
    """A disk of that size, mounted at `folder`; skips where this may not be done."""
    folder.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", f"size={megabytes}m", "tmpfs", str(folder)]
    if (
        sys.platform != "linux"
        or shutil.which("mount") is None
        or subprocess.run(mount, capture_output=True).returncode
    ):
        pytest.skip("only root of a Linux system can make a small disk")
    try:
        yield folder
    finally:
        subprocess.run(["umount", str(folder)], check=True, capture_output=True)


def test_a_disk_that_fills_up_amid_saving_and_renewing_loses_nothing_and_goes_on_with_room_again(tmp_path, hub):
    """The journal of the local file, the received rows and the scratch files all meet a disk with no room at all."""
    with small_disk(tmp_path / "disk", 12) as disk, made(disk, "ICV01") as desk, made(tmp_path, "ICV02") as other:
        other.store.save_all(("visit", f"CV-B{n}", {"notes": noise(n, 900)}) for n in range(100))
        other.sync(hub)
        ballast = disk / "ballast"
        saved, codes = [], set()
        for free in range(0, 700_000, 50_000):
            room = os.statvfs(disk)
            with ballast.open("wb") as file:
                file.write(bytes(max(0, room.f_bavail * room.f_frsize - free)))
            for number in range(4):
                try:
                    saved.append(desk.save(f"CV-{number}", notes=noise(free + number, 3000)))
                except Unavailable as error:
                    codes.add(error.code)
            came = tried(desk, hub, None)
            codes.add(came if isinstance(came, str) else "done")
            ballast.unlink()
            assert set(saved) <= desk.revs()
            held_true(desk, hub)
        assert "disk_full" in codes
        assert codes <= {"disk_full", "disk_fault", "done"}
        assert desk.sync(hub, limits=EVERYTHING).verified
        assert set(saved) <= revs_on(hub)
