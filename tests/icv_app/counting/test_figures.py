"""Figures: cases checked by hand against `interfaces.md` §3. 2025-26-Q2 has 13 weeks, 30 June to 28 September 2025."""

from datetime import date

import pytest

from icv_app.counting.issue_figures import THEMES
from icv_app.periods import parse_period
from icv_app.storage.answer_cells import REASONS
from tests.icv_app.small_scheme import small_scheme

Q2 = "2025-26-Q2"


@pytest.fixture
def scheme():
    with small_scheme() as found:
        found.site("euston")
        yield found


def weekly(scheme):
    scheme.target(1, "week", "2025-04-01")


# Coverage: which units are due ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("statuses", "due"),
    [
        ([], 13),
        ([("2020-01-01", "", "open")], 13),
        ([("2020-01-01", "", "closed")], 0),
        # closed from Wednesday 16 July: that week had two open days
        ([("2020-01-01", "2025-07-15", "open"), ("2025-07-16", "", "closed")], 3),
        # closed from Monday 14 July
        ([("2020-01-01", "2025-07-13", "open"), ("2025-07-14", "", "closed")], 2),
        # closed from Tuesday 15 July to Sunday 20 July, and open again
        (
            [("2020-01-01", "2025-07-14", "open"), ("2025-07-15", "2025-07-20", "closed"), ("2025-07-21", "", "open")],
            13,
        ),
        # a whole week closed
        (
            [("2020-01-01", "2025-07-13", "open"), ("2025-07-14", "2025-07-20", "closed"), ("2025-07-21", "", "open")],
            12,
        ),
        # a reserve suite used on two days of one week and one of another: other days are covered by no row
        ([("2025-07-08", "2025-07-09", "open"), ("2025-08-17", "2025-08-17", "open")], 2),
        # the first week of the quarter by a day that lies in June alone
        ([("2025-06-30", "2025-06-30", "open")], 1),
        # a day of September whose week ends in October
        ([("2025-09-29", "2025-09-30", "open")], 0),
    ],
)
def test_a_week_is_due_when_the_suite_was_open_on_one_of_its_days(scheme, statuses, due):
    weekly(scheme)
    for first, last, status in statuses:
        scheme.status("euston", first, last, status)
    assert scheme.ratio(Q2) == scheme.ratio(Q2, site="euston") == (0, due)
    assert scheme.value(Q2, "missed_periods") == due


def test_a_suite_open_on_listed_days_is_due_in_the_weeks_that_hold_one(scheme):
    weekly(scheme)
    scheme.status("euston", "2025-07-01", "2025-08-31", "open_on_days", "Thu")  # 3 July to 28 August: nine Thursdays
    scheme.visit("2025-07-10")
    scheme.visit("2025-07-11")  # the same week
    assert scheme.ratio(Q2) == (1, 9)
    assert scheme.value(Q2, "missed_periods") == 8


@pytest.mark.parametrize(
    ("targets", "due"),
    [
        ([], 0),
        ([(0, "week", "2000-01-01", "")], 0),  # scheme suspended
        ([(1, "week", "2025-07-14", "")], 11),  # the week ending 20 July is the first judged by it
        ([(1, "week", "2025-07-20", "")], 11),  # in force on its last day is enough
        ([(1, "week", "2025-07-21", "")], 10),
        ([(1, "week", "2000-01-01", "2025-07-19")], 2),
        ([(1, "week", "2000-01-01", "2025-07-20")], 3),
        # weekly until the end of July (4 Sundays), then monthly (August and September)
        ([(1, "week", "2000-01-01", "2025-07-31"), (1, "month", "2025-08-01", "")], 4 + 2),
        # the change in mid-month: July is judged on 31 July, by the month, after two weeks were judged by the week
        ([(1, "week", "2000-01-01", "2025-07-15"), (1, "month", "2025-07-16", "")], 2 + 3),
        ([(1, "quarter", "2000-01-01", "")], 1),
        ([(1, "year", "2000-01-01", "")], 0),  # a year belongs to the quarter that ends it
        ([(1, "fortnight", "2000-01-01", "")], 0),  # nothing we know how to judge
    ],
)
def test_each_unit_is_judged_by_the_target_in_force_on_its_last_day(scheme, targets, due):
    for target in targets:
        scheme.target(*target)
    assert scheme.ratio(Q2) == (0, due)


