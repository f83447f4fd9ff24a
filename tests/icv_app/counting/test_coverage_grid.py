"""The grid of sites by weeks: what became of each week, in words, and which records are behind it."""

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from icv_app.counting import coverage_grid, rulebook
from tests.icv_app.small_scheme import small_scheme

TODAY = date(2026, 11, 20)  # a Friday
WEEK = "2026-11-09"  # the Monday of the week before
WINDOW = coverage_grid.window(TODAY)


@pytest.fixture
def scheme():
    with small_scheme() as found:
        found.site("euston", name="Euston Street")
        found.target(1, "week")
        yield found


def grids(scheme, whole=True, period=WINDOW):
    return coverage_grid.read(scheme.connection, rulebook.read(scheme.connection), period, TODAY, whole=whole)


def cell(scheme, day=WEEK, whole=True):
    (grid,) = grids(scheme, whole)
    (row,) = grid.rows
    return row.cells[grid.column(date.fromisoformat(day))]


def slot(scheme, status="planned", reason="", visitors="ICV01;ICV02", starts=WEEK, key="S1"):
    body = {"slot": key, "measure": "custody_visit", "site": "euston", "period_start": starts, "status": status}
    scheme.put("slot", key, {**body, "reason": reason, "visitors": visitors})


def test_the_window_is_four_quarters_by_their_weeks(scheme):
    assert (WINDOW.first, WINDOW.last) == (date(2026, 1, 1), date(2026, 12, 31))
    (grid,) = grids(scheme)
    assert (grid.measure, grid.per, len(grid.units)) == ("custody_visit", "week", 52)
    assert (grid.units[0].first, grid.units[-1].last) == (date(2025, 12, 29), date(2026, 12, 27))
    assert [len(row.cells) for row in grid.rows] == [52]
    assert grid.column(date(2026, 11, 15)) == grid.column(date(2026, 11, 9))
    assert grid.column(date(2027, 1, 1)) is None


def test_a_week_with_a_visit_is_covered_and_leads_to_it(scheme):
    scheme.visit("2026-11-10", key="CV-1")
    scheme.visit("2026-11-15", key="CV-2", status="not_admitted")
    found = cell(scheme)
    assert (found.state, found.visits) == ("covered", ("CV-1", "CV-2"))
    assert found.words == ("Euston Street, week of 9 to 15 November 2026. Covered; 1 visit made; 1 visit not admitted.")


def test_who_was_turned_away_is_told_apart_from_who_cut_the_visit_short(scheme):
    scheme.visit("2026-11-10", status="not_admitted")
    assert cell(scheme).told == "Tried, not admitted; 1 visit not admitted."
    scheme.visit("2026-11-11", status="abandoned")
    found = cell(scheme)
    assert (found.state, found.told) == ("abandoned", "Cut short; 1 visit cut short; 1 visit not admitted.")


def test_a_missed_week_says_the_reason_of_its_slot_or_that_none_was_given(scheme):
    assert (cell(scheme).state, cell(scheme).told) == ("unexplained", "Missed, no reason given.")
    slot(scheme)
    assert (cell(scheme).state, cell(scheme).slots) == ("unexplained", ("S1",))
    assert cell(scheme).told == "Missed, no reason given; planned for ICV01 and ICV02."
    slot(scheme, "missed")
    assert cell(scheme).told == "Missed, no reason given; planned for ICV01 and ICV02 and missed: no reason given."
    slot(scheme, "cancelled", "Visitor unavailable", visitors="")
    found = cell(scheme)
    assert (found.state, found.told) == (
        "missed", "Missed, reason given; planned and cancelled: Visitor unavailable.",
    )  # fmt: skip


def test_a_week_to_come_is_planned_only_once_it_has_its_pair(scheme):
    assert cell(scheme, "2026-11-30").told == "Due, no pair yet."
    slot(scheme, starts="2026-11-30")
    assert (cell(scheme, "2026-11-30").state, cell(scheme, "2026-11-30").told) == (
        "planned", "Planned; for ICV01 and ICV02.",
    )  # fmt: skip
    slot(scheme, starts="2026-11-30", visitors="")
    assert (cell(scheme, "2026-11-30").state, cell(scheme, "2026-11-30").told) == ("to_come", "Due, no pair yet.")
    slot(scheme, starts="2026-11-30", visitors="ICV01")
    assert cell(scheme, "2026-11-30").told == "Due, no pair yet; planned for ICV01."
    slot(scheme, starts="2026-11-30", visitors="ICV01;ICV02", key="S2")
    slot(scheme, starts="2026-11-30", visitors="")
    assert cell(scheme, "2026-11-30").told == "Planned; nobody is named yet; for ICV01 and ICV02."
    slot(scheme, "cancelled", "Snow", starts="2026-11-30", key="S2")
    slot(scheme, "cancelled", "Snow", starts="2026-11-30")
    assert cell(scheme, "2026-11-30").state == "to_come"


def test_the_present_week_is_planned_until_a_visit_covers_it(scheme):
    slot(scheme, starts="2026-11-16")
    assert cell(scheme, "2026-11-20").state == "planned"
    scheme.visit("2026-11-17", status="not_admitted")
    assert cell(scheme, "2026-11-20").told == "Planned; 1 visit not admitted; for ICV01 and ICV02."
    scheme.visit("2026-11-18", slot="S1")
    assert cell(scheme, "2026-11-20").told == "Covered; 1 visit made; 1 visit not admitted."


def test_a_closed_week_and_one_without_a_target_are_not_due_and_say_what_was_made(scheme):
    scheme.status("euston", "2026-11-16")
    assert cell(scheme).told == "Not open."
    scheme.target(0, "week", first="2026-11-16", site="euston")
    scheme.visit("2026-11-18")
    assert (cell(scheme, "2026-11-18").state, cell(scheme, "2026-11-18").told) == (
        "not_due", "No visit due; 1 visit made.",
    )  # fmt: skip


