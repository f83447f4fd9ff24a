"""Whatever happens to the shared file: older copies, conflict copies, forks, strangers in its place (`sync.md` §6)."""

import shutil
import sqlite3

import pytest

from icv_app.errors import InvalidInput
from tests.shared_folder import AT_ONCE, filled, packs_of, revs_in, revs_on, tampered


def test_a_hub_replaced_by_an_older_copy_is_filled_up_again_from_any_laptop(desks, hub):
    first, second, third = desks
    first.save("CV-1", seen=1)
    first.sync(hub)
    old = hub.read_bytes()
    gone = third.save("CV-3", seen=3)
    third.sync(hub, limits=AT_ONCE)
    second.sync(hub)
    hub.write_bytes(old)  # and the third laptop never comes back
    hub.with_name("Scheme.icvhub.prev").unlink()
    for pack in packs_of(hub):
        pack.unlink()
    assert second.sync(hub).sent == 1
    first.sync(hub)
    assert gone in first.revs()


def test_a_conflict_copy_under_any_name_is_merged_when_its_owner_is_dead(desks, hub):
    first, second, third = desks
    first.save("CV-1", seen=1)
    first.sync(hub)
    base = hub.read_bytes()
    lost = third.save("CV-3", seen=3)
    third.sync(hub, limits=AT_ONCE)
    copy = hub.with_name("Holiday pictures.bin")
    hub.rename(copy)
    for pack in packs_of(hub):
        pack.unlink()
    hub.with_name("Scheme.icvhub.prev").unlink()
    hub.write_bytes(base)
    outcome = second.sync(hub)
    assert lost in second.revs()
    assert lost in revs_on(hub)  # a copy may be removed by anybody, so what it held is sent
    assert outcome.verified
    assert copy.exists()


def test_a_conflict_copy_in_the_packs_folder_is_merged_too(desks, hub):
    first, second, _ = desks
    first.save("CV-1", seen=1)
    first.sync(hub)
    second.save("CV-2", seen=2)
    second.sync(hub)
    (mine,) = [pack for pack in packs_of(hub) if pack.name.startswith(second.store.replica.hex()[:12])]
    mine.rename(mine.with_name("something else"))
    assert first.sync(hub).received == 1


def test_the_previous_generation_is_read_as_well(desks, hub):
    first, second, _ = desks
    first.save("CV-1", seen=1)
    first.sync(hub)
    for pack in packs_of(hub):
        pack.unlink()
    hub.rename(hub.with_name("Scheme.icvhub.prev"))
    outcome = second.sync(hub)
    assert (outcome.received, outcome.verified) == (1, True)
    assert revs_in(hub) == first.revs()


def test_a_restored_profile_that_wrote_on_keeps_both_stories_and_takes_a_new_name(desks, hub, tmp_path):
    first, second, _ = desks
    first.save("CV-1", seen=1)
    first.sync(hub)
    first.backup(tmp_path / "backup.db")
    replica = first.store.replica
    lost = first.save("CV-2", seen=2)
    first.sync(hub)
    second.sync(hub)
    first.restore(tmp_path / "backup.db")
    other = first.save("CV-3", seen=3)  # the same number again
    first.sync(hub)
    assert {lost, other} <= first.revs()
    assert first.store.replica != replica
    after = first.save("CV-4", seen=4)
    first.sync(hub)
    second.sync(hub)
    assert {lost, other, after} <= second.revs()
    assert first.view() == second.view()
    # the fork goes through a new shared file as well
    second.save("CV-5", seen=5)
    second.sync(hub, limits=AT_ONCE)
    assert revs_in(hub) == second.revs()
    assert second.sync(hub).verified


def test_a_fork_that_the_counts_hide_is_found(desks, hub, tmp_path):
    """Three rows on either side, the last of them different: the count alone would call them equal."""
    first, second, _ = desks
    first.save("CV-1", seen=1)
    first.backup(tmp_path / "backup.db")
    one = {first.save("CV-2", seen=2), first.save("CV-2", seen=3)}
    first.sync(hub)
    first.restore(tmp_path / "backup.db")
    other = {first.save("CV-3", seen=2), first.save("CV-3", seen=3)}
    elsewhere = hub.parent / "elsewhere"
    elsewhere.mkdir()
    first.sync(elsewhere / "Scheme.icvhub")
    second.sync(elsewhere / "Scheme.icvhub")
    assert second.sync(hub).received == 2
    assert one | other <= second.revs()
    assert one | other <= revs_on(hub)


def test_a_shared_file_alone_brings_a_new_laptop_up(desks, hub, tmp_path):
    first, second, third = desks
    filled(first, 20)
    first.sync(hub)
    second.sync(hub)
    filled(second, 20)
    second.sync(hub, limits=AT_ONCE)
    alone = tmp_path / "stick" / "Scheme.icvhub"
    alone.parent.mkdir()
    shutil.copyfile(hub, alone)
    third.sync(alone)
    assert third.view() == second.view()


@pytest.mark.parametrize("content", [b"hello", b"x" * 20000, b"SQLite format 3\0" + bytes(4080)])
def test_a_foreign_file_in_the_hubs_name_is_refused_and_never_touched(desks, hub, content):
    hub.write_bytes(content)
    desks[0].save("CV-1", seen=1)
    with pytest.raises(InvalidInput) as caught:
        desks[0].sync(hub)
    assert caught.value.code == "foreign_hub"
    assert [path.name for path in hub.parent.rglob("*")] == [hub.name]
    assert hub.read_bytes() == content


def test_a_hub_of_another_scheme_is_foreign_even_under_the_same_key(desks, hub):
    desks[0].sync(hub)
    tampered(hub, "UPDATE meta SET v = 'another scheme' WHERE k = 'hub_id'")
    with pytest.raises(InvalidInput):
        desks[0].sync(hub)


def test_foreign_files_beside_the_hub_are_left_alone_and_told(desks, hub):
    desks[0].save("CV-1", seen=1)
    desks[0].sync(hub)
    strangers = {
        hub.with_name("Other.icvhub"): b"another scheme's",
        hub.with_name("rota.xlsx"): b"PK not ours",
        packs_of(hub)[0].with_name("note.pack"): b"what is this",
    }
    for path, content in strangers.items():
        path.write_bytes(content)
    with sqlite3.connect(hub.with_name("plain.db")) as plain:
        plain.execute("CREATE TABLE t(a)")
    plain.close()
    for _ in range(2):  # also from the cache
        outcome = desks[0].sync(hub)
        assert outcome.foreign == ("Other.icvhub", "note.pack")
        assert "left alone" in outcome.words
    assert {path: path.read_bytes() for path in strangers} == strangers
    desks[0].save("CV-2", seen=2)
    desks[0].sync(hub, limits=AT_ONCE)
    assert revs_in(hub) == desks[0].revs()  # a stranger elsewhere does not hold consolidation up


def test_a_folder_in_the_hubs_name_is_refused(desks, hub):
    hub.mkdir()
    with pytest.raises(InvalidInput):
        desks[0].sync(hub)