def test_a_yearly_number_is_judged_in_the_period_that_holds_31_march(scheme):
    scheme.target(2, "year")
    scheme.visit("2025-04-01")
    scheme.visit("2026-03-31")
    scheme.visit("2026-04-01")
    assert scheme.ratio("2025-26-Q4") == scheme.ratio("2025-26") == scheme.ratio("2026-03-31..2026-03-31") == (1, 1)
    assert scheme.ratio("2025-26-Q3") == (0, 0)
    assert scheme.ratio("2026-27") == (0, 1)


def test_a_sites_own_target_stands_in_place_of_the_general_one(scheme):
    weekly(scheme)
    scheme.site("keyham")
    scheme.target(2, "week", "2025-07-07", "2025-07-20", site="keyham")  # two weeks of two visits
    scheme.target(0, "week", "2025-08-04", "2025-08-17", site="keyham")  # two weeks of none
    for day in ("2025-07-01", "2025-07-08", "2025-07-15", "2025-07-16", "2025-08-05"):
        scheme.visit(day, "keyham")
    # covered: the week of 1 July by one, that of 14 July by two; not that of 7 July, where one of two was made
    assert scheme.ratio(Q2, site="keyham") == (2, 11)
    assert scheme.ratio(Q2, site="euston") == (0, 13)
    assert scheme.ratio(Q2) == (2, 24)


def test_more_visits_never_make_up_for_another_week(scheme):
    weekly(scheme)
    for _ in range(13):
        scheme.visit("2025-07-02")
    assert scheme.value(Q2) == 13
    assert scheme.ratio(Q2) == (1, 13)


def test_a_visit_that_never_got_in_does_not_cover_its_week(scheme):
    weekly(scheme)
    scheme.visit("2025-07-02", status="not_admitted", access="refused")
    scheme.visit("2025-07-03", status="abandoned")
    assert scheme.ratio(Q2) == (0, 13)
    assert scheme.value(Q2, "visits_attempted") == 2
    states = {cell.first: cell.state for cell in scheme.summary(Q2).coverage}
    assert states[date(2025, 6, 30)] == "not_admitted"
    assert states[date(2025, 7, 7)] == "missed"


def test_kennels_are_judged_by_the_month_and_two_visits_do_not_cover_two(scheme):
    scheme.site("dogs", "dog_unit_kennels")
    scheme.target(1, "month", measure="kennel_visit")
    for day in ("2025-07-01", "2025-07-31", "2025-09-30"):
        scheme.visit(day, "dogs", "kennel_visit")
    assert scheme.ratio(Q2, measure="kennel_visit") == (2, 3)
    with pytest.raises(KeyError):
        scheme.summary(Q2).get("kennel_visit", "missed_periods")


# Straddling weeks and years ------------------------------------------------------------------------------------------


def test_a_straddling_week_covers_in_the_period_of_its_sunday_and_the_visit_counts_by_its_date(scheme):
    weekly(scheme)
    scheme.visit("2025-06-30")  # Monday of the week that ends on 6 July
    scheme.visit("2025-09-30")  # Tuesday of the week that ends on 5 October
    assert scheme.value(Q2) == 1
    assert scheme.ratio(Q2) == (1, 13)
    assert (scheme.value("2025-26-Q1"), scheme.ratio("2025-26-Q1")) == (1, (0, 13))
    assert (scheme.value("2025-26-Q3"), scheme.ratio("2025-26-Q3")) == (0, (1, 13))
    notes = scheme.summary(Q2).notes
    assert any("1 custody visit made before the period, on 30 June 2025, counts for" in note for note in notes)
    assert any("1 custody visit made on 29 to 30 September 2025 is among" in note for note in notes)


