"""What is said when a draft could not be kept: that it is not saved, why, and what to do about it."""

from forms.translation import later, tr
from icv_app.errors import IcvError

_WHAT_TO_DO = {
    "disk_full": later("Empty the recycle bin of the computer, for example."),
    "read_only": later("Make sure that the disk or folder can be written to, or ask the office."),
    "disk_fault": later("If your reports are on a stick or another disk, plug it in again."),
    "profile_gone": later("If your reports are on a stick or another disk, plug it in again."),
}
_OTHERWISE = later("If it does not help to wait, tell the office before you close the report.")


def words(error: Exception, why: str) -> str:
    """Return what the header says of `error`, whose own words are `why`."""
    advice = _WHAT_TO_DO.get(error.code, _OTHERWISE) if isinstance(error, IcvError) else _OTHERWISE
    return tr(
        "NOT saved. {why} {advice} Your answers are still on this screen.",
        why=why,
        advice=tr(advice),
    )
