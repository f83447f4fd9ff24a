"""The figures that were added: cases checked by hand (docs/figures.md). 2025-26-Q2 is July to September 2025."""

import pytest

from icv_app.storage.answer_cells import REASONS
from icv_app.storage.revision import record_id
from tests.icv_app.small_scheme import small_scheme

Q2 = "2025-26-Q2"
SPLIT = ("visits_weekday", "visits_weekend", "visits_day", "visits_evening", "visits_night")
NONE = {"observed_only": 0, "not_available": 0, "denied": 0, "not_offered": 0}


@pytest.fixture
def scheme():
    with small_scheme() as found:
        found.site("euston")
        yield found


def note(scheme, figure, measure="custody_visit", site=None):
    return scheme.summary(Q2).get(measure, figure, site).note


def values(scheme, names, measure="custody_visit", period=Q2):
    summary = scheme.summary(period)
    return [summary.get(measure, name).value for name in names]


# People in custody ---------------------------------------------------------------------------------------------------


@pytest.fixture
def three_visits(scheme):
    """The example of docs/figures.md."""
    scheme.visit(
        "2025-07-01", in_custody=10, offered=6, seen=4, declined=2, observed_only=1, not_available=2, denied=0,
        not_offered=1, groups_present="female", number_female=2, na_reasons="asleep",
    )  # fmt: skip
    scheme.visit("2025-07-08", in_custody=5, offered=3, seen=3)
    scheme.visit("2025-07-15", in_custody=0, offered=0, seen=0, declined=0, **NONE)
    return scheme


@pytest.mark.parametrize("site", [None, "euston"])
def test_those_neither_seen_nor_declined_are_sums_with_a_note_of_the_visits_that_did_not_say(three_visits, site):
    summary = three_visits.summary(Q2)
    parts = [summary.get("custody_visit", f"detainees_{part}", site) for part in NONE]
    assert [part.value for part in parts] == [1, 2, 0, 1]
    assert {part.note for part in parts} == {"1 completed visit without this number"}


@pytest.mark.parametrize("site", [None, "euston"])
def test_shares_are_of_the_visits_that_gave_both_numbers(three_visits, site):
    three_visits.visit("2025-07-22", offered=9, seen=9)  # nobody counted those in custody
    assert three_visits.ratio(Q2, "offered_share", site) == (9, 15)
    assert three_visits.ratio(Q2, "acceptance", site) == (16, 18)
    assert three_visits.ratio(Q2, "seen_share", site) == (7, 15)
    assert note(three_visits, "seen_share", site=site) == "1 completed visit without both numbers left out"
    assert note(three_visits, "acceptance", site=site) == ""


def test_shares_are_as_worked_out_on_the_page_of_figures(three_visits):
    summary = three_visits.summary(Q2)
    shares = [summary.get("custody_visit", name).percent for name in ("offered_share", "acceptance", "seen_share")]
    assert shares == ["60.0", "77.8", "46.7"]


def test_a_group_that_was_not_ticked_counts_nought_and_an_empty_suite_too(three_visits):
    groups = ("women", "children", "girls", "immigration", "s136")
    assert values(three_visits, [f"detainees_{group}" for group in groups]) == [2, 0, 0, 0, 0]
    assert note(three_visits, "detainees_children") == "Recorded at 2 of 3 completed visits"


def test_a_group_that_is_not_known_was_recorded_at_no_visit_empty_suites_apart(scheme):
    scheme.visit("2025-07-01", in_custody=0)
    assert note(scheme, "detainees_women") == ""
    scheme.visit("2025-07-02", in_custody=4)
    assert note(scheme, "detainees_women") == "Recorded at 0 of 2 completed visits"


