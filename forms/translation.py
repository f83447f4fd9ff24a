"""The one route of every message to a person: written in English, put into the language in use, filled with values.

Standard gettext catalogues; without one, what is written is what is said. `tr` and `plural` translate where a message
is shown or raised; `later` marks a text in a table that is made at import, which whoever shows it passes to `tr`.
"""

from gettext import NullTranslations

ENGLISH = "en"


class _Route:
    catalogue = NullTranslations()
    language = ENGLISH


def use(language: str, catalogue: NullTranslations | None = None) -> None:
    """Say every message from now on in `language` (an ISO code, "cy") by `catalogue`; None: in English."""
    _Route.language = language if catalogue is not None else ENGLISH
    _Route.catalogue = catalogue or NullTranslations()


def language() -> str:
    """Return the code of the language in use."""
    return _Route.language


def tr(message: str, **values: object) -> str:
    """Return `message` in the language in use, with `values` in place of its `{name}`s."""
    said = _Route.catalogue.gettext(message) if message else ""
    return said.format(**values) if values else said


def plural(one: str, many: str, count: int, **values: object) -> str:
    """Return the form for `count`, in the language in use; `{count}` and `values` are filled in.

    Languages differ in their number of forms (Welsh has up to six); a catalogue says which applies.
    """
    return _Route.catalogue.ngettext(one, many, count).format(count=count, **values)


def later(message: str) -> str:
    """Return `message` as it is: it stands here to be found for the catalogue, and is translated when shown."""
    return message
