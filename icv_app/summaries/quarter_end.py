"""The end of a quarter: what the office is reminded of before it, and until the quarter is published."""

import uuid
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from typing import Final, Literal

from icalendar import Alarm, Calendar, Event

from forms.translation import plural, tr
from icv_app.counting import beginning, publication, restatement
from icv_app.encryption.cipher import Connection
from icv_app.figure import Period
from icv_app.files import whole_file
from icv_app.periods import parse_period, quarter_of
from icv_app.scheme import scheme_settings
from icv_app.storage.revision import NAMESPACE
from icv_app.storage.store import Store
from icv_app.summaries import still_out
from icv_app.wording import day_words, listed, months_words

Kind = Literal["ending", "unpublished", "beside"]
AHEAD: Final = 4
"""How many ends of quarters a calendar file holds: those of a year."""
BACK: Final = 4
"""How many quarters that are over are looked at: what is older is no news."""
_ONE_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Reminder:
    """What the office is reminded of: a quarter that is about to end, or one that has ended and is not published.

    Or any period that two of its laptops published beside each other ("beside").
    """

    words: str
    period: Period
    kind: Kind


def due(connection: Connection, today: date) -> tuple[Reminder, ...]:
    """Return the reminders of `today`, the earliest quarter first; for the office, which alone publishes.

    Of a quarter that ends, from the days before that the scheme's settings name (0: never). Of quarters that are over,
    the last one, and before it those since the first that was published: a scheme that never published an earlier one
    is not told of it. Nothing while the scheme has no record of that time.
    """
    found = [*beside(connection), *_over(connection, today)]
    quarter = quarter_of(today)
    days = scheme_settings.held(connection).remind_days
    first = beginning.earliest(connection)
    if first is not None and first <= quarter.last and 0 <= (quarter.last - today).days < days:
        said = tr("The quarter ends on {day}", day=day_words(quarter.last))
        words = tr("{sentence}.", sentence=": ".join([said, *_open(connection, quarter, today)]))
        found.append(Reminder(words=words, period=quarter, kind="ending"))
    return tuple(found)


def beside(connection: Connection) -> tuple[Reminder, ...]:
    """Return a reminder of each period of which several editions stand: somebody has to say which figures hold."""
    found = []
    for name, labels in publication.beside(connection).items():
        period = parse_period(name)
        words = tr(
            "{months} was published on two laptops of the office before they had shared: editions {labels}. Each tells "
            "its own figures. Publish it once more, so that one edition stands for both.",
            months=months_words(period.first, period.last), labels=listed(labels),
        )  # fmt: skip
        found.append(Reminder(words=words, period=period, kind="beside"))
    return tuple(found)


def _over(connection: Connection, today: date) -> Iterator[Reminder]:
    first = beginning.earliest(connection)
    quarters = [_before(quarter_of(today))]
    while len(quarters) < BACK:
        quarters.append(_before(quarters[-1]))
    published = {quarter.name for quarter in quarters if restatement.of_period(connection, quarter.name) is not None}
    for at, quarter in reversed(list(enumerate(quarters))):
        since = at == 0 or any(earlier.name in published for earlier in quarters[at:])
        if quarter.name not in published and since and first is not None and first <= quarter.last:
            words = tr("{months} has ended and is not published.", months=months_words(quarter.first, quarter.last))
            yield Reminder(words=words, period=quarter, kind="unpublished")


def _open(connection: Connection, quarter: Period, today: date) -> list[str]:
    """Return "3 reports are still drafts or returned, 2 planned visits have no report", [] where nothing is open."""
    out, parts = still_out.read(connection, quarter), []
    if reports := out.drafts + out.returned:
        parts.append(
            plural(
                "{count} report is still a draft or returned", "{count} reports are still drafts or returned", reports
            )
        )
    if unkept := len(still_out.without_report(connection, quarter, today)):
        parts.append(plural("{count} planned visit has no report", "{count} planned visits have no report", unkept))
    return [", ".join(parts)] if parts else []


def _before(quarter: Period) -> Period:
    return quarter_of(quarter.first - _ONE_DAY)


# As a calendar ------------------------------------------------------------------------------------------------------


def ahead(today: date) -> tuple[Period, ...]:
    """Return the quarters whose ends a calendar file holds, the present one first."""
    found = [quarter_of(today)]
    while len(found) < AHEAD:
        found.append(quarter_of(found[-1].last + _ONE_DAY))
    return tuple(found)


def save(store: Store, file: Path, *, scheme: str, today: date) -> int:
    """Write the calendar file; return how many events it holds. Raises Unavailable."""
    quarters = ahead(today)
    days = scheme_settings.read(store).remind_days
    whole_file.put(file, document(quarters, scheme=scheme, days=days))
    return len(quarters)


def document(quarters: tuple[Period, ...], *, scheme: str, days: int) -> bytes:
    """Return the iCalendar file (RFC 5545) of the ends of `quarters`, with an alarm `days` before each (0: none).

    `scheme` tells it from other schemes (`Identity.hub_id`), so that reading a later file brings events up to date. It
    holds nothing of the records. The same quarters give the same bytes.
    """
    calendar = Calendar()
    calendar.add("prodid", "-//icv-app//quarters//EN")
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    for quarter in quarters:
        calendar.add_component(_event(quarter, scheme, days))
    made: bytes = calendar.to_ical()
    return made


def _event(quarter: Period, scheme: str, days: int) -> Event:
    event = Event()
    event.add("uid", str(uuid.uuid5(NAMESPACE, f"quarter-end {scheme} {quarter.name}")))
    event.add("dtstamp", datetime.combine(quarter.first, time(), UTC))  # no moment of making: the same bytes
    event.add("dtstart", quarter.last)
    event.add("dtend", quarter.last + _ONE_DAY)
    event.add("summary", tr("The quarter ends: {months}", months=months_words(quarter.first, quarter.last)))
    event.add(
        "description",
        tr("Have the last reports sent and the planned visits accounted for, then publish the figures."),
    )
    event.add("transp", "TRANSPARENT")
    if days:
        alarm = Alarm()
        alarm.add("action", "DISPLAY")
        alarm.add("description", tr("The quarter ends soon."))
        alarm.add("trigger", timedelta(days=-days))
        event.add_component(alarm)
    return event
