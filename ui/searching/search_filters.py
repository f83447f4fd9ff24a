"""The filters of a search as plain controls: each writes its filter into what is typed, and shows what stands there."""

from collections.abc import Mapping

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget

from forms.translation import later, tr
from icv_app.searching.search_query import Values, filters_in
from ui.widgets import theme
from ui.widgets.flowing_layout import FlowingLayout
from ui.widgets.still_box import StillBox
from ui.widgets.text import Question

CHOICES: Mapping[str, tuple[str, str]] = {
    "kind": (later("What"), later("anything")),
    "site": (later("Site"), later("any site")),
    "form": (later("Form"), later("any form")),
    "status": (later("Status"), later("any status")),
    "theme": (later("Theme"), later("any theme")),
    "person": (later("Person"), later("anybody")),
}
DAYS: Mapping[str, str] = {"from": later("From which day"), "to": later("Up to which day")}


class SearchFilters(QWidget):
    """`changed` carries the name of a filter and what it is to be set to, "" for none."""

    changed = Signal(str, str)

    def __init__(self, values: Values) -> None:
        super().__init__()
        row = FlowingLayout(self, gap=theme.px(0.8))
        self.boxes: dict[str, StillBox] = {}
        self.days: dict[str, QLineEdit] = {}
        for name, (question, anything) in CHOICES.items():
            box = self.boxes[name] = StillBox()
            box.addItem(tr(anything), "")
            for label in dict.fromkeys(values.get(name, {}).values()):
                box.addItem(label, label)
            box.activated.connect(lambda _=0, name=name: self.changed.emit(name, self.boxes[name].currentData()))
            row.addWidget(_asked(name, tr(question), box))
        for name, words in DAYS.items():
            line = self.days[name] = QLineEdit()
            line.setAccessibleDescription(tr("For example, 3/4/26. Leave it empty for any day."))
            line.setPlaceholderText(tr("such as 3/4/26"))
            line.editingFinished.connect(lambda name=name: self._typed(name))
            row.addWidget(_asked(name, tr(words), line))

    def _typed(self, name: str) -> None:
        self.changed.emit(name, self.days[name].text().strip())

    def show_text(self, text: str) -> None:
        """Show what the filters in `text` are set to; what none of the choices is called shows as no choice."""
        given = filters_in(text)
        for name, box in self.boxes.items():
            wanted = given.get(name, "").casefold()
            at = next((at for at in range(box.count()) if str(box.itemData(at)).casefold() == wanted), 0)
            box.setCurrentIndex(at)
        for name, line in self.days.items():
            if not line.hasFocus():
                line.setText(given.get(name, ""))


def _asked(name: str, question: str, box: QWidget) -> QWidget:
    box.setObjectName(f"filter_{name}")
    box.setAccessibleName(question)
    box.setFixedWidth(theme.px(15))
    label = Question(question)
    label.setBuddy(box)
    label.setFixedWidth(theme.px(15))
    holder = QWidget()
    column = QVBoxLayout(holder)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(4)
    column.addWidget(label)
    column.addWidget(box)
    return holder
