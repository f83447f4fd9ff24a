"""Issue figures: cases checked by hand (docs/figures.md), and a second count of any issues without SQL."""

from datetime import date, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from icv_app.counting import behind
from icv_app.counting.issue_figures import THEMES
from icv_app.figure import Period
from tests.icv_app.small_scheme import small_scheme

Q2 = "2025-26-Q2"


@pytest.fixture
def scheme():
    with small_scheme() as found:
        found.site("euston")
        yield found


def issue(scheme, key, visit, **body):
    scheme.put("issue", key, {"issue": key, "visit": visit, "kind": "issue", "text": key, **body})


def counts(scheme, *names, period=Q2, **more):
    summary = scheme.summary(period, **more)
    return tuple(summary.get("issues", name).value for name in names)


def ratio(scheme, name, period=Q2, **more):
    found = scheme.summary(period, **more).get("issues", name)
    return found.numerator, found.denominator


def test_issues_requests_and_questions_are_raised_and_praise_and_recommendations_are_not(scheme):
    scheme.visit("2025-07-03", key="V1")
    for number, kind in enumerate(("issue", "detainee_request", "question", "positive_comment", "recommendation")):
        issue(scheme, f"I{number}", "V1", kind=kind, theme="hygiene")
    assert counts(scheme, "raised", "raised_hygiene", "raised_other") == (3, 3, 0)


def test_the_seven_themes_on_animal_welfare_are_one_and_no_theme_is_another_matter(scheme):
    scheme.visit("2025-07-03", key="V1")
    for number, theme in enumerate(("animal_welfare_diet", "animal_welfare_transport", "", "weather", "staffing")):
        issue(scheme, f"I{number}", "V1", theme=theme)
    assert counts(scheme, "raised_animal_welfare", "raised_other", "raised_staffing") == (2, 2, 1)


def test_one_that_was_taken_out_of_its_report_is_counted_nowhere(scheme):
    scheme.visit("2025-07-03", key="V1")
    sent = {"sent_on": "2025-07-04", "due_on": "2025-07-18", "responded_on": "2025-07-17"}
    issue(scheme, "I1", "V1", status="withdrawn", severity="serious", **sent)
    assert counts(scheme, "raised", "raised_serious", "open_at_end") == (0, 0, 0)
    assert ratio(scheme, "answered_in_time") == (0, 0)


def test_what_was_put_right_at_the_visit_is_told_by_its_own_report_alone(scheme):
    rows = {
        "a": {"issue_kind": "issue", "issue_text": "The tap dripped", "issue_resolved": "yes"},
        "b": {"issue_kind": "issue", "issue_text": "No blankets", "issue_resolved": "no"},
    }
    scheme.visit("2025-07-03", key="V1", issues=rows)
    issue(scheme, "V1-1", "V1", text="The tap dripped", status="closed")
    issue(scheme, "V1-2", "V1", text="No blankets", status="closed", closed_on="2025-07-09")
    issue(scheme, "I3", "V1", text="Out of an old spreadsheet", status="closed")
    assert counts(scheme, "raised") == (3,)
    assert ratio(scheme, "resolved_at_visit") == (1, 3)
    assert scheme.summary(Q2).get("issues", "resolved_at_visit").note == "Of 1 the report does not say"


def test_where_no_report_says_whether_it_was_put_right_the_share_is_not_known(scheme):
    scheme.visit("2025-07-03", key="V1")
    issue(scheme, "I1", "V1", text="Out of an old spreadsheet", status="closed")
    assert counts(scheme, "raised") == (1,)
    assert ratio(scheme, "resolved_at_visit") == (None, None)
    assert scheme.summary(Q2).get("issues", "resolved_at_visit").note == "Of 1 the report does not say"


def test_ages_are_counted_from_the_visit_to_the_end_of_the_period(scheme):
    # 2 September is 28 days before 30 September, 1 September 29; 8 July is 84 days before it, 7 July 85
    for day in ("2025-09-30", "2025-09-02", "2025-09-01", "2025-07-08", "2025-07-07", "2025-03-01"):
        scheme.visit(day, key=day)
        issue(scheme, f"I{day}", day)
    issue(scheme, "I-closed", "2025-09-01", status="closed", closed_on="2025-09-30")
    issue(scheme, "I-later", "2025-09-01", status="closed", closed_on="2025-10-01")
    issue(scheme, "I-undated", "2025-09-01", status="closed")
    assert counts(scheme, "open_at_end", "open_over_28_days", "open_over_84_days") == (7, 5, 2)


