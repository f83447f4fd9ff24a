"""The vault file: `vault.json` in a profile, with the data key under the passphrase; and how it is put on disk."""

import json
import os
from pathlib import Path
from typing import Any, Final

from forms.translation import tr
from icv_app.clock import Clock
from icv_app.encryption.cipher import KEY_BYTES
from icv_app.encryption.faults import of_files
from icv_app.errors import InvalidInput, Unavailable
from icv_app.files import private
from icv_app.profiles import vault
from icv_app.profiles.vault import Strength
from icv_app.profiles.waits import Waits

FORMAT: Final = 1
NAME: Final = "vault.json"


def tried(folder: Path, passphrase: str, clock: Clock) -> bytes:
    """Return the data key where the passphrase is right and does not come too soon after wrong ones."""
    waits = Waits(folder, clock)
    waits.refuse_early()
    waits.count()
    try:
        key = _data_key(folder / NAME, passphrase)
    except InvalidInput as error:
        raise (waits.wrong() if error.code == "wrong_passphrase" else error) from None
    except BaseException:
        waits.take_back()
        raise
    waits.forget()
    return key


def salt(folder: Path) -> str:
    """Return what tells one sealing of the data key from the next; "" where the file cannot be read."""
    try:
        return str(json.loads((folder / NAME).read_text(encoding="utf-8")).get("salt", ""))
    except (OSError, ValueError, AttributeError):
        return ""


def reseal(folder: Path, old: str, new: str, strength: Strength, clock: Clock) -> None:
    """Seal the data key under a new passphrase. A crash on the way leaves the old vault or the new one, whole."""
    vault.refuse_weak(new)
    key = tried(folder, old, clock)
    sealed = {"icv_vault": FORMAT, **vault.seal(key, new, strength)}
    with of_files():
        write(folder / (NAME + ".new"), sealed)
        (folder / (NAME + ".new")).replace(folder / NAME)
        sync_folder(folder)


def _data_key(path: Path, passphrase: str) -> bytes:
    """Return the data key in the vault file. Raises InvalidInput("wrong_passphrase") or Unavailable."""
    try:
        with of_files():
            fields = json.loads(path.read_text(encoding="utf-8")) if path.exists() else None
            if fields is None:
                raise Unavailable(
                    "vault_missing",
                    tr(
                        "The file {file}, which the passphrase unlocks, is missing from {folder}. Please restore it "
                        "from a backup: without it nobody can read this laptop's data.",
                        file=NAME,
                        folder=path.parent,
                    ),
                )
            if not isinstance(fields, dict):
                raise ValueError("not a vault")
        version = fields.get("icv_vault")
        if isinstance(version, int) and version > FORMAT:
            raise Unavailable(
                "newer_format",
                tr(
                    "This profile was made by a newer version of this program. Nothing was changed. Please update "
                    "the program on this laptop."
                ),
            )
        key = vault.unseal(fields, passphrase)
        if version != FORMAT or len(key) != KEY_BYTES:
            raise ValueError("not a vault")
    except (ValueError, RecursionError) as error:  # unreadable text and JSON, too
        raise Unavailable(
            "vault_damaged",
            tr(
                "The file {file} in {folder} is damaged. It was left as it is. Please restore it from a backup.",
                file=NAME,
                folder=path.parent,
            ),
        ) from error
    return key


def write(path: Path, fields: dict[str, Any]) -> None:
    """Write the vault's fields to `path`, on the disk when it returns. Raises OSError."""
    private.file(path).write_text(json.dumps(fields, indent=1) + "\n", encoding="utf-8")
    sync(path)


def sync(path: Path) -> None:
    """Have a file on the disk. Raises OSError."""
    with path.open("rb+") as file:
        os.fsync(file.fileno())


def sync_folder(folder: Path) -> None:
    """Have the names in a folder on the disk, where the system can. Raises OSError."""
    if os.name == "posix":  # Windows cannot open a folder, and orders renames in its journal
        descriptor = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)
