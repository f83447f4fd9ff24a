"""When the shared file is made anew, and what is cleared away after it (`sync.md` §4, steps 6 and 7)."""

import errno
import os
from datetime import timedelta

import pytest

from icv_app.sharing.consolidation import Limits, clear
from icv_app.sharing.seen import Seen
from icv_app.sharing.share import Files, Share
from icv_app.sharing.shelf import Shelf
from tests.shared_folder import AT_ONCE, HUB_ID, HUB_KEY, age, filled, packs_of, revs_in, tampered


def test_many_packs_are_folded_into_the_shared_file_and_the_old_one_is_kept_as_prev(desks, hub):
    desks[0].sync(hub)
    old = hub.read_bytes()
    for number in range(4):
        desks[0].save(f"CV-{number}", seen=number)
        desks[0].sync(hub, limits=Limits(packs=3))
    assert revs_in(hub) == desks[0].revs()
    assert hub.with_name("Scheme.icvhub.prev").read_bytes() == old
    # folded packs stay for the time of grace, and do not make it fold again
    now = hub.stat().st_mtime_ns
    assert desks[0].sync(hub, limits=Limits(packs=3)).verified
    assert hub.stat().st_mtime_ns == now
    assert len(packs_of(hub)) == 4


def test_a_large_pack_is_folded_in_by_its_size(desks, hub):
    desks[0].sync(hub)
    filled(desks[0], 40)
    desks[0].sync(hub, limits=Limits(pack_bytes=4096))
    assert revs_in(hub) == desks[0].revs()


def test_a_pack_is_removed_only_after_seven_days_by_both_clocks(desks, hub):
    desk = desks[0]
    desk.save("CV-1", seen=1)
    desk.sync(hub)
    (pack,) = packs_of(hub)
    assert desk.sync(hub).verified
    desk.passes(days=8)  # this laptop's clock alone
    desk.sync(hub)
    assert pack.exists()
    age(pack, 8)
    desk.sync(hub)  # it looks like another file now, so the time starts again
    desk.passes(days=6)
    desk.sync(hub)
    assert pack.exists()
    desk.passes(days=2)
    assert desk.sync(hub).verified
    assert not pack.exists()
    assert revs_in(hub) == desk.revs()


def test_a_pack_that_the_shared_file_does_not_contain_is_never_removed(desks, hub):
    desk = desks[0]
    desk.sync(hub)
    rev = desk.save("CV-1", seen=1)
    desk.sync(hub)
    (pack,) = packs_of(hub)
    age(pack, 100)
    for _ in range(3):
        desk.passes(days=30)
        desk.sync(hub)
    assert revs_in(pack) == {rev}
    assert rev not in revs_in(hub)


def test_clearing_goes_by_the_rows_and_not_by_what_it_was_told(desks, hub):
    desk = desks[0]
    desk.sync(hub)
    desk.save("CV-1", seen=1)
    desk.sync(hub)
    age(packs_of(hub)[0], 30)
    desk.sync(hub)
    share, seen = Share(hub, Files()), Seen(desk.store.connection, desk.store.clock, HUB_KEY)
    entries = share.listing()
    packs = [entry for entry in entries if entry.kind == "pack"]
    assert seen.folded_for(packs[0], folded=True) == timedelta(0)
    desk.passes(days=30)
    assert clear(Shelf(share, (HUB_KEY,), HUB_ID), entries[0], packs, seen, Limits()) == []
    assert packs[0].path.exists()


def test_a_share_too_full_for_a_new_shared_file_still_takes_packs(desks, hub):
    desk = desks[0]
    desk.sync(hub)
    desk.save("CV-1", seen=1)

    class Tight(Files):
        def copy(self, source, target):
            if "pack" not in target.name:
                raise OSError(errno.ENOSPC, "No space left on device")
            return super().copy(source, target)

    outcome = desk.sync(hub, Tight(), AT_ONCE)
    assert outcome.verified
    assert "could not be renewed" in outcome.words
    assert len(packs_of(hub)) == 1


def test_rot_in_rows_that_everybody_has_is_found_within_a_day_or_so(desks, hub):
    first, second, _ = desks
    filled(first, 30)
    first.sync(hub)
    second.sync(hub)
    for pack in packs_of(hub):
        pack.unlink()
    tampered(hub, "UPDATE revision SET payload = x'00' WHERE rowid = 7")
    assert not second.sync(hub).quarantined
    second.passes(hours=25)
    assert second.sync(hub).quarantined
    assert revs_in(hub) == first.revs()


def test_a_lease_that_a_dead_laptop_left_is_broken_when_stale(desks, hub):
    first, second, _ = desks
    first.save("CV-1", seen=1)
    lease = hub.with_name("Scheme.icvhub.lease")
    lease.write_bytes(b"somebody else")
    outcome = first.sync(hub)
    assert not hub.exists()  # another laptop is just making it
    assert outcome.verified  # what was sent lies in a pack
    age(lease, 1)
    assert second.sync(hub).received == 1
    assert hub.exists()
    assert not lease.exists()


def test_a_lease_that_a_full_share_could_not_take_holds_nobody_up(desks, hub, monkeypatch):
    desks[0].save("CV-1", seen=1)

    def full(descriptor):
        raise OSError(errno.ENOSPC, "No space left on device")

    with monkeypatch.context() as patched:
        patched.setattr(os, "fsync", full)
        with pytest.raises(OSError, match="No space"):
            Files().create(hub.with_name("Scheme.icvhub.lease"), b"x")
    assert desks[0].sync(hub).verified
    assert hub.exists()


def test_half_written_files_are_swept_up_after_a_day(desks, hub):
    desk = desks[0]
    desk.save("CV-1", seen=1)
    desk.sync(hub)
    old = hub.with_name("Scheme.icvhub.0a1b.tmp")
    new = packs_of(hub)[0].with_name("x.pack.0a1b.tmp")
    strange = hub.with_name("somebody's.tmp")
    for path in (old, new, strange):
        path.write_bytes(b"half")
    age(old, 2)
    age(strange, 2)
    desk.passes(hours=25)
    desk.sync(hub)
    assert [path.exists() for path in (old, new, strange)] == [False, True, True]


def test_scratch_files_of_a_crash_are_cleared_from_the_laptop(desks, hub):
    left = desks[0].folder / "exchange-left"
    left.mkdir()
    age(left, 1)
    desks[0].sync(hub)
    assert [path.name for path in desks[0].folder.iterdir() if path.is_dir()] == []


def test_a_scrub_is_due_once_a_day_only(desks, hub):
    desk = desks[0]
    desk.save("CV-1", seen=1)
    desk.sync(hub)
    tampered(hub, "UPDATE revision SET payload = x'00'")
    assert not desk.sync(hub, limits=Limits(scrub=timedelta(days=2))).quarantined
    desk.passes(days=3)
    assert desk.sync(hub, limits=Limits(scrub=timedelta(days=2))).quarantined
