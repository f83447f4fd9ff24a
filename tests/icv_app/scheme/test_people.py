"""People (issue 5, item 4): codes, status rows, files, what expires, duties, and the roll of all of them."""

from datetime import date, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import resources
from icv_app.counting import hours, roll, volunteers
from icv_app.errors import InvalidInput
from icv_app.scheme import duties, expiries, status_rows, visitor_code, volunteer_file, volunteer_words
from icv_app.scheme.duties import Duty
from icv_app.scheme.volunteer_file import File, Training
from tests.laptops import founded, give, joined

TODAY = date(2026, 11, 22)


@pytest.fixture
def office(tmp_path):
    with founded(tmp_path / "office") as laptop:
        yield laptop


@pytest.fixture
def store(office):
    return office.store


def refused(code, action, *given, **more):
    with pytest.raises(InvalidInput) as caught:
        action(*given, **more)
    assert caught.value.code == code
    return caught.value.words


def days(*numbers):
    return date(*numbers)


def rows_in_words(store, visitor="ICV61"):
    return [row.words for row in status_rows.of(store, visitor)]


# Codes


@pytest.mark.parametrize("code", ["ICV01", "AWV3", "V12", "icv-61", "60", "LEIC.ICV.7"])
def test_a_code_is_taken(code):
    assert visitor_code.accept(f" {code} ") == code


@pytest.mark.parametrize(
    "name", ["Mary", "mary", "Jane Smith", "SMITH", "ICV-Smith", "Okafor2", "Łukasz", "R. Patel", "Priya01"]
)
def test_what_looks_like_a_name_is_refused(name):
    assert "name" in refused("name", visitor_code.accept, name)


@pytest.mark.parametrize("typed", ["", "  ", "ICV", "ICV 61", "ICV;1", "ICV|1", "=1+1", "ICV" + "1" * 18, "‑1"])
def test_what_is_no_code_is_refused(typed):
    assert "ICV61" in refused("code", visitor_code.accept, typed)


# Status over time


def test_a_new_volunteer_has_a_code_a_row_and_a_day_of_starting(store):
    assert status_rows.enlist(store, " ICV61 ", "applicant", ["icv", "awv"], days(2026, 1, 5)) == "ICV61"
    assert rows_in_words(store) == ["Applicant, 5 January 2026 to further notice"]
    assert store.current("visitor", "ICV61|2026-01-05").body == {
        "visitor": "ICV61", "roles": "icv;awv", "status": "applicant", "from": "2026-01-05",
    }  # fmt: skip
    assert volunteer_file.read(store, "ICV61").started == days(2026, 1, 5)
    refused("known", status_rows.enlist, store, "icv61", "active", ["icv"], TODAY)
    refused("roles", status_rows.enlist, store, "ICV62", "active", [], TODAY)
    refused("status", status_rows.enlist, store, "ICV62", "", ["icv"], TODAY)
    assert status_rows.of(store, "ICV62") == ()


def test_a_change_of_status_ends_the_row_before(store):
    status_rows.enlist(store, "ICV61", "applicant", ["icv"], days(2026, 1, 5))
    words = status_rows.change(store, "ICV61", "active", ["icv"], days(2026, 3, 1))
    assert words == (
        "Entered: Active, 1 March 2026 to further notice. What was before now ends on 28 February 2026."
    )  # fmt: skip
    assert rows_in_words(store) == [
        "Applicant, 5 January 2026 to 28 February 2026", "Active, 1 March 2026 to further notice",
    ]  # fmt: skip


def test_a_change_between_two_rows_ends_before_the_later_one(store):
    status_rows.enlist(store, "ICV61", "applicant", ["icv"], days(2026, 1, 5))
    status_rows.change(store, "ICV61", "active", ["icv"], days(2026, 3, 1))
    status_rows.change(store, "ICV61", "in_training", ["icv"], days(2026, 2, 1))
    assert rows_in_words(store) == [
        "Applicant, 5 January 2026 to 31 January 2026", "In training, 1 February 2026 to 28 February 2026",
        "Active, 1 March 2026 to further notice",
    ]  # fmt: skip


def test_a_change_on_the_first_day_of_a_row_puts_it_right(store):
    status_rows.enlist(store, "ICV61", "applicant", ["icv"], days(2026, 1, 5))
    words = status_rows.change(store, "ICV61", "active", ["awv"], days(2026, 1, 5))
    assert "in place of: Applicant" in words
    assert rows_in_words(store) == ["Active, 5 January 2026 to further notice"]
    assert "so already" in refused("no_change", status_rows.change, store, "ICV61", "active", ["awv"], TODAY)


