"""A profile: one laptop's data folder, unlocked by a passphrase and locked against a second program.

The folder holds `local.icvdb` (everything, encrypted under a random key), `vault.json` (that key, under the passphrase)
and `lock`. The data file is put in place last, by one rename: until then nothing looks like a profile.
"""

import contextlib
import json
import os
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Self

from filelock import FileLock, Timeout

from forms.translation import tr
from icv_app import meta, vault
from icv_app.cipher import KEY_BYTES, Connection, open_local
from icv_app.clock import Clock
from icv_app.errors import InvalidInput, Unavailable
from icv_app.faults import DAMAGED, in_words, of_files
from icv_app.identity import ROLES, Identity
from icv_app.schema import prepare_local
from icv_app.store import Store
from icv_app.vault import Strength

VAULT_FORMAT = 1
_DATA = "local.icvdb"
_VAULT = "vault.json"
_LOCK = "lock"
_CLOUDS = ("onedrive", "dropbox", "google drive", "googledrive", "icloud", "nextcloud", "owncloud")
_IDENTITY = ("person", "role", "scheme", "hub_id", "device")


class Profile:
    """An unlocked profile. Made by `create` or `unlock`; `close` (or leaving its `with`) lets others in again."""

    def __init__(
        self, folder: Path, key: bytes, lock: FileLock, *, identity: Identity, hub_key: bytes, hub: Path | None,
        token: bytes, clock: Clock,
    ) -> None:  # fmt: skip
        self.folder = folder
        self.identity = identity
        self.hub_key = hub_key
        self.token = token  # the one-time token of the invitation that this laptop joined by; empty for the first one
        self.clock = clock
        self._key = key
        self._lock = lock
        self._hub = hub

    @staticmethod
    def exists(folder: Path) -> bool:
        """Return whether the folder holds a profile."""
        return (folder / _DATA).exists()

    @classmethod
    def create(
        cls, folder: Path, passphrase: str, identity: Identity, *, hub_key: bytes | None = None,
        hub: Path | None = None, token: bytes = b"", strength: Strength = Strength.MODERATE, clock: Clock | None = None,
    ) -> Self:  # fmt: skip
        """Make a profile in `folder` and return it unlocked. `hub_key` None makes a new one: the start of a scheme.

        Raises InvalidInput ("profile_exists", "cloud_folder", "weak_passphrase", "role", "person", "scheme") or
        Unavailable.
        """
        vault.refuse_weak(passphrase)
        _refuse_nameless(identity)
        _refuse_cloud(folder)
        if cls.exists(folder):
            raise InvalidInput(
                "profile_exists", tr("There is a profile in {folder} already. Please unlock it instead.", folder=folder)
            )
        key = secrets.token_bytes(KEY_BYTES)
        sealed = {"icv_vault": VAULT_FORMAT, **vault.seal(key, passphrase, strength)}
        values: dict[str, Any] = {name: getattr(identity, name) for name in _IDENTITY}
        values["hub_key"] = secrets.token_bytes(KEY_BYTES) if hub_key is None else hub_key
        values["hub"] = None if hub is None else str(hub.absolute())
        values["token"] = token
        clock = Clock() if clock is None else clock
        values["created"] = clock.now().isoformat()
        with of_files():
            folder.mkdir(parents=True, exist_ok=True)
        with _locked_until_done(folder) as lock:
            if cls.exists(folder):  # by a second program, since we looked
                raise InvalidInput("profile_exists", tr("There is a profile in {folder} already.", folder=folder))
            _lay_down(folder, key, sealed, values)
            return cls._open(folder, key, lock, clock)

    @classmethod
    def unlock(cls, folder: Path, passphrase: str, *, clock: Clock | None = None) -> Self:
        """Return the profile in `folder`, brought to this program's format.

        Raises InvalidInput ("no_profile", "wrong_passphrase") or Unavailable ("profile_in_use", "vault_missing",
        "vault_damaged", "newer_format", "damaged", "disk_full", ...). Nothing is lost by any of them.
        """
        if not cls.exists(folder):
            raise InvalidInput(
                "no_profile", tr("There is no profile in {folder}. Please start or join a scheme first.", folder=folder)
            )
        with _locked_until_done(folder) as lock:
            key = _data_key(folder / _VAULT, passphrase)
            return cls._open(folder, key, lock, Clock() if clock is None else clock)

    @classmethod
    def _open(cls, folder: Path, key: bytes, lock: FileLock, clock: Clock) -> Self:
        with of_files():
            if not (folder / _DATA).stat().st_size:  # SQLite would take an empty file for a new one
                raise Unavailable("damaged", DAMAGED)
        with in_words(), contextlib.closing(open_local(folder / _DATA, key)) as connection:
            prepare_local(connection)
            values = dict(connection.execute("SELECT k, v FROM meta"))
        if not values.keys() >= {*_IDENTITY, "hub_key", "hub", "token"}:  # a whole database, but none of a profile
            raise Unavailable("damaged", DAMAGED)
        hub = values["hub"]
        return cls(
            folder, key, lock, identity=Identity(**{name: values[name] for name in _IDENTITY}),
            hub_key=values["hub_key"], hub=None if hub is None else Path(hub), token=values["token"], clock=clock,
        )  # fmt: skip

    @property
    def hub(self) -> Path | None:
        """The shared file that this laptop exchanges with; setting it is remembered."""
        return self._hub

    @hub.setter
    def hub(self, hub: Path | None) -> None:
        hub = None if hub is None else hub.absolute()
        if hub != self._hub:
            with in_words(), contextlib.closing(self.connect()) as connection:
                meta.put(connection, "hub", None if hub is None else str(hub))
            self._hub = hub

    def connect(self) -> Connection:
        """Return a further connection, for the calling thread alone; the caller closes it. Raises Unavailable."""
        with in_words():
            return open_local(self.folder / _DATA, self._key)

    def store(self) -> Store:
        """Return a store on a connection of its own, for the calling thread alone; closing the store closes it."""
        return Store(self.connect(), author=self.identity.person, clock=self.clock)

    def change_passphrase(self, old: str, new: str, *, strength: Strength = Strength.MODERATE) -> None:
        """Seal the data key under a new passphrase. Raises InvalidInput ("wrong_passphrase", "weak_passphrase")."""
        _data_key(self.folder / _VAULT, old)
        sealed = {"icv_vault": VAULT_FORMAT, **vault.seal(self._key, new, strength)}
        with of_files():
            _write(self.folder / (_VAULT + ".new"), sealed)
            (self.folder / (_VAULT + ".new")).replace(self.folder / _VAULT)
            _sync_folder(self.folder)

    def close(self) -> None:
        """Let another program use the profile. Connections and stores are closed by whoever opened them."""
        self._lock.release()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()


