"""The office key: 32 bytes from which everything follows that a scheme's office signs and opens with.

Whoever starts a scheme holds it (`interfaces.md` §1); two recovery sheets carry it on paper, since without it nobody
can be let in any more, and what is sealed to the office dies with its laptops (`sync.md` §8).
"""

import secrets
from base64 import b32decode, b32encode
from hashlib import blake2b, sha256

from nacl.public import PrivateKey
from nacl.signing import SigningKey

from forms.translation import tr
from icv_app.errors import InvalidInput

BYTES = 32
LINES = 7  # of a recovery sheet
_LETTERS = 8  # of the key in a line; 2 more check it
_GROUP = 5


class OfficeKey:
    """What the 32 secret bytes `master` give: a signing key, and a key for each epoch of what they open."""

    def __init__(self, master: bytes) -> None:
        self.master = master
        self._signing = SigningKey(self._derived(b"sign"))
        self.verify = bytes(self._signing.verify_key)
        """The 32-byte public key that every laptop knows the office by."""

    @classmethod
    def new(cls) -> "OfficeKey":
        """Return the key of a new scheme."""
        return cls(secrets.token_bytes(BYTES))

    def sign(self, message: bytes) -> bytes:
        """Return the office's 64-byte signature of `message`."""
        return self._signing.sign(message).signature

    def hub_key(self, epoch: int) -> bytes:
        """Return the 32-byte key of the shared file's containers in that epoch, counted from 1."""
        return self._derived(b"hub %d" % epoch)

    def private(self, epoch: int) -> bytes:
        """Return the X25519 private key to which things are sealed for the office in that epoch."""
        return self._derived(b"office %d" % epoch)

    def public(self, epoch: int) -> bytes:
        """Return the public half of `private`."""
        return bytes(PrivateKey(self.private(epoch)).public_key)

    def private_of(self, name: str, epoch: int) -> bytes:
        """Return the X25519 private key of a name of the keyring, such as "person:ICV01".

        Derived, so that two laptops that hold the office key make the same one, and a recovery sheet finds it again.
        """
        return self._derived(b"key %s %d" % (name.encode(), epoch))

    def _derived(self, purpose: bytes) -> bytes:
        return blake2b(b"icv " + purpose, key=self.master, digest_size=32).digest()

    def sheet(self) -> tuple[str, ...]:
        """Return the key as the lines of a recovery sheet: letters and digits in groups, each line with its own check.

        Of the 32 letters of RFC 4648, which have no 0, 1, 8 or 9 to be mistaken for O, I, B or g.
        """
        text = b32encode(self.master).decode().rstrip("=")
        lines = [text[at : at + _LETTERS] for at in range(0, len(text), _LETTERS)]
        return tuple(_grouped(line + _check(number, line)) for number, line in enumerate(lines, 1))


def from_sheet(lines: str) -> OfficeKey:
    """Return the key that a person typed from a recovery sheet; spaces, case and empty lines do not matter.

    Raises InvalidInput("sheet") that names the first line that cannot be right.
    """
    typed = ["".join(line.split()).upper() for line in lines.splitlines() if line.strip()]
    if len(typed) == 1:  # all in one line
        whole = typed[0]
        typed = [whole[at : at + _LETTERS + 2] for at in range(0, len(whole), _LETTERS + 2)]
    if len(typed) != LINES:
        raise InvalidInput("sheet", tr("A recovery sheet has {lines} lines. Please enter all of them.", lines=LINES))
    for number, line in enumerate(typed, 1):
        if line[-2:] != _check(number, line[:-2]):
            raise InvalidInput(
                "sheet", tr("Line {number} is not as it stands on the sheet. Please compare it again.", number=number)
            )
    text = "".join(line[:-2] for line in typed)
    try:
        master = b32decode(text + "=" * (-len(text) % 8))
    except ValueError:
        master = b""
    if len(master) != BYTES:
        raise InvalidInput("sheet", tr("These lines are of no recovery sheet of this program."))
    return OfficeKey(master)


def fits(number: int, line: str) -> bool:
    """Return whether a typed line can be that of its number, counted from 1, on some recovery sheet."""
    typed = "".join(line.split()).upper()
    return len(typed) > 2 and typed[-2:] == _check(number, typed[:-2])


def _check(number: int, line: str) -> str:
    return b32encode(sha256(b"icv sheet %d " % number + line.encode()).digest()).decode()[:2]


def _grouped(line: str) -> str:
    return " ".join(line[at : at + _GROUP] for at in range(0, len(line), _GROUP))
