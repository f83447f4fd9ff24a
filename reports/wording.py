"""Wording: figures said in plain British English, never more than they hold (`domain.md` B2)."""

from collections.abc import Sequence
from datetime import date, timedelta

from icv_app.figure import Figure, Period
from icv_app.summary import Summary

NOT_APPLICABLE = "not applicable"
NOT_KNOWN = "not known"
_MONTHS = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
]
WEEK_RULES = {
    "week-ending-sunday": "A week runs from Monday to Sunday and belongs to the period that holds its Sunday",
}


def find(summary: Summary, measure: str, figure: str, site: str | None = None) -> Figure | None:
    """Return the figure, or None where the summary has none of that name."""
    try:
        return summary.get(measure, figure, site)
    except KeyError:
        return None


def month(when: date) -> str:
    """Return "July": in English whatever the laptop's locale is."""
    return _MONTHS[when.month - 1]


def day(when: date, *, year: bool = True) -> str:
    """Return "1 July 2025", or "1 July" without the year."""
    return f"{when.day} {month(when)} {when.year}" if year else f"{when.day} {month(when)}"


def short_day(when: date) -> str:
    """Return "1 Jul", for the head of a column."""
    return f"{when.day} {month(when)[:3]}"


def span(first: date, last: date) -> str:
    """Return "1 July to 30 September 2025"; the first year is said only where the two differ."""
    if first == last:
        return day(first)
    return f"{day(first, year=first.year != last.year)} to {day(last)}"


def listed(parts: Sequence[str], joint: str = "and") -> str:
    """Return "a", "a and b", "a, b and c"."""
    if len(parts) < 2:
        return "".join(parts)
    return f"{', '.join(parts[:-1])} {joint} {parts[-1]}"


def count(number: int, one: str, many: str = "") -> str:
    """Return "1 visit", "2 visits", "1,560 visits"; `many` where it is not the singular with an s."""
    return f"{number:,} {one if number == 1 else many or one + 's'}"


def hours(minutes: int) -> str:
    """Return "15 hours 24 minutes" of whole minutes; a part that is none is left out."""
    whole, rest = divmod(minutes, 60)
    parts = [count(whole, "hour")] if whole else []
    return " ".join([*parts, count(rest, "minute")] if rest or not whole else parts)


def percent(figure: Figure | None) -> str:
    """Return "85.7%", or "not applicable" where nothing was due or nothing is known."""
    shown = figure.percent if figure else None
    return NOT_APPLICABLE if shown is None else f"{shown}%"


def fraction(figure: Figure | None) -> str:
    """Return "30 of 35", "none due" where the denominator is 0, or "not known" where there is no such figure."""
    if figure is None or figure.numerator is None or figure.denominator is None:
        return NOT_KNOWN
    if figure.denominator == 0:
        return f"{figure.numerator:,}, none due" if figure.numerator else "none due"
    return f"{figure.numerator:,} of {figure.denominator:,}"


def defended(figure: Figure) -> str:
    """Return "30 of 35 (85.7%)": the fraction always, the percentage where there is one."""
    return f"{fraction(figure)} ({percent(figure)})" if figure.percent is not None else fraction(figure)


def number(figure: Figure | None) -> str:
    """Return a count with thousands separated, or "not known"."""
    return NOT_KNOWN if figure is None or figure.value is None else f"{figure.value:,}"


def sentence(note: str) -> str:
    """Return a note as a sentence: a capital at its head and a full stop at its end; "" stays ""."""
    text = note.strip()
    return text and text[0].upper() + text[1:] + ("" if text.endswith((".", "!", "?")) else ".")


def over(summary: Summary) -> bool:
    """Return whether every unit of the coverage is judged: none is still to come."""
    return all(cell.state != "to_come" for cell in summary.coverage)


def words(code: str) -> str:
    """Return a stored code as words: "custody_detention_scrutiny_panel" gives "Custody detention scrutiny panel"."""
    text = code.replace("_", " ").strip()
    return text[:1].upper() + text[1:]


def document_name(period: Period) -> str:
    """Return "Quarterly compliance summary", "Annual compliance summary", or without such a word for a free range."""
    first, last = period.first, period.last
    ends_a_month = (last + timedelta(days=1)).day == 1
    months = (last.year - first.year) * 12 + last.month - first.month + 1
    if first.day == 1 and ends_a_month and first.month in (1, 4, 7, 10) and months == 3:
        return "Quarterly compliance summary"
    if first.day == 1 and ends_a_month and first.month == 4 and months == 12:
        return "Annual compliance summary"
    return "Compliance summary"


def units(figure: Figure | None, default: str) -> str:
    """Return the plural of what a coverage figure counts: its own unit ("suite-week" is "suite-weeks") or `default`."""
    unit = (figure.unit if figure else "").replace("_", "-").strip() or default
    return unit if unit.endswith("s") else unit + "s"


def one_of(plural: str) -> str:
    """Return the singular of a unit that `units` gave."""
    return plural.removesuffix("s")


def made_of(figure: Figure, one: str, verb: str = "made") -> str:
    """Return "30 of 35 suite-weeks due were covered (85.7%)" of a ratio with something due; `one`: the singular."""
    noun, were = (one, "was") if figure.denominator == 1 else (_plural(one), "were")
    return f"{fraction(figure)} {noun} {were} {verb} ({percent(figure)})"


def _made(number: int, one: str) -> str:
    return f"Visitors made {count(number, one)}." if number else f"No {one}s were made."


def _plural(one: str) -> str:
    first, gap, rest = one.partition(" due")
    return f"{first}s{gap}{rest}"


def custody(summary: Summary) -> str:
    """Return what the figures say of the custody visits: made, scheduled and target apart, serious issues."""
    said: list[str] = []
    made = find(summary, "custody_visit", "visits_completed")
    tried = find(summary, "custody_visit", "visits_attempted")
    if made and made.value is not None:
        more = tried and tried.value is not None and tried.value != made.value
        said.append(
            f"Visitors attempted {count(tried.value or 0, 'custody visit')} and completed {made.value:,}."
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
        return [f"{said}.", f"{count(len(short), 'suite')} fell short; the table shows which."]
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
        f"{count(found.value, 'serious issue')} {'was' if found.value == 1 else 'were'} recorded at the custody visits."
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
        said.append(f"{count(tally['in_custody'] or 0, 'person was', 'people were')} in custody at the visits.")
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
            f"In all {count(reach.denominator, 'person was', 'people were')} detained in the period, "
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
            f"Visitors made {count(made.value, 'off-site training observation')} in the period."
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
        parts = [f"{day(slot.period_start)} ({slot.reason or 'no reason recorded'})" for slot in cancelled]
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
    said = f"{count(reviewed.value, 'custody record was', 'custody records were')} reviewed"
    if immigration and immigration.value is not None:
        said += f", {immigration.value:,} of immigration detainees"
    if made and made.value is not None:
        said += f"; {count(made.value, 'recommendation was', 'recommendations were')} made"
    return said + "."


def volunteers(summary: Summary) -> str:
    """Return the head-count of the last day of the period."""
    people = find(summary, "volunteers", "volunteers")
    visiting = find(summary, "volunteers", "currently_visiting")
    if people is None or people.value is None:
        return ""
    said = f"{count(people.value, 'volunteer')} on {day(summary.period.last)}"
    if visiting and visiting.value is not None:
        said += f", {visiting.value:,} of them currently visiting"
    return said + "."
