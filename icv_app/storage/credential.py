"""Credentials: what the office signs. A grant in an invitation, a decision on a device, a key for a name.

Each is a few fields of a record's body with a signature beside them, checked by the office's public key alone, so
they hold whoever hands them on. A device joins by a grant: the invitation's own key, which the grant names, signs the
device's keys (`sync.md` §8).
"""

from collections.abc import Mapping
from dataclasses import dataclass
from hashlib import sha256
from typing import Any, Final, Literal

from nacl.signing import SigningKey

from icv_app.encryption.device_key import DeviceKey, box_of, device_id, is_signed
from icv_app.encryption.keyring import Fields, canonical
from icv_app.encryption.office_key import OfficeKey
from icv_app.identity import ROLES
from icv_app.storage.revision import Body, record_id

ENROLMENT: Final = "enrolment"
DEVICE: Final = "device"
KEYS: Final = "keys"
KINDS: Final = (ENROLMENT, DEVICE, KEYS)
"""Kinds of records that vouch for themselves: whoever wrote the row, the signature inside says whether it holds."""

Status = Literal["approved", "refused", "revoked", "waiting"]
_GRANT = ("invitation", "verify", "person", "role", "sites", "issued")
_DEVICE = ("device", "person", "role", "sites", "verify", "public", "status", "founder", "last_good", "replicas",
           "invitation", "at", "number")  # fmt: skip