def test_leaving_and_coming_back_keep_the_file_right(store):
    status_rows.enlist(store, "ICV61", "active", ["icv"], days(2025, 1, 5))
    status_rows.change(store, "ICV61", "left", ["icv"], days(2026, 1, 5))
    assert volunteer_file.read(store, "ICV61").left == days(2026, 1, 5)
    status_rows.change(store, "ICV61", "active", ["icv"], days(2026, 7, 1))
    assert volunteer_file.read(store, "ICV61").left is None
    assert volunteer_file.read(store, "ICV61").started == days(2025, 1, 5)


def test_a_row_is_put_right_and_an_overlap_refused_by_the_row_that_is_in_the_way(store):
    status_rows.enlist(store, "ICV61", "applicant", ["icv"], days(2026, 1, 5))
    status_rows.change(store, "ICV61", "active", ["icv"], days(2026, 3, 1))
    first, second = status_rows.of(store, "ICV61")
    words = refused("overlap", status_rows.correct, store, first, "applicant", ["icv"], first.first, days(2026, 3, 1))
    assert "Active, 1 March 2026 to further notice" in words
    refused("overlap", status_rows.correct, store, second, "active", ["icv"], days(2026, 2, 28), None)
    refused("dates", status_rows.correct, store, second, "active", ["icv"], days(2026, 3, 2), days(2026, 3, 1))
    status_rows.correct(store, first, "in_training", ["awv"], days(2026, 1, 1), days(2026, 2, 1))
    status_rows.correct(store, second, "on_leave", ["icv"], second.first, days(2026, 12, 31))
    assert rows_in_words(store) == [
        "In training, 1 January 2026 to 1 February 2026", "On leave, 1 March 2026 to 31 December 2026",
    ]  # fmt: skip
    assert store.current("visitor", "ICV61|2026-01-05").deleted
    refused("gone", status_rows.correct, store, first, "active", ["icv"], first.first, None)
    refused("gone", status_rows.remove, store, first)
    status_rows.remove(store, status_rows.of(store, "ICV61")[0])
    assert rows_in_words(store) == ["On leave, 1 March 2026 to 31 December 2026"]


def test_the_status_is_told_since_when_whatever_the_roles(store):
    status_rows.enlist(store, "ICV61", "active", ["icv"], days(2025, 1, 5))
    status_rows.change(store, "ICV61", "active", ["icv", "awv"], days(2026, 3, 1))
    rows = status_rows.of(store, "ICV61")
    assert status_rows.since(rows, TODAY) == days(2025, 1, 5)
    assert status_rows.holding(rows, days(2025, 1, 4)) is None
    assert status_rows.since(rows, days(2025, 1, 4)) is None


CHANGES = st.lists(
    st.tuples(
        st.sampled_from(("active", "on_leave", "left", "probation")), st.sampled_from((("icv",), ("awv",))),
        st.dates(date(2025, 1, 1), date(2025, 1, 12)),
    ),
    max_size=8,
)  # fmt: skip


@given(CHANGES)
@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_changes_in_any_order_never_overlap_and_hold_from_their_day(store, changes):
    for row in status_rows.of(store, "ICV61"):
        status_rows.remove(store, row)
    for status, roles, first in changes:
        before = status_rows.holding(status_rows.of(store, "ICV61"), first)
        try:
            status_rows.change(store, "ICV61", status, roles, first)
        except InvalidInput:
            assert (before.status, before.roles) == (status, roles)
        rows = status_rows.of(store, "ICV61")
        assert not status_rows.overlaps(rows)
        holding = status_rows.holding(rows, first)
        assert (holding.status, holding.roles) == (status, roles)
        assert volunteers.count(store.connection, first).currently_visiting == (status == "active")


def test_rows_out_of_a_spreadsheet_that_overlap_are_told_and_the_later_one_holds(store):
    for first, status in (("2025-01-01", "active"), ("2025-06-01", "on_leave")):
        store.save("visitor", f"ICV61|{first}", {"visitor": "ICV61", "roles": "icv", "status": status, "from": first})
    store.save("visitor", "odd", {"visitor": "ICV61", "from": "long ago", "roles": {"a": 1}})
    rows = status_rows.of(store, "ICV61")
    assert status_rows.overlaps(rows)
    assert status_rows.holding(rows, TODAY).status == "on_leave"
    status_rows.change(store, "ICV61", "left", ["icv"], TODAY)
    assert not status_rows.overlaps(status_rows.of(store, "ICV61")[1:])


