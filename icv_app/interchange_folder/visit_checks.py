"""What must hold within one row of visits.csv: times in order, numbers that add up, answers that fit the outcome."""

from collections.abc import Iterator, Mapping
from typing import Any

from forms.translation import tr
from icv_app.interchange_folder.interchange import (
    ADMITTED,
    DOG_DELAY_REASONS,
    NOT_ADMITTED,
    NUMBER_PARTS,
    NUMBERS,
    REFUSED,
)

Body = Mapping[str, Any]
Wrong = tuple[str, str]
"""(column, reason)."""

_DAY_MINUTES = 24 * 60


def wrong_in(visit: Body) -> Iterator[Wrong]:
    """Yield what cannot be true of one visit taken alone (`interfaces.md` §2), by column."""
    yield from _outcome(visit)
    yield from _delay(visit)
    yield from _numbers(visit)
    yield from _times(visit)
    if visit.get("visitor_1") and visit.get("visitor_1") == visit.get("visitor_2"):
        yield "visitor_2", tr("{visitor} is named twice; a visit is made by two people", visitor=visit["visitor_2"])


def entered(visit: Body) -> bool:
    """Return whether the visitors may have got in: a visit that was not admitted has no times inside and no numbers.

    Who `withdrew` may have waited, or seen a part, before they left: such a visit is abandoned.
    """
    return visit.get("status") != "not_admitted" and visit.get("access") not in REFUSED


def minute(clock: str) -> int:
    """Return the minutes since midnight of "HH:MM"."""
    return int(clock[:2]) * 60 + int(clock[3:5])


def _outcome(visit: Body) -> Iterator[Wrong]:
    access, status = visit.get("access"), visit.get("status")
    if status == "not_admitted" and access in ADMITTED:
        yield "access", tr("{access} does not fit the status not_admitted", access=access)
    if status == "completed" and access in NOT_ADMITTED:
        yield "access", tr("{access} does not fit the status completed: the visitors never got in", access=access)
    if not entered(visit):
        for name in ("admitted", "left", *NUMBERS):
            if visit.get(name) is not None:
                yield name, tr("{value} is given, but the visitors were not admitted", value=visit[name])


def _delay(visit: Body) -> Iterator[Wrong]:
    access, reason = visit.get("access"), visit.get("delay_reason")
    if access is not None and access != "admitted_immediately" and reason is None:
        yield (
            "delay_reason",
            tr("is empty, and {access} needs a reason (not_explained, where none was given)", access=access),
        )
    if reason in DOG_DELAY_REASONS and visit.get("form") in ("custody_visit", "record_review"):
        yield "delay_reason", tr("{reason} is a reason for dog visits, not for custody suites", reason=reason)


def _numbers(visit: Body) -> Iterator[Wrong]:
    if not entered(visit):
        return
    total, offered = visit.get("in_custody"), visit.get("offered")
    parts = {name: visit.get(name) for name in NUMBER_PARTS}
    known = sum(value for value in parts.values() if value is not None)
    whole = None not in parts.values()
    if total is not None and (known > total or (whole and known != total)):
        sums = " + ".join(f"{name} {value}" for name, value in parts.items() if value is not None)
        yield (
            "in_custody",
            tr("{total} in custody, but {known} accounted for ({sums})", total=total, known=known, sums=sums),
        )
    seen, declined = parts["seen"], parts["declined"]
    met = (seen or 0) + (declined or 0)
    if offered is not None and (met > offered or (seen is not None and declined is not None and met != offered)):
        yield (
            "offered",
            tr("{offered} were offered a visit, but seen and declined make {met}", offered=offered, met=met),
        )


def _times(visit: Body) -> Iterator[Wrong]:
    """Check the order of the three times; an earlier clock time is the next day's, so order is counted from arrival."""
    start = visit.get("arrived")
    admitted, left = visit.get("admitted"), visit.get("left")
    if admitted is None or left is None:
        return
    first = minute(start) if start is not None else minute(admitted)
    inside = (minute(admitted) - first) % _DAY_MINUTES
    out = (minute(left) - first) % _DAY_MINUTES
    if out < inside:
        yield (
            "left",
            tr(
                "{left} comes before {admitted}, when they were admitted (arrived {start})",
                left=left,
                admitted=admitted,
                start=start,
            ),
        )
