"""Any order of edits, exchanges, crashes and mishaps loses nothing and leaves all laptops equal (`sync.md` §12.1).

Four laptops, in four kinds of story: one folder or one that is replicated, calm (nothing but crashes, absences and
conflict copies) or hostile (rot, wipes, old files put back as well). A seed tells the same stories on every machine.
"""

import contextlib
import os
import random
import secrets
import shutil
import tempfile
from collections.abc import Callable
from contextlib import suppress
from datetime import timedelta
from hashlib import sha256
from pathlib import Path

import pytest
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, rule

from icv_app.encryption import cipher
from icv_app.errors import IcvError
from icv_app.sharing.consolidation import Limits
from tests.shared_folder import (
    AT_ONCE,
    Desk,
    FaultyFiles,
    Killed,
    age,
    flip,
    kill,
    packs_of,
    revs_in,
    still_in,
    tampered,
)
from tests.sync_client import Client, Cloud

LAPTOPS = st.integers(0, 3)
STEPS = st.integers(1, 150)
KEYS = st.sampled_from(["CV-1", "CV-2", "CV-3"])
FIELDS = st.sampled_from(["status", "seen", "access"])
PLACES = st.sampled_from(["hub", "pack", "pack", "copy", "previous"])
PARTS = st.floats(0, 1)
SOON = Limits(packs=2, scrub=timedelta(hours=12))  # so that a short story has consolidations and clearing in it
DISK = Path("/dev/shm") if os.access("/dev/shm", os.W_OK) else None


class Watched(FaultyFiles):
    """Notes at each listing what the laptop's share really holds; without the lease, everybody is given it."""

    def __init__(self, machine: "Calm", who: int, at: int = 0, act: Callable[[], None] = kill) -> None:
        super().__init__(at, act, sql=True)
        self.machine = machine
        self.who = who

    def scan(self, folder: Path):
        found = super().scan(folder)
        hub = self.machine.hubs[self.who]
        for name, _, _ in found:
            if folder / name == hub or name.endswith(".pack"):
                with suppress(FileNotFoundError):  # the other laptop was faster
                    self.machine.listed[self.who] |= self.machine.held_in(folder / name)
        return found

    def create(self, path: Path, content: bytes) -> None:
        if not self.machine.lease:
            path.unlink(missing_ok=True)
        super().create(path, content)


