"""The scheme's settings: what its office decides for every laptop (`domain.md` A0), in the scheme's record."""

import re
from dataclasses import dataclass

from forms.form import Choice
from forms.translation import tr
from icv_app.encryption.cipher import Connection
from icv_app.errors import InvalidInput
from icv_app.small_numbers import LEAST, MOST, SMALLEST
from icv_app.storage import current
from icv_app.storage.current import Record
from icv_app.storage.fact_cells import time_of_day
from icv_app.storage.revision import record_id
from icv_app.storage.store import Store
from icv_app.wording import listed

KIND = KEY = "scheme"
BANDS = ("00:00", "07:00", "11:00", "15:00", "19:00")
"""When each of the day's bands begins, the first at midnight; `domain.md` B21, to be confirmed by each scheme."""
RESPONSE_DAYS = 10  # working days; `domain.md` C, to be confirmed by each scheme
LONGEST_RESPONSE = 90
DELAY_THRESHOLD = 10  # minutes; `domain.md` A1.2, to be confirmed by each scheme
LONGEST_THRESHOLD = 240
SYNC_WITHIN = 7
"""Days in which a laptop should share at least once, unless the scheme says otherwise."""
LONGEST_WITHIN = 90
REMIND_DAYS = 14
"""From how many days before a quarter's end the office is reminded of it, unless the scheme says otherwise."""
LONGEST_REMINDER = 60
LOCK_MINUTES = (2, 5, 10, 15, 30, 60)
"""After how many minutes without key or mouse a laptop may lock by itself; the scheme may leave out the longer ones."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """`serious_issue_contact` and `serious_issue_phone` say whom a visitor phones the same day ("" until entered).

    `delay_threshold`: a wait of more than so many minutes is a long one. `custody_number` is a regular expression
    that a whole custody number matches ("": only the form's own rule). `marking` stands on summaries and blank forms,
    `report_marking` on single reports, which may tell of a person (`domain.md` E5). Each laptop should share once in
    `sync_within_days`; the office is told of one that does not. It locks after `lock_within_minutes` at the latest,
    without key or mouse. `bands` are the times at which the bands of a day begin, for the spread of visits over the
    week. The police should answer what was sent to them within `response_days` working days. `small_number` is the
    smallest count of people, of the kinds that could point to a person, that a public document says (`domain.md` E7).
    The office is reminded of a quarter's end from `remind_days` days before it (0: never).
    """

    serious_issue_contact: str = ""
    serious_issue_phone: str = ""
    delay_threshold: int = DELAY_THRESHOLD
    custody_number: str = ""
    marking: str = "OFFICIAL"
    report_marking: str = "OFFICIAL-SENSITIVE"
    sync_within_days: int = SYNC_WITHIN
    lock_within_minutes: int = LOCK_MINUTES[-1]
    bands: tuple[str, ...] = BANDS
    response_days: int = RESPONSE_DAYS
    remind_days: int = REMIND_DAYS
    small_number: int = SMALLEST


def read(store: Store) -> Settings:
    """Return the settings as they stand; what was never set, or cannot be understood, is as a new scheme has it."""
    return _understood(store.current(KIND, KEY))


def held(connection: Connection) -> Settings:
    """Return what `read` returns, for a thread that has a connection and no store."""
    return _understood(current.one(connection, record_id(KIND, KEY)))


def _understood(record: Record | None) -> Settings:
    body = record.body if record is not None else {}
    usual = Settings()
    held, within, lock = (body.get(name) for name in ("delay_threshold", "sync_within_days", "lock_within_minutes"))
    response, few = body.get("response_days"), body.get("small_number")
    remind = body.get("remind_days")
    return Settings(
        serious_issue_contact=str(body.get("serious_issue_contact", "")),
        serious_issue_phone=str(body.get("serious_issue_phone", "")),
        delay_threshold=held if type(held) is int and 0 <= held <= LONGEST_THRESHOLD else DELAY_THRESHOLD,
        custody_number=str(body.get("custody_number", "")),
        marking=str(body.get("marking", usual.marking)) or usual.marking,
        report_marking=str(body.get("report_marking", usual.report_marking)) or usual.report_marking,
        sync_within_days=within if type(within) is int and 1 <= within <= LONGEST_WITHIN else SYNC_WITHIN,
        lock_within_minutes=lock if type(lock) is int and lock in LOCK_MINUTES else LOCK_MINUTES[-1],
        bands=_bands(body.get("bands")) or BANDS,
        response_days=response if type(response) is int and 1 <= response <= LONGEST_RESPONSE else RESPONSE_DAYS,
        remind_days=remind if type(remind) is int and 0 <= remind <= LONGEST_REMINDER else REMIND_DAYS,
        small_number=few if type(few) is int and LEAST <= few <= MOST else SMALLEST,
    )


def _bands(value: object) -> tuple[str, ...]:
    """Return the beginnings of the bands, () where they are none: in order, from midnight, each a time of the day."""
    given = tuple(str(each).strip() for each in value) if isinstance(value, list | tuple) else ()
    right = all(time_of_day(each) == each for each in given) and given[:1] == ("00:00",)
    return given if right and sorted(set(given)) == list(given) else ()


def save(store: Store, settings: Settings) -> None:
    """Save the settings; on disk when it returns, and the others have them once shared.

    Raises InvalidInput("setting") with words for the person, and then nothing is saved.
    """
    if not 0 <= settings.delay_threshold <= LONGEST_THRESHOLD:
        raise InvalidInput(
            "setting", tr("The wait must be between 0 and {longest} minutes.", longest=LONGEST_THRESHOLD)
        )
    if not 1 <= settings.sync_within_days <= LONGEST_WITHIN:
        raise InvalidInput(
            "setting", tr("The days between two exchanges must be between 1 and {longest}.", longest=LONGEST_WITHIN)
        )
    if settings.lock_within_minutes not in LOCK_MINUTES:
        words = tr("The minutes after which a laptop locks must be one of {minutes}.", minutes=lock_words())
        raise InvalidInput("setting", words)
    if not _bands(settings.bands):
        words = tr(
            "Give the bands of the day as times in order, the first 00:00, such as {bands}.", bands=" ".join(BANDS)
        )
        raise InvalidInput("setting", words)
    if not 1 <= settings.response_days <= LONGEST_RESPONSE:
        words = tr("The working days for an answer must be between 1 and {longest}.", longest=LONGEST_RESPONSE)
        raise InvalidInput("setting", words)
    if not LEAST <= settings.small_number <= MOST:
        words = tr(
            "The smallest number of people in public must be between {least} and {most}.", least=LEAST, most=MOST
        )
        raise InvalidInput("setting", words)
    if not 0 <= settings.remind_days <= LONGEST_REMINDER:
        words = tr("The days before a quarter's end must be between 0 and {longest}.", longest=LONGEST_REMINDER)
        raise InvalidInput("setting", words)
    try:
        re.compile(settings.custody_number)
    except re.error as error:
        raise InvalidInput(
            "setting", tr("The pattern for custody numbers cannot be understood: {reason}.", reason=error)
        ) from None
    if not settings.marking.strip() or not settings.report_marking.strip():
        raise InvalidInput("setting", tr("Enter the marking that documents carry, such as OFFICIAL."))
    record = store.current(KIND, KEY)
    body = dict(record.body) if record is not None else {}
    body |= {
        "serious_issue_contact": settings.serious_issue_contact.strip(),
        "serious_issue_phone": settings.serious_issue_phone.strip(),
        "delay_threshold": settings.delay_threshold,
        "custody_number": settings.custody_number.strip(),
        "marking": settings.marking.strip(),
        "report_marking": settings.report_marking.strip(),
        "sync_within_days": settings.sync_within_days,
        "lock_within_minutes": settings.lock_within_minutes,
        "bands": list(settings.bands),
        "response_days": settings.response_days,
        "remind_days": settings.remind_days,
        "small_number": settings.small_number,
    }
    store.save(KIND, KEY, body)


def lock_words() -> str:
    """Return the minutes that may be set, for a person."""
    return listed([str(minutes) for minutes in LOCK_MINUTES])


def choices(settings: Settings) -> tuple[Choice, ...]:
    """Return the settings as the reference list `scheme`, which forms read by `pulldata('scheme', 'value', ...)`."""
    values = {
        "serious_issue_contact": settings.serious_issue_contact,
        "serious_issue_phone": settings.serious_issue_phone,
        "delay_threshold": str(settings.delay_threshold),
        "custody_number": settings.custody_number,
    }
    return tuple(Choice(name=name, labels={"": name}, extra={"value": value}) for name, value in values.items())
