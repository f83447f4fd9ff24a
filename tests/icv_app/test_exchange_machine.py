"""Any order of edits, exchanges, crashes and mishaps leaves nothing lost and all laptops equal (`sync.md` §12.1)."""

import os
import shutil
import tempfile
from datetime import timedelta
from pathlib import Path

from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, rule

from icv_app.consolidation import Limits
from icv_app.errors import Unavailable
from tests.shared_folder import Desk, FaultyFiles, Killed, age, kill, packs_of, revs_in, revs_on

LAPTOPS = st.integers(0, 2)
STEPS = st.integers(1, 70)
KEYS = st.sampled_from(["CV-1", "CV-2", "CV-3"])
FIELDS = st.sampled_from(["status", "seen", "access"])
SOON = Limits(packs=2, scrub=timedelta(hours=12))  # so that a short story has consolidations and clearing in it
AT_ONCE = Limits(packs=0, pack_bytes=0)


class Watched(FaultyFiles):
    """Notes at each listing what the share really holds."""

    def __init__(self, machine: "Exchanges", at: int = 0, act=kill) -> None:
        super().__init__(at, act)
        self.machine = machine

    def scan(self, folder: Path):
        found = super().scan(folder)
        if folder == self.machine.hub.parent and folder.exists():
            self.machine.listed |= self.machine.on_share()
        return found