@pytest.mark.parametrize(
    ("visits", "women"),
    [
        ([], None),  # nobody looked
        ([{"in_custody": 4}], None),
        ([{}], None),
        ([{"in_custody": 0}], 0),
        ([{"in_custody": 0}, {"in_custody": 4}], None),  # all that is known is of an empty suite
        ([{"in_custody": 4, "groups_present": "none"}], 0),
        ([{"in_custody": 4, "groups_present": "female"}], None),  # ticked, and no number
        ([{"in_custody": 4, "groups_present": "female under_18", "number_female": 3}], 3),
        ([{"in_custody": 4, "number_female": 3}], 3),  # an old log with the number alone
        ([{"in_custody": 4, "groups_present": "female", "number_female": 3, "status": "abandoned"}], None),
    ],
)
def test_women_are_known_where_a_completed_visit_to_an_occupied_suite_says(scheme, visits, women):
    for visit in visits:
        scheme.visit("2025-07-01", **visit)
    assert scheme.value(Q2, "detainees_women") == scheme.value(Q2, "detainees_women", "euston") == women


def test_a_number_that_no_completed_visit_gave_is_not_nought(scheme):
    assert scheme.value(Q2, "detainees_denied") == 0  # of no visits
    scheme.visit("2025-07-01", in_custody=3)
    assert scheme.value(Q2, "detainees_denied") is None
    scheme.site("keyham")
    assert scheme.value(Q2, "detainees_denied", "keyham") == 0
    scheme.visit("2025-07-02", "keyham", denied=1)
    assert scheme.value(Q2, "detainees_denied") == 1
    assert scheme.value(Q2, "detainees_denied", "euston") is None


def test_numbers_that_do_not_add_up_are_told(scheme):
    scheme.visit("2025-07-01", in_custody=3, seen=1, declined=1, **NONE)
    said = "at 1 visit the numbers do not add up to those in custody"
    assert note(scheme, "detainees_denied") == note(scheme, "detainees_not_offered", site="euston") == said


def test_people_not_available_are_told_by_reason(scheme):
    scheme.visit("2025-07-01", not_available=2, na_reasons="asleep")  # one reason alone has them all
    scheme.visit("2025-07-02", not_available=5, na_reasons="asleep interview", na_asleep=1, na_interview=2)
    scheme.visit("2025-07-03", not_available=1)
    told = {"asleep": 3, "interview": 2}
    summary = scheme.summary(Q2)
    for reason in REASONS:
        figure = summary.get("custody_visit", f"not_available_{reason}")
        assert figure.value == told.get(reason, 0)
        assert figure.note == "For 3 people not available no reason was given"


@pytest.mark.parametrize(
    ("visits", "asleep"),
    [([], 0), ([{}], None), ([{"not_available": 0}], 0), ([{"not_available": 3}], None)],
)
def test_reasons_that_nobody_gave_are_not_known(scheme, visits, asleep):
    for visit in visits:
        scheme.visit("2025-07-01", **visit)
    assert scheme.value(Q2, "not_available_asleep") == asleep


# Visits by number, time and kind -------------------------------------------------------------------------------------


def test_visits_stand_against_the_number_that_the_units_due_ask_for(scheme):
    """The example of docs/figures.md: 13 weeks; one suite closed for three of them, one with a number of two."""
    scheme.target(1, "week")
    scheme.site("keyham")
    scheme.site("mill")
    scheme.status("keyham", "2000-01-01", "2025-09-07")
    scheme.target(2, "week", site="mill")
    for _ in range(52):
        scheme.visit("2025-07-02", "mill")
    assert scheme.ratio(Q2, "visits_against_number") == (52, 49)
    assert scheme.summary(Q2).get("custody_visit", "visits_against_number").percent == "106.1"
    assert [scheme.ratio(Q2, "visits_against_number", site) for site in ("euston", "keyham", "mill")] == [
        (0, 13), (0, 10), (52, 26),
    ]  # fmt: skip
    assert scheme.ratio(Q2, "target_coverage") == (1, 49 - 13)


def test_without_a_target_there_is_no_number_to_stand_against(scheme):
    scheme.site("dogs", "dog_unit_kennels")
    scheme.visit("2025-07-02")
    assert scheme.ratio(Q2, "visits_against_number") == (1, 0)
    assert scheme.ratio(Q2, "visits_against_number", measure="kennel_visit") == (0, 0)


