"""Accounts: at one laptop, the account of any period, and the ones that were published.

Held by `Laptop`; every method but those that save is safe to call from another thread.
"""

import contextlib
from collections.abc import Callable
from dataclasses import replace

from forms.translation import language, tr
from icv_app import (
    __version__,
    commentary,
    figures,
    opening,
    paper_template,
    regularity,
    rulebook,
    scheme_settings,
    series,
    visit_list,
)
from icv_app.account import Account, Compared
from icv_app.cipher import Connection
from icv_app.clock import Clock
from icv_app.faults import in_words
from icv_app.figure import Period
from icv_app.identity import Identity
from icv_app.periods import a_year_earlier, before
from icv_app.summary import Summary

Connect = Callable[[], Connection]


class Accounts:
    """Counts through a connection of its own, which `connect` opens; `office`: whether the laptop sees every report."""

    def __init__(self, connect: Connect, identity: Identity, clock: Clock, office: Callable[[], bool]) -> None:
        self._connect, self._identity, self._clock, self._office = connect, identity, clock, office

    def summary(self, period: Period) -> Summary:
        """Return the compliance summary of a period."""
        with in_words(), contextlib.closing(self._connect()) as connection:
            return self._summary(connection, period)

    def of(self, period: Period) -> Account:
        """Return the account of a period as the records have it now."""
        today = self._clock.today()
        with in_words(), contextlib.closing(self._connect()) as connection:
            rules = rulebook.read(connection)
            return Account(
                summary=self._summary(connection, period),
                scheme=self._identity.scheme,
                marking=scheme_settings.held(connection).marking,
                records_to=visit_list.latest(connection, today, reviews=True),
                program_version=__version__,
                language=language(),
                before=self._compared(connection, before(period)),
                year_before=self._compared(connection, a_year_earlier(period)),
                to_date=self._to_date(connection, period),
                commentary=commentary.read(connection, period.name),
                series=series.read(connection, period, min(period.last, today)),
                openings=opening.of(rules.calendar, rules.sites, period),
                targets=rules.targets.touching(period.first, period.last),
                papers=paper_template.every(connection),
            )

    def _summary(self, connection: Connection, period: Period) -> Summary:
        summary = figures.of(period, connection, self._clock.today())
        if self._office():
            return summary
        partly = tr(
            "Made on a visitor's laptop, which may read only some of the scheme's reports: these are not the scheme's "
            "figures. The office's summary counts them all."
        )
        told = tuple(each for each in summary.figures if each.figure not in regularity.OFFICE_ONLY)
        return replace(summary, figures=told, notes=(partly, *summary.notes))

    def _compared(self, connection: Connection, period: Period) -> Compared | None:
        """Return the figures of another period, None where the scheme has nothing of it."""
        first = visit_list.earliest(connection)
        if first is None or first > period.last:
            return None
        return Compared(period=period, figures=self._summary(connection, period).figures)

    def _to_date(self, connection: Connection, period: Period) -> Compared | None:
        first = visit_list.earliest(connection)
        if first is None or first >= period.first:
            return None
        last = min(period.last, self._clock.today())
        whole = Period(name=f"{first}..{last}", first=first, last=last, week_rule=period.week_rule)
        return Compared(period=whole, figures=self._summary(connection, whole).figures)
