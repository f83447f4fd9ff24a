"""The doorkeeper: what the laptop that holds the office key does with it (docs/decisions/0090, 0091).

It lets laptops into the scheme and locks them out, and sees to it that every person and site has a key and that whoever
may read holds it. What it decides are signed records like any other, so they reach every laptop with the next sync.
"""

import secrets
from base64 import b64encode
from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime

from nacl.public import PrivateKey

from forms.translation import tr
from icv_app.encryption import keyring
from icv_app.encryption.keyring import HUB, OFFICE, Held, Keyring
from icv_app.encryption.office_key import OfficeKey
from icv_app.errors import InvalidInput
from icv_app.storage import credential
from icv_app.storage.credential import DEVICE, KEYS, Device
from icv_app.storage.revision import Body
from icv_app.storage.seals import leading_to
from icv_app.storage.store import Store
from icv_app.storage.trust import Trust, hub_print, sealed_to


class Doorkeeper:
    """Holds the office key for one laptop. Each call is on disk when it returns, and known to others once shared."""

    def __init__(self, store: Store, ring: Keyring) -> None:
        """Raise InvalidInput("no_office_key") where this laptop does not hold the key."""
        holder = ring.holder
        if holder is None:
            raise InvalidInput(
                "no_office_key",
                tr(
                    "This laptop does not hold the office key, so it cannot let others in or lock them out. The laptop "
                    "that started the scheme does; so does one on which a recovery sheet was entered."
                ),
            )
        self._store = store
        self._ring = ring
        self._office: OfficeKey = holder

    @property
    def _trust(self) -> Trust:
        trust = self._store.trust
        assert trust is not None
        return trust

    def _now(self) -> str:
        return self._store.clock.now().isoformat()

    # Letting in ------------------------------------------------------------------------------------------------------

    def found(self, person: str, role: str, replicas: tuple[bytes, ...] = ()) -> list[tuple[str, str, Body]]:
        """Return the records by which this laptop lets itself in, as the one that started or took up the scheme."""
        key = self._ring.device
        device = Device(
            device=key.device, person=person, role=role, verify=key.verify, public=key.public, status="approved",
            founder=True, replicas=replicas, number=1,
        )  # fmt: skip
        return [(DEVICE, f"{key.device} 1", credential.decision(self._office, device, at=self._now()))]

    def grant(self, person: str, role: str, sites: tuple[str, ...] | None = None) -> tuple[bytes, Body, Held]:
        """Return an invitation's one-time token, its grant, and the private keys that go with it, by name and epoch.

        A visitor gets their own key and those of their sites (None: of all), the office's people the office's key, by
        which every other one opens.
        """
        self.tend([person])
        token = secrets.token_bytes(32)
        granted = credential.grant(self._office, token, person=person, role=role, sites=sites, at=self._now())
        trust = self._trust
        if role != "visitor":
            return token, granted, {OFFICE: dict(trust.privates[OFFICE])}
        names = [keyring.person(person), *(name for name in trust.publics if _may_visit(name, sites))]
        return token, granted, {name: dict(trust.privates[name]) for name in names if name in trust.privates}

    def tend(self, people: Iterable[str] = (), sites: Iterable[str] = ()) -> bool:
        """Do what is due: approve who came by an invitation, make missing keys, hand them over. Say if anything was.

        `people`, `sites`: further ones that need a key.
        """
        if gone := self._gone():
            self._store.save_all([self._keys(self._rotated(gone))])
        items = [
            self._decision(replace(device, decided=True))
            for device in self._trust.devices.values() if device.status == "approved" and not device.decided
        ]  # fmt: skip
        entries = self._new_keys(people, sites) + self._handed_over()
        if entries:
            items.append(self._keys(entries))
        if items:
            self._store.save_all(items)
        return bool(items)

    def approve(self, device: str) -> None:
        """Let in a laptop that waits. Raises InvalidInput("no_device")."""
        self._store.save_all([self._decision(replace(self._known(device), status="approved"))])
        self.tend()

    def refuse(self, device: str) -> None:
        """Keep a laptop out that waits; the keys of the invitation that it came by, if any, get a new epoch.

        Raises InvalidInput("no_device").
        """
        kept_out = self._known(device)
        self._store.save_all([self._decision(replace(kept_out, status="refused"))])
        if kept_out.invitation:
            self._store.save_all([self._keys(self._rotated(self._names_of(kept_out)))])

    # Locking out -----------------------------------------------------------------------------------------------------

    def revoke(self, device: str, since: datetime | None = None) -> None:
        """Lock a laptop out: what it wrote until `since` (None: all that is here) counts, what comes later does not.

        Every key that it held gets a new epoch, which it is not given. What it had received until now it keeps: nothing
        can take that back. Raises InvalidInput("no_device", "own_device").
        """
        if device == self._ring.device.device:
            raise InvalidInput("own_device", tr("A laptop cannot lock itself out. Please do it on another one."))
        gone = self._known(device)
        gone = replace(gone, status="revoked", last_good=self.last_good(gone, since))
        self._store.save_all([self._decision(gone)])
        self._store.save_all([self._keys(self._rotated(self._names_of(gone)))])

    def _names_of(self, gone: Device) -> list[str]:
        """Return the names whose keys a laptop was given, by its invitation or since."""
        trust = self._trust
        if gone.office:
            return [HUB, *(name for name in trust.publics if not name.startswith("device:"))]
        return [HUB, keyring.person(gone.person), *(name for name in trust.publics if _may_visit(name, gone.sites))]

    def _gone(self) -> list[str]:
        """Return the names that need new keys because a laptop that is out holds the newest one of the shared file.

        That comes of two laptops that hold the office key and each locked one out without knowing of the other.
        """
        trust = self._trust
        holders = trust.holders.get((HUB, len(trust.hub_keys)), frozenset())
        out = [
            device for device in trust.devices.values()
            if device.status in ("revoked", "refused") and f"device:{device.device}" in holders
        ]  # fmt: skip
        return sorted({name for device in out for name in self._names_of(device)})

    def last_good(self, device: Device, since: datetime | None) -> frozenset[bytes]:
        """Return the rows that the chains of a laptop end with where it is locked out as of `since` (None: now)."""
        found: set[bytes] = set()
        for replica in self._replicas(device):
            found |= self._ends(replica, since)
        return frozenset(found)

    def lost(self, device: Device, since: datetime | None) -> set[bytes]:
        """Return the rows of a laptop that no longer count where it is locked out as of `since`."""
        ends, found = self.last_good(device, since), set()
        for replica in self._replicas(device):
            query = "SELECT rev FROM revision WHERE replica = ?"
            every = {rev for (rev,) in self._store.connection.execute(query, (replica,))}
            found |= every - leading_to(self._store.connection, replica, ends)
        return found

    def _replicas(self, device: Device) -> list[bytes]:
        writers = ((replica, self._trust.writer(replica)) for replica in self._store.vector())
        return [replica for replica, writer in writers if writer is not None and writer.device == device.device]

    def _ends(self, replica: bytes, since: datetime | None) -> set[bytes]:
        query = "SELECT rev, prev, hlc FROM revision WHERE replica = ? ORDER BY seq"
        limit = 1 << 63 if since is None else int(since.timestamp() * 1000) << 16
        good: set[bytes] = set()
        ends: set[bytes] = set()
        for rev, prev, hlc in self._store.connection.execute(query, (replica,)):
            if hlc < limit and (prev is None or prev in good):
                good.add(rev)
                ends = ends - {prev} | {rev}
        return ends

    def _rotated(self, names: list[str]) -> list[Body]:
        trust = self._trust
        epoch_of = {name: max(trust.publics[name]) for name in names if name in trust.publics}
        made: list[Body] = []
        publics: dict[str, bytes] = {}
        if OFFICE in epoch_of:  # first: the new halves of the others are sealed to it
            epoch = epoch_of[OFFICE] + 1
            publics[OFFICE] = self._office.public(epoch)
            holders = {f"device:{each.device}": each.public for each in self._let_in() if each.office}
            made.append(self._entry(OFFICE, epoch, publics[OFFICE], self._office.private(epoch), holders))
        if HUB in names:
            key = self._office.hub_key(len(trust.hub_keys) + 1)
            holders = {f"device:{each.device}": each.public for each in self._let_in()}
            made.append(self._entry(HUB, len(trust.hub_keys) + 1, hub_print(key), key, holders))
        for name in sorted(epoch_of.keys() - {OFFICE}):  # people before sites, which are sealed to people
            private = PrivateKey(self._office.private_of(name, epoch_of[name] + 1))
            publics[name] = bytes(private.public_key)
            holders = {OFFICE: publics.get(OFFICE) or _newest(trust, OFFICE), **self._holders(name, publics)}
            made.append(self._entry(name, epoch_of[name] + 1, publics[name], bytes(private), holders))
        return made

    # Keys ------------------------------------------------------------------------------------------------------------

    def _new_keys(self, people: Iterable[str], places: Iterable[str]) -> list[Body]:
        trust = self._trust
        visitors = {str(record.body.get("visitor", "")) for record in self._store.records("visitor")}
        persons = {*visitors, *people, *(each.person for each in self._let_in())}
        sites = {*places, *(str(record.body.get("site", "")) for record in self._store.records("site"))}
        names = [*(keyring.person(each) for each in sorted(persons) if each),
                 *(keyring.site(each) for each in sorted(sites) if each)]  # fmt: skip
        made = []
        if (OFFICE, 1) not in trust.holders:
            made.append(self._entry(OFFICE, 1, self._office.public(1), self._office.private(1), {}))
        publics: dict[str, bytes] = {}
        for name in names:
            if name not in trust.publics:
                private = PrivateKey(self._office.private_of(name, 1))
                publics[name] = bytes(private.public_key)
                holders = {OFFICE: _newest(trust, OFFICE), **self._holders(name, publics)}
                made.append(self._entry(name, 1, publics[name], bytes(private), holders))
        return made

    def _handed_over(self) -> list[Body]:
        """Return entries for the holders that a key should have and has not: a site's new visitor, a second laptop."""
        trust = self._trust
        made = []
        for name, epochs in trust.publics.items():
            for epoch, public in epochs.items():
                if name.startswith(("device:", OFFICE)) or epoch not in trust.privates.get(name, {}):
                    continue
                wanted = self._holders(name, {})
                missing = {who: wanted[who] for who in wanted.keys() - trust.holders.get((name, epoch), frozenset())}
                if missing:
                    made.append(self._entry(name, epoch, public, trust.privates[name][epoch], missing))
        return made + self._later_keys()

    def _later_keys(self) -> list[Body]:
        """Return entries for laptops whose invitation is older than the present keys of the shared file and the office.

        The first key of each travels in the invitation alone.
        """
        trust = self._trust
        everyone = {f"device:{each.device}": each.public for each in self._let_in()}
        office = {f"device:{each.device}": each.public for each in self._let_in() if each.office}
        found = [
            (HUB, epoch, hub_print(key), key, everyone) for epoch, key in enumerate(reversed(trust.hub_keys), 1)
        ] + [
            (OFFICE, epoch, public, trust.privates[OFFICE][epoch], office)
            for epoch, public in trust.publics[OFFICE].items()
        ]  # fmt: skip
        made = []
        for name, epoch, public, key, holders in found:
            missing = {who: holders[who] for who in holders.keys() - trust.holders.get((name, epoch), frozenset())}
            if epoch > 1 and missing:
                made.append(self._entry(name, epoch, public, key, missing))
        return made

    def _holders(self, name: str, publics: dict[str, bytes]) -> dict[str, bytes]:
        """Return who is to hold the key of `name`, beside the office: a person's laptops, or a site's visitors."""
        trust = self._trust
        if name.startswith("person:"):
            own = (each for each in self._let_in() if keyring.person(each.person) == name)
            return {f"device:{each.device}": each.public for each in own}
        found = {}
        for each in self._let_in():
            who = keyring.person(each.person)
            if not each.office and _may_visit(name, each.sites) and (who in publics or who in trust.publics):
                found[who] = publics.get(who) or _newest(trust, who)
        return found

    def _let_in(self) -> list[Device]:
        return [device for device in self._trust.devices.values() if device.status == "approved"]

    def _entry(self, name: str, epoch: int, public: bytes, private: bytes, holders: dict[str, bytes]) -> Body:
        held_by = {who: b64encode(sealed_to(theirs, private)).decode() for who, theirs in holders.items()}
        return credential.key_entry(self._office, name, epoch, public, held_by)

    def _keys(self, entries: list[Body]) -> tuple[str, str, Body]:
        named: Body = {}
        for entry in entries:
            known = named.setdefault(f"{entry['name']}|{entry['epoch']}", entry)
            held_by = {**known["held_by"], **entry["held_by"]}
            public = bytes.fromhex(entry["public"])
            named[f"{entry['name']}|{entry['epoch']}"] = credential.key_entry(
                self._office, entry["name"], entry["epoch"], public, held_by
            )
        return KEYS, secrets.token_hex(16), {"entries": named}

    def _decision(self, device: Device) -> tuple[str, str, Body]:
        device = replace(device, number=device.number + 1)
        return DEVICE, f"{device.device} {device.number}", credential.decision(self._office, device, at=self._now())

    def _known(self, device: str) -> Device:
        found = self._trust.devices.get(device)
        if found is None:
            raise InvalidInput("no_device", tr("There is no laptop {device} in this scheme.", device=device))
        return found


def _may_visit(name: str, sites: tuple[str, ...] | None) -> bool:
    return name.startswith("site:") and (sites is None or name.removeprefix("site:") in sites)


def _newest(trust: Trust, name: str) -> bytes:
    return trust.publics[name][max(trust.publics[name])]
