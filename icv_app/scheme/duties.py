"""Duties: what a volunteer gives beside visits, training, meetings and panels, with their hours (`domain.md` B19).

Everybody enters their own, the office for anybody; read by the two alone (`audience`). Expenses are asked for where the
scheme pays them.
"""

import re
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final

from forms.translation import tr
from icv_app.errors import InvalidInput
from icv_app.interchange_folder import masking
from icv_app.scheme import scheme_settings
from icv_app.scheme.volunteer_words import DUTIES
from icv_app.storage.fact_cells import day, number, text
from icv_app.storage.revision import Body
from icv_app.storage.store import Record, Store
from icv_app.wording import day_words

KIND: Final = "duty"
_LONGEST = 24 * 60  # minutes: one duty is of one day
_LONGEST_NOTE = 300
_DEAREST = 1_000_00  # pence
_EXPENSES: Final = "expenses"
"""The field of the scheme's record that says whether it pays expenses."""

_CLOCK = re.compile(r"(\d{1,2})[:.](\d{2})")
_WORDS = re.compile(r"(?:(\d{1,2}) ?h(?:ours?|rs?)?)? ?(?:(?:and )?(\d{1,3})(?: ?m(?:in(?:ute)?s?)?)?)?")
_MONEY = re.compile(r"£? ?(\d{1,4})(?:[.](\d{2}))?")


@dataclass(frozen=True, slots=True, kw_only=True)
class Duty:
    """One duty of one day, in whole minutes; `key` "" for a new one. `expenses` in pence, None where none are asked."""

    visitor: str
    day: date
    kind: str
    minutes: int
    travel: int = 0
    note: str = ""
    expenses: int | None = None
    key: str = ""
    heads: tuple[bytes, ...] = ()


def save(store: Store, duty: Duty, today: date) -> str:
    """Save a duty, a new one where it has no key, and return its key.

    Raises InvalidInput: "kind", "dates", "minutes", "no_time", "note", "expenses", "personal_data", "gone", and
    "not_theirs" for somebody else's.
    """
    _check(store, duty, today)
    key = duty.key or f"{duty.visitor}|{secrets.token_hex(6)}"
    body: Body = {}
    if duty.key:
        held = store.current(KIND, key)
        if held is None or held.deleted:
            raise InvalidInput("gone", tr("That entry is no longer there. Please look at the page again."))
        body = {name: value for name, value in held.body.items() if name not in ("note", "expenses_pence")}
    body |= {
        "visitor": duty.visitor, "date": duty.day.isoformat(), "kind": duty.kind, "minutes": duty.minutes,
        "travel_minutes": duty.travel,
    }  # fmt: skip
    if duty.note.strip():
        body["note"] = duty.note.strip()
    if duty.expenses:
        body["expenses_pence"] = duty.expenses
    store.save(KIND, key, body, seen=duty.heads or None)
    return key


def remove(store: Store, key: str) -> None:
    """Take an entry away. Raises InvalidInput("gone", "not_theirs")."""
    held = store.current(KIND, key)
    if held is None or held.deleted:
        raise InvalidInput("gone", tr("That entry is no longer there. Please look at the page again."))
    store.save(KIND, key, {**held.body, "deleted": True})


def of(store: Store, visitor: str) -> tuple[Duty, ...]:
    """Return the duties of a visitor that this laptop may read, the latest first."""
    found = [duty for record in store.records(KIND) if (duty := _duty(record)) is not None and duty.visitor == visitor]
    return tuple(sorted(found, key=lambda each: (each.day, each.key), reverse=True))


def expenses_are_paid(store: Store) -> bool:
    """Return whether the scheme has its volunteers enter expenses."""
    record = store.current(scheme_settings.KIND, scheme_settings.KEY)
    return record is not None and record.body.get(_EXPENSES) == "yes"


def pay_expenses(store: Store, wanted: bool) -> None:
    """Have the scheme's laptops ask for expenses, or no longer. Raises InvalidInput("office_only")."""
    record = store.current(scheme_settings.KIND, scheme_settings.KEY)
    body = dict(record.body) if record is not None else {}
    store.save(scheme_settings.KIND, scheme_settings.KEY, {**body, _EXPENSES: "yes" if wanted else "no"})


# What people type ----------------------------------------------------------------------------------------------------


def minutes_of(typed: str) -> int:
    """Return whole minutes out of "2:30", "2 h 30 min", "45 min" or "2 hours"; 0 of nothing.

    A bare number may mean either, so it is asked again. Raises InvalidInput("minutes") with how to write it.
    """
    words = " ".join(typed.lower().split())
    if words in ("", "0"):
        return 0
    found = _CLOCK.fullmatch(words) or _WORDS.fullmatch(words)
    if found is None or not any(found.groups()) or words.isdigit():
        raise InvalidInput(
            "minutes", tr("Write hours and minutes as 2:30 for two and a half hours, or 0:45 for 45 minutes.")
        )
    hours, minutes = (int(part or 0) for part in found.groups())
    if minutes > 59 and (hours or ":" in words):
        raise InvalidInput("minutes", tr("An hour has 60 minutes: {typed} cannot be understood.", typed=typed.strip()))
    return hours * 60 + minutes


def typed_length(minutes: int) -> str:
    """Return whole minutes as they can be typed, "2:30"; "" of none."""
    return f"{minutes // 60}:{minutes % 60:02d}" if minutes else ""


def pence_of(typed: str) -> int | None:
    """Return pence out of "12.40" or "£12"; None of nothing. Raises InvalidInput("expenses") with how to write it."""
    words = typed.strip()
    if not words:
        return None
    found = _MONEY.fullmatch(words)
    if found is None:
        raise InvalidInput("expenses", tr("Write pounds and pence as 12.40."))
    return int(found[1]) * 100 + int(found[2] or 0)


def _check(store: Store, duty: Duty, today: date) -> None:
    if duty.kind not in DUTIES:
        raise InvalidInput("kind", tr("Please choose what it was."))
    if duty.day > today:
        raise InvalidInput(
            "dates", tr("{day} has not come yet. Enter hours once they are given.", day=day_words(duty.day))
        )
    if not (0 <= duty.minutes <= _LONGEST and 0 <= duty.travel <= _LONGEST):
        raise InvalidInput("minutes", tr("One entry is of one day: at most 24 hours."))
    if not (duty.minutes or duty.travel or duty.expenses):
        raise InvalidInput("no_time", tr("Please say how long it took."))
    if len(duty.note) > _LONGEST_NOTE:
        raise InvalidInput("note", tr("Please keep it to {count} characters.", count=_LONGEST_NOTE))
    if duty.expenses is not None and not 0 <= duty.expenses <= _DEAREST:
        raise InvalidInput("expenses", tr("Expenses must be between £0 and £1,000."))
    masking.refuse_telling(duty.note, custody_number=scheme_settings.read(store).custody_number)


def _duty(record: Record) -> Duty | None:
    get: Mapping[str, object] = record.body
    visitor, on = text(get.get("visitor")), day(get.get("date"))
    if visitor is None or on is None:
        return None
    return Duty(
        visitor=visitor, day=date.fromisoformat(on), kind=text(get.get("kind")) or "",
        minutes=number(get.get("minutes")) or 0, travel=number(get.get("travel_minutes")) or 0,
        note=(text(get.get("note")) or "")[:_LONGEST_NOTE], expenses=number(get.get("expenses_pence")), key=record.key,
        heads=record.heads,
    )  # fmt: skip
