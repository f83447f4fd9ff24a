"""Trust: which devices the office has let in, and which keys open and seal what, as one laptop's records tell it.

Read from revisions that vouch for themselves (`credential`), never from a merged record, so that no merge can make a
signature that nobody gave. A pure function of the set of those revisions and of the laptop's own keyring.
"""

from base64 import b64decode
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace

from nacl.exceptions import CryptoError
from nacl.public import PrivateKey, PublicKey, SealedBox

from icv_app.encryption import keyring
from icv_app.encryption.cipher import Connection
from icv_app.encryption.device_key import MARK, DeviceKey, mark
from icv_app.encryption.envelope import Opener, Sealer, name_of
from icv_app.encryption.keyring import HUB, OFFICE, Held, Keyring
from icv_app.storage import credential
from icv_app.storage.credential import DEVICE, ENROLMENT, KEYS, KINDS, Device
from icv_app.storage.revision import COLUMNS, Body, Revision, from_columns

OF_TRUST = f"kind IN {KINDS!r}"
"""The condition as the index `revision_of_trust` spells it: with question marks SQLite would read every row."""
_ROWS = f"SELECT {', '.join(COLUMNS)} FROM revision WHERE {OF_TRUST}"  # noqa: S608  (our own names)


@dataclass(frozen=True, slots=True, kw_only=True)
class Trust:
    """What a laptop knows of who is who. `me` signs for it; `opener` opens what it may read, `sealer` seals for others.

    `publics`: the keys to seal to, by name and epoch; `holders`: to whom each was handed; `privates`: what
    this laptop holds of them. `hub_keys`: of the shared file, the newest first.
    """

    me: DeviceKey
    hub_id: str
    office: bytes
    devices: Mapping[str, Device]
    writers: Mapping[bytes, Device]
    publics: Held
    holders: Mapping[tuple[str, int], frozenset[str]]
    privates: Held
    hub_keys: tuple[bytes, ...]
    opener: Opener
    sealer: Sealer

    def writer(self, replica: bytes) -> Device | None:
        """Return the device that writes under a replica id, whatever its status, or None."""
        return self.writers.get(replica) or self.writers.get(replica[:MARK])

    @property
    def own(self) -> Device | None:
        """The laptop itself as the office knows it, or None before its first record."""
        return self.devices.get(self.me.device)

    def sealed(self, content: bytes, names: Iterable[str]) -> bytes:
        """Return `content` sealed to the newest keys of `names`, and to this laptop, which can read what it wrote."""
        recipients = keyring.newest(self.publics, names)
        return self.sealer.sealed(content, [*recipients, self.me.public])


def read(connection: Connection, ring: Keyring, hub_id: str, sealer: Sealer | None = None) -> Trust:
    """Return what the open laptop's file and its keyring tell. Raises the connection's errors."""
    found = list(_revisions(connection))
    devices = _devices(found, ring.office)
    publics, handed, hub_prints = _entries(found, ring.office)
    me = ring.device
    holder = ring.holder
    privates = keyring.together(ring.privates, {f"device:{me.device}": {1: me.private}})
    if holder is not None:
        epochs = publics.get(OFFICE, {}).keys() | ring.publics.get(OFFICE, {}).keys()
        privates = keyring.together(privates, {OFFICE: {epoch: holder.private(epoch) for epoch in epochs}})
    hub = dict(ring.hub)
    _take(handed, privates, publics, hub, hub_prints)
    holders: dict[tuple[str, int], frozenset[str]] = {}
    for name, epoch, held_by in handed:
        holders[name, epoch] = holders.get((name, epoch), frozenset()) | held_by.keys()
    names = {name_of(_public(private)): private for epochs in privates.values() for private in epochs.values()}
    return Trust(
        me=me, hub_id=hub_id, office=ring.office, devices=devices, writers=_writers(devices),
        publics=keyring.together(publics, ring.publics, _boxes(devices)), holders=holders, privates=privates,
        hub_keys=tuple(hub[epoch] for epoch in sorted(hub, reverse=True)), opener=Opener(names),
        sealer=sealer or Sealer(),
    )  # fmt: skip


def _revisions(connection: Connection) -> Iterator[Revision]:
    for row in connection.execute(_ROWS):
        revision = from_columns(row)
        try:
            revision.opened()
        except ValueError:
            continue
        yield revision