def test_the_first_quarter_holds_a_week_that_began_in_the_last_financial_year(scheme):
    scheme.target(1, "week", "2025-04-01")
    scheme.visit("2025-03-31")  # Monday; the week ends on 6 April
    assert scheme.ratio("2025-26-Q1") == (1, 13)


@pytest.mark.parametrize(
    ("period", "due"),
    [
        ("2024-25", 52), ("2023-24", 53), ("2018-19", 53), ("2029-30", 53), ("2023-24-Q4", 13),
        ("2024-07-01..2024-08-31", 8), ("2024-02-29..2024-02-29", 0), ("2024-02-26..2024-03-03", 1),
    ],
)  # fmt: skip
def test_years_have_52_or_53_weeks_and_short_ranges_their_sundays(scheme, period, due):
    scheme.target(1, "week")
    assert scheme.ratio(period) == (0, due)


def test_financial_years_part_between_31_march_and_1_april(scheme):
    scheme.visit("2025-03-31")
    scheme.visit("2025-04-01")
    scheme.visit("2024-02-29")
    assert [scheme.value(year) for year in ("2023-24", "2024-25", "2025-26")] == [1, 1, 1]


# Slots ---------------------------------------------------------------------------------------------------------------


def test_only_a_withdrawn_slot_leaves_the_denominator(scheme):
    weekly(scheme)
    for number, status in enumerate(("planned", "missed", "cancelled", "withdrawn", "completed")):
        scheme.slot(f"S{number}", "2025-07-07", status=status, reason=status.title())
    scheme.slot("S9", "2025-07-14", status="withdrawn")
    scheme.visit("2025-07-20", slot="S9")  # a completed visit names it: completed, whatever its status
    scheme.visit("2025-07-08", slot="S1", status="not_admitted")
    assert scheme.ratio(Q2, "scheduled_completed") == (1, 5)
    figure = scheme.summary(Q2).get("custody_visit", "scheduled_completed")
    assert (figure.percent, figure.note) == ("20.0", "1 withdrawn slot left out")
    told = [(slot.slot, slot.status, slot.reason) for slot in scheme.summary(Q2).not_made]
    assert told == [
        ("S0", "planned", "Planned"),
        ("S1", "missed", "Missed"),
        ("S2", "cancelled", "Cancelled"),
        ("S3", "withdrawn", "Withdrawn"),
        ("S4", "planned", "Completed"),  # says completed, and no completed visit names it
    ]


@pytest.mark.parametrize(
    ("per", "starts", "inside"),
    [
        ("week", "2025-06-29", False),  # a Sunday: its week ends on itself
        ("week", "2025-06-30", True),
        ("week", "2025-07-01", True),
        ("week", "2025-09-28", True),
        ("week", "2025-09-29", False),
        ("month", "2025-06-30", False),
        ("month", "2025-07-01", True),
        ("month", "2025-09-30", True),
        (None, "2025-06-30", False),
        (None, "2025-09-29", True),
    ],
)
def test_a_slot_belongs_by_its_sunday_under_a_weekly_target_and_else_by_its_start(scheme, per, starts, inside):
    if per:
        scheme.target(1, per)
    scheme.slot("S1", starts)
    scheme.visit("2025-08-01", slot="S1")
    assert scheme.ratio(Q2, "scheduled_completed") == ((1, 1) if inside else (0, 0))


def test_the_target_in_force_on_the_day_it_starts_decides_where_a_slot_belongs(scheme):
    scheme.target(1, "week", "2000-01-01", "2025-09-28")
    scheme.target(1, "month", "2025-09-29")
    scheme.slot("S1", "2025-09-29")  # monthly by now, so by its start
    assert scheme.ratio(Q2, "scheduled_completed") == (0, 1)


