"""A reference in free text: the same code or custody number, however it was typed."""

import re
import unicodedata
from hashlib import sha256

from forms import guard
from forms.guard import kind_words
from forms.translation import tr
from icv_app.errors import InvalidInput

_APART = r"[\s/\\._|‐-―−-]*"  # what people put between the parts of a number: spaces, slashes, dashes of any length
_PASSES = 8


def squeezed(reference: str) -> str:
    """Return the letters and figures of a reference in one spelling: "le / 123-26" gives "LE12326"."""
    plain = unicodedata.normalize("NFKC", reference).upper()
    return "".join(letter for letter in plain if letter.isalnum())


def pattern(reference: str) -> re.Pattern[str]:
    """Return what finds `reference` in a text (NFKC) in any case and with any spaces, slashes and dashes within it.

    A longer reference that only begins or ends so is another one. Raises InvalidInput("no_reference") where it has
    fewer than three letters and figures, or no figure: half of the texts would be found.
    """
    letters = squeezed(reference)
    if len(letters) < 3 or not any(letter.isdecimal() for letter in letters):
        raise InvalidInput(
            "no_reference",
            tr(
                "Give a volunteer's code such as ICV01, or a whole custody number. “{text}” is neither.", text=reference
            ),
        )
    return re.compile(rf"(?<![^\W_]){_APART.join(map(re.escape, letters))}(?![^\W_])", re.IGNORECASE)


def plain(text: str) -> str:
    """Return a text in the spelling that `pattern` is meant for; it is quoted so."""
    return unicodedata.normalize("NFKC", text)


def fingerprint(reference: str) -> str:
    """Return what stands for a reference in the log: nobody can read it there, and the same one gives the same."""
    return f"#{sha256(b'icv-person-1' + squeezed(reference).encode()).hexdigest()[:16]}"


def masked(text: str, wanted: re.Pattern[str], *, custody_number: str = "") -> str:
    """Return `text` with what points to anybody but the person `wanted` as "[name]", "[custody number]", ..."""
    for _ in range(_PASSES):
        kept = [found.span() for found in wanted.finditer(text)]
        hits = [
            hit
            for hit in guard.look(text, custody_number=custody_number)
            if not any(hit.start < end and start < hit.end for start, end in kept)
        ]
        if not hits:
            break
        for hit in reversed(hits):
            text = f"{text[: hit.start]}[{kind_words(hit.kind)}]{text[hit.end :]}"
    return text
