"""Figures: properties that hold for any data, and a second count of them day by day."""

from datetime import date, time, timedelta

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from icv_app.figure import Period
from icv_app.periods import financial_year, parse_period
from tests.icv_app import added_by_day, day_by_day
from tests.icv_app.small_scheme import small_scheme

EARLIEST, LATEST = date(2025, 3, 1), date(2026, 4, 20)
DAYS = st.dates(EARLIEST, LATEST)
SITES = {"dogs": "dog_unit_kennels", "field": "training_venue", **dict.fromkeys("abc", "custody_suite")}
MEASURE = {kind: measure for measure, kind in day_by_day.KIND.items()}
QUIET = settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large]
)


def often(value, *others):
    return st.sampled_from((value,) * (2 * len(others)) + others)


@st.composite
def spans(draw, first=EARLIEST):
    """Dated rows that follow on from one another, some with a gap between them, the last perhaps open-ended."""
    cuts = sorted(draw(st.lists(DAYS, min_size=1, max_size=4, unique=True)))
    ends = [cut - timedelta(days=draw(st.sampled_from((1, 1, 3)))) for cut in cuts[1:]]
    ends.append(draw(st.none() | st.just(LATEST + timedelta(days=9))))
    return [(start, end) for start, end in zip(cuts, ends, strict=True) if end is None or start <= end]


NUMBER = st.none() | st.integers(0, 5)
ANSWERS = {  # what the forms ask beyond the core, by measure; a blank text or None is not stored
    "custody_visit": {
        **dict.fromkeys(added_by_day.FUNNEL, NUMBER),
        "groups_present": st.sampled_from(("", "none", "female", "female under_18 girls", "immigration s136")),
        **{question: NUMBER for _, question in added_by_day.GROUPS.values()},
        "na_reasons": st.sampled_from(("", "asleep", "interview", "asleep interview other")),
        **{f"na_{reason}": NUMBER for reason in ("asleep", "interview", "other")},
        "positive_comments": st.sampled_from(("", "", " ", "Most kind")),
    },
    "kennel_visit": {"dogs_seen": NUMBER},
    "training_observation": {
        "training_status": st.sampled_from(
            ("", "took_place", "not_on_arrival", "rearranged", *added_by_day.REPORTED, *added_by_day.REPORTED)
        )
    },
}
BLANK = {name: "" if name in ("groups_present", "na_reasons", "positive_comments", "training_status") else None
         for of_form in ANSWERS.values() for name in of_form}  # fmt: skip
BLANK |= {f"na_{reason}": None for reason in added_by_day.REASONS}


@st.composite
def answers(draw, measure):
    """Answers to the form's own questions: mostly none of them, as of an old log, or all of them drawn."""
    given = ANSWERS[measure] if draw(st.booleans()) else {}
    return BLANK | draw(st.fixed_dictionaries(dict(given)))


