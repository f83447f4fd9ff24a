"""Faults in words: SQLite's and the operating system's codes decide, never their messages."""

import errno

import pytest

from icv_app.encryption import cipher
from icv_app.encryption.faults import in_words, of_files, unavailable
from icv_app.errors import Unavailable


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("SQLITE_FULL", "disk_full"),
        ("SQLITE_READONLY_DBMOVED", "read_only"),
        ("SQLITE_IOERR_FSYNC", "disk_fault"),
        ("SQLITE_IOERR", "disk_fault"),
        ("SQLITE_CANTOPEN_ISDIR", "disk_fault"),
        ("SQLITE_BUSY_SNAPSHOT", "busy"),
        ("SQLITE_LOCKED", "busy"),
        ("SQLITE_PROTOCOL", "busy"),
        ("SQLITE_PERM", "read_only"),
        ("SQLITE_NOMEM", "out_of_memory"),
        ("SQLITE_CORRUPT_INDEX", "damaged"),
        ("SQLITE_NOTADB", "damaged"),
    ],
)
def test_each_fault_of_the_surroundings_has_words(name: str, code: str) -> None:
    error = cipher.OperationalError("some message")
    error.sqlite_errorname = name
    told = unavailable(error)
    assert told is not None
    assert (told.code, told.status) == (code, 3)
    assert "SQLITE" not in told.words
    assert "nothing was saved" in told.words or code == "damaged"


@pytest.mark.parametrize("name", ["SQLITE_ERROR", "SQLITE_CONSTRAINT_UNIQUE", "SQLITE_MISUSE", ""])
def test_our_own_mistakes_stay_what_they_are(name: str) -> None:
    error = cipher.OperationalError("database or disk is full")
    error.sqlite_errorname = name
    with pytest.raises(cipher.OperationalError), in_words():
        raise error
    with pytest.raises(cipher.OperationalError), in_words():
        raise cipher.OperationalError("without a code")


@pytest.mark.parametrize(
    ("number", "code"),
    [(errno.ENOSPC, "disk_full"), (errno.EROFS, "read_only"), (errno.EACCES, "read_only"), (errno.EIO, "disk_fault")],
)
def test_each_fault_of_a_file_has_words(number: int, code: str) -> None:
    with pytest.raises(Unavailable) as told, of_files():
        raise OSError(number, "os words", "vault.json")
    assert told.value.code == code


def test_a_wait_that_ran_out_is_left_to_the_caller() -> None:
    with pytest.raises(TimeoutError), of_files():
        raise TimeoutError
