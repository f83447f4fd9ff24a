"""The exchange with the one shared file: each rule of the protocol by itself (`sync.md` §4-§6, `interfaces.md` §4)."""

import errno
import os
import shutil
import sqlite3
from datetime import timedelta
from hashlib import sha256
from pathlib import Path

import pytest

from icv_app import cipher
from icv_app.artefact import Artefact
from icv_app.consolidation import Limits, clear
from icv_app.errors import InvalidInput, Unavailable
from icv_app.seen import Seen
from icv_app.share import Files, Share
from icv_app.shelf import Shelf
from tests.shared_folder import HUB_ID, HUB_KEY, Desk, FaultyFiles, age, kill, packs_of, revs_in, revs_on

AT_ONCE = Limits(packs=0, pack_bytes=0)


@pytest.fixture
def hub(tmp_path):
    folder = tmp_path / "share"
    folder.mkdir()
    return folder / "Scheme.icvhub"


@pytest.fixture
def desks(tmp_path):
    made = [Desk(tmp_path, f"ICV0{number}") for number in (1, 2, 3)]
    yield made
    for desk in made:
        desk.close()


def filled(desk, count, start=0):
    def body(number):
        return {"site": "X", "notes": "".join(sha256(bytes([number, part])).hexdigest() for part in range(6))}

    desk.store.save_all(("visit", f"CV-{desk.name}-{start + number}", body(number)) for number in range(count))


# The main road --------------------------------------------------------------------------------------------------------


def test_the_first_sync_makes_the_shared_file_itself(desks, hub):
    rev = desks[0].save("CV-1", seen=3)
    outcome = desks[0].sync(hub)
    assert (outcome.sent, outcome.received, outcome.verified) == (1, 0, True)
    assert revs_in(hub) == {rev}
    assert not list(hub.parent.rglob("*.tmp")) + list(hub.parent.glob("*.lease"))


def test_a_visit_saved_offline_reaches_the_hub_and_another_laptop_once(desks, hub):
    first, second, _ = desks
    rev = first.save("CV-1", seen=3)
    first.sync(hub)
    assert second.sync(hub).received == 1
    assert second.revs() == {rev}
    again = [desk.sync(hub) for desk in (first, second)]
    assert [(each.sent, each.received, each.verified) for each in again] == [(0, 0, True)] * 2
    assert len(packs_of(hub)) == 1


def test_edits_of_two_laptops_meet_and_a_conflict_is_counted(desks, hub):
    first, second, _ = desks
    first.save("CV-1", seen=3, declined=0)
    first.sync(hub)
    second.sync(hub)
    first.save("CV-1", seen=4, declined=0)
    second.save("CV-1", seen=5, declined=1)
    first.sync(hub)
    assert second.sync(hub).conflicts == 1
    assert first.sync(hub).conflicts == 1
    assert first.view() == second.view()
    assert first.store.current("visit", "CV-1").body["declined"] == 1


def test_a_pack_is_named_for_its_writer_and_written_once(desks, hub):
    first, second, _ = desks
    first.sync(hub)
    second.save("CV-2", seen=1)
    second.sync(hub)
    (pack,) = packs_of(hub)
    assert pack.name.startswith(second.store.replica.hex()[:12])
    before = pack.read_bytes()
    second.save("CV-2", seen=2)
    second.sync(hub)
    assert pack.read_bytes() == before


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
    assert clear(Shelf(share, HUB_KEY, HUB_ID), entries[0], packs, seen, Limits()) == []
    assert packs[0].path.exists()


def test_a_no_op_sync_opens_the_shared_file_once_and_writes_nothing_there(desks, hub):
    for desk in desks:
        desk.save(f"CV-{desk.name}", seen=1)
        desk.sync(hub)
    desks[0].sync(hub)
    before = {path: path.stat().st_mtime_ns for path in hub.parent.rglob("*")}

    class Counted(Files):
        opened = 0

        def opening(self, path):
            self.opened += 1
            return path

    files = Counted()
    assert desks[0].sync(hub, files).verified
    assert files.opened == 1
    assert {path: path.stat().st_mtime_ns for path in hub.parent.rglob("*")} == before


def test_progress_is_told_in_words(desks, hub):
    from icv_app.exchange import exchange

    told = []
    desks[0].save("CV-1", seen=1)
    exchange(desks[0].store, hub, HUB_KEY, HUB_ID, progress=lambda *step: told.append(step))
    assert ("Sending records", 1, 1) in told
    assert told[-1][0] == "Done"