def test_a_week_that_calls_for_two_says_how_many_were_made(scheme):
    scheme.target(2, "week", first="2026-11-01", site="euston")
    scheme.visit("2026-11-10")
    assert cell(scheme).told == "Missed, no reason given; 1 of 2 visits called for."
    scheme.visit("2026-11-11")
    assert cell(scheme).told == "Covered; 2 of 2 visits called for."


def test_a_laptop_that_reads_only_some_reports_does_not_call_a_week_missed(scheme):
    assert cell(scheme, whole=False).told == "Not known on this laptop."
    assert cell(scheme, "2026-11-20", whole=False).state == "not_known"
    assert cell(scheme, "2026-11-30", whole=False).state == "to_come"
    slot(scheme, "completed")
    assert cell(scheme, whole=False).told == "Not known on this laptop; the rota says that ICV01 and ICV02 went."
    slot(scheme, "missed", "Snow", key="S2")  # of two, the other went
    assert cell(scheme, whole=False).state == "not_known"
    slot(scheme, "missed", "Snow")
    assert cell(scheme, whole=False).state == "not_known"  # others may have gone without a slot
    assert "planned for ICV01 and ICV02 and missed: Snow" in cell(scheme, whole=False).told
    scheme.visit("2026-11-10")
    assert cell(scheme, whole=False).state == "covered"


def test_a_slot_that_says_completed_though_no_visit_names_it_is_no_visit(scheme):
    slot(scheme, "completed")
    assert cell(scheme).told == "Missed, no reason given."


def test_a_slot_of_a_later_program_s_status_is_taken_for_planned(scheme):
    slot(scheme, "swapped", starts="2026-11-30")
    assert cell(scheme, "2026-11-30").state == "planned"


def test_each_length_of_unit_has_a_grid_of_the_sites_that_use_it(scheme):
    scheme.site("dogs", "dog_unit_kennels", "Dog Unit")
    scheme.site("keyham")
    scheme.target(1, "month", measure="kennel_visit")
    scheme.target(1, "month", first="2026-06-01", site="keyham")
    scheme.visit("2026-08-03", site="dogs", form="kennel_visit", key="KV-1")
    found = {(grid.measure, grid.per): grid for grid in grids(scheme)}
    assert {key: [row.site for row in grid.rows] for key, grid in found.items()} == {
        ("custody_visit", "week"): ["euston", "keyham"],
        ("custody_visit", "month"): ["keyham"],
        ("kennel_visit", "month"): ["dogs"],
    }
    (row,) = found["kennel_visit", "month"].rows
    assert len(row.cells) == 12
    august = row.cells[7]
    assert (august.visits, august.words) == (
        ("KV-1",), "Dog Unit, month of 1 to 31 August 2026. Covered; 1 visit made.",
    )  # fmt: skip


def test_a_scheme_without_a_target_shows_its_sites_with_nothing_due():
    with small_scheme() as scheme:
        scheme.site("euston")
        (grid,) = grids(scheme)
        assert {each.state for each in grid.rows[0].cells} == {"not_due"}


def test_a_scheme_without_sites_has_no_grid():
    with small_scheme() as scheme:
        assert grids(scheme) == ()


def test_nothing_of_a_plan_is_in_the_grid(scheme):
    """Week and pair are open to all, the day and time that the pair agreed are not (`planning`)."""
    slot(scheme, starts="2026-11-30")
    scheme.put("plan", "S1", {"slot": "S1", "visitors": ["ICV01"], "day": "2026-12-03", "time": "19:30"})
    for whole in (True, False):
        found = cell(scheme, "2026-11-30", whole=whole)
        assert "3 December" not in found.words
        assert "19:30" not in found.words


DAYS = st.dates(date(2026, 9, 28), date(2026, 12, 20))
STATUSES = st.sampled_from(["completed", "abandoned", "not_admitted"])
SLOTS = st.sampled_from(["planned", "completed", "missed", "cancelled", "withdrawn", "other"])


@settings(max_examples=40, deadline=None)
@given(
    visits=st.lists(st.tuples(DAYS, STATUSES), max_size=12),
    slots=st.lists(st.tuples(DAYS, SLOTS, st.sampled_from(["", "Snow"])), max_size=8),
    number=st.integers(0, 2),
)
def test_the_grid_never_disagrees_with_the_figures_and_loses_no_visit(visits, slots, number):
    with small_scheme() as scheme:
        scheme.site("euston")
        scheme.target(number, "week")
        for day, status in visits:
            scheme.visit(day.isoformat(), status=status)
        for at, (day, status, reason) in enumerate(slots):
            slot(scheme, status, reason, starts=day.isoformat(), key=f"S{at}")
        (grid,) = grids(scheme)
        (row,) = grid.rows
        for quarter in ("2026-27-Q3", "2026-27-Q2"):
            summary = scheme.summary(quarter, TODAY)
            cells = {each.first: each for each in row.cells}
            for judged in summary.coverage:
                state = cells[judged.first].state
                assert {
                    "covered": {"covered"}, "closed": {"closed"}, "not_due": {"not_due"},
                    "missed": {"missed", "unexplained"}, "not_admitted": {"not_admitted", "abandoned"},
                    "to_come": {"planned", "to_come"}, "before": {"before", "missed"},
                }[judged.state] >= {state}  # fmt: skip
        assert sum(len(each.visits) for each in row.cells) == len(visits)
        assert sum(len(each.slots) for each in row.cells) == len(slots)