def test_before_the_period_is_over_what_is_open_today_counts(scheme):
    scheme.visit("2025-07-03", key="V1")
    issue(scheme, "I1", "V1")
    summary = scheme.summary(Q2, today=date(2025, 7, 31))
    found = summary.get("issues", "open_over_28_days")
    assert (found.value, found.note) == (0, "As of 31 July 2025")
    assert counts(scheme, "open_over_28_days", today=date(2025, 8, 1)) == (1,)


@pytest.mark.parametrize(
    ("responded", "numbers"), [("2025-07-18", (1, 1)), ("2025-07-19", (0, 1)), ("", (0, 1)), ("2025-10-02", (0, 1))]
)
def test_an_answer_is_in_time_up_to_the_day_on_which_it_is_due(scheme, responded, numbers):
    scheme.visit("2025-07-03", key="V1")
    issue(scheme, "I1", "V1", sent_on="2025-07-04", due_on="2025-07-18", responded_on=responded)
    assert ratio(scheme, "answered_in_time") == numbers


def test_an_answer_is_judged_in_the_period_in_which_it_is_due_and_not_before_its_day_is_over(scheme):
    scheme.visit("2025-06-20", key="V1")
    issue(scheme, "I1", "V1", sent_on="2025-06-24", due_on="2025-07-08", responded_on="2025-07-08")
    assert ratio(scheme, "answered_in_time", "2025-26-Q1") == (0, 0)
    assert ratio(scheme, "answered_in_time", today=date(2025, 7, 8)) == (0, 0)
    assert ratio(scheme, "answered_in_time", today=date(2025, 7, 9)) == (1, 1)


def test_the_usual_answer_is_the_middle_one_in_working_days(scheme):
    scheme.visit("2025-07-03", key="V1")
    # sent on Friday 4 July: Monday is 1 working day, Friday the 11th 5, Thursday the 17th 9, Saturday the 19th 10
    for number, day in enumerate(("2025-07-07", "2025-07-11", "2025-07-17", "2025-07-19")):
        issue(scheme, f"I{number}", "V1", sent_on="2025-07-04", responded_on=day)
    assert counts(scheme, "response_days_median") == (7,)
    issue(scheme, "I-no", "V1", responded_on="2025-07-30")  # answered without having been sent
    assert counts(scheme, "response_days_median") == (7,)
    issue(scheme, "I0", "V1", sent_on="2025-07-04")
    assert counts(scheme, "response_days_median") == (9,)


def test_praise_shared_and_recommendations_answered_are_of_those_of_the_period(scheme):
    scheme.visit("2025-07-03", key="V1")
    scheme.put("record_review", "CDSP-1", {"session": "CDSP-1", "date": "2025-08-19", "state": "accepted"})
    issue(scheme, "I1", "V1", kind="positive_comment", shared_with_staff_on="2025-10-20")
    issue(scheme, "I2", "V1", kind="positive_comment")
    issue(scheme, "CDSP-1-1", "CDSP-1", kind="recommendation", responded_on="2025-09-30", sent_on="2025-08-20")
    issue(scheme, "CDSP-1-2", "CDSP-1", kind="recommendation")
    assert ratio(scheme, "praise_shared") == (1, 2)
    assert ratio(scheme, "recommendations_answered") == (1, 2)
    assert counts(scheme, "raised", "open_at_end", "response_days_median") == (0, 0, None)


def test_recommendations_without_a_record_of_their_own_are_told_of(scheme):
    session = {"session": "CDSP-1", "date": "2025-08-19", "state": "accepted", "records": 20, "recommendations": 7}
    scheme.put("record_review", "CDSP-1", session)

    def told():
        found = scheme.summary(Q2).get("issues", "recommendations_answered")
        return found.numerator, found.denominator, found.note

    assert told() == (
        None, None,
        "7 recommendations were made, without records of their own: whether they were answered is not known",
    )  # fmt: skip
    issue(scheme, "CDSP-1-1", "CDSP-1", kind="recommendation", responded_on="2025-09-30")
    assert told() == (1, 1, "Of 7 made, 6 have no records of their own and are left out")
    scheme.put("record_review", "CDSP-1", {**session, "recommendations": 1})
    assert told() == (1, 1, "")
    scheme.put("record_review", "CDSP-1", {**session, "recommendations": 0})  # fewer than were entered one by one
    assert told() == (1, 1, "")


# Any issues --------------------------------------------------------------------------------------------------------

FIRST, LAST = date(2025, 6, 1), date(2025, 11, 1)
DAYS = st.dates(FIRST, LAST)
MAYBE = st.none() | DAYS