@pytest.mark.parametrize(
    ("day", "arrived", "admitted", "weekend", "band"),
    [
        ("2025-07-05", "06:50", "06:59", True, "night"),  # a Saturday
        ("2025-07-05", "06:50", "07:00", True, "day"),
        ("2025-07-04", "18:55", "18:59", False, "day"),
        ("2025-07-04", "18:55", "19:00", False, "evening"),
        ("2025-07-04", "23:50", "00:10", True, "night"),  # Friday's, let in on Saturday
        ("2025-07-06", "23:50", "00:10", False, "night"),  # Sunday's, let in on Monday
        ("2025-07-06", "23:50", None, True, "evening"),
        ("2025-07-07", None, "00:00", False, "night"),
    ],
)
def test_a_visit_stands_in_the_day_and_band_of_its_entry(scheme, day, arrived, admitted, weekend, band):
    scheme.visit(day, arrived=arrived, admitted=admitted)
    assert values(scheme, SPLIT) == [not weekend, weekend, band == "day", band == "evening", band == "night"]


@pytest.mark.parametrize(("at", "band"), [("05:59", "night"), ("08:00", "night"), ("18:00", "day"), ("19:30", "day")])
def test_a_band_of_the_schemes_own_belongs_where_it_begins(scheme, at, band):
    scheme.connection.execute(
        "INSERT INTO current(record, kind, key, body, heads, conflicts) VALUES(?, 'scheme', 'scheme', ?, '', '{}')",
        (record_id("scheme", "scheme"), '{"bands": ["00:00", "06:00", "18:00"]}'),
    )
    scheme.visit("2025-07-01", arrived=at)
    assert values(scheme, ("visits_night", "visits_day", "visits_evening")) == [band == "night", band == "day", 0]


def test_a_visit_without_a_time_of_entry_stands_nowhere_and_is_told(scheme):
    scheme.visit("2025-07-05")
    scheme.visit("2025-07-05", status="not_admitted", arrived="10:00")
    summary = scheme.summary(Q2)
    for name in SPLIT:
        figure = summary.get("custody_visit", name)
        assert (figure.value, figure.note) == (0, "1 visit without a time of entry left out")


def test_praise_is_in_the_report_in_its_list_of_issues_or_in_a_record_of_its_own(scheme):
    scheme.visit("2025-07-01", positive_comments="A patient sergeant")
    scheme.visit("2025-07-02", issues={"1": {"issue_kind": "positive_comment", "issue_text": "Kind"}})
    scheme.visit("2025-07-03", key="CV-3", positive_comments=" ")
    scheme.visit("2025-07-04", key="CV-4")
    scheme.visit("2025-07-05", key="CV-5", status="abandoned", positive_comments="Helpful")
    for number, status in ((3, "open"), (4, "withdrawn")):
        body = {"visit": f"CV-{number}", "kind": "positive_comment", "status": status, "text": "Well done"}
        scheme.put("issue", f"I{number}", body)
    scheme.put("issue", "I9", {"visit": "CV-4", "kind": "issue", "text": "Cold"})
    assert scheme.ratio(Q2, "visits_with_praise") == scheme.ratio(Q2, "visits_with_praise", "euston") == (3, 4)


def test_visits_that_count_nowhere_else_are_counted_by_kind_wherever_they_were(scheme):
    scheme.visit("2025-07-01", "tact-suite", visit_type="tact")
    scheme.visit("2025-07-02", visit_type="tact", mode="video")
    scheme.visit("2025-07-02", visit_type="tact", status="not_admitted")
    scheme.visit("2025-07-03", visit_type="training")
    scheme.visit("2025-07-04", mode="telephone")
    scheme.visit("2025-07-04", mode="video", state="returned")
    scheme.visit("2025-10-01", mode="video")
    scheme.visit("2025-07-05", "dogs", "kennel_visit", visit_type="training")
    assert values(scheme, ("tact_visits", "training_visits", "remote_visits")) == [2, 1, 1]
    assert note(scheme, "tact_visits") == "1 more not completed"
    assert scheme.value(Q2) == 0