def _refuse_nameless(identity: Identity) -> None:
    if identity.role not in ROLES:
        raise InvalidInput(
            "role", tr("“{role}” is no role. It is one of: {names}.", role=identity.role, names=", ".join(ROLES))
        )
    if not identity.person.strip():
        raise InvalidInput("person", tr("Please say who works at this laptop, with a reference such as ICV01."))
    if not identity.scheme.strip():
        raise InvalidInput("scheme", tr("Please give the scheme a name."))


def _refuse_cloud(folder: Path) -> None:
    """Refuse a folder that a cloud client replicates: it copies a database in use piece by piece (`sync.md` §1)."""
    for part in folder.absolute().parts:
        if part.lower().startswith(_CLOUDS):
            raise InvalidInput(
                "cloud_folder",
                tr(
                    "The folder {folder} is copied to a cloud by “{part}”, which would damage this laptop's data in "
                    "use. Please choose a folder on this laptop only. The shared file may well lie there.",
                    folder=folder,
                    part=part,
                ),
            )


@contextmanager
def _locked_until_done(folder: Path) -> Iterator[FileLock]:
    """Take the folder's lock and keep it, unless the block raises."""
    lock = FileLock(folder / _LOCK, timeout=0)
    try:
        with of_files():
            lock.acquire()
    except Timeout as error:
        raise Unavailable(
            "profile_in_use",
            tr(
                "This profile is open in another window of the program, or on another laptop that shares the "
                "folder. Nothing was changed. Please close it there first."
            ),
        ) from error
    try:
        yield lock
    except BaseException:
        lock.release()
        raise


def _lay_down(folder: Path, key: bytes, sealed: dict[str, Any], values: dict[str, Any]) -> None:
    """Put a new profile's files in place. A crash or a fault on the way leaves no `local.icvdb`, so no profile."""
    new_data, new_vault = folder / (_DATA + ".new"), folder / (_VAULT + ".new")
    leftovers = [folder / (name + end) for name in (_DATA, new_data.name) for end in ("-wal", "-shm", "-journal")]
    with of_files():
        for old in (new_data, new_vault, *leftovers):  # of a start that was interrupted
            old.unlink(missing_ok=True)
        if (folder / _VAULT).exists():  # its data file is gone, but may come back from a backup
            (folder / _VAULT).rename(folder / f"{_VAULT}.{secrets.token_hex(4)}.old")
        try:
            with in_words(), contextlib.closing(open_local(new_data, key)) as connection:
                prepare_local(connection)
                connection.execute("BEGIN IMMEDIATE")
                for name, value in values.items():
                    meta.put(connection, name, value)
                connection.execute("COMMIT")
                # closing would say nothing of a disk too full for it, and the journal is not renamed with the file
                connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
            _sync(new_data)
            _write(new_vault, sealed)
            new_vault.replace(folder / _VAULT)
            _sync_folder(folder)
            new_data.replace(folder / _DATA)
            _sync_folder(folder)
        except BaseException:
            for half in (new_data, new_vault, *leftovers):
                half.unlink(missing_ok=True)
            raise


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
                        file=_VAULT,
                        folder=path.parent,
                    ),
                )
            if not isinstance(fields, dict):
                raise ValueError("not a vault")
        version = fields.get("icv_vault")
        if isinstance(version, int) and version > VAULT_FORMAT:
            raise Unavailable(
                "newer_format",
                tr(
                    "This profile was made by a newer version of this program. Nothing was changed. Please update "
                    "the program on this laptop."
                ),
            )
        key = vault.unseal(fields, passphrase)
        if version != VAULT_FORMAT or len(key) != KEY_BYTES:
            raise ValueError("not a vault")
    except (ValueError, RecursionError) as error:  # unreadable text and JSON, too
        raise Unavailable(
            "vault_damaged",
            tr(
                "The file {file} in {folder} is damaged. It was left as it is. Please restore it from a backup.",
                file=_VAULT,
                folder=path.parent,
            ),
        ) from error
    return key


def _write(path: Path, fields: dict[str, Any]) -> None:
    path.write_text(json.dumps(fields, indent=1) + "\n", encoding="utf-8")
    _sync(path)


def _sync(path: Path) -> None:
    with path.open("rb+") as file:
        os.fsync(file.fileno())


def _sync_folder(folder: Path) -> None:
    if os.name == "posix":  # Windows cannot open a folder, and orders renames in its journal
        descriptor = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)
