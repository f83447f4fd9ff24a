"""Figures: the whole summary of a period, by the rules of `interfaces.md` §3 (worked through in docs/figures.md).

The rules of counting live with their nouns (coverage, slots, tallies, volunteers, ...); here they are brought together.
"""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import date

from forms.translation import tr
from icv_app.counting import (
    apart,
    cancellations,
    contacts,
    coverage,
    delays,
    dogs,
    entry_times,
    gaps,
    issue_figures,
    record_reviews,
    regularity,
    restatement,
    rulebook,
    slots,
    tallies,
    throughput,
    times_held,
    training,
    turned_away,
    visit_lines,
    volunteers,
)
from icv_app.counting.coverage import COVERED, Coverage
from icv_app.counting.findings import findings
from icv_app.counting.footnotes import footnotes
from icv_app.counting.rulebook import SITE_KIND, Rulebook
from icv_app.counting.slots import Scheduled
from icv_app.counting.tallies import Tally
from icv_app.counting.visit_lines import Counted
from icv_app.encryption.cipher import Connection
from icv_app.figure import Figure, Period
from icv_app.scheme import scheme_settings
from icv_app.summary import Summary
from icv_app.wording import span_words


def of(period: Period, connection: Connection, today: date, *, texts: bool = True) -> Summary:
    """Return the summary of `period`, from the fact tables in `connection`; without `texts`, no findings and notes.

    `today` tells what was missed from what is still to come, and where a period is not over, the day up to which gaps
    and open issues are looked at. Every unit that ends in the period is counted as due, whenever the summary is made.
    Reads one state of the data, in a transaction of its own unless one is open.
    """
    with _one_state(connection):
        book = rulebook.read(connection)
        made = tallies.read(connection, period.first, period.last)
        rota = slots.read(connection, book, period, today)
        judged = {measure: _coverage(connection, book, measure, period, today) for measure in COVERED}
        reviewed = record_reviews.read(connection, period)
        heads = volunteers.count(connection, period.last)
        settings = scheme_settings.held(connection)
        until = min(period.last, today)
        apart = gaps.read(connection, book, period, until)
        at_visits = 0
        figures: list[Figure] = []
        detained = throughput.detained(throughput.read(connection, period), period)
        for measure in SITE_KIND:
            sites = [site.site for site in book.sites_of(measure)]
            counted = Counted(
                measure=measure,
                made={site: made.get((measure, site), Tally()) for site in sites},
                planned={site: rota.scheduled.get((measure, site), Scheduled()) for site in sites},
                coverage=judged.get(measure) or _training_target(connection, book, period.last),
                detained=detained,
            )
            figures += visit_lines.visit_lines(counted)
            if measure in COVERED:
                figures += regularity.gap_lines(apart, measure, until)
            if measure == delays.MEASURE:
                figures += regularity.spread_lines(connection, book, settings.bands, until)
                figures += delays.lines(delays.read(connection, book, period), settings.delay_threshold)
                figures += _added(connection, book, period, counted, settings.bands)
            if measure == dogs.MEASURE:
                figures += visit_lines.number_lines(counted)
                figures += dogs.lines(connection, book, period)
            if measure == cancellations.MEASURE:
                figures += cancellations.lines(connection, book, period)
            at_visits += counted.together.minutes
        figures += record_reviews.lines(reviewed)
        figures += times_held.lines(times_held.read(connection, period))
        figures += volunteers.head_lines(heads)
        figures += volunteers.time_lines(at_visits, volunteers.beside(connection, period.first, period.last))
        figures += volunteers.move_lines(heads, volunteers.moves(connection, period))
        of_any_age = issue_figures.alive(connection, period, until)
        figures += issue_figures.lines(
            issue_figures.found(connection, period), of_any_age, period, today, reviewed.recommendations
        )
        return Summary(
            period=period,
            figures=tuple(figures),
            sites=book.sites,
            coverage=tuple(cell for measure in COVERED for cell in judged[measure].cells),
            findings=findings(connection, period, until) if texts else (),
            oldest_open=issue_figures.oldest_open(of_any_age, period, until) if texts else (),
            not_made=rota.not_made,
            sessions=reviewed.sessions,
            as_of=until,
            over=today > period.last,
            records_from=book.records_from,
            notes=()
            if not texts
            else (
                *restatement.notes(connection, period, figures, {site.site: site.name for site in book.sites}),
                *footnotes(connection, book, period, judged, today),
            ),
        )


def made(period: Period, connection: Connection) -> tuple[Figure, ...]:
    """Return what was completed and reviewed in a period, all sites together, and no more.

    For the line of a scheme to date: counted in the database, it costs no memory however many years it covers.
    """
    with _one_state(connection):
        completed = {
            measure: sum(
                done for done, _ in tallies.within(connection, measure, [(period.first, period.last)]).values()
            )
            for measure in SITE_KIND
        }
        found = [
            Figure(measure=measure, figure="visits_completed", value=value, unit="visits")
            for measure, value in completed.items()
        ]
        return (*found, *record_reviews.lines(record_reviews.read(connection, period)))


def _added(
    connection: Connection, book: Rulebook, period: Period, counted: Counted, bands: Sequence[str]
) -> Iterator[Figure]:
    """Yield the figures of custody visits that stand after the older ones (docs/figures.md: added)."""
    at_visits = contacts.read(connection, book, period)
    yield from contacts.lines(at_visits, contacts.unavailable(connection, period))
    yield from visit_lines.number_lines(counted)
    yield from entry_times.lines(entry_times.read(connection, bands, period))
    yield from contacts.praise_lines(at_visits)
    yield from apart.lines(connection, period)
    yield from turned_away.lines(counted.together)


@contextmanager
def _one_state(connection: Connection) -> Iterator[None]:
    if connection.in_transaction:
        yield
        return
    connection.execute("BEGIN")
    try:
        yield
    finally:
        connection.execute("COMMIT")  # nothing was written: this only lets go of the state that was read


def _coverage(connection: Connection, book: Rulebook, measure: str, period: Period, today: date) -> Coverage:
    units_of = coverage.spans(book, measure, period)
    spans = {(unit.first, unit.last) for its in units_of.values() for of_per in its.values() for unit in of_per}
    spans.update(edge for edge in coverage.edges(period) if edge)
    made = tallies.within(connection, measure, sorted(spans))
    return coverage.judge(book, measure, period, units_of, made, today)


def _training_target(connection: Connection, book: Rulebook, day: date) -> Figure:
    year = training.so_far(connection, book, day)
    return Figure(
        measure=training.MEASURE,
        figure="target_coverage",
        numerator=year.made,
        denominator=year.number,
        unit="visits",
        note=tr("Financial year to date: {days}", days=span_words(year.year.first, day)),
    )
