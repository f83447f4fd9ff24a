"""Answer cells: what the figures take from the forms' own questions, as cells of the fact tables (docs/figures.md).

Field names are those of the forms in `forms/*.toml`; a scheme's older log or form may hold any of them or none. What
nobody answered is None, never 0. Nothing here raises.
"""

from collections.abc import Mapping
from datetime import date
from typing import Final

from icv_app.elapsed import minutes_apart
from icv_app.issue_state import PRAISE
from icv_app.slot_reasons import CANCELLED, CANCELLED_BY
from icv_app.storage.fact_cells import number, spread, text, yes
from icv_app.storage.revision import Body

GROUPS: Final = {
    "women": ("female", "number_female"),
    "children": ("under_18", "number_under_18"),
    "girls": ("girls", "number_girls"),
    "immigration": ("immigration", "number_immigration"),
    "s136": ("s136", "number_s136"),
}
"""Groups of the people in custody, with the choice of `groups_present` and the question that give their number."""
REASONS: Final = (
    "asleep", "interview", "solicitor", "appropriate_adult", "healthcare", "processing", "out_of_cell", "court",
    "hospital", "intoxicated", "leaving", "other",
)  # fmt: skip
"""Why people were not available, as the choices of `na_reasons`; each has a question `na_REASON` for its number."""
DOG_UNIT: Final = "dog_unit"
VISITORS: Final = "visitors"
OTHER: Final = "other"
CANCELLERS: Final = (DOG_UNIT, VISITORS, OTHER)
"""By whom an observation was cancelled: the police, the scheme's own people, or neither that anybody knows of."""

_WEEKEND = (5, 6)
_BY = {"dog_unit": DOG_UNIT, "police": DOG_UNIT, "office": VISITORS, "visitors": VISITORS}
_BY_REASON = {
    "other_training": DOG_UNIT, "operational_deployment": DOG_UNIT, "dog_or_handler_sick": DOG_UNIT,
    "visitor_illness": VISITORS, "visitor_unavailable": VISITORS, "no_partner": VISITORS,
}  # fmt: skip
_BY_ANSWER = {
    "cancelled_by_dog_unit": DOG_UNIT, "cancelled_by_visitors": VISITORS, "cancelled_weather": OTHER,
}  # fmt: skip


def groups(body: Body, in_custody: int | None) -> tuple[int | None, ...]:
    """Return how many of each of `GROUPS` were in custody.

    A group that was not ticked among those present has 0 (the form says so), as has each where nobody was in custody.
    """
    present = (spread(body.get("groups_present")) or "").split()
    found = []
    for choice, question in GROUPS.values():
        given = number(body.get(question))
        if given is None and (in_custody == 0 or (present and choice not in present)):
            given = 0
        found.append(given)
    return tuple(found)


def unavailable(body: Body, not_available: int | None) -> tuple[int | None, ...]:
    """Return how many were not available for each of `REASONS`, and then how many of them for no reason given.

    A reason given alone has the whole number (the form says so). All None where nobody was unavailable.
    """
    if not not_available:
        return (None,) * (len(REASONS) + 1)
    ticked = (spread(body.get("na_reasons")) or "").split()
    given = [number(body.get(f"na_{reason}")) for reason in REASONS]
    if len(ticked) == 1 and ticked[0] in REASONS and not any(given):
        given[REASONS.index(ticked[0])] = not_available
    return (*given, max(not_available - sum(each or 0 for each in given), 0))


def weekend(day: str | None, arrived: str | None, admitted: str | None) -> int | None:
    """Return 1 where visitors entered on a Saturday or Sunday, else 0; None without a day or time of entry.

    Who arrived before midnight and was admitted after it entered on the next day, as in `spread.entered`.
    """
    if day is None or not (arrived or admitted):
        return None
    late = arrived is not None and admitted is not None and admitted < arrived
    return int((date.fromisoformat(day).weekday() + late) % 7 in _WEEKEND)


def praised(body: Body) -> int:
    """Return 1 where the report says what was done well."""
    return int(text(body.get("positive_comments")) is not None or yes(body.get("praised")) == 1)


def held_minutes(body: Body) -> int | None:
    """Return how long the detainee of a case form was held, T2 to T16; None without both, or where they contradict.

    Once the times were disposed of, what they came to stands in the form's own answer (`kept`).
    """
    arrived, left = text(body.get("t2_arrival")), text(body.get("t16_left"))
    if body.get("disposed") and not arrived and not left:
        return number(body.get("held_minutes"))
    return minutes_apart(arrived, left) if arrived and left else None


def is91(body: Body) -> int | None:
    """Return 1 where the IS91 is on the record and complete, 0 where it is not, None where nobody checked."""
    answer = yes(body.get("is91_complete"))
    if answer is not None:
        return answer
    return 1 if "is91_complete" in (spread(body.get("authority_shown")) or "").split() else None


def kept(body: Body) -> Body:
    """Return what has to stay of a report's answers when it is disposed of, so that its cells come out as before.

    Numbers and yes or no alone: no words, and no times of a person.
    """
    in_custody, not_available = number(body.get("in_custody")), number(body.get("not_available"))
    questions = [question for _, question in GROUPS.values()]
    cells = dict(zip(questions, groups(body, in_custody), strict=True))
    cells |= dict(zip((f"na_{reason}" for reason in REASONS), unavailable(body, not_available), strict=False))
    cells["held_minutes"] = held_minutes(body)
    told: Body = {name: cell for name, cell in cells.items() if cell is not None}
    if praised(body) or _listed_praise(body):
        told["praised"] = "yes"
    checked = is91(body)
    return told if checked is None else {**told, "is91_complete": "yes" if checked else "no"}


def _listed_praise(body: Body) -> bool:
    """Return whether the report's own list of issues, which goes with it, has a positive comment in it."""
    listed = body.get("issues")
    rows = listed.values() if isinstance(listed, Mapping) else ()
    return any(isinstance(row, Mapping) and row.get("issue_kind") in PRAISE for row in rows)


def slot_cancelled_by(body: Body) -> str | None:
    """Return by which of `CANCELLERS` a slot was cancelled; None where it was not.

    By whom the office said; else by the reason that it chose; else by the words of an old log, where they begin like
    one of those reasons.
    """
    if body.get("status") != "cancelled":
        return None
    by = _BY.get(text(body.get("cancelled_by")) or "") or _BY_REASON.get(text(body.get("reason_code")) or "")
    if by is None:
        said = (text(body.get("reason")) or "").casefold()
        words = [(_BY.get(code), label) for code, label in CANCELLED_BY.items()]
        words += [(_BY_REASON.get(code), label) for code, label in CANCELLED.items()]
        by = next((who for who, label in words if who and said.startswith(label.casefold())), None)
    return by or OTHER


def visit_cancelled_by(body: Body) -> str | None:
    """Return by which of `CANCELLERS` the report of an observation says that it was cancelled; None where it was not.

    One that was moved to another date, or that did not take place on arrival, was not cancelled.
    """
    return _BY_ANSWER.get(text(body.get("training_status")) or "")
