"""How each headline figure is counted, in words that a reader can check (`interfaces.md` §3)."""

from icv_app.summary import Summary
from reports.wording import WEEK_RULES, find, notes_of, words

_RULES = (
    (
        "Scheduled visits",
        "Visits on the rota for the period that were made, out of all on the rota. A visit that was cancelled or missed still "
        "counts as scheduled; only one withdrawn from the rota does not.",
        "custody_visit",
        "scheduled_completed",
    ),
    (
        "Weeks with a visit (the target)",
        "Each week in which a suite was open on at least one day and the target applied is due once. It is covered if the visits "
        "that the target asks for were completed in that week; more visits never make up for another week. This is not the "
        "same as scheduled visits, and the two may differ.",
        "custody_visit",
        "target_coverage",
    ),
    (
        "Visits made",
        "Completed custody visits by the date of arrival. A visit counts when nobody was in custody or nobody wished to talk; it "
        "does not count when visitors were not admitted.",
        "custody_visit",
        "visits_completed",
    ),
    (
        "Let in immediately",
        "Visits at which visitors were admitted without delay, out of all visits attempted.",
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
        "Serious issues",
        "Stated only when every completed visit answered the question.",
        "custody_visit",
        "serious_issues",
    ),
    (
        "Kennel visits",
        "Each month in which the kennels were open and the target applied is due once, and covered if the visits that the target "
        "asks for were completed in it.",
        "kennel_visit",
        "target_coverage",
    ),
    (
        "Off-site training",
        "Observations completed from 1 April up to the end of the period, out of the number agreed for the year. It may exceed the number.",
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
        "Visitors on the scheme's books on the last day of the period; those currently visiting are the active ones.",
        "volunteers",
        "volunteers",
    ),
)


def rules(summary: Summary) -> list[tuple[str, str]]:
    """Return (headline, rule) for every headline that the summary has, each with the note of its own figure, and general rules."""
    rows = []
    for headline, rule, measure, figure in _RULES:
        found = find(summary, measure, figure)
        if found is not None:
            note = found.note.strip()
            rows.append((headline, f"{rule} {note[:1].upper()}{note[1:]}".strip() if note else rule))
    week = WEEK_RULES.get(summary.period.week_rule, f"Week rule: {words(summary.period.week_rule.replace('-', ' '))}")
    rows.append(("Weeks", f"{week}."))
    rows.append(
        (
            "Percentages",
            "Rounded to one decimal, halves up; 100.0% and 0.0% only where they are exact. Where nothing was due there is no "
            "percentage: not applicable.",
        )
    )
    return rows


def footnotes(summary: Summary) -> tuple[str, ...]:
    """Return the summary's own notes and those of figures of single sites, each once."""
    single = notes_of(figure for figure in summary.figures if figure.site is not None)
    shared = set(notes_of(figure for figure in summary.figures if figure.site is None))
    return tuple(dict.fromkeys([*summary.notes, *(note for note in single if note not in shared)]))
