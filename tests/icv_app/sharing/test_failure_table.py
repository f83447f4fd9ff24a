"""Rows of the failure table (`sync.md` §6) that no other file tests by themselves; docs/failures.md has all rows."""

import shutil
from pathlib import Path

import pytest

from icv_app.encryption import cipher
from icv_app.errors import InvalidInput, Unavailable
from icv_app.sharing.share import Files
from tests.shared_folder import (
    AT_ONCE,
    HUB_KEY,
    Desk,
    FaultyFiles,
    Killed,
    age,
    filled,
    kill,
    packs_of,
    revs_in,
    revs_on,
    still_in,
    tampered,
)

# SIGKILL mid-sync -----------------------------------------------------------------------------------------------------


def test_a_sync_killed_at_any_statement_on_the_laptops_database_is_healed_by_the_next(desks, hub):
    first, second, _ = desks
    first.save("CV-0", seen=0)
    first.sync(hub)
    steps = FaultyFiles(0, kill, sql=True)
    second.save("CV-1", seen=1)
    second.sync(hub, steps, AT_ONCE)
    for at in range(1, steps.steps + 20, 11):
        theirs, mine = first.save("CV-2", seen=at), second.save("CV-1", seen=100 + at)
        first.sync(hub)
        try:
            second.sync(hub, FaultyFiles(at, kill, sql=True), AT_ONCE)
        except Killed:
            second.reopen()
        assert second.shared() <= revs_on(hub)
        for lease in hub.parent.glob("*.lease"):
            age(lease, 1)
        assert mine in second.revs()
        assert second.sync(hub, limits=AT_ONCE).verified
        assert {mine, theirs} <= revs_in(hub)
        assert second.store.check() is None


# A stick that lies about flushing -------------------------------------------------------------------------------------


@pytest.mark.parametrize("kept", [0, 3000, 9000, -5000], ids=["nothing", "half-a-page", "some", "most"])
def test_a_stick_that_lost_what_it_said_was_written_is_filled_again_by_the_owners(desks, hub, kept):
    first, second, _ = desks
    filled(first, 30)
    first.sync(hub)
    second.save("CV-2", seen=2)
    second.sync(hub, limits=AT_ONCE)
    for path in [hub, *packs_of(hub)]:
        content = path.read_bytes()
        whole = content[:kept] if kept else b""
        path.write_bytes(whole + bytes(len(content) - len(whole)) if whole else b"")
    every = first.revs() | second.revs()
    for desk in (first, second, first):
        desk.passes(days=2)  # what everybody has is read once a day
        try:
            outcome = desk.sync(hub)
        except InvalidInput as error:  # the first page is gone: it could be anybody's, so a person moves it away
            assert error.code == "foreign_hub"  # noqa: PT017
            hub.rename(hub.parent.parent / "moved away")
            outcome = desk.sync(hub)
    assert outcome.verified
    assert first.revs() == second.revs() == every
    assert every <= still_in(hub).union(*(still_in(pack) for pack in packs_of(hub)))


# The lease ------------------------------------------------------------------------------------------------------------


class NoExclusion(FaultyFiles):
    """A share on which a new file may always be made, whether or not one of the name is there."""

    def create(self, path: Path, content: bytes) -> None:
        path.unlink(missing_ok=True)
        super().create(path, content)


@pytest.mark.parametrize("kind", [FaultyFiles, NoExclusion], ids=["expired", "ignored"])
def test_a_holder_of_the_lease_that_wakes_late_takes_nothing_off_the_share(desks, hub, kind):
    first, second, _ = desks
    first.save("CV-0", seen=0)
    first.sync(hub)
    second.sync(hub)
    steps = kind(0, kill)
    first.save("CV-1", seen=1)
    first.sync(hub, steps, AT_ONCE)
    lease = hub.with_name("Scheme.icvhub.lease")

    def overtake() -> None:
        if lease.exists():
            age(lease, 1)  # its holder sleeps for a day
        second.sync(hub, kind(0, kill), AT_ONCE)

    for at in range(1, steps.steps + 1, 6):
        mine, theirs = first.save("CV-1", seen=100 + at), second.save("CV-2", seen=100 + at)
        first.sync(hub, kind(at, overtake), AT_ONCE)
        assert {mine, theirs} <= revs_on(hub), "before anything was healed"
        assert first.shared() | second.shared() <= revs_on(hub)
    for desk in (first, second):
        assert desk.sync(hub, limits=AT_ONCE).verified
    assert revs_in(hub) == first.revs() | second.revs()


