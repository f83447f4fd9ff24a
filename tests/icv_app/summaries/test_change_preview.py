"""The preview of a change: what it says, that saving does just that, and that nothing of it is ever seen elsewhere."""

import hashlib
from contextlib import closing
from dataclasses import replace
from datetime import date, datetime

import pytest

import resources
from icv_app.clock import LONDON, Clock
from icv_app.counting import figures
from icv_app.errors import InvalidInput
from icv_app.periods import parse_period
from icv_app.scheme import site_register, site_rows
from icv_app.scheme.site_register import Edit
from icv_app.scheme.site_rows import Site, StatusRow, TargetRow
from icv_app.summaries import change_preview, published
from tests.laptops import founded

NOW = datetime(2026, 11, 22, 14, 2, tzinfo=LONDON)
TODAY = NOW.date()
Q2 = parse_period("2025-26-Q2")
NAMES = {"beaumont-leys": "Beaumont Leys"}


@pytest.fixture
def office(tmp_path):
    with founded(tmp_path / "office", clock=Clock(lambda: NOW)) as laptop:
        laptop.import_folder(resources.path("example"))
        yield laptop


def told(preview, names):
    """Return the changes of what is due and covered in words; gaps and the like change along."""
    wanted = ("target_coverage", "missed_periods")
    return [each.words(names) for each in preview.changes if each.figure.figure in wanted]


def closed_instead_of_thursdays(store):
    row = next(each for each in site_rows.status_rows(store, "beaumont-leys") if each.status == "open_on_days")
    return Edit(row=replace(row, status="closed"), was=row)


def test_the_figures_that_change_are_told_with_what_they_were(office):
    preview = change_preview.of(office.store, closed_instead_of_thursdays(office.store), TODAY)
    assert told(preview, NAMES) == [
        "Custody visits: target coverage, all sites, July to September 2025: 30 of 35 (85.7%) becomes "
        "26 of 26 (100.0%)",
        "Custody visits: weeks due and not covered, all sites, July to September 2025: 5 becomes 0",
        "Custody visits: target coverage, Beaumont Leys, July to September 2025: 4 of 9 (44.4%) becomes none due",
        "Custody visits: weeks due and not covered, Beaumont Leys, July to September 2025: 5 becomes 0",
    ]
    assert (preview.restates, preview.earlier) == ((), 0)


def test_saving_does_what_was_told(office):
    edit = closed_instead_of_thursdays(office.store)
    preview = change_preview.of(office.store, edit, TODAY)
    assert site_register.save(office.store, edit) == preview.planned
    now = figures.of(Q2, office.store.connection, TODAY)
    changes = [each for each in preview.changes if each.period == Q2]
    assert changes
    for each in changes:
        assert now.get(each.figure.measure, each.figure.figure, each.figure.site) == each.after


def test_nothing_of_a_preview_reaches_the_disk_or_another_connection(office, tmp_path):
    edit = closed_instead_of_thursdays(office.store)
    with closing(office.profile.connect()) as other:
        seen = set()

        def look():
            seen.add(tuple(other.execute("SELECT status, starts, ends FROM fact_site_status ORDER BY 1, 2").fetchall()))

        look()
        written = state(tmp_path)
        office.store.connection.set_progress_handler(look, 500)  # in the middle of it
        assert change_preview.of(office.store, edit, TODAY).changes
        office.store.connection.set_progress_handler(None, 0)
        look()
    assert len(seen) == 1
    assert state(tmp_path) == written
    assert not office.store.connection.in_transaction


def test_a_refused_change_leaves_nothing_open(office):
    row = StatusRow(site="nowhere", status="open", first=TODAY)
    with pytest.raises(InvalidInput):
        change_preview.of(office.store, Edit(row=row), TODAY)
    assert not office.store.connection.in_transaction


def state(folder):
    files = [path for path in folder.rglob("*") if path.is_file() and not path.name.endswith("-shm")]  # readers' marks
    return {path: hashlib.sha256(path.read_bytes()).hexdigest() for path in files}


def test_a_published_quarter_is_named(office):
    published.publish(office.store, Q2, by="OFFICE", today=TODAY)
    preview = change_preview.of(office.store, closed_instead_of_thursdays(office.store), TODAY)
    assert preview.restates == (Q2,)


def test_a_published_period_is_counted_even_where_it_is_no_quarter_or_long_past(office):
    year = parse_period("2025-26")
    published.publish(office.store, year, by="OFFICE", today=TODAY)
    preview = change_preview.of(office.store, closed_instead_of_thursdays(office.store), TODAY)
    assert preview.restates == (year,)
    assert {each.period.name for each in preview.changes if each.figure.figure == "target_coverage"} == {
        "2025-26", "2025-26-Q2",
    }  # fmt: skip


def test_at_most_eight_quarters_are_counted_and_the_rest_is_told(office):
    first = TargetRow(measure="custody_visit", site=None, number=1, per="week", first=date(2020, 4, 1),
                      last=date(2025, 3, 31))  # fmt: skip
    preview = change_preview.of(office.store, Edit(row=first), TODAY)
    assert sorted({each.period.name for each in preview.changes}) == [
        "2023-24-Q2", "2023-24-Q3", "2023-24-Q4",
        "2024-25-Q1", "2024-25-Q2", "2024-25-Q3", "2024-25-Q4",
    ]  # fmt: skip
    assert preview.earlier == 13  # the last week reaches into 2025-26-Q1, the eighth


def test_a_change_of_days_to_come_alters_no_figure(office):
    closed = StatusRow(site="euston-street", status="closed", first=date(2027, 4, 1))
    preview = change_preview.of(office.store, Edit(row=closed), TODAY)
    assert (preview.changes, preview.earlier) == ((), 0)


def test_a_new_site_tells_the_weeks_that_become_due(office):
    site = Site(site="new", name="New", kind="custody_suite")
    preview = change_preview.of(office.store, Edit(row=site, opened=date(2026, 10, 5)), TODAY)
    assert [words for words in told(preview, {"new": "New"}) if "New" in words] == [
        "Custody visits: target coverage, New, October to December 2026: not given becomes 0 of 12 (0.0%)",
        "Custody visits: weeks due and not covered, New, October to December 2026: not given becomes 12",
    ]
    site_register.save(office.store, Edit(row=site, opened=date(2026, 10, 5)))
    now = figures.of(parse_period("2026-27-Q3"), office.store.connection, TODAY)
    for each in preview.changes:
        assert now.get(each.figure.measure, each.figure.figure, each.figure.site) == each.after
    renamed = site_rows.sites(office.store)[0]
    edit = Edit(row=replace(renamed, name="Another name"), was=renamed)
    assert change_preview.of(office.store, edit, TODAY).changes == ()