_KEY = ("name", "epoch", "public")
_HANDED = ("name", "epoch", "held_by")
_OWN = ("person", "role", "device", "enrolled_at", "verify", "public")
_MAY_HAVE: Final = {
    ENROLMENT: frozenset((*_OWN, "own", "token_hash", "grant", "proof")),
    DEVICE: frozenset((*_DEVICE, "signature")),
    KEYS: frozenset(("entries",)),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Device:
    """A laptop as the office knows it. `sites`: those whose visitors' key it gets, None for all.

    `status`: "waiting" has no grant that holds; of a "revoked" one what leads up to the rows `last_good` (their names)
    still counts: a number would let it write its past anew. `founder`: it started the scheme, and speaks for the
    office whatever its role.
    """

    device: str
    person: str
    role: str
    verify: bytes
    public: bytes
    status: Status
    sites: tuple[str, ...] | None = None
    founder: bool = False
    last_good: frozenset[bytes] = frozenset()
    replicas: tuple[bytes, ...] = ()
    invitation: str = ""
    decided: bool = False  # by the office itself, not only by a grant
    number: int = 0  # of the decision: an earlier one that is handed over again stays the earlier one

    @property
    def office(self) -> bool:
        """Whether it speaks for the office."""
        return self.founder or self.role != "visitor"


def grant(office: OfficeKey, token: bytes, *, person: str, role: str, sites: tuple[str, ...] | None, at: str) -> Body:
    """Return the office's word that whoever holds the 32-byte `token` may enrol one device of `person` in `role`."""
    verify = bytes(SigningKey(token).verify_key)
    fields: Body = {
        "invitation": sha256(verify).hexdigest()[:32], "verify": verify.hex(), "person": person, "role": role,
        "sites": None if sites is None else sorted(sites), "issued": at,
    }  # fmt: skip
    return {**fields, "signature": office.sign(canonical("grant", fields)).hex()}


def enrolment(
    key: DeviceKey, *, person: str, role: str, at: str, token: bytes = b"", granted: Body | None = None
) -> Body:
    """Return what a new device says of itself; with `granted` and its `token`, that it may."""
    body: Body = {
        "person": person, "role": role, "device": key.device, "enrolled_at": at, "verify": key.verify.hex(),
        "public": key.public.hex(),
    }  # fmt: skip
    own = key.sign(canonical("own", body)).hex()  # nobody tells of a device whose key they do not hold
    if granted is not None:
        proof = SigningKey(token).sign(canonical("enrolment", body)).signature
        body |= {"token_hash": sha256(token).hexdigest(), "grant": granted, "proof": proof.hex()}
    return {**body, "own": own}


def decision(office: OfficeKey, device: Device, *, at: str) -> Body:
    """Return the office's signed word on a device: its status, rights and, where it is revoked, what still counts."""
    fields: Body = {
        "device": device.device, "person": device.person, "role": device.role,
        "sites": None if device.sites is None else sorted(device.sites), "verify": device.verify.hex(),
        "public": device.public.hex(), "status": device.status, "founder": device.founder,
        "last_good": sorted(rev.hex() for rev in device.last_good),
        "replicas": [replica.hex() for replica in device.replicas], "invitation": device.invitation, "at": at,
        "number": device.number,
    }  # fmt: skip
    return {**fields, "signature": office.sign(canonical("device", fields)).hex()}


def key_entry(office: OfficeKey, name: str, epoch: int, public: bytes, held_by: Mapping[str, str]) -> Body:
    """Return the office's word that `public` is the key of `name` in an epoch, with the private half for its holders.

    For the shared file's key, `public` is its fingerprint.
    """
    fields: Body = {"name": name, "epoch": epoch, "public": public.hex()}
    handed: Body = {"name": name, "epoch": epoch, "held_by": dict(held_by)}
    return {
        **fields, "signature": office.sign(canonical("key", fields)).hex(), "held_by": dict(held_by),
        "handed": office.sign(canonical("handed", handed)).hex(),
    }  # fmt: skip


def enrolled(body: Body, office: bytes) -> Device | None:
    """Return the device that an enrolment tells of ("approved" where its grant holds), None where it is none."""
    try:
        verify, public = bytes.fromhex(body["verify"]), bytes.fromhex(body["public"])
        person, role, device = str(body["person"]), str(body["role"]), str(body["device"])
    except (KeyError, TypeError, ValueError):
        return None
    own = {name: body.get(name) for name in _OWN}
    if device != device_id(verify) or public != box_of(verify) or role not in ROLES:
        return None
    if not _is_signed(canonical("own", own), body.get("own"), body["verify"]):
        return None
    granted = body.get("grant")
    fields = _signed(granted, _GRANT, "grant", office)
    if (
        fields is None
        or (fields["person"], fields["role"]) != (person, role)
        or not _is_signed(canonical("enrolment", own), body.get("proof"), fields["verify"])
    ):
        return Device(device=device, person=person, role=role, verify=verify, public=public, status="waiting")
    return Device(
        device=device, person=person, role=role, verify=verify, public=public, status="approved",
        sites=_sites(fields["sites"]), invitation=str(fields["invitation"]),
    )  # fmt: skip


def decided(body: Body, office: bytes) -> Device | None:
    """Return the device that a decision tells of, or None where the office did not sign it."""
    fields = _signed(body, _DEVICE, "device", office)
    if fields is None:
        return None
    try:
        return Device(
            device=fields["device"], person=fields["person"], role=fields["role"], sites=_sites(fields["sites"]),
            verify=bytes.fromhex(fields["verify"]), public=bytes.fromhex(fields["public"]), status=fields["status"],
            founder=fields["founder"] is True, invitation=fields["invitation"], decided=True,
            number=int(fields["number"]),
            last_good=frozenset(bytes.fromhex(rev) for rev in fields["last_good"]),
            replicas=tuple(bytes.fromhex(replica) for replica in fields["replicas"]),
        )  # fmt: skip
    except (TypeError, ValueError, AttributeError):
        return None


def key_of(entry: Any, office: bytes) -> tuple[str, int, bytes] | None:
    """Return (name, epoch, public key) of a key's entry, or None where the office did not sign it."""
    fields = _signed(entry, _KEY, "key", office)
    if fields is None:
        return None
    try:
        public = bytes.fromhex(fields["public"])
        return str(fields["name"]), int(fields["epoch"]), public
    except (TypeError, ValueError):
        return None


def handed(entry: Any, office: bytes) -> Mapping[str, Any]:
    """Return to whom a key's entry hands its private half, sealed; nobody where the office did not sign that."""
    if not isinstance(entry, dict) or not isinstance(entry.get("held_by"), dict):
        return {}
    fields = {name: entry.get(name) for name in _HANDED}
    held_by: Mapping[str, Any] = entry["held_by"]
    return held_by if _is_signed(canonical("handed", fields), entry.get("handed"), office.hex()) else {}


def vouches(kind: str, record: bytes, key: str, body: Body, office: bytes) -> bool:
    """Return whether a record of one of `KINDS` is what it says: of the office, or a device telling of itself.

    It says nothing else, and stands where it belongs: a true word put into another record would hide what is there.
    """
    if record != record_id(kind, key) or body.keys() - _MAY_HAVE[kind]:
        return False
    if kind == ENROLMENT:
        return key == body.get("device") and enrolled(body, office) is not None
    if kind == DEVICE:
        device = decided(body, office)
        return device is not None and key == f"{device.device} {device.number}"
    entries = body.get("entries")
    return isinstance(entries, dict) and all(key_of(entry, office) is not None for entry in entries.values())


def _sites(listed: Any) -> tuple[str, ...] | None:
    return None if listed is None else tuple(str(site) for site in listed)


def _signed(body: Any, names: tuple[str, ...], purpose: str, office: bytes) -> Fields | None:
    if not isinstance(body, dict) or any(name not in body for name in names):
        return None
    fields = {name: body[name] for name in names}
    return fields if _is_signed(canonical(purpose, fields), body.get("signature"), office.hex()) else None


def _is_signed(message: bytes, signature: Any, verify: Any) -> bool:
    try:
        return is_signed(message, bytes.fromhex(signature), bytes.fromhex(verify))
    except (TypeError, ValueError):
        return False
