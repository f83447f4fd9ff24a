"""Periods: names, and which units belong to which."""

from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from icv_app.errors import InvalidInput
from icv_app.figure import Period
from icv_app.periods import PERS, financial_year, known_as, parse_period, quarter_of, unit_of, units

DAYS = st.dates(date(1990, 1, 1), date(2090, 12, 31))


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("2025-26-Q1", "2025-04-01", "2025-06-30"),
        ("2025-26-Q2", "2025-07-01", "2025-09-30"),
        ("2025-26-Q3", "2025-10-01", "2025-12-31"),
        ("2025-26-Q4", "2026-01-01", "2026-03-31"),
        ("2023-24-Q4", "2024-01-01", "2024-03-31"),  # holds a 29 February
        ("2025-26", "2025-04-01", "2026-03-31"),
        ("1999-00", "1999-04-01", "2000-03-31"),
        ("2025-07-01..2025-08-31", "2025-07-01", "2025-08-31"),
        ("2024-02-29..2024-02-29", "2024-02-29", "2024-02-29"),
    ],
)
def test_a_period_keeps_the_name_it_was_asked_by(text, first, last):
    assert parse_period(text) == Period(name=text, first=date.fromisoformat(first), last=date.fromisoformat(last))


@pytest.mark.parametrize(
    "text",
    [
        "", "Q2", "2025", "2025-27", "2025-27-Q2", "2025-26-Q5", "2025-26-Q0", "2025-26-q2", "2025-26Q2", "2025-25-Q2",
        "2025-08-31..2025-07-01", "2025-02-29..2025-03-01", "2025-07-01..", "..2025-07-01", "2025-07-01 2025-08-31",
        "2025-07-01..2025-08-32", "20250701..20250831", "٢٠٢٥-26", "0001-02", "9999-00", "0001-01-01..2025-01-01",
        "2025-26-Q2\n2025-26",
    ],
)  # fmt: skip
def test_a_period_that_is_none_is_refused_in_words(text):
    with pytest.raises(InvalidInput) as refused:
        parse_period(text)
    assert refused.value.code == "period"
    assert refused.value.words


def test_a_wrong_year_is_told_the_right_one():
    with pytest.raises(InvalidInput, match="2025 is followed by 26"):
        parse_period("2025-27-Q2")


@pytest.mark.parametrize(
    ("text", "number", "first", "last"),
    [
        ("2025-26-Q2", 13, "2025-06-30", "2025-09-28"),
        ("2025-26", 52, "2025-03-31", "2026-03-29"),
        ("2023-24", 53, "2023-03-27", "2024-03-31"),  # a year of 53 Sundays
        ("2024-07-01..2024-08-31", 8, "2024-07-01", "2024-08-25"),  # finding 2 of the domain report
        ("2025-07-07..2025-07-12", 0, "", ""),  # Monday to Saturday: no Sunday, no week
        ("2025-07-13..2025-07-13", 1, "2025-07-07", "2025-07-13"),
    ],
)
def test_a_week_belongs_to_the_period_of_its_sunday(text, number, first, last):
    found = units(parse_period(text), "week")
    assert len(found) == number
    if number:
        assert (found[0].first.isoformat(), found[-1].last.isoformat()) == (first, last)


def test_a_month_belongs_to_the_period_that_holds_its_last_day():
    found = units(parse_period("2024-02-15..2024-04-29"), "month")
    assert [(unit.first.isoformat(), unit.last.isoformat()) for unit in found] == [
        ("2024-02-01", "2024-02-29"),
        ("2024-03-01", "2024-03-31"),
    ]


@pytest.mark.parametrize(
    ("day", "quarter", "year"),
    [
        ("2025-03-31", "2024-25-Q4", "2024-25"),
        ("2025-04-01", "2025-26-Q1", "2025-26"),
        ("2025-12-31", "2025-26-Q3", "2025-26"),
        ("2026-01-01", "2025-26-Q4", "2025-26"),
        ("2000-01-01", "1999-00-Q4", "1999-00"),
    ],
)
def test_the_financial_year_turns_on_1_april(day, quarter, year):
    asked = date.fromisoformat(day)
    assert quarter_of(asked).name == quarter
    assert financial_year(asked).name == year
    assert parse_period(quarter) == quarter_of(asked)
    assert parse_period(year) == financial_year(asked)


@given(DAYS, st.sampled_from(PERS))
@settings(max_examples=300, deadline=None)
def test_every_day_is_in_exactly_one_unit_of_a_length(day, per):
    unit = unit_of(day, per)
    assert unit.first <= day <= unit.last
    assert unit_of(unit.first, per) == unit == unit_of(unit.last, per)
    assert unit_of(unit.last + timedelta(days=1), per).first == unit.last + timedelta(days=1)


@given(DAYS, st.sampled_from(PERS), st.lists(st.integers(0, 400), max_size=5))
@settings(max_examples=200, deadline=None)
def test_ranges_that_follow_on_share_out_every_unit_once(start, per, lengths):
    whole = Period(name="", first=start, last=start + timedelta(days=sum(lengths) + len(lengths)))
    parts, first = [], start
    for length in lengths:
        parts.append(Period(name="", first=first, last=first + timedelta(days=length)))
        first = parts[-1].last + timedelta(days=1)
    parts.append(Period(name="", first=first, last=whole.last))
    assert sum((units(part, per) for part in parts), ()) == units(whole, per)


@given(DAYS)
@settings(max_examples=200, deadline=None)
def test_four_quarters_make_the_financial_year(day):
    year = financial_year(day)
    quarters = [parse_period(f"{year.name}-Q{number}") for number in (1, 2, 3, 4)]
    assert (quarters[0].first, quarters[3].last) == (year.first, year.last)
    weeks = units(year, "week")
    assert sum((units(quarter, "week") for quarter in quarters), ()) == weeks
    assert len(weeks) in (52, 53)


@given(day=st.dates(date(1990, 1, 1), date(2100, 12, 31)), year=st.booleans())
def test_a_quarter_or_year_given_by_its_days_is_known_by_its_name(day, year):
    named = financial_year(day) if year else quarter_of(day)
    assert known_as(parse_period(f"{named.first}..{named.last}")) == named == known_as(named)


@pytest.mark.parametrize("text", ["2025-07-02..2025-09-30", "2025-07-01..2025-08-31", "2025-01-01..2025-12-31"])
def test_days_that_are_no_quarter_or_year_stay_what_they_are_called(text):
    assert known_as(parse_period(text)).name == text
