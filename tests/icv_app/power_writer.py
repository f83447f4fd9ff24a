"""Replay recorded SQL on a laptop's file below which every write is noted: `python -m tests.icv_app.power_writer ...`.

In a process of its own, with SQLite3 Multiple Ciphers writing SQLCipher's format: sqlcipher3 takes no VFS from Python.
Arguments: the prepared file, the recorded script (pickle), where to put the journal (pickle), and "synchronous".
"""

import pickle
import sys
from hashlib import sha256
from pathlib import Path

import apsw

from icv_app.encryption import cipher

KEY = bytes(range(32))
SYSTEM = "win32" if sys.platform == "win32" else "unix"


def fingerprint(connection) -> bytes:
    """What all tables of the open file hold, in one hash."""
    digest = sha256()
    tables = "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%' ORDER BY name"
    for (table,) in list(connection.execute(tables)):
        digest.update(table.encode())
        for row in connection.execute(f'SELECT * FROM "{table}"'):
            digest.update(repr(row).encode())
    return digest.digest()


class Watched(apsw.VFS):
    """The system's own file operations; those that change something are noted first."""

    def __init__(self, journal):
        self.journal = journal
        super().__init__("watched", SYSTEM)

    def xOpen(self, name, flags):  # noqa: N802
        return File(self, name, flags)

    def xDelete(self, name, syncdir):  # noqa: N802
        self.journal.append(("delete", Path(name).name, bool(syncdir)))
        super().xDelete(name, syncdir)


class File(apsw.VFSFile):
    def __init__(self, vfs, name, flags):
        path = Path(name.filename() if hasattr(name, "filename") else name)
        self.journal, self.name = vfs.journal, path.name
        if not path.exists():
            self.journal.append(("create", self.name))
        super().__init__(SYSTEM, name, flags)

    def xWrite(self, data, offset):  # noqa: N802
        self.journal.append(("write", self.name, offset, bytes(data)))
        super().xWrite(data, offset)

    def xTruncate(self, size):  # noqa: N802
        self.journal.append(("truncate", self.name, size))
        super().xTruncate(size)

    def xSync(self, flags):  # noqa: N802
        super().xSync(flags)
        self.journal.append(("sync", self.name))


def opened(path, synchronous):
    connection = apsw.Connection(str(path), vfs="multipleciphers-watched")
    pragmas = [pragma for pragma in cipher.LOCAL if not pragma.startswith("synchronous")]
    key = f"key = \"x'{KEY.hex()}'\""
    for pragma in ("cipher = 'sqlcipher'", "legacy = 4", key, "trusted_schema = OFF", *pragmas):
        connection.execute(f"PRAGMA {pragma}")
    connection.execute(f"PRAGMA synchronous = {synchronous}")
    return connection


def main(path, script, out, synchronous):
    journal = []
    watched = Watched(journal)
    connection = opened(path, synchronous)
    assert connection.execute("PRAGMA journal_mode").fetchone() == ("wal",)
    journal.append(("state", fingerprint(connection)))
    for what, value in pickle.loads(Path(script).read_bytes()):
        if what == "saved":
            journal.append(("saved", value))
        elif what == "reopen":
            connection.close()
            connection = opened(path, synchronous)
        else:
            list(connection.execute(value))
            if not connection.in_transaction:
                journal.append(("state", fingerprint(connection)))
    connection.close()
    del watched
    Path(out).write_bytes(pickle.dumps(journal))


if __name__ == "__main__":
    main(*sys.argv[1:])
