"""A profile: one laptop's data folder, unlocked by a passphrase and locked against a second program.

The folder holds `local.icvdb` (everything, encrypted under a random key), `vault.json` (that key, under the passphrase)
and `lock`. The data file is put in place last, by one rename: until then nothing looks like a profile.
"""

import contextlib
import json
import secrets
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import Any, Self

from filelock import FileLock, Timeout

from forms.translation import tr
from icv_app.clock import Clock
from icv_app.encryption.cipher import KEY_BYTES, Connection, open_local, open_shared
from icv_app.encryption.envelope import is_sealed
from icv_app.encryption.faults import DAMAGED, in_words, of_files
from icv_app.encryption.keyring import Keyring
from icv_app.errors import InvalidInput, Unavailable
from icv_app.files import private, replacement
from icv_app.identity import ROLES, Identity
from icv_app.profiles import vault, vault_file
from icv_app.profiles.vault import Strength
from icv_app.profiles.waits import Waits
from icv_app.storage import meta, trust
from icv_app.storage.revision import Body
from icv_app.storage.schema import prepare_local
from icv_app.storage.store import Store

VAULT_FORMAT = vault_file.FORMAT
DATA = "local.icvdb"
VAULT = vault_file.NAME
_LOCK = "lock"
_CLOUDS = ("onedrive", "dropbox", "google drive", "googledrive", "icloud", "nextcloud", "owncloud")
_IDENTITY = ("person", "role", "scheme", "hub_id", "device")


