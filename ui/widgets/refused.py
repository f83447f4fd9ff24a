"""Which questions a refusal of the core is about: it names columns, and the person needs the place."""

import re

from forms.draft import Draft
from forms.form import Place
from icv_app.errors import IcvError

_IN_ROW = re.compile(r"(\w+)\[(\d+)\]\.(\w+)")


def places(draft: Draft, error: IcvError) -> dict[Place, str]:
    """Return the words of a refusal by question, in the order given; {} where one is about no shown question."""
    found: dict[Place, str] = {}
    for each in getattr(error, "refusals", ()):
        place = _place(draft, each.field)
        if place is None:
            return {}
        found.setdefault(place, each.message)
    return found


def _place(draft: Draft, field: str) -> Place | None:
    in_row = _IN_ROW.fullmatch(field)
    try:
        if in_row is None:
            place = Place(field)
        else:
            repeat, number, name = in_row.groups()
            place = Place(name, repeat, draft.rows(repeat)[int(number) - 1])
        return place if draft.shown(place) else None
    except (KeyError, IndexError):
        return None
