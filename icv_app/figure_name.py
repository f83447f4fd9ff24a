"""The names of figures in plain words: what each is called on the screen, on paper and in a footnote."""

from forms.translation import later, tr
from icv_app.figure import Figure

MEASURES = {
    "custody_visit": later("Custody visits"),
    "kennel_visit": later("Kennel visits"),
    "training_observation": later("Training observations"),
    "record_review": later("Record reviews"),
    "volunteers": later("Volunteers"),
    "issues": later("Issues"),
}
_THEMES = {
    "rights_and_entitlements": later("rights and entitlements"),
    "health_and_wellbeing": later("health and wellbeing"),
    "food_drink_and_rest": later("food, drink and rest"),
    "hygiene": later("hygiene"),
    "clothing_bedding_and_temperature": later("clothing, bedding and temperature"),
    "faith_and_diversity": later("faith and diversity"),
    "children_and_young_people": later("children and young people"),
    "women_and_girls": later("women and girls"),
    "dignity_and_safety": later("dignity and safety"),
    "conditions_and_estate": later("conditions and estate"),
    "staffing": later("staffing"),
    "access_for_visitors": later("access for visitors"),
    "length_of_detention_and_transfer": later("length of detention and transfer"),
    "record_keeping": later("record keeping"),
    "animal_welfare": later("animal welfare"),
    "other": later("other matters"),
}
_REASONS = {
    "asleep": later("asleep or in a rest period"),
    "interview": later("in interview"),
    "solicitor": later("with a solicitor"),
    "appropriate_adult": later("with an appropriate adult"),
    "healthcare": later("with healthcare"),
    "processing": later("being booked in, searched or fingerprinted"),
    "out_of_cell": later("out of the cell"),
    "court": later("at court, or on video to court"),
    "hospital": later("at hospital"),
    "intoxicated": later("intoxicated"),
    "leaving": later("being released or moved"),
    "other": later("for another reason"),
}
_NAMES = {
    "visits_completed": later("made"),
    "visits_attempted": later("attempted"),
    "visits_not_admitted": later("attempted, nobody let in"),
    "visits_abandoned": later("attempted, cut short"),
    "scheduled_completed": later("scheduled and made"),
    "target_coverage": later("target coverage"),
    "missed_periods": later("weeks due and not covered"),
    "detainees_in_custody": later("people in custody"),
    "detainees_offered": later("people offered a visit"),
    "detainees_seen": later("people seen"),
    "detainees_declined": later("people who declined"),
    "reach": later("share of people detained"),
    "admitted_immediately": later("let in without delay"),
    "volunteer_minutes": later("volunteers' minutes"),
    "serious_issues": later("visits that reported a serious issue"),
    "records_reviewed": later("custody records"),
    "immigration_records_reviewed": later("of immigration detainees"),
    "recommendations": later("recommendations"),
    "volunteers": later("on the last day"),
    "currently_visiting": later("currently visiting"),
    "days_since_last_visit": later("days since the last visit"),
    "longest_gap": later("longest gap in days"),
    "slot_coverage": later("times of the week visited"),
    "access_delay_median": later("usual wait in minutes"),
    "access_delay_longest": later("longest wait in minutes"),
    "delayed_over_threshold": later("long waits"),
    "detainees_observed_only": later("people only observed"),
    "detainees_not_available": later("people not available"),
    "detainees_denied": later("people whom visitors were not allowed to see"),
    "detainees_not_offered": later("people not offered a visit"),
    **{f"not_available_{reason}": words for reason, words in _REASONS.items()},
    "offered_share": later("share of people in custody who were offered a visit"),
    "acceptance": later("share of people offered a visit who were seen"),
    "seen_share": later("share of people in custody who were seen"),
    "detainees_women": later("women and girls in custody"),
    "detainees_children": later("children in custody"),
    "detainees_girls": later("girls in custody"),
    "detainees_immigration": later("people held only for immigration"),
    "detainees_s136": later("people under section 136, or with mental ill health"),
    "visits_against_number": later("made against the number asked for"),
    "visits_weekday": later("made on weekdays"),
    "visits_weekend": later("made at weekends"),
    "visits_day": later("made by day"),
    "visits_evening": later("made in the evening"),
    "visits_night": later("made at night"),
    "visits_with_praise": later("visits with a positive comment"),
    "tact_visits": later("made under the Terrorism Act"),
    "training_visits": later("made for training"),
    "remote_visits": later("made by telephone or video"),
    "dogs_seen": later("dogs seen"),
    "cancelled_by_dog_unit": later("cancelled by the Dog Unit"),
    "cancelled_by_visitors": later("cancelled by the scheme or its visitors"),
    "cancelled_other": later("cancelled otherwise"),
    "held_median_minutes": later("usual time held, in minutes"),
    "held_longest_minutes": later("longest time held, in minutes"),
    "held_over_24_hours": later("held for more than 24 hours"),
    "held_up_to_24": later("held for up to 24 hours"),
    "held_24_to_48": later("held for more than 24 and up to 48 hours"),
    "held_48_to_72": later("held for more than 48 and up to 72 hours"),
    "held_72_to_96": later("held for more than 72 and up to 96 hours"),
    "held_96_to_120": later("held for more than 96 and up to 120 hours"),
    "held_over_120": later("held for more than 120 hours"),
    "is91_on_record": later("IS91 on the record and complete"),
    "times_missing": later("records without the times of arriving or leaving"),
    "visit_minutes": later("minutes at all visits"),
    "training_minutes": later("minutes of training"),
    "meeting_minutes": later("minutes at meetings"),
    "panel_minutes": later("minutes at panels"),
    "other_minutes": later("minutes given otherwise"),
    "in_training": later("in training on the last day"),
    "joined": later("joined"),
    "left": later("left"),
    "raised": later("raised"),
    **{f"raised_{code}": words for code, words in _THEMES.items()},
    "raised_serious": later("raised as serious"),
    "resolved_at_visit": later("put right at the visit"),
    "open_before": later("open when the period began"),
    "closed": later("closed in the period"),
    "open_at_end": later("open at the end"),
    "open_at_end_raised": later("open at the end, of those raised"),
    "open_over_28_days": later("open for more than 28 days"),
    "open_over_84_days": later("open for more than 84 days"),
    "answered_in_time": later("answered in time"),
    "response_days_median": later("usual working days to an answer"),
    "praise_shared": later("praise shared with staff, of what was entered to be followed up"),
    "recommendations_answered": later("recommendations answered"),
}


