"""The sections of a form: its top-level groups and repeats, and the loose questions together as one."""

from dataclasses import dataclass

from forms.draft import Draft
from forms.form import Form, Place, Row
from ui.form_filling.fields import is_visible
from ui.form_filling.repeat_view import title_of

LOOSE = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class SectionPlan:
    """A section before it is made: its key (the name of its group or repeat) and its rows."""

    key: str
    rows: tuple[Row, ...]

    def title(self, draft: Draft) -> str:
        """Return the heading; a repeat's without what is filled in for each row."""
        if self.key == LOOSE:
            return draft.form.title
        row = self.rows[0]
        return (title_of(row, draft.language) if row.kind == "repeat" else draft.label(Place(self.key))) or self.key


def sections_of(form: Form) -> tuple[SectionPlan, ...]:
    """Return the sections in form order; loose questions make one where the first of them stands."""
    plans: dict[str, SectionPlan] = {}
    loose = tuple(row for row in form.rows if row.kind not in ("group", "repeat") and is_visible(row))
    for row in form.rows:
        if row.kind in ("group", "repeat"):
            plans[row.name] = SectionPlan(key=row.name, rows=(row,))
        elif row in loose:
            plans.setdefault(LOOSE, SectionPlan(key=LOOSE, rows=loose))
    return tuple(plans.values())