def test_two_visits_that_name_one_slot_complete_it_once(scheme):
    scheme.slot("S1", "2025-07-07")
    scheme.visit("2025-07-07", slot="S1")
    scheme.visit("2025-07-08", slot="S1")
    assert scheme.ratio(Q2, "scheduled_completed") == (1, 1)


def test_a_slot_planned_for_a_time_to_come_is_not_yet_one_that_was_not_made(scheme):
    weekly(scheme)
    scheme.slot("S1", "2025-07-07")
    assert [len(scheme.summary(Q2, date.fromisoformat(day)).not_made) for day in ("2025-07-13", "2025-07-14")] == [0, 1]


# Visits that count in no figure --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("left_out", "own"),
    [
        ({"visit_type": "tact"}, "tact_visits"), ({"visit_type": "training"}, "training_visits"),
        ({"mode": "telephone"}, "remote_visits"), ({"mode": "video"}, "remote_visits"),
        ({"visit_type": "tact", "mode": "video"}, "tact_visits"), ({"state": "returned"}, None),
        ({"state": "returned", "visit_type": "tact"}, None),
    ],
)  # fmt: skip
def test_tact_training_remote_and_returned_visits_are_in_no_figure_but_their_own_and_are_noted(scheme, left_out, own):
    weekly(scheme)
    scheme.slot("S1", "2025-07-07")
    before = scheme.summary(Q2)
    scheme.visit(
        "2025-07-08", slot="S1", in_custody=3, seen=1, visitor_1="ICV01", travel_minutes_1=10, **left_out
    )  # fmt: skip
    after = scheme.summary(Q2)
    changed = [(new.figure, new.value) for old, new in zip(before.figures, after.figures, strict=True) if old != new]
    assert changed == ([(own, 1)] if own else [])
    if own:
        assert len(after.notes) == len(before.notes) + 1
        assert after.notes[-1].startswith("In none of these figures but those of their own kind: 1 ")
    else:  # what was sent back is told by the account, with the drafts (`still_out`)
        assert after.notes == before.notes


def test_a_return_visit_counts(scheme):
    scheme.visit("2025-07-08", visit_type="return")
    assert scheme.value(Q2) == 1


def test_a_visit_to_a_place_that_is_not_listed_is_told_and_in_no_figure(scheme):
    scheme.visit("2025-07-08", "nowhere")
    scheme.visit("2025-07-08", "euston", "kennel_visit")
    scheme.visit("2025-07-08", None)
    assert scheme.value(Q2) == 0
    assert scheme.summary(Q2).notes == (
        "2 custody visits at a place that is not in the list of sites for it: in no figure.",
        "1 kennel visit at a place that is not in the list of sites for it: in no figure.",
    )


# Sums over visits ----------------------------------------------------------------------------------------------------


def test_detainee_numbers_are_sums_over_completed_visits(scheme):
    numbers = {"in_custody": 5, "offered": 4, "seen": 3, "declined": 1}
    scheme.visit("2025-07-01", **numbers)
    scheme.visit("2025-07-02", in_custody=0, offered=0, seen=0, declined=0)
    scheme.visit("2025-07-03")
    scheme.visit("2025-07-04", status="abandoned", **numbers)
    found = {name: scheme.value(Q2, f"detainees_{name}") for name in numbers}
    assert found == numbers
    assert (
        scheme.summary(Q2).get("custody_visit", "detainees_seen").note == "1 completed visit without detainee numbers"
    )


def test_access_is_immediate_admissions_of_visits_attempted(scheme):
    scheme.visit("2025-07-01")
    scheme.visit("2025-07-02", access="admitted_after_delay")
    scheme.visit("2025-07-03", access="refused", status="not_admitted")
    scheme.visit("2025-07-04", access=None)
    assert scheme.ratio(Q2, "admitted_immediately") == (1, 4)


