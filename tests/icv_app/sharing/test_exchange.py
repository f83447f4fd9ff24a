"""The exchange with the one shared file: its main road, and what may be called shared (`sync.md` §4)."""

import errno

import pytest

from icv_app.errors import Unavailable
from icv_app.sharing.artefact import Artefact
from icv_app.sharing.exchange import exchange
from icv_app.sharing.share import Files
from tests.shared_folder import HUB_ID, HUB_KEY, FaultyFiles, kill, packs_of, revs_in, revs_on, tampered


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

    told = []
    desks[0].save("CV-1", seen=1)
    exchange(desks[0].store, hub, HUB_KEY, HUB_ID, progress=lambda *step: told.append(step))
    assert ("Sending records", 1, 1) in told
    assert told[-1][0] == "Done"


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


def test_the_shared_file_cannot_be_read_without_the_key(desks, hub):
    desks[0].save("CV-1", notes="A secret of custody")
    desks[0].sync(hub)
    for path in [hub, *packs_of(hub)]:
        assert b"secret of custody" not in path.read_bytes()
        assert not path.read_bytes().startswith(b"SQLite")
    with Artefact.open(hub, HUB_KEY, HUB_ID) as artefact:
        assert artefact.meta("format") == 2
        assert artefact.check() == 1
