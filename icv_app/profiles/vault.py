"""A vault: a secret under a passphrase (Argon2id makes a key of it, XSalsa20-Poly1305 seals the secret with that).

The same few JSON fields stand in a laptop's `vault.json`, around its data key, and in an invitation file. The checksum
tells a damaged file from a wrong passphrase, so that nobody is told to try again for ever.
"""

import json
import unicodedata
from base64 import b64decode, b64encode
from collections.abc import Mapping
from enum import Enum
from hashlib import sha256
from typing import Any

from nacl import pwhash
from nacl.exceptions import CryptoError
from nacl.secret import SecretBox
from nacl.utils import random

from forms.translation import tr
from icv_app.errors import InvalidInput, Unavailable

MINIMUM_LENGTH = 8  # characters of a passphrase; NIST SP 800-63B's floor, and three short words are longer
_MOST_MEMORY = 1 << 30
_MOST_OPERATIONS = 16
_FIELDS = ("kdf", "operations", "memory", "salt", "sealed")


class Strength(Enum):
    """How much work a guess at the passphrase costs: (operations, bytes of memory) of Argon2id."""

    MODERATE = (pwhash.argon2id.OPSLIMIT_MODERATE, pwhash.argon2id.MEMLIMIT_MODERATE)  # about half a second, 256 MiB
    LIGHT = (pwhash.argon2id.OPSLIMIT_MIN, pwhash.argon2id.MEMLIMIT_MIN)  # for tests: protects nothing


def refuse_weak(passphrase: str) -> None:
    """Raise InvalidInput("weak_passphrase") for a passphrase that is too short to protect anything."""
    plain = _plain(passphrase)
    if len(plain.strip()) < MINIMUM_LENGTH or len(set(plain)) < 3:
        raise InvalidInput(
            "weak_passphrase",
            tr(
                "A passphrase needs at least {length} characters that are not all the same. Three words "
                "that have nothing to do with each other are easy to remember and hard to guess.",
                length=MINIMUM_LENGTH,
            ),
        )


def seal(secret: bytes, passphrase: str, strength: Strength = Strength.MODERATE) -> dict[str, Any]:
    """Return the JSON fields that hold `secret` under `passphrase`. Raises InvalidInput("weak_passphrase")."""
    refuse_weak(passphrase)
    operations, memory = strength.value
    salt = random(pwhash.argon2id.SALTBYTES)
    sealed = SecretBox(_key(passphrase, salt, operations, memory)).encrypt(secret)
    fields = {
        "kdf": "argon2id13",
        "operations": operations,
        "memory": memory,
        "salt": b64encode(salt).decode(),
        "sealed": b64encode(sealed).decode(),
    }
    return {**fields, "check": _check(fields)}


def unseal(fields: Mapping[str, Any], passphrase: str) -> bytes:
    """Return the secret. Raises InvalidInput("wrong_passphrase"), or ValueError where the fields are damaged."""
    try:
        operations, memory = int(fields["operations"]), int(fields["memory"])
        salt, sealed = b64decode(fields["salt"], validate=True), b64decode(fields["sealed"], validate=True)
        sound = fields["kdf"] == "argon2id13" and fields["check"] == _check(fields)
    except (KeyError, TypeError, ValueError) as error:
        raise ValueError("fields are missing") from error
    if not sound or not 0 < operations <= _MOST_OPERATIONS or not 0 < memory <= _MOST_MEMORY:
        raise ValueError("the checksum does not match")
    try:
        return SecretBox(_key(passphrase, salt, operations, memory)).decrypt(sealed)
    except CryptoError as error:
        raise InvalidInput("wrong_passphrase", tr("That is not the passphrase. Please try again.")) from error


def sound(fields: object) -> bool:
    """Return whether `fields` are a whole vault, which its passphrase opens."""
    try:
        return isinstance(fields, dict) and fields["check"] == _check(fields)
    except (KeyError, TypeError, ValueError):
        return False


def _key(passphrase: str, salt: bytes, operations: int, memory: int) -> bytes:
    words = _plain(passphrase).encode("utf-8", "surrogatepass")
    try:
        return pwhash.argon2id.kdf(SecretBox.KEY_SIZE, words, salt, opslimit=operations, memlimit=memory)
    except (MemoryError, RuntimeError) as error:  # libsodium cannot get its memory
        raise Unavailable(
            "out_of_memory",
            tr(
                "Checking the passphrase needs {megabytes} MB of memory, which the laptop could not give. Please "
                "close other programs and try again.",
                megabytes=memory >> 20,
            ),
        ) from error


def _plain(passphrase: str) -> str:
    """Return the passphrase in one spelling: keyboards differ in how they compose an accented letter."""
    return unicodedata.normalize("NFKC", passphrase)


def _check(fields: Mapping[str, Any]) -> str:
    text = json.dumps([fields[name] for name in _FIELDS], separators=(",", ":"))
    return sha256(text.encode()).hexdigest()
