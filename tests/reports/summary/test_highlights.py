"""The plain-English summary: short, and every number in it one of the figures."""

import re
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from icv_app.periods import parse_period
from reports.summary import highlights
from reports.wording import hours
from tests.reports import samples
from tests.reports.samples import plain, ratio

COUNT = st.integers(0, 5000) | st.none()
WHOLE = st.integers(0, 5000)


def words(summary):
    return " ".join(f"{label} {text}" for label, text in highlights.said(summary))


def numbers(text):
    """Return every number of a text that stands for a figure: no date, no percentage sign, thousands together."""
    text = re.sub(r"\b[0-9]{1,2} (?:[A-Z][a-z]+) [0-9]{4}\b", "", text)
    return {number.replace(",", "") for number in re.findall(r"[0-9][0-9,]*(?:\.[0-9])?", text)}


def allowed(summary):
    found = set()
    for figure in summary.figures:
        if figure.withheld:
            continue
        found |= {str(part) for part in (figure.numerator, figure.denominator, figure.value) if part is not None}
        found |= {figure.percent or "0"} | numbers(figure.note)
        if figure.figure.endswith("_minutes") and figure.value is not None:
            found |= numbers(hours(figure.value))
    return found


@st.composite
def counted(draw):
    """Draw a summary of any numbers whatever, some of them unknown or withheld, of a quarter or of a year."""
    base = samples.reference()
    figures = []
    for figure in base.figures:
        if figure.value is not None or figure.numerator is None:
            figure = replace(figure, value=draw(COUNT), note="")
        else:
            figure = replace(figure, numerator=draw(WHOLE), denominator=draw(COUNT), note="")
        if draw(st.integers(0, 9)) == 0:
            figure = replace(figure, value=None, numerator=None, denominator=None, withheld=True)
        figures.append(figure)
    figures += [plain("issues", "raised", draw(COUNT)), plain("issues", "open_at_end", draw(COUNT))]
    figures += [plain("volunteers", "visit_minutes", draw(COUNT))]
    period = draw(st.sampled_from(["2025-26-Q2", "2025-26", "2025-07-01..2025-08-31"]))
    return replace(base, period=parse_period(period), figures=tuple(figures), not_made=())


@settings(max_examples=60, deadline=None)
@given(summary=counted())
def test_every_number_of_the_summary_is_a_number_of_the_figures(summary):
    suites = {str(sum(site.kind == "custody_suite" for site in summary.sites)), "2", "1"}  # "2 suites fell short"
    assert numbers(words(summary)) <= allowed(summary) | suites
    assert "[c]" not in words(summary)


@settings(max_examples=60, deadline=None)
@given(summary=counted())
def test_no_serious_issues_is_said_of_a_known_nought_alone(summary):
    found = summary.get("custody_visit", "serious_issues")
    if "No serious issues" in words(summary):
        assert found.value == 0
        assert not found.withheld


def test_a_quarter_is_told_in_at_most_180_words():
    assert len(words(samples.reference()).split()) <= 180


def test_a_year_is_told_in_the_words_of_an_annual_report():
    base = samples.reference()
    figures = [figure for figure in base.figures if figure.figure != "reach"]
    figures += [ratio("custody_visit", "reach", 281, 3600), plain("volunteers", "visit_minutes", 4595)]
    year = replace(base, period=parse_period("2025-26"), figures=tuple(figures))
    assert highlights.year(year) == (
        "30 custody visits were made with 281 detainees in cells at the time, out of 3,600 persons detained during the "
        "year (7.8%). Visitors saw 97 detainees. 17 dogs were seen at 3 kennel visits. Volunteers gave "
        "76 hours 35 minutes at visits, travel included."
    )
    assert words(year).startswith("The year. 30 custody visits")
    assert "The year." not in words(base)
    assert highlights.said(year, over=False)[0][0] == "The year so far."


def test_a_number_that_not_every_visit_gave_is_not_told_as_all():
    base = samples.reference()
    figures = tuple(
        replace(figure, note="1 completed visit without this number") if figure.figure == "dogs_seen" else figure
        for figure in base.figures
    )
    assert "dogs" not in highlights.year(replace(base, figures=figures))


@pytest.mark.parametrize(
    ("raised", "still", "told"),
    [
        (0, 0, ""),
        (None, 3, ""),
        (0, 2, "No issue was raised; 2 were open at the end, whenever they were raised."),
        (2, 0, "2 issues, requests and questions were raised; none was open at the end."),
        (1, 1, "1 issue, request or question was raised; 1 was open at the end, whenever it was raised."),
    ],
)
def test_issues_are_counted_and_nothing_is_said_of_none(raised, still, told):
    figures = (plain("issues", "raised", raised), plain("issues", "open_at_end", still))
    assert highlights.issues(replace(samples.empty(), figures=figures)) == told