def test_volunteer_minutes_are_over_visits_attempted(scheme):
    pair = {"visitor_1": "ICV01", "visitor_2": "ICV02", "travel_minutes_1": 30, "travel_minutes_2": 15}
    scheme.visit("2025-07-01", arrived="23:40", left="00:25", **pair)  # 45 minutes, past midnight
    scheme.visit("2025-07-02", arrived="10:00", status="not_admitted", **pair)  # travel alone
    assert scheme.value(Q2, "volunteer_minutes") == (45 + 45 + 45) + 45


@pytest.mark.parametrize(
    ("answers", "expected"),
    [
        ([], 0),
        (["no", "no"], 0),
        (["yes", "no"], 1),
        (["yes", None], None),
        ([None], None),
    ],
)
def test_serious_issues_are_unknown_while_a_completed_visit_left_the_question_open(scheme, answers, expected):
    scheme.site("keyham")
    scheme.visit("2025-07-01", "keyham")
    scheme.visit("2025-07-01", serious_issue=None, status="not_admitted")  # need not answer
    for answer in answers:
        scheme.visit("2025-07-02", serious_issue=answer)
    assert scheme.value(Q2, "serious_issues") == scheme.value(Q2, "serious_issues", "euston") == expected
    assert scheme.value(Q2, "serious_issues", "keyham") == 0


def test_a_serious_issue_of_a_visit_that_was_cut_short_is_not_hidden(scheme):
    scheme.visit("2025-07-01", status="abandoned", serious_issue="yes")
    assert scheme.value(Q2, "serious_issues") == 1


# Reach ---------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("rows", "detained"),
    [
        ([], None),
        ([("2025-07-01", "2025-09-30", 400)], 400),
        ([("2025-07-01", "2025-07-31", 100), ("2025-08-01", "2025-08-31", 150), ("2025-09-01", "2025-09-30", 50)], 300),
        ([("2025-07-01", "2025-07-31", 100), ("2025-09-01", "2025-09-30", 50)], None),  # August is missing
        ([("2025-06-01", "2025-09-30", 500)], None),  # not wholly inside
        ([("2025-04-01", "2026-03-31", 5000), ("2025-07-01", "2025-09-30", 400)], 400),
        ([("2025-07-01", "2025-09-30", 400), ("2025-07-01", "2025-07-31", 100)], 400),  # nobody is counted twice
        ([("2025-07-01", "2025-08-31", 250), ("2025-08-31", "2025-09-30", 60)], None),  # both hold 31 August
    ],
)
def test_reach_needs_throughput_that_covers_the_period_and_no_more(scheme, rows, detained):
    for row in rows:
        scheme.throughput(*row)
    scheme.visit("2025-07-01", in_custody=12)
    found = scheme.summary(Q2).get("custody_visit", "reach")
    assert (found.numerator, found.denominator) == (12, detained)
    assert (found.percent is None) == (detained is None)


# Training ------------------------------------------------------------------------------------------------------------


@pytest.fixture
def training(scheme):
    scheme.site("field", "training_venue")
    for day in ("2025-03-31", "2025-04-01", "2025-07-15", "2025-09-30", "2025-10-01"):
        scheme.visit(day, "field", "training_observation")
    scheme.visit("2025-08-01", "field", "training_observation", status="abandoned")
    return scheme


@pytest.mark.parametrize(
    ("period", "made"),
    [("2025-26-Q1", 1), (Q2, 3), ("2025-26", 4), ("2025-09-01..2025-09-30", 3), ("2024-25-Q4", 1)],
)
def test_training_counts_from_1_april_to_the_periods_last_day(training, period, made):
    training.target(2, "year", measure="training_observation")
    assert training.ratio(period, measure="training_observation") == (made, 2)


def test_training_may_exceed_its_number(training):
    training.target(2, "year", measure="training_observation")
    assert training.summary(Q2).get("training_observation", "target_coverage").percent == "150.0"


