"""Why a visit of the rota was not made: the reasons that the office chooses from (`domain.md` A4 and A5), in words."""

from collections.abc import Mapping
from typing import Final

from forms.translation import later, tr
from icv_app.errors import InvalidInput

MISSED: Final[Mapping[str, str]] = {
    "visitor_illness": later("Visitor ill"),
    "visitor_unavailable": later("Visitor unavailable"),
    "no_partner": later("No partner"),
    "severe_weather": later("Severe weather"),
    "suite_closed": later("Suite closed without notice"),
    "access_not_gained": later("Access not gained"),
    "administrative_error": later("Administrative error"),
    "other": later("Other"),
}
CANCELLED: Final[Mapping[str, str]] = {
    "other_training": later("Other training requirements"),
    "operational_deployment": later("Operational deployment"),
    "dog_or_handler_sick": later("Dog or handler sick"),
    "venue": later("Venue"),
    "weather": later("Weather"),
    "did_not_take_place": later("Training did not take place on arrival"),
    "visitor_illness": later("Visitor ill"),
    "visitor_unavailable": later("Visitor unavailable"),
    "no_partner": later("No partner"),
    "other": later("Other"),
}
WITHDRAWN: Final[Mapping[str, str]] = {
    "suite_closed": later("Suite closed"),
    "not_called_for": later("No visit is called for any more"),
    "other": later("Other"),
}
CANCELLED_BY: Final[Mapping[str, str]] = {
    "dog_unit": later("Cancelled by the Dog Unit"),
    "police": later("Cancelled by the police"),
    "office": later("Cancelled by the office"),
    "visitors": later("Cancelled by the visitors"),
    "": later("Cancelled"),
}
"""Who called it off: by the force and by the visitors are kept apart (`domain.md` B3)."""

OF_STATUS: Final[Mapping[str, Mapping[str, str]]] = {
    "missed": MISSED, "cancelled": CANCELLED, "withdrawn": WITHDRAWN,
}  # fmt: skip
LONGEST: Final = 300


def words(status: str, reason: str, more: str = "", by: str = "") -> str:
    """Return the reason as it stands in the slot and in reports: "Cancelled by the Dog Unit: other training …".

    `reason` and `by` are codes of this module, `more` the office's own words; with "other" these are needed. Raises
    InvalidInput("status", "reason" or "words").
    """
    if status not in OF_STATUS:
        raise InvalidInput("status", tr("A visit that was not made is missed, cancelled or withdrawn."))
    if reason not in OF_STATUS[status] or by not in CANCELLED_BY:
        listed = ", ".join(OF_STATUS[status])
        raise InvalidInput("reason", tr("Please choose a reason: {reasons}.", reasons=listed))
    own = " ".join(more.split())
    if len(own) > LONGEST:
        raise InvalidInput("words", tr("Please keep the words to {count} characters.", count=LONGEST))
    if reason == "other" and not own:
        raise InvalidInput("words", tr("Please say in a few words what the reason was."))
    named = own if reason == "other" else tr(OF_STATUS[status][reason])
    told = f"{named}: {own}" if own and reason != "other" else named
    if status == "cancelled" and by:
        return tr("{by}: {reason}", by=tr(CANCELLED_BY[by]), reason=told)
    return told
