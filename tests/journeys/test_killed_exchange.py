"""Nothing is lost between real programs: three laptops save and sync on one folder, and are killed at any moment.

`ICV_EXCHANGE_KILLS=500 ./run test tests/journeys/test_killed_exchange.py -n 0` is the long run (docs/testing.md).
"""

import json
import os
import random
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest

from icv_app.laptop import Laptop
from icv_app.profiles.vault import Strength
from icv_app.sharing.artefact import Artefact
from tests.journeys.killed_exchange import PASSPHRASE
from tests.shared_folder import packs_of

KILLS = int(os.environ.get("ICV_EXCHANGE_KILLS", "9"))
SEED = os.environ.get("ICV_KILL_SEED", "20261122")
LONGEST = 1.2  # seconds between a laptop's first sign of life and its end
ABANDONED = 1.5  # a lease that is this old was left by a laptop that was killed
ROOT = Path(__file__).parents[2]


class Running:
    """One laptop's program, restarted after each kill. What it told is collected over all its lives."""

    def __init__(self, folder: Path, hub: Path) -> None:
        self.folder, self.hub = folder, hub
        self.saved: set[str] = set()
        self.shared: set[str] = set()
        self.troubles: list[str] = []
        self.errors = ""
        self.rounds = 0

    def start(self, seed: int) -> None:
        self.begun = threading.Event()
        self.process = subprocess.Popen(
            [sys.executable, "-m", "tests.journeys.killed_exchange", str(self.folder), str(self.hub), str(seed)],
            cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
        )  # fmt: skip
        self.listener = threading.Thread(target=self._listen, args=(self.process,))
        self.listener.start()

    def _listen(self, process: "subprocess.Popen[bytes]") -> None:
        for line in process.stdout:
            told = json.loads(line)
            if "saved" in told:
                self.saved.add(told["saved"])
            if "shared" in told:
                self.shared.update(told["shared"])
            self.rounds += "synced" in told
            if "trouble" in told:
                self.troubles.append(told["trouble"])
            self.begun.set()
        self.errors += process.stderr.read().decode()
        self.begun.set()

    def kill(self) -> None:
        self.process.send_signal(signal.SIGKILL)
        self.process.wait()
        self.listener.join()
        self.process.stdout.close()
        self.process.stderr.close()
        assert self.process.returncode == -signal.SIGKILL, self.errors


def scheme(folder: Path, hub: Path) -> list[Path]:
    """Make an office of two laptops and a visitor's, each enrolled and knowing of the others."""
    profiles = [folder / name for name in ("office1", "office2", "icv01")]
    with Laptop.start(
        profiles[0], scheme="Test", person="OFFICE1", role="coordinator", passphrase=PASSPHRASE, hub=hub,
        strength=Strength.LIGHT,
    ) as founder:  # fmt: skip
        founder.sync()
        for profile, person, role in ((profiles[1], "OFFICE2", "coordinator"), (profiles[2], "ICV01", "visitor")):
            file = folder / f"{person}.icvinvite"
            founder.invite(file, person, role, PASSPHRASE, strength=Strength.LIGHT)
            Laptop.join(
                profile, invitation=file, invitation_passphrase=PASSPHRASE, passphrase=PASSPHRASE, hub=hub,
                strength=Strength.LIGHT,
            ).close()  # fmt: skip
    for _ in range(2):
        for profile in profiles:
            synced(profile)
    return profiles


def synced(profile: Path) -> bool:
    with Laptop.unlock(profile, PASSPHRASE) as laptop:
        return laptop.sync().verified


def give_up_abandoned(lease: Path) -> None:
    """Let a dead laptop's lease look as old as it would be after three minutes."""
    try:
        about = lease.stat()
    except FileNotFoundError:
        return
    if 0 < time.time() - about.st_mtime < 60 and time.time() - about.st_mtime > ABANDONED:
        then = about.st_mtime_ns - 10 * 60 * 10**9
        os.utime(lease, ns=(then, then))


