"""How a figure is defended: the rule that it is counted by, in plain words (`interfaces.md` §3)."""

from forms.translation import later, tr
from icv_app.figure import Figure
from reports.wording import sentence

_DETAINEES = later("Added up over the completed visits. Someone present at two visits is counted twice.")
_RULES = {
    "visits_completed": later(
        "Completed visits by the date of arrival. A visit that was cut short, or at which nobody was "
        "let in, does not count."
    ),
    "visits_attempted": later("Completed visits, those cut short, and those at which nobody was let in, by arrival."),
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
    "admitted_immediately": later("Visits at which visitors were admitted immediately, out of all visits attempted."),
    "volunteer_minutes": later("For every visitor, the time from arriving to leaving, and the travel."),
    "serious_issues": later("A number is given only when every completed visit answered the question."),
    "records_reviewed": later("The sessions' totals, and one for each case form that belongs to no session."),
    "immigration_records_reviewed": later("Those among the records reviewed that are of immigration detainees."),
    "recommendations": later("Made by the sessions, and by case forms that belong to no session."),
    "volunteers": later(
        "Those on probation, active, on leave or not visiting at present on the last day of the period; "
        "those currently visiting are the active ones."
    ),
    "currently_visiting": later("The active ones on the last day of the period, whether or not they visited in it."),
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


def rule(figure: Figure) -> str:
    """Return how the figure is counted, with the note that its data gave it."""
    said = tr(_OWN_RULES.get(f"{figure.measure} {figure.figure}", _RULES.get(figure.figure, "")))
    return f"{said} {sentence(figure.note)}".strip()
