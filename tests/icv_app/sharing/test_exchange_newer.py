"""What a newer program left on the share is passed over, and everything else goes on (`sync.md` §6)."""

from pathlib import Path

import pytest

from icv_app.errors import Unavailable
from icv_app.sharing.artefact import Artefact
from tests.shared_folder import AT_ONCE, HUB_ID, HUB_KEY, age, packs_of, revs_in, revs_on, tampered

UNREADABLE = ("PRAGMA user_version = 99", "UPDATE meta SET v = 99 WHERE k = 'min_reader'")
READABLE = ("PRAGMA user_version = 99",)  # a newer program says that this one may read it


def told_to_update(desk, hub, *names):
    with pytest.raises(Unavailable) as caught:
        desk.sync(hub, limits=AT_ONCE)
    assert caught.value.code == "newer_format"
    assert caught.value.status == 3
    for name in names:
        assert name in caught.value.words


def test_beside_a_newer_shared_file_this_laptops_records_still_go_out_as_a_pack_of_its_own_format(desks, hub):
    first, second, third = desks
    first.save("CV-1", seen=1)
    first.sync(hub)
    tampered(hub, *UNREADABLE)
    before = hub.read_bytes()
    rev = second.save("CV-2", seen=2)
    told_to_update(second, hub, hub.name)
    assert hub.read_bytes() == before
    assert rev in second.shared()
    assert rev in {each for pack in packs_of(hub) for each in revs_in(pack)}
    told_to_update(third, hub)
    assert third.store.current("visit", "CV-2") is not None  # two old programs still reach each other
    # once the newer program made a file that this one reads, all is as it was
    tampered(hub, "PRAGMA user_version = 2", "UPDATE meta SET v = 2 WHERE k = 'min_reader'")
    assert second.sync(hub).verified


@pytest.mark.parametrize("place", ["pack", "copy", "previous"])
def test_one_newer_file_is_passed_over_and_stops_nobody(desks, hub, place):
    first, second, third = desks
    first.save("CV-1", seen=1)
    first.sync(hub)
    third.save("CV-3", seen=3)
    third.sync(hub)
    (pack,) = [each for each in packs_of(hub) if revs_in(each) & (third.revs() - first.revs())]
    names = {"pack": pack.name, "copy": "Scheme (2).icvhub", "previous": "Scheme.icvhub.prev"}
    newer = pack if place == "pack" else pack.rename(hub.with_name(names[place]))
    tampered(newer, *UNREADABLE)
    content, old_hub = newer.read_bytes(), hub.read_bytes()
    rev = second.save("CV-2", seen=2)
    told_to_update(second, hub, names[place])
    assert rev in revs_on_readable(hub, newer)
    assert rev in second.shared()
    assert second.store.current("visit", "CV-1") is not None
    assert hub.read_bytes() == old_hub  # not renewed, though there was a reason to
    assert newer.read_bytes() == content


def revs_on_readable(hub: Path, newer: Path) -> set[bytes]:
    return revs_in(hub).union(*(revs_in(pack) for pack in packs_of(hub) if pack != newer))


def test_nothing_is_cleared_away_beside_a_newer_file(desks, hub):
    desk = desks[0]
    desk.save("CV-1", seen=1)
    desk.sync(hub)
    (pack,) = packs_of(hub)
    age(pack, 30)
    desk.sync(hub)
    newer = hub.with_name("Scheme (2).icvhub")
    newer.write_bytes(hub.read_bytes())
    tampered(newer, *UNREADABLE)
    desk.passes(days=30)
    told_to_update(desk, hub)
    assert pack.exists()
    newer.unlink()
    desk.passes(days=2)
    desk.sync(hub)
    assert not pack.exists()


def test_without_a_shared_file_none_is_made_beside_a_newer_pack(desks, hub):
    first, second, _ = desks
    first.save("CV-1", seen=1)
    first.sync(hub)
    (pack,) = packs_of(hub)
    tampered(pack, *UNREADABLE)
    hub.unlink()
    second.save("CV-2", seen=2)
    told_to_update(second, hub, pack.name)
    assert not hub.exists()
    assert second.shared() == second.revs()


def test_a_newer_file_that_says_it_may_be_read_is_read_and_never_replaced(desks, hub):
    first, second, third = desks
    rev = first.save("CV-1", seen=1)
    first.sync(hub)
    tampered(hub, *READABLE)
    second.save("CV-2", seen=2)
    before = hub.read_bytes()
    outcome = second.sync(hub, limits=AT_ONCE)
    assert (outcome.received, outcome.verified) == (1, True)
    assert hub.read_bytes() == before
    with Artefact.open(hub, HUB_KEY, HUB_ID) as artefact:
        assert artefact.is_newer()
    third.sync(hub, limits=AT_ONCE)
    assert rev in third.revs()
    assert third.revs() == revs_on(hub)


def test_a_pack_of_a_newer_program_that_may_be_read_holds_renewal_up_also_when_it_was_read_before(desks, hub):
    first, second, _ = desks
    first.sync(hub)
    first.save("CV-1", seen=1)
    first.sync(hub)
    tampered(packs_of(hub)[0], *READABLE)
    before = hub.read_bytes()
    for number in range(3):
        second.save("CV-2", seen=number)
        assert second.sync(hub, limits=AT_ONCE).verified
        assert hub.read_bytes() == before
