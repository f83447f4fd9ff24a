"""The tables of the interchange folder: how a cell is read, and how text is kept from running as a formula."""

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from icv_app.interchange_folder.interchange import (
    BY_FILE,
    SITE_STATUS,
    TARGETS,
    VISITS,
    CellError,
    Column,
    guarded,
    parse,
    shown,
    unguarded,
)

TODAY = date(2026, 11, 22)


@pytest.mark.parametrize(
    ("kind", "text", "value"),
    [
        ("text", " two words ", " two words "),
        ("text", "   ", None),
        ("id", " CV-2025-0001 ", "CV-2025-0001"),
        ("integer", "007", 7),
        ("integer", "", None),
        ("decimal", "2.50", 2.5),
        ("date", "2027-01-31", "2027-01-31"),
        ("past", "2026-11-22", "2026-11-22"),
        ("time", "00:00", "00:00"),
        ("dateTime", "2025-07-31T23:59", "2025-07-31T23:59"),
        ("dateTime", "2026-10-25T01:10+00:00", "2026-10-25T01:10+00:00"),  # the second pass of that hour
        ("dateTime", "2025-07-31T23:59:30", "2025-07-31T23:59:30"),
        ("codes", "icv; awv;icv", "icv;awv"),
        ("ids", "ICV01;ICV02", "ICV01;ICV02"),
        ("any", "5", 5),
        ("any", "05", "05"),
        ("any", "2.5", 2.5),
        ("any", "five", "five"),
    ],
)
def test_a_cell_becomes_the_value_that_is_stored(kind: str, text: str, value: object) -> None:
    found = parse(Column(name="x", kind=kind), text, TODAY)
    assert found == value
    assert type(found) is type(value)


@pytest.mark.parametrize(
    ("kind", "text", "reason"),
    [
        ("date", "31/07/2025", "is not a date such as 2025-07-31"),
        ("date", "2025-02-29", "is not a date"),
        ("date", "2025-7-1", "is not a date"),
        ("date", "0225-07-01", "too long ago"),
        ("date", "20250701", "is not a date"),
        ("past", "2026-11-23", "lies after today, 2026-11-22"),
        ("time", "24:00", "is not a 24-hour time"),
        ("time", "9:05", "is not a 24-hour time"),
        ("time", "2.30pm", "is not a 24-hour time"),
        ("dateTime", "2025-02-30T10:00", "is not a date"),
        ("dateTime", "2026-10-25T03:10+00:00", "is not a date and time"),
        ("dateTime", "2026-10-25T01:10+01:00", "is not a date and time"),
        ("dateTime", "2025-02-20 10:00", "is not a date and time"),
        ("integer", "-1", "is not a whole number"),
        ("integer", "1,200", "is not a whole number"),
        ("integer", "٣", "is not a whole number"),
        ("integer", "5.0", "is not a whole number"),
        ("decimal", "nan", "is not a number"),
        ("id", "a|b", "cannot be used as a reference"),
        ("id", "=V8", "begins like a formula"),
        ("id", " @cmd", "begins like a formula"),
        ("ids", "ICV01;-ICV02", "begins like a formula"),
        ("ids", "ICV01;;ICV02", "empty entry"),
        ("text", "bell\x07", "control character"),
    ],
)
def test_a_cell_that_is_written_another_way_is_refused_with_its_reason(kind: str, text: str, reason: str) -> None:
    with pytest.raises(CellError, match=reason):
        parse(Column(name="x", kind=kind), text, TODAY)


def test_a_code_outside_its_list_is_refused_and_the_list_is_named() -> None:
    column = VISITS.column("status")
    assert column is not None
    with pytest.raises(CellError, match="'done' is not one of: completed, abandoned, not_admitted"):
        parse(column, "done", TODAY)


def test_an_empty_cell_that_every_row_needs_is_refused() -> None:
    column = BY_FILE["sites.csv"].column("name")
    assert column is not None
    with pytest.raises(CellError, match="is empty"):
        parse(column, " ", TODAY)


def test_keys_are_made_of_the_columns_that_tell_records_apart() -> None:
    assert TARGETS.key_of({"measure": "custody_visit", "from": "2025-04-01"}) == "custody_visit||2025-04-01"
    assert SITE_STATUS.key_of({"site": "a", "from": "2025-04-01", "to": "2026-01-01"}) == "a|2025-04-01"


@pytest.mark.parametrize("text", ["=1+1", "+44 116", "-x", "@SUM(A1)", "\t=x", " =x", "'=x", "''@", "＝x", "- a dash"])
def test_formula_like_text_is_guarded(text: str) -> None:
    assert guarded(text) == "'" + text
    assert unguarded(guarded(text)) == text


@pytest.mark.parametrize("text", ["", "plain", "'quoted'", "-3", "2.5", "don't", "1e-05"])
def test_harmless_text_stays_as_it_is(text: str) -> None:
    assert guarded(text) == text
    assert unguarded(text) == text


@given(st.text(alphabet=st.sampled_from("'=+-@ \t\r\n1.e=＝ax"), max_size=8) | st.text(max_size=12))
@settings(max_examples=400, deadline=None)
def test_the_guard_comes_off_exactly(text: str) -> None:
    assert unguarded(guarded(text)) == text


def test_what_is_not_recorded_is_shown_as_nothing() -> None:
    assert [shown(value) for value in (None, "  ", {}, 0, 2.5, 7.0, "x")] == ["", "", "", "0", "2.5", "7", "x"]


def test_characters_that_no_file_can_hold_are_left_out_or_replaced() -> None:
    assert shown("a\x00b\ud800c\r\nd") == "ab\ufffdc\r\nd"
