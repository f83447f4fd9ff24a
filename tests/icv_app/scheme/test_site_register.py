"""Sites, calendars and targets as dated rows: what is saved, what is refused, and that targets never overlap."""

from contextlib import contextmanager
from dataclasses import replace
from datetime import date, datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

import resources
from icv_app.clock import LONDON, Clock
from icv_app.counting import figures
from icv_app.encryption import cipher
from icv_app.errors import InvalidInput
from icv_app.periods import parse_period
from icv_app.scheme import site_register, site_rows
from icv_app.scheme.site_register import Edit
from icv_app.scheme.site_rows import Site, StatusRow, TargetRow
from icv_app.storage.schema import prepare_local
from icv_app.storage.store import Store
from icv_app.summaries import change_preview, published
from tests.laptops import founded, joined

NOW = datetime(2026, 11, 22, 14, 2, tzinfo=LONDON)
TODAY = NOW.date()
CLOCK = Clock(lambda: NOW)
WEEKLY = TargetRow(measure="custody_visit", site=None, number=1, per="week", first=date(2025, 4, 1))


@pytest.fixture
def office(tmp_path):
    """An office with the example scheme."""
    with founded(tmp_path / "office", clock=CLOCK) as laptop:
        laptop.import_folder(resources.path("example"))
        yield laptop


def targets(store, measure="custody_visit"):
    return [row for row in site_rows.target_rows(store) if row.measure == measure]


def spans(rows):
    return [(row.site, row.number, row.per, row.first.isoformat(), row.last and row.last.isoformat()) for row in rows]


def refused(store, edit):
    before = list(store.connection.execute("SELECT count(*) FROM revision"))
    with pytest.raises(InvalidInput) as found:
        site_register.save(store, edit)
    assert list(store.connection.execute("SELECT count(*) FROM revision")) == before
    return found.value


# Targets


def test_a_target_that_overlaps_is_refused_by_naming_the_other_with_its_dates(office):
    error = refused(office.store, Edit(row=replace(WEEKLY, per="month", first=date(2026, 1, 1))))
    assert error.code == "overlap"
    assert error.words == (
        "It overlaps with the target Custody visits, all sites: 1 a week, from 1 April 2025, with no end. "
        "End that one on 31 December 2025, or choose other dates."
    )


def test_a_row_is_ended_and_another_one_follows(office):
    (held,) = targets(office.store)
    site_register.save(office.store, Edit(row=replace(held, last=date(2025, 12, 31)), was=held))
    site_register.save(office.store, Edit(row=replace(WEEKLY, per="month", first=date(2026, 1, 1))))
    assert spans(targets(office.store)) == [
        (None, 1, "week", "2025-04-01", "2025-12-31"), (None, 1, "month", "2026-01-01", None),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("first", "last", "fits"),
    [
        (date(2025, 1, 1), date(2025, 3, 31), True),  # up to the day before
        (date(2025, 1, 1), date(2025, 4, 1), False),  # up to its first day
        (date(2025, 12, 31), None, False),  # from its last day
        (date(2026, 1, 1), None, True),  # from the day after
    ],
)
def test_a_day_belongs_to_one_target_alone(office, first, last, fits):
    (held,) = targets(office.store)
    site_register.save(office.store, Edit(row=replace(held, last=date(2025, 12, 31)), was=held))
    edit = Edit(row=replace(WEEKLY, first=first, last=last))
    if fits:
        site_register.save(office.store, edit)
        assert len(targets(office.store)) == 2
    else:
        assert refused(office.store, edit).code == "overlap"


def test_room_is_made_for_a_time_and_what_was_in_force_goes_on_after_it(office):
    (held,) = targets(office.store)
    office.store.save(
        "target", held.key, {**office.store.current("target", held.key).body, "note": "of another program"}
    )
    monthly = replace(WEEKLY, per="month", number=2, first=date(2026, 1, 1), last=date(2026, 3, 31))
    done = site_register.save(office.store, Edit(row=monthly, make_room=True))
    assert spans(targets(office.store)) == [
        (None, 1, "week", "2025-04-01", "2025-12-31"), (None, 2, "month", "2026-01-01", "2026-03-31"),
        (None, 1, "week", "2026-04-01", None),
    ]  # fmt: skip
    assert len(done.steps) == 3
    assert office.store.current("target", held.key).body["note"] == "of another program"