# Nothing is called shared that was not proved to be -------------------------------------------------------------------


def test_nothing_is_called_shared_before_a_later_listing_showed_it(desks, hub):
    desk = desks[0]
    desk.sync(hub)
    rev = desk.save("CV-1", seen=1)
    steps = FaultyFiles(0, kill)
    desk.sync(hub, steps)
    # the same again, killed at each step: as soon as it is called shared, a pack that can be read holds it
    for at in range(1, steps.steps + 1):
        rev = desk.save("CV-1", seen=at + 1)
        desk.sync_until(hub, at, kill)
        assert rev not in desk.shared() or rev in revs_on(hub)
    assert desk.sync(hub).verified
    assert desk.shared() == desk.revs()


def test_a_pack_that_vanishes_before_the_second_listing_is_not_called_shared(desks, hub):
    desk = desks[0]
    desk.sync(hub)
    rev = desk.save("CV-1", seen=1)

    class Vanishing(Files):
        listings = 0

        def scan(self, folder):
            if folder.name.endswith(".packs"):
                self.listings += 1
                if self.listings == 2:
                    for pack in folder.iterdir():
                        pack.unlink()
            return super().scan(folder)

    outcome = desk.sync(hub, Vanishing())
    assert not outcome.verified
    assert rev not in desk.shared()
    assert "could not yet be seen" in outcome.words
    assert desk.sync(hub).verified


def test_a_row_that_rotted_on_the_share_is_not_taken_for_shared(desks, hub):
    desk = desks[0]
    desk.sync(hub)
    rev = desk.save("CV-1", seen=1)

    class Rotting(Files):
        listings = 0

        def scan(self, folder):
            if folder.name.endswith(".packs"):
                self.listings += 1
                if self.listings == 2:
                    for pack in folder.iterdir():
                        tampered(pack, "UPDATE revision SET payload = x'00'")
            return super().scan(folder)

    outcome = desk.sync(hub, Rotting())
    assert outcome.quarantined
    assert rev in revs_on(hub)  # it was sent again
    assert outcome.verified


def test_what_a_listing_proves_to_be_gone_is_no_longer_called_shared(desks, hub):
    desk = desks[0]
    desk.save("CV-1", seen=1)
    desk.sync(hub)
    for path in [hub, *packs_of(hub)]:
        path.unlink()

    class Full(Files):
        def copy(self, source, target):
            raise OSError(errno.ENOSPC, "No space left on device")

    with pytest.raises(Unavailable):
        desk.sync(hub, Full())
    assert not desk.shared()


# The share is away, full, read-only, newer ----------------------------------------------------------------------------


def test_a_missing_share_is_no_information(desks, hub):
    desk = desks[0]
    desk.save("CV-1", seen=1)
    desk.sync(hub)
    hub.parent.rename(hub.parent.with_name("unplugged"))
    before, shared = desk.view(), desk.shared()
    with pytest.raises(Unavailable) as caught:
        desk.sync(hub)
    assert caught.value.code == "share_away"
    assert (desk.view(), desk.shared()) == (before, shared)
    assert not hub.parent.exists()


def test_a_mount_that_died_is_a_share_that_is_away(desks, hub, monkeypatch):
    def dead(_self, **_):
        raise OSError(errno.EHOSTDOWN, "Host is down")

    monkeypatch.setattr(Path, "stat", dead)
    with pytest.raises(Unavailable) as caught:
        desks[0].sync(hub)
    assert caught.value.code == "share_away"


def test_a_share_unmounted_in_the_middle_is_not_taken_for_the_empty_folder_below_it(desks, hub):
    class Unmounted(Files):
        device_now = 1

        def device(self, folder):
            return self.device_now

        def make_folder(self, folder):  # in the middle: the first listing is done
            shutil.rmtree(hub.parent)
            hub.parent.mkdir()
            self.device_now = 2
            super().make_folder(folder)

    desk = desks[0]
    first = desk.save("CV-1", seen=1)
    desk.sync(hub)
    second = desk.save("CV-1", seen=2)
    with pytest.raises(Unavailable) as caught:
        desk.sync(hub, Unmounted())
    assert caught.value.code == "share_away"
    assert second not in desk.shared()
    assert desk.shared() == {first}  # nothing was learnt of it