# The file, and what expires


def test_a_file_is_saved_and_read_and_what_it_does_not_know_stays(store):
    store.save("volunteer", "ICV61", {"visitor": "ICV61", "of_a_later_program": 1, "id_card_until": "2026-01-01"})
    file = File(
        visitor="ICV61", vetting_until=days(2028, 1, 1), accredited_on=days(2024, 1, 1), tact_accredited=True,
        note="Prefers afternoons.",
    )  # fmt: skip
    volunteer_file.save(store, file)
    assert volunteer_file.read(store, "ICV61") == file
    assert store.current("volunteer", "ICV61").body["of_a_later_program"] == 1
    earlier = File(visitor="ICV61", accredited_on=days(2024, 1, 2), reaccreditation_due=days(2024, 1, 1))
    refused("dates", volunteer_file.save, store, earlier)
    refused("dates", volunteer_file.save, store, File(visitor="ICV61", started=TODAY, left=days(2026, 11, 21)))
    refused("personal_data", volunteer_file.save, store, File(visitor="ICV61", note="Ask Jane Smith first"))
    assert volunteer_file.read(store, "ICV61") == file


def test_a_course_done_again_takes_the_place_of_the_one_before_which_stays_in_the_log(store):
    old = Training(course="Safeguarding", on=days(2023, 5, 1), until=days(2026, 5, 1), required=True)
    volunteer_file.put_training(store, "ICV61", old, TODAY)
    new = Training(course="safeguarding", on=days(2026, 6, 1), until=days(2029, 6, 1), required=True)
    volunteer_file.put_training(store, "ICV61", new, TODAY)
    held = volunteer_file.read(store, "ICV61").training
    assert [(each.course, each.required) for each in held] == [("safeguarding", True), ("Safeguarding", False)]
    assert [each.on for each in expiries.of(volunteer_file.read(store, "ICV61"))] == [days(2029, 6, 1)]
    volunteer_file.drop_training(store, "ICV61", held[0].row)
    assert [each.course for each in volunteer_file.read(store, "ICV61").training] == ["Safeguarding"]
    refused("course", volunteer_file.drop_training, store, "ICV61", held[0].row)
    refused("course", volunteer_file.put_training, store, "ICV61", Training(course=" "), TODAY)
    refused("dates", volunteer_file.put_training, store, "ICV61", Training(course="A", on=days(2026, 11, 23)), TODAY)
    refused("dates", volunteer_file.put_training, store, "ICV61", Training(course="A", on=TODAY, until=TODAY), TODAY)


@pytest.mark.parametrize(
    ("name", "on", "words"),
    [
        ("vetting_until", days(2026, 11, 20), "Vetting expired on 20 November 2026, 2 days ago"),
        ("vetting_until", days(2026, 11, 21), "Vetting expired on 21 November 2026, one day ago"),
        ("id_card_until", TODAY, "ID card expired today"),
        ("id_card_until", days(2026, 11, 23), "ID card expires on 23 November 2026, tomorrow"),
        ("id_card_until", days(2026, 12, 22), "ID card expires on 22 December 2026, in 30 days"),
        ("reaccreditation_due", days(2026, 10, 22), "Re-accreditation was due on 22 October 2026, 31 days ago"),
        ("reaccreditation_due", TODAY, "Re-accreditation is due today"),
        ("reaccreditation_due", days(2026, 11, 24), "Re-accreditation is due on 24 November 2026, in 2 days"),
    ],
)
def test_an_expiry_says_what_when_and_how_far_off(name, on, words):
    (found,) = expiries.of(File(visitor="ICV61", **{name: on}))
    assert found.words(TODAY) == words
    assert found.expired(TODAY) == (on <= TODAY)


def test_what_is_due_is_of_ninety_days_and_of_nobody_who_left(store):
    for code, status, until in (
        ("ICV61", "active", 90), ("ICV62", "active", 91), ("ICV63", "left", 5), ("ICV64", "on_leave", -400),
    ):  # fmt: skip
        status_rows.enlist(store, code, status, ["icv"], days(2024, 1, 1))
        file = File(visitor=code, vetting_until=TODAY + timedelta(days=until))
        volunteer_file.save(store, file)
    volunteer_file.save(store, File(visitor="ICV65", id_card_until=TODAY))
    volunteer_file.save(store, File(visitor="ICV66", id_card_until=TODAY, left=days(2025, 1, 1)))
    found = expiries.due(store, TODAY)
    assert [(each.visitor, each.kind) for each in found] == [
        ("ICV64", "vetting"), ("ICV65", "id_card"), ("ICV61", "vetting"),
    ]  # fmt: skip
    assert roll.read(store, TODAY).due == found


