"""The end of a quarter: reminders before it and until it is published, and a calendar of it."""

import shutil
from datetime import date, datetime

import pytest
from icalendar import Calendar

import resources
from icv_app.clock import LONDON, Clock
from icv_app.errors import InvalidInput
from icv_app.laptop import Laptop
from icv_app.periods import parse_period
from icv_app.scheme import scheme_settings
from icv_app.scheme.scheme_settings import Settings
from icv_app.storage.drafts import DraftRow
from icv_app.summaries import quarter_end
from tests.laptops import PASSPHRASE, founded

NOW = datetime(2025, 9, 20, 12, tzinfo=LONDON)
LATER = Clock(lambda: datetime(2026, 11, 22, 12, tzinfo=LONDON))


@pytest.fixture(scope="module")
def founded_once(tmp_path_factory):
    folder = tmp_path_factory.mktemp("founded") / "office"
    with founded(folder, clock=LATER) as laptop:
        laptop.import_folder(resources.path("example"))
    return folder


@pytest.fixture
def office(founded_once, tmp_path):
    with Laptop.unlock(shutil.copytree(founded_once, tmp_path / "office"), PASSPHRASE, clock=LATER) as laptop:
        yield laptop


def said(office, day):
    return [(each.kind, each.words) for each in quarter_end.due(office.store.connection, date.fromisoformat(day))]


@pytest.mark.parametrize(("day", "told"), [("2025-09-16", False), ("2025-09-17", True), ("2025-09-30", True)])
def test_a_quarter_that_ends_is_told_from_fourteen_days_before(office, day, told):
    assert ("ending", "The quarter ends on 30 September 2025.") in said(office, day) or not told
    assert any(kind == "ending" for kind, _ in said(office, day)) == told


def test_the_scheme_sets_how_many_days_before(office):
    scheme_settings.save(office.store, Settings(remind_days=2))
    assert not any(kind == "ending" for kind, _ in said(office, "2025-09-28"))
    assert any(kind == "ending" for kind, _ in said(office, "2025-09-29"))
    scheme_settings.save(office.store, Settings(remind_days=0))
    assert not any(kind == "ending" for kind, _ in said(office, "2025-09-30"))
    for wrong in (-1, 61):
        with pytest.raises(InvalidInput):
            scheme_settings.save(office.store, Settings(remind_days=wrong))


@pytest.mark.parametrize("odd", ["14", -3, 1000, None, True])
def test_an_odd_setting_is_as_a_new_scheme_has_it(office, odd):
    office.store.save("scheme", "scheme", {"remind_days": odd})
    assert scheme_settings.read(office.store).remind_days == scheme_settings.REMIND_DAYS


def test_it_says_what_is_still_out(office):
    office.store.put_draft(
        DraftRow(draft="D", form="custody_visit", version="1", answers={"date": "2025-09-18"}, started=NOW, saved=NOW)
    )
    office.returning.send_back("CV-2025-0027", [("", "Please look at the times again.")])
    body = {"measure": "custody_visit", "site": "keyham-lane", "period_start": "2025-09-01", "status": "planned"}
    office.store.save("slot", "S-LATE", body)
    assert said(office, "2025-09-20")[-1] == (
        "ending",
        "The quarter ends on 30 September 2025: 2 reports are still drafts or returned, 1 planned visit has no report.",
    )


def test_a_quarter_that_is_over_is_told_until_it_is_published(office):
    words = ("unpublished", "July to September 2025 has ended and is not published.")
    assert words not in said(office, "2025-09-30")
    assert words in said(office, "2025-10-01")
    assert words in said(office, "2025-12-01")
    office.accounts.publish(office.store, parse_period("2025-26-Q2"))
    assert words not in said(office, "2025-10-01")


def test_earlier_quarters_are_told_only_since_the_first_that_was_published(office):
    assert [words for kind, words in said(office, "2026-02-01") if kind == "unpublished"] == [
        "October to December 2025 has ended and is not published."
    ]
    office.accounts.publish(office.store, parse_period("2025-26-Q1"))
    assert [words for kind, words in said(office, "2026-02-01") if kind == "unpublished"] == [
        "July to September 2025 has ended and is not published.",
        "October to December 2025 has ended and is not published.",
    ]


def test_a_scheme_without_records_is_told_nothing(tmp_path):
    with founded(tmp_path / "office", clock=LATER) as laptop:
        assert said(laptop, "2025-09-30") == []
        assert said(laptop, "2025-10-01") == []


def test_the_calendar_holds_the_ends_of_a_year_with_an_alarm_and_is_the_same_each_time(office, tmp_path):
    file = tmp_path / "ends.ics"
    assert quarter_end.save(office.store, file, scheme="H", today=date(2025, 9, 20)) == 4
    made = file.read_bytes()
    events = Calendar.from_ical(made).walk("VEVENT")
    assert [each["dtstart"].dt.isoformat() for each in events] == [
        "2025-09-30", "2025-12-31", "2026-03-31", "2026-06-30"
    ]  # fmt: skip
    assert events[0]["summary"] == "The quarter ends: July to September 2025"
    assert [alarm["trigger"].dt.days for each in events for alarm in each.walk("VALARM")] == [-14] * 4
    quarter_end.save(office.store, file, scheme="H", today=date(2025, 8, 1))
    assert file.read_bytes() == made
    other = Calendar.from_ical(quarter_end.document(quarter_end.ahead(date(2025, 8, 1)), scheme="I", days=0)).walk(
        "VEVENT"
    )
    assert not {each["uid"] for each in other} & {each["uid"] for each in events}
    assert not [alarm for each in other for alarm in each.walk("VALARM")]