def test_a_shared_file_that_was_made_again_is_told(desks, hub):
    desk = desks[0]
    desk.save("CV-1", seen=1)
    assert "made again" not in desk.sync(hub).words
    hub.unlink()
    outcome = desk.sync(hub)
    assert outcome.remade
    assert "made again" in outcome.words
    assert not desk.sync(hub).remade


def test_an_empty_folder_deletes_nothing_and_the_file_is_made_again(desks, hub):
    first, second, _ = desks
    first.save("CV-1", seen=1)
    first.sync(hub)
    second.sync(hub)
    second.save("CV-2", seen=2)
    shutil.rmtree(hub.parent)
    hub.parent.mkdir()
    assert second.sync(hub).sent == 2
    assert revs_in(hub) == second.revs()
    assert first.sync(hub).received == 1
    assert first.view() == second.view()


@pytest.mark.parametrize(
    ("number", "code"),
    [
        (errno.ENOSPC, "share_full"),
        (errno.EROFS, "share_read_only"),
        (errno.EACCES, "share_read_only"),
        (errno.EIO, "share_away"),
    ],
)
def test_a_share_that_cannot_be_written_is_told_in_words_and_loses_nothing(desks, hub, number, code):
    first, second, _ = desks
    second.save("CV-2", seen=2)
    second.sync(hub)
    rev = first.save("CV-1", seen=1)

    class Refusing(FaultyFiles):
        def copy(self, source, target):
            target.write_bytes(b"half")
            raise OSError(number, "refused")

    with pytest.raises(Unavailable) as caught:
        first.sync(hub, Refusing(0, kill))
    assert caught.value.code == code
    assert "Nothing was lost" in caught.value.words
    assert rev not in first.shared()
    assert len(first.revs()) == 2  # what was there to fetch is kept
    assert not list(hub.parent.rglob("*.tmp"))
    assert first.sync(hub).verified


def test_a_share_that_may_only_be_read_still_gives(desks, hub):
    first, second, _ = desks
    first.save("CV-1", seen=1)
    first.sync(hub)

    class ReadOnly(Files):
        def copy(self, source, target):
            raise OSError(errno.EROFS, "Read-only file system")

        create = copy

        def make_folder(self, folder):
            raise OSError(errno.EROFS, "Read-only file system")

    outcome = second.sync(hub, ReadOnly())
    assert (outcome.received, outcome.verified) == (1, True)


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


def test_a_file_that_vanishes_between_listing_and_reading_is_looked_for_again(desks, hub):
    first, second, _ = desks
    first.save("CV-1", seen=1)
    first.sync(hub)

    class Vanishing(Files):
        done = False

        def opening(self, path):
            if not self.done:
                self.done = True
                hub.unlink()
            return path

    outcome = second.sync(hub, Vanishing())
    assert (outcome.received, outcome.verified) == (1, True)
    assert hub.exists()


def test_a_share_that_keeps_changing_is_given_up_in_words(desks, hub):
    desk = desks[0]
    desk.save("CV-1", seen=1)
    desk.sync(hub)

    class Restless(Files):
        def opening(self, path):
            tampered(hub, "UPDATE head SET n = 77")
            return path

    with pytest.raises(Unavailable) as caught:
        desk.sync(hub, Restless())
    assert caught.value.code == "share_damaged"


def test_a_share_that_gives_back_other_bytes_is_not_trusted(desks, hub):
    desk = desks[0]
    rev = desk.save("CV-1", seen=1)

    class Lying(Files):
        def copy(self, source, target):
            digest = super().copy(source, target)
            target.write_bytes(target.read_bytes()[:-1] + b"?")
            return digest

    with pytest.raises(Unavailable) as caught:
        desk.sync(hub, Lying())
    assert caught.value.code == "share_unreliable"
    assert rev not in desk.shared()
    assert [path for path in hub.parent.rglob("*") if path.is_file()] == []


@pytest.mark.parametrize("mark", ["PRAGMA user_version = 99", "UPDATE meta SET v = 99 WHERE k = 'min_reader'"])
def test_a_newer_format_is_refused_and_left_alone(desks, hub, mark):
    first, second, _ = desks
    first.save("CV-1", seen=1)
    first.sync(hub)
    tampered(hub, mark)
    before = hub.read_bytes()
    second.save("CV-2", seen=2)
    with pytest.raises(Unavailable) as caught:
        second.sync(hub)
    assert caught.value.code == "newer_format"
    assert hub.read_bytes() == before
    assert not second.shared()


