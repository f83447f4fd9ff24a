"""Commentary: what the officer writes beside the figures of a period, section by section (`domain.md` B1, B2).

A record of the office's own for each period, known by its name, with one field per section: two people who write on
different sections at once are in no conflict. What is written goes into documents as it stands, so it names nobody.
"""

from typing import Final

from forms.translation import plural, tr
from icv_app import commentary_section
from icv_app.encryption.cipher import Connection
from icv_app.errors import InvalidInput
from icv_app.interchange_folder import masking
from icv_app.periods import parse_period
from icv_app.scheme import scheme_settings
from icv_app.storage import current
from icv_app.storage.revision import Body, record_id
from icv_app.storage.store import Store
from icv_app.wording import listed

KIND: Final = "commentary"
LONGEST: Final = 4000
"""Characters of one section: two pages of a document, and more than any panel reads."""

SECTIONS: Final = commentary_section.SECTIONS
"""The sections that may have a commentary, in the order of the documents, as people call them."""


def read(connection: Connection, period: str) -> dict[str, str]:
    """Return what was written of the period of that name, by section in the order of `SECTIONS`; nothing is left out.

    {} on a laptop that may not read it. Of two versions that nobody has settled, the later one (`merge`).
    """
    record = current.one(connection, record_id(KIND, period))
    return {} if record is None or record.deleted else understood(record.body)


def understood(body: Body) -> dict[str, str]:
    """Return the sections of a body, in order; whatever is no section or no text is passed over."""
    return {name: words for name in SECTIONS if isinstance(words := body.get(name), str) and words.strip()}


def save(store: Store, period: str, section: str, text: str, *, looked: bool = False) -> dict[str, str]:
    """Keep what was written on a section ("": nothing any more), and return all of the period's; on disk then.

    `looked`: the person has looked at what the guard points out. Raises InvalidInput: "period", "section", "too_long",
    "personal_data", and "office_only" on a laptop that does not speak for the office; then nothing was saved.
    """
    name = parse_period(period).name
    refuse_unknown(section)
    words = text.strip()
    refuse(store, words, looked=looked)
    record = store.current(KIND, name)
    body = {} if record is None or record.deleted else dict(record.body)
    store.save(KIND, name, {key: value for key, value in {**body, "period": name, section: words}.items() if value})
    return read(store.connection, name)


def refuse(store: Store, words: str, *, looked: bool = False) -> None:
    """Raise InvalidInput where words cannot be kept: "too_long", and "personal_data" unless somebody `looked`."""
    if len(words) > LONGEST:
        raise InvalidInput(
            "too_long",
            plural(
                "A commentary has at most {longest} characters. This is {count} too long.",
                "A commentary has at most {longest} characters. This is {count} too long.",
                len(words) - LONGEST, longest=LONGEST,
            ),
        )  # fmt: skip
    if not looked:
        masking.refuse_telling(words, custody_number=scheme_settings.read(store).custody_number)


def refuse_unknown(section: str) -> None:
    """Raise InvalidInput("section") where there is no such section."""
    if section not in SECTIONS:
        words = tr("There is no section {section}. Write one of {known}.", section=section, known=listed(SECTIONS))
        raise InvalidInput("section", words)