def _devices(found: list[Revision], office: bytes) -> dict[str, Device]:
    """Return the devices that told of themselves or that the office decided on, by id.

    A decision stands before a grant; a revocation before every other decision, and of several the first; else the
    latest. Of two devices that came by one invitation, one that the office decided on is the one, then the earlier.
    """
    told: dict[str, tuple[tuple[int, bytes], Device]] = {}
    decisions: dict[str, list[tuple[_Rank, Device]]] = {}
    for revision in found:
        rank = revision.hlc, revision.rev
        if revision.kind == ENROLMENT and (device := credential.enrolled(revision.body, office)) is not None:
            known = told.get(device.device)
            better = known is None or (known[1].status == "waiting" and device.status != "waiting")
            if better or (known is not None and known[1].status == device.status and rank < known[0]):
                told[device.device] = rank, device
        elif revision.kind == DEVICE and (device := credential.decided(revision.body, office)) is not None:
            body = revision.body  # by what is signed: whoever hands a row over may give it any time
            decisions.setdefault(device.device, []).append(
                ((device.number, str(body["at"]), str(body["signature"])), device)
            )
    devices = {name: _decided(every) for name, every in decisions.items()}
    used = {device.invitation for device in devices.values() if device.invitation and device.status != "refused"}
    for name, (_, device) in sorted(told.items(), key=lambda item: item[1][0]):
        if name in devices:
            continue
        if device.invitation and device.status == "approved":
            if device.invitation in used:
                device = replace(device, status="waiting")
            used.add(device.invitation)
        devices[name] = device
    return devices


_Rank = tuple[int, str, str]


def _decided(every: list[tuple[_Rank, Device]]) -> Device:
    latest = max(every, key=lambda each: each[0])[1]
    if not any(device.status == "revoked" for _, device in every):
        return latest
    # of two revocations that crossed the first stands: the same on every laptop
    first = min((each for each in every if each[1].status == "revoked"), key=lambda each: each[0])[1]
    return replace(latest, status="revoked", last_good=first.last_good)


def _entries(found: list[Revision], office: bytes) -> tuple[Held, list[tuple[str, int, Body]], dict[int, bytes]]:
    """Return the signed public keys, what was handed over of their private halves, and the hub keys' fingerprints."""
    publics: Held = {}
    prints: dict[int, bytes] = {}
    handed: list[tuple[str, int, Body]] = []
    for revision in found:
        entries = revision.body.get("entries") if revision.kind == KEYS else None
        for entry in entries.values() if isinstance(entries, dict) else ():
            known = credential.key_of(entry, office)
            if known is None:
                continue
            name, epoch, public = known
            if name == HUB:
                prints[epoch] = public
            else:
                publics.setdefault(name, {})[epoch] = public
            handed.append((name, epoch, dict(credential.handed(entry, office))))  # the office's first: to nobody
    return publics, handed, prints


def _take(
    handed: list[tuple[str, int, Body]], privates: Held, publics: Held, hub: dict[int, bytes], prints: dict[int, bytes]
) -> None:
    """Open what was handed over to any name that this laptop holds, until nothing new opens."""
    waiting = handed
    while waiting:
        left = []
        for name, epoch, held_by in waiting:
            held = hub if name == HUB else privates.get(name, {})
            if epoch in held:
                continue
            key = _opened(held_by, privates)
            if key is None:
                left.append((name, epoch, held_by))
            elif name == HUB:
                if name_of(key) == prints[epoch][: len(name_of(key))]:
                    hub[epoch] = key
            elif _public(key) == publics[name][epoch]:
                privates.setdefault(name, {})[epoch] = key
        if len(left) == len(waiting):
            return
        waiting = left


def _opened(held_by: Body, privates: Held) -> bytes | None:
    for holder, sealed in held_by.items():
        for private in privates.get(holder, {}).values():
            try:
                key = SealedBox(PrivateKey(private)).decrypt(b64decode(sealed))
            except (CryptoError, ValueError, TypeError):
                continue
            if len(key) == 32:
                return key
    return None


def _boxes(devices: Mapping[str, Device]) -> Held:
    return {f"device:{name}": {1: device.public} for name, device in devices.items()}


def _public(private: bytes) -> bytes:
    return bytes(PrivateKey(private).public_key)


def _writers(devices: Mapping[str, Device]) -> dict[bytes, Device]:
    """Return the devices by what their replica ids begin with, and by ids from before replicas were named so."""
    found = {mark(name): device for name, device in devices.items()}
    return {**found, **{replica: device for device in devices.values() for replica in device.replicas}}


def hub_print(key: bytes) -> bytes:
    """Return the fingerprint that the office signs of a shared file's key."""
    return name_of(key)


def sealed_to(public: bytes, key: bytes) -> bytes:
    """Return `key` sealed to a public key."""
    return SealedBox(PublicKey(public)).encrypt(key)
