"""The period that a sample of a paper's template is made of."""

from datetime import date

import pytest

from icv_app.periods import parse_period
from icv_app.summaries import paper_period


@pytest.mark.parametrize(
    ("template", "quarter", "first", "wanted"),
    [
        ("panel_paper", "2025-26-Q2", date(2020, 1, 1), "2025-26-Q2"),
        ("annual_paragraphs", "2025-26-Q2", date(2020, 1, 1), "2024-25"),
        ("annual_paragraphs", "2024-25-Q4", date(2020, 1, 1), "2024-25"),
        ("annual_paragraphs", "2025-26-Q1", date(2025, 3, 31), "2024-25"),
        ("annual_paragraphs", "2025-26-Q1", date(2025, 4, 1), "2025-26"),  # nothing is known of the year before
        ("annual_paragraphs", "2025-26-Q1", None, "2025-26"),
    ],
)
def test_a_sample_is_of_the_latest_period_of_its_kind_that_is_over_and_recorded(template, quarter, first, wanted):
    assert paper_period.of_sample(template, parse_period(quarter), first).name == wanted
