"""Which field a question gets, by its kind. A kind that is not here is an error, never a text box."""

from collections.abc import Callable

from forms.draft import Draft
from forms.form import Kind, Place, Row
from ui.form_filling.choice_field import FEW, DropField, RadioField, TickField
from ui.form_filling.contact_card import CardField, is_card
from ui.form_filling.field import Field
from ui.form_filling.filling import Filling
from ui.form_filling.text_field import LineField, LongField, NoteField, ReadField

Maker = Callable[[Row, Place, Filling], Field]


def _text(row: Row, place: Place, filling: Filling) -> Field:
    return LongField(row, place, filling) if "multiline" in row.appearance.split() else LineField(row, place, filling)


def _one(row: Row, place: Place, filling: Filling) -> Field:
    few = _most_choices(row, place, filling.draft) <= FEW and "minimal" not in row.appearance.split()
    return RadioField(row, place, filling) if few else DropField(row, place, filling)


def _most_choices(row: Row, place: Place, draft: Draft) -> int:
    """Return how many choices there can be; a filtered list of reference data may grow at any answer."""
    if not row.from_file:
        return len(draft.form.lists.get(row.list_name, ()))
    return FEW + 1 if row.choice_filter else len(draft.choices(place))


_MAKERS: dict[Kind, Maker] = {
    "text": _text,
    "integer": LineField,
    "decimal": LineField,
    "date": LineField,
    "time": LineField,
    "dateTime": LineField,
    "select_one": _one,
    "select_multiple": TickField,
    "note": NoteField,
    "calculate": ReadField,
}


def make_field(row: Row, place: Place, filling: Filling) -> Field:
    """Return the field for a question, bound to its place. TypeError for a group, a repeat or an unknown kind."""
    maker = _MAKERS.get(row.kind)
    if maker is None:
        raise TypeError(f"no field for {row.kind}")
    if row.calculation and row.kind != "note":
        maker = ReadField
    return (CardField if is_card(row) else maker)(row, place, filling)


def is_visible(row: Row) -> bool:
    """Return whether a row can ever be on the screen: a calculation without words cannot."""
    return row.kind != "calculate" or bool(row.labels)


def is_wanted(row: Row, place: Place, draft: Draft) -> bool:
    """Return whether a question is to be seen now: what is worked out, as soon as there is an outcome."""
    return draft.value(place) is not None if row.kind == "calculate" else draft.shown(place)
