"""What a summary says of targets other than one visit a week: key figures, pictures, the number asked for."""

from dataclasses import replace
from datetime import date

import pytest

from icv_app.figure import Period
from icv_app.summary import CoverageCell, SiteName
from reports import defence, tiles
from reports.document import Paragraph
from reports.summary import counted, day_times, suites, weeks
from tests.reports import samples
from tests.reports.samples import plain, ratio


def summary(**about):
    return replace(samples.account().summary, **about)


def words(blocks):
    return " ".join(block.text for each in blocks for block in flat(each) if isinstance(block, Paragraph))


def flat(block):
    inner = getattr(block, "blocks", None)
    return [found for each in inner for found in flat(each)] if inner else [block]


def of_two(measure):
    base = samples.account().summary
    return replace(
        base, coverage=tuple(replace(cell, needed=2) if cell.measure == measure else cell for cell in base.coverage)
    )


def shown(of):
    return [f"{tile.figure} {tile.what} {tile.share}" for tile in tiles.tiles(of).tiles]


def test_what_asks_for_more_than_one_visit_met_its_target_or_did_not():
    assert shown(of_two("kennel_visit"))[1:3] == [
        "30 of 35 suite-weeks had a visit (the target) 85.7%", "3 of 3 months met the kennels’ target 100.0%",
    ]  # fmt: skip
    assert shown(of_two("custody_visit"))[1:3] == [
        "30 of 35 suite-weeks met the target 85.7%", "3 of 3 months had a kennel visit 100.0%",
    ]  # fmt: skip
    assert shown(replace(of_two("kennel_visit"), over=False))[2].startswith(
        "3 of 3 months met the kennels’ target so far"
    )


def test_of_what_was_not_due_nothing_is_said_to_have_had_a_visit():
    none = (
        ratio("custody_visit", "scheduled_completed", 0, 0),
        ratio("custody_visit", "target_coverage", 0, 0, unit="units"),
        ratio("kennel_visit", "target_coverage", 0, 0, unit="units"),
        ratio("training_observation", "target_coverage", 0, 0),
    )
    assert shown(summary(figures=none, coverage=())) == [
        "None due of custody visits by the rota Not applicable", "None due by the target Not applicable",
        "None due by the kennels’ target Not applicable",
        "None due in off-site training this financial year Not applicable",
    ]  # fmt: skip


def month(number, state="covered", needed=1, first=None):
    last = date(2025, number + 1, 1) - date.resolution
    return CoverageCell(
        measure="custody_visit", site="euston-street", first=first or date(2025, number, 1), last=last, needed=needed,
        completed=1, attempted=1, state=state,
    )  # fmt: skip


def test_squares_of_months_are_not_called_weeks():
    text = words(weeks.weeks(summary(coverage=(month(7), month(8, "missed"))), "custody_visit", "T"))
    assert "week" not in text
    assert "headed by its months" in text
    assert "a span that was due and missed" in text
    both = (month(7), samples.week("euston-street", 5, 1, "covered"))
    mixed = words(weeks.weeks(summary(coverage=both), "custody_visit", "T"))
    assert "A week is headed by the Sunday on which it ends, a longer span by its months." in mixed
    plain = words(weeks.weeks(summary(), "custody_visit", "T"))
    assert plain.startswith("Each square is one week at one suite, headed by the Sunday on which the week ends")


def test_a_number_of_a_longer_span_is_not_set_against_the_visits_of_the_period():
    july = Period(name="2025-07-01..2025-09-30", first=date(2025, 7, 1), last=date(2025, 9, 30))
    base = replace(samples.account(), summary=summary(period=july))
    assert "30 visits were made against a minimum of" in words(suites.suites(base))  # its first week began in June
    year = (month(9, needed=12, first=date(2024, 10, 1)),)
    longer = replace(base, summary=replace(base.summary, coverage=year))
    assert "against a minimum" not in words(suites.suites(longer))


def never_visited(number):
    """An account of one suite with 48 days since its last visit, and others never visited."""
    codes = [f"suite-{each}" for each in range(1, number + 1)]
    names = tuple(SiteName(site=code, name=code.replace("-", " ").title(), kind="custody_suite") for code in codes)
    figures = [plain("custody_visit", "longest_gap", 48), plain("custody_visit", "days_since_last_visit", 48)]
    for each, code in enumerate(codes):
        figures += [
            plain("custody_visit", "longest_gap", 48, code),
            plain("custody_visit", "days_since_last_visit", None if each else 48, code),
        ]
    return replace(samples.account(), summary=summary(figures=tuple(figures), sites=names))


def test_the_line_of_all_suites_does_not_hide_those_that_were_never_visited():
    text = words(day_times.day_times(never_visited(3)))
    assert "No visit to Suite 2 and Suite 3 is on record up to 30 September 2025: the line of all suites says" in text
    assert "6 suites have no visit on record up to" in words(day_times.day_times(never_visited(7)))
    assert "on record up to" not in words(day_times.day_times(never_visited(1)))


@pytest.mark.parametrize(
    ("unit", "headline", "said"),
    [
        ("suite-weeks", "Weeks with a visit (the target)", "Each week in which a suite was open"),
        ("suite-months", "Covered, by the target", "Each span of the target, a week, month, quarter or year"),
        ("units", "Covered, by the target", "Each span of the target, a week, month, quarter or year"),
    ],
)
def test_how_the_target_is_counted_is_told_by_what_it_is_counted_in(unit, headline, said):
    figures = (ratio("custody_visit", "target_coverage", 2, 3, unit=unit),)
    (told,) = [rule for name, rule in counted.rules(summary(figures=figures)) if name == headline]
    assert told.startswith(said)


@pytest.mark.parametrize(("unit", "said"), [("months", "Each month in which"), ("weeks", "Each span of the target")])
def test_of_kennels_too(unit, said):
    assert defence.rule(ratio("kennel_visit", "target_coverage", 2, 3, unit=f"kennel-{unit}")).startswith(said)
