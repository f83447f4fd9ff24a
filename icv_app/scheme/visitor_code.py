"""A visitor's code, such as ICV01: how the scheme knows a volunteer, so that nobody's name is ever stored."""

import re

from forms import guard_words
from forms.translation import tr
from icv_app.errors import InvalidInput

_LONGEST = 20
_CODE = re.compile(r"[A-Za-z0-9][A-Za-z0-9_.-]*")
_LETTERS = re.compile(r"[A-Za-z]{3,}")


def accept(typed: str) -> str:
    """Return what was typed as a code. Raises InvalidInput("code") for what is none, "name" for what may be a name.

    A code has a number in it and no blank, and none of its words is on the guard's lists of names (docs/guard.md).
    """
    code = typed.strip()
    if any(guard_words.flags(word.lower()) & (guard_words.FIRST | guard_words.SURNAME) for word in _words(code)):
        raise InvalidInput(
            "name", tr("That looks like a name. Enter a code such as ICV61: names are never stored here.")
        )
    if not any(letter.isdigit() for letter in code) or len(code) > _LONGEST or not _CODE.fullmatch(code):
        raise InvalidInput(
            "code",
            tr(
                "Enter a code such as ICV61: letters and a number, without a blank, at most {count} of them.",
                count=_LONGEST,
            ),
        )
    return code


def _words(code: str) -> list[str]:
    folded = guard_words.folded(code)
    return [*_LETTERS.findall(folded), *folded.split()]
