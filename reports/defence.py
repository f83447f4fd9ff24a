"""How any figure of a summary is defended on screen: its name, and the rule it is counted by (`interfaces.md` §3)."""

from icv_app.figure import Figure
from reports.wording import sentence

MEASURES = {
    "custody_visit": "Custody visits",
    "kennel_visit": "Kennel visits",
    "training_observation": "Training observations",
    "record_review": "Record reviews",
    "volunteers": "Volunteers",
}
_DETAINEES = "Added up over the completed visits. Someone in custody at two visits is counted twice."
_FIGURES = {
    "visits_completed": ("made", "Completed visits by their date of arrival."),
    "visits_attempted": ("attempted", "Completed visits, those cut short, and those at which nobody was let in."),
    "scheduled_completed": (
        "scheduled and made",
        "Slots with a completed visit, out of the period's slots. A cancelled or missed slot still counts as "
        "scheduled; only one withdrawn from the rota does not.",
    ),
    "target_coverage": (
        "target met",
        "Weeks (or months) in which the target's number of visits was completed, out of those in which the site was "
        "open on at least one day and the target applied. More visits never make up for another week.",
    ),
    "missed_periods": ("weeks missed", "Weeks (or months) that were due and not covered."),
    "detainees_in_custody": ("people in custody", _DETAINEES),
    "detainees_offered": ("people offered a visit", _DETAINEES),
    "detainees_seen": ("people seen", _DETAINEES),
    "detainees_declined": ("people who declined", _DETAINEES),
    "reach": (
        "share of people detained",
        "People in custody at the visits, out of all people detained in the period as the force reports them.",
    ),
    "admitted_immediately": ("let in without delay", "Out of all visits attempted."),
    "volunteer_minutes": (
        "volunteers' minutes",
        "For every visitor, the time from arriving to leaving and the travel, over all visits attempted.",
    ),
    "serious_issues": ("serious issues", "Given only when every completed visit answered the question."),
    "records_reviewed": ("custody records", "The sessions' totals, and case forms that belong to no session."),
    "immigration_records_reviewed": ("of immigration detainees", "Those among the records reviewed."),
    "recommendations": ("recommendations", "Made by the sessions, and by case forms that belong to no session."),
    "volunteers": (
        "on the last day",
        "People with the role of custody visitor or animal welfare visitor who were on probation, active, on leave "
        "or not visiting at present.",
    ),
    "currently_visiting": ("active", "The active ones among them, whether or not they visited in the period."),
}
_TRAINING_TARGET = (
    "Observations completed from 1 April to the end of the period, out of the number agreed for the year. There may be "
    "more than were agreed."
)


def title(figure: Figure) -> str:
    """Return a figure's name in plain words: "Custody visits: target met"."""
    said = _FIGURES.get(figure.figure, (figure.figure.replace("_", " "), ""))[0]
    return f"{MEASURES.get(figure.measure, figure.measure)}: {said}"


def rule(figure: Figure) -> str:
    """Return how the figure is counted, with the note that its data gave it."""
    said = _FIGURES.get(figure.figure, ("", ""))[1]
    if (figure.measure, figure.figure) == ("training_observation", "target_coverage"):
        said = _TRAINING_TARGET
    return f"{said} {sentence(figure.note)}".strip()
