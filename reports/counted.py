"""How each headline figure is counted, in words that a reader can check (`interfaces.md` §3)."""

from icv_app.summary import Summary
from reports.wording import WEEK_RULES, find, sentence, words

_RULES = (
    (
        "Scheduled visits",
        "Visits on the rota for the period that were made, out of all on the rota. A visit that was cancelled or "
        "missed still counts as scheduled; only one withdrawn from the rota does not.",
        "custody_visit",
        "scheduled_completed",
    ),
    (
        "Weeks with a visit (the target)",
        "Each week in which a suite was open on at least one day and the target applied is due once. It is covered "
        "if the visits that the target asks for were completed in that week; more visits never make up for another "
        "week. This is not the same as scheduled visits, and the two may differ.",
        "custody_visit",
        "target_coverage",
    ),
    (
        "Visits made",
        "Completed custody visits by the date of arrival. A visit counts when nobody was in custody or nobody "
        "wished to talk; it does not count when visitors were not admitted.",
        "custody_visit",
        "visits_completed",
    ),
    (
        "Let in without delay",
        "Visits at which visitors were admitted immediately, out of all visits attempted.",
        "custody_visit",
        "admitted_immediately",
    ),
    (
        "People in custody, offered, seen, declined",
        "Added up over the completed visits. Someone present at two visits is counted twice.",
        "custody_visit",
        "detainees_in_custody",
    ),
    (
        "Share of people detained",
        "People in custody at the visits, out of all people detained in the period as the force reports them.",
        "custody_visit",
        "reach",
    ),
    (
        "Serious issues",
        "A number is given only when every completed visit answered the question.",
        "custody_visit",
        "serious_issues",
    ),
    (
        "Kennel visits",
        "Each month in which the kennels were open and the target applied is due once, and covered if the visits "
        "that the target asks for were completed in it.",
        "kennel_visit",
        "target_coverage",
    ),
    (
        "Off-site training",
        "Observations completed from 1 April to the end of the period, out of the number agreed for the year. There "
        "may be more than were agreed.",
        "training_observation",
        "target_coverage",
    ),
    (
        "Volunteer time",
        "For every visitor, the time from arriving to leaving, and the travel.",
        "custody_visit",
        "volunteer_minutes",
    ),
    (
        "Volunteers",
        "Those on probation, active, on leave or not visiting at present on the last day of the period; those "
        "currently visiting are the active ones.",
        "volunteers",
        "volunteers",
    ),
)


def rules(summary: Summary) -> list[tuple[str, str]]:
    """Return (headline, rule) for every headline that the summary has, with its note; then the general rules."""
    rows = []
    for headline, rule, measure, figure in _RULES:
        found = find(summary, measure, figure)
        if found is not None and not (figure == "reach" and found.percent is None):
            note = found.note
            rows.append((headline, f"{rule} {sentence(note)}".strip()))
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