def test_odd_values_of_other_laptops_are_passed_by(store):
    store.save("visitor", "ICV61|x", {"visitor": "ICV61", "from": "2024-01-01", "roles": 7, "status": ["a"]})
    store.save("volunteer", "ICV61", {"vetting_until": 5, "training": [1], "tact_accredited": {}, "note": ["a"]})
    store.save("volunteer", "ICV62", {"training": {"a": 1, "b": {"course": 7, "until": "soon"}}, "left": "x"})
    store.save("duty", "ICV61|a", {"visitor": "ICV61", "date": "never", "minutes": "long"})
    store.save("duty", "ICV61|b", {"visitor": "ICV61", "date": "2026-11-01", "kind": 7, "minutes": "long", "note": []})
    found = roll.read(store, TODAY)
    assert [line.visitor for line in found.lines] == ["ICV61", "ICV62"]
    assert found.due == ()
    assert [each.minutes for each in duties.of(store, "ICV61")] == [0]
    for kind, key in (("volunteer", "ICV61"), ("volunteer", "ICV62"), ("duty", "ICV61|b"), ("visitor", "ICV61|x")):
        assert list(volunteer_words.told(kind, store.current(kind, key).body))


# Duties


def test_a_duty_is_entered_put_right_and_taken_away(store):
    duty = Duty(visitor="ICV61", day=TODAY, kind="training", minutes=120, travel=30, note="Refresher", expenses=1240)
    key = duties.save(store, duty, TODAY)
    assert key.startswith("ICV61|")
    (held,) = duties.of(store, "ICV61")
    assert (held.minutes, held.travel, held.note, held.expenses) == (120, 30, "Refresher", 1240)
    other = Duty(visitor="ICV61", day=days(2026, 11, 1), kind="panel", minutes=60, key=key, heads=held.heads)
    assert duties.save(store, other, TODAY) == key
    (held,) = duties.of(store, "ICV61")
    assert (held.kind, held.minutes, held.travel, held.note, held.expenses) == ("panel", 60, 0, "", None)
    assert hours.minutes(store.connection, days(2026, 11, 1), TODAY)["ICV61"].panel == 60
    duties.remove(store, key)
    assert duties.of(store, "ICV61") == ()
    refused("gone", duties.remove, store, key)
    refused("gone", duties.save, store, other, TODAY)


@pytest.mark.parametrize(
    ("code", "more"),
    [
        ("kind", {"kind": ""}), ("dates", {"day": TODAY + timedelta(days=1)}), ("minutes", {"minutes": 24 * 60 + 1}),
        ("no_time", {"minutes": 0}), ("minutes", {"travel": -1}), ("note", {"note": "a" * 301}),
        ("personal_data", {"note": "With Jane Smith"}), ("expenses", {"expenses": 100_001}),
    ],
)  # fmt: skip
def test_a_duty_that_cannot_be_is_refused(store, code, more):
    refused(
        code,
        duties.save,
        store,
        Duty(**{"visitor": "ICV61", "day": TODAY, "kind": "other", "minutes": 5} | more),
        TODAY,
    )
    assert duties.of(store, "ICV61") == ()


@pytest.mark.parametrize(
    ("typed", "minutes"),
    [
        ("2:30", 150), ("0:45", 45), ("2.30", 150), ("2 h 30 min", 150), ("2h30", 150), ("2 hours", 120),
        ("45 min", 45), ("1 hour and 5 minutes", 65), ("90 min", 90), ("", 0), ("0", 0),
        (" 2 hrs ", 120), ("120m", 120),
    ],
)  # fmt: skip
def test_a_length_of_time_is_understood(typed, minutes):
    assert duties.minutes_of(typed) == minutes


@pytest.mark.parametrize("typed", ["2", "90", "2:75", "1 h 75 min", "long", "h", "-1:00", "2:5", "1,5"])
def test_a_length_of_time_that_may_mean_two_things_is_asked_again(typed):
    refused("minutes", duties.minutes_of, typed)


