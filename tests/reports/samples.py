"""Invented summaries for the tests of reports: one shaped like the reference quarter, and the extremes."""

from datetime import date, timedelta

from forms.translation import language
from icv_app.account import Account, Compared, LeftOut
from icv_app.figure import Figure, Period
from icv_app.periods import parse_period
from icv_app.summaries.commentary import SECTIONS
from icv_app.summary import CoverageCell, Finding, NotMade, ReviewSession, SiteName, Summary
from reports import making

SITES = (
    SiteName(site="euston-street", name="Euston Street", kind="custody_suite"),
    SiteName(site="keyham-lane", name="Keyham Lane", kind="custody_suite"),
    SiteName(site="beaumont-leys", name="Beaumont Leys", kind="custody_suite"),
    SiteName(site="dog-unit", name="Dog Unit Kennels, Police Headquarters", kind="dog_unit_kennels"),
    SiteName(site="off-site-training", name="Off-site dog training", kind="training_venue"),
)
QUARTER = Period(name="2025-26-Q2", first=date(2025, 7, 1), last=date(2025, 9, 30))


def ratio(measure, figure, numerator, denominator, site=None, unit="", note=""):
    return Figure(
        measure=measure, figure=figure, site=site, numerator=numerator, denominator=denominator, unit=unit, note=note
    )


def plain(measure, figure, value, site=None, unit="", note=""):
    return Figure(measure=measure, figure=figure, site=site, value=value, unit=unit, note=note)


def custody(site, made, scheduled, covered, due, tally, *, attempted=None, immediate=None, minutes=0):
    attempted = made if attempted is None else attempted
    figures = [
        plain("custody_visit", "visits_completed", made, site, "visits"),
        plain("custody_visit", "visits_attempted", attempted, site, "visits"),
        ratio("custody_visit", "scheduled_completed", *scheduled, site, "slots"),
        ratio("custody_visit", "target_coverage", covered, due, site, "suite-weeks"),
        plain("custody_visit", "missed_periods", due - covered, site, "suite-weeks"),
        ratio(
            "custody_visit",
            "admitted_immediately",
            immediate if immediate is not None else made,
            attempted,
            site,
            "visits",
        ),
        plain("custody_visit", "volunteer_minutes", minutes, site, "minutes"),
    ]
    names = ("in_custody", "offered", "seen", "declined")
    figures += [
        plain("custody_visit", f"detainees_{part}", number, site, "detainees")
        for part, number in zip(names, tally, strict=True)
    ]
    return [*figures, *funnel(tally, made, site)]


