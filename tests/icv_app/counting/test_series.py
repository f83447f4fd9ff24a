"""The series of control charts: what their points are, how many, and that they are read by the index."""

from datetime import date, timedelta

import pytest

from icv_app.counting import series
from icv_app.periods import parse_period
from tests.icv_app.small_scheme import small_scheme

QUARTER = parse_period("2026-27-Q3")  # October to December 2026
END = QUARTER.last


@pytest.fixture
def scheme():
    with small_scheme() as found:
        found.site("euston", name="Euston Street")
        found.site("dogs", "dog_unit_kennels")
        yield found


def read(scheme, what="days_between", site="euston", until=END):
    found = [each for each in series.read(scheme.connection, QUARTER, until) if (each.what, each.site) == (what, site)]
    assert len(found) <= 1
    return [(each.day.isoformat(), each.value, each.visit) for each in found[0].points] if found else None


def test_each_completed_visit_that_has_one_before_it_is_a_point(scheme):
    for key, day in (("A", "2026-09-25"), ("B", "2026-10-05"), ("C", "2026-10-26")):
        scheme.visit(day, key=key)
    scheme.visit("2026-10-10", status="abandoned")
    scheme.visit("2026-10-11", status="not_admitted")
    scheme.visit("2026-10-12", state="draft")
    scheme.visit("2026-10-13", visit_type="tact")
    assert read(scheme) == [("2026-10-05", 10, "B"), ("2026-10-26", 21, "C")]


def test_days_on_which_the_suite_was_closed_do_not_count(scheme):
    scheme.status("euston", "2020-01-01")
    scheme.status("euston", "2026-10-06", "2026-10-09", status="closed")
    scheme.visit("2026-10-05")
    scheme.visit("2026-10-15", key="B")
    assert read(scheme) == [("2026-10-15", 6, "B")]


def test_the_second_visit_of_a_day_has_none_since(scheme):
    scheme.visit("2026-10-05", key="A", arrived="21:00")
    scheme.visit("2026-10-05", key="B", arrived="09:00")
    assert read(scheme) == [("2026-10-05", 0, "A")]


def test_waits_are_those_of_visits_let_in_with_both_times(scheme):
    scheme.visit("2026-10-05", key="A", arrived="10:00", admitted="10:12")
    scheme.visit("2026-10-06", key="B", arrived="23:55", admitted="00:05", status="abandoned")
    scheme.visit("2026-10-07", key="C", arrived="10:00")
    scheme.visit("2026-10-08", key="D", arrived="10:00", admitted="10:30", status="not_admitted")
    assert read(scheme, "access_delay") == [("2026-10-05", 12, "A"), ("2026-10-06", 10, "B")]


def test_a_series_ends_with_the_day_asked_about(scheme):
    for day in ("2026-10-01", "2026-10-08", "2026-10-15"):
        scheme.visit(day, key=day)
    assert [each[0] for each in read(scheme, until=date(2026, 10, 8))] == ["2026-10-08"]


def test_the_latest_thirty_points_and_none_of_more_than_two_years_ago(scheme):
    for number in range(40):
        day = END - timedelta(days=7 * number)
        scheme.visit(day.isoformat(), key=f"V{number}", arrived="10:00", admitted="10:05")
    days = read(scheme)
    assert len(days) == len(read(scheme, "access_delay")) == 30
    assert days[-1] == (END.isoformat(), 7, "V0")
    assert days[0][2] == "V29"
    scheme.site("hove")
    for key, day in (("A", "2024-12-20"), ("B", "2024-12-31"), ("C", "2025-01-10")):
        scheme.visit(day, "hove", key=key, arrived="10:00", admitted="10:05")
    assert read(scheme, site="hove") == [("2025-01-10", 10, "C")]
    assert [each[2] for each in read(scheme, "access_delay", "hove")] == ["C"]


def test_only_custody_suites_have_series_and_those_of_days_come_first(scheme):
    scheme.site("hove")
    for site, form in (("hove", "custody_visit"), ("euston", "custody_visit"), ("dogs", "kennel_visit")):
        for day in ("2026-10-05", "2026-10-12"):
            scheme.visit(day, site, form, arrived="10:00", admitted="10:05")
    found = [(each.what, each.site) for each in series.read(scheme.connection, QUARTER, END)]
    assert found == [
        ("days_between", "euston"), ("days_between", "hove"), ("access_delay", "euston"), ("access_delay", "hove")
    ]  # fmt: skip


@pytest.mark.parametrize("statement", [series.DAYS, series.DELAYS])
def test_a_series_reads_visits_from_the_end_by_an_index(scheme, statement):
    """Else a suite with ten years of visits would be sorted whole for thirty of them."""
    asked = {"form": "custody_visit", "site": "euston", "first": "2024-12-31", "last": "2026-12-31", "most": 30}
    plan = " | ".join(row[3] for row in scheme.connection.execute(f"EXPLAIN QUERY PLAN {statement}", asked))
    assert "SEARCH v USING INDEX fact_visit_counted (form=? AND site=? AND date" in plan.replace("COVERING ", "")
    assert "USE TEMP B-TREE FOR ORDER BY" not in plan
