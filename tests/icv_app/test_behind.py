"""Every figure can be followed to its visits: the rebuilt quarter of July to September 2025."""

import contextlib

import pytest

import resources
from icv_app import behind
from icv_app.laptop import Laptop
from icv_app.periods import parse_period
from icv_app.vault import Strength


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
