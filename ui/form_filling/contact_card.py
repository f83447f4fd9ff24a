"""A card that says whom to phone: the note's words, and the number in them in large type that can be selected."""

import re

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from forms.form import Place, Row
from forms.translation import tr
from ui.form_filling.field import Field
from ui.form_filling.filling import Filling
from ui.widgets import theme
from ui.widgets.text import Heading

_NUMBER = re.compile(r"\+?\(?\d[\d ()-]{4,}\d")
_SELECTABLE = Qt.TextInteractionFlag.TextSelectableByMouse


def is_card(row: Row) -> bool:
    """Return whether a note is to be shown as a card: the bind `icv:card` is `yes`."""
    return row.kind == "note" and row.binds.get("icv:card") == "yes"


def number_in(words: str) -> str:
    """Return the first telephone number in some words, as written there; "" where there is none."""
    found = _NUMBER.search(words)
    return found.group().strip() if found else ""


class CardField(Field):
    """A note that must be seen. Nothing in it takes the focus; screen readers read it as the words it has."""

    def __init__(self, row: Row, place: Place, filling: Filling, parent: QWidget | None = None) -> None:
        super().__init__(row, place, filling, parent)
        self.card = QFrame()
        self.card.setObjectName(row.name)
        self.card.setProperty("card", "panel")
        inside = QVBoxLayout(self.card)
        inside.setContentsMargins(theme.px(1), theme.px(0.8), theme.px(1), theme.px(0.8))
        inside.setSpacing(theme.px(0.3))
        for label in (self.question, self.hint):
            self.column.removeWidget(label)
            inside.addWidget(label)
        self.number = Heading("", level=1)
        self.number.setObjectName("telephone")
        inside.insertWidget(1, self.number)
        for words in (self.question, self.number):
            words.setTextInteractionFlags(_SELECTABLE)
            words.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.column.addWidget(self.card)

    def inputs(self) -> list[QWidget]:
        return []

    def optional(self) -> bool:
        return False

    def show_answer(self) -> None:
        number = number_in(self.draft.label(self.place))
        if self.number.text() != number:
            self.number.setText(number)
            self.number.setAccessibleName(tr("Telephone number: {number}", number=number))
        self.number.setVisible(bool(number))