def funnel(tally, made, site=None):
    """Return what became of those who were not offered a visit, so that the numbers add up, and the shares."""
    there, offered, seen, _ = tally
    rest = there - offered
    parts = {"observed_only": rest // 2, "not_offered": rest // 5, "denied": 0}
    parts["not_available"] = rest - sum(parts.values())
    groups = {"women": there // 9, "children": there // 30, "girls": there // 80, "immigration": there // 25, "s136": 2}
    return [
        *(plain("custody_visit", f"detainees_{part}", number, site, "detainees") for part, number in parts.items()),
        ratio("custody_visit", "offered_share", offered, there, site, "detainees"),
        ratio("custody_visit", "acceptance", seen, offered, site, "detainees"),
        ratio("custody_visit", "seen_share", seen, there, site, "detainees"),
        *(plain("custody_visit", f"detainees_{name}", min(number, there), site) for name, number in groups.items()),
        ratio("custody_visit", "visits_with_praise", min(made, 2), made, site, "visits"),
    ]


def week(site, number, completed, state, *, measure="custody_visit", attempted=None, needed=1, start=date(2025, 6, 30)):
    first = start + timedelta(weeks=number)
    return CoverageCell(
        measure=measure,
        site=site,
        first=first,
        last=first + timedelta(days=6),
        needed=needed,
        completed=completed,
        attempted=completed if attempted is None else attempted,
        state=state,
    )


def coverage():
    cells = [week(site, number, 1, "covered") for site in ("euston-street", "keyham-lane") for number in range(13)]
    made = {1, 3, 5, 7}
    for number in range(13):
        state = "closed" if number > 8 else "covered" if number in made else "missed"
        cells.append(week("beaumont-leys", number, int(number in made), state))
    for month in (7, 8, 9):
        last = date(2025, month + 1, 1) - timedelta(days=1)
        cells.append(
            CoverageCell(
                measure="kennel_visit",
                site="dog-unit",
                first=date(2025, month, 1),
                last=last,
                needed=1,
                completed=1,
                attempted=1,
                state="covered",
            )
        )
    return tuple(cells)


def reference():
    """Shaped like the reference quarter: the published figures as published, the rest invented."""
    figures = [
        *custody(None, 30, (30, 30), 30, 35, (281, 148, 97, 51), immediate=27, minutes=4210),
        *custody("euston-street", 13, (13, 13), 13, 13, (139, 74, 48, 26), immediate=12, minutes=1830),
        *custody("keyham-lane", 13, (13, 13), 13, 13, (121, 63, 42, 21), immediate=12, minutes=1800),
        *custody("beaumont-leys", 4, (4, 4), 4, 9, (21, 11, 7, 4), immediate=3, minutes=580),
        ratio("custody_visit", "reach", 281, None, note="No throughput is recorded for the period."),
        plain("custody_visit", "serious_issues", 0),
        plain("custody_visit", "not_available_asleep", 32, note="For 3 people not available no reason was given"),
        plain("custody_visit", "not_available_interview", 6),
        plain("custody_visit", "not_available_court", None),
        ratio("custody_visit", "visits_against_number", 30, 35, unit="visits"),
        plain("custody_visit", "visits_weekday", 22),
        plain("custody_visit", "visits_weekend", 8),
        plain("custody_visit", "visits_day", 19),
        plain("custody_visit", "visits_evening", 9),
        plain("custody_visit", "visits_night", 2),
        plain("kennel_visit", "visits_completed", 3),
        plain("kennel_visit", "dogs_seen", 17),
        ratio("kennel_visit", "target_coverage", 3, 3, unit="months"),
        ratio("kennel_visit", "scheduled_completed", 3, 3),
        plain("kennel_visit", "volunteer_minutes", 385),
        plain("training_observation", "visits_completed", 0),
        ratio("training_observation", "scheduled_completed", 0, 1),
        ratio("training_observation", "target_coverage", 0, 6),
        plain("training_observation", "volunteer_minutes", 0),
        plain("training_observation", "cancelled_by_dog_unit", 1),
        plain("training_observation", "cancelled_by_visitors", 0),
        plain("training_observation", "cancelled_other", 0),
        plain("record_review", "records_reviewed", 35),
        plain("record_review", "immigration_records_reviewed", 15),
        plain("record_review", "recommendations", 7),
        plain("record_review", "held_median_minutes", 1880, unit="minutes"),
        plain("record_review", "held_longest_minutes", 7260, unit="minutes"),
        ratio("record_review", "held_over_24_hours", 9, 14,
              note="Times are known for 14 of 15 immigration records reviewed"),
        *(
            plain("record_review", f"held_{band}", number)
            for band, number in (
                ("up_to_24", 5), ("24_to_48", 4), ("48_to_72", 3), ("72_to_96", 1), ("96_to_120", 0), ("over_120", 1)
            )
        ),
        ratio("record_review", "is91_on_record", 13, 15),
        plain("record_review", "times_missing", 1),
        plain("volunteers", "volunteers", 14),
        plain("volunteers", "currently_visiting", 13),
        plain("volunteers", "in_training", 3),
        plain("volunteers", "joined", 2),
        plain("volunteers", "left", 1),
    ]  # fmt: skip
    return Summary(
        period=QUARTER,
        figures=tuple(figures),
        sites=SITES,
        coverage=coverage(),
        findings=(
            Finding(
                issue="I001",
                visit="CV-2025-0003",
                site="euston-street",
                date=date(2025, 7, 9),
                kind="detainee_request",
                theme="health_and_wellbeing",
                severity="minor",
                text="Detainee requested medication",
                action="Raised with the custody officer during the visit",
                response="Medication was requested and was waiting for mother to bring it in",
                status="closed",
                shared_with_staff_on=None,
            ),
            Finding(
                issue="I002",
                visit="CV-2025-0008",
                site="keyham-lane",
                date=date(2025, 7, 22),
                kind="positive_comment",
                theme="other",
                severity="praise",
                text="Invented praise: the officer explained everything patiently and was most welcoming",
                action="",
                response="",
                status="closed",
                shared_with_staff_on=date(2025, 9, 30),
            ),
            Finding(
                issue="I003",
                visit="CV-2025-0030",
                site="euston-street",
                date=date(2025, 9, 24),
                kind="positive_comment",
                theme="other",
                severity="praise",
                text="Invented praise: the sergeant and the custody officer were both extremely accommodating",
                action="",
                response="",
                status="closed",
                shared_with_staff_on=date(2025, 9, 30),
            ),
        ),
        not_made=(
            NotMade(
                slot="T001",
                measure="training_observation",
                site="off-site-training",
                period_start=date(2025, 7, 23),
                status="cancelled",
                reason="Other training requirements for the Dog Unit",
            ),
        ),
        sessions=(
            ReviewSession(
                session="CDSP-2025-08",
                date=date(2025, 8, 19),
                kind="custody_detention_scrutiny_panel",
                records=35,
                of_which_immigration=15,
                recommendations=7,
                recommended_to="Custody Inspector",
            ),
        ),
        notes=(
            "The week of 29 September to 5 October 2025 belongs to the next quarter, because its Sunday does.",
            "The week of 30 June to 6 July 2025 belongs to this quarter, because its Sunday does.",
        ),
    )


def empty():
    """A scheme that has just begun: nothing at all."""
    return Summary(period=QUARTER, figures=(), sites=(), coverage=())


def nothing_due():
    """Sites and figures, but every target suspended: no percentage anywhere."""
    figures = [
        *custody(None, 0, (0, 0), 0, 0, (0, 0, 0, 0)),
        *custody("euston-street", 0, (0, 0), 0, 0, (0, 0, 0, 0)),
        ratio("custody_visit", "reach", 0, None),
        plain("custody_visit", "serious_issues", 0),
        plain("kennel_visit", "visits_completed", 0),
        ratio("kennel_visit", "target_coverage", 0, 0),
        plain("training_observation", "visits_completed", 0),
        ratio("training_observation", "target_coverage", 0, 0),
        plain("record_review", "records_reviewed", 0),
        plain("volunteers", "volunteers", 1),
        plain("volunteers", "currently_visiting", 0),
    ]
    cells = tuple(week("euston-street", number, 0, "not_due") for number in range(13))
    return Summary(period=QUARTER, figures=tuple(figures), sites=SITES[:1], coverage=cells)


def large(sites=40, weeks=53):
    """A year of a large force: every state, two-digit site names, long ones among them, weeks with several visits."""
    start = date(2023, 4, 3)
    states = (
        "covered",
        "covered",
        "covered",
        "missed",
        "covered",
        "not_admitted",
        "closed",
        "covered",
        "not_due",
        "to_come",
    )
    names = tuple(
        SiteName(
            site=f"suite-{number:02}",
            name=f"Suite {number}" if number % 5 else f"Suite {number}, Llŷn and Eryri Criminal Justice Centre",
            kind="custody_suite",
        )
        for number in range(1, sites + 1)
    )
    cells, figures = [], []
    total = [0, 0]
    for place, site in enumerate(names):
        covered = due = 0
        for number in range(weeks):
            state = states[(place * 7 + number * 3) % len(states)]
            completed = 1 + (place + number) % 4 if state == "covered" else 0
            cells.append(
                week(site.site, number, completed, state, attempted=completed + (state == "not_admitted"), start=start)
            )
            covered += state == "covered"
            due += state in ("covered", "missed", "not_admitted")
        total[0] += covered
        total[1] += due
        figures += custody(site.site, covered, (covered, due), covered, due, (1200, 900, 700, 200), minutes=61234)
    figures += custody(None, total[0], tuple(total), *total, (48000, 36000, 28000, 8000), attempted=total[0] + 9)
    figures += [
        ratio("custody_visit", "reach", 48000, 120000),
        plain("custody_visit", "serious_issues", None, note="2 completed visits left the question unanswered."),
    ]
    period = Period(name="2023-24", first=date(2023, 4, 1), last=date(2024, 3, 31))
    return Summary(period=period, figures=tuple(figures), sites=names, coverage=tuple(cells))


def hostile():
    """Texts as people paste them: markup, control characters, signs that no font of ours has, and far too much."""
    base = reference()
    nasty = 'a<b>&amp;<font size="90">x</font> <para> \x00\x07\u202e "quoted" → ≥ 👮 \u0645\u0631 ŵ ŷ\nsecond'
    long = " ".join(f"word{number}" for number in range(3000))
    unbroken = "x" * 900
    finding = base.findings[0]
    many = [
        Finding(
            issue=f"X{number}",
            visit="",
            site="unknown-site",
            date=None,
            kind=kind,
            theme=text[:60],
            severity="serious",
            text=text,
            action=text,
            response=text,
            status=text[:30],
            shared_with_staff_on=None,
        )
        for number, (kind, text) in enumerate(
            (("issue", nasty), ("custom_kind", long), ("question", unbroken), ("", ""))
        )
    ]
    return Summary(
        period=base.period,
        figures=base.figures,
        sites=(SiteName(site="euston-street", name=nasty, kind="custody_suite"), *base.sites[1:]),
        coverage=base.coverage,
        findings=(finding, *many),
        not_made=(
            NotMade(
                slot="Z",
                measure="custody_visit",
                site=unbroken,
                period_start=date(2025, 7, 7),
                status="missed",
                reason=long,
            ),
            NotMade(
                slot="Y",
                measure="custody_visit",
                site="keyham-lane",
                period_start=date(2025, 9, 8),
                status="planned",
                reason="secret",
            ),
        ),
        sessions=base.sessions,
        notes=(nasty, long),
    )


def account(summary=None, **about):
    """Return the account of a summary, the reference one where none is given."""
    usual = {
        "scheme": "Example Office of the Police and Crime Commissioner",
        "records_to": date(2025, 10, 6),
        "program_version": "0.1.0",
        "language": language(),
    }
    return Account(summary=reference() if summary is None else summary, **{**usual, **about})


def compared(name, visits=28, scheduled=(27, 30), covered=(31, 35), **more):
    """Return the figures of another period, few and invented."""
    figures = (
        plain("custody_visit", "visits_completed", visits),
        ratio("custody_visit", "scheduled_completed", *scheduled),
        ratio("custody_visit", "target_coverage", *covered, unit="suite-weeks"),
        plain("kennel_visit", "visits_completed", more.get("kennels", 3)),
        plain("training_observation", "visits_completed", more.get("training", 1)),
        plain("record_review", "records_reviewed", more.get("records", 31)),
        plain("record_review", "immigration_records_reviewed", more.get("immigration", 31)),
        plain("volunteers", "visit_minutes", 4100),
    )
    return Compared(period=parse_period(name), figures=figures)


def everything(**about):
    """Return the account of the reference quarter as its second edition, with all that an account may hold."""
    usual = {
        "before": compared("2025-26-Q1"),
        "year_before": compared("2024-25-Q2", 31, (28, 32), (28, 32)),
        "to_date": compared("2024-04-01..2025-09-30", 140, (130, 140), (130, 150), kennels=18, training=7, records=66),
        "commentary": {section: f"The officer writes of {section}.\n\nA second paragraph." for section in SECTIONS},
        "left_out": LeftOut(returned=2, drafts=1),
        "edition": 2,
        "published_on": date(2025, 10, 20),
        "changes": ("Custody visits: made, all sites: 29 became 30.", "Notes were added."),
    }
    return account(**{**usual, **about})


def pdf(summary=None, **about):
    """Return the PDF of the summary of `account`."""
    return making.make("summary", account(summary, **about), "pdf")
