"""Control charts on paper: what is drawn, and what is said of it and not more."""

from dataclasses import replace
from datetime import date, timedelta
from fractions import Fraction
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from icv_app.xmr import Point, Series, chart
from reports import document as doc
from reports.formats import pdf
from reports.scene import Line, Polygon, Rect, Text
from reports.summary import chart_words, control_chart
from reports.summary.chart_picture import LIGHT, picture
from reports.summary.quarterly import of
from tests.reports import samples

END = date(2025, 9, 28)
CHANCE = (7, 8, 6, 7, 9, 7, 5, 8, 7, 6, 8, 7)


def series(values, what="days_between", site="euston-street", end=END):
    """One point a week, the last on `end`."""
    days = [end - timedelta(weeks=len(values) - 1 - at) for at in range(len(values))]
    points = [
        Point(day=day, value=value, visit=f"V{at}") for at, (day, value) in enumerate(zip(days, values, strict=True))
    ]
    return Series(what=what, site=site, points=tuple(points))


def said(values, what="days_between", since=None):
    return chart_words.sentence(chart(series(values, what)), since)


def blocks(*found):
    return control_chart.blocks(samples.account(series=found))


def test_without_a_signal_it_says_so_and_that_it_is_chance():
    assert said(CHANCE) == (
        "On average 7.1 days over 12 gaps between visits; by chance alone each is likely to lie from 2.7 to 11.4. "
        "No signal: the differences are no more than chance could bring."
    )


def test_a_lower_limit_below_zero_is_neither_said_nor_drawn():
    values = (0, 3, 1, 5, 0, 2, 4, 0, 1, 3, 2, 1)
    given_chart = chart(series(values, "access_delay"))
    assert given_chart.limits.lower < 0
    assert "by chance alone each is likely to be 8.4 or less" in said(values, "access_delay")
    texts = [item.text for item in picture([given_chart], "Euston Street").items if isinstance(item, Text)]
    assert "Upper limit" in texts
    assert "Lower limit" not in texts


def test_trial_limits_are_called_so():
    assert "These are trial limits: there are fewer than 12 points." in said(CHANCE[:11])
    assert "trial" not in said(CHANCE)


def test_fewer_than_five_visits_have_their_points_and_no_limits():
    assert said(CHANCE[:4]) == (
        "Only 4 gaps between visits to show, and at least 5 are needed to tell a change from chance: "
        "the points alone are drawn."
    )
    assert said(CHANCE[:4], "access_delay") == (
        "Only 4 visits to show, and at least 5 are needed to tell a change from chance: the points alone are drawn."
    )
    scene = picture([chart(series(CHANCE[:4]))], "Euston Street")
    assert not [item for item in scene.items if isinstance(item, Line) and item.dash]
    assert len(scene.areas) == 4
    assert scene.areas[0].words == "7 September 2025: 7 days since the visit before"


def test_visits_kept_to_the_day_are_all_the_same():
    assert said([7] * 12) == "On average 7.0 days over 12 gaps between visits, and the same every time. " + (
        "No signal: the differences are no more than chance could bring."
    )


def test_a_signal_is_named_with_its_days_and_what_it_is_but_never_why():
    told = said((*CHANCE, 13))
    assert told.endswith("Signal: 13 days on 28 September 2025, above the upper limit.")
    shorter = said((*[12, 13, 14, 15] * 3, *[3] * 7), "access_delay")
    assert "7 visits in a row, each with a shorter wait than the mean, 17 August to 28 September 2025" in shorter
    rising = said((*CHANCE, *range(8, 15)))
    assert "visits in a row, each after more days than the one before" in rising


def test_a_signal_before_the_period_is_told_apart():
    values = (*CHANCE[:6], 21, *CHANCE, 7)
    told = said(values, since=END - timedelta(weeks=3))
    assert told.endswith(
        "No signal in this period: its differences are no more than chance could bring. "
        "Before this period: 21 days on 29 June 2025, above the upper limit."
    )
    assert said(values, since=date(2025, 6, 29)).endswith("Signal: 21 days on 29 June 2025, above the upper limit.")


def test_many_points_beyond_a_limit_are_counted_and_not_listed():
    told = said([40 if at % 7 == 6 else 5 + at % 2 for at in range(30)], "access_delay")
    assert "4 visits above the upper limit" in told


def test_a_point_that_is_a_signal_differs_in_shape_and_in_colour():
    scene = picture([chart(series((*CHANCE, 13)))], "Euston Street")
    (up,) = [item for item in scene.items if isinstance(item, Polygon)]
    assert up.fill == LIGHT.higher
    assert min(y for _, y in up.points) == up.points[2][1]  # its tip is at the top
    dots = [item for item in scene.items if isinstance(item, Rect) and item.radius]
    assert len(dots) == 12
    assert {dot.fill for dot in dots} == {LIGHT.point}
    (down,) = [
        item for item in picture([chart(series([40, 41, 42] * 5 + [5]))], "x").items
        if isinstance(item, Polygon) and item.fill == LIGHT.lower
    ]  # fmt: skip
    assert max(y for _, y in down.points) == down.points[2][1]


