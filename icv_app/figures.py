"""Figures: the whole summary of a period, by the rules of `interfaces.md` §3 (worked through in docs/figures.md).

The rules of counting live with their nouns (coverage, slots, tallies, volunteers, ...); here they are brought together.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date

from forms.translation import plural, tr
from icv_app import (
    coverage,
    delays,
    gaps,
    issue_figures,
    record_reviews,
    regularity,
    restatement,
    rulebook,
    scheme_settings,
    slots,
    tallies,
    throughput,
    training,
    volunteers,
)
from icv_app.cipher import Connection
from icv_app.coverage import COVERED, Coverage
from icv_app.figure import Figure, Period
from icv_app.findings import findings
from icv_app.footnotes import footnotes
from icv_app.rulebook import SITE_KIND, Rulebook
from icv_app.slots import Scheduled
from icv_app.summary import Summary
from icv_app.tallies import Tally
from icv_app.visit_lines import Counted, visit_lines
from icv_app.wording import span_words


def of(period: Period, connection: Connection, today: date) -> Summary:
    """Return the summary of `period`, from the fact tables in `connection`.

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
            figures += visit_lines(counted)
            if measure in COVERED:
                figures += regularity.gap_lines(apart, measure, until)
            if measure == delays.MEASURE:
                figures += regularity.spread_lines(connection, book, settings.bands, until)
                figures += delays.lines(delays.read(connection, book, period), settings.delay_threshold)
            at_visits += counted.together.minutes
        lone = (
            plural(
                "{count} form without a session counted as one each",
                "{count} forms without a session counted as one each",
                reviewed.lone_cases,
            )
            if reviewed.lone_cases
            else ""
        )
        for measure, name, value, unit, note in (
            ("record_review", "records_reviewed", reviewed.records, "records", lone),
            ("record_review", "immigration_records_reviewed", reviewed.immigration, "records", ""),
            ("record_review", "recommendations", reviewed.recommendations, "recommendations", ""),
            ("volunteers", "volunteers", heads.volunteers, "people", ""),
            ("volunteers", "currently_visiting", heads.currently_visiting, "people", ""),
        ):
            figures.append(Figure(measure=measure, figure=name, value=value, unit=unit, note=note))
        figures += volunteers.time_lines(at_visits, volunteers.beside(connection, period.first, period.last))
        figures += issue_figures.lines(
            issue_figures.found(connection, period), issue_figures.alive(connection, period, until), period, today
        )
        return Summary(
            period=period,
            figures=tuple(figures),
            sites=book.sites,
            coverage=tuple(cell for measure in COVERED for cell in judged[measure].cells),
            findings=findings(connection, period),
            not_made=rota.not_made,
            sessions=reviewed.sessions,
            notes=(
                *restatement.notes(connection, period, figures, {site.site: site.name for site in book.sites}),
                *footnotes(connection, book, period, judged, today),
            ),
        )


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
