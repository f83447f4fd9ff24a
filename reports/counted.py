"""How each headline figure is counted, in words that a reader can check (`interfaces.md` §3)."""

from forms.translation import later, tr
from icv_app.summary import Summary
from reports.defence import rule
from reports.wording import WEEK_RULES, find, words

_HEADLINES = (
    (later("Scheduled visits"), "custody_visit", "scheduled_completed"),
    (later("Weeks with a visit (the target)"), "custody_visit", "target_coverage"),
    (later("Visits made"), "custody_visit", "visits_completed"),
    (later("Let in without delay"), "custody_visit", "admitted_immediately"),
    (later("People in custody, offered, seen, declined"), "custody_visit", "detainees_in_custody"),
    (later("Share of people detained"), "custody_visit", "reach"),
    (later("Serious issues"), "custody_visit", "serious_issues"),
    (later("Kennel visits"), "kennel_visit", "target_coverage"),
    (later("Off-site training"), "training_observation", "target_coverage"),
    (later("Volunteer time"), "custody_visit", "volunteer_minutes"),
    (later("Volunteers"), "volunteers", "volunteers"),
)


def rules(summary: Summary) -> list[tuple[str, str]]:
    """Return (headline, rule) for every headline that the summary has, with its note; then the general rules."""
    rows = []
    for headline, measure, figure in _HEADLINES:
        found = find(summary, measure, figure)
        if found is not None and not (figure == "reach" and found.percent is None):
            rows.append((tr(headline), rule(found)))
    code = summary.period.week_rule
    told = words(code.replace("-", " "))
    rows.append((tr("Weeks"), tr(WEEK_RULES[code]) if code in WEEK_RULES else tr("Week rule: {rule}.", rule=told)))
    rows.append(
        (
            tr("Percentages"),
            tr(
                "Rounded to one decimal, halves up; 100.0% and 0.0% only where they are exact. Where nothing was due "
                "there is no percentage: not applicable, or n/a."
            ),
        )
    )
    return rows
