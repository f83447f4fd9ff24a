"""Every figure can be followed to its records: the rebuilt quarter of July to September 2025, and a large scheme."""

import contextlib
from datetime import date, datetime

import pytest

import resources
from icv_app.clock import LONDON, Clock
from icv_app.counting import behind, figures, issue_figures
from icv_app.examples import large_scheme
from icv_app.figure import Figure
from icv_app.laptop import Laptop
from icv_app.periods import parse_period
from icv_app.profiles.vault import Strength
from tests.laptops import founded


@pytest.fixture(scope="module")
def quarter(tmp_path_factory):
    folder = tmp_path_factory.mktemp("behind") / "office"
    with Laptop.start(
        folder, scheme="Test", person="OFFICE1", role="coordinator", passphrase="long enough", strength=Strength.LIGHT
    ) as laptop:
        laptop.import_folder(resources.path("example"))
        summary = laptop.summary(parse_period("2025-26-Q2"))
        with contextlib.closing(laptop.profile.connect()) as connection:
            yield connection, summary


@pytest.mark.parametrize("site", [None, "euston-street", "keyham-lane", "beaumont-leys"])
@pytest.mark.parametrize("name", ["visits_completed", "visits_attempted"])
def test_a_count_of_visits_has_as_many_visits_behind_it(quarter, name, site):
    connection, summary = quarter
    figure = summary.get("custody_visit", name, site)
    assert len(behind.visits(connection, summary, figure)) == figure.value


@pytest.mark.parametrize("site", [None, "euston-street", "keyham-lane", "beaumont-leys"])
def test_scheduled_visits_are_those_that_name_a_slot_of_the_period(quarter, site):
    connection, summary = quarter
    figure = summary.get("custody_visit", "scheduled_completed", site)
    assert len(behind.visits(connection, summary, figure)) == figure.numerator


def test_coverage_shows_the_visits_of_its_weeks(quarter):
    connection, summary = quarter
    figure = summary.get("custody_visit", "target_coverage", "beaumont-leys")
    assert behind.visits(connection, summary, figure) == (
        "CV-2025-0027", "CV-2025-0028", "CV-2025-0029", "CV-2025-0030"
    )  # fmt: skip


def test_every_figure_of_visits_is_answered_and_no_other(quarter):
    connection, summary = quarter
    for figure in summary.figures:
        found = behind.visits(connection, summary, figure)
        of_people = figure.measure == "volunteers" and figure.figure != "visit_minutes"
        assert (found is None) == (figure.measure == "record_review" or of_people), figure


# Every kind of record -------------------------------------------------------------------------------------------------

TODAY = date(2026, 11, 22)
COUNTED = {
    "visits_completed", "visits_attempted", "currently_visiting", "volunteers", "in_training", "joined", "left",
    "serious_issues", "raised", "raised_serious", "open_at_end", "open_over_28_days", "open_over_84_days",
    "visits_not_admitted", "visits_abandoned", "open_at_end_raised", "open_before", "closed",
    *(f"raised_{theme}" for theme in issue_figures.THEMES), "tact_visits", "training_visits", "remote_visits",
    "visits_weekday", "visits_weekend", "visits_day", "visits_evening", "visits_night", "times_missing",
    "held_up_to_24", "held_24_to_48", "held_48_to_72", "held_72_to_96", "held_96_to_120", "held_over_120",
}  # fmt: skip
"""Figures that are a number of records."""
WHOLE = {"admitted_immediately", "resolved_at_visit", "answered_in_time", "praise_shared", "recommendations_answered",
         "delayed_over_threshold", "visits_with_praise", "is91_on_record", "held_over_24_hours"}  # fmt: skip
"""Ratios whose whole is a number of records."""


@pytest.fixture(scope="module")
def large(tmp_path_factory):
    folder = tmp_path_factory.mktemp("large")
    large_scheme.write_folder(folder / "scheme", TODAY)
    clock = Clock(lambda: datetime(2026, 11, 22, 12, tzinfo=LONDON))
    with founded(folder / "office", clock=clock) as laptop:
        laptop.import_folder(folder / "scheme")
        with contextlib.closing(laptop.profile.connect()) as connection:
            yield connection


