"""Sentences: what a summary says of each measure, made of its figures alone."""

from collections import Counter
from typing import Final, Literal

from forms.translation import later, plural, tr
from icv_app.periods import financial_year
from icv_app.summary import Summary
from icv_app.wording import day_words, listed
from reports.wording import defended, fraction, known, made_of, one_of, over, percent, sentence, units

MANY: Final = 5
"""Suites that a sentence names at most; of more it says how many there are."""


def custody(summary: Summary) -> str:
    """Return what the figures say of the custody visits: made, scheduled and target apart, serious issues."""
    if summary.unrecorded:
        return ""
    said: list[str] = []
    made = known(summary, "custody_visit", "visits_completed")
    tried = known(summary, "custody_visit", "visits_attempted")
    if made and made.value is not None:
        more = tried and tried.value is not None and tried.value != made.value
        said.append(
            plural(
                "Visitors attempted {count:,} custody visit and completed {made:,}.",
                "Visitors attempted {count:,} custody visits and completed {made:,}.",
                tried.value or 0,
                made=made.value,
            )
            if tried and more
            else _made(summary, made.value, "custody_visit")
        )
    scheduled = known(summary, "custody_visit", "scheduled_completed")
    if scheduled and scheduled.denominator:
        said.append(tr("{fact}.", fact=made_of(scheduled, later("scheduled visit"))))
    elif scheduled:
        said.append(
            tr("No custody visits were scheduled.") if summary.over else tr("No custody visits are scheduled yet.")
        )
    said += _target(summary)
    admitted = known(summary, "custody_visit", "admitted_immediately")
    if admitted and admitted.denominator:
        said.append(tr("At {share} visits attempted, visitors were let in without delay.", share=defended(admitted)))
    return " ".join([*said, *filter(None, [serious(summary)])])


def _target(summary: Summary) -> list[str]:
    coverage = known(summary, "custody_visit", "target_coverage")
    if coverage is None:
        return []
    if not coverage.denominator:
        return [tr("No visit was due under a target.") if summary.over else tr("No visit is due under a target.")]
    before = summary.before_records("custody_visit")
    missed = known(summary, "custody_visit", "missed_periods")
    due = f"{one_of(units(coverage, 'suite-weeks'))} due"
    fact = made_of(coverage, due, later("covered"))
    if not missed or not missed.value:
        said = tr("The target is counted separately: {fact}.", fact=fact)
    elif over(summary) and before:
        said = tr("The target is counted separately: {fact} and {number:,} not.", fact=fact, number=missed.value)
    elif over(summary):
        said = tr("The target is counted separately: {fact} and {number:,} missed.", fact=fact, number=missed.value)
    else:
        said = tr(
            "The target is counted separately: {fact} and {number:,} not, or not yet.", fact=fact, number=missed.value
        )
    if before or not over(summary):
        return [said, *before_words(summary, "custody_visit"), *_missed(summary)]
    short = [
        tr("{site} ({fraction})", site=site.name, fraction=fraction(found))
        for site in summary.sites
        if (found := known(summary, "custody_visit", "target_coverage", site.site))
        and (found.numerator or 0) < (found.denominator or 0)
    ]
    if len(short) > MANY:
        return [
            said,
            plural(
                "{count:,} suite fell short; the table shows which.",
                "{count:,} suites fell short; the table shows which.",
                len(short),
            ),
        ]
    return [said, tr("Below the target: {sites}.", sites=listed(short))] if short else [said]


def before_words(summary: Summary, measure: str) -> list[str]:
    """Return a sentence on the units due that ended before the records begin; [] where there is none."""
    before = summary.before_records(measure)
    if not before or summary.records_from is None:
        return []
    return [
        plural(
            "Of those not covered, {count:,} ended before the records begin on {day}: whether it was visited is not "
            "known.",
            "Of those not covered, {count:,} ended before the records begin on {day}: whether they were visited is "
            "not known.",
            before,
            day=day_words(summary.records_from),
        )
    ]