@st.composite
def worlds(draw):
    statuses = [
        {"site": site, "from": first, "to": last, "status": draw(often("open", "closed", "open_on_days")),
         "days": draw(st.sampled_from(("Mon", "Thu", "Tue;Sat")))}
        for site in draw(st.sets(st.sampled_from(sorted(SITES)), max_size=3))
        for first, last in draw(spans())
    ]  # fmt: skip
    targets = [
        {"measure": measure, "site": site, "number": draw(st.sampled_from((1, 1, 1, 0, 2))), "from": first, "to": last,
         "per": draw(often("week" if measure == "custody_visit" else "month", "month", "quarter", "year"))}
        for measure in ("custody_visit", "kennel_visit")
        for site in draw(st.sets(st.sampled_from((None, None, "a", "dogs")), max_size=2))
        for first, last in draw(spans())
    ]  # fmt: skip
    slots = [
        {"slot": f"S{number}", "measure": MEASURE[SITES[site]], "site": site, "period_start": draw(DAYS),
         "status": draw(st.sampled_from(("planned", "missed", "withdrawn", "cancelled", "cancelled"))),
         "cancelled_by": draw(often("", "dog_unit", "police", "office", "visitors")),
         "reason_code": draw(often("", "other_training", "no_partner", "weather")),
         "reason": draw(often("", "Other training requirements for the Dog Unit"))}
        for number, site in enumerate(draw(st.lists(st.sampled_from(sorted(SITES)), max_size=12)))
    ]  # fmt: skip
    clock = st.sampled_from((time(9), time(0, 20), time(3, 30), time(23, 50)))
    small = st.integers(0, 20)
    visits = []
    near = draw(DAYS)  # so that several fall together
    for number, site in enumerate(draw(st.lists(st.sampled_from(sorted(SITES)), max_size=25))):
        status = draw(often("completed", "abandoned", "not_admitted"))
        own = [slot["slot"] for slot in slots if slot["site"] == site]
        visits.append(
            {
                "visit": f"V{number}", "form": MEASURE[SITES[site]], "site": site, "status": status,
                "date": draw(DAYS | st.integers(0, 12).map(lambda days: min(near + timedelta(days=days), LATEST))),
                "slot": draw(st.sampled_from(["", *own])),
                "state": draw(often("accepted", "submitted", "returned")),
                "visit_type": draw(often("", "standard", "return", "tact")),
                "mode": draw(often("", "in_person", "video")),
                "access": draw(often("admitted_immediately", "refused")),
                "serious_issue": draw(often("no", "yes", "")),
                "arrived": draw(clock), "left": None if status == "not_admitted" else draw(clock),
                "admitted": None if status == "not_admitted" else draw(st.none() | clock),
                "visitor_1": "ICV01", "visitor_2": draw(often("ICV02", "")),
                "travel_minutes_1": draw(small), "travel_minutes_2": draw(small),
                **{name: draw(st.none() | small) for name in ("in_custody", "offered", "seen", "declined")},
                **draw(answers(MEASURE[SITES[site]])),
            }
        )  # fmt: skip
    sites = [{"site": site, "name": site, "kind": kind} for site, kind in SITES.items()]
    issues = [
        {"issue": f"I{number}", "visit": visit["visit"], "kind": draw(often("positive_comment", "issue")),
         "status": draw(often("closed", "open", "withdrawn"))}
        for number, visit in enumerate(visits) if draw(st.integers(0, 3)) == 0
    ]  # fmt: skip
    return {
        "issues": issues,
        "sites": sites,
        "statuses": statuses,
        "targets": targets,
        "slots": slots,
        "visits": visits,
    }


KEYS = {
    "sites": ("site", ("site",)), "statuses": ("site_status", ("site", "from")),
    "targets": ("target", ("measure", "site", "from")), "slots": ("slot", ("slot",)), "visits": ("visit", ("visit",)),
    "issues": ("issue", ("issue",)),
}  # fmt: skip


def plain(value):
    if isinstance(value, time):
        return value.isoformat("minutes")
    return value.isoformat() if isinstance(value, date) else value


def fill(scheme, world):
    for name, (kind, parts) in KEYS.items():
        for row in world[name]:
            body = {field: plain(value) for field, value in row.items() if value not in (None, "")}
            scheme.put(kind, "|".join(str(row[part] or "") for part in parts), body)


def counted(summary):
    return {
        (figure.measure, figure.figure, figure.site): (figure.numerator, figure.denominator, figure.value)
        for figure in summary.figures
        if figure.measure in day_by_day.KIND
    }


@given(worlds(), DAYS, st.integers(0, 120))
@QUIET
def test_any_range_is_counted_as_day_by_day(world, first, length):
    last = min(first + timedelta(days=length), LATEST)
    with small_scheme() as scheme:
        fill(scheme, world)
        found = counted(scheme.summary(Period(name="", first=first, last=last)))
    for only in (("custody_visit", "reach", None), ("training_observation", "target_coverage", None)):
        del found[only]
    assert found == day_by_day.figures(world, first, last)