@pytest.mark.parametrize("name", ["2026-27-Q2", "2026-27-Q3", "2025-26", "2026-04-10..2026-06-09"])
def test_every_figure_of_a_large_scheme_opens_its_records(large, name):
    summary = figures.of(parse_period(name), large, TODAY)
    origins = behind.Origins(large, summary, TODAY)
    kinds = set()
    for figure in summary.figures:
        found = origins.of(figure)  # a figure without a rule fails here
        kinds |= {kind for kind, _ in found}
        if figure.value or figure.numerator:
            assert found, figure
        if figure.figure in COUNTED and figure.measure == issue_figures.MEASURE:  # one report may tell of several
            assert bool(found) == bool(figure.value), figure
            assert len(found) <= figure.value, figure
        elif figure.figure in COUNTED:
            assert len(found) == (figure.value or 0), figure
        if figure.figure in WHOLE:
            assert len(found) == (figure.denominator or 0), figure
        if figure.figure == "scheduled_completed":
            assert sum(kind == "slot" for kind, _ in found) == figure.denominator, figure
            assert sum(kind == "visit" for kind, _ in found) >= figure.numerator, figure
    assert kinds >= {"visit", "slot", "target", "site", "visitor"}


def test_every_figure_of_the_example_opens_its_records_of_every_kind(quarter):
    connection, summary = quarter
    kinds = set()
    for figure in summary.figures:
        found = behind.records(connection, summary, figure)
        kinds |= {each.kind for each in found}
        assert found or not (figure.value or figure.numerator), figure
        if figure.measure == "issues" and figure.value is not None and figure.unit == "issues":
            assert len(found) == figure.value, figure
    assert kinds >= {"visit", "slot", "issue", "target", "site", "site_status", "visitor", "record_review"}


def test_records_are_told_in_words_that_name_nobody(large):
    summary = figures.of(parse_period("2026-27-Q2"), large, TODAY)
    codes = [code for (code,) in large.execute("SELECT DISTINCT visitor FROM fact_visitor")]
    for figure in summary.figures:
        for each in behind.records(large, summary, figure, today=TODAY):
            assert each.key
            assert each.words
            assert not any(code in each.words for code in codes), each
    figure = summary.get("custody_visit", "scheduled_completed", "north-gate")
    words = [each.words for each in behind.records(large, summary, figure, today=TODAY)]
    assert words[0].startswith("Custody visit ")
    assert ", North Gate, " in words[0]
    assert any(said.startswith("Planned visit ") and "from " in said for said in words)


def test_behind_the_share_of_people_detained_are_the_rows_that_say_so(office_with_throughput):
    connection, summary = office_with_throughput
    found = behind.records(connection, summary, summary.get("custody_visit", "reach"))
    assert summary.get("custody_visit", "reach").denominator == 4000
    assert [each.key for each in found if each.kind == "throughput"] == ["2025-07-01|2025-09-30"]


def test_minutes_beside_visits_open_what_was_entered(office_with_throughput):
    connection, summary = office_with_throughput
    for kind, count in (("training", 1), ("other", 2), ("meeting", 0)):
        found = behind.records(connection, summary, summary.get("volunteers", f"{kind}_minutes"))
        assert [each.kind for each in found] == ["duty"] * count


def test_a_figure_without_a_rule_is_refused(quarter):
    connection, summary = quarter
    for measure in ("custody_visit", "record_review", "volunteers"):
        with pytest.raises(KeyError):
            behind.records(connection, summary, Figure(measure=measure, figure="shoe_size", value=1))


@pytest.fixture
def office_with_throughput(scheme):
    store = scheme.office.store
    detained = {"from": "2025-07-01", "to": "2025-09-30", "persons_detained": 4000, "source": "Force"}
    store.save("throughput", "2025-07-01|2025-09-30", detained)
    month = {**detained, "to": "2025-07-31", "persons_detained": 1300}  # within the quarter's row: not counted again
    store.save("throughput", "2025-07-01|2025-07-31", month)
    for number, kind in enumerate(("training", "gardening", "other")):
        body = {"visitor": "ICV01", "date": "2025-08-01", "kind": kind, "minutes": 60}
        store.save("duty", f"ICV01|{number}", body)
    return store.connection, figures.of(parse_period("2025-26-Q2"), store.connection, TODAY)
