"""How a figure is defended: the rule that it is counted by, in plain words (`interfaces.md` §3)."""

from forms.translation import later, tr
from icv_app.counting import times_held
from icv_app.counting.issue_figures import THEMES
from icv_app.figure import Figure
from icv_app.storage.answer_cells import GROUPS, REASONS
from reports.wording import sentence

_DETAINEES = later("Added up over the completed visits. Someone present at two visits is counted twice.")
_BESIDE = later("What volunteers entered as given beside visits, travel included, by the day on which it was given.")
_THEME = later("Those raised about this theme. The themes add up to all raised; those without one are other matters.")
_REASON = later(
    "How many of the people not available were so for this reason, added up over the completed visits. Where some have "
    "no reason given, the reasons do not add up to all."
)
_GROUP = later(
    "Those in custody at the completed visits, as the custody staff told the visitors. A visit that did not ask adds "
    "nothing, and someone present at two visits is counted twice."
)
_BAND = later(
    "Case forms by the time from arriving at the station to leaving custody, in true elapsed time. Exactly 24 hours is "
    "up to 24 hours, and so on."
)
_ENTERED = later(
    "Completed visits by when visitors entered custody: when they were admitted, else when they arrived. A visit "
    "without either time is in none of these."
)
_CANCELLED = later(
    "Observations that the rota or a report says were cancelled, each once: by the Dog Unit or others of the police, "
    "by visitors or the office, or otherwise, as by the weather or where nobody says by whom. One that was moved to "
    "another date is none of these."
)
_APART = later("Completed visits of this kind, wherever they were made. They are in no other figure.")
_RULES = {
    "visits_completed": later(
        "Completed visits by the date of arrival. A visit that was cut short, or at which nobody was "
        "let in, does not count."
    ),
    "visits_attempted": later("Completed visits, those cut short, and those at which nobody was let in, by arrival."),
    "visits_not_admitted": later("Of the visits attempted, those at which nobody was let in, by the date of arrival."),
    "visits_abandoned": later("Of the visits attempted, those that were cut short before enough was seen."),
    "scheduled_completed": later(
        "Visits on the rota for the period that were made, out of all on the rota. A visit that "
        "was cancelled or missed still counts as scheduled; only one withdrawn from the rota does not."
    ),
    "missed_periods": later("The weeks (or longer units of the target) that were due and not covered."),
    "detainees_in_custody": _DETAINEES,
    "detainees_offered": _DETAINEES,
    "detainees_seen": _DETAINEES,
    "detainees_declined": _DETAINEES,
    "reach": later(
        "People in custody at the visits, out of all people detained in the period as the force reports them."
    ),
    "admitted_immediately": later(
        "Visits that the visitors entered as admitted immediately, out of all visits attempted. It is what they wrote: "
        "a wait by the clock may still be above 0."
    ),
    "volunteer_minutes": later("For every visitor, the time from arriving to leaving, and the travel."),
    "serious_issues": later(
        "Visits attempted whose report says that there was a serious issue, however many there were. A number is given "
        "only when every completed visit answered the question. Issues marked as serious are counted among the issues."
    ),
    "records_reviewed": later("The sessions' totals, and one for each case form that belongs to no session."),
    "immigration_records_reviewed": later("Those among the records reviewed that are of immigration detainees."),
    "recommendations": later("Made by the sessions, and by case forms that belong to no session."),
    "volunteers": later(
        "Those on probation, active, on leave or not visiting at present on the last day of the period; "
        "those currently visiting are the active ones."
    ),
    "currently_visiting": later("The active ones on the last day of the period, whether or not they visited in it."),
    "days_since_last_visit": later(
        "The days from the last completed visit to the end of the period, or to today, on which the site was open. Of "
        "all sites: the largest number."
    ),
    "longest_gap": later(
        "The most days from one completed visit to the next, or to the last day of the period, counted from the visit "
        "before the period or from where the records begin. The day of the next visit is among them, days on which "
        "the site was closed are not. Of all sites: the largest number."
    ),
    "slot_coverage": later(
        "The days of the week by the bands of the day (as a rule 7 by 5) in which at least one completed visit of the "
        "last twelve months began, out of all of them. Of all suites: both added up."
    ),
    "access_delay_median": later(
        "The middle one of all waits from arriving to being let in. Of two in the middle it is their mean, a half "
        "rounded up. Of all suites: the middle one of all their visits."
    ),
    "access_delay_longest": later("The longest wait from arriving to being let in."),
    "delayed_over_threshold": later(
        "Visits at which the wait was longer than the scheme’s limit, out of those at which visitors were let in and "
        "both times were written down."
    ),
    "detainees_observed_only": _DETAINEES,
    "detainees_not_available": _DETAINEES,
    "detainees_denied": _DETAINEES,
    "detainees_not_offered": _DETAINEES,
    **{f"not_available_{reason}": _REASON for reason in REASONS},
    "offered_share": later("People offered a visit, out of those in custody, at the completed visits that say both."),
    "acceptance": later("People seen, out of those offered a visit, at the completed visits that say both."),
    "seen_share": later("People seen, out of those in custody, at the completed visits that say both."),
    **dict.fromkeys((f"detainees_{group}" for group in GROUPS), _GROUP),
    "visits_against_number": later(
        "Visits completed in the period, out of the number that the targets ask for in the weeks (or other units) that "
        "were due. Every visit counts here, so there may be more than were asked for."
    ),
    "visits_weekday": _ENTERED,
    "visits_weekend": _ENTERED,
    "visits_day": _ENTERED,
    "visits_evening": _ENTERED,
    "visits_night": _ENTERED,
    "visits_with_praise": later(
        "Completed visits whose report says what was done well, or of which a positive comment was entered, out of all "
        "completed visits."
    ),
    "tact_visits": _APART,
    "training_visits": _APART,
    "remote_visits": _APART,
    "dogs_seen": later("Added up over the completed visits. A dog seen on two visits is counted twice."),
    "cancelled_by_dog_unit": _CANCELLED,
    "cancelled_by_visitors": _CANCELLED,
    "cancelled_other": _CANCELLED,
    "held_median_minutes": later(
        "The middle one of the times from arriving at the station to leaving custody, over the case forms with both "
        "times. Of two in the middle it is their mean, a half rounded up."
    ),
    "held_longest_minutes": later(
        "The longest time from arriving at the station to leaving custody, over the case forms with both times."
    ),
    "held_over_24_hours": later(
        "Case forms with more than 24 hours from arriving at the station to leaving custody, out of those with both "
        "times."
    ),
    **dict.fromkeys(times_held.BANDS, _BAND),
    "is91_on_record": later(
        "Case forms by which the authority to detain (IS91) is on the record and complete, out of those by which it is "
        "or is not. Those that did not check are left out."
    ),
    "times_missing": later(
        "Case forms without the time of arriving at the station or of leaving custody, or with times that contradict "
        "each other."
    ),
    "in_training": later("Those in training on the last day of the period: they are not yet among the volunteers."),
    "joined": later(
        "Those who became volunteers on a day of the period, by the dated rows of the list of visitors. Volunteers "
        "before the period, and those who joined, less those who left, are the volunteers on its last day."
    ),
    "left": later("Those for whom a day of the period is the first on which they are no longer volunteers."),
    "visit_minutes": later("Volunteers’ minutes at custody visits, kennel visits and observations added up."),
    "training_minutes": _BESIDE,
    "meeting_minutes": _BESIDE,
    "panel_minutes": _BESIDE,
    "other_minutes": _BESIDE,
    **{f"raised_{theme}": _THEME for theme in THEMES},
    "raised": later(
        "Issues, requests and questions found on the visits and reviews of the period, each once. Praise and the "
        "recommendations of panels are not among them."
    ),
    "raised_serious": later("Those raised that are marked as serious."),
    "resolved_at_visit": later(
        "Those that were put right before the visitors left, as the report of the visit says, out of all raised."
    ),
    "open_before": later("Issues of any age that were not closed at the end of the day before the period began."),
    "closed": later(
        "Issues closed on a day of the period, whenever they were raised. What was put right at the visit, or closed "
        "on a day that nobody noted, counts on the day on which it was found. Those open when the period began and "
        "those raised, less these, are those open at the end."
    ),
    "open_at_end": later(
        "Issues of any age that were not closed at the end of the period. Their age is counted from the day of the "
        "visit."
    ),
    "open_at_end_raised": later("Those open at the end that were found on a visit or review of the period."),
    "open_over_28_days": later("Those open at the end that were found more than four weeks before."),
    "open_over_84_days": later("Those open at the end that were found more than twelve weeks before."),
    "answered_in_time": later(
        "Issues that were sent and answered by the day on which the answer was due, out of those due in the period, "
        "whenever they were raised."
    ),
    "response_days_median": later(
        "The middle one of the working days from sending to the answer, of the answers that came in the period. "
        "Working days are Monday to Friday, bank holidays included."
    ),
    "praise_shared": later(
        "Positive comments shared with the staff, out of those of the period that were entered one by one to be "
        "followed up. What a report praises in its own words is not among them unless it was so entered."
    ),
    "recommendations_answered": later(
        "Recommendations of the period that were entered one by one and answered, out of those so entered. Those made "
        "without being so entered are left out."
    ),
}
_OWN_RULES = {
    "custody_visit visits_completed": later(
        "Completed custody visits by the date of arrival. A visit counts when nobody was "
        "in custody or nobody wished to talk; it does not count when visitors were not admitted."
    ),
    "custody_visit target_coverage": later(
        "Each week in which a suite was open on at least one day and the target applied is due once. It is covered if "
        "the visits that the target asks for were completed in that week; more visits never make up for another week. "
        "This is not the same as scheduled visits, and the two may differ."
    ),
    "kennel_visit target_coverage": later(
        "Each month in which the kennels were open and the target applied is due once, "
        "and covered if the visits that the target asks for were completed in it."
    ),
    "training_observation target_coverage": later(
        "Observations completed from 1 April to the end of the period, out of the "
        "number agreed for the year. There may be more than were agreed."
    ),
}
_USUAL_UNITS = {"custody_visit": "week", "kennel_visit": "month"}
_OTHER_UNITS = {
    "custody_visit": later(
        "Each span of the target, a week, month, quarter or year, in which a suite was open on at least one day and "
        "the target applied is due once. It is covered if the visits that the target asks for were completed in it; "
        "more visits never make up for another span. This is not the same as scheduled visits, and the two may differ."
    ),
    "kennel_visit": later(
        "Each span of the target, a week, month, quarter or year, in which the kennels were open and the target "
        "applied is due once, and covered if the visits that the target asks for were completed in it."
    ),
}
"""The rule of `target_coverage` where the targets are not all per the unit that is usual."""


def usual_unit(coverage: Figure) -> bool:
    """Return whether a `target_coverage` counts what it does as a rule: weeks of the suites, months of the kennels."""
    usual, unit = _USUAL_UNITS.get(coverage.measure, ""), coverage.unit.removesuffix("s")
    return not usual or not unit or unit.endswith(usual)


def rule(figure: Figure) -> str:
    """Return how the figure is counted, with the note that its data gave it."""
    said = tr(_OWN_RULES.get(f"{figure.measure} {figure.figure}", _RULES.get(figure.figure, "")))
    if figure.figure == "target_coverage" and figure.denominator and not usual_unit(figure):
        said = tr(_OTHER_UNITS[figure.measure])
    return f"{said} {sentence(figure.note)}".strip()
