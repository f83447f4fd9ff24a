"""Sentences: what a summary says of each measure, made of its figures alone."""

from icv_app.summary import Summary
from icv_app.wording import day_words, listed, some
from reports.wording import defended, find, fraction, made_of, one_of, over, percent, sentence, units


def custody(summary: Summary) -> str:
    """Return what the figures say of the custody visits: made, scheduled and target apart, serious issues."""
    said: list[str] = []
    made = find(summary, "custody_visit", "visits_completed")
    tried = find(summary, "custody_visit", "visits_attempted")
    if made and made.value is not None:
        more = tried and tried.value is not None and tried.value != made.value
        said.append(
            f"Visitors attempted {some(tried.value or 0, 'custody visit')} and completed {made.value:,}."
            if tried and more
            else _made(made.value, "custody visit")
        )
    scheduled = find(summary, "custody_visit", "scheduled_completed")
    if scheduled and scheduled.denominator:
        said.append(f"{made_of(scheduled, 'scheduled visit')}.")
    elif scheduled:
        said.append("No custody visits were scheduled.")
    said += _target(summary)
    admitted = find(summary, "custody_visit", "admitted_immediately")
    if admitted and admitted.denominator:
        said.append(f"At {defended(admitted)} visits attempted, visitors were let in without delay.")
    return " ".join([*said, *filter(None, [serious(summary)])])


def _target(summary: Summary) -> list[str]:
    coverage = find(summary, "custody_visit", "target_coverage")
    if coverage is None:
        return []
    if not coverage.denominator:
        return ["No visit was due under a target."]
    missed = find(summary, "custody_visit", "missed_periods")
    due = f"{one_of(units(coverage, 'suite-weeks'))} due"
    said = f"The target is counted separately: {made_of(coverage, due, 'covered')}"
    if missed and missed.value:
        said += f" and {missed.value:,} {'missed' if over(summary) else 'not, or not yet'}"
    short = [
        f"{site.name} ({fraction(found)})"
        for site in summary.sites
        if (found := find(summary, "custody_visit", "target_coverage", site.site))
        and (found.numerator or 0) < (found.denominator or 0)
    ]
    if len(short) > 5:
        return [f"{said}.", f"{some(len(short), 'suite')} fell short; the table shows which."]
    return [f"{said}.", f"Below the target: {listed(short)}."] if short else [f"{said}."]


def serious(summary: Summary) -> str:
    """Return what may be said of serious issues: "No serious issues" only of visits that all answered the question."""
    found = find(summary, "custody_visit", "serious_issues")
    made = find(summary, "custody_visit", "visits_completed")
    if found is None or made is None or not made.value:
        return ""
    if found.value is None:
        why = found.note or "at least one visit left the question unanswered"
        return f"Whether there were serious issues cannot be said: {why.rstrip('.')}."
    if found.value == 0 and any(finding.severity == "serious" for finding in summary.findings):
        return "No visit reported a serious issue, but something marked serious is among the issues listed."
    if found.value == 0:
        return "No serious issues were recorded at the custody visits."
    return (
        f"{some(found.value, 'serious issue')} {'was' if found.value == 1 else 'were'} recorded at the custody visits."
    )


def detainees(summary: Summary) -> str:
    """Return the detainee tally as sentences, with reach where the number of people detained is known."""
    tally = {
        part: found.value
        for part in ("in_custody", "offered", "seen", "declined")
        if (found := find(summary, "custody_visit", f"detainees_{part}"))
    }
    said: list[str] = []
    made = find(summary, "custody_visit", "visits_completed")
    if made is not None and not made.value:
        return ""  # no visit was completed: there is nothing to count
    if tally.get("in_custody") is not None:
        said.append(f"{some(tally['in_custody'] or 0, 'person was', 'people were')} in custody at the visits.")
    if all(tally.get(part) is not None for part in ("offered", "seen", "declined")):
        said.append(
            f"{tally['offered']:,} were offered a visit: {tally['seen']:,} were seen, {tally['declined']:,} declined."
            if tally["offered"]
            else "None were offered a visit."
        )
    if tally.get("in_custody"):
        said.append("Someone in custody at two visits is counted twice.")
    in_custody = find(summary, "custody_visit", "detainees_in_custody")
    if in_custody and in_custody.note:
        said.append(sentence(in_custody.note))
    reach = find(summary, "custody_visit", "reach")
    if reach and reach.percent is not None and reach.denominator:
        said.append(
            f"In all {some(reach.denominator, 'person was', 'people were')} detained in the period, "
            f"against {reach.numerator or 0:,} in custody at the visits ({percent(reach)})."
        )
    elif reach:
        said.append("How many people were detained in the period is not known in full, so no share of them is given.")
    return " ".join(said)


