"""The life of issues: open before, raised, closed and open at the end add up, and each stood somewhere on every day."""

from datetime import date, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from icv_app.counting import behind
from icv_app.figure import Period
from icv_app.follow_up import By, close, reopen
from icv_app.issue_state import ENDED, stood_on
from tests.icv_app.small_scheme import small_scheme

Q1, Q2, Q3 = "2025-26-Q1", "2025-26-Q2", "2025-26-Q3"
NAMES = ("open_before", "raised", "closed", "open_at_end")


@pytest.fixture
def scheme():
    with small_scheme() as found:
        found.site("euston")
        found.visit("2025-06-20", key="V0")
        found.visit("2025-07-03", key="V1")
        yield found


def issue(scheme, key, visit="V1", **body):
    scheme.put("issue", key, {"issue": key, "visit": visit, "kind": "issue", "text": key, **body})


def counts(scheme, period=Q2, **more):
    summary = scheme.summary(period, **more)
    return tuple(summary.get("issues", name).value for name in NAMES)


def finding(scheme, key, **more):
    return next(each for each in scheme.summary(Q2, **more).findings if each.issue == key)


def test_those_open_before_and_those_raised_less_those_closed_are_open_at_the_end(scheme):
    issue(scheme, "old and open", "V0")
    issue(scheme, "old and closed", "V0", status="closed", closed_on="2025-09-30")
    issue(scheme, "closed on the last day before", "V0", status="closed", closed_on="2025-06-30")
    issue(scheme, "closed on the first day", "V0", status="closed_no_response", closed_on="2025-07-01")
    issue(scheme, "new and open")
    issue(scheme, "new and closed", status="closed", closed_on="2025-08-01")
    issue(scheme, "closed later", status="closed", closed_on="2025-10-01")
    issue(scheme, "closed nobody knows when", status="closed")
    issue(scheme, "praise", kind="positive_comment", status="closed", closed_on="2025-08-01")
    assert counts(scheme) == (3, 4, 4, 3)
    assert counts(scheme, Q1) == (0, 4, 1, 3)
    assert counts(scheme, Q3)[:3] == (3, 0, 1)


def test_what_was_put_right_at_the_visit_is_closed_on_its_day(scheme):
    rows = {"a": {"issue_kind": "detainee_request", "issue_text": "A blanket", "issue_resolved": "yes"}}
    scheme.visit("2025-07-09", key="V2", issues=rows)
    assert counts(scheme) == (0, 1, 1, 0)
    told = scheme.summary(Q2).findings[0]
    assert (told.put_right, told.stood, told.closed_on) == (True, "closed", None)


def test_until_a_period_is_over_what_was_closed_so_far_counts(scheme):
    issue(scheme, "I1", status="closed", closed_on="2025-08-01")
    assert counts(scheme, today=date(2025, 7, 31)) == (0, 1, 0, 1)
    assert scheme.summary(Q2, today=date(2025, 7, 31)).get("issues", "closed").note == "As of 31 July 2025"
    assert counts(scheme, today=date(2025, 8, 1)) == (0, 1, 1, 0)


def test_before_a_period_begins_nothing_is_closed_in_it(scheme):
    issue(scheme, "I1")
    issue(scheme, "I2", status="closed", closed_on="2025-08-01")
    assert counts(scheme, Q3, today=date(2025, 7, 31)) == (2, 0, 0, 2)


def test_one_that_was_opened_again_counts_as_never_closed(scheme):
    """Its earlier closing is in its history alone: the figures of the period restate it and still add up."""
    body = {"issue": "I1", "visit": "V1", "kind": "issue", "text": "Cold"}
    by = By(person="OFFICE1", today=date(2025, 8, 20))
    closed = close(body, by, outcome="resolved", done="Mended", told_on=by.today)
    scheme.put("issue", "I1", closed)
    assert counts(scheme) == (0, 1, 1, 0)
    scheme.put("issue", "I1", reopen(closed, By(person="OFFICE1", today=date(2025, 11, 10)), why="It broke again"))
    assert counts(scheme) == (0, 1, 0, 1)
    again = finding(scheme, "I1")
    assert (again.stood, again.reopened_on) == ("open", date(2025, 11, 10))


def test_the_list_tells_how_each_stood_on_the_last_day_and_what_came_later(scheme):
    late = {"sent_on": "2025-09-30", "responded_on": "2025-11-03", "closed_on": "2025-11-06", "status": "closed"}
    issue(scheme, "I1", **late)
    issue(scheme, "I2", **{**late, "sent_on": "2025-10-01"})
    issue(scheme, "I3", **{**late, "responded_on": "2025-09-12", "sent_on": "2025-09-01"})
    issue(scheme, "I4", status="escalated", sent_on="2025-09-01", escalated_on="2025-10-02")
    issue(scheme, "I5", status="responded")
    stood = {each.issue: each.stood for each in scheme.summary(Q2).findings}
    assert stood == {"I1": "with_police", "I2": "open", "I3": "responded", "I4": "with_police", "I5": "responded"}
    assert finding(scheme, "I1").responded_on == date(2025, 11, 3)
    assert finding(scheme, "I1", today=date(2025, 9, 29)).stood == "open"
    assert counts(scheme) == (0, 5, 0, 5)