def held_at(profile: Path) -> set[str]:
    with Laptop.unlock(profile, PASSPHRASE) as laptop:
        assert laptop.store.check() is None
        return {rev.hex() for (rev,) in laptop.store.connection.execute("SELECT rev FROM revision")}


def held_on_share(profile: Path, hub: Path) -> set[str]:
    with Laptop.unlock(profile, PASSPHRASE) as laptop:
        key, hub_id = laptop.profile.hub_key, laptop.identity.hub_id
    found = set()
    for path in [hub, *packs_of(hub)]:
        with Artefact.open(path, key, hub_id) as artefact:
            found |= {row[0].hex() for rows in artefact.verified(artefact.batches()) for row in rows}
    return found


def view_of(profile: Path) -> dict[str, object]:
    with Laptop.unlock(profile, PASSPHRASE) as laptop:
        return {each.key: (each.body, each.heads, each.conflicts) for each in laptop.store.records("visit")}


def leave_to_killing(running: list[Running], hub: Path, chance: random.Random) -> None:
    """Kill and restart laptops until it is enough; at times all of them at once, as when the power fails."""
    lease = hub.with_name(f"{hub.name}.lease")
    ends = {}
    kills = 0

    def start(each: Running) -> None:
        each.start(chance.randrange(10**9))
        ends[each] = None

    for each in running:
        start(each)
    try:
        while kills < KILLS:
            time.sleep(0.02)
            give_up_abandoned(lease)
            now = time.monotonic()
            for each in running:
                assert each.process.poll() is None, each.errors
                if ends[each] is None and each.begun.is_set():
                    ends[each] = now + chance.uniform(0, LONGEST)
            due = [each for each in running if ends[each] is not None and ends[each] <= now]
            if due and chance.random() < 0.1:
                due = running
            for each in due:
                each.kill()
                kills += 1
                start(each)
    finally:
        for each in running:
            if each.process.poll() is None:
                each.kill()


@pytest.mark.skipif(os.name != "posix", reason="SIGKILL")
def test_three_programs_killed_at_any_moment_lose_nothing_and_call_nothing_shared_that_is_not(tmp_path):
    hub = tmp_path / "share" / "Test.icvhub"
    hub.parent.mkdir()
    profiles = scheme(tmp_path, hub)
    running = [Running(profile, hub) for profile in profiles]
    leave_to_killing(running, hub, random.Random(SEED))

    rounds, packs = sum(each.rounds for each in running), len(packs_of(hub))
    assert hub.with_name(f"{hub.name}.prev").exists(), "the shared file was never renewed"
    saved = set().union(*(each.saved for each in running))
    shared = set().union(*(each.shared for each in running))
    assert len(saved) > KILLS, "they hardly ran"
    assert len(shared) > KILLS, "they hardly synced"
    assert not any(each.errors for each in running), "".join(each.errors for each in running)
    assert [each.troubles for each in running] == [[]] * 3
    for each in running:
        assert each.saved <= held_at(each.folder), "a save that was confirmed is gone"
    assert shared <= held_on_share(profiles[0], hub), "something that was called shared is not on the share"
    assert not list(hub.parent.rglob("*.bad")), "a file was taken for damaged"

    assert all([synced(profile) for _ in range(2) for profile in profiles][3:])
    everywhere = [held_at(profile) for profile in profiles]
    assert everywhere[0] == everywhere[1] == everywhere[2]
    assert saved <= everywhere[0]
    office, colleague, visitor = (view_of(profile) for profile in profiles)
    assert office == colleague
    own = {key: seen for key, seen in office.items() if key.startswith("CV-ICV01")}
    assert own == {key: seen for key, seen in visitor.items() if key.startswith("CV-ICV01")}
    sys.stdout.write(
        f"{KILLS} kills, {rounds} syncs, {len(saved)} saves confirmed, {len(shared)} called shared, {packs} packs\n"
    )