def test_dogs_seen_are_added_up_where_a_visit_says(scheme):
    scheme.site("dogs", "dog_unit_kennels")
    scheme.site("farm", "dog_unit_kennels")
    assert scheme.value(Q2, "dogs_seen", measure="kennel_visit") == 0
    scheme.visit("2025-07-01", "dogs", "kennel_visit", dogs_seen=6)
    scheme.visit("2025-08-01", "dogs", "kennel_visit", dogs_seen=7)
    scheme.visit("2025-08-02", "dogs", "kennel_visit", dogs_seen=9, status="abandoned")
    scheme.visit("2025-09-01", "farm", "kennel_visit")
    assert scheme.value(Q2, "dogs_seen", measure="kennel_visit") == 13
    assert scheme.value(Q2, "dogs_seen", "dogs", "kennel_visit") == 13
    assert scheme.value(Q2, "dogs_seen", "farm", "kennel_visit") is None
    assert note(scheme, "dogs_seen", "kennel_visit") == "1 completed visit without this number"


# Cancellations -------------------------------------------------------------------------------------------------------


@pytest.fixture
def venue(scheme):
    scheme.site("field", "training_venue")
    return scheme


def off(scheme, slot, starts="2025-07-23", **more):
    body = {"slot": slot, "measure": "training_observation", "site": "field", "period_start": starts}
    scheme.put("slot", slot, {**body, "status": "cancelled", **more})


def cancelled(scheme, period=Q2):
    names = ("cancelled_by_dog_unit", "cancelled_by_visitors", "cancelled_other")
    return values(scheme, names, "training_observation", period)


@pytest.mark.parametrize(
    ("said", "who"),
    [
        ({"cancelled_by": "dog_unit", "reason_code": "no_partner"}, 0),  # who said so stands before the reason
        ({"cancelled_by": "police"}, 0),
        ({"cancelled_by": "office"}, 1),
        ({"cancelled_by": "visitors"}, 1),
        ({"reason_code": "dog_or_handler_sick"}, 0),
        ({"reason_code": "visitor_unavailable"}, 1),
        ({"reason_code": "weather"}, 2),
        ({"reason": "Other training requirements for the Dog Unit"}, 0),
        ({"reason": "visitor ill, told on the day"}, 1),
        ({"reason": "Cancelled by the visitors: no car"}, 1),
        ({"reason": "It rained"}, 2),
        ({}, 2),
    ],
)
def test_a_cancelled_slot_is_by_whom_the_office_said_or_by_its_reason(venue, said, who):
    off(venue, "T1", **said)
    assert cancelled(venue) == [who == at for at in range(3)]


@pytest.mark.parametrize(
    ("status", "expected"),
    [
        ("cancelled_by_dog_unit", [1, 0, 0]), ("cancelled_by_visitors", [0, 1, 0]), ("cancelled_weather", [0, 0, 1]),
        ("rearranged", [0, 0, 0]), ("not_on_arrival", [0, 0, 0]),
    ],
)  # fmt: skip
def test_a_report_may_say_that_it_was_cancelled(venue, status, expected):
    venue.visit("2025-07-23", "field", "training_observation", status="not_admitted", training_status=status)
    assert cancelled(venue) == expected


def report(scheme, day, slot="", who="cancelled_by_visitors"):
    more = {"status": "not_admitted", "training_status": who, "slot": slot}
    scheme.visit(day, "field", "training_observation", **more)


def test_a_slot_and_the_reports_of_it_are_one_cancellation(venue):
    off(venue, "T1")
    report(venue, "2025-07-23", "T1")  # tells by whom, as the rota does not
    report(venue, "2025-10-23", "T1")
    off(venue, "T2", cancelled_by="dog_unit")
    report(venue, "2025-07-24", "T2")  # the rota does
    venue.slot("T3", "2025-07-30", "field", "planned", "training_observation")
    report(venue, "2025-07-30", "T3")
    report(venue, "2025-08-30", "T3", "cancelled_weather")
    assert cancelled(venue) == [1, 2, 0]
    assert cancelled(venue, "2025-26-Q3") == [0, 0, 0]
    assert cancelled(venue, "2025-26") == [1, 2, 0]


def test_what_was_kept_after_all_is_no_cancellation(venue):
    off(venue, "T1", cancelled_by="dog_unit")
    report(venue, "2025-07-23", "T1")
    venue.visit("2025-07-25", "field", "training_observation", slot="T1")
    assert cancelled(venue) == [0, 0, 0]


def test_cancelled_slots_of_other_measures_and_periods_are_not_among_them(venue):
    venue.slot("S1", "2025-07-02", status="cancelled")
    off(venue, "T1", "2025-10-01")
    assert cancelled(venue) == [0, 0, 0]


