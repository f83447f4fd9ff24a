"""What a person types, what is stored, and what the box shows again."""

from datetime import date, datetime, time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from forms import answers, moments, values

TODAY = date(2026, 11, 22)


@pytest.mark.parametrize(
    ("text", "stored"),
    [
        ("3/4/26", "2026-04-03"),
        ("03/04/2026", "2026-04-03"),
        ("3.4.26", "2026-04-03"),
        ("3-4-2026", "2026-04-03"),
        ("3 4 26", "2026-04-03"),
        ("3 April 2026", "2026-04-03"),
        ("3rd April 2026", "2026-04-03"),
        ("3 apr", "2026-04-03"),
        ("3 APR 26", "2026-04-03"),
        ("3apr26", "2026-04-03"),
        ("1 Sept 2026", "2026-09-01"),
        ("2026-04-03", "2026-04-03"),
        ("Friday 3 April 2026", "2026-04-03"),
        ("Fri, 3 April 2026", "2026-04-03"),
        ("today", "2026-11-22"),
        (" Yesterday ", "2026-11-21"),
        ("tomorrow", "2026-11-23"),
        ("heddiw", "2026-11-22"),
        ("Ddoe", "2026-11-21"),
        ("yfory", "2026-11-23"),
        ("3 Ebrill 2026", "2026-04-03"),
        ("Dydd Gwener 3 Ebrill 2026", "2026-04-03"),
        ("mawrth 7 gorffennaf 26", "2026-07-07"),
        ("3ydd Mawrth 2026", "2026-03-03"),
        ("1af mai", "2026-05-01"),
        ("1/1/36", "2036-01-01"),
        ("1/1/37", "1937-01-01"),
        ("29/2/2024", "2024-02-29"),
    ],
)
def test_a_date_may_be_typed_in_many_ways(text, stored):
    assert answers.parse("date", text, TODAY) == stored


@pytest.mark.parametrize(
    "text", ["soon", "31/2/26", "32 April", "3/4", "29/2/2026", "3 xyz 2026", "2026-02-30", "0/1/26"]
)
def test_what_is_no_date_is_refused_in_words(text):
    with pytest.raises(ValueError, match=r"Enter a date|no such date"):
        answers.parse("date", text, TODAY)


@pytest.mark.parametrize(
    ("text", "stored"),
    [
        ("1430", "14:30"),
        ("14:30", "14:30"),
        ("14.30", "14:30"),
        ("14h30", "14:30"),
        ("2.30pm", "14:30"),
        ("2:30 PM", "14:30"),
        ("230pm", "14:30"),
        ("2pm", "14:00"),
        ("2 p.m.", "14:00"),
        ("12am", "00:00"),
        ("12pm", "12:00"),
        ("9:05", "09:05"),
        ("0905", "09:05"),
        ("noon", "12:00"),
        ("midday", "12:00"),
        ("midnight", "00:00"),
        ("hanner dydd", "12:00"),
        ("Hanner nos", "00:00"),
        ("14:30:15", "14:30:15"),
    ],
)
def test_a_time_may_be_typed_in_many_ways(text, stored):
    assert answers.parse("time", text, TODAY) == stored


@pytest.mark.parametrize("text", ["25:00", "1460", "13pm", "0pm", "14", "half two", "2500", "9:5"])
def test_what_is_no_time_is_refused_in_words(text):
    with pytest.raises(ValueError, match=r"Enter a time, like 14:30 or 2\.30pm"):
        answers.parse("time", text, TODAY)


@pytest.mark.parametrize(
    ("text", "stored"),
    [
        ("19/8/25 1430", "2025-08-19T14:30"),
        ("today 0915", "2026-11-22T09:15"),
        ("yesterday, 11pm", "2026-11-21T23:00"),
        ("3 April 2026 2.30 pm", "2026-04-03T14:30"),
        ("3 apr noon", "2026-04-03T12:00"),
        ("2026-04-03T14:30", "2026-04-03T14:30"),
        ("2026-04-03 14:30", "2026-04-03T14:30"),
        ("25/10/2026 0130", "2026-10-25T01:30"),
        ("25/10/2026 0130 BST", "2026-10-25T01:30"),
        ("25/10/2026 0130 gmt", "2026-10-25T01:30+00:00"),
        ("25/12/2026 0130 GMT", "2026-12-25T01:30"),
        ("2026-07-01T12:00Z", "2026-07-01T13:00"),
    ],
)
def test_a_date_and_time_may_be_typed_in_many_ways(text, stored):
    assert answers.parse("dateTime", text, TODAY) == stored


@pytest.mark.parametrize("text", ["19/8/25", "1430", "today soon", "soon 1430", "2026-04-03T25:00", "2026-04-03T"])
def test_what_is_no_date_and_time_is_refused_in_words(text):
    with pytest.raises(ValueError, match="Enter a date and a time"):
        answers.parse("dateTime", text, TODAY)


@pytest.mark.parametrize("text", ["29/3/2026 0130", "2026-03-29T01:00", "29/3/26 1.59am GMT"])
def test_a_wall_time_that_the_clocks_skipped_is_refused_in_words(text):
    with pytest.raises(ValueError, match="the clocks went forward"):
        answers.parse("dateTime", text, TODAY)


