"""The numbers of a form's questions, "3.12": the same on the screen's transcription mode and on the paper form."""

from collections.abc import Mapping

from forms import outline
from forms.form import Form
from forms.outline import CONTAINERS


def numbers(form: Form) -> Mapping[str, str]:
    """Return the number of every question that a person answers, by its name, in form order.

    The sections count from 1, and the questions within each, those of its groups and its repeat's row included. Loose
    questions, which stand in no section, count "1", "2" on their own.
    """
    sections = {row.name: number for number, row in enumerate((r for r in form.rows if r.kind in CONTAINERS), 1)}
    counted: dict[str, int] = {}
    found: dict[str, str] = {}
    for name, entry in outline.of(form).entries.items():
        if entry.answerable:
            place = counted[entry.section] = counted.get(entry.section, 0) + 1
            found[name] = f"{sections[entry.section]}.{place}" if entry.section else str(place)
    return found
