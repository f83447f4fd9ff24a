"""The names of figures in plain words: what each is called on the screen, on paper and in a footnote."""

from forms.translation import later, tr
from icv_app.figure import Figure

MEASURES = {
    "custody_visit": later("Custody visits"),
    "kennel_visit": later("Kennel visits"),
    "training_observation": later("Training observations"),
    "record_review": later("Record reviews"),
    "volunteers": later("Volunteers"),
}
_NAMES = {
    "visits_completed": later("made"),
    "visits_attempted": later("attempted"),
    "scheduled_completed": later("scheduled and made"),
    "target_coverage": later("target met"),
    "missed_periods": later("weeks missed"),
    "detainees_in_custody": later("people in custody"),
    "detainees_offered": later("people offered a visit"),
    "detainees_seen": later("people seen"),
    "detainees_declined": later("people who declined"),
    "reach": later("share of people detained"),
    "admitted_immediately": later("let in without delay"),
    "volunteer_minutes": later("volunteers' minutes"),
    "serious_issues": later("serious issues"),
    "records_reviewed": later("custody records"),
    "immigration_records_reviewed": later("of immigration detainees"),
    "recommendations": later("recommendations"),
    "volunteers": later("on the last day"),
    "currently_visiting": later("currently visiting"),
}


def title(figure: Figure) -> str:
    """Return a figure's name in plain words: "Custody visits: target met"."""
    name = tr(_NAMES.get(figure.figure, figure.figure.replace("_", " ")))
    return tr("{measure}: {figure}", measure=tr(MEASURES.get(figure.measure, figure.measure)), figure=name)


def result(figure: Figure) -> str:
    """Return what a figure says: "30 of 35 (85.7%)", "30", "none due" of nothing, or "not recorded"."""
    if figure.numerator is None:
        return tr("not recorded") if figure.value is None else f"{figure.value:,}"
    if not figure.denominator:
        return tr("{number:,}, none due", number=figure.numerator) if figure.numerator else tr("none due")
    return tr(
        "{numerator:,} of {denominator:,} ({percent}%)",
        numerator=figure.numerator, denominator=figure.denominator, percent=figure.percent,
    )  # fmt: skip