# Times held ----------------------------------------------------------------------------------------------------------


def case(scheme, arrived=None, left=None, day="2025-08-19", **more):
    scheme.visit(day, None, "record_review", t2_arrival=arrived, t16_left=left, kind="case", **more)


def held(scheme, *names):
    return values(scheme, [f"held_{name}" for name in names], "record_review")


BANDS = ("up_to_24", "24_to_48", "48_to_72", "72_to_96", "96_to_120", "over_120")


def test_times_held_are_as_worked_out_on_the_page_of_figures(scheme):
    case(scheme, "2025-07-01T10:00", "2025-07-02T10:00")
    case(scheme, "2025-07-01T10:00", "2025-07-02T10:01", session="CDSP-1")
    case(scheme, "2025-07-01T10:00", "2025-07-04T11:00")
    case(scheme, "2025-07-01T10:00")
    scheme.put("record_review", "CDSP-1", {"session": "CDSP-1", "date": "2025-08-19", "records": 20})
    assert held(scheme, "median_minutes", "longest_minutes") == [1441, 4380]
    assert held(scheme, *BANDS) == [1, 1, 0, 1, 0, 0]
    assert scheme.ratio(Q2, "held_over_24_hours", measure="record_review") == (2, 3)
    assert scheme.value(Q2, "times_missing", measure="record_review") == 1
    assert note(scheme, "held_median_minutes", "record_review") == (
        "Times are known for 3 of 4 immigration records reviewed"
    )


@pytest.mark.parametrize(("hours", "band"), [(0, 0), (24, 0), (48, 1), (72, 2), (96, 3), (120, 4), (121, 5)])
def test_a_band_takes_in_its_upper_limit(scheme, hours, band):
    case(scheme, "2025-07-01T00:00", f"2025-07-{1 + hours // 24:02}T{hours % 24:02}:00")
    assert held(scheme, *BANDS) == [band == at for at in range(6)]


@pytest.mark.parametrize(
    ("arrived", "left", "minutes"),
    [
        ("2025-10-25T22:00", "2025-10-26T08:00", 660),
        ("2025-03-29T22:00", "2025-03-30T08:00", 540),
        ("2025-10-26T01:30", "2025-10-26T01:40+00:00", 70),  # the second pass of the hour
        ("2025-07-01T10:00:40", "2025-07-01T10:01:00", 0),
        ("2025-07-01T10:00:30", "2025-07-01T10:01:00", 1),
        ("2025-07-01T10:00", "2025-07-01T09:59", None),
        ("2025-07-01T10:00", "ten past ten", None),
        ("2025-07-01T10:00", "2025-07-01", None),
    ],
)
def test_the_time_held_is_what_passed(scheme, arrived, left, minutes):
    case(scheme, arrived, left)
    assert values(scheme, ("held_longest_minutes", "times_missing"), "record_review") == [minutes, minutes is None]


def test_without_a_case_the_bands_are_empty_and_without_times_they_are_unknown(scheme):
    assert held(scheme, *BANDS, "median_minutes") == [0] * 6 + [None]
    assert scheme.ratio(Q2, "held_over_24_hours", measure="record_review") == (0, 0)
    assert note(scheme, "held_over_24_hours", "record_review") == ""
    case(scheme, "2025-07-01T10:00")
    assert held(scheme, *BANDS, "median_minutes") == [None] * 7
    assert scheme.ratio(Q2, "held_over_24_hours", measure="record_review") == (None, None)
    assert scheme.value(Q2, "times_missing", measure="record_review") == 1


def test_of_records_that_were_reviewed_without_a_case_form_nothing_is_known(scheme):
    session = {"session": "CDSP-1", "date": "2025-08-19", "records": 20, "of_which_immigration": 15}
    scheme.put("record_review", "CDSP-1", session)
    assert held(scheme, *BANDS, "median_minutes", "longest_minutes") == [None] * 8
    assert scheme.value(Q2, "times_missing", measure="record_review") is None
    assert scheme.ratio(Q2, "is91_on_record", measure="record_review") == (None, None)
    assert note(scheme, "held_over_24_hours", "record_review") == (
        "Times are known for 0 of 15 immigration records reviewed"
    )
    case(scheme, "2025-07-01T10:00", "2025-07-03T10:00", session="CDSP-1", is91_complete="yes")
    case(scheme, "2025-07-01T10:00", session="CDSP-1")
    assert scheme.ratio(Q2, "held_over_24_hours", measure="record_review") == (1, 1)
    assert scheme.value(Q2, "times_missing", measure="record_review") == 1
    assert note(scheme, "held_24_to_48", "record_review") == "Times are known for 1 of 15 immigration records reviewed"
    assert note(scheme, "is91_on_record", "record_review") == ("14 records left out: not checked, or it does not apply")