def test_room_is_never_made_by_taking_a_whole_row_away(office):
    (held,) = targets(office.store)
    site_register.save(office.store, Edit(row=replace(held, last=date(2025, 12, 31)), was=held))
    edit = Edit(row=replace(WEEKLY, number=2, first=date(2025, 1, 1)), make_room=True)
    assert "Delete that one first" in refused(office.store, edit).words


def test_a_target_of_a_site_stands_beside_the_one_for_all(office):
    site_register.save(office.store, Edit(row=replace(WEEKLY, site="euston-street", number=2)))
    assert len(targets(office.store)) == 2
    error = refused(office.store, Edit(row=replace(WEEKLY, site="dog-unit")))
    assert error.words == (
        "Dog Unit Kennels, Police Headquarters is listed under “dog unit kennels”, so it cannot have a target for "
        "“Custody visits”."
    )
    assert refused(office.store, Edit(row=replace(WEEKLY, site="nowhere"))).code == "site"


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"first": date(2024, 2, 1), "last": date(2024, 1, 31)}, "dates"),
        ({"first": date(225, 7, 1)}, "dates"),
        ({"number": 1000}, "target"),
        ({"per": "fortnight"}, "target"),
        ({"measure": "volunteers"}, "target"),
    ],
)
def test_what_makes_no_sense_is_refused(office, change, code):
    assert refused(office.store, Edit(row=replace(WEEKLY, **change))).code == code


def test_a_target_of_0_is_told_as_suspended(office):
    row = replace(WEEKLY, site="keyham-lane", number=0)
    assert site_register.planned(office.store, Edit(row=row)).warnings
    assert site_rows.target_words(row, {"keyham-lane": "Keyham Lane"}) == (
        "Custody visits, Keyham Lane: suspended, none called for, from 1 April 2025, with no end"
    )


def test_an_import_and_the_window_make_one_record(office):
    held = site_rows.target_rows(office.store)
    for row in (*held, *site_rows.status_rows(office.store)):
        assert site_rows.key_of(row) == row.key
    (weekly,) = targets(office.store)
    site_register.save(office.store, Edit(row=None, was=weekly))
    assert targets(office.store) == []
    site_register.save(office.store, Edit(row=replace(weekly, key="", heads=())))
    office.import_folder(resources.path("example"))
    assert spans(targets(office.store)) == [(None, 1, "week", "2025-04-01", None)]


def test_what_was_changed_meanwhile_is_looked_at_again(office):
    (held,) = targets(office.store)
    edit = Edit(row=replace(held, last=date(2025, 12, 31)), was=held)
    office.store.save("target", held.key, {**office.store.current("target", held.key).body, "number": 2})
    assert refused(office.store, edit).code == "row_changed"


def test_a_visitors_laptop_changes_nothing(office, tmp_path):
    with joined(office, tmp_path / "visitor", "ICV01") as visitor:
        (held,) = targets(visitor.store)
        assert refused(visitor.store, Edit(row=None, was=held)).code == "office_only"


# Calendars


def thursdays(store):
    return next(row for row in site_rows.status_rows(store, "beaumont-leys") if row.status == "open_on_days")


def test_a_correction_of_the_first_day_moves_the_row(office):
    row = thursdays(office.store)
    later = replace(row, first=date(2025, 7, 8), told_by="Custody inspector", told_on=date(2025, 7, 1))
    site_register.save(office.store, Edit(row=later, was=row))
    rows = site_rows.status_rows(office.store, "beaumont-leys")
    assert [each.first.isoformat() for each in rows] == ["2024-04-01", "2025-07-08", "2025-09-01"]
    assert (rows[1].told_by, rows[1].told_on, rows[1].days) == ("Custody inspector", date(2025, 7, 1), frozenset({3}))
    assert office.store.current("site_status", row.key).deleted


def test_two_rows_may_not_begin_on_one_day(office):
    row = thursdays(office.store)
    error = refused(office.store, Edit(row=StatusRow(site="beaumont-leys", status="open", first=row.first)))
    assert error.words.startswith("Beaumont Leys has a row from that day already: open only on Thursdays, 1 July to")


