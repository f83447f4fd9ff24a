"""The codes of issues in words: kinds, themes, severities, statuses, outcomes, whom they go to (`domain.md` A6)."""

from collections.abc import Mapping
from typing import Any, Final

from forms.translation import later, tr

KINDS: Final[Mapping[str, str]] = {
    "issue": later("Issue"),
    "detainee_request": later("Detainee’s request"),
    "positive_comment": later("Praise"),
    "recommendation": later("Recommendation"),
    "question": later("Question"),
}
THEMES: Final[Mapping[str, str]] = {
    "rights_and_entitlements": later("Rights and entitlements"),
    "health_and_wellbeing": later("Health and wellbeing"),
    "food_drink_and_rest": later("Food, drink and rest"),
    "hygiene": later("Hygiene"),
    "clothing_bedding_and_temperature": later("Clothing, bedding and temperature"),
    "faith_and_diversity": later("Faith and diversity"),
    "children_and_young_people": later("Children and young people"),
    "women_and_girls": later("Women and girls"),
    "dignity_and_safety": later("Dignity and safety"),
    "conditions_and_estate": later("Conditions and the building"),
    "staffing": later("Staffing"),
    "access_for_visitors": later("Access for visitors"),
    "length_of_detention_and_transfer": later("Length of detention and transfer"),
    "record_keeping": later("Record keeping"),
    "animal_welfare_environment": later("Dogs’ surroundings"),
    "animal_welfare_diet": later("Dogs’ food and water"),
    "animal_welfare_behaviour": later("Dogs’ normal behaviour"),
    "animal_welfare_company": later("Dogs’ company"),
    "animal_welfare_health": later("Dogs’ health"),
    "animal_welfare_training_methods": later("Training methods"),
    "animal_welfare_transport": later("Dogs’ transport"),
    "other": later("Something else"),
}
"""The themes of the program's own forms; a scheme's own theme is shown by its code in words."""
SEVERITIES: Final[Mapping[str, str]] = {
    "serious": later("serious"),
    "significant": later("significant"),
    "minor": later("minor"),
}
STATUSES: Final[Mapping[str, str]] = {
    "open": later("Open"),
    "with_police": later("With the police"),
    "responded": later("Answered"),
    "escalated": later("Taken further up"),
    "closed": later("Closed"),
    "closed_no_response": later("Closed without an answer"),
    "withdrawn": later("Taken out of its report"),
}
OUTCOMES: Final[Mapping[str, str]] = {
    "resolved": later("Put right"),
    "part_resolved": later("Put right in part"),
    "not_upheld": later("Not upheld"),
    "accepted_risk": later("Left as it is, the risk accepted"),
    "funding_needed": later("Needs funding"),
}
RECIPIENTS: Final[Mapping[str, str]] = {
    "custody_inspector": later("the custody inspector"),
    "dog_unit_sergeant": later("the Dog Unit sergeant"),
    "estates": later("the police estates department"),
}
LEVELS: Final[Mapping[str, str]] = {
    "custody_inspector": later("the custody inspector"),
    "chief_inspector": later("the chief inspector or head of custody"),
    "chief_constable": later("the meeting of the commissioner and the chief constable"),
}
RAISED_BY: Final[Mapping[str, str]] = {
    "detainee": later("a person in custody"),
    "visitor": later("a visitor"),
    "staff": later("a member of staff"),
    "reviewer": later("a reviewer of records"),
}
ADDRESSED: Final[Mapping[str, str]] = {
    "force": later("the police"),
    "home_office": later("the Home Office"),
    "healthcare": later("the healthcare provider"),
    "opcc": later("the commissioner’s office"),
}
"""Whom a recommendation is meant for; what is meant for others is not sent to the police."""


def words(table: Mapping[str, str], code: Any) -> str:
    """Return a code in words; one that the table does not know without its underscores, nothing for none."""
    known = table.get(code) if isinstance(code, str) else None
    return tr(known) if known else spaced(code)


def spaced(code: Any) -> str:
    """Return a code as words: "health_and_wellbeing" gives "Health and wellbeing"; "" where there is none."""
    text = tr(code.replace("_", " ").strip()) if isinstance(code, str) else ""
    return text[:1].upper() + text[1:]