@pytest.mark.parametrize(
    ("kind", "text", "stored"),
    [
        ("integer", "1 234", 1234),
        ("integer", "1,234", 1234),
        ("integer", "1\u00a0234", 1234),
        ("integer", "−5", -5),
        ("integer", "007", 7),
        ("decimal", "12.5", 12.5),
        ("decimal", "1,234.5", 1234.5),
        ("decimal", ".5", 0.5),
        ("select_one", " yes ", "yes"),
        ("select_multiple", "a   b", "a b"),
        ("text", "  as typed ", "  as typed "),
        ("text", "   ", None),
        ("integer", "", None),
    ],
)
def test_numbers_choices_and_words_are_read(kind, text, stored):
    value = answers.parse(kind, text, TODAY)
    assert value == stored
    assert type(value) is type(stored)


@pytest.mark.parametrize(
    ("kind", "text", "words"),
    [
        ("integer", "12.5", "whole number"),
        ("integer", "a few", "whole number"),
        ("integer", "9" * 16, "whole number"),
        ("decimal", "1.2.3", "Enter a number"),
        ("decimal", "1e3", "Enter a number"),
    ],
)
def test_what_is_no_number_is_refused_in_words(kind, text, words):
    with pytest.raises(ValueError, match=words):
        answers.parse(kind, text, TODAY)


@pytest.mark.parametrize(
    ("kind", "value", "stored"),
    [
        ("integer", 3, 3),
        ("integer", 3.0, 3),
        ("decimal", 3, 3),
        ("date", "2026-04-03", "2026-04-03"),
        ("time", "14:30", "14:30"),
        ("time", "14:30:00+01:00", "14:30"),
        ("dateTime", "2026-04-03T14:30", "2026-04-03T14:30"),
        ("text", "x", "x"),
        ("text", 5, "5"),
        ("calculate", 5, 5),
        ("select_one", "yes", "yes"),
        ("integer", "", None),
        ("text", "  ", None),
        ("date", None, None),
    ],
)
def test_a_typed_value_is_kept_in_its_stored_form(kind, value, stored):
    assert answers.conform(kind, value) == stored


@pytest.mark.parametrize(
    ("kind", "value"),
    [
        ("integer", 3.5),
        ("integer", True),
        ("integer", "3"),
        ("integer", float("nan")),
        ("integer", 1e300),
        ("decimal", "3"),
        ("decimal", True),
        ("decimal", float("inf")),
        ("date", "3/4/26"),
        ("time", "25:00"),
        ("dateTime", "2026-04-03"),
        ("dateTime", "2026-03-29T01:30"),
    ],
)
def test_a_value_of_another_kind_is_refused_in_words(kind, value):
    with pytest.raises(ValueError, match=r"Enter|clocks"):
        answers.conform(kind, value)


@pytest.mark.parametrize(
    ("kind", "value", "shown", "echo"),
    [
        ("date", "2026-11-20", "20/11/2026", "Friday 20 November 2026"),
        ("dateTime", "2026-11-20T09:05", "20/11/2026 09:05", "Friday 20 November 2026, 09:05"),
        ("dateTime", "2026-10-25T01:30+00:00", "25/10/2026 01:30 GMT", "Sunday 25 October 2026, 01:30"),
        ("time", "09:05", "09:05", ""),
        ("integer", 12, "12", ""),
        ("decimal", 12.0, "12", ""),
        ("decimal", 12.5, "12.5", ""),
        ("text", "words", "words", ""),
        ("date", None, "", ""),
        ("date", "of old", "of old", ""),
        ("dateTime", "of old", "of old", ""),
    ],
)
def test_a_value_is_shown_and_echoed(kind, value, shown, echo):
    assert answers.shown(kind, value) == shown
    assert answers.echo(kind, value) == echo


VALUES = st.one_of(
    st.dates(date(1950, 1, 1), date(2036, 12, 31)).map(lambda day: ("date", moments.write(day))),
    st.times().map(lambda clock: ("time", moments.write(clock.replace(second=0, microsecond=0)))),
    st.tuples(st.dates(date(1975, 1, 1), date(2036, 12, 31)), st.times(), st.integers(0, 1))
    .map(lambda parts: datetime.combine(parts[0], parts[1], tzinfo=moments.LONDON).replace(fold=parts[2]))
    .filter(moments.exists)
    .map(lambda moment: ("dateTime", moments.write(moment.replace(microsecond=0)))),
    st.integers(-(10**14), 10**14).map(lambda number: ("integer", number)),
    st.decimals(-(10**6), 10**6, places=3).map(lambda number: ("decimal", float(number))),
    st.text(min_size=1).filter(str.strip).map(lambda text: ("text", text)),
)


@settings(max_examples=300, deadline=None)
@given(VALUES)
def test_what_is_shown_reads_back_as_what_was_stored(answer):
    kind, value = answer
    assert answers.conform(kind, value) == value
    assert answers.parse(kind, answers.shown(kind, value), TODAY) == value


@settings(max_examples=300, deadline=None)
@given(st.sampled_from(["date", "time", "dateTime", "integer", "decimal"]), st.text(max_size=30))
def test_any_text_is_read_or_refused_in_words(kind, text):
    try:
        value = answers.parse(kind, text, TODAY)
    except ValueError as refused:
        words = str(refused)
    else:
        words = ""
        assert answers.conform(kind, value) == value
    assert not words or words.startswith(("Enter ", "There "))


def test_no_answer_is_the_empty_text_of_expressions():
    assert values.typed("date", None) == ""


def test_milliseconds_and_seconds_are_written_only_where_there_are_some():
    assert moments.write(time(9, 5, 7, 89000)) == "09:05:07.089"
    assert moments.write(datetime(2026, 7, 1, 9, 5, 7, tzinfo=moments.LONDON)) == "2026-07-01T09:05:07"


def test_a_time_of_day_is_kept_to_the_minute_as_the_folder_writes_it():
    assert answers.conform("time", "14:30:59") == "14:30"
