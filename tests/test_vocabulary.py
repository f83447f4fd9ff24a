"""Codes and the words for them: what one place adds, every place that spells it out must know."""

from typing import get_args

import pytest

from forms import reader
from icv_app import figure_name, identity
from icv_app.interchange_folder import interchange
from icv_app.summary import CoverageState
from reports import defence
from reports.summary import coverage
from tests.icv_app.small_scheme import small_scheme
from ui.starting import welcome
from ui.visits import visit_list


@pytest.fixture(scope="module")
def figures():
    with small_scheme() as scheme:
        return scheme.summary("2025-26-Q2").figures


def test_the_interchange_folder_takes_the_forms_that_are_shipped():
    assert reader.shipped() == interchange.FORMS


def test_every_form_has_a_kind_of_site_that_a_list_of_sites_may_hold():
    assert set(interchange.SITE_KIND_OF) == set(interchange.FORMS)
    assert set(interchange.SITE_KIND_OF.values()) == set(interchange.SITES.column("kind").allowed)


def test_every_outcome_of_a_visit_has_words_in_the_list_of_visits():
    assert set(visit_list.OUTCOMES) == set(interchange.VISITS.column("status").allowed)


def test_every_role_can_be_chosen_in_the_window():
    assert {role for role, _ in welcome.ROLES} == set(identity.ROLES)


def test_every_state_of_the_coverage_grid_has_words():
    assert set(coverage.STATES) == set(get_args(CoverageState))


def test_every_figure_has_a_name_and_a_rule_in_plain_words(figures):
    assert {figure.measure for figure in figures} == set(figure_name.MEASURES)
    for figure in figures:
        assert "_" not in figure_name.title(figure), figure.figure
        assert defence.rule(figure), figure.figure
        assert figure.figure in figure_name._NAMES


def test_no_two_figures_have_one_title(figures):
    titles = {(figure.measure, figure.figure): figure_name.title(figure) for figure in figures}
    assert len(set(titles.values())) == len(titles)
    assert titles["custody_visit", "not_available_court"].endswith(": not available: at court, or on video to court")
