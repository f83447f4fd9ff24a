"""A folder is tried before it holds the shared file: each operation that the exchange needs, and nothing stays."""

import errno
import os
from datetime import UTC, datetime, timedelta

import pytest

from icv_app.clock import Clock
from icv_app.errors import Unavailable
from icv_app.sharing.probe import probe, refuse_unfit
from icv_app.sharing.share import Files

NEEDED = ("create", "exclusive", "read", "list", "clock", "rename", "rename_seen", "folder", "remove", "room")


class Lame(Files):
    """The real operations, one of which does not work as it should; nobody waits."""

    def __init__(self, **broken):
        self.broken = broken
        self.waited = 0.0

    def pause(self, seconds):
        self.waited += seconds

    def create(self, path, content):
        if "create" in self.broken:
            raise OSError(self.broken["create"], os.strerror(self.broken["create"]))
        if "twice" in self.broken and path.exists():
            path.unlink()
        super().create(path, content)

    def read(self, path):
        return b"?" if "read" in self.broken else super().read(path)

    def replace(self, source, target):
        if "replace" in self.broken:
            raise PermissionError(errno.EACCES, "denied")
        super().replace(source, target)

    def scan(self, folder):
        found = super().scan(folder)
        return found if self.waited >= self.broken.get("lag", 0) else [each for each in found if "probe" not in each[0]]

    def make_folder(self, folder):
        if "folder" in self.broken:
            raise PermissionError(errno.EACCES, "denied")
        super().make_folder(folder)

    def remove(self, path):
        if "remove" in self.broken:
            raise PermissionError(errno.EACCES, "denied")
        super().remove(path)


def states(found):
    return {check.name: check.state for check in found.checks}


def test_an_ordinary_folder_can_be_used_and_is_left_as_it_was(tmp_path):
    (tmp_path / "Scheme.icvhub").write_bytes(b"somebody's")
    found = probe(tmp_path)
    assert states(found) == dict.fromkeys(NEEDED, "works")
    assert (found.usable, found.clean, found.words) == (True, True, "This folder can be used.")
    assert [path.name for path in tmp_path.iterdir()] == ["Scheme.icvhub"]
    refuse_unfit(found)


@pytest.mark.parametrize(
    ("broken", "check"),
    [
        ({"create": errno.EROFS}, "create"), ({"create": errno.EACCES}, "create"), ({"create": errno.ENOSPC}, "create"),
        ({"read": True}, "read"), ({"replace": True}, "rename"), ({"folder": True}, "folder"),
    ],
)  # fmt: skip
def test_what_cannot_work_is_refused_with_what_to_ask_for(tmp_path, broken, check):
    found = probe(tmp_path, files=Lame(**broken))
    failed = [each for each in found.checks if each.state == "fails"]
    assert [each.name for each in failed] == [check]
    assert "Ask" in failed[0].advice
    assert not found.usable
    assert found.words.startswith("This folder cannot be used for the shared file.")
    assert list(tmp_path.iterdir()) == []
    with pytest.raises(Unavailable) as caught:
        refuse_unfit(found)
    assert caught.value.code == "share_unfit"


@pytest.mark.parametrize(
    ("broken", "checks"),
    [
        ({"twice": True}, {"exclusive"}), ({"lag": 0.5}, {"list"}), ({"lag": 60}, {"list", "rename_seen"}),
        ({"remove": True}, {"remove"}),
    ],
)  # fmt: skip
def test_what_only_hinders_is_told_and_not_refused(tmp_path, broken, checks):
    found = probe(tmp_path, files=Lame(**broken))
    assert {name for name, state in states(found).items() if state != "works"} == checks
    assert found.usable
    assert not found.clean
    assert len(found.notes) == len(checks)


@pytest.mark.parametrize(("days", "word"), [(40, "fast"), (-40, "slow")])
def test_a_laptop_whose_clock_is_off_is_told_by_the_folder_s(tmp_path, days, word):
    clock = Clock(lambda: datetime.now(UTC) + timedelta(days=days))
    found = probe(tmp_path, clock=clock)
    (note,) = [each for each in found.checks if each.state == "note"]
    assert note.name == "clock"
    assert word in note.words
    assert found.usable


def test_a_folder_that_is_not_there_is_away(tmp_path):
    with pytest.raises(Unavailable) as caught:
        probe(tmp_path / "none")
    assert caught.value.code == "share_away"


def test_what_an_earlier_probe_left_is_removed(tmp_path):
    left = tmp_path / "icv-probe-0123-a.tmp"
    left.write_bytes(b"x")
    os.utime(left, (1, 1))
    fresh = tmp_path / "icv-probe-4567-a.tmp"
    fresh.write_bytes(b"another laptop is at it")
    probe(tmp_path)
    assert [path.name for path in tmp_path.iterdir()] == [fresh.name]


def test_the_place_is_remarked_upon(tmp_path):
    folder = tmp_path / "OneDrive - Northshire"
    folder.mkdir()
    found = probe(folder)
    assert [remark.kind for remark in found.remarks] == ["cloud"]
    assert found.usable
    assert found.verdict == "This folder can be used. Please read the notes."
    assert any("OneDrive" in note for note in found.notes)