def _missed(summary: Summary) -> list[str]:
    """Return a sentence on what was missed at the suites, where not every unit due is judged.

    The fraction of a suite would then count what is still to come, or what nobody knows, as falling short.
    """
    number = Counter(
        cell.site
        for cell in summary.coverage
        if cell.measure == "custody_visit" and cell.state in ("missed", "not_admitted")
    )
    if not number:
        return []
    since = summary.before_records("custody_visit") > 0
    if len(number) > MANY:
        return [
            plural(
                "{count:,} suite has missed at least one of those due since then.",
                "{count:,} suites have missed at least one of those due since then.",
                len(number),
            )
            if since
            else plural(
                "{count:,} suite has missed at least one of those due so far.",
                "{count:,} suites have missed at least one of those due so far.",
                len(number),
            )
        ]
    names = {site.site: site.name for site in summary.sites}
    told = listed(
        tr("{site} ({number:,})", site=names.get(site, site), number=missed) for site, missed in number.items()
    )
    return [tr("Missed since then: {sites}.", sites=told) if since else tr("Missed so far: {sites}.", sites=told)]


def serious(summary: Summary) -> str:
    """Return what may be said of serious issues: "No serious issues" only of visits that all answered the question."""
    found = known(summary, "custody_visit", "serious_issues")
    made = known(summary, "custody_visit", "visits_completed")
    if found is None or made is None or not made.value:
        return ""
    if found.value is None:
        why = found.note or tr("at least one visit left the question unanswered")
        return tr("Whether there were serious issues cannot be said: {why}.", why=why.rstrip("."))
    if found.value == 0 and any(finding.severity == "serious" for finding in summary.findings):
        return tr("No visit reported a serious issue, but something marked serious is among the issues listed.")
    if found.value == 0:
        return tr("No serious issues were recorded at the custody visits.")
    return plural(
        "{count:,} custody visit reported a serious issue.",
        "{count:,} custody visits reported a serious issue.",
        found.value,
    )


def detainees(summary: Summary) -> str:
    """Return the detainee tally as sentences, with reach where the number of people detained is known."""
    tally = {
        part: found.value
        for part in ("in_custody", "offered", "seen", "declined")
        if (found := known(summary, "custody_visit", f"detainees_{part}"))
    }
    said: list[str] = []
    made = known(summary, "custody_visit", "visits_completed")
    if made is not None and not made.value:
        return ""  # no visit was completed: there is nothing to count
    if tally.get("in_custody") is not None:
        said.append(
            plural(
                "{count:,} person was in custody at the visits.",
                "{count:,} people were in custody at the visits.",
                tally["in_custody"] or 0,
            )
        )
    if all(tally.get(part) is not None for part in ("offered", "seen", "declined")):
        said.append(
            tr(
                "{offered:,} were offered a visit: {seen:,} were seen, {declined:,} declined.",
                offered=tally["offered"],
                seen=tally["seen"],
                declined=tally["declined"],
            )
            if tally["offered"]
            else tr("None were offered a visit.")
        )
    if tally.get("in_custody"):
        said.append(tr("Someone in custody at two visits is counted twice, as two detainee contacts."))
    in_custody = known(summary, "custody_visit", "detainees_in_custody")
    if in_custody and in_custody.note:
        said.append(sentence(in_custody.note))
    reach = known(summary, "custody_visit", "reach")
    if reach and reach.percent is not None and reach.denominator:
        said.append(
            plural(
                "In all {count:,} person was detained in the period. The detainee contacts at the visits, {seen:,}, "
                "come to {percent} of that number; they are not as many different people.",
                "In all {count:,} people were detained in the period. The detainee contacts at the visits, {seen:,}, "
                "come to {percent} of that number; they are not as many different people.",
                reach.denominator,
                seen=reach.numerator or 0,
                percent=percent(reach),
            )
        )
    elif reach:
        said.append(
            tr("How many people were detained in the period is not known in full, so no share of them is given.")
        )
    return " ".join(said)


def kennels(summary: Summary) -> str:
    """Return what the figures say of the kennel visits."""
    if summary.unrecorded:
        return ""
    made = known(summary, "kennel_visit", "visits_completed")
    coverage = known(summary, "kennel_visit", "target_coverage")
    said = [_made(summary, made.value, "kennel_visit")] if made and made.value is not None else []
    if coverage and coverage.denominator:
        due = one_of(units(coverage, "months")).removeprefix("kennel-") + " due"
        said += [tr("{fact}.", fact=made_of(coverage, due, later("covered"))), *before_words(summary, "kennel_visit")]
    elif coverage:
        said.append(
            tr("No kennel visit was due under a target.")
            if summary.over
            else tr("No kennel visit is due under a target.")
        )
    scheduled = known(summary, "kennel_visit", "scheduled_completed")
    if scheduled and scheduled.denominator:
        said.append(tr("{fact}.", fact=made_of(scheduled, later("scheduled visit"))))
    return " ".join(said)


