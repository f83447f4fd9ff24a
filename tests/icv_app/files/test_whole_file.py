"""A document is on disk whole or not at all, and why it is not is said in words that say what to do."""

import errno
import os
import sys

import pytest

from icv_app.errors import InvalidInput, Unavailable
from icv_app.files import whole_file


def given_up():
    raise InvalidInput("given_up", "Given up.")


def test_what_is_written_replaces_what_was_there_and_leaves_nothing_beside_it(tmp_path):
    path = tmp_path / "paper.pdf"
    path.write_bytes(b"old")
    assert whole_file.put(path, b"new") == path
    assert path.read_bytes() == b"new"
    assert os.listdir(tmp_path) == ["paper.pdf"]


def test_given_up_when_all_is_ready_the_older_document_stays_and_nothing_beside_it(tmp_path):
    path = tmp_path / "paper.pdf"
    path.write_bytes(b"old")
    with pytest.raises(InvalidInput, match="Given up"):
        whole_file.put(path, b"new", unless=given_up)
    assert path.read_bytes() == b"old"
    assert os.listdir(tmp_path) == ["paper.pdf"]


def test_it_is_asked_last_when_the_new_one_is_ready_to_be_put_in_its_place(tmp_path):
    path, seen = tmp_path / "paper.pdf", []
    whole_file.put(
        path, b"new", unless=lambda: seen.extend(part.read_bytes() for part in tmp_path.glob("paper.pdf.*.part"))
    )
    assert seen == [b"new"]


@pytest.mark.parametrize(
    ("number", "said"),
    [
        (errno.ENOSPC, "the disk is full. Make room"),
        (errno.EROFS, "that disk can only be read"),
        (errno.ENAMETOOLONG, "the name is too long"),
        (errno.EACCES, "it is open in another program, or nothing may be written in that folder"),
        (errno.EIO, "could not be written. Check"),
    ],
)
def test_a_fault_of_the_disk_is_said_in_our_own_words(tmp_path, monkeypatch, number, said):
    def refuse(_handle):
        raise OSError(number, os.strerror(number))

    monkeypatch.setattr(os, "fsync", refuse)  # the system's call, made to fail
    with pytest.raises(Unavailable) as raised:
        whole_file.put(tmp_path / "paper.pdf", b"new")
    assert said in raised.value.words
    assert os.strerror(number) not in raised.value.words
    assert os.listdir(tmp_path) == []


def test_a_folder_of_that_name_and_a_folder_that_is_missing_are_told_apart(tmp_path):
    (tmp_path / "paper.pdf").mkdir()
    with pytest.raises(Unavailable, match="a folder has that name"):
        whole_file.put(tmp_path / "paper.pdf", b"new")
    with pytest.raises(Unavailable, match="the folder is not there"):
        whole_file.put(tmp_path / "gone" / "paper.pdf", b"new")


def test_two_who_write_one_name_at_once_leave_one_of_the_two_whole(tmp_path):
    path = tmp_path / "paper.pdf"
    whole_file.put(path, b"first", unless=lambda: whole_file.put(path, b"second"))
    assert path.read_bytes() == b"first"
    assert list(tmp_path.iterdir()) == [path]


def test_a_file_of_the_persons_own_with_a_name_of_that_kind_is_left_alone(tmp_path):
    own = tmp_path / "paper.pdf.part"
    own.write_bytes(b"mine")
    whole_file.put(tmp_path / "paper.pdf", b"new")
    assert own.read_bytes() == b"mine"


def test_the_longest_name_that_the_disk_takes_is_written(tmp_path):
    path = tmp_path / f"{'a' * 250}.pdf"
    whole_file.put(path, b"new")
    assert path.read_bytes() == b"new"


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="there are no such files here")
def test_what_is_no_ordinary_file_is_never_replaced(tmp_path):
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    with pytest.raises(Unavailable, match="no ordinary file"):
        whole_file.put(pipe, b"new")
    assert pipe.is_fifo()


@pytest.mark.skipif(sys.platform == "win32", reason="links need a right of their own on Windows")
def test_where_the_name_is_a_link_what_it_leads_to_is_written(tmp_path):
    (tmp_path / "far").mkdir()
    link = tmp_path / "paper.pdf"
    link.symlink_to(tmp_path / "far" / "real.pdf")
    whole_file.put(link, b"new")
    assert link.is_symlink()
    assert (tmp_path / "far" / "real.pdf").read_bytes() == b"new"