def test_the_is91_is_on_record_where_a_case_says_so(scheme):
    for more in (
        {"authority_shown": "rights_given is91_complete"}, {"is91_complete": "yes"}, {"is91_complete": "no"},
        {"is91_complete": "not_checked"}, {"authority_shown": "rights_given", "t9_is91": "2025-07-01T10:00"},
        {"is91_complete": "yes", "day": "2025-10-01"}, {"is91_complete": "yes", "state": "returned"},
    ):  # fmt: skip
        case(scheme, **more)
    assert scheme.ratio(Q2, "is91_on_record", measure="record_review") == (2, 3)
    assert note(scheme, "is91_on_record", "record_review") == "2 records left out: not checked, or it does not apply"


# Volunteers ----------------------------------------------------------------------------------------------------------


def moved(scheme, period=Q2):
    names = ("volunteers", "in_training", "joined", "left")
    return values(scheme, names, "volunteers", period)


def test_who_was_trained_and_put_on_probation_joined_once(scheme):
    scheme.visitor("ICV01", "in_training", "2025-06-01", "2025-07-31")
    scheme.visitor("ICV01", "probation", "2025-08-01", "2025-08-31")
    scheme.visitor("ICV01", "active", "2025-09-01")
    scheme.visitor("ICV02", "in_training", "2025-09-30")
    scheme.visitor("ICV03", "applicant", "2025-09-30")
    scheme.visitor("ICV04", "in_training", "2025-09-01", roles="record_reviewer")
    assert moved(scheme, "2025-26-Q1") == [0, 1, 0, 0]
    assert moved(scheme) == [1, 1, 1, 0]
    assert moved(scheme, "2025-26-Q3") == [1, 1, 0, 0]


@pytest.mark.parametrize(
    ("rows", "joined", "left"),
    [
        ([("active", "2020-01-01", "2025-08-15"), ("left", "2025-08-16", "")], 0, 1),
        ([("active", "2020-01-01", "2025-08-15")], 0, 1),
        ([("active", "2020-01-01", "2025-06-30")], 0, 1),  # on 1 July no more
        ([("active", "2020-01-01", "2025-09-30")], 0, 0),
        ([("active", "2020-01-01", "2025-06-29")], 0, 0),
        ([("active", "2025-07-01", "")], 1, 0),
        ([("active", "2025-09-30", "")], 1, 0),
        ([("active", "2025-10-01", "")], 0, 0),
        ([("active", "2025-07-10", "2025-08-10")], 1, 1),
        ([("active", "2020-01-01", "2025-07-10"), ("on_leave", "2025-07-11", "")], 0, 0),
        ([("active", "2020-01-01", "2025-07-10"), ("active", "2025-07-12", "")], 1, 1),  # a gap of a day
        ([("active", "2020-01-01", ""), ("left", "2025-08-01", "")], 0, 1),  # the later row holds
        ([("active", "2020-01-01", ""), ("left", "2025-08-01", "2025-08-03")], 1, 1),
    ],
)
def test_joined_and_left_are_told_by_the_rows_that_hold(scheme, rows, joined, left):
    for status, first, last in rows:
        scheme.visitor("ICV01", status, first, last)
    assert moved(scheme)[2:] == [joined, left]


def test_a_change_of_roles_is_a_move_and_two_roles_are_one_head(scheme):
    scheme.visitor("ICV01", "active", "2020-01-01", "2025-07-31", roles="record_reviewer")
    scheme.visitor("ICV01", "active", "2025-08-01", roles="record_reviewer;icv;awv")
    assert moved(scheme) == [1, 0, 1, 0]