_OF_WHAT_IS_DUE = ("scheduled_completed", "target_coverage", "visits_against_number", "answered_in_time")
"""Ratios whose denominator is what was due; of the others a denominator of 0 is only that there was nothing."""


def measure(code: str) -> str:
    """Return what a measure is called: "Custody visits"."""
    return tr(MEASURES.get(code, code))


def theme(code: str) -> str:
    """Return a theme of issues as the first word of a line: "Food, drink and rest"."""
    return _first(tr(_THEMES.get(code, code.replace("_", " "))))


def name(figure: Figure) -> str:
    """Return what a figure is called among those of its measure: "target coverage"."""
    called = tr(_NAMES.get(figure.figure, figure.figure.replace("_", " ")))
    if figure.figure.removeprefix("raised_") in _THEMES:
        return tr("raised about {theme}", theme=called)
    if figure.figure.startswith("not_available_"):
        return tr("not available: {reason}", reason=called)
    return called


def line(figure: Figure) -> str:
    """Return what a figure is called among those of its measure as the first word of a line: "Target coverage"."""
    return _first(name(figure))


def reason(code: str) -> str:
    """Return why people were not available as the first word of a line: "In interview"."""
    return _first(tr(_REASONS.get(code, code.replace("_", " "))))


def _first(words: str) -> str:
    return words[:1].upper() + words[1:]


def title(figure: Figure) -> str:
    """Return a figure's name in plain words: "Custody visits: target coverage"."""
    return tr("{measure}: {figure}", measure=measure(figure.measure), figure=name(figure))


def result(figure: Figure) -> str:
    """Return what a figure says: "30 of 35 (85.7%)", "30", "none due", "0 of 0", "not recorded", "[c]"."""
    if figure.withheld:
        return "[c]"
    if figure.numerator is None:
        return tr("not recorded") if figure.value is None else f"{figure.value:,}"
    if figure.denominator is None:
        return tr("{number:,} of a number not known", number=figure.numerator)
    if not figure.denominator:
        if figure.figure not in _OF_WHAT_IS_DUE:
            return tr("{number:,} of 0", number=figure.numerator)
        return tr("{number:,}, none due", number=figure.numerator) if figure.numerator else tr("none due")
    return tr(
        "{numerator:,} of {denominator:,} ({percent}%)",
        numerator=figure.numerator, denominator=figure.denominator, percent=figure.percent,
    )  # fmt: skip
