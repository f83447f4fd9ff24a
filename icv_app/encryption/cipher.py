"""Encrypted SQLite files: the one place that opens a SQLCipher connection, with the pragmas of `sync.md` §3.

sqlite-utils binds the exception classes of the SQLite module that it finds first, and looks for `pysqlite3` before the
standard library's. So `sqlcipher3` is registered under that name here, before sqlite-utils is imported
(`tests/icv_app/encryption/test_cipher.py` guards the hook, which is undocumented).
"""

import sys
from collections.abc import Callable
from hashlib import sha256
from pathlib import Path

import sqlcipher3.dbapi2 as sqlite

sys.modules.setdefault("pysqlite3", sqlite)
sys.modules.setdefault("pysqlite3.dbapi2", sqlite)

import sqlite_utils  # noqa: E402  (after the shim, see above)

Database = sqlite_utils.Database
Migrations = sqlite_utils.Migrations
Error = sqlite.Error
DatabaseError = sqlite.DatabaseError
OperationalError = sqlite.OperationalError

KEY_BYTES = 32


class Connection(sqlite.Connection):  # type: ignore[misc]  # the library has no types
    """An open file, and what it takes to read the payloads in it that are sealed to some of the scheme's people."""

    opener: Callable[[bytes], bytes] = staticmethod(bytes)
    """Returns what a stored payload holds for `revision.decode`; replaced by whoever has keys (`envelope`)."""


_CACHE_KIB = 65536  # a page that falls out of the cache has to be decrypted again: large files pay for the default 2 MB
LOCAL = (
    "busy_timeout = 10000",
    "journal_mode = WAL",
    "synchronous = FULL",
    "foreign_keys = ON",
    "cell_size_check = ON",
    "secure_delete = ON",  # what is erased is overwritten (`erasure`)
    f"cache_size = -{_CACHE_KIB}",
)
"""The pragmas of a laptop's own file, under exactly which `tests/icv_app/storage/test_power_cut.py` cuts the power."""


def _connect(uri: str, key: bytes, pragmas: tuple[str, ...], salt: bytes = b"") -> Connection:
    if len(key) != KEY_BYTES:
        raise ValueError(f"a raw key has {KEY_BYTES} bytes")
    connection: Connection = sqlite.connect(
        uri, uri=True, isolation_level=None, check_same_thread=True, factory=Connection
    )
    try:
        # silent first: it prints to standard error; then the key, before anything reads the file
        raw = f"key = \"x'{(key + salt).hex()}'\""
        for pragma in ("cipher_log_level = NONE", raw, "trusted_schema = OFF", *pragmas):
            connection.execute(f"PRAGMA {pragma}")
    except Error:
        connection.close()
        raise
    return connection


def open_local(path: Path, key: bytes) -> Connection:
    """Open (or make) a laptop's own file at `path` for durable writing: WAL, FULL (a commit is on disk on return).

    `key` is the raw 32-byte key. Autocommit mode: transactions are explicit. Raises sqlcipher3's errors, here and
    in the other functions, and leaves nothing open then.
    """
    uri, salt = path.absolute().as_uri(), _salt(key)
    if _is_new(path):
        return _connect(uri, key, LOCAL, salt)
    try:
        return _connect(uri, key, LOCAL)
    except DatabaseError as error:
        if getattr(error, "sqlite_errorname", "") != "SQLITE_NOTADB":
            raise
        return _connect(uri, key, LOCAL, salt)


def _is_new(path: Path) -> bool:
    try:
        return not path.stat().st_size
    except OSError:  # not there, or not to be had: SQLite says which
        return True


def _salt(key: bytes) -> bytes:
    """Return the salt of a local file that is made under `key`.

    The first 16 bytes of such a file are its salt. A power cut amid a checkpoint may spoil them, which the journal
    mends, but only for who can read it: so they must be known without the file.
    """
    return sha256(b"icv-salt" + key).digest()[:16]


def open_build(path: Path, key: bytes) -> Connection:
    """Open a new artefact at `path` in private scratch space: no journal, no syncs; the copy to the share is synced."""
    return _connect(path.absolute().as_uri(), key, ("journal_mode = OFF", "synchronous = OFF"))


def open_shared(path: Path, key: bytes) -> Connection:
    """Open an artefact on the share to read it: immutable, so that SQLite takes no lock and replays no journal."""
    pragmas = ("query_only = ON", "mmap_size = 0", "cell_size_check = ON")
    return _connect(f"{path.absolute().as_uri()}?mode=ro&immutable=1", key, pragmas)


def open_plain() -> Connection:
    """Open an empty database in memory that is not encrypted, for tables that leave the laptop (`tidy`)."""
    connection: Connection = sqlite.connect(":memory:", isolation_level=None, factory=Connection)
    return connection