# A laptop that dies ---------------------------------------------------------------------------------------------------


def test_a_laptop_that_dies_after_a_sync_leaves_everything_to_the_others(desks, hub):
    first, second, third = desks
    rev = first.save("CV-1", seen=1)
    assert first.sync(hub).verified
    shutil.rmtree(first.folder)
    second.sync(hub)
    hub.unlink()  # and the shared file dies, too
    for pack in packs_of(hub):
        pack.unlink()
    second.sync(hub)
    third.sync(hub)
    assert rev in second.revs() & third.revs()


def test_what_a_laptop_did_not_send_before_it_died_was_never_called_shared(desks, hub):
    first, second, _ = desks
    first.save("CV-1", seen=1)
    first.sync(hub)
    first.save("CV-1", seen=2)
    assert first.store.sharing().unshared == 1  # what the warning for old unsent entries goes by
    lost = first.revs() - first.shared()
    shutil.rmtree(first.folder)
    second.sync(hub)
    assert second.sync(hub).verified
    assert not lost & second.revs()
    assert second.store.current("visit", "CV-1").body == {"seen": 1}


def test_a_laptop_whose_data_are_damaged_gets_everything_back_from_the_share(desks, hub, tmp_path):
    first, second, _ = desks
    filled(first, 20)
    first.sync(hub)
    first.store.connection.execute("UPDATE revision SET payload = x'00' WHERE rowid = 3")
    first.save("CV-1", seen=1)
    with pytest.raises(Unavailable) as caught:
        first.sync(hub.with_name("Other.icvhub"))
    assert caught.value.code == "profile_damaged"
    assert not list(hub.parent.rglob("*.bad"))
    again = Desk(tmp_path, "ICV01-again")
    try:
        assert again.sync(hub).received == 20
        second.sync(hub)
        assert again.view() == second.view()
    finally:
        again.close()


# Damage, and the laptop that found it dies ----------------------------------------------------------------------------


def test_what_only_a_damaged_file_held_survives_the_laptop_that_salvaged_it(desks, hub, tmp_path):
    """Killed at any step of the salvage and never started again: the next laptop finds every whole row."""
    owner, _, heir = desks
    owner.save("CV-0", seen=0)
    owner.sync(hub)
    filled(owner, 5)
    owner.sync(hub, limits=AT_ONCE)
    tampered(hub, "UPDATE revision SET payload = x'00' WHERE rowid = 2")
    hub.with_name("Scheme.icvhub.prev").unlink()
    for pack in packs_of(hub):
        pack.unlink()
    whole = owner.revs() - revs_of_row(hub, 2)
    shutil.copytree(hub.parent, tmp_path / "kept")
    steps = FaultyFiles(0, kill, sql=True)
    once = Desk(tmp_path, "once")
    once.sync(hub, steps)
    once.close()
    for at in range(1, steps.steps, 9):
        shutil.rmtree(hub.parent)
        shutil.copytree(tmp_path / "kept", hub.parent)
        salvager = Desk(tmp_path, f"salvager-{at}")
        with pytest.raises(Killed):
            salvager.sync(hub, FaultyFiles(at, kill, sql=True))
        salvager.close()  # and its disk is gone
        last = Desk(tmp_path, f"heir-{at}")
        for lease in hub.parent.glob("*.lease"):
            age(lease, 1)
        last.sync(hub)
        assert last.revs() == whole
        last.close()
    assert heir.sync(hub).verified


def revs_of_row(path: Path, number: int) -> set[bytes]:
    connection = cipher.open_shared(path, HUB_KEY)
    found = {rev for (rev,) in connection.execute("SELECT rev FROM revision WHERE rowid = ?", (number,))}
    connection.close()
    return found


# Conflict copies, and the second net under everything -----------------------------------------------------------------


