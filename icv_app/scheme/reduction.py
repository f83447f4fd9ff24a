"""Reduction: what a report is brought down to when its time is over, so that no figure of any period changes.

Statistics are permanent, detainees' rows, free text and people's references are not (`domain.md` E4). What is kept is
what `facts` counts by, and nothing that tells of a person.
"""

from collections.abc import Iterable, Mapping
from typing import Any, Final

from icv_app.storage import answer_cells
from icv_app.storage.revision import Body

DISPOSED: Final = "disposed"
"""The field that says which classes were disposed of in a record, and when (ISO date)."""

_COUNTED: Final = frozenset(
    (
        "visit", "form", "slot", "site", "date", "status", "visit_type", "mode", "state", "access", "delay_reason",
        "serious_issue", "arrived", "admitted", "left", "in_custody", "offered", "seen", "declined", "observed_only",
        "not_available", "denied", "not_offered", "session", "kind", "records", "of_which_immigration", "deleted",
        "travel_minutes_1", "travel_minutes_2", "travel_minutes_3", "travel_minutes_4", "dogs_seen", "training_status",
    )
)  # fmt: skip
_VISITORS: Final = ("visitor_1", "visitor_2", "visitor_3", "visitor_4")
_CODES: Final = frozenset(
    ("delay_reason", "kind", "training_status")
)  # told, not counted by: kept where they are no free text
_LONGEST = 30  # characters of such a code


def statistics(body: Body) -> Body:
    """Return the countable part of a visit, a case or a review session; whoever visited is told apart, not named."""
    kept = {
        name: value for name, value in body.items() if name in _COUNTED and _plain(value) and not _free(name, value)
    }
    people: dict[str, str] = {}
    for place in _VISITORS:
        if person := str(body.get(place) or "").strip():
            kept[place] = people.setdefault(person, str(len(people) + 1))
    listed = body.get("recommendations", body.get("recommendation_list"))
    if isinstance(listed, Mapping):
        kept["recommendations"] = len(listed)
    elif listed is not None and _plain(listed):
        kept["recommendations"] = listed
    if isinstance(body.get(DISPOSED), dict):
        kept[DISPOSED] = body[DISPOSED]
    return {**kept, **answer_cells.kept(body)}


def _plain(value: Any) -> bool:
    return isinstance(value, (int, float, bool, str))


def _free(name: str, value: Any) -> bool:
    return name in _CODES and (len(str(value)) > _LONGEST or " " in str(value))


def marked(body: Body, name: str, day: str) -> Body:
    """Return `body` with the note that the class `name` was disposed of in it on `day`."""
    before = body.get(DISPOSED)
    return {**body, DISPOSED: {**(before if isinstance(before, dict) else {}), name: day}}


def is_disposed(body: Body, name: str) -> bool:
    """Return whether the class `name` was disposed of in a record."""
    noted = body.get(DISPOSED)
    return isinstance(noted, dict) and name in noted


def without(body: Body, paths: Iterable[str]) -> tuple[Body, frozenset[str]]:
    """Return `body` without the fields and rows at `paths` ("notes", "detainees", "issues/ROW/issue_text").

    And the texts that were taken out, by which their copies elsewhere are known. A path that is not there is passed by.
    """
    kept = _copy(body)
    texts: set[str] = set()
    for path in paths:
        inner: Any = kept
        *way, last = path.split("/")
        for name in way:
            inner = inner.get(name) if isinstance(inner, dict) else None
        if isinstance(inner, dict) and last in inner:
            texts |= _texts(inner.pop(last))
    return kept, frozenset(texts)


def _copy(value: Any) -> Any:
    return {name: _copy(inner) for name, inner in value.items()} if isinstance(value, dict) else value


def _texts(value: Any) -> set[str]:
    if isinstance(value, dict):
        return set().union(*map(_texts, value.values()))
    return {value} if isinstance(value, str) and value else set()