def test_the_oldest_of_those_raised_before_and_still_open_are_named_without_their_words(scheme):
    for number in range(7):
        day = date(2025, 6, 30) - timedelta(days=number)
        scheme.visit(day.isoformat(), key=f"W{number}")
        issue(scheme, f"I{number}", f"W{number}", theme="hygiene", severity="serious")
    issue(scheme, "gone", "V0", status="closed", closed_on="2025-09-30")
    issue(scheme, "new", "V1")
    issue(scheme, "praise", "V0", kind="positive_comment")
    issue(scheme, "waits", "V0", status="closed", sent_on="2025-06-23", closed_on="2025-10-01")
    oldest = scheme.summary(Q2).oldest_open
    assert [(each.issue, each.stood, each.site) for each in oldest] == [
        ("waits", "with_police", "euston"), *((f"I{number}", "open", "euston") for number in (6, 5, 4, 3)),
    ]  # fmt: skip
    assert (oldest[0].date, oldest[1].theme, oldest[1].severity) == (date(2025, 6, 20), "hygiene", "serious")


def test_each_of_the_figures_of_the_balance_opens_its_records(scheme):
    issue(scheme, "I1", "V0", status="closed", closed_on="2025-07-09")
    issue(scheme, "I2", "V0")
    issue(scheme, "I3", status="closed")
    summary = scheme.summary(Q2)
    keys = {
        name: sorted(
            each.key for each in behind.records(scheme.connection, summary, summary.get("issues", name))
        )
        for name in NAMES
    }  # fmt: skip
    assert keys == {
        "open_before": ["I1", "I2"], "raised": ["I3"], "closed": ["I1", "I3"], "open_at_end": ["I2"],
    }  # fmt: skip


# Any issues -----------------------------------------------------------------------------------------------------------

DAYS = st.dates(date(2025, 6, 1), date(2025, 11, 1))
MAYBE = st.none() | DAYS
STATUS = st.sampled_from(
    ("", "open", "with_police", "responded", "escalated", "closed", "closed_no_response", "withdrawn")
)
STEPS = ("sent_on", "escalated_on", "responded_on", "reopened_on")
ISSUE = st.fixed_dictionaries(
    {"visit": st.sampled_from(("V0", "V1", "V2", "S1")), "status": STATUS, "closed_on": MAYBE,
     "kind": st.sampled_from(("issue", "detainee_request", "positive_comment", "recommendation")),
     **dict.fromkeys(STEPS, MAYBE)}
)  # fmt: skip


def days_open(each, found):
    """Go through the days one by one: whether it is open at the end of each."""
    for number in range(300):
        day = date(2025, 5, 1) + timedelta(days=number)
        gone = each["status"] in ENDED and (each["closed_on"] is None or each["closed_on"] <= day)
        yield day, day >= found and not gone


@settings(max_examples=50, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    issues=st.lists(ISSUE, max_size=8),
    days=st.lists(DAYS, min_size=3, max_size=3),
    first=DAYS,
    length=st.integers(0, 60),
    back=st.integers(-1, 20),
)
def test_the_balance_of_any_issues_adds_up_to_any_day(issues, days, first, length, back):
    period = Period(name="", first=first, last=first + timedelta(days=length))
    until = min(period.last, period.last - timedelta(days=back))
    places = {**dict(zip(("V0", "V1", "V2"), days, strict=True)), "S1": date(2025, 8, 19)}
    if until < period.first or any(until < day <= period.last for day in places.values()):
        until, back = period.last, -1  # nothing is found after the day of counting
    with small_scheme() as scheme:
        scheme.site("euston")
        for key, day in list(places.items())[:3]:
            scheme.visit(day.isoformat(), key=key)
        scheme.put("record_review", "S1", {"session": "S1", "date": "2025-08-19", "state": "accepted"})
        for number, each in enumerate(issues):
            body = {name: value.isoformat() if isinstance(value, date) else value for name, value in each.items()}
            scheme.put("issue", f"I{number}", {**body, "issue": f"I{number}", "text": str(number)})
        today = period.last - timedelta(days=back)
        summary = scheme.summary(period, today=today)
        before, raised, closed, still = (summary.get("issues", name).value for name in NAMES)
        assert before + raised - closed == still
        counted = [
            each for each in issues
            if each["status"] != "withdrawn" and each["kind"] in ("issue", "detainee_request")
        ]  # fmt: skip
        lives = [dict(days_open(each, places[each["visit"]])) for each in counted]
        assert before == sum(life[first - timedelta(days=1)] for life in lives)
        assert still == sum(life[until] for life in lives)
        followed = behind.records(scheme.connection, summary, summary.get("issues", "closed"), today=today)
        assert closed == len(followed)
        listed = [each for each in summary.findings if each.kind in ("issue", "detainee_request")]
        assert len(listed) == raised
        assert sum(each.stood not in ENDED for each in listed) == summary.get("issues", "open_at_end_raised").value


@given(now=STATUS, found=DAYS, closed=MAYBE, steps=st.dictionaries(st.sampled_from(("responded", "open")), MAYBE))
def test_after_the_last_step_an_issue_stands_as_it_does_now_and_before_it_was_found_nowhere(now, found, closed, steps):
    after = date(2026, 1, 1)
    assert stood_on(after, now, found=found, closed=closed, steps=steps) == (now or "open")
    assert stood_on(found - timedelta(days=1), now, found=found, closed=closed, steps=steps) == ""