AS_A_WHOLE = (  # told of a period or of all sites anew: not sums of what is told of their parts
    "days_since_last_visit", "longest_gap", "slot_coverage", "access_delay_median", "access_delay_longest",
)  # fmt: skip
MAY_BE_UNKNOWN = (  # with a part that nobody wrote down, the sum is of the others
    *(f"detainees_{name}" for name in (*added_by_day.FUNNEL, *added_by_day.GROUPS)), "dogs_seen",
    *(f"not_available_{reason}" for reason in added_by_day.REASONS),
)  # fmt: skip


def summed(counts):
    return {key: values for key, values in counts.items() if key[1] not in AS_A_WHOLE}


def added(parts):
    """Add the same counts of several parts; what a part does not know of `MAY_BE_UNKNOWN` is left out of the result."""
    parts = [dict(part) for part in parts]
    unknown = {key for part in parts for key in part if key[1] in MAY_BE_UNKNOWN and part[key] == (None, None, None)}
    whole = {}
    for part in parts:
        for key in unknown & part.keys():
            del part[key]
        for key, values in part.items():
            before = whole.get(key, (0, 0, 0))
            whole[key] = tuple(
                None if mine is None or theirs is None else mine + theirs
                for mine, theirs in zip(before, values, strict=True)
            )
    return whole


@given(worlds(), st.lists(DAYS, max_size=3, unique=True))
@QUIET
def test_quarters_and_free_ranges_add_up_to_the_year(world, cuts):
    year = financial_year(date(2025, 8, 1))
    starts = [year.first, *sorted(cut for cut in cuts if year.first < cut <= year.last)]
    ends = [start - timedelta(days=1) for start in starts[1:]] + [year.last]
    ranges = [Period(name="", first=first, last=last) for first, last in zip(starts, ends, strict=True)]
    quarters = [parse_period(f"2025-26-Q{number}") for number in (1, 2, 3, 4)]
    with small_scheme() as scheme:
        fill(scheme, world)
        whole = summed(counted(scheme.summary(year)))
        del whole["training_observation", "target_coverage", None]  # counts from 1 April, whatever the period
        for parts in (quarters, ranges):
            total = added(summed(counted(scheme.summary(part))) for part in parts)
            del total["training_observation", "target_coverage", None]
            assert total == {key: values for key, values in whole.items() if key in total}
            assert {key[1] for key in whole.keys() - total.keys()} <= set(MAY_BE_UNKNOWN)


@given(worlds(), st.sampled_from(("2025-26-Q1", "2025-26-Q2", "2025-26-Q4", "2025-26")))
@QUIET
def test_all_sites_together_are_their_sum_and_every_unit_is_covered_or_missed(world, name):
    with small_scheme() as scheme:
        fill(scheme, world)
        summary = scheme.summary(name)
    found = counted(summary)
    of_sites = {key[:2] for key in found if key[2]}
    for measure, figure in {key[:2] for key in summed(found)} & of_sites:
        parts = [
            {(measure, figure): values} for key, values in found.items() if key[:2] == (measure, figure) and key[2]
        ]
        for total in added(parts).values():
            assert total == found[measure, figure, None]
    assert ("custody_visit", "visits_completed") in of_sites
    for site in (None, "a", "b", "c"):
        covered, due, _ = found["custody_visit", "target_coverage", site]
        assert covered + found["custody_visit", "missed_periods", site][2] == due
        cells = [cell for cell in summary.coverage if cell.measure == "custody_visit" and site in (None, cell.site)]
        assert sum(cell.state == "covered" for cell in cells) == covered
        assert sum(cell.state in ("covered", "missed", "not_admitted", "before") for cell in cells) == due
        recorded = min((visit["date"] for visit in world["visits"] if day_by_day.counts(visit)), default=None)
        for cell in cells:  # what was due before the first record is due and not covered, and nobody calls it missed
            known = recorded is None or recorded <= cell.last
            assert known or cell.state in ("before", "closed", "not_due")
            assert not known or cell.state != "before"
    for figure in summary.figures:
        if figure.percent == "100.0":
            assert figure.numerator == figure.denominator