def test_rows_that_overlap_are_kept_and_said(office):
    closed = StatusRow(site="euston-street", status="closed", first=date(2025, 8, 4), last=date(2025, 8, 10))
    done = site_register.save(office.store, Edit(row=closed))
    assert done.warnings == (
        "On some of these days another row holds as well: open, from 1 April 2020, with no end. Where two rows "
        "overlap, the one that began last holds.",
    )


def test_it_is_said_what_days_without_a_row_mean(office):
    store = office.store
    site_register.save(store, Edit(row=Site(site="new", name="New", kind="custody_suite"), opened=date(2026, 1, 5)))
    (row,) = site_rows.status_rows(store, "new")
    ended = site_register.planned(store, Edit(row=replace(row, last=date(2026, 2, 1)), was=row))
    assert ended.warnings == ("After 1 February 2026 no row covers New, so it then counts as closed.",)
    gone = site_register.save(store, Edit(row=None, was=row))
    assert gone.warnings == ("New then has no calendar at all, so it counts as open on every day.",)
    first = site_register.planned(store, Edit(row=replace(row, key="", heads=())))
    assert "those before 5 January 2026 too" in first.warnings[0]


@pytest.mark.parametrize(
    "row",
    [
        StatusRow(site="euston-street", status="open_on_days", first=date(2026, 1, 1)),
        StatusRow(site="euston-street", status="sometimes", first=date(2026, 1, 1)),
        StatusRow(site="nowhere", status="open", first=date(2026, 1, 1)),
        StatusRow(site="euston-street", status="open", first=date(2026, 1, 2), last=date(2026, 1, 1)),
    ],
)
def test_a_status_that_makes_no_sense_is_refused(office, row):
    refused(office.store, Edit(row=row))


# Sites


def test_a_site_is_added_with_its_calendar_and_renamed(office):
    store = office.store
    code = site_register.new_code(store, "Hinckley Road (new)")
    site = Site(site=code, name="Hinckley Road (new)", kind="custody_suite", cells=12)
    assert code == "hinckley-road-new"
    assert refused(store, Edit(row=site)).code == "dates"
    site_register.save(store, Edit(row=site, opened=date(2026, 4, 1)))
    (held,) = [each for each in site_rows.sites(store) if each.site == code]
    site_register.save(store, Edit(row=replace(held, name="Hinckley Road"), was=held))
    (held,) = [each for each in site_rows.sites(store) if each.site == code]
    assert (held.name, held.cells) == ("Hinckley Road", 12)
    assert [row.first for row in site_rows.status_rows(store, code)] == [date(2026, 4, 1)]
    assert site_register.new_code(store, "Hinckley Road (new)") == "hinckley-road-new-2"


@pytest.mark.parametrize(
    "change", [{"name": " "}, {"name": "x" * 81}, {"name": "EUSTON street"}, {"kind": "prison"}, {"cells": 0},
               {"site": "a|b"}, {"site": "euston-street"}]
)  # fmt: skip
def test_a_site_that_makes_no_sense_is_refused(office, change):
    site = replace(Site(site="new", name="New", kind="custody_suite"), **change)
    assert refused(office.store, Edit(row=site, opened=TODAY)).code == "site"


def test_a_site_with_visits_keeps_its_kind(office):
    held = site_rows.sites(office.store)[0]
    assert refused(office.store, Edit(row=replace(held, kind="training_venue"), was=held)).code == "site"
    assert refused(office.store, Edit(row=None, was=held)).code == "site"


# Whatever is done, in whatever order


@contextmanager
def small_store():
    with TemporaryDirectory() as folder:
        connection = cipher.open_local(Path(folder) / "x.icvdb", bytes(32))
        prepare_local(connection)
        with Store(connection, author="OFFICE", clock=CLOCK) as store:
            for code in ("one", "two"):
                store.save("site", code, {"site": code, "name": code, "kind": "custody_suite"})
            visits = [
                ("visit", f"V{at}", {
                    "form": "custody_visit", "site": ("one", "two")[at % 2], "status": "completed", "state": "accepted",
                    "date": (date(2026, 1, 5) + timedelta(days=17 * at)).isoformat(),
                })
                for at in range(16)
            ]  # fmt: skip
            store.save_all(visits)
            yield store


