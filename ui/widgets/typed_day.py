"""A day typed into a page of the office: it is written as in every report, "3/4/26" or "3 April 2026"."""

from datetime import date

from forms.answers import parse
from forms.translation import later
from icv_app.errors import InvalidInput

EXAMPLE = later("For example, 3/4/26")


def typed_day(text: str, today: date) -> date | None:
    """Return the day that `text` stands for; None for nothing. Raises InvalidInput("no_date") with what to type."""
    try:
        found = parse("date", text, today)
    except ValueError as unread:
        raise InvalidInput("no_date", str(unread)) from None
    return None if found is None else date.fromisoformat(str(found))
