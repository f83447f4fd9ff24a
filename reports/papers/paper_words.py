"""The words of a paper: what the names of its template stand for, looked up in the account. Nothing is worked out here.

What is not known stands for nothing; what a public document withholds is said as "[c]".
"""

import re
from collections.abc import Iterable
from datetime import timedelta
from typing import Final

from forms.translation import later, plural, tr
from icv_app import opening, slot_reasons
from icv_app.account import Account
from icv_app.figure import Figure, Period
from icv_app.opening import Opening
from icv_app.periods import financial_year
from icv_app.summaries.paper_logic import Words
from icv_app.summary import NotMade, ReviewSession, SiteName
from icv_app.targets import Target
from icv_app.wording import day_words, listed, when_words
from reports import wording
from reports.papers import paper_findings
from reports.papers.paper_word import Found, clause, counted, number_words, ratio, said
from reports.summary.opening_words import months_said, opened

_HELD_BACK: Final = Figure(measure="record_review", figure="immigration_records_reviewed", withheld=True)
_BY: Final = {
    "dog_unit": later("by the Dog Unit"), "police": later("by the police"), "office": later("by the office"),
    "visitors": later("by the visitors"),
}  # fmt: skip
_MOST_LISTED: Final = 5
_GIVEN: Final = {
    "training": later("{hours} to training"), "meeting": later("{hours} to meetings"),
    "panel": later("{hours} to panels"), "other": later("{hours} to other duties"),
}  # fmt: skip
_BESIDE: Final = tuple(_GIVEN)
_UNITS: Final = {
    "week": later("week"), "month": later("month"), "quarter": later("quarter"), "year": later("year"),
}  # fmt: skip


def words(account: Account) -> Words:
    """Return what every name stands for in the papers of `account`."""
    return Words(
        top=said({**_period(account), **_custody(account), **paper_findings.raised(account), **_others(account)}),
        rows={
            "suites": tuple(said(each) for each in _told_suites(account)),
            "requests": tuple(said(each) for each in paper_findings.requests(account)),
            "serious_issues": tuple(said(each) for each in paper_findings.serious(account)),
            "cancellations": tuple(said(_cancelled(each)) for each in _cancellations(account)),
            "sessions": tuple(said(_session(each)) for each in account.summary.sessions),
            "themes": tuple(said(each) for each in paper_findings.themes(account)),
            "notes": tuple(said({"note": wording.sentence(each)}) for each in account.summary.notes),
            "changes": tuple(said({"change": wording.sentence(each)}) for each in account.changes),
        },
    )


# The period -----------------------------------------------------------------------------------------------------------


def _period(account: Account) -> dict[str, Found]:
    period = account.period
    year = financial_year(period.last)
    months = months_said(period.first, period.last)
    whole_year = (period.first, period.last) == (year.first, year.last)
    quarter = re.fullmatch(r"\d{4}-\d\d-(Q[1-4])", period.name)
    short = year.name.replace("-", "/") if whole_year else quarter[1] if quarter else months
    kind = "year" if whole_year else "quarter" if quarter else "days" if period.first.day != 1 else "months"
    long = tr("{quarter}, {months}", quarter=short, months=months) if quarter else short
    summary = account.summary
    return {
        "scheme": account.scheme,
        "classification": tr("Official") if account.marking == "OFFICIAL" else account.marking,
        "period": long,
        "months": months,
        "period_short": short,
        "in_period": _when(period, tr("in {period}", period=long)),
        "during_period": _when(period, tr("during {period}", period=short)),
        "financial_year": year.name.replace("-", "/"),
        "period_kind": kind if (period.last + timedelta(days=1)).day == 1 else "days",
        "last_day": period.last,
        "as_of": summary.as_of or period.last,
        "period_over": summary.over,
        "unrecorded": summary.unrecorded,
        "not_begun": summary.not_begun,
        "records_from": summary.records_from,
        "records_to": account.records_to,
        "returned": account.left_out.returned,
        "edition": account.edition or None,
        "published_on": account.published_on,
        **{f"commentary_{section}": text for section, text in account.commentary.items()},
    }