def kennels(summary: Summary) -> str:
    """Return what the figures say of the kennel visits."""
    made = find(summary, "kennel_visit", "visits_completed")
    coverage = find(summary, "kennel_visit", "target_coverage")
    said = [_made(made.value, "kennel visit")] if made and made.value is not None else []
    if coverage and coverage.denominator:
        said.append(
            f"{made_of(coverage, one_of(units(coverage, 'months')).removeprefix('kennel-') + ' due', 'covered')}."
        )
    elif coverage:
        said.append("No kennel visit was due under a target.")
    scheduled = find(summary, "kennel_visit", "scheduled_completed")
    if scheduled and scheduled.denominator:
        said.append(f"{made_of(scheduled, 'scheduled visit')}.")
    return " ".join(said)


def training(summary: Summary) -> str:
    """Return what the figures say of the off-site training observations, the year's number apart from the period's."""
    made = find(summary, "training_observation", "visits_completed")
    said: list[str] = []
    if made and made.value is not None:
        said.append(
            f"Visitors made {some(made.value, 'off-site training observation')} in the period."
            if made.value
            else "No off-site training observation was made in the period."
        )
    scheduled = find(summary, "training_observation", "scheduled_completed")
    if scheduled and scheduled.denominator:
        said.append(f"{made_of(scheduled, 'scheduled observation')}.")
    cancelled = [
        slot for slot in summary.not_made if slot.measure == "training_observation" and slot.status == "cancelled"
    ]
    if 0 < len(cancelled) <= 3:
        parts = [f"{day_words(slot.period_start)} ({slot.reason or 'no reason recorded'})" for slot in cancelled]
        said.append(f"Cancelled: {listed(parts)}.")
    year = find(summary, "training_observation", "target_coverage")
    if year and year.denominator:
        said.append(f"For the financial year so far, {made_of(year, 'agreed observation')}.")
    return " ".join(said)


def records(summary: Summary) -> str:
    """Return what the figures say of the custody-record reviews."""
    reviewed = find(summary, "record_review", "records_reviewed")
    if reviewed is None or reviewed.value is None:
        return ""
    if reviewed.value == 0:
        return "No custody records were reviewed in the period."
    immigration = find(summary, "record_review", "immigration_records_reviewed")
    made = find(summary, "record_review", "recommendations")
    said = f"{some(reviewed.value, 'custody record was', 'custody records were')} reviewed"
    if immigration and immigration.value is not None:
        said += f", {immigration.value:,} of immigration detainees"
    if made and made.value is not None:
        said += f"; {some(made.value, 'recommendation was', 'recommendations were')} made"
    return said + "."


def volunteers(summary: Summary) -> str:
    """Return the head-count of the last day of the period."""
    people = find(summary, "volunteers", "volunteers")
    visiting = find(summary, "volunteers", "currently_visiting")
    if people is None or people.value is None:
        return ""
    said = f"{some(people.value, 'volunteer')} on {day_words(summary.period.last)}"
    if visiting and visiting.value is not None:
        said += f", {visiting.value:,} of them currently visiting"
    return said + "."


def _made(number: int, one: str) -> str:
    return f"Visitors made {some(number, one)}." if number else f"No {one}s were made."