def training(summary: Summary) -> str:
    """Return what the figures say of the off-site training observations, the year's number apart from the period's."""
    if summary.unrecorded:
        return ""
    made = known(summary, "training_observation", "visits_completed")
    said: list[str] = []
    if made and made.value is not None:
        said.append(
            plural(
                "Visitors made {count:,} off-site training observation in the period.",
                "Visitors made {count:,} off-site training observations in the period.",
                made.value,
            )
            if made.value
            else tr("No off-site training observation was made in the period.")
            if summary.over
            else tr("No off-site training observation has been made in the period yet.")
        )
    scheduled = known(summary, "training_observation", "scheduled_completed")
    if scheduled and scheduled.denominator:
        said.append(tr("{fact}.", fact=made_of(scheduled, later("scheduled observation"))))
    cancelled = [
        slot for slot in summary.not_made if slot.measure == "training_observation" and slot.status == "cancelled"
    ]
    if 0 < len(cancelled) <= 3:
        parts = [
            tr("{day} ({reason})", day=day_words(slot.period_start), reason=slot.reason or tr("no reason recorded"))
            for slot in cancelled
        ]
        said.append(tr("Cancelled: {visits}.", visits=listed(parts)))
    year = known(summary, "training_observation", "target_coverage")
    if year and year.denominator:
        of_year = made_of(year, later("agreed observation"))
        ended = summary.over and summary.period.last == financial_year(summary.period.last).last
        said.append(
            tr("For the financial year, {fact}.", fact=of_year)
            if ended
            else tr("For the financial year so far, {fact}.", fact=of_year)
        )
    return " ".join(said)


def records(summary: Summary) -> str:
    """Return what the figures say of the custody-record reviews."""
    reviewed = known(summary, "record_review", "records_reviewed")
    if reviewed is None or reviewed.value is None or summary.unrecorded:
        return ""
    if reviewed.value == 0:
        return (
            tr("No custody records were reviewed in the period.")
            if summary.over
            else tr("No custody records have been reviewed in the period yet.")
        )
    immigration = known(summary, "record_review", "immigration_records_reviewed")
    made = known(summary, "record_review", "recommendations")
    parts = [plural("{count:,} custody record was reviewed", "{count:,} custody records were reviewed", reviewed.value)]
    if immigration and immigration.value is not None:
        parts.append(tr(", {number:,} of immigration detainees", number=immigration.value))
    if made and made.value is not None:
        parts.append(plural("; {count:,} recommendation was made", "; {count:,} recommendations were made", made.value))
    return tr("{fact}.", fact="".join(parts))


def volunteers(summary: Summary) -> str:
    """Return the head-count of the last day of the period, which is by what is known so far where it is to come."""
    people = known(summary, "volunteers", "volunteers")
    visiting = known(summary, "volunteers", "currently_visiting")
    if people is None or people.value is None or (summary.unrecorded and not people.value):
        return ""
    told = _heads(people.value, visiting.value if visiting else None, day_words(summary.period.last))
    return told if summary.over else tr("By the dates known so far: {people}", people=told)


def _heads(people: int, visiting: int | None, day: str) -> str:
    """Return "18 volunteers on 30 September 2025, 17 of them currently visiting."."""
    if visiting == people and people > 1:
        return tr("{number:,} volunteers on {day}, all of them currently visiting.", number=people, day=day)
    if visiting is not None:
        return plural(
            "{count:,} volunteer on {day}, {visiting:,} of them currently visiting.",
            "{count:,} volunteers on {day}, {visiting:,} of them currently visiting.",
            people,
            day=day,
            visiting=visiting,
        )
    return plural("{count:,} volunteer on {day}.", "{count:,} volunteers on {day}.", people, day=day)


def _made(summary: Summary, number: int, measure: Literal["custody_visit", "kennel_visit"]) -> str:
    if not number and not summary.over:
        return (
            tr("No custody visits have been made yet.")
            if measure == "custody_visit"
            else tr("No kennel visits have been made yet.")
        )
    if measure == "custody_visit":
        some = plural("Visitors made {count:,} custody visit.", "Visitors made {count:,} custody visits.", number)
        return some if number else tr("No custody visits were made.")
    some = plural("Visitors made {count:,} kennel visit.", "Visitors made {count:,} kennel visits.", number)
    return some if number else tr("No kennel visits were made.")