DAYS = st.integers(0, 300).map(lambda number: date(2026, 1, 1) + timedelta(days=number))
LASTS = st.one_of(st.none(), DAYS)
TARGETS = st.builds(
    TargetRow, measure=st.just("custody_visit"), site=st.sampled_from([None, "one"]), number=st.integers(0, 2),
    per=st.sampled_from(["week", "month", "quarter"]), first=DAYS, last=LASTS,
)  # fmt: skip
STATUSES = st.builds(
    StatusRow, site=st.sampled_from(["one", "two"]), status=st.sampled_from(["open", "closed", "open_on_days"]),
    first=DAYS, last=LASTS, days=st.just(frozenset({1, 4})),
)  # fmt: skip
STEPS = st.lists(
    st.tuples(st.sampled_from(["add", "room", "end", "correct", "delete"]), st.one_of(TARGETS, STATUSES),
              st.integers(0, 9)), min_size=3, max_size=6,
)  # fmt: skip


def edit_of(store, step):
    """Return the edit that a step asks for, of one of the rows that are there; None where there is none."""
    what, row, at = step
    if what in ("add", "room"):
        return Edit(row=row, make_room=what == "room")
    rows = [each for each in (*site_rows.target_rows(store), *site_rows.status_rows(store)) if type(each) is type(row)]
    if not rows:
        return None
    was = rows[at % len(rows)]
    if what == "delete":
        return Edit(row=None, was=was)
    if what == "end":
        return Edit(row=replace(was, last=row.last), was=was)
    return Edit(row=replace(row, key=was.key, heads=was.heads), was=was, make_room=at > 6)


def overlaps(rows):
    return [
        (one, other)
        for at, one in enumerate(rows)
        for other in rows[at + 1 :]
        if one.site == other.site
        and (one.last is None or other.first <= one.last)
        and (other.last is None or one.first <= other.last)
    ]


def figures_now(store, name):
    return {
        (each.measure, each.figure, each.site): (each.numerator, each.denominator, each.value)
        for each in figures.of(parse_period(name), store.connection, TODAY).figures
    }


def previewed(store, edit):
    """Return the preview of an edit, or None where the edit is refused."""
    try:
        return change_preview.of(store, edit, TODAY)
    except InvalidInput:
        return None


NO_SHRINKING = (Phase.explicit, Phase.reuse, Phase.generate)  # each step counts eight summaries
QUARTERS = ("2025-26-Q4", "2026-27-Q1", "2026-27-Q2", "2026-27-Q3")


@settings(max_examples=8, deadline=None, suppress_health_check=list(HealthCheck), phases=NO_SHRINKING)
@given(steps=STEPS)
def test_no_order_of_changes_leaves_overlapping_targets_or_alters_what_was_published(steps):
    with small_store() as store:
        site_register.save(store, Edit(row=replace(WEEKLY, first=date(2026, 1, 1))))
        kept = published.publish(store, parse_period("2026-27-Q1"), by="OFFICE", today=TODAY)
        for step in steps:
            edit = edit_of(store, step)
            if edit is None:
                continue
            before = {name: figures_now(store, name) for name in QUARTERS}
            revisions = store.connection.execute("SELECT count(*) FROM revision").fetchone()
            preview = previewed(store, edit)
            if preview is None:
                refused(store, edit)
                continue
            assert store.connection.execute("SELECT count(*) FROM revision").fetchone() == revisions
            assert {name: figures_now(store, name) for name in QUARTERS} == before
            done = site_register.save(store, edit)
            assert done == preview.planned
            told = {
                (each.period.name, each.figure.measure, each.figure.figure, each.figure.site): (
                    each.after.numerator,
                    each.after.denominator,
                    each.after.value,
                )
                for each in preview.changes
            }
            after = {name: figures_now(store, name) for name in QUARTERS}
            found = {
                (name, *key): after[name][key] for name in QUARTERS for key in after[name]
                if after[name][key] != before[name][key]
            }  # fmt: skip
            assert told == found
            assert overlaps(targets(store)) == []
            assert published.every(store) == (kept,)