def test_a_copy_is_never_removed_by_the_program_however_old_and_contained_it_is(desks, hub):
    desk = desks[0]
    desk.save("CV-1", seen=1)
    desk.sync(hub)
    copy = hub.with_name("Scheme (conflicted copy).icvhub")
    shutil.copyfile(hub, copy)
    content = copy.read_bytes()
    age(copy, 400)
    (pack,) = packs_of(hub)
    age(pack, 400)
    for _ in range(3):
        desk.sync(hub)
        desk.passes(days=30)
    assert not pack.exists()  # there was a clearing
    assert copy.read_bytes() == content


def test_a_pack_stays_when_the_hub_that_held_it_is_swapped_while_it_is_looked_through(desks, hub):
    """Its owner is dead, and a sync client puts the other hub of a conflict in place amid the clearing."""
    first, owner, heir = desks
    first.save("CV-1", seen=1)
    first.sync(hub)
    other = hub.read_bytes()
    rev = owner.save("CV-2", seen=2)
    owner.sync(hub)
    (pack,) = [path for path in packs_of(hub) if rev in revs_in(path)]
    first.sync(hub, limits=AT_ONCE)
    age(pack, 30)
    first.sync(hub)
    first.passes(days=30)

    class Swapped(Files):
        armed = False

        def opening(self, path: Path) -> Path:
            if path == pack and self.armed:
                self.armed = False
                hub.write_bytes(other)
                hub.with_name("Scheme.icvhub.prev").unlink()
            return path

        def create(self, path: Path, content: bytes) -> None:  # the lease on the clearing
            self.armed = True
            super().create(path, content)

    first.sync(hub, Swapped())
    assert pack.exists()
    first.folder.rename(first.folder.with_name("dead"))  # only the pack has it now
    heir.sync(hub)
    assert rev in heir.revs()


def test_a_restored_laptop_writes_no_second_row_of_one_number_once_it_knows(desks, hub, tmp_path):
    first, second, _ = desks
    first.save("CV-1", seen=1)
    first.backup(tmp_path / "backup.db")
    first.save("CV-2", seen=2)
    first.save("CV-2", seen=3)
    first.sync(hub)
    first.restore(tmp_path / "backup.db")
    first.sync(hub)  # it meets its own later rows, and has written nothing since
    for number in range(3):
        first.save("CV-3", seen=number)
    first.sync(hub)
    second.sync(hub)
    query = "SELECT count(*) FROM (SELECT 1 FROM revision GROUP BY replica, seq HAVING count(*) > 1)"
    assert second.store.connection.execute(query).fetchone() == (0,)


def test_a_gap_beside_a_fork_is_not_taken_for_a_whole_chain(desks, hub, tmp_path):
    """Numbers 1, 2, 2 again and 4: four rows up to number 4, and yet number 3 is not among them."""
    first, second, third = desks
    whole, forked = (tmp_path / name / "Scheme.icvhub" for name in ("whole", "forked"))
    whole.parent.mkdir()
    forked.parent.mkdir()
    first.save("CV-1", seen=1)
    first.sync(hub)
    first.backup(tmp_path / "backup.db")
    three = [first.save("CV-2", seen=number) for number in (2, 3)][1]
    first.sync(hub)
    (pack,) = [path for path in packs_of(hub) if three in revs_in(path)]
    first.save("CV-2", seen=4)
    first.sync(hub)
    first.sync(whole)
    tampered(pack, *without(three))
    first.restore(tmp_path / "backup.db")
    first.save("CV-3", seen=2)
    first.sync(forked)
    second.sync(forked)
    second.sync(hub)
    assert len(second.revs()) == 4
    assert second.sync(whole).received == 1
    assert three in second.revs()
    assert third.sync(whole).verified
    assert third.revs() == second.revs()


def without(rev: bytes) -> tuple[str, ...]:
    """Statements that take a row out of a pack of two, and make its summary that of the other one."""
    return (
        f"DELETE FROM revision WHERE rev = x'{rev.hex()}'",
        "UPDATE head SET n = 1, linear = 0, max_seq = (SELECT seq FROM revision),"
        " max_rev = (SELECT rev FROM revision), digest = (SELECT rev FROM revision)",
    )
