"""Accounts: at one laptop, the account of any period, and the ones that were published.

Held by `Laptop`; every method but those that save is safe to call from another thread.
"""

import contextlib
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from functools import cache, partial

from forms.translation import language, tr
from icv_app import __version__, opening
from icv_app.account import Account, Compared
from icv_app.clock import Clock
from icv_app.counting import beginning, figures, long_waits, regularity, restatement, rulebook, series, turned_away
from icv_app.counting.publication import Published
from icv_app.encryption.cipher import Connection
from icv_app.encryption.faults import in_words
from icv_app.errors import InvalidInput
from icv_app.figure import Period
from icv_app.identity import Identity
from icv_app.periods import a_year_earlier, before, quarter_of, units
from icv_app.public import disclosure
from icv_app.records import visit_list
from icv_app.scheme import scheme_settings
from icv_app.storage.store import Store
from icv_app.summaries import (
    commentary,
    edition,
    handed_out,
    paper_template,
    part_of_scheme,
    published,
    quality,
    recorded_span,
    still_out,
)  # fmt: skip
from icv_app.summaries.published import Make
from icv_app.summary import Summary

Connect = Callable[[], Connection]
Count = Callable[[Period], Compared]
"""Counts a period that is only compared."""


class Accounts:
    """Counts through a connection of its own, which `connect` opens; `office`: whether the laptop sees every report."""

    def __init__(self, connect: Connect, identity: Identity, clock: Clock, office: Callable[[], bool]) -> None:
        self._connect, self._identity, self._clock, self._office = connect, identity, clock, office

    def summary(self, period: Period) -> Summary:
        """Return the compliance summary of a period."""
        with in_words(), contextlib.closing(self._connect()) as connection:
            return self._told(connection, period, partial(self._counted, connection))

    def of(self, period: Period) -> Account:
        """Return the account of a period as the records have it now."""
        today = self._clock.today()
        with in_words(), contextlib.closing(self._connect()) as connection:
            rules, settings = rulebook.read(connection), scheme_settings.held(connection)
            first = beginning.earliest(connection)
            counted = cache(partial(self._counted, connection))  # a year's quarters are asked for twice
            records_to = visit_list.latest(connection, today, reviews=True)
            summary = self._told(connection, period, counted)
            # part of the records tells nothing of when the scheme's begin and end
            spanned = tuple(recorded_span.notices(summary, records_to, first)) if self._office() else ()
            account = Account(
                summary=replace(summary, notes=(*summary.notes, *spanned)),
                scheme=self._identity.scheme,
                marking=settings.marking,
                public_marking=settings.marking,
                small_number=settings.small_number,
                records_to=_within(records_to, summary),
                program_version=__version__,
                language=language(),
                before=_compared(first, before(period), counted),
                year_before=_compared(first, a_year_earlier(period), counted),
                to_date=self._to_date(connection, first, period),
                commentary=commentary.read(connection, period.name),
                series=series.read(connection, period, min(period.last, today)),
                openings=opening.of(rules.calendar, rules.sites, period),
                targets=rules.targets.touching(period.first, period.last),
                papers=paper_template.every(connection),
                parts=_parts(period, counted),
                over=today > period.last,
                quality=quality.of_period(connection, period) if self._office() else (),
                left_out=still_out.read(connection, period),
                turned_away=turned_away.read(connection, period),
                long_waits=long_waits.read(connection, period, settings.delay_threshold),
                whole=self._office(),
            )
            return replace(account, marking=settings.report_marking) if disclosure.is_restricted(account) else account

    def published(self, name: str, label: str | int | None = None) -> Account:
        """Return the account of a published period as an edition of it kept it, of the last one unless told.

        `label`: "2", or "1b" (`edition.one`). Raises InvalidInput: "no_edition", "which_edition" where several are the
        last, "not_kept" where only figures were kept, "altered" where it is not as it was kept.
        """
        with in_words(), contextlib.closing(self._connect()) as connection:
            return edition.one(connection, name, label).told()

    def public(self, account: Account) -> Account:
        """Return an account as the public may have it; set beside what was published before, it tells of nobody.

        Raises InvalidInput("office_only") on a visitor's laptop: it has part of the figures, and knows of no edition.
        """
        self.refuse_others()
        with in_words(), contextlib.closing(self._connect()) as connection:
            told = handed_out.of(connection, account)
        return disclosure.public(account, handed_out=told)

    def refuse_others(self) -> None:
        """Raise InvalidInput("office_only") on a laptop that sees only part of the scheme's reports."""
        if not self._office():
            raise InvalidInput("office_only", tr("Only the scheme's office can do that. Please ask the office."))

    def publish(self, store: Store, period: Period, *, make: Make | None = None) -> Published:
        """Keep the account of a period as it comes out now; to be called from the thread that owns `store`.

        `make` makes the documents whose sums are kept (`reports.making.make`). Raises what `published.publish` raises.
        """
        today = self._clock.today()
        published.refuse_unfinished(period, today)
        return published.publish(
            store, period, by=self._identity.person, today=today, account=self.of(period), make=make
        )

    def _told(self, connection: Connection, period: Period, counted: Count) -> Summary:
        """Return the summary of a period, with what is restated of the published ones that lie within it."""
        summary = self._summary(connection, period)
        names = {site.site: site.name for site in summary.sites}
        told = restatement.within(connection, period, lambda part: counted(part).figures, names)
        return replace(summary, notes=(*told, *summary.notes)) if told else summary

    def _summary(self, connection: Connection, period: Period, *, texts: bool = True) -> Summary:
        summary = figures.of(period, connection, self._clock.today(), texts=texts)
        if self._office():
            return summary
        told = tuple(each for each in summary.figures if each.figure not in regularity.OFFICE_ONLY)
        return replace(summary, figures=told, notes=(part_of_scheme.words(), *summary.notes))

    def _to_date(self, connection: Connection, first: date | None, period: Period) -> Compared | None:
        if first is None or first > period.last or (first >= period.first and not recorded_span.is_late(first, period)):
            return None
        last = min(period.last, self._clock.today())
        whole = Period(name=f"{first}..{last}", first=first, last=last, week_rule=period.week_rule)
        return Compared(period=whole, figures=figures.made(whole, connection))

    def _counted(self, connection: Connection, period: Period) -> Compared:
        summary = self._summary(connection, period, texts=False)
        return Compared(period=period, figures=summary.figures, sessions=summary.sessions)


def _within(records_to: date | None, summary: Summary) -> date | None:
    """Return the last day of which an account tells: that of the last record, up to the end of the period's last unit.

    What comes in of later days is no part of it and leaves the bytes of its documents as they are.
    """
    last = max((summary.period.last, *(cell.last for cell in summary.coverage)))
    return None if records_to is None else min(records_to, last)


def _compared(first: date | None, period: Period, counted: Count) -> Compared | None:
    """Return the figures of another period, None where the scheme, whose records begin on `first`, has none of it."""
    return None if first is None or first > period.last else counted(period)


def _parts(period: Period, counted: Count) -> tuple[Compared, ...]:
    """Return the quarters of a longer period, () of others: what a year may tell in public goes by them."""
    quarters = units(period, "quarter")
    whole = len(quarters) > 1 and (quarters[0].first, quarters[-1].last) == (period.first, period.last)
    return tuple(counted(quarter_of(each.first)) for each in quarters) if whole else ()
