"""Damage: salvaged row by row, put aside, never deleted, never taken for anything else (`sync.md` §4, §6)."""

import shutil

import pytest

from icv_app.encryption import cipher
from icv_app.errors import Unavailable
from tests.shared_folder import (
    filled,
    flip,
    packs_of,
    revs_on,
    spoil_tail,
    tampered,
    truncate,
)


@pytest.mark.parametrize(
    "spoil",
    [
        truncate,
        spoil_tail,
        lambda path: flip(path, 15 * 4096 + 200),
        lambda path: flip(path, path.stat().st_size - 900),
        lambda path: tampered(path, "UPDATE revision SET payload = x'00' WHERE rowid = 30"),
        lambda path: tampered(path, "UPDATE revision SET author = 'ICV66' WHERE rowid = 30"),
        lambda path: tampered(path, "DELETE FROM revision WHERE rowid = 30"),
        lambda path: tampered(path, "DROP TABLE head"),
        lambda path: tampered(path, "UPDATE revision SET kind = CAST(x'ff' AS TEXT) WHERE rowid = 30"),
        lambda path: tampered(path, "UPDATE head SET max_rev = 'nonsense'"),
    ],
    ids=["cut", "garbage", "flip", "flip-late", "payload", "header", "row", "table", "not-text", "summary"],
)
def test_a_damaged_hub_is_salvaged_put_aside_and_made_again(desks, hub, spoil):
    first, second, _ = desks
    filled(first, 120)
    first.sync(hub)
    for pack in packs_of(hub):
        pack.unlink()
    second.sync(hub.parent.parent / "Elsewhere.icvhub")
    second.passes(days=2)  # so that the whole share is read, not only what is new
    spoil(hub)
    broken = hub.read_bytes()
    salvaging = second.sync(hub)  # a laptop that has nothing: it gets what can still be read
    (bad,) = salvaging.quarantined
    assert hub.with_name(bad).read_bytes() == broken  # renamed, not deleted
    assert 0 < salvaging.received <= 120
    assert second.revs() <= first.revs()
    assert second.store.check() is None
    first.sync(hub)  # its owner fills in the rest
    second.sync(hub)
    assert second.revs() == first.revs()
    assert second.view() == first.view()
    assert first.sync(hub).verified


def test_more_rotten_copies_than_an_exchange_has_passes_are_put_aside_at_once(desks, hub):
    first, _, _ = desks
    filled(first, 30)
    first.sync(hub)
    copies = [hub.with_name(f"Test ({number}).icvhub") for number in range(12)]
    for copy in copies:
        shutil.copyfile(hub, copy)
    first.sync(hub)
    for copy in copies:
        tampered(copy, "UPDATE revision SET payload = x'00' WHERE rowid = 12")
    first.passes(days=2)  # so that the whole share is read
    outcome = first.sync(hub)
    assert len(outcome.quarantined) == len(copies)
    assert outcome.verified


def test_a_file_that_says_more_than_it_holds_is_damaged_at_once(desks, hub):
    first, second, _ = desks
    filled(first, 30)
    first.sync(hub)
    for pack in packs_of(hub):
        pack.unlink()
    tampered(hub, "DELETE FROM revision WHERE rowid = 12")
    assert second.sync(hub).quarantined
    assert len(second.revs()) == 29


def test_every_flip_of_a_bit_is_noticed_or_harmless(desks, hub):
    first, second, _ = desks
    filled(first, 60)
    first.sync(hub)
    for pack in packs_of(hub):
        pack.unlink()
    whole = hub.read_bytes()
    second.sync(hub.parent.parent / "Elsewhere.icvhub")
    for at in range(4096 + 77, len(whole), 4096 * 3 + 1111):
        flip(hub, at)
        second.passes(days=2)  # so that the whole share is read
        outcome = second.sync(hub)
        assert outcome.quarantined, f"the flip at byte {at} went unnoticed"
        hub.write_bytes(whole)
    second.sync(hub)
    assert second.revs() == first.revs()


def test_an_empty_hub_or_pack_is_what_a_lost_write_leaves_and_is_put_aside(desks, hub):
    first, second, _ = desks
    first.save("CV-1", seen=1)
    first.sync(hub)
    hub.write_bytes(b"")
    packs_of(hub)[0].write_bytes(b"")
    outcome = first.sync(hub)
    assert len(outcome.quarantined) == 2
    assert outcome.verified
    assert second.sync(hub).received == 1


def test_many_damaged_packs_are_put_aside_in_one_go(desks, hub):
    desk = desks[0]
    desk.sync(hub)
    for number in range(12):
        desk.save(f"CV-{number}", seen=number)
        desk.sync(hub)
    for pack in packs_of(hub):
        tampered(pack, "UPDATE revision SET payload = x'00'")
    outcome = desks[1].sync(hub)
    assert len(outcome.quarantined) == 12
    assert desk.sync(hub).verified


def test_damage_of_the_laptops_own_data_is_not_taken_for_damage_of_the_hub(desks, hub):
    first, second, _ = desks
    first.save("CV-1", seen=1)
    first.sync(hub)
    second.save("CV-2", seen=2)
    second.store.connection.execute("UPDATE revision SET payload = x'00'")
    with pytest.raises(Unavailable) as caught:
        second.sync(hub)
    assert caught.value.code == "profile_damaged"
    assert not list(hub.parent.rglob("*.bad"))
    assert revs_on(hub) == first.revs()
    second.store.connection.execute("DROP TABLE current")
    first.save("CV-3", seen=3)
    first.sync(hub)
    with pytest.raises(cipher.Error):
        second.sync(hub)
    assert not list(hub.parent.rglob("*.bad"))
