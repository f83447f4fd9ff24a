"""Any one laptop makes the shared file again from what it holds; what stood in its place is kept."""

import pytest

from icv_app.errors import InvalidInput, Unavailable
from icv_app.sharing.rebuild import rebuild
from icv_app.sharing.verification import verify_hub
from tests.shared_folder import (
    HUB_ID,
    HUB_KEY,
    Desk,
    FaultyFiles,
    Killed,
    filled,
    kill,
    packs_of,
    revs_in,
    revs_on,
    tampered,
)


def made_again(desk, hub, **given):
    return rebuild(desk.store, hub, HUB_KEY, HUB_ID, **given)


def bad_files(hub):
    return sorted(path.name for path in hub.parent.glob("*.bad"))


def foreign(hub):
    hub.write_bytes(b"another scheme's, or garbage")


def empty(hub):
    hub.write_bytes(b"")


def short(hub):
    hub.write_bytes(hub.read_bytes()[: 5 * 4096])


def sound(_hub):
    pass


@pytest.mark.parametrize("spoil", [foreign, empty, short, sound])
def test_one_laptop_makes_it_again_and_what_stood_there_is_kept(hub, desks, tmp_path, spoil):
    first, second, _ = desks
    filled(first, 30)
    first.sync(hub)
    second.sync(hub)
    for pack in packs_of(hub):
        pack.unlink()
    spoil(hub)
    before = hub.read_bytes()
    done = made_again(second, hub)
    assert done.outcome.verified
    assert not done.outcome.remade  # it was made again on purpose
    assert done.aside == bad_files(hub)[0]
    assert (hub.parent / done.aside).read_bytes() == before
    assert revs_in(hub) == first.revs()
    assert verify_hub(hub, HUB_KEY, HUB_ID).sound
    new = Desk(tmp_path, "ICV09")
    new.sync(hub)
    assert new.view() == first.view()
    new.close()


def test_it_is_made_where_there_is_none(hub, desks):
    filled(desks[0], 5)
    done = made_again(desks[0], hub)
    assert done.aside == ""
    assert revs_in(hub) == desks[0].revs()


def test_what_only_the_broken_file_still_had_is_taken_from_it(hub, desks):
    first, second, _ = desks
    second.sync(hub)
    filled(first, 30)
    first.sync(hub)
    hub.unlink()
    first.sync(hub)
    for pack in packs_of(hub):
        pack.unlink()
    tampered(hub, "UPDATE revision SET author = 'ICV66' WHERE seq = 7")
    done = made_again(second, hub)
    assert done.outcome.received == 29
    assert len(second.revs()) == 29


def test_a_file_of_another_scheme_is_safe_from_a_laptop_that_never_shared(hub, desks):
    hub.write_bytes(b"another scheme's")
    with pytest.raises(InvalidInput) as caught:
        made_again(desks[0], hub)
    assert caught.value.code == "foreign_hub"
    assert hub.read_bytes() == b"another scheme's"


def test_a_file_of_a_newer_program_and_a_folder_are_left_as_they_are(hub, desks):
    desks[0].sync(hub)
    tampered(hub, "PRAGMA user_version = 99", "INSERT OR REPLACE INTO meta VALUES ('min_reader', 99)")
    with pytest.raises(Unavailable) as caught:
        made_again(desks[0], hub)
    assert caught.value.code == "newer_format"
    assert bad_files(hub) == []
    hub.unlink()
    hub.mkdir()
    with pytest.raises(InvalidInput) as folder:
        made_again(desks[0], hub)
    assert folder.value.code == "hub_folder"


@pytest.mark.parametrize("step", range(4, 60, 5))
def test_a_crash_on_the_way_loses_nothing(hub, desks, step):
    first, second, _ = desks
    filled(first, 12)
    first.sync(hub)
    second.sync(hub)
    hub.write_bytes(b"garbage")
    try:
        made_again(second, hub, files=FaultyFiles(step, kill))
    except Killed:
        second.reopen()
    if hub.exists() and hub.read_bytes() == b"garbage":
        made_again(second, hub)
    second.sync(hub)
    assert revs_on(hub) == first.revs()