def test_a_file_in_use_is_tried_again(desks, hub):
    class Held(FaultyFiles):
        refused = 0

        def replace(self, source, target):
            if self.refused < 3:
                self.refused += 1
                raise PermissionError(13, "The process cannot access the file")
            Files.replace(self, source, target)

    desks[0].save("CV-1", seen=1)
    files = Held(0, kill)
    assert desks[0].sync(hub, files).verified
    assert files.refused == 3


@pytest.mark.parametrize("step", range(1, 46, 3))
def test_the_share_unplugged_at_any_step_loses_nothing(desks, hub, step):
    first, second, _ = desks
    first.save("CV-1", seen=1)
    first.sync(hub)
    second.sync(hub)
    rev = second.save("CV-2", seen=2)
    away = hub.parent.with_name("unplugged")
    code = "share_away"
    try:
        second.sync(hub, FaultyFiles(step, lambda: hub.parent.rename(away)))
    except Unavailable as error:
        code = error.code
    assert code == "share_away"
    assert not (hub.parent.exists() and away.exists())
    if away.exists():
        away.rename(hub.parent)
    assert rev in second.revs()
    assert second.sync(hub).verified
    first.sync(hub)
    assert first.view() == second.view()


# Whatever happens to the shared file ----------------------------------------------------------------------------------


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


# Foreign files --------------------------------------------------------------------------------------------------------


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


# Damage ---------------------------------------------------------------------------------------------------------------


def tampered(path: Path, *statements: str) -> None:
    """Change an artefact as only somebody with the key could (or a fault of memory before it was sealed)."""
    copy = path.with_name("tampering")
    shutil.copyfile(path, copy)
    connection = cipher.open_build(copy, HUB_KEY)
    for statement in statements:
        connection.execute(statement)
    connection.close()
    copy.replace(path)


def flip(path: Path, at: int) -> None:
    content = bytearray(path.read_bytes())
    content[at] ^= 1
    path.write_bytes(bytes(content))


def truncate(path: Path) -> None:
    path.write_bytes(path.read_bytes()[: path.stat().st_size * 2 // 3 // 4096 * 4096 + 100])


def spoil_tail(path: Path) -> None:
    content = path.read_bytes()
    path.write_bytes(content[: 20 * 4096] + b"\x55" * (len(content) - 20 * 4096))


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


def test_a_transport_error_never_puts_a_file_aside(desks, hub):
    first, second, _ = desks
    first.save("CV-1", seen=1)
    first.sync(hub)

    class Failing(Files):
        def opening(self, path):
            return path.with_name("gone") if path == hub else path

    with pytest.raises(Unavailable) as caught:
        second.sync(hub, Failing())
    assert caught.value.code == "share_away"
    assert hub.exists()
    assert not list(hub.parent.rglob("*.bad"))


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


# Crashes and two at once ----------------------------------------------------------------------------------------------


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


def test_a_laptop_whose_own_folder_is_gone_is_told_in_words(desks, hub):
    shutil.rmtree(desks[0].folder)
    with pytest.raises(Unavailable) as caught:
        desks[0].sync(hub)
    assert caught.value.code == "disk_fault"
    assert not hub.exists()


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


def test_the_shared_file_cannot_be_read_without_the_key(desks, hub):
    desks[0].save("CV-1", notes="A secret of custody")
    desks[0].sync(hub)
    for path in [hub, *packs_of(hub)]:
        assert b"secret of custody" not in path.read_bytes()
        assert not path.read_bytes().startswith(b"SQLite")
    with Artefact.open(hub, HUB_KEY, HUB_ID) as artefact:
        assert artefact.meta("format") == 2
        assert artefact.check() == 1


def test_a_scrub_is_due_once_a_day_only(desks, hub):
    desk = desks[0]
    desk.save("CV-1", seen=1)
    desk.sync(hub)
    tampered(hub, "UPDATE revision SET payload = x'00'")
    assert not desk.sync(hub, limits=Limits(scrub=timedelta(days=2))).quarantined
    desk.passes(days=3)
    assert desk.sync(hub, limits=Limits(scrub=timedelta(days=2))).quarantined