def test_the_yearly_number_is_the_one_in_force_on_the_periods_last_day(training):
    training.target(4, "year", "2025-04-01", "2025-08-31", measure="training_observation")
    training.target(6, "year", "2025-09-01", measure="training_observation")
    assert training.ratio(Q2, measure="training_observation") == (3, 6)
    assert training.ratio("2025-26-Q1", measure="training_observation") == (1, 4)
    assert training.ratio("2024-25-Q4", measure="training_observation") == (1, 0)


def test_the_number_for_all_venues_is_the_schemes_and_a_venues_own_stands_beside_it(training):
    training.target(6, "year", measure="training_observation")
    training.site("wood", "training_venue")
    assert training.ratio(Q2, measure="training_observation") == (3, 6)
    training.target(1, "year", site="wood", measure="training_observation")
    assert training.ratio(Q2, measure="training_observation") == (3, 7)
    training.target(2, "year", site="field", measure="training_observation")
    assert training.ratio(Q2, measure="training_observation") == (3, 3)


# Record reviews and volunteers ---------------------------------------------------------------------------------------


def test_sessions_count_by_their_totals_and_their_case_forms_are_not_counted_again(scheme):
    session = {"date": "2025-08-19", "kind": "panel", "records": 35, "of_which_immigration": 15, "recommendations": 7}
    scheme.put("record_review", "P1", session)
    scheme.put("record_review", "P2", {**session, "date": "2025-10-01"})
    scheme.put("record_review", "P3", {**session, "state": "returned"})
    scheme.visit("2025-08-19", form="record_review", session="P1", recommendations=2)
    scheme.visit("2025-08-20", form="record_review", session="P2")  # detail of a session in another quarter
    scheme.visit("2025-08-21", form="record_review", recommendations=1)  # a form on its own counts one
    scheme.visit("2025-08-22", form="record_review", session="not-here-yet", of_which_immigration=0)
    names = ("records_reviewed", "immigration_records_reviewed", "recommendations")
    assert [scheme.value(Q2, name, measure="record_review") for name in names] == [35 + 2, 15 + 1, 7 + 1]
    assert [each.session for each in scheme.summary(Q2).sessions] == ["P1"]
    assert scheme.value(Q2, "visits_attempted") == 0


def test_volunteers_are_counted_by_the_row_of_the_last_day(scheme):
    for number, status in enumerate(
        ("probation", "active", "on_leave", "not_currently_visiting", "applicant", "in_training", "left")
    ):
        scheme.visitor(f"ICV{number:02}", status)
    scheme.visitor("AWV01", "active", roles="awv")
    scheme.visitor("BOTH1", "active", roles="icv;awv")
    scheme.visitor("REV01", "active", roles="record_reviewer")
    scheme.visitor("NEW01", "active", "2025-09-30")
    scheme.visitor("NEW02", "active", "2025-10-01")
    scheme.visitor("OLD01", "active", "2020-01-01", "2025-09-29")
    scheme.visitor("OLD02", "active", "2020-01-01", "2025-09-30")
    scheme.visitor("GONE1", "active", "2020-01-01")  # never closed when the next row began
    scheme.visitor("GONE1", "left", "2025-09-01")
    assert scheme.value(Q2, "volunteers", measure="volunteers") == 4 + 2 + 2
    assert scheme.value(Q2, "currently_visiting", measure="volunteers") == 1 + 2 + 2


# The list and what stands beside it ----------------------------------------------------------------------------------


def test_a_scheme_with_nothing_in_it_has_every_figure():
    with small_scheme() as scheme:
        summary = scheme.summary(Q2)
        assert {figure.site for figure in summary.figures} == {None}
        assert all(figure.percent is None for figure in summary.figures)
        assert {figure.value for figure in summary.figures} == {0, None}


