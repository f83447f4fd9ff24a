"""What a figure says in one line, whatever is known of it."""

import pytest

from icv_app import figure_name
from icv_app.figure import Figure


@pytest.mark.parametrize(
    ("about", "said"),
    [
        ({"value": 1030}, "1,030"),
        ({}, "not recorded"),
        ({"withheld": True}, "[c]"),
        ({"numerator": 30, "denominator": 35}, "30 of 35 (85.7%)"),
        ({"numerator": 281, "denominator": None}, "281 of a number not known"),
        ({"numerator": 0, "denominator": 0}, "0 of 0"),
        ({"figure": "target_coverage", "numerator": 0, "denominator": 0}, "none due"),
        ({"figure": "target_coverage", "numerator": 2, "denominator": 0}, "2, none due"),
    ],
)
def test_a_figure_says_no_more_than_is_known(about, said):
    assert figure_name.result(Figure(**{"measure": "custody_visit", "figure": "seen_share", **about})) == said


def test_a_figure_is_called_by_its_measure_and_its_own_name():
    figure = Figure(measure="custody_visit", figure="target_coverage", numerator=1, denominator=2)
    assert figure_name.title(figure) == "Custody visits: target coverage"
    assert figure_name.name(figure) == "target coverage"
    assert figure_name.name(Figure(measure="issues", figure="raised_hygiene")) == "raised about hygiene"
