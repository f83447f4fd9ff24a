"""What the published editions told of the numbers of people: each column of each paper that may be in somebody's hands.

An edition tells its own figures, those of the periods beside them, and, of a longer one, of each of its quarters: a
reader has them by subtraction. What was withheld of them counts as told (docs/disclosure.md).
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, Final

from icv_app.account import Account, Compared
from icv_app.counting import publication
from icv_app.counting.publication import Kept
from icv_app.encryption.cipher import Connection
from icv_app.errors import InvalidInput
from icv_app.figure import Figure, Period
from icv_app.periods import a_year_earlier, before, parse_period, quarter_of, units
from icv_app.public import withholding
from icv_app.storage.revision import Body
from icv_app.summaries import frozen
from icv_app.summary import ReviewSession

TOLD: Final = "told"
"""Where an edition that lost its account keeps what it told beside its own figures (`edition_redaction`)."""
Span = tuple[date, date]


@dataclass(frozen=True, slots=True, kw_only=True)
class Days:
    """Of the summary of an account: its days of reviews."""

    sessions: tuple[ReviewSession, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Beside:
    """Of an account: what it told beside the figures of its period. Its fields are called as there (`frozen`)."""

    summary: Days = Days()
    before: Compared | None = None
    year_before: Compared | None = None
    parts: tuple[Compared, ...] = ()


def of(connection: Connection, account: Account) -> tuple[Compared, ...]:
    """Return what was told, before an account was published, of any quarter that it tells of; of one live, until now.

    A column without figures stands for a quarter of which it is not known what was told.
    """
    wanted = {span for period in _told_by(account.period) for span in _quarters(period)}
    wanted.add((account.period.first, account.period.last))
    until = _clock(connection, account)
    found: dict[Compared, None] = {}
    for name in _names(connection):
        period = _period(name)
        if period is None or not any(wanted & _quarters(each) for each in _told_by(period)):
            continue
        own = (period.first, period.last) == (account.period.first, account.period.last)
        for kept in publication.every(connection, name):
            number = kept.published.edition
            if until is None or (number <= account.edition if own else kept.revision.hlc <= until):
                found |= dict.fromkeys(_columns(period, kept))
    return tuple(found)


def beside(body: Body) -> Any:
    """Return what the body of an edition told beside its own figures, as JSON without any words; None: not known."""
    known = _read(body)
    return None if known is None else frozen.written(_bare(known))


def _columns(period: Period, kept: Kept) -> Iterator[Compared]:
    known = _read(kept.body)
    own = Compared(period=period, figures=_numbers(kept.published.figures))
    if known is None:
        yield own
        quarters = _quarters(period)
        for first, last in quarters if len(quarters) > 1 else ():
            yield Compared(period=replace(quarter_of(first), last=last), figures=())
        return
    known = _bare(known)
    yield replace(own, sessions=known.summary.sessions)
    for each in (known.before, known.year_before, *known.parts):
        if each is not None and each.figures:
            yield each


def _read(body: Body) -> Beside | None:
    return frozen.read_as(Beside, body.get(TOLD) or body.get("account"))


def _bare(known: Beside) -> Beside:
    """Return numbers alone, of the kinds that are withheld."""
    return Beside(
        summary=Days(sessions=_days(known.summary.sessions)), before=_compared(known.before),
        year_before=_compared(known.year_before),
        parts=tuple(each for part in known.parts if (each := _compared(part)) is not None),
    )  # fmt: skip


def _compared(compared: Compared | None) -> Compared | None:
    if compared is None:
        return None
    return replace(compared, figures=_numbers(compared.figures), sessions=_days(compared.sessions))


def _numbers(figures: tuple[Figure, ...]) -> tuple[Figure, ...]:
    return tuple(replace(each, note="") for each in withholding.compared(figures))


def _days(sessions: tuple[ReviewSession, ...]) -> tuple[ReviewSession, ...]:
    return tuple(replace(each, recommended_to="") for each in sessions)


def _told_by(period: Period) -> tuple[Period, ...]:
    """Return the periods of which a paper on one tells."""
    return period, before(period), a_year_earlier(period)


def _quarters(period: Period) -> set[Span]:
    return {(each.first, each.last) for each in units(period, "quarter") if each.first >= period.first}


def _clock(connection: Connection, account: Account) -> int | None:
    """Return when an account was published, by the clock of the records; None of one that was not."""
    if not account.edition:
        return None
    same = [each for each in publication.every(connection, account.period.name)
            if each.published.edition == account.edition]  # fmt: skip
    return max((each.revision.hlc for each in same), default=None)


def _names(connection: Connection) -> list[str]:
    rows = connection.execute("SELECT key FROM current WHERE kind = ? ORDER BY key", (publication.KIND,))
    return [str(key) for (key,) in rows]


def _period(name: str) -> Period | None:
    try:
        return parse_period(name)
    except InvalidInput:
        return None
