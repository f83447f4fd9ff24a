"""Crashes, two laptops at once, wrong clocks (`sync.md` §6)."""

import shutil

from icv_app.sharing.share import Files
from tests.shared_folder import AT_ONCE, FaultyFiles, age, kill, revs_in, revs_on


def test_a_sync_killed_at_any_step_is_healed_by_the_next(desks, hub):
    first, second, _ = desks
    first.save("CV-0", seen=0)
    first.sync(hub)
    steps = FaultyFiles(0, kill)
    first.save("CV-1", seen=1)
    first.sync(hub, steps, AT_ONCE)
    for at in range(1, steps.steps + 1):
        rev = first.save("CV-1", seen=100 + at)
        assert first.sync_until(hub, at, kill, AT_ONCE)
        for lease in hub.parent.glob("*.lease"):
            age(lease, 1)
        assert rev in first.revs()
        assert first.sync(hub, limits=AT_ONCE).verified
        assert rev in revs_in(hub)
    second.sync(hub)
    assert second.view() == first.view()


def test_another_laptop_syncing_at_any_step_loses_nothing(desks, hub):
    first, second, third = desks
    first.save("CV-0", seen=0)
    first.sync(hub)
    steps = FaultyFiles(0, kill)
    first.save("CV-1", seen=1)
    first.sync(hub, steps, AT_ONCE)
    second.sync(hub)
    for at in range(1, steps.steps + 1, 2):
        mine = first.save("CV-1", seen=100 + at)
        theirs = second.save("CV-2", seen=100 + at)
        first.sync(hub, FaultyFiles(at, lambda: second.sync(hub, limits=AT_ONCE)), AT_ONCE)
        assert {mine, theirs} <= revs_on(hub)
    for desk in (first, second, third):
        desk.sync(hub)
    first.sync(hub)
    assert first.view() == second.view() == third.view()


def test_two_first_syncs_at_once_make_one_shared_file(desks, hub):
    first, second, _ = desks
    for at in range(1, 60, 4):
        shutil.rmtree(hub.parent)
        hub.parent.mkdir()
        first.save("CV-1", seen=at)
        second.save("CV-2", seen=at)
        first.sync(hub, FaultyFiles(at, lambda: second.sync(hub)))
        assert first.revs() | second.revs() == revs_on(hub)


def test_a_record_saved_while_the_sync_runs_is_not_called_shared(desks, hub):
    desk = desks[0]
    desk.save("CV-1", seen=1)
    late = []

    class Typing(Files):
        def sync_folder(self, folder):
            if not late:
                late.append(desk.save("CV-2", seen=2))
            super().sync_folder(folder)

    outcome = desk.sync(hub, Typing())
    assert (late[0] in desk.shared()) <= (late[0] in revs_on(hub))
    assert outcome.verified == (late[0] in revs_on(hub))
    assert desk.sync(hub).verified


def test_a_clock_that_is_wrong_by_months_loses_nothing(desks, hub):
    first, second, _ = desks
    first.passes(days=-200)
    second.passes(days=300)
    second.save("CV-1", seen=1)
    second.sync(hub)
    first.sync(hub)
    first.save("CV-1", seen=2)
    first.sync(hub)
    second.sync(hub)
    assert second.store.current("visit", "CV-1").body == {"seen": 2}
    assert second.view() == first.view()
