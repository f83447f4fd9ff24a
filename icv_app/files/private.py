"""Files and folders that are their owner's alone: 0600 and 0700 where the system knows such modes.

On Windows they inherit the rights of the folder that they are in, which within a user's own profile are that user's.
"""

import os
from pathlib import Path

_FOLDER = 0o700
_FILE = 0o600


def folder(path: Path) -> Path:
    """Make `path` a folder of its owner's alone, and those above it; return `path`. Raises OSError."""
    path.mkdir(mode=_FOLDER, parents=True, exist_ok=True)
    return only_mine(path)


def file(path: Path) -> Path:
    """Make `path` an empty file of its owner's alone where there is none, before anything is in it. Raises OSError."""
    os.close(os.open(path, os.O_WRONLY | os.O_CREAT, _FILE))
    return only_mine(path)


def only_mine(path: Path) -> Path:
    """Take everybody else's rights to what is there already; not where it is another's. Return `path`."""
    if os.name == "posix" and path.stat().st_uid == os.getuid():
        wanted = _FOLDER if path.is_dir() else _FILE
        if path.stat().st_mode & 0o777 != wanted:
            path.chmod(wanted)
    return path