def _when(period: Period, of_months: str) -> str:
    """Return `of_months` of whole months, else "on 8 October 2025" or "from 10 July to 20 August 2026"."""
    whole = period.first.day == 1 and (period.last + timedelta(days=1)).day == 1
    return of_months if whole else when_words(period.first, period.last)


# Custody visits -------------------------------------------------------------------------------------------------------


def _figure(account: Account, measure: str, figure: str, site: str | None = None) -> Figure | None:
    return wording.find(account.summary, measure, figure, site)


def _custody(account: Account) -> dict[str, Found]:
    def find(figure: str) -> Figure | None:
        return _figure(account, "custody_visit", figure)

    coverage = find("target_coverage")
    serious = find("serious_issues")
    immediate, reach = find("admitted_immediately"), find("reach")
    throughout = opening.coverage_throughout(account.summary, account.openings)
    whole = [site.name for site, how in _suites(account) if how.whole]
    told: dict[str, Found] = {
        "visits": find("visits_completed"),
        "attempted": find("visits_attempted"),
        "not_admitted": find("visits_not_admitted"),
        "abandoned": find("visits_abandoned"),
        **ratio(find("scheduled_completed"), "scheduled_made", "scheduled_due", "scheduled_percent"),
        "scheduled_to_come": _to_come(account, find("scheduled_completed")),
        **ratio(coverage, "target_covered", "target_due", "target_percent"),
        "target": _target(account),
        "target_unit": tr(wording.units(coverage, "suite-weeks")) if coverage else None,
        "target_enough": _enough(account, "custody_visit"),
        "missed": find("missed_periods"),
        "before_records": account.summary.before_records("custody_visit"),
        "all_judged": wording.over(account.summary),
        "below_target": _below(account),
        "whole_suites": listed(whole),
        "whole_covered": throughout[0] if throughout else None,
        "whole_due": throughout[1] if throughout else None,
        "part_suites": len(_suites(account)) - len(whole) if account.openings else None,
        "serious": serious,
        "no_serious": _no_serious(account, serious),
        "detained": reach.denominator if reach else None,
        "reach_percent": reach.percent if reach else None,
    }
    if immediate:
        told |= {"immediate_made": immediate.numerator, "immediate_percent": immediate.percent}
    return told | {part: find(f"detainees_{part}") for part in ("in_custody", "offered", "seen", "declined")}


def _to_come(account: Account, scheduled: Figure | None) -> int | None:
    """Return how many of the scheduled custody visits are neither made nor among those that were not."""
    if scheduled is None or scheduled.numerator is None or scheduled.denominator is None:
        return None
    missed = sum(slot.measure == "custody_visit" and slot.status != "withdrawn" for slot in account.summary.not_made)
    return max(scheduled.denominator - scheduled.numerator - missed, 0)


def _no_serious(account: Account, serious: Figure | None) -> bool | None:
    """Return whether "no serious issues" may be said: by every visit's report, and by what is on the list of issues."""
    if serious is None or serious.value is None:
        return None
    return serious.value == 0 and all(finding.severity != "serious" for finding in account.summary.findings)


def _below(account: Account) -> str:
    """Return "Beaumont Leys (4 of 9)", or how many suites there are where they are too many for a sentence.

    A suite whose every unit not covered ended before the records begin is not told of: nobody knows.
    """
    short = []
    for site in account.summary.sites:
        found = _figure(account, "custody_visit", "target_coverage", site.site)
        if found is None or not found.denominator or found.withheld:
            continue
        unknown = account.summary.before_records("custody_visit", site.site)
        if (found.numerator or 0) + unknown >= found.denominator:
            continue
        told = {"site": site.name, "fraction": wording.fraction(found)}
        if unknown:
            short.append(tr("{site} ({fraction}, {number} before the records begin)", number=unknown, **told))
        else:
            short.append(tr("{site} ({fraction})", **told))
    return listed(short) if len(short) <= _MOST_LISTED else counted("suite", len(short))