class Calm(RuleBasedStateMachine):
    """Four laptops and one shared folder, or four replicas of it."""

    hostile = False
    replicated = False

    def __init__(self) -> None:
        super().__init__()
        self.root = Path(tempfile.mkdtemp(prefix="exchange-machine-", dir=DISK))
        chance = random.Random(1)
        self.patched = pytest.MonkeyPatch()  # so that a story can be told again
        self.patched.setattr(secrets, "token_bytes", chance.randbytes)
        self.patched.setattr(secrets, "token_hex", lambda size=32: chance.randbytes(size).hex())
        self.lease = True
        self.cloud = Cloud()
        self.clients: list[Client] = []
        self.desks: list[Desk] = []
        self.hubs: list[Path] = []
        self.born = 0
        self.listed: list[set[bytes]] = [set() for _ in range(4)]
        self.backups: dict[int, Path] = {}
        self.saved: set[bytes] = set()
        self.known: dict[object, set[bytes]] = {}
        self.count = 0
        for who in range(4):
            folder = self.root / (f"share-{who}" if self.replicated else "share")
            folder.mkdir(exist_ok=True)
            self.hubs.append(folder / "Scheme.icvhub")
            self.clients.append(Client(self.cloud, folder, f"ICV0{who}"))
            self.desks.append(self.newcomer())

    def newcomer(self) -> Desk:
        self.born += 1
        return Desk(self.root, f"ICV{self.born:02}")

    # What is held where ----------------------------------------------------------------------------------------------

    def held_in(self, path: Path) -> set[bytes]:
        about = path.stat()
        stamp = (path, about.st_ino, about.st_mtime_ns, about.st_size)
        if stamp not in self.known:
            self.known[stamp] = still_in(path)
        return self.known[stamp]

    def files(self, who: int, place: str = "") -> list[Path]:
        hub = self.hubs[who]
        copies = [path for path in hub.parent.glob("Scheme*.icvhub") if path != hub]
        previous = hub.with_name(f"{hub.name}.prev")
        kinds = {"hub": [hub], "pack": packs_of(hub), "previous": [previous], "copy": copies}
        found = kinds[place] if place else [path for group in kinds.values() for path in group]
        return [path for path in sorted(found) if path.is_file() and path.stat().st_size]

    def held(self) -> set[bytes]:
        """Everything that is still physically held, whole, by a laptop that lives, by a file, or by the cloud."""
        files = {path for who in range(4) for path in self.files(who)}
        carried = map(self.in_bytes, self.cloud.contents())
        return set().union(*carried, *map(self.held_in, files), *(desk.revs() for desk in self.desks))

    def in_bytes(self, content: bytes) -> set[bytes]:
        name = sha256(content).digest()
        if name not in self.known:
            (self.root / "from the cloud").write_bytes(content)
            self.known[name] = still_in(self.root / "from the cloud")
        return self.known[name]

    # Everyday life ---------------------------------------------------------------------------------------------------

    @initialize(lease=st.booleans())
    def the_scheme_is_set_up(self, lease: bool) -> None:
        self.lease = lease
        self.saved.add(self.desks[0].save("scheme", kind="scheme", name="Testshire"))
        self.sync(0)
        self.spread()

    @rule(who=LAPTOPS, key=KEYS, field=FIELDS, value=st.integers(0, 2))
    def edit(self, who: int, key: str, field: str, value: int) -> None:
        desk = self.desks[who]
        before = desk.store.current("visit", key)
        self.saved.add(desk.save(key, **{**(before.body if before else {}), field: value}))

    @rule(who=LAPTOPS)
    def sync(self, who: int) -> None:
        self.exchange(who, Watched(self, who))

    @rule(who=LAPTOPS, key=KEYS, value=st.integers(3, 5))
    def edit_and_sync(self, who: int, key: str, value: int) -> None:
        self.edit(who, key, "status", value)
        self.sync(who)

    @rule(who=LAPTOPS, step=STEPS, key=KEYS)
    def sync_that_is_killed(self, who: int, step: int, key: str) -> None:
        self.edit(who, key, "seen", step)
        self.exchange(who, Watched(self, who, step, kill))

    @rule(who=LAPTOPS, other=LAPTOPS, step=STEPS)
    def sync_amid_another(self, who: int, other: int, step: int) -> None:
        if who != other:
            self.edit(who, "CV-1", "access", step)
            self.edit(other, "CV-2", "access", step)
            self.exchange(who, Watched(self, who, step, lambda: self.sync(other)))

    @rule(who=LAPTOPS, part=PARTS, order=st.integers(0, 99))
    def the_client_replicates_a_part(self, who: int, part: float, order: int) -> None:
        if self.replicated:
            self.clients[who].replicate(part, order)

    def spread(self, *paths: Path) -> None:
        """Let the clients carry everything (or just what lies at `paths`) everywhere."""
        if not self.replicated:
            return
        for _ in range(2):
            for client in self.clients:
                if not paths:
                    client.replicate()
                for path in paths:
                    client.carry(str(path.relative_to(path.parents[path.parent.name.endswith(".packs")])))

    # Mishaps that every scheme has -----------------------------------------------------------------------------------

    @rule(who=LAPTOPS, step=st.integers(0, 100))
    def the_share_is_unplugged(self, who: int, step: int) -> None:
        self.edit(who, "CV-3", "seen", step)
        folder, away = self.hubs[who].parent, self.root / "unplugged"
        if step == 0:
            folder.rename(away)
        self.exchange(who, Watched(self, who, step, lambda: folder.rename(away)))
        if away.exists():
            assert not folder.exists()
            away.rename(folder)

    @rule(who=LAPTOPS)
    def a_copy_of_the_hub_is_made(self, who: int) -> None:
        if self.hubs[who].exists():
            self.count += 1
            shutil.copyfile(self.hubs[who], self.hubs[who].with_name(f"Scheme (copy {self.count}).icvhub"))

    @rule(who=LAPTOPS, days=st.integers(-120, 120))
    def a_clock_goes_wrong(self, who: int, days: int) -> None:
        self.desks[who].passes(days=days)

    @rule(who=LAPTOPS)
    def eight_quiet_days_pass(self, who: int) -> None:
        """The time of grace is meant to be longer than a folder takes to be replicated."""
        self.exchange(who, Watched(self, who), AT_ONCE)
        self.spread()
        for desk in self.desks:
            desk.passes(days=8)
        for path in self.root.glob("share*/**/*"):
            if path.is_file():
                age(path, 8)
        self.sync(who)

    @rule(who=LAPTOPS)
    def back_up(self, who: int) -> None:
        self.backups[who] = self.root / f"backup-{who}.db"
        self.desks[who].backup(self.backups[who])

    @rule(who=LAPTOPS, key=KEYS, synced=st.booleans(), edited=st.booleans())
    def an_old_profile_is_put_back(self, who: int, key: str, synced: bool, edited: bool) -> None:
        if who not in self.backups:
            self.back_up(who)
        self.edit(who, key, "access", 8)
        if synced:
            self.sync(who)
        self.desks[who].restore(self.backups[who])
        if edited:
            self.edit(who, key, "access", 9)

    @rule(who=LAPTOPS, synced=st.booleans())
    def a_laptop_dies(self, who: int, synced: bool) -> None:
        if synced:
            self.sync(who)
            if self.replicated:
                self.clients[who].replicate()
        self.desks[who].close()
        self.backups.pop(who, None)
        self.listed[who] = set()
        if self.replicated:
            shutil.rmtree(self.hubs[who].parent)
            self.clients[who] = Client(self.cloud, self.hubs[who].parent, f"ICV0{who}")
        self.desks[who] = self.newcomer()

    # What must hold --------------------------------------------------------------------------------------------------

    def exchange(self, who: int, files: FaultyFiles, limits: Limits = SOON) -> bool:
        """Sync. Returns whether there was nothing to do and everything was seen on the share."""
        desk = self.desks[who]
        before, code, aside, quiet = desk.revs(), "share_away", ((), ()), False
        try:
            outcome = desk.sync(self.hubs[who], files, limits)
            aside = outcome.quarantined, outcome.foreign
            quiet = outcome.verified and not outcome.sent + outcome.received + len(outcome.quarantined)
        except Killed:
            desk.reopen()
        except IcvError as error:
            code = error.code
        if code == "foreign_hub" and self.hostile:  # a person moves it away, as they are told
            with contextlib.suppress(FileNotFoundError):  # the other one who synced meanwhile has done so
                self.hubs[who].rename(self.root / "moved away")
            self.spread(self.hubs[who])
        else:
            assert code == "share_away"
        assert self.hostile or aside == ((), ()), "a whole file was taken for a damaged or a foreign one"
        after = desk.revs()
        assert before <= after, "an exchange lost what was saved"
        assert after <= self.saved, "something that nobody saved was taken in"
        assert desk.shared() <= self.listed[who], "called shared, but no listing showed it"
        return quiet

    def teardown(self) -> None:
        try:
            self.heal()
        finally:
            self.patched.undo()
            for desk in self.desks:
                desk.close()
            shutil.rmtree(self.root)

    def heal(self) -> None:
        held = self.held()
        for desk in self.desks:
            desk.passes(days=2)  # so that everybody reads everything once
        for _ in range(8):
            self.leases_grow_old()
            quiet = [self.exchange(who, Watched(self, who)) for who in range(4)]
            if all(quiet):
                break
        else:
            raise AssertionError("the laptops do not come to rest")
        self.leases_grow_old()
        self.exchange(0, Watched(self, 0), AT_ONCE)
        self.spread()
        for who, desk in enumerate(self.desks):
            assert self.exchange(who, Watched(self, who))
            assert held <= desk.revs(), "something that was saved and still held is lost"
            assert desk.revs() == self.desks[0].revs(), "two laptops hold different entries"
            assert desk.view() == self.desks[0].view(), "two laptops show different records"
            assert desk.bad_rows() == [], "a row was taken in that is not what was written"
            assert desk.store.check() is None, "a summary is not that of its rows"
            assert desk.shared() == desk.revs()
            assert revs_in(self.hubs[who]) == desk.revs(), "the shared file alone is not complete"
        self.start_again()

    def leases_grow_old(self) -> None:
        self.spread()  # a client carries them as it does any file, and to another replica they are new
        for path in self.root.glob("share*/*.lease"):
            age(path, 1)

    def start_again(self) -> None:
        """A new laptop from the shared file alone, and a new shared file from one laptop alone, are complete."""
        desk, newcomer = self.desks[self.count % 4], self.newcomer()
        alone, anew = (self.root / name / "Scheme.icvhub" for name in ("alone", "anew"))
        for path in (alone, anew):
            path.parent.mkdir()
        shutil.copyfile(self.hubs[0], alone)
        try:
            newcomer.sync(alone)
            assert newcomer.view() == desk.view(), "a new laptop from the shared file alone differs"
        finally:
            newcomer.close()
        desk.sync(anew)
        assert revs_in(anew) == desk.revs(), "a new shared file from one laptop alone is not complete"


