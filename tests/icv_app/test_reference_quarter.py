"""The reference quarter (July to September 2025): the figures that were published come out of its records."""

import csv

import pytest

import resources
from icv_app.figure import Figure
from tests.icv_app.small_scheme import small_scheme

KEYS = {
    "sites": ("site", ("site",)), "site_status": ("site_status", ("site", "from")),
    "targets": ("target", ("measure", "site", "from")), "visitors": ("visitor", ("visitor", "from")),
    "slots": ("slot", ("slot",)), "visits": ("visit", ("visit",)), "record_reviews": ("record_review", ("session",)),
    "issues": ("issue", ("issue",)),
}  # fmt: skip


@pytest.fixture(scope="module")
def summary():
    with small_scheme() as scheme:
        for name, (kind, parts) in KEYS.items():
            with (resources.path("example") / f"{name}.csv").open(encoding="utf-8", newline="") as file:
                for row in csv.DictReader(file):
                    body = {field: int(value) if value.isdigit() else value for field, value in row.items() if value}
                    if kind in ("visit", "record_review"):
                        body["state"] = "accepted"
                    scheme.put(kind, "|".join(row[part] for part in parts), body)
        yield scheme.summary("2025-26-Q2")


@pytest.mark.parametrize(
    ("measure", "figure", "site", "fraction", "percent"),
    [
        ("custody_visit", "scheduled_completed", None, (30, 30), "100.0"),
        ("custody_visit", "target_coverage", None, (30, 35), "85.7"),
        ("custody_visit", "target_coverage", "beaumont-leys", (4, 9), "44.4"),
        ("custody_visit", "target_coverage", "euston-street", (13, 13), "100.0"),
        ("custody_visit", "target_coverage", "keyham-lane", (13, 13), "100.0"),
        ("custody_visit", "reach", None, (224, None), None),
        ("kennel_visit", "target_coverage", None, (3, 3), "100.0"),
        ("kennel_visit", "target_coverage", "dog-unit", (3, 3), "100.0"),
        ("training_observation", "scheduled_completed", None, (0, 1), "0.0"),
        ("training_observation", "target_coverage", None, (0, 6), "0.0"),
    ],
)
def test_the_ratios_are_the_published_ones(summary, measure, figure, site, fraction, percent):
    found: Figure = summary.get(measure, figure, site)
    assert (found.numerator, found.denominator) == fraction
    assert found.percent == percent


@pytest.mark.parametrize(
    ("measure", "figure", "site", "value"),
    [
        ("custody_visit", "visits_completed", None, 30),
        ("custody_visit", "visits_completed", "beaumont-leys", 4),
        ("custody_visit", "missed_periods", None, 5),
        ("custody_visit", "serious_issues", None, 0),
        ("kennel_visit", "visits_completed", None, 3),
        ("training_observation", "visits_completed", None, 0),
        ("record_review", "records_reviewed", None, 35),
        ("record_review", "immigration_records_reviewed", None, 15),
        ("record_review", "recommendations", None, 7),
    ],
)
def test_the_counts_are_the_published_ones(summary, measure, figure, site, value):
    assert summary.get(measure, figure, site).value == value


def test_beside_the_figures_stand_the_request_the_praise_and_the_cancelled_day(summary):
    assert [(each.kind, each.site) for each in summary.findings] == [
        ("detainee_request", "euston-street"),
        ("positive_comment", "keyham-lane"),
        ("positive_comment", "beaumont-leys"),
    ]
    (cancelled,) = summary.not_made
    assert (cancelled.slot, cancelled.reason) == ("T001", "Other training requirements for the Dog Unit")
    assert [session.records for session in summary.sessions] == [35]


def test_the_heatmap_has_a_cell_for_every_week_at_every_suite(summary):
    states = [cell.state for cell in summary.coverage if cell.site == "beaumont-leys"]
    assert len(states) == 13
    assert {state: states.count(state) for state in states} == {"covered": 4, "missed": 5, "closed": 4}