class Profile:
    """An unlocked profile. Made by `create` or `unlock`; `close` (or leaving its `with`) lets others in again."""

    def __init__(
        self, folder: Path, key: bytes, lock: FileLock, *, identity: Identity, keyring: Keyring, hub: Path | None,
        token: bytes, clock: Clock, granted: Body | None = None, recovered: bool = False,
    ) -> None:  # fmt: skip
        self.folder = folder
        self.identity = identity
        self.keyring = keyring
        self.granted = granted  # the office's word on that token; None for a laptop that started or took up a scheme
        self.recovered = recovered
        """Whether it took its scheme up again by a recovery sheet."""
        self.token = token  # the one-time token of the invitation that this laptop joined by; empty for the first one
        self.clock = clock
        self.wrong_tries = 0
        """How many wrong passphrases were typed before the right one."""
        self._key = key
        self._lock = lock
        self._hub = hub

    @staticmethod
    def exists(folder: Path) -> bool:
        """Return whether the folder holds a profile."""
        return (folder / DATA).exists() or replacement.pending(folder)

    @classmethod
    def create(
        cls, folder: Path, passphrase: str, identity: Identity, *, keyring: Keyring | None = None,
        hub: Path | None = None, token: bytes = b"", granted: Body | None = None, recovered: bool = False,
        strength: Strength = Strength.MODERATE, clock: Clock | None = None,
    ) -> Self:  # fmt: skip
        """Make a profile in `folder` and return it unlocked. `keyring` None makes a new one: the start of a scheme.

        `token` and `granted` are those of an invitation; `recovered`: the keyring came from a recovery sheet.

        Raises InvalidInput ("profile_exists", "cloud_folder", "weak_passphrase", "role", "person", "scheme") or
        Unavailable.
        """
        vault.refuse_weak(passphrase)
        _refuse_nameless(identity)
        refuse_cloud(folder)
        if cls.exists(folder):
            raise InvalidInput(
                "profile_exists", tr("There is a profile in {folder} already. Please unlock it instead.", folder=folder)
            )
        key = secrets.token_bytes(KEY_BYTES)
        sealed = {"icv_vault": VAULT_FORMAT, **vault.seal(key, passphrase, strength)}
        keyring = Keyring.founding() if keyring is None else keyring
        values: dict[str, Any] = {name: getattr(identity, name) for name in _IDENTITY}
        values |= {"device": keyring.device.device, "keyring": keyring.as_text()}
        values["hub"] = None if hub is None else str(hub.absolute())
        values |= {"token": token, "granted": json.dumps(granted), "recovered": int(recovered)}
        clock = Clock() if clock is None else clock
        values["created"] = clock.now().isoformat()
        with of_files():
            private.folder(folder)
        with _locked_until_done(folder) as lock:
            if cls.exists(folder):  # by a second program, since we looked
                raise InvalidInput("profile_exists", tr("There is a profile in {folder} already.", folder=folder))
            _lay_down(folder, key, sealed, values)
            return cls._open(folder, key, lock, clock)

    @classmethod
    def unlock(cls, folder: Path, passphrase: str, *, clock: Clock | None = None) -> Self:
        """Return the profile in `folder`, brought to this program's format.

        Raises InvalidInput ("no_profile", "wrong_passphrase", "wait": too soon after wrong ones) or Unavailable
        ("profile_in_use", "vault_missing", "vault_damaged", "newer_format", "damaged", "disk_full", ...). Nothing is
        lost by any of them.
        """
        if not cls.exists(folder):
            raise InvalidInput(
                "no_profile", tr("There is no profile in {folder}. Please start or join a scheme first.", folder=folder)
            )
        with _locked_until_done(folder) as lock:
            clock = Clock() if clock is None else clock
            with of_files():
                replacement.finish(folder)  # of a backup that was being restored when the program ended
            wrong = Waits(folder, clock).counted()
            key = vault_file.tried(folder, passphrase, clock)
            for each in (folder, *(folder / name for name in (DATA, VAULT, _LOCK))):
                with contextlib.suppress(OSError):  # of a program that let others read them, or put there by hand
                    private.only_mine(each)
            profile = cls._open(folder, key, lock, clock)
            profile.wrong_tries = wrong
            return profile

    @classmethod
    def _open(cls, folder: Path, key: bytes, lock: FileLock, clock: Clock) -> Self:
        with of_files():
            if not (folder / DATA).stat().st_size:  # SQLite would take an empty file for a new one
                raise Unavailable("damaged", DAMAGED)
        with in_words(), contextlib.closing(open_local(folder / DATA, key)) as connection:
            prepare_local(connection)
            values = dict(connection.execute("SELECT k, v FROM meta"))
            if "hub_key" in values and "keyring" not in values:
                values |= _with_keys(connection, values)
        if not values.keys() >= {*_IDENTITY, "keyring", "hub", "token"}:  # a whole database, but none of a profile
            raise Unavailable("damaged", DAMAGED)
        hub = values["hub"]
        return cls(
            folder, key, lock, identity=Identity(**{name: values[name] for name in _IDENTITY}),
            keyring=Keyring.from_text(values["keyring"]), hub=None if hub is None else Path(hub),
            token=values["token"], clock=clock, granted=json.loads(values.get("granted") or "null"),
            recovered=bool(values.get("recovered")),
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
            connection = open_local(self.folder / DATA, self._key)
        connection.opener = partial(self._opened, connection)
        return connection

    def _opened(self, connection: Connection, payload: bytes) -> bytes:
        """Open a payload; only the first sealed one has the keys read that this laptop has been given."""
        if not is_sealed(payload):
            return payload
        connection.opener = trust.read(connection, self.keyring, self.identity.hub_id).opener
        return connection.opener(payload)

    def open_copy(self, path: Path) -> Connection:
        """Return a connection that reads a copy of this profile's data at `path`; raises sqlcipher3's errors."""
        return open_shared(path, self._key)

    def store(self) -> Store:
        """Return a store on a connection of its own, for the calling thread alone; closing the store closes it."""
        who = self.identity
        return Store(self.connect(), author=who.person, clock=self.clock, keyring=self.keyring, hub_id=who.hub_id)

    @property
    def hub_keys(self) -> tuple[bytes, ...]:
        """The keys of the shared file that this laptop has been given, the newest first."""
        with in_words(), contextlib.closing(self.connect()) as connection:
            return trust.read(connection, self.keyring, self.identity.hub_id).hub_keys

    @property
    def hub_key(self) -> bytes:
        """The key that the shared file is written with now."""
        return self.hub_keys[0]

    def change_passphrase(self, old: str, new: str, *, strength: Strength = Strength.MODERATE) -> None:
        """Seal the data key under a new passphrase; the data stay as they are.

        Raises InvalidInput ("wrong_passphrase", "wait", "weak_passphrase") or Unavailable.
        """
        vault_file.reseal(self.folder, old, new, strength, self.clock)

    def note_passphrase(self, store: Store) -> None:
        """Enter in the log that the passphrase was changed, where it was: the change itself touches no data."""
        salt = vault_file.salt(self.folder)
        with in_words():
            known = meta.get(store.connection, "vault")
        if salt == known:
            return
        with store.transaction():
            meta.put(store.connection, "vault", salt)
            if known is not None:
                store.log("passphrase")

    @classmethod
    def exchange_passphrase(
        cls, folder: Path, old: str, new: str, *, strength: Strength = Strength.MODERATE, clock: Clock | None = None
    ) -> None:
        """Change the passphrase of the profile in `folder`, which nobody has open; its data are not even opened.

        Raises what `unlock` and `change_passphrase` raise.
        """
        if not cls.exists(folder):
            raise InvalidInput("no_profile", tr("There is no profile in {folder}.", folder=folder))
        with exclusive(folder):
            vault_file.reseal(folder, old, new, strength, Clock() if clock is None else clock)

    def close(self) -> None:
        """Let another program use the profile. Connections and stores are closed by whoever opened them."""
        self._lock.release()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()


def _with_keys(connection: Connection, values: Mapping[str, Any]) -> dict[str, Any]:
    """Return the keys of a profile from before laptops had any: made now, for the one that started its scheme."""
    if values.get("token"):
        raise Unavailable(
            "no_keys",
            tr(
                "This laptop joined by an earlier version of this program, before laptops had keys of their own. "
                "Nothing was changed. Please ask the office for a new invitation and join in another folder; with the "
                "earlier version you can still export what is here."
            ),
        )
    keyring = Keyring.founding(values["hub_key"])
    made = {"device": keyring.device.device, "keyring": keyring.as_text()}
    connection.execute("BEGIN IMMEDIATE")
    for name, value in made.items():
        meta.put(connection, name, value)
    connection.execute("COMMIT")
    return made


def _refuse_nameless(identity: Identity) -> None:
    if identity.role not in ROLES:
        raise InvalidInput(
            "role", tr("“{role}” is no role. It is one of: {names}.", role=identity.role, names=", ".join(ROLES))
        )
    if not identity.person.strip():
        raise InvalidInput("person", tr("Please say who works at this laptop, with a reference such as ICV01."))
    if not identity.scheme.strip():
        raise InvalidInput("scheme", tr("Please give the scheme a name."))


def refuse_cloud(folder: Path) -> None:
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
    lock = FileLock(folder / _LOCK, timeout=0, mode=0o600)
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


@contextmanager
def exclusive(folder: Path) -> Iterator[None]:
    """Keep every other program out of the profile in `folder` for the block. Raises Unavailable("profile_in_use")."""
    with _locked_until_done(folder) as lock:
        yield
        lock.release()


def _lay_down(folder: Path, key: bytes, sealed: dict[str, Any], values: dict[str, Any]) -> None:
    """Put a new profile's files in place. A crash or a fault on the way leaves no `local.icvdb`, so no profile."""
    new_data, new_vault = folder / (DATA + ".new"), folder / (VAULT + ".new")
    leftovers = [folder / (name + end) for name in (DATA, new_data.name) for end in ("-wal", "-shm", "-journal")]
    with of_files():
        for old in (new_data, new_vault, *leftovers):  # of a start that was interrupted
            old.unlink(missing_ok=True)
        if (folder / VAULT).exists():  # its data file is gone, but may come back from a backup
            (folder / VAULT).rename(folder / f"{VAULT}.{secrets.token_hex(4)}.old")
        try:
            private.file(new_data)  # SQLite gives its journals the same rights
            with in_words(), contextlib.closing(open_local(new_data, key)) as connection:
                prepare_local(connection)
                connection.execute("BEGIN IMMEDIATE")
                for name, value in values.items():
                    meta.put(connection, name, value)
                connection.execute("COMMIT")
                # closing would say nothing of a disk too full for it, and the journal is not renamed with the file
                connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
            vault_file.sync(new_data)
            vault_file.write(new_vault, sealed)
            new_vault.replace(folder / VAULT)
            vault_file.sync_folder(folder)
            new_data.replace(folder / DATA)
            vault_file.sync_folder(folder)
        except BaseException:
            for half in (new_data, new_vault, *leftovers):
                half.unlink(missing_ok=True)
            raise