class Hostile(Calm):
    """What damages, deletes and puts back, too. In a replicated folder all of it spreads at once."""

    hostile = True

    @rule(who=LAPTOPS, place=PLACES, which=st.integers(0, 9), at=PARTS)
    def a_bit_flips(self, who: int, place: str, which: int, at: float) -> None:
        if path := self.chosen(who, place, which):
            flip(path, int(at * (path.stat().st_size - 1)))
            self.known.clear()  # its time of change may be the same
            self.spread(path)

    @rule(who=LAPTOPS, place=PLACES, which=st.integers(0, 9), entry=st.integers(1, 12), header=st.booleans())
    def a_row_rots(self, who: int, place: str, which: int, entry: int, header: bool) -> None:
        path = self.chosen(who, place, which)
        if path and path.read_bytes() and self.held_in(path):
            change = "author = 'ICV66'" if header else "payload = x'00'"
            with suppress(cipher.Error, ValueError):  # it is damaged already
                tampered(path, f"UPDATE revision SET {change} WHERE rowid = {entry}")
            path.with_name("tampering").unlink(missing_ok=True)
            self.spread(path)

    @rule(who=LAPTOPS, place=PLACES, which=st.integers(0, 9), part=PARTS)
    def a_file_is_cut_short(self, who: int, place: str, which: int, part: float) -> None:
        if path := self.chosen(who, place, which):
            path.write_bytes(path.read_bytes()[: int(part * path.stat().st_size)])
            self.known.clear()
            self.spread(path)

    @rule(who=LAPTOPS, place=st.sampled_from(["hub", "pack", "copy", "previous", ""]))
    def files_are_deleted(self, who: int, place: str) -> None:
        found = self.files(who, place)
        for path in found:
            path.unlink()
        self.spread(*found)

    @rule(who=LAPTOPS)
    def the_hub_is_kept(self, who: int) -> None:
        if self.hubs[who].exists():
            shutil.copyfile(self.hubs[who], self.root / "old")

    @rule(who=LAPTOPS, moved=st.booleans())
    def an_old_hub_is_put_back(self, who: int, moved: bool) -> None:
        hub = self.hubs[who]
        if not (self.root / "old").exists():
            return
        self.count += 1
        kept = hub.with_name(f"Scheme (before {self.count}).icvhub")
        if moved and hub.exists():
            hub.rename(kept)
        shutil.copyfile(self.root / "old", self.root / "new")
        (self.root / "new").replace(hub)
        self.spread(hub, kept)

    def chosen(self, who: int, place: str, which: int) -> Path | None:
        found = self.files(who, place)
        return found[which % len(found)] if found else None