def test_an_account_without_points_in_its_period_has_no_charts():
    assert blocks() == []
    assert blocks(series(CHANCE, end=date(2025, 6, 30))) == []


def test_the_charts_of_a_suite_are_one_picture_and_a_paragraph_each():
    found = blocks(series(CHANCE), series(CHANCE, "access_delay"), series(CHANCE, site="keyham-lane"))
    assert isinstance(found[0], doc.Heading)
    assert found[0].level == 2
    assert found[1].role == "note"
    assert [type(each).__name__ for each in found[2:]] == ["Together", "Paragraph", "Together"]
    suite = found[2].blocks
    assert [type(each).__name__ for each in suite] == ["Heading", "Picture", "Paragraph"]
    assert suite[0] == doc.heading("Euston Street", 3)
    assert suite[1].scene.alt.count("Control chart of") == 2
    assert suite[1].scene.width <= doc.WIDTH
    assert (suite[2].label, found[3].label) == ("Days between visits.", "Minutes until let in.")


def test_points_near_a_lower_limit_that_is_not_drawn_are_told_by_the_mean():
    values = (2, 1, 1, 0, 0, 2, 2, 2, 2, 0, 1, 1)
    assert chart(series(values)).limits.lower < 0
    assert said(values, "access_delay").endswith(
        "Signal: 2 visits well below the mean (shorter waits), 3 to 10 August 2025."
    )


def test_waits_that_are_mostly_none_have_neither_limits_nor_signals():
    values = (0, 0, 12, 0, 9, 0, 0, 0, 0, 0, 0, 0)
    assert chart(series(values, "access_delay")).signals == ()
    assert said(values, "access_delay") == (
        "At 10 of 12 visits there was no wait at all: too many for limits, so the points alone are drawn. The most was "
        "12 minutes, on 27 July 2025."
    )
    assert said((0,) * 12, "access_delay").endswith("the points alone are drawn.")
    assert chart(series((0, 1) * 6, "access_delay")).limits is not None, "half of them is not most of them"
    assert "no wait at all" not in said((0, 5, 12, 4, 9, 3, 0, 2, 6, 7, 0, 8), "access_delay")


def test_a_scheme_of_many_suites_has_a_table_and_charts_only_of_those_with_a_signal():
    many = [series(CHANCE, site=f"suite-{number:02}") for number in range(30)]
    many[3] = series((*CHANCE, 13), site="suite-03")
    found = blocks(*many)
    (table,) = [each for each in found if isinstance(each, doc.Table)]
    assert len(table.rows) == 30
    assert table.rows[3][:4] == ("suite-03", "7.5", "12.9", "signal")
    assert table.rows[0][3] == "no signal"
    assert [each.blocks[0].text for each in found if isinstance(each, doc.Together)] == ["suite-03"]
    assert "Of 30 suites, 1 has a signal in this period; its charts are here." in [
        each.text for each in found if isinstance(each, doc.Paragraph)
    ]
    loud = [replace(series((*CHANCE, 13), site=f"suite-{number:02}")) for number in range(30)]
    found = blocks(*loud)
    assert sum(isinstance(each, doc.Together) for each in found) == 8
    assert any("the charts of the first 8 are here" in getattr(each, "text", "") for each in found)


def test_the_pdf_of_a_summary_draws_its_charts():
    assert pdf.render(of(samples.account(series=(series((*CHANCE, 13)),)))).startswith(b"%PDF")


@given(st.lists(st.integers(0, 3000), min_size=1, max_size=30), st.sampled_from(["days_between", "access_delay"]))
def test_everything_that_is_drawn_lies_within_the_picture(values, what):
    scene = picture([chart(series(values, what))] * 2, "Euston Street", since=date(2025, 7, 1))
    for item in scene.items:
        corners = (
            item.points
            if isinstance(item, Polygon)
            else [(item.x1, item.y1), (item.x2, item.y2)]
            if isinstance(item, Line)
            else [(item.x, item.y)]
        )
        assert all(-5 <= x <= scene.width + 5 and 0 <= y <= scene.height for x, y in corners)
    assert len(scene.areas) == 2 * len(values)
    titles = {"Upper limit", "Mean", "Lower limit"}
    labels = [item.y for item in scene.items if isinstance(item, Text) and item.text in titles]
    assert all(after - before > 2 * 8 for before, after in pairwise(labels[: len(labels) // 2]))


def test_a_limit_has_a_second_decimal_where_a_number_would_seem_to_lie_on_it():
    upper = Fraction("10.952")
    assert chart_words.limit(upper, [7, 11]) == "10.95"
    assert chart_words.limit(upper, [7, 12]) == "11.0"
    assert chart_words.limit(Fraction(11), [7, 11]) == "11.0"


@pytest.mark.parametrize(("number", "words"), [(7, "7.0"), (-0.04, "0.0"), (1234.56, "1,234.6"), (-1.26, "-1.3")])
def test_numbers_have_one_decimal(number, words):
    assert chart_words.rounded(number) == words
