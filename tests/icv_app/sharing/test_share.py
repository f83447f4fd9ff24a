"""The shared folder's file operations, and the lease that saves two laptops the same work."""

import errno
import os

import pytest

from icv_app.errors import Unavailable
from icv_app.sharing.lease import lease
from icv_app.sharing.share import Files, Share
from tests.shared_folder import FaultyFiles, Killed, age, kill


@pytest.fixture
def share(tmp_path):
    (tmp_path / "share").mkdir()
    return Share(tmp_path / "share" / "Scheme.icvhub", Files())


@pytest.fixture
def made(tmp_path):
    path = tmp_path / "made"
    path.write_bytes(os.urandom(3 << 20))
    return path


def names(share):
    return sorted(path.name for path in share.folder.rglob("*") if path.is_file())


def test_a_listing_puts_the_hub_first_and_leaves_out_what_is_no_artefact(share):
    share.packs.mkdir()
    for path in (
        share.hub, share.previous, share.lease, share.folder / "a copy", share.folder / "x.tmp", share.folder / "x.bad",
        share.packs / "b.pack", share.packs / "a.pack", share.packs / "c.pack.bad",
    ):  # fmt: skip
        path.write_bytes(b"x")
    (share.folder / "folder").mkdir()
    (share.folder / "link").symlink_to(share.hub)
    found = [(entry.kind, entry.path.name) for entry in share.listing()]
    assert found == [
        ("hub", "Scheme.icvhub"),
        ("pack", "a.pack"),
        ("pack", "b.pack"),
        ("copy", "Scheme.icvhub.prev"),
        ("copy", "a copy"),
    ]


def test_a_missing_folder_is_away(share):
    share.folder.rmdir()
    with pytest.raises(Unavailable) as caught:
        share.listing()
    assert caught.value.code == "share_away"


def test_a_published_file_is_whole_and_leaves_nothing_beside_it(share, made):
    written = share.publish(made, share.packs / "a.pack")
    assert (share.packs / "a.pack").read_bytes() == made.read_bytes()
    assert written == (share.packs / "a.pack").stat().st_mtime_ns
    assert names(share) == ["a.pack"]


def test_a_publication_killed_at_any_step_leaves_the_old_file_or_the_new_one(share, made):
    steps = FaultyFiles(0, kill)
    Share(share.hub, steps).publish(made, share.hub)
    for at in range(1, steps.steps + 1):
        share.hub.write_bytes(b"old")
        with pytest.raises(Killed):
            Share(share.hub, FaultyFiles(at, kill)).publish(made, share.hub)
        assert share.hub.read_bytes() in (b"old", made.read_bytes())
        assert all(name == share.hub.name or name.endswith(".tmp") for name in names(share))


def test_a_failed_publication_cleans_up_after_itself(share, made):
    class Failing(Files):
        def replace(self, source, target):
            raise OSError(errno.ENOSPC, "No space left on device")

    with pytest.raises(Unavailable) as caught:
        Share(share.hub, Failing()).publish(made, share.hub)
    assert caught.value.code == "share_full"
    assert names(share) == []


def test_a_file_that_stays_in_use_is_given_up_with_words(share, made):
    class Held(Files):
        waited = 0.0

        def replace(self, source, target):
            raise PermissionError(errno.EACCES, "in use")

        def pause(self, seconds):
            self.waited += seconds

    files = Held()
    with pytest.raises(Unavailable) as caught:
        Share(share.hub, files).publish(made, share.hub)
    assert caught.value.code == "share_read_only"
    assert 3 < files.waited < 4


def test_a_damaged_file_is_renamed_once_and_never_over_another(share):
    share.hub.write_bytes(b"damaged")
    (entry,) = share.listing()
    first = share.quarantine(entry)
    assert share.quarantine(entry) is None
    share.hub.write_bytes(b"damaged again")
    second = share.quarantine(share.listing()[0])
    assert sorted([first, second]) == names(share)
    assert first.endswith(".bad")


def test_a_file_that_was_replaced_meanwhile_is_not_put_aside(share):
    share.hub.write_bytes(b"damaged")
    (entry,) = share.listing()
    share.hub.write_bytes(b"whole and newer")
    assert share.quarantine(entry) is None
    assert names(share) == [share.hub.name]


def test_a_lease_is_held_by_one_and_given_back(share):
    with lease(share) as first:
        with lease(share) as second:
            assert (first, second) == (True, False)
        assert names(share) == [share.lease.name]
    assert names(share) == []


def test_a_fresh_lease_of_a_dead_laptop_is_respected_and_a_stale_one_is_broken(share):
    share.lease.write_bytes(b"dead")
    with lease(share) as held:
        assert not held
    age(share.lease, 4 / 1440)
    with lease(share) as held:
        assert held
    assert names(share) == []


def test_a_lease_that_another_laptop_broke_is_not_given_back_twice(share):
    with lease(share) as held:
        assert held
        share.lease.write_bytes(b"somebody else's")
    assert share.lease.read_bytes() == b"somebody else's"


def test_the_lease_goes_by_the_shares_own_clock(share):
    class Behind(Files):
        """A server whose clock is a year behind the laptop's."""

        def stamp(self, path):
            size, mtime_ns = super().stamp(path)
            return size, mtime_ns - 365 * 86400 * 10**9

    share.lease.write_bytes(b"alive")
    with lease(Share(share.hub, Behind())) as held:
        assert not held


def test_a_folder_that_cannot_be_synced_is_no_failure(share, made):
    assert Files().sync_folder(share.folder) is None
    share.publish(made, share.hub)
    assert names(share) == [share.hub.name]
