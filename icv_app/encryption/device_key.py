"""A device's own keys, made when it joins: it signs what it hands over (Ed25519), others seal to it (X25519)."""

from hashlib import sha256

from nacl.exceptions import BadSignatureError
from nacl.signing import SigningKey, VerifyKey

MARK = 8
"""Bytes of a device's id with which each of its replica ids begins."""


class DeviceKey:
    """The key pair of one device, made from a 32-byte seed that never leaves its encrypted data."""

    def __init__(self, seed: bytes) -> None:
        self.seed = seed
        self._signing = SigningKey(seed)
        self.verify = bytes(self._signing.verify_key)
        """The 32-byte public key that its signatures are checked by."""
        private = self._signing.to_curve25519_private_key()
        self.private = bytes(private)
        self.public = bytes(private.public_key)
        """The 32-byte public key that others seal to."""
        self.device = device_id(self.verify)

    def sign(self, message: bytes) -> bytes:
        """Return the 64-byte signature of `message`."""
        return self._signing.sign(message).signature


def device_id(verify: bytes) -> str:
    """Return the id of the device whose public key is `verify`: 32 hex digits, so that nobody can claim another's."""
    return sha256(b"icv-device" + verify).hexdigest()[:32]


def mark(device: str) -> bytes:
    """Return the 8 bytes with which all replica ids of a device begin."""
    return bytes.fromhex(device)[:MARK]


def box_of(verify: bytes) -> bytes | None:
    """Return the X25519 key that goes with a device's public key, None where that is none.

    A device seals to what follows from its signing key, so nobody can name a key that fits no device, or another's.
    """
    try:
        return bytes(VerifyKey(verify).to_curve25519_public_key())
    except (RuntimeError, ValueError, TypeError):
        return None


def is_signed(message: bytes, signature: bytes, verify: bytes) -> bool:
    """Return whether `signature` is that of `message` by the holder of the public key `verify`."""
    try:
        VerifyKey(verify).verify(message, signature)
    except (BadSignatureError, ValueError, TypeError):
        return False
    return True