class Exchanges(RuleBasedStateMachine):
    """Three laptops and one shared folder."""

    def __init__(self) -> None:
        super().__init__()
        self.root = Path(tempfile.mkdtemp(prefix="exchange-machine-"))
        self.folder = self.root / "share"
        self.away = self.root / "unplugged"
        self.folder.mkdir()
        self.hub = self.folder / "Scheme.icvhub"
        self.desks = [Desk(self.root, f"ICV0{number}") for number in (1, 2, 3)]
        self.backups: dict[int, Path] = {}
        self.listed: set[bytes] = set()
        self.known: dict[tuple[str, int, int], set[bytes]] = {}
        self.count = 0

    # What the share holds --------------------------------------------------------------------------------------------

    def on_share(self) -> set[bytes]:
        found: set[bytes] = set()
        for path in [self.hub, *packs_of(self.hub)]:
            if path.exists():
                found |= self.held_in(path)
        return found

    def held_in(self, path: Path) -> set[bytes]:
        about = path.stat()
        stamp = (path.name, about.st_ino, about.st_mtime_ns)
        if stamp not in self.known:
            self.known[stamp] = revs_in(path)
        return self.known[stamp]

    def in_copies(self) -> set[bytes]:
        return set().union(*(self.held_in(path) for path in self.folder.glob("Scheme*copy*.icvhub")))

    # Everyday life ---------------------------------------------------------------------------------------------------

    @initialize()
    def the_scheme_is_set_up(self) -> None:
        self.desks[0].save("scheme", kind="scheme", name="Testshire")
        self.sync(0)

    @rule(who=LAPTOPS, key=KEYS, field=FIELDS, value=st.integers(0, 2))
    def edit(self, who: int, key: str, field: str, value: int) -> None:
        desk = self.desks[who]
        before = desk.store.current("visit", key)
        desk.save(key, **{**(before.body if before else {}), field: value})

    @rule(who=LAPTOPS)
    def sync(self, who: int) -> None:
        self.exchange(who, Watched(self))

    @rule(who=LAPTOPS, key=KEYS, value=st.integers(3, 5))
    def edit_and_sync(self, who: int, key: str, value: int) -> None:
        self.edit(who, key, "status", value)
        self.sync(who)

    @rule(who=LAPTOPS, step=STEPS, key=KEYS)
    def sync_that_is_killed(self, who: int, step: int, key: str) -> None:
        self.edit(who, key, "seen", step)
        self.exchange(who, Watched(self, step, kill))

    @rule(who=LAPTOPS, other=LAPTOPS, step=STEPS)
    def sync_amid_another(self, who: int, other: int, step: int) -> None:
        if who != other:
            self.edit(who, "CV-1", "access", step)
            self.edit(other, "CV-2", "access", step)
            self.exchange(who, Watched(self, step, lambda: self.sync(other)))

    # No preconditions: writers' ids are random, so two runs of a story may leave other files on the share.

    # Mishaps ---------------------------------------------------------------------------------------------------------

    @rule(who=LAPTOPS, step=st.integers(0, 60))
    def the_share_is_unplugged(self, who: int, step: int) -> None:
        self.edit(who, "CV-3", "seen", step)
        if step == 0:
            self.folder.rename(self.away)
        self.exchange(who, Watched(self, step, lambda: self.folder.rename(self.away)))
        if self.away.exists():
            assert not self.folder.exists()
            self.away.rename(self.folder)

    @rule()
    def the_hub_is_deleted(self) -> None:
        self.hub.unlink(missing_ok=True)

    @rule()
    def the_folder_is_backed_up(self) -> None:
        if not self.hub.exists():
            return
        shutil.rmtree(self.root / "old", ignore_errors=True)
        shutil.copytree(self.folder, self.root / "old")

    @rule()
    def the_hub_is_replaced_by_an_older_copy(self) -> None:
        if not (self.root / "old").exists():
            return
        shutil.copyfile(self.root / "old" / self.hub.name, self.root / "new")
        (self.root / "new").replace(self.hub)

    @rule(who=LAPTOPS)
    def the_whole_folder_is_put_back_to_its_backup(self, who: int) -> None:
        if not (self.root / "old").exists():
            return
        self.edit(who, "CV-2", "seen", 7)
        self.sync(who)
        shutil.rmtree(self.folder)
        shutil.copytree(self.root / "old", self.folder)

    @rule()
    def a_sync_client_makes_a_conflict_copy(self) -> None:
        if not self.hub.exists():
            return
        self.count += 1
        shutil.copyfile(self.hub, self.folder / f"Scheme (conflicted copy {self.count}).icvhub")

    @rule()
    def packs_that_the_hub_contains_are_deleted(self) -> None:
        if not self.hub.exists():
            return
        for pack in packs_of(self.hub):
            if self.held_in(pack) <= self.held_in(self.hub):
                pack.unlink()

    @rule(who=LAPTOPS)
    def back_up(self, who: int) -> None:
        self.backups[who] = self.root / f"backup-{who}.db"
        self.desks[who].backup(self.backups[who])

    @rule(who=LAPTOPS, key=KEYS, synced=st.booleans())
    def a_backup_is_restored_and_edited(self, who: int, key: str, synced: bool) -> None:
        if who not in self.backups:
            self.back_up(who)
        self.edit(who, key, "access", 8)
        if synced:
            self.sync(who)
        self.desks[who].restore(self.backups[who])
        self.edit(who, key, "access", 9)

    @rule(who=LAPTOPS, days=st.integers(-100, 100))
    def a_clock_goes_wrong(self, who: int, days: int) -> None:
        self.desks[who].passes(days=days)

    @rule(who=LAPTOPS)
    def eight_quiet_days_pass(self, who: int) -> None:
        self.exchange(who, Watched(self), AT_ONCE)
        for desk in self.desks:
            desk.passes(days=8)
        for path in self.folder.rglob("*"):
            if path.is_file():
                age(path, 8)
        self.sync(who)

    # What must hold --------------------------------------------------------------------------------------------------

    def exchange(self, who: int, files: FaultyFiles, limits: Limits = SOON) -> None:
        desk = self.desks[who]
        before, code, aside = desk.revs(), "share_away", ((), ())
        try:
            outcome = desk.sync(self.hub, files, limits)
            aside = outcome.quarantined, outcome.foreign
        except Killed:
            desk.reopen()
        except Unavailable as error:
            code = error.code
        assert code == "share_away"
        assert aside == ((), ()), "a whole file was taken for a damaged or a foreign one"
        assert before <= desk.revs(), "an exchange lost what was saved"
        assert desk.shared() <= self.listed, "called shared, but no listing showed it"

    def teardown(self) -> None:
        try:
            self.heal()
        finally:
            for desk in self.desks:
                desk.close()
            shutil.rmtree(self.root)

    def heal(self) -> None:
        held = self.on_share() | self.in_copies() | set().union(*(desk.revs() for desk in self.desks))
        for path in self.folder.rglob("*.lease"):
            age(path, 1)
        for _ in range(2):
            for who in range(3):
                self.exchange(who, Watched(self))
        assert held <= self.on_share(), "something that was saved did not reach the share"
        assert all(held <= desk.revs() for desk in self.desks)
        for who in range(3):
            self.exchange(who, Watched(self), AT_ONCE)
        for desk in self.desks:
            assert held <= desk.revs(), "something that was saved is lost"
            assert desk.view() == self.desks[0].view(), "two laptops show different records"
            assert desk.store.check() is None
            assert desk.sync(self.hub, limits=SOON).verified
            assert desk.shared() == desk.revs()
        assert held <= revs_on(self.hub)
        assert held <= revs_in(self.hub), "the shared file alone is not complete"
        alone = self.root / "alone" / "Scheme.icvhub"
        alone.parent.mkdir()
        shutil.copyfile(self.hub, alone)
        newcomer = Desk(self.root, "ICV99")
        try:
            newcomer.sync(alone)
            assert newcomer.view() == self.desks[0].view(), "a new laptop from the shared file alone differs"
        finally:
            newcomer.close()


STORIES = os.environ.get("ICV_EXCHANGE_STORIES")  # for a long run, each time with other stories

Exchanges.TestCase.settings = settings(
    max_examples=int(STORIES or 40),
    stateful_step_count=24,
    deadline=None,
    derandomize=STORIES is None,  # the same stories on every machine
    database=None,
    phases=(Phase.explicit, Phase.reuse, Phase.generate),  # shrinking a story takes minutes
    suppress_health_check=list(HealthCheck),
)
TestExchanges = Exchanges.TestCase