def test_every_figure_of_a_visit_measure_is_given_for_every_site_of_its_kind(scheme):
    scheme.site("keyham")
    scheme.site("dogs", "dog_unit_kennels")
    scheme.site("field", "training_venue")
    found = {}
    for figure in scheme.summary(Q2).figures:
        found.setdefault((figure.measure, figure.figure), []).append(figure.site)
    custody, kennels, venues = [None, "euston", "keyham"], [None, "dogs"], [None, "field"]
    assert found == {
        **{
            ("custody_visit", name): custody
            for name in (
                "visits_completed", "visits_attempted", "scheduled_completed", "target_coverage", "missed_periods",
                "detainees_in_custody", "detainees_offered", "detainees_seen", "detainees_declined",
                "admitted_immediately", "volunteer_minutes", "serious_issues", "days_since_last_visit",
                "longest_gap", "slot_coverage", "access_delay_median", "access_delay_longest",
                "delayed_over_threshold", "detainees_observed_only", "detainees_not_available", "detainees_denied",
                "detainees_not_offered", "offered_share", "acceptance", "seen_share", "detainees_women",
                "detainees_children", "detainees_girls", "detainees_immigration", "detainees_s136",
                "visits_against_number", "visits_with_praise",
            )
        },
        **{
            ("custody_visit", name): [None]
            for name in (
                "reach", *(f"not_available_{reason}" for reason in REASONS), "visits_weekday", "visits_weekend",
                "visits_day", "visits_evening", "visits_night", "tact_visits", "training_visits", "remote_visits",
                "visits_not_admitted", "visits_abandoned",
            )
        },
        **{
            ("kennel_visit", name): kennels
            for name in (
                "visits_completed", "visits_attempted", "scheduled_completed", "target_coverage", "volunteer_minutes",
                "days_since_last_visit", "longest_gap", "visits_against_number", "dogs_seen",
            )
        },
        **{
            ("training_observation", name): venues
            for name in ("visits_completed", "visits_attempted", "scheduled_completed", "volunteer_minutes")
        },
        **{
            ("training_observation", name): [None]
            for name in ("target_coverage", "cancelled_by_dog_unit", "cancelled_by_visitors", "cancelled_other")
        },
        **{
            ("record_review", name): [None]
            for name in (
                "records_reviewed", "immigration_records_reviewed", "recommendations", "held_median_minutes",
                "held_longest_minutes", "held_over_24_hours", "held_up_to_24", "held_24_to_48", "held_48_to_72",
                "held_72_to_96", "held_96_to_120", "held_over_120", "is91_on_record", "times_missing",
            )
        },
        **{
            ("volunteers", name): [None]
            for name in (
                "volunteers", "currently_visiting", "visit_minutes", "training_minutes", "meeting_minutes",
                "panel_minutes", "other_minutes", "in_training", "joined", "left",
            )
        },
        **{
            ("issues", name): [None]
            for name in (
                "raised", *(f"raised_{theme}" for theme in THEMES), "raised_serious", "resolved_at_visit",
                "open_at_end", "open_over_28_days", "open_over_84_days", "answered_in_time", "response_days_median",
                "open_at_end_raised", "open_before", "closed",
                "praise_shared", "recommendations_answered",
            )
        },
    }  # fmt: skip


def test_a_unit_that_has_not_ended_is_due_and_is_shown_as_to_come(scheme):
    weekly(scheme)
    summary = scheme.summary(Q2, date(2025, 7, 13))
    assert [cell.state for cell in summary.coverage[:3]] == ["missed", "to_come", "to_come"]
    assert summary.get("custody_visit", "target_coverage").denominator == 13
    assert "on 13 July 2025, 12 of the weeks or months that count as due may still be visited" in summary.notes[-1]


def test_cells_are_shown_for_closed_weeks_and_for_weeks_without_a_target(scheme):
    scheme.target(1, "week", "2025-07-14", "2025-07-27")
    scheme.status("euston", "2020-01-01", "2025-07-20")
    states = [cell.state for cell in scheme.summary(Q2).coverage]
    assert states == ["not_due", "not_due", "missed", *["closed"] * 10]


