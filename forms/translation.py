"""The one route of every message to a person: written in English, put into the language in use, filled with values.

Standard gettext catalogues; without one, what is written is what is said. `tr` and `plural` translate where a message
is shown or raised; `later` marks a text in a table that is made at import, which whoever shows it passes to `tr`.
"""

import contextlib
from collections.abc import Iterator
from contextvars import ContextVar
from gettext import NullTranslations

ENGLISH = "en"


class _Route:
    spoken: tuple[str, NullTranslations] = (ENGLISH, NullTranslations())


_HERE: ContextVar[tuple[str, NullTranslations] | None] = ContextVar("spoken here", default=None)


def use(language: str, catalogue: NullTranslations | None = None) -> None:
    """Say every message from now on in `language` (an ISO code, "cy") by `catalogue`; None: in English."""
    _Route.spoken = _pair(language, catalogue)


@contextlib.contextmanager
def speaking(language: str, catalogue: NullTranslations | None = None) -> Iterator[None]:
    """Say every message in `language` within a `with`, on this thread alone: other threads speak as they did."""
    before = _HERE.set(_pair(language, catalogue))
    try:
        yield
    finally:
        _HERE.reset(before)


def _pair(language: str, catalogue: NullTranslations | None) -> tuple[str, NullTranslations]:
    return (ENGLISH, NullTranslations()) if catalogue is None else (language, catalogue)


def _spoken() -> tuple[str, NullTranslations]:
    return _HERE.get() or _Route.spoken


def language() -> str:
    """Return the code of the language in use."""
    return _spoken()[0]


def tr(message: str, **values: object) -> str:
    """Return `message` in the language in use, with `values` in place of its `{name}`s."""
    said = _spoken()[1].gettext(message) if message else ""
    return said.format(**values) if values else said


def plural(one: str, many: str, count: int, **values: object) -> str:
    """Return the form for `count`, in the language in use; `{count}` and `values` are filled in.

    Languages differ in their number of forms (Welsh has up to six); a catalogue says which applies.
    """
    return _spoken()[1].ngettext(one, many, count).format(count=count, **values)


def later(message: str) -> str:
    """Return `message` as it is: it stands here to be found for the catalogue, and is translated when shown."""
    return message
