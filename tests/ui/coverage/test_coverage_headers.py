"""The heads of the coverage grid: what stands over a column, and above several."""

from datetime import date

import pytest

from icv_app.periods import unit_of
from ui.coverage.coverage_headers import above, head


@pytest.mark.parametrize(
    ("per", "day", "named", "shared"),
    [
        ("week", date(2026, 6, 30), "5", "July 2026"),  # a week that begins in June is named by its Sunday
        ("month", date(2026, 6, 30), "Jun", "2026"),
        ("quarter", date(2027, 2, 1), "Jan–Mar", "2027"),
        ("year", date(2027, 2, 1), "2026-27", "2027"),
    ],
)
def test_a_column_is_named_by_its_unit_and_by_what_it_shares(per, day, named, shared):
    unit = unit_of(day, per)
    assert (head(unit, per), above(unit, per)) == (named, shared)
