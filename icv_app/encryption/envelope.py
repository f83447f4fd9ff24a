"""An envelope: a payload that only some of the scheme's people can open (docs/decisions/0090).

The content is sealed by a key of its own (XSalsa20-Poly1305), and that key once for each recipient (an X25519 sealed
box). Whoever writes needs the recipients' public keys alone; whoever reads needs one of their private keys.
"""

from collections.abc import Iterable, Mapping
from hashlib import sha256
from typing import Final

from nacl.exceptions import CryptoError
from nacl.public import PrivateKey, PublicKey, SealedBox
from nacl.secret import SecretBox
from nacl.utils import random

MAGIC: Final = b"\x01sealed"
"""No compressed payload begins so."""
NAME_BYTES: Final = 8
_WRAPPED = 48 + SecretBox.KEY_SIZE  # a sealed box adds 48 bytes
_SLOT = NAME_BYTES + _WRAPPED
_REMEMBERED = 4096  # keys of envelopes


class Closed(ValueError):
    """None of the keys at hand opens the envelope, or it is no whole one. The payload is kept and shown to nobody."""


def name_of(public: bytes) -> bytes:
    """Return the short name by which an envelope refers to a public key (8 bytes)."""
    return sha256(public).digest()[:NAME_BYTES]


class Sealer:
    """Seals for recipients. One content key serves all payloads for the same recipients, each with its own nonce.

    So the reader of an import of thousands opens one sealed box and not thousands.
    """

    def __init__(self) -> None:
        self._made: dict[tuple[bytes, ...], tuple[bytes, SecretBox]] = {}

    def sealed(self, content: bytes, recipients: Iterable[bytes]) -> bytes:
        """Return `content` sealed to the 32-byte public keys `recipients` (one at least, at most 255)."""
        wanted = tuple(sorted(set(recipients)))
        if wanted not in self._made:
            key = random(SecretBox.KEY_SIZE)
            slots = [name_of(public) + SealedBox(PublicKey(public)).encrypt(key) for public in wanted]
            self._made[wanted] = MAGIC + bytes([len(slots)]) + b"".join(slots), SecretBox(key)
        header, box = self._made[wanted]
        return header + box.encrypt(content)


class Opener:
    """Opens payloads with the private keys of one laptop; a payload that is no envelope is returned as it is."""

    def __init__(self, privates: Mapping[bytes, bytes]) -> None:
        """Hold 32-byte private keys by the names of their public keys."""
        self._privates = dict(privates)
        self._boxes: dict[bytes, SecretBox] = {}

    def __call__(self, payload: bytes) -> bytes:
        """Return what `payload` holds. Raises Closed."""
        if not payload.startswith(MAGIC):
            return payload
        start = len(MAGIC) + 1
        end = start + _SLOT * payload[start - 1] if len(payload) >= start else start
        header = payload[:end]
        box = self._boxes.get(header)
        if box is None:
            box = self._box(payload, start, end)
            if len(self._boxes) >= _REMEMBERED:
                self._boxes.clear()
            self._boxes[header] = box
        try:
            return box.decrypt(payload[end:])
        except (CryptoError, ValueError) as error:
            raise Closed("the content of the envelope is not what was sealed") from error

    def opens(self, payload: bytes) -> bool:
        """Return whether a sealed payload names one of the keys at hand; that it is whole is seen on opening it."""
        start = len(MAGIC) + 1
        end = start + _SLOT * payload[start - 1] if len(payload) >= start else start
        return payload[:end] in self._boxes or any(
            payload[at : at + NAME_BYTES] in self._privates for at in range(start, end, _SLOT)
        )

    def _box(self, payload: bytes, start: int, end: int) -> SecretBox:
        if len(payload) < end:
            raise Closed("the envelope is cut short")
        for at in range(start, end, _SLOT):
            private = self._privates.get(payload[at : at + NAME_BYTES])
            if private is not None:
                try:
                    return SecretBox(SealedBox(PrivateKey(private)).decrypt(payload[at + NAME_BYTES : at + _SLOT]))
                except (CryptoError, ValueError):  # another key of the same short name, or rubbish
                    continue
        raise Closed("sealed to others")


def is_sealed(payload: bytes) -> bool:
    """Return whether a payload is an envelope."""
    return payload.startswith(MAGIC)
