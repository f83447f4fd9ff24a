"""How each headline figure is counted, in words that a reader can check (`interfaces.md` §3)."""

from icv_app.summary import Summary
from reports.defence import rule
from reports.wording import WEEK_RULES, find, words

_HEADLINES = (
    ("Scheduled visits", "custody_visit", "scheduled_completed"),
    ("Weeks with a visit (the target)", "custody_visit", "target_coverage"),
    ("Visits made", "custody_visit", "visits_completed"),
    ("Let in without delay", "custody_visit", "admitted_immediately"),
    ("People in custody, offered, seen, declined", "custody_visit", "detainees_in_custody"),
    ("Share of people detained", "custody_visit", "reach"),
    ("Serious issues", "custody_visit", "serious_issues"),
    ("Kennel visits", "kennel_visit", "target_coverage"),
    ("Off-site training", "training_observation", "target_coverage"),
    ("Volunteer time", "custody_visit", "volunteer_minutes"),
    ("Volunteers", "volunteers", "volunteers"),
)


def rules(summary: Summary) -> list[tuple[str, str]]:
    """Return (headline, rule) for every headline that the summary has, with its note; then the general rules."""
    rows = []
    for headline, measure, figure in _HEADLINES:
        found = find(summary, measure, figure)
        if found is not None and not (figure == "reach" and found.percent is None):
            rows.append((headline, rule(found)))
    week = WEEK_RULES.get(summary.period.week_rule, f"Week rule: {words(summary.period.week_rule.replace('-', ' '))}")
    rows.append(("Weeks", f"{week}."))
    rows.append(
        (
            "Percentages",
            "Rounded to one decimal, halves up; 100.0% and 0.0% only where they are exact. Where nothing was due "
            "there is no percentage: not applicable, or n/a.",
        )
    )
    return rows
