"""What is typed at the command line as a day or a time of the day: in ISO form, and nothing like it."""

import re
from datetime import date, time

from forms.translation import tr
from icv_app.errors import InvalidInput


def day(text: str) -> date:
    """Return the day that `text` names, such as 2026-11-22. Raises InvalidInput("no_date")."""
    try:
        if re.fullmatch(r"\d{4}-\d\d-\d\d", text.strip()):  # Python also reads 20261122 and 2026-W47-7
            return date.fromisoformat(text.strip())
    except ValueError:
        pass
    raise InvalidInput("no_date", tr("{date} is not a date such as 2026-11-22.", date=text))


def time_of_day(text: str) -> time:
    """Return the time that `text` names, such as 19:30. Raises InvalidInput("no_time")."""
    try:
        if re.fullmatch(r"\d\d:\d\d", text.strip()):
            return time.fromisoformat(text.strip())
    except ValueError:
        pass
    raise InvalidInput("no_time", tr("{time} is not a time such as 19:30.", time=text))