@st.composite
def found_issues(draw):
    return [
        {
            "visit": draw(st.sampled_from(("V0", "V1", "V2", "V3", "V4", "S1", "gone"))),
            "kind": draw(st.sampled_from(("issue", "detainee_request", "positive_comment", "recommendation", ""))),
            "theme": draw(st.sampled_from(("hygiene", "animal_welfare_diet", "other", ""))),
            "severity": draw(st.sampled_from(("minor", "serious", "praise"))),
            "status": draw(st.sampled_from(("", "open", "with_police", "responded", "closed", "withdrawn"))),
            "sent_on": draw(MAYBE), "due_on": draw(MAYBE), "responded_on": draw(MAYBE), "closed_on": draw(MAYBE),
            "shared_with_staff_on": draw(MAYBE),
        }
        for _ in range(draw(st.integers(0, 12)))
    ]  # fmt: skip


def by_hand(issues, places, first, last):
    """Count one issue after the other."""
    numbers = dict.fromkeys(["raised", "raised_serious", "open_at_end", "open_over_28_days", "open_over_84_days"], 0)
    numbers |= {"open_at_end_raised": 0, **{f"raised_{theme}": 0 for theme in THEMES}}
    due = in_time = praise = shared = 0
    for each in issues:
        on = places.get(each["visit"])
        if on is None or each["status"] == "withdrawn":
            continue
        here = first <= on <= last
        if each["kind"] == "positive_comment":
            praise += here
            shared += here and each["shared_with_staff_on"] is not None
        if each["kind"] in ("positive_comment", "recommendation"):
            continue
        if here:
            theme = each["theme"].removesuffix("_diet")
            numbers["raised"] += 1
            numbers[f"raised_{theme or 'other'}"] += 1
            numbers["raised_serious"] += each["severity"] == "serious"
        closed_later = each["closed_on"] is not None and each["closed_on"] > last
        if on <= last and (each["status"] != "closed" or closed_later):
            numbers["open_at_end"] += 1
            numbers["open_at_end_raised"] += here
            numbers["open_over_28_days"] += last - on > timedelta(days=28)
            numbers["open_over_84_days"] += last - on > timedelta(days=84)
        if each["sent_on"] and each["due_on"] and first <= each["due_on"] <= last:
            due += 1
            in_time += each["responded_on"] is not None and each["responded_on"] <= each["due_on"]
    return numbers, (in_time, due), (shared, praise)


@settings(max_examples=80, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(found_issues(), st.lists(DAYS, min_size=5, max_size=5), DAYS, st.integers(0, 100))
def test_any_issues_are_counted_as_by_hand_and_each_count_can_be_followed(issues, days, first, length):
    last = first + timedelta(days=length)
    period = Period(name="", first=first, last=last)
    with small_scheme() as scheme:
        scheme.site("euston")
        scheme.site("dogs", "dog_unit_kennels")
        forms = ("custody_visit", "kennel_visit", "record_review", "custody_visit", "custody_visit")
        sites = ("euston", "dogs", "euston", "elsewhere", "euston")
        for number, (form, site, day) in enumerate(zip(forms, sites, days, strict=True)):
            state = "returned" if number == 4 else "accepted"  # counts nowhere, as V3 does at a place not listed
            scheme.visit(day.isoformat(), site, form, key=f"V{number}", state=state)
        scheme.put("record_review", "S1", {"session": "S1", "date": "2025-08-19", "state": "accepted"})
        for number, each in enumerate(issues):
            body = {name: value.isoformat() if isinstance(value, date) else value for name, value in each.items()}
            scheme.put("issue", f"I{number}", {**body, "text": str(number)})
        summary = scheme.summary(period)
        places = {"V0": days[0], "V1": days[1], "V2": days[2], "S1": date(2025, 8, 19)}
        numbers, answered, shared = by_hand(issues, places, first, last)
        assert {name: summary.get("issues", name).value for name in numbers} == numbers
        assert sum(numbers[f"raised_{theme}"] for theme in THEMES) == numbers["raised"]
        for name, parts in (("answered_in_time", answered), ("praise_shared", shared)):
            found = summary.get("issues", name)
            assert (found.numerator, found.denominator) == parts
        for name in numbers:
            keys = behind.visits(scheme.connection, summary, summary.get("issues", name))
            assert set(keys) <= {"V0", "V1", "V2"}
            assert len(keys) <= numbers[name]
            assert keys or not numbers[name] or any(each["visit"] == "S1" for each in issues)
