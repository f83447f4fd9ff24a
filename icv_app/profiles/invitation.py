"""An invitation: the file by which another laptop joins the scheme, sealed under a passphrase of its own.

Send the file by one way and the passphrase by another (by telephone, say). Made by the office, it is the approval in
advance of one person in one role (`interfaces.md` §1); the one-time token in it tells the office who has used it.
"""

import json
import os
import secrets
from base64 import b64decode, b64encode
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Any

from forms.translation import tr
from icv_app.encryption import keyring
from icv_app.encryption.faults import of_files
from icv_app.encryption.keyring import Keyring
from icv_app.errors import InvalidInput, Unavailable
from icv_app.files import private
from icv_app.identity import ROLES, Identity
from icv_app.profiles import vault
from icv_app.profiles.doorkeeper import Doorkeeper
from icv_app.profiles.profile import Profile
from icv_app.profiles.vault import Strength
from icv_app.storage.revision import Body
from icv_app.storage.store import Store

FORMAT = 2
_LARGEST = 64 * 1024  # bytes; a real one has about one thousand


@dataclass(frozen=True, slots=True, kw_only=True)
class Invitation:
    """What a laptop needs to join: the scheme and its shared file's id, who is invited, a one-time token, and keys.

    `granted` is the office's signed word on the token (`credential.grant`); `keyring` has the scheme's public keys,
    those that this person may open with, and the new laptop's own.
    """

    scheme: str
    hub_id: str
    person: str
    role: str
    token: bytes
    granted: Body
    keyring: Keyring

    @property
    def hub_key(self) -> bytes:
        """The key of the shared file."""
        return self.keyring.hub[max(self.keyring.hub)]

    @property
    def token_hash(self) -> str:
        """The token's SHA-256 in hex: what may be shown and stored to tell that this invitation was used."""
        return sha256(self.token).hexdigest()

    def identity(self) -> Identity:
        """Return the identity of the laptop that joins by this invitation, with a new device id."""
        return Identity(person=self.person, role=self.role, scheme=self.scheme, hub_id=self.hub_id)


def invite(
    store: Store, profile: Profile, file: Path, person: str, role: str, passphrase: str, *,
    sites: tuple[str, ...] | None = None, strength: Strength = Strength.MODERATE,
) -> Invitation:  # fmt: skip
    """Write an invitation for `person` in `role` to the new file `file` and return what it holds.

    `sites`: those whose last report and open findings a visitor will get (None: of all). Raises InvalidInput ("role",
    "person", "weak_passphrase", "file_exists", "no_office_key") or Unavailable; then no file is left.
    """
    if role not in ROLES:
        raise InvalidInput("role", tr("“{role}” is no role. It is one of: {names}.", role=role, names=", ".join(ROLES)))
    if not person.strip():
        raise InvalidInput("person", tr("Please say who is invited, with a reference such as ICV01."))
    with of_files():
        if file.exists():
            raise InvalidInput("file_exists", tr("{file} exists already. Please choose another name.", file=file))
    vault.refuse_weak(passphrase)
    token, granted, privates = Doorkeeper(store, profile.keyring).grant(person.strip(), role, sites)
    trust = store.trust
    assert trust is not None
    publics = {name: epochs for name, epochs in trust.publics.items() if not name.startswith("device:")}
    hub = dict(enumerate(reversed(trust.hub_keys), 1))
    content = {
        "scheme": profile.identity.scheme, "hub_id": profile.identity.hub_id, "person": person.strip(), "role": role,
        "token": b64encode(token).decode(), "granted": granted, "office": b64encode(trust.office).decode(),
        "privates": keyring.spelt(privates), "publics": keyring.spelt(publics), "hub": keyring.spelt({"hub": hub}),
    }  # fmt: skip
    sealed = vault.seal(json.dumps(content).encode(), passphrase, strength)
    text = json.dumps({"icv_invitation": FORMAT, **sealed}, indent=1) + "\n"
    half = file.with_name(f"{file.name}.{secrets.token_hex(4)}.tmp")
    with of_files():
        try:
            with private.file(half).open("w", encoding="utf-8") as out:
                out.write(text)
                out.flush()
                os.fsync(out.fileno())
            half.replace(file)
        finally:
            half.unlink(missing_ok=True)
    return _opened(content)


def accept(file: Path, passphrase: str) -> Invitation:
    """Return what the invitation `file` holds.

    Raises InvalidInput ("no_file", "not_an_invitation", "wrong_passphrase") or Unavailable("newer_format", ...).
    """
    fields = _read(file)
    version = fields.get("icv_invitation")
    if isinstance(version, int) and version > FORMAT:
        raise Unavailable(
            "newer_format",
            tr(
                "This invitation was made by a newer version of this program. Please update the program on this laptop."
            ),
        )
    if version != FORMAT:
        raise _not_an_invitation(file)
    try:
        return _opened(json.loads(vault.unseal(fields, passphrase)))
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise _not_an_invitation(file) from error


def _opened(content: dict[str, Any]) -> Invitation:
    """Return the invitation of an open file. Raises ValueError, KeyError, TypeError or AttributeError for any other."""
    found = Invitation(
        scheme=str(content["scheme"]), hub_id=str(content["hub_id"]), person=str(content["person"]),
        role=str(content["role"]), token=b64decode(content["token"], validate=True), granted=dict(content["granted"]),
        keyring=Keyring(
            seed=secrets.token_bytes(32), office=b64decode(content["office"], validate=True),
            privates=keyring.read(content["privates"]), publics=keyring.read(content["publics"]),
            hub=keyring.read(content["hub"])["hub"],
        ),
    )  # fmt: skip
    if found.role not in ROLES or len(found.token) != 32:
        raise ValueError("not an invitation")
    return found


def _read(file: Path) -> dict[str, Any]:
    with of_files():
        if not file.is_file():
            raise InvalidInput("no_file", tr("There is no file {file}.", file=file))
        with file.open("rb") as opened:
            text = opened.read(_LARGEST + 1)
    try:
        fields = json.loads(text) if len(text) <= _LARGEST else None
    except (ValueError, RecursionError) as error:
        raise _not_an_invitation(file) from error
    if not isinstance(fields, dict):
        raise _not_an_invitation(file)
    return fields


def _not_an_invitation(file: Path) -> InvalidInput:
    return InvalidInput(
        "not_an_invitation",
        tr(
            "{name} is not an invitation, or it was damaged on the way. Please ask the office to send it again.",
            name=file.name,
        ),
    )