def test_findings_belong_to_the_day_of_the_visit_that_they_name(scheme):
    scheme.visit("2025-07-08", key="CV-1")
    scheme.visit("2025-10-01", key="CV-2")
    scheme.visit("2025-07-09", key="CV-3", visit_type="tact")
    scheme.visit("2025-07-10", key="CR-1", form="record_review")
    scheme.put("record_review", "P1", {"date": "2025-07-11", "records": 2})
    for number, visit in enumerate(("CV-1", "CV-2", "CV-3", "CR-1", "P1", "unknown", None)):
        scheme.put("issue", f"I{number}", {"visit": visit, "kind": "issue", "text": "Words"})
    found = scheme.summary(Q2).findings
    assert [(each.issue, each.visit, each.site, each.date) for each in found] == [
        ("I0", "CV-1", "euston", date(2025, 7, 8)),
        ("I3", "CR-1", "euston", date(2025, 7, 10)),
        ("I4", "P1", "", date(2025, 7, 11)),
    ]


def test_issues_in_a_visits_own_form_are_findings_until_a_record_of_the_same_words_takes_over(scheme):
    rows = {
        "r2": {"issue_kind": "positive_comment", "issue_text": "Kind staff", "issue_severity": "praise"},
        "r1": {"issue_kind": "issue", "issue_text": "Broken bell", "issue_action": "Told the sergeant"},
    }
    scheme.visit("2025-07-08", key="CV-1", issues=rows)
    told = [(each.issue, each.text, each.action) for each in scheme.summary(Q2).findings]
    assert told == [("CV-1/1", "Broken bell", "Told the sergeant"), ("CV-1/2", "Kind staff", "")]
    scheme.put("issue", "I1", {"visit": "CV-1", "text": "Broken bell", "response": "Mended"})
    told = [(each.issue, each.text, each.response) for each in scheme.summary(Q2).findings]
    assert told == [("CV-1/2", "Kind staff", ""), ("I1", "Broken bell", "Mended")]
    scheme.visit("2025-07-08", key="CV-1", issues="none")
    assert [each.issue for each in scheme.summary(Q2).findings] == ["I1"]


def test_footnotes_tell_of_closures_and_of_changed_targets(scheme):
    scheme.target(1, "week", "2020-01-01", "2025-07-31")
    scheme.target(1, "month", "2025-08-01", reason="Winter pressure")
    scheme.status("euston", "2025-07-01", "2025-08-31", "open_on_days", "Mon;Thu", "Building work")
    scheme.status("euston", "2025-09-01", "2025-09-10", "closed")
    assert scheme.summary(Q2).notes == (
        "Custody visits, target for all sites: 1 per week, 1 to 31 July 2025; "
        "1 per month, 1 August to 30 September 2025 (Winter pressure).",
        "Euston: open only on Mondays and Thursdays, 1 July to 31 August 2025 (Building work).",
        "Euston: closed, 1 to 10 September 2025.",
        "Euston: its calendar says nothing of 20 days of the period, which count as closed.",
    )


def test_a_summary_reads_inside_the_callers_transaction_or_in_its_own(scheme):
    scheme.connection.execute("BEGIN")
    scheme.visit("2025-07-08")
    assert scheme.value(Q2) == 1
    assert scheme.connection.in_transaction
    scheme.connection.execute("ROLLBACK")
    assert scheme.value(Q2) == 0
    assert not scheme.connection.in_transaction


def test_the_document_names_the_period_and_its_week_rule(scheme):
    period = parse_period("2025-07-01..2025-08-31")
    document = scheme.summary(period).as_document()
    assert document["period"] == {
        "name": "2025-07-01..2025-08-31", "from": "2025-07-01", "to": "2025-08-31", "week_rule": "week-ending-sunday",
    }  # fmt: skip