def _target(account: Account) -> str:
    """Return "one custody visit per week per operational custody suite", where one target holds for every suite."""
    target = _one_target(account, "custody_visit")
    if target is None:
        return ""
    return tr(
        "{visits} per {unit} per operational custody suite",
        visits=plural("{number} custody visit", "{number} custody visits", target.number,
                      number=number_words(target.number, small_in_words=True)),
        unit=tr(_UNITS[target.per]),
    )  # fmt: skip


def _enough(account: Account, measure: str) -> str:
    """Return what a unit due had to have to be covered."""
    return tr("enough visits") if wording.several(account.summary, measure) else tr("a visit")


def _one_target(account: Account, measure: str) -> Target | None:
    """Return the target of the measure, where it was the only one in the whole period and asks for something."""
    rows = [target for target in account.targets if target.measure == measure]
    if len(rows) != 1 or not rows[0].number or rows[0].per not in _UNITS:
        return None
    last = rows[0].last
    whole = rows[0].first <= account.period.first and (last is None or last >= account.period.last)
    return rows[0] if whole else None


def _suites(account: Account) -> list[tuple[SiteName, Opening]]:
    """Return the custody suites that were open on at least one day, with how."""
    openings = {each.site: each for each in account.openings}
    return [
        (site, openings[site.site])
        for site in account.summary.sites
        if site.kind == "custody_suite" and site.site in openings and openings[site.site].operational
    ]


def _told_suites(account: Account) -> Iterable[dict[str, Found]]:
    first = True
    for site, how in _suites(account):
        told = _suite(account, site, how)
        visits = told["site_visits"]
        counts = not how.whole and isinstance(visits, Figure) and bool(visits.value)
        yield {**told, "site_first": first and counts}
        first = first and not counts


def _suite(account: Account, site: SiteName, how: Opening) -> dict[str, Found]:
    def find(figure: str) -> Figure | None:
        return _figure(account, "custody_visit", figure, site.site)

    # visits while it was closed would stand beside "which was open ..." as though they had been made then
    shut = any(
        (cell.measure, cell.site, cell.state) == ("custody_visit", site.site, "closed") and cell.completed
        for cell in account.summary.coverage
    )
    return {
        "site": site.name,
        "site_whole": how.whole,
        "site_opening": "" if how.whole or shut else opened(how.plain, account.summary.as_of),
        "site_visits": find("visits_completed"),
        **ratio(find("scheduled_completed"), "site_scheduled_made", "site_scheduled_due"),
        **ratio(find("target_coverage"), "site_covered", "site_due", "site_percent"),
    }


# The rest -------------------------------------------------------------------------------------------------------------


def _others(account: Account) -> dict[str, Found]:
    def find(measure: str, figure: str) -> Figure | None:
        return _figure(account, measure, figure)

    months = find("kennel_visit", "target_coverage")
    year = find("training_observation", "target_coverage")
    kennels = _one_target(account, "kennel_visit")
    cancelled = _cancellations(account)
    told: dict[str, Found] = {
        "records": find("record_review", "records_reviewed"),
        "immigration": find("record_review", "immigration_records_reviewed"),
        "recommendations": find("record_review", "recommendations"),
        "sessions_held": len(account.summary.sessions),
        "kennel_visits": find("kennel_visit", "visits_completed"),
        "kennel_attempted": find("kennel_visit", "visits_attempted"),
        "kennel_target": tr(
            "{visits} per {unit}", unit=tr(_UNITS[kennels.per]),
            visits=counted("visit", kennels.number, small_in_words=True),
        ) if kennels else "",
        "kennel_sites": listed(
            site.name.partition(",")[0].strip() for site in account.summary.sites if site.kind == "dog_unit_kennels"
        ),
        **ratio(months, "kennel_covered", "kennel_due", "kennel_percent"),
        "kennel_before": account.summary.before_records("kennel_visit"),
        "kennel_unit": tr(wording.units(months, "months").removeprefix("kennel-")) if months else None,
        "kennel_enough": _enough(account, "kennel_visit"),
        "dogs": find("kennel_visit", "dogs_seen"),
        "observations": find("training_observation", "visits_completed"),
        **ratio(year, "observations_year", "observations_agreed"),
        "cancelled": len(cancelled),
        "cancelled_days": listed(day_words(slot.period_start) for slot in cancelled),
        "cancelled_each": listed(_cancelled_day(slot) for slot in cancelled),
        "volunteers": find("volunteers", "volunteers"),
        "visiting": find("volunteers", "currently_visiting"),
        "hours": find("volunteers", "visit_minutes"),
        **{f"{kind}_hours": find("volunteers", f"{kind}_minutes") for kind in _BESIDE},
        "beside_hours": _beside(account),
    }  # fmt: skip
    for compared, name in ((account.before, "before_visits"), (account.year_before, "year_before_visits")):
        known = compared is not None and _is_recorded(account, compared.period)
        told[name] = compared.get("custody_visit", "visits_completed") if compared and known else None
    if account.to_date:
        told |= {
            "to_date_from": account.to_date.period.first,
            "to_date_visits": account.to_date.get("custody_visit", "visits_completed"),
            "to_date_records": account.to_date.get("record_review", "records_reviewed"),
            "to_date_immigration": account.to_date.get("record_review", "immigration_records_reviewed"),
        }
    return told


