"""Expiries: what of a volunteer runs out, and when: vetting, ID card, accreditation, training (`domain.md` A0, D14).

What expires on a day is wanting from that day on, as the rota has it (`eligibility`).
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from forms.translation import later, plural, tr
from icv_app.scheme import status_rows, volunteer_file
from icv_app.scheme.status_rows import Row
from icv_app.scheme.volunteer_file import File, Training
from icv_app.storage.store import Store
from icv_app.wording import day_words

WITHIN: Final = 90
"""Days before it expires from which a thing is on the due list."""

_DATED: Final = (
    ("vetting_until", "vetting", later("Vetting")),
    ("id_card_until", "id_card", later("ID card")),
    ("reaccreditation_due", "reaccreditation", later("Re-accreditation")),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Expiry:
    """What of whom expires on which day. `kind` is vetting, id_card, reaccreditation or training; `what` in words."""

    visitor: str
    kind: str
    what: str
    on: date

    def days(self, today: date) -> int:
        """Return in how many days it expires; 0 or less: it has."""
        return (self.on - today).days

    def expired(self, today: date) -> bool:
        """Return whether it has expired."""
        return self.on <= today

    def words(self, today: date) -> str:
        """Return the thing, the day and how far off it is: "ID card expires on 3 December 2026, in 11 days"."""
        days = self.days(today)
        told = {"what": self.what, "day": day_words(self.on)}
        if self.kind == "reaccreditation":
            return _due_words(days, told)
        if not days:
            return tr("{what} expired today", **told)
        if days < 0:
            return plural(
                "{what} expired on {day}, one day ago", "{what} expired on {day}, {count:,} days ago", -days, **told
            )
        return plural("{what} expires on {day}, tomorrow", "{what} expires on {day}, in {count:,} days", days, **told)


def _due_words(days: int, told: Mapping[str, str]) -> str:
    if not days:
        return tr("{what} is due today", **told)
    if days < 0:
        return plural(
            "{what} was due on {day}, one day ago", "{what} was due on {day}, {count:,} days ago", -days, **told
        )
    return plural("{what} is due on {day}, tomorrow", "{what} is due on {day}, in {count:,} days", days, **told)


def of(file: File) -> tuple[Expiry, ...]:
    """Return everything in a file that expires or has, the soonest first; of several courses of one name the latest."""
    found = [
        Expiry(visitor=file.visitor, kind=kind, what=tr(what), on=on)
        for name, kind, what in _DATED
        if (on := getattr(file, name)) is not None
    ]
    found += [
        Expiry(visitor=file.visitor, kind="training", what=tr("Training “{course}”", course=each.course), on=each.until)
        for each in _latest(file.training)
        if each.until is not None
    ]
    return tuple(sorted(found, key=lambda each: (each.on, each.kind, each.what)))


def due(store: Store, today: date, within: int = WITHIN) -> tuple[Expiry, ...]:
    """Return what has expired or will in `within` days of everybody who has not left, the soonest first.

    On a visitor's laptop these are their own.
    """
    rows = status_rows.every(store)
    return soonest(
        each
        for visitor, file in volunteer_file.every(store).items()
        if not gone(file, rows.get(visitor, ()), today)
        for each in of(file)
        if each.days(today) <= within
    )


def reminder(found: Sequence[Expiry], today: date, *, own: bool) -> str:
    """Return in one line what of `found` is due, "" where nothing is; `own`: to the volunteer themselves."""
    if not found:
        return ""
    if own:
        return tr("{expiry}. Please speak to the office.", expiry=found[0].words(today))
    expired = {each.visitor for each in found if each.expired(today)}
    soon = {each.visitor for each in found} - expired
    parts = []
    if expired:
        parts.append(
            plural(
                "One volunteer has something that has expired.",
                "{count} volunteers have something that has expired.",
                len(expired),
            )
        )
    if soon:
        parts.append(
            plural(
                "Something expires for one volunteer within {days} days.",
                "Something expires for {count} volunteers within {days} days.",
                len(soon),
                days=WITHIN,
            )
        )
    return " ".join(parts)


def soonest(found: Iterable[Expiry]) -> tuple[Expiry, ...]:
    """Return expiries of several people, the soonest first."""
    return tuple(sorted(found, key=lambda each: (each.on, each.visitor, each.what)))


def gone(file: File, rows: Sequence[Row], today: date) -> bool:
    """Return whether somebody has left, by their rows or else by their file: nothing of theirs is due."""
    row = status_rows.holding(rows, today)
    if row is not None:
        return row.status == "left"
    if rows:
        return all(each.first <= today for each in rows)
    return file.left is not None and file.left <= today


def _latest(training: Iterable[Training]) -> Iterable[Training]:
    newest: dict[str, Training] = {}
    for each in training:
        name = each.course.casefold()
        if name not in newest or (each.until or date.max, each.on or date.min) > (
            newest[name].until or date.max, newest[name].on or date.min,
        ):  # fmt: skip
            newest[name] = each
    return newest.values()
