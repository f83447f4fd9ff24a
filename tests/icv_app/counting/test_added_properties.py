"""The figures that were added: what holds for any rows of volunteers and any case forms, and a second count of them."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from icv_app.figure import Period
from tests.icv_app.small_scheme import small_scheme

LONDON = ZoneInfo("Europe/London")
DAYS = st.dates(date(2025, 3, 20), date(2025, 4, 20))
QUIET = settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
ON_THE_BOOKS = ("probation", "active", "on_leave", "not_currently_visiting")
ROWS = st.lists(
    st.tuples(
        st.sampled_from(("ICV01", "ICV02", "ICV03")),
        st.sampled_from((*ON_THE_BOOKS, "active", "left", "in_training", "applicant")),
        DAYS,
        st.none() | st.integers(0, 20),
        st.sampled_from(("icv", "awv", "icv;awv", "record_reviewer")),
    ),
    max_size=7,
    unique_by=lambda row: (row[0], row[2]),
)


def on_the_books(rows, person, day):
    """Return whether the row of a person that holds on a day, the one that began last, makes a volunteer of them."""
    holding = [
        (first, status, roles)
        for who, status, first, length, roles in rows
        if who == person and first <= day and (length is None or day <= first + timedelta(days=length))
    ]
    if not holding:
        return False
    _, status, roles = max(holding)
    return status in ON_THE_BOOKS and roles != "record_reviewer"


@QUIET
@given(ROWS, DAYS, st.integers(0, 40))
def test_who_joined_and_left_make_the_volunteers_of_the_last_day_out_of_those_before(rows, first, length):
    last = first + timedelta(days=length)
    with small_scheme() as scheme:
        for person, status, starts, days, roles in rows:
            ends = "" if days is None else (starts + timedelta(days=days)).isoformat()
            scheme.visitor(person, status, starts.isoformat(), ends, roles)
        before = scheme.summary(Period(name="", first=first - timedelta(days=1), last=first - timedelta(days=1)))
        summary = scheme.summary(Period(name="", first=first, last=last))
    was = before.get("volunteers", "volunteers").value
    joined, left, now = (summary.get("volunteers", name).value for name in ("joined", "left", "volunteers"))
    assert was + joined - left == now
    people, days = ("ICV01", "ICV02", "ICV03"), [first + timedelta(days=number) for number in range(length + 1)]
    steps = [
        (on_the_books(rows, person, day - timedelta(days=1)), on_the_books(rows, person, day))
        for person in people
        for day in days
    ]
    assert (joined, left) == (steps.count((False, True)), steps.count((True, False)))


START = datetime.fromisoformat("2025-03-27T00:00")  # wall time; the clocks go forward on 30 March
MOMENTS = st.none() | st.integers(0, 8 * 24 * 60).map(lambda minutes: START + timedelta(minutes=minutes))
DAY_LONG = timedelta(hours=24)


@QUIET
@given(st.lists(st.tuples(MOMENTS, MOMENTS), max_size=8), st.integers(0, 9))
def test_every_case_is_in_one_band_or_has_a_time_missing(cases, reviewed):
    with small_scheme() as scheme:
        session = {"session": "S", "date": "2025-07-01", "records": 9, "of_which_immigration": reviewed}
        scheme.put("record_review", "S", session)
        for arrived, left in cases:
            times = {"t2_arrival": arrived, "t16_left": left}
            told = {name: at.isoformat("T", "minutes") for name, at in times.items() if at}
            scheme.visit("2025-07-01", None, "record_review", session="S", **told)
        summary = scheme.summary("2025-26-Q2")
    held = []
    for arrived, left in cases:
        if arrived and left:
            passed = left.replace(tzinfo=LONDON).astimezone(UTC) - arrived.replace(tzinfo=LONDON).astimezone(UTC)
            if passed >= timedelta(0):
                held.append(passed)
    bands = ("held_up_to_24", "held_24_to_48", "held_48_to_72", "held_72_to_96", "held_96_to_120", "held_over_120")
    found = [summary.get("record_review", name).value for name in bands]
    expected = [0] * 6
    for passed in held:
        whole, rest = divmod(passed, DAY_LONG)
        expected[min(max(whole - (not rest), 0), 5)] += 1
    whole = max(len(cases), reviewed)
    assert found == (expected if held or not whole else [None] * 6)
    over = summary.get("record_review", "held_over_24_hours")
    known = (sum(expected[1:]), len(held)) if held or not whole else (None, None)
    assert (over.numerator, over.denominator) == known
    assert over.note.startswith(f"Times are known for {len(held)} of {whole} immigration record") or not whole
    missing = summary.get("record_review", "times_missing").value
    assert missing == (len(cases) - len(held) if cases or not whole else None)
    longest = summary.get("record_review", "held_longest_minutes").value
    assert longest == (max(held) // timedelta(minutes=1) if held else None)