def _cancellations(account: Account) -> tuple[NotMade, ...]:
    return tuple(
        slot
        for slot in account.summary.not_made
        if slot.measure == "training_observation" and slot.status == "cancelled"
    )


def _beside(account: Account) -> str:
    """Return "12 hours to training and 3 hours to meetings": what was given beside visits, where there is any."""
    found = ((kind, _figure(account, "volunteers", f"{kind}_minutes")) for kind in _BESIDE)
    return listed(tr(_GIVEN[kind], hours=wording.hours(each.value)) for kind, each in found if each and each.value)


def _is_recorded(account: Account, period: Period) -> bool:
    """Return whether the scheme's records reach back to the beginning of a period, a week allowed."""
    first = account.summary.records_from
    return first is None or first <= period.first + timedelta(days=7)


def _cancelled_day(slot: NotMade) -> str:
    """Return "23 July 2025 (other training)", "23 July 2025 (by the Dog Unit: other training)", or the day alone."""
    day, (by, reason) = day_words(slot.period_start), _why_cancelled(slot)
    if not by and not reason:
        return day
    why = tr("{by}: {reason}", by=by, reason=reason) if by and reason else by or reason
    return tr("{day} ({reason})", day=day, reason=why)


def _why_cancelled(slot: NotMade) -> tuple[str, str]:
    """Return by whom it was cancelled ("by the Dog Unit", "" where that is not known), and why, to go on a sentence."""
    by, reason = "", clause(slot.reason.replace("_", " "))
    for code, head in slot_reasons.CANCELLED_BY.items():
        for said_by in (tr(head), head):
            if reason == said_by or reason.startswith(f"{said_by}:"):
                by, reason = tr(_BY[code]), reason.removeprefix(said_by).lstrip(": ")
    lowered = reason[:1].lower() + reason[1:] if reason[1:2].islower() or reason[1:2] == " " else reason
    return by, lowered


def _cancelled(slot: NotMade) -> dict[str, Found]:
    by, lowered = _why_cancelled(slot)
    how = tr("cancelled {by}", by=by) if by else tr("cancelled")
    if lowered:
        how = (
            tr("{cancelled} ({reason})", cancelled=how, reason=lowered)
            if by
            else tr("{cancelled} due to {reason}", cancelled=how, reason=lowered)
        )
    return {"cancelled_on": slot.period_start, "cancelled_how": how, "cancelled_reason": lowered}


def _session(session: ReviewSession) -> dict[str, Found]:
    kind = tr("Custody Detention Scrutiny Panel")
    return {
        "session_date": session.date,
        "session_kind": kind if session.kind == "custody_detention_scrutiny_panel" else wording.words(session.kind),
        "session_records": session.records,
        "session_immigration": _HELD_BACK if session.of_which_immigration is None else session.of_which_immigration,
        "session_recommendations": session.recommendations,
        "session_to": clause(session.recommended_to),
    }
