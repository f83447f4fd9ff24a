"""A keyring: the secrets of one laptop, and the names by which payloads are sealed to the scheme's people.

Names: "office", "person:ICV01", "site:KEYHAM", and "hub" for the key of the shared file. Each has epochs, counted from
1; a later one begins when somebody who held the earlier is locked out. Kept in the laptop's encrypted data, and what a
new laptop needs of it travels in its invitation (docs/decisions/0090).
"""

import json
import secrets
from base64 import b64decode, b64encode
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, Final, Self

from icv_app.encryption.device_key import DeviceKey
from icv_app.encryption.office_key import OfficeKey

OFFICE: Final = "office"
HUB: Final = "hub"

Held = dict[str, dict[int, bytes]]
"""Keys by name and epoch, 32 bytes each."""


def person(code: str) -> str:
    """Return the name of the key of a person, by their reference."""
    return f"person:{code}"


def site(code: str) -> str:
    """Return the name of the key of a site, which its visitors hold."""
    return f"site:{code}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Keyring:
    """`seed` makes the device's own keys, `office` is the public key that the scheme's office signs by.

    `master`: the office key, where this laptop holds it, else empty. `privates`, `publics`: as handed over when the
    laptop joined; what was handed over since stands in the scheme's records (`trust`). `hub`: keys of the shared file.
    """

    seed: bytes
    office: bytes
    master: bytes = b""
    privates: Held = field(default_factory=dict)
    publics: Held = field(default_factory=dict)
    hub: dict[int, bytes] = field(default_factory=dict)

    @classmethod
    def founding(cls, hub_key: bytes | None = None, office: OfficeKey | None = None) -> Self:
        """Return the keyring of a laptop that starts a scheme, or takes one up again by its `office` key."""
        office = office or OfficeKey.new()
        return cls(
            seed=secrets.token_bytes(32), office=office.verify, master=office.master,
            publics={OFFICE: {1: office.public(1)}}, hub={1: office.hub_key(1) if hub_key is None else hub_key},
        )  # fmt: skip

    @property
    def device(self) -> DeviceKey:
        """The device's own keys."""
        return DeviceKey(self.seed)

    @property
    def holder(self) -> OfficeKey | None:
        """The office key, where this laptop holds it."""
        return OfficeKey(self.master) if self.master else None

    def as_text(self) -> str:
        """Return the keyring as JSON."""
        return json.dumps(
            {
                "seed": _text(self.seed), "office": _text(self.office), "master": _text(self.master),
                "privates": spelt(self.privates), "publics": spelt(self.publics), "hub": spelt({HUB: self.hub}),
            },
            sort_keys=True,
        )  # fmt: skip

    @classmethod
    def from_text(cls, text: str) -> Self:
        """Return the keyring of `as_text`. Raises ValueError, KeyError or TypeError for anything else."""
        held = json.loads(text)
        return cls(
            seed=b64decode(held["seed"]), office=b64decode(held["office"]), master=b64decode(held["master"]),
            privates=read(held["privates"]), publics=read(held["publics"]), hub=read(held["hub"]).get(HUB, {}),
        )  # fmt: skip


def spelt(held: Held) -> dict[str, dict[str, str]]:
    """Return keys in a form that JSON can hold."""
    return {name: {str(epoch): _text(key) for epoch, key in epochs.items()} for name, epochs in held.items()}


def read(held: Mapping[str, Mapping[str, str]]) -> Held:
    """Return the keys of `spelt`. Raises ValueError for what is none of 32 bytes."""
    found: Held = {}
    for name, epochs in held.items():
        for epoch, text in epochs.items():
            key = b64decode(text, validate=True)
            if len(key) != 32:
                raise ValueError("a key has 32 bytes")
            found.setdefault(str(name), {})[int(epoch)] = key
    return found


def together(*parts: Mapping[str, Mapping[int, bytes]]) -> Held:
    """Return all keys of several collections; of two for one name and epoch the earlier collection's stands."""
    found: Held = {}
    for part in parts:
        for name, epochs in part.items():
            for epoch, key in epochs.items():
                found.setdefault(name, {}).setdefault(epoch, key)
    return found


def newest(held: Mapping[str, Mapping[int, bytes]], names: Iterable[str]) -> list[bytes]:
    """Return the newest key of each of `names` that is held."""
    return [held[name][max(held[name])] for name in names if held.get(name)]


def _text(key: bytes) -> str:
    return b64encode(key).decode()


Fields = dict[str, Any]
"""Fields of a record that are signed or verified."""


def canonical(purpose: str, fields: Fields) -> bytes:
    """Return the bytes that a signature of `fields` covers; `purpose` keeps one signature from serving another."""
    return f"icv {purpose} 1 ".encode() + json.dumps(fields, sort_keys=True, separators=(",", ":")).encode()
