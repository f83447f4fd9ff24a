"""The language of an account: whatever is told of it is told in that one, whoever asks and in whatever language."""

import contextlib
from collections.abc import Iterator
from typing import Final

import resources
from forms import translation
from icv_app.account import Account

_LONGEST: Final = 3
"""Letters of a language's code (ISO 639)."""


@contextlib.contextmanager
def speaking(account: Account) -> Iterator[None]:
    """Speak the account's language: one that was published in English is told in English by a window in Welsh.

    English where the program has no such language. What a laptop wrote as its language is no path of a file.
    """
    if account.language == translation.language():
        yield
        return
    known = account.language.isascii() and account.language.isalpha() and len(account.language) <= _LONGEST
    with translation.speaking(account.language, resources.catalogue(account.language) if known else None):
        yield
