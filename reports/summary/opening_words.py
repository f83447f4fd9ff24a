"""When a suite was open in a period, and a span of months, as a sentence of a paper says it (`domain.md` B2)."""

from collections.abc import Iterable
from datetime import date, timedelta
from typing import Final

from forms.translation import later, tr
from icv_app.opening import Spell
from icv_app.wording import DAYS, day_words, listed, month_words, months_words

_MOST_LISTED: Final = 5
_DAYS_MANY: Final = (
    later("Mondays"), later("Tuesdays"), later("Wednesdays"), later("Thursdays"), later("Fridays"),
    later("Saturdays"), later("Sundays"),
)  # fmt: skip


def months_said(first: date, last: date) -> str:
    """Return "July and August 2025" of two whole months, else as `wording.months_words` has it."""
    two = (last.year - first.year) * 12 + last.month - first.month == 1 and first.year == last.year
    if two and first.day == 1 and (last + timedelta(days=1)).day == 1:
        return tr("{first} and {last} {year}", first=month_words(first), last=month_words(last), year=last.year)
    return months_words(first, last)


def opened(spells: Iterable[Spell], until: date | None = None) -> str:
    """Return "opened on Thursdays during July and August 2025", "was open from 1 July 2025 to 9 July 2025", or more.

    Of a spell that ends after `until`, the last day that was looked at, "opens on ..." or "is open ...".
    """
    told: dict[str, list[str]] = {}
    for spell in spells:
        days = listed(tr(_DAYS_MANY[day]) for day in spell.days if day < len(DAYS))
        if spell.status == "open_on_days" and not days:
            return ""
        over = until is None or spell.last <= until
        if spell.status == "open_on_days":
            verb = tr("opened on {days}", days=days) if over else tr("opens on {days}", days=days)
        else:
            verb = tr("was open") if over else tr("is open")
        told.setdefault(verb, []).append(_when(spell, days=bool(days)))
    if not 0 < sum(map(len, told.values())) <= _MOST_LISTED:
        return ""
    return listed(f"{verb} {listed(spans)}" for verb, spans in told.items())


def _when(spell: Spell, *, days: bool) -> str:
    """Return "during July and August 2025" of days in one or two whole months, else "from …" or "on …"."""
    if spell.first == spell.last:
        return tr("on {day}", day=day_words(spell.first))
    months = (spell.last.year - spell.first.year) * 12 + spell.last.month - spell.first.month + 1
    whole = spell.first.day == 1 and (spell.last + timedelta(days=1)).day == 1
    if days and whole and months <= 2:
        return tr("during {span}", span=months_said(spell.first, spell.last))
    if days and whole:
        return tr("from {span}", span=months_said(spell.first, spell.last))
    return tr("from {first} to {last}", first=day_words(spell.first), last=day_words(spell.last))
