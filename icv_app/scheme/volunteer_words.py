"""What records on volunteers say, in words: roles, status, kinds of duty, the questions of a file, lengths of time."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from typing import Any, Final

from forms.translation import later, tr
from icv_app.storage.fact_cells import day, number, spread, text, yes
from icv_app.storage.revision import Body
from icv_app.wording import day_words

STATUSES: Final[Mapping[str, str]] = {
    "applicant": later("Applicant"),
    "in_training": later("In training"),
    "probation": later("On probation"),
    "active": later("Active"),
    "on_leave": later("On leave"),
    "not_currently_visiting": later("Not visiting at present"),
    "left": later("Left"),
}
"""In the order of a volunteer's life (`interfaces.md` §2)."""

ROLES: Final[Mapping[str, str]] = {
    "icv": later("Custody visitor"),
    "awv": later("Animal welfare visitor"),
    "record_reviewer": later("Record reviewer"),
    "tact": later("Terrorism Act visitor"),
    "coordinator": later("Coordinator"),
    "assurance": later("Assurance"),
}

DUTIES: Final[Mapping[str, str]] = {
    "training": later("Training"),
    "meeting": later("Meeting"),
    "panel": later("Scrutiny panel"),
    "other": later("Other"),
}

DATES: Final[Mapping[str, str]] = {
    "vetting_until": later("Vetting expires on"),
    "id_card_until": later("ID card expires on"),
    "accredited_on": later("Accredited on"),
    "reaccreditation_due": later("Re-accreditation is due on"),
    "started": later("Started on"),
    "left": later("Left on"),
}
"""The dates of a volunteer's file, in the order in which they are asked."""

_OTHERS: Final[Mapping[str, str]] = {
    "tact_accredited": later("Accredited for visits under the Terrorism Act"),
    "note": later("Note"),
    "roles": later("Roles"),
    "status": later("Status"),
    "from": later("From"),
    "to": later("To"),
    "date": later("Day"),
    "kind": later("What it was"),
    "minutes": later("How long"),
    "travel_minutes": later("Travel"),
    "expenses_pence": later("Expenses"),
    "period": later("Period"),
    "weeks": later("Weeks when they cannot visit, by their Monday"),
    "months": later("Months when they cannot visit"),
    "most": later("Visits at the most"),
    "name": later("Name of a saved search"),
    "words": later("Words looked for"),
}


def status(code: str) -> str:
    """Return a status in words; one that this program does not know as it is written."""
    return tr(STATUSES[code]) if code in STATUSES else code or tr("Not recorded")


def roles(codes: Iterable[str]) -> str:
    """Return roles in words, "Custody visitor, Animal welfare visitor"."""
    return ", ".join(tr(ROLES[code]) if code in ROLES else code for code in codes)


def duty(kind: str) -> str:
    """Return a kind of duty in words; any other one is told as it counts."""
    return tr(DUTIES.get(kind, DUTIES["other"]))


def length(minutes: int) -> str:
    """Return whole minutes as hours and minutes, none of them cut off: "15 h 24 min" (`domain.md` B19)."""
    hours, rest = divmod(minutes, 60)
    if not hours:
        return tr("{minutes} min", minutes=rest)
    return tr("{hours:,} h {minutes} min", hours=hours, minutes=rest) if rest else tr("{hours:,} h", hours=hours)


def money(pence: int) -> str:
    """Return pence as "£12.40"."""
    return f"£{pence // 100:,}.{pence % 100:02d}"


def told(kind: str, body: Body) -> Iterator[tuple[str, str]]:
    """Yield question and answer, in words, of all that a record on one volunteer holds; nothing of other kinds.

    For a person who asks what is held on them (`subject`).
    """
    if kind == "overrule":
        yield tr("Why they were named for a visit all the same"), text(body.get("reason")) or "?"
        yield tr("Day"), _day(body.get("on")) or "?"
    if kind not in ("visitor", "volunteer", "duty", "availability", "filter"):
        return
    names = {**DATES, **_OTHERS}
    for name, value in body.items():
        if name == "training" and isinstance(value, Mapping):
            yield from _courses(value)
        elif name not in ("visitor", "training", "deleted", "disposed") and value not in (None, "", []):
            yield tr(names[name]) if name in names else name, _said(kind, name, value)


def _courses(listed: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    for fields in listed.values():
        if isinstance(fields, Mapping):
            days = [_day(fields.get(name)) for name in ("on", "until")]
            words = tr("on {first}, holds until {last}", first=days[0] or "?", last=days[1] or tr("further notice"))
            yield tr("Training “{course}”", course=text(fields.get("course")) or "?"), words


def _said(kind: str, name: str, value: Any) -> str:
    if name == "roles":
        return roles((spread(value) or "").split())
    if name == "status":
        return status(text(value) or "")
    if name == "kind" and kind == "duty":
        return duty(text(value) or "")
    if name == "tact_accredited":
        return tr("Yes") if yes(value) else tr("No")
    if isinstance(value, list):
        return ", ".join(_day(each) or str(each) for each in value)
    count = number(value)
    if name in ("minutes", "travel_minutes") and count is not None:
        return length(count)
    if name == "expenses_pence" and count is not None:
        return money(count)
    return _day(value) or str(value)


def _day(value: Any) -> str:
    """Return a day in words; "" for what is none."""
    found = day(value) if isinstance(value, str) and len(value) == len("2026-11-22") else None
    return day_words(date.fromisoformat(found)) if found else ""
