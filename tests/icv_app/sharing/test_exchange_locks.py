"""A share whose locks do not work: nothing that is written there relies on one (`sync.md` §0.2, §6).

That it does not rely on O_EXCL either is tested with the lease, in test_failure_table.py.
"""

import errno
import subprocess
import sys
from pathlib import Path

import pytest

from tests.shared_folder import AT_ONCE, FaultyFiles, age, kill, packs_of, revs_in

fcntl = pytest.importorskip("fcntl")


def everything(desks, hub, files=None):
    """Two laptops send, fetch, renew the shared file, read it whole and clear packs away."""
    first, second, _ = desks
    first.save("CV-1", seen=1)
    first.sync(hub, files)
    second.save("CV-2", seen=2)
    second.sync(hub, files, AT_ONCE)
    for pack in packs_of(hub):
        age(pack, 30)
    for _ in range(2):
        for desk in (first, second):
            assert desk.sync(hub, files, AT_ONCE).verified
            desk.passes(days=30)
    assert first.revs() == second.revs() == revs_in(hub)
    assert not packs_of(hub)


def test_a_share_that_refuses_every_lock_is_as_good_as_any(desks, hub, monkeypatch):
    def refuse(*_: object) -> None:
        raise OSError(errno.ENOLCK, "No locks available")

    for name in ("flock", "lockf", "fcntl"):
        monkeypatch.setattr(fcntl, name, refuse)
    everything(desks, hub)


HOLD = """
import fcntl, sys
held = [open(path, "r+b") for path in sys.argv[1:]]
for file in held:
    fcntl.lockf(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
print("held", flush=True)
sys.stdin.read()
"""


def test_a_lock_that_another_program_holds_for_ever_holds_nobody_up(desks, hub):
    first, second, _ = desks
    first.save("CV-0", seen=0)
    first.sync(hub)
    second.sync(hub)
    paths = [str(path) for path in [hub, *packs_of(hub)]]
    with subprocess.Popen(
        [sys.executable, "-c", HOLD, *paths], stdin=subprocess.PIPE, stdout=subprocess.PIPE
    ) as holder:
        try:
            assert holder.stdout is not None
            assert holder.stdout.readline() == b"held\n"
            everything(desks, hub)
        finally:
            holder.kill()


LOCKS = Path("/proc/locks")


@pytest.mark.skipif(not LOCKS.exists(), reason="this system does not list the locks that are held")
def test_at_no_step_is_there_a_lock_on_a_file_of_the_share(desks, hub):
    seen: list[str] = []

    class Observed(FaultyFiles):
        def step(self) -> None:
            inodes = {str(path.stat().st_ino) for path in hub.parent.rglob("*") if path.is_file()}
            locked = {line.split()[5].rsplit(":", 1)[1] for line in LOCKS.read_text().splitlines() if "->" not in line}
            seen.extend(inodes & locked)
            super().step()

    everything(desks, hub, Observed(0, kill, sql=True))
    assert seen == []