@given(st.integers(0, 3000))
def test_a_length_of_time_reads_as_it_was_typed(minutes):
    assert duties.minutes_of(volunteer_words.length(minutes)) == minutes
    assert duties.minutes_of(duties.typed_length(minutes)) == minutes


@pytest.mark.parametrize(("typed", "pence"), [("12.40", 1240), ("£12", 1200), ("", None), ("£ 0.05", 5)])
def test_money_is_understood(typed, pence):
    assert duties.pence_of(typed) == pence
    refused("expenses", duties.pence_of, typed + ".5")


def test_the_scheme_says_whether_expenses_are_asked_for(store):
    assert not duties.expenses_are_paid(store)
    duties.pay_expenses(store, True)
    assert duties.expenses_are_paid(store)
    duties.pay_expenses(store, False)
    assert not duties.expenses_are_paid(store)


# Who reads and writes them


def test_a_visitor_enters_their_own_hours_and_nobody_but_the_office_reads_them(office, tmp_path):
    status_rows.enlist(office.store, "ICV01", "active", ["icv"], days(2024, 1, 1))
    with joined(office, tmp_path / "a", "ICV01") as mine, joined(office, tmp_path / "b", "ICV02") as other:
        volunteer_file.save(office.store, File(visitor="ICV01", vetting_until=days(2026, 12, 1)))
        key = duties.save(mine.store, Duty(visitor="ICV01", day=TODAY, kind="panel", minutes=60), TODAY)
        give(office, mine, other)
        give(office, mine, other)
        assert [each.minutes for each in duties.of(office.store, "ICV01")] == [60]
        assert volunteer_file.read(mine.store, "ICV01").vetting_until == days(2026, 12, 1)
        assert [each.visitor for each in expiries.due(mine.store, TODAY)] == ["ICV01"]
        assert duties.of(other.store, "ICV01") == ()
        assert volunteer_file.every(other.store) == {}
        assert hours.minutes(other.store.connection, days(2026, 1, 1), TODAY) == {}
        refused(
            "not_theirs", duties.save, other.store, Duty(visitor="ICV01", day=TODAY, kind="panel", minutes=1), TODAY
        )
        refused("office_only", volunteer_file.save, other.store, File(visitor="ICV02", vetting_until=TODAY))
        refused("office_only", volunteer_file.save, mine.store, File(visitor="ICV01", vetting_until=TODAY))
        refused("office_only", status_rows.change, mine.store, "ICV01", "left", ["icv"], TODAY)
        refused("office_only", duties.pay_expenses, mine.store, True)
        taken_up = Duty(visitor="ICV01", day=TODAY, kind="panel", minutes=600, key=key)
        refused("gone", duties.save, other.store, taken_up, TODAY)
        duties.save(office.store, taken_up, TODAY)
        give(office, mine, other)
        assert [each.minutes for each in duties.of(mine.store, "ICV01")] == [600]


# The roll


def test_the_roll_tells_of_everybody_at_a_glance(office):
    office.import_folder(resources.path("example"))
    store = office.store
    volunteer_file.save(store, File(visitor="ICV02", vetting_until=TODAY))
    status_rows.change(store, "ICV03", "left", ["icv"], TODAY)
    today = max(row.date for row in office.visits())
    found = roll.read(store, today + timedelta(days=0))
    counted = volunteers.count(store.connection, today)
    assert found.count == counted
    lines = {line.visitor: line for line in found.lines}
    assert lines["ICV01"].status == "active"
    assert lines["ICV01"].since == days(2024, 8, 1)
    assert sum(line.given.visiting for line in found.lines) == sum(
        each.visiting for each in hours.minutes(store.connection, found.first, today).values()
    )
    assert sum(line.given.visits for line in found.lines) > 0
    assert found.ordered("expiry")[0].visitor == "ICV02"
    assert [line.visitor for line in found.ordered("code")] == sorted(lines)
    assert found.ordered("hours")[0].given.total == max(line.given.total for line in found.lines)
    gone = roll.read(store, TODAY)
    assert "ICV03" not in [line.visitor for line in gone.ordered("code")]
    assert "ICV03" in [line.visitor for line in gone.ordered("code", everybody=True)]


def test_the_twelve_months_end_today():
    assert roll.year_to(TODAY) == days(2025, 11, 23)
    assert roll.year_to(days(2028, 2, 29)) == days(2027, 3, 1)
    assert roll.year_to(days(2027, 12, 31)) == days(2027, 1, 1)
