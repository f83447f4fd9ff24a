"""A share that is away, full, read-only, restless or lying (`sync.md` §4, §6)."""

import errno
import shutil
from pathlib import Path

import pytest

from icv_app.errors import Unavailable
from icv_app.sharing.share import Files
from tests.shared_folder import FaultyFiles, kill, revs_in, tampered


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


def test_a_laptop_whose_own_folder_is_gone_is_told_in_words(desks, hub):
    shutil.rmtree(desks[0].folder)
    with pytest.raises(Unavailable) as caught:
        desks[0].sync(hub)
    assert caught.value.code == "disk_fault"
    assert not hub.exists()
