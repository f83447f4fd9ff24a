"""The guard's findings in a draft: the free texts with something in them that looks like personal data."""

from collections.abc import Iterator
from dataclasses import dataclass

from forms import guard, outline
from forms.draft import Draft
from forms.form import Form, Place, Row
from forms.outline import CONTAINERS, Outline

HOLDS = "icv:holds"  # bind of the questions that ask for a custody number, a member of staff or a reference
_ALLOWED = {"custody_number": "custody_number", "staff": "name"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """A text with `hits`: where it stands, its question's label, and why they may stay ("" where unsaid)."""

    place: Place
    section: str
    label: str
    hits: tuple[guard.Hit, ...]
    reason: str


def findings(draft: Draft) -> tuple[Finding, ...]:
    """Return every shown free text of `draft` with hits, in form order, less what its bind `icv:holds` allows.

    The scheme's pattern of a custody number is taken from the draft's settings.
    """
    form, custody_number = draft.form, draft.setting("custody_number")
    plan = outline.of(form)
    found = []
    for row, place in _questions(form, plan, draft):
        if not draft.shown(place):
            continue
        hits = within(row, draft.text(place), custody_number=custody_number)
        if hits:
            found.append(
                Finding(
                    place=place,
                    section=draft.section_of(place),
                    label=draft.label(place),
                    hits=hits,
                    reason=draft.reason(place),
                )
            )
    return tuple(found)


def within(row: Row, text: str, *, custody_number: str = "") -> tuple[guard.Hit, ...]:
    """Return the hits of `text` as the answer to the question `row`, less what is expected there."""
    holds = row.binds.get(HOLDS, "").split()
    if "reference" in holds:
        return ()
    allowed = {_ALLOWED.get(one, "") for one in holds}
    return tuple(hit for hit in guard.look(text, custody_number=custody_number) if hit.kind not in allowed)


def _questions(form: Form, plan: Outline, draft: Draft) -> Iterator[tuple[Row, Place]]:
    """Yield the free-text questions with their places, row by row."""
    for row in form.rows:
        yield from _under(row, "", "", plan, draft)


def _under(row: Row, repeat: str, row_id: str, plan: Outline, draft: Draft) -> Iterator[tuple[Row, Place]]:
    if row.kind in CONTAINERS:
        for each in draft.rows(row.name) if row.kind == "repeat" else (row_id,):
            for child in row.rows:
                yield from _under(child, row.name if row.kind == "repeat" else repeat, each, plan, draft)
    elif row.kind == "text" and plan[row.name].answerable:
        yield row, Place(row.name, repeat, row_id)
