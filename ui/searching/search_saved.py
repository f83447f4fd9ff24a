"""The searches that somebody keeps: chosen from a list, saved under a name, deleted."""

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget

from forms.translation import tr
from icv_app.errors import IcvError
from icv_app.searching import saved_filter
from ui.widgets import messages, theme
from ui.widgets.buttons import SecondaryButton
from ui.widgets.flowing_layout import FlowingLayout
from ui.widgets.still_box import StillBox
from ui.widgets.text import Question

if TYPE_CHECKING:
    from icv_app.laptop import Laptop


class SearchSaved(QWidget):
    """`chosen` carries the words of a saved search; `told` what came of a press, and whether it failed."""

    chosen = Signal(str)
    told = Signal(str, bool)

    def __init__(self, laptop: "Laptop") -> None:
        super().__init__()
        self._laptop = laptop
        self._words = ""
        self.box = StillBox()
        self.box.setObjectName("saved")
        self.box.activated.connect(self._choose)
        self.name = QLineEdit()
        self.name.setObjectName("filter_name")
        self.name.returnPressed.connect(self.save)
        self.save_button = SecondaryButton(tr("Save this search"))
        self.save_button.setObjectName("save_filter")
        self.save_button.clicked.connect(self.save)
        self.drop_button = SecondaryButton(tr("Delete the saved search"))
        self.drop_button.setObjectName("drop_filter")
        self.drop_button.clicked.connect(self.drop)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        for question, box, button in (
            (tr("Saved searches"), self.box, self.drop_button),
            (tr("A name to save this search under"), self.name, self.save_button),
        ):
            box.setAccessibleName(question)
            box.setMinimumWidth(theme.px(20))
            label = Question(question)
            label.setBuddy(box)
            column.addWidget(label)
            row = FlowingLayout(gap=theme.px(0.8))
            row.addWidget(box)
            row.addWidget(button)
            column.addLayout(row)
        self.refresh()

    def refresh(self, name: str = "") -> None:
        """Read the saved searches again, and choose the one of that name."""
        self.box.clear()
        self.box.addItem(tr("choose one"), "")
        for each in saved_filter.every(self._laptop.store, self._laptop.identity.person):
            self.box.addItem(each.name, each.words)
        self.box.setCurrentIndex(max(self.box.findText(name), 0))
        self.drop_button.setEnabled(self.box.currentIndex() > 0)

    def show_text(self, text: str) -> None:
        """Take note of what is searched for now."""
        self._words = text.strip()

    def _choose(self, at: int) -> None:
        self.drop_button.setEnabled(at > 0)
        if at > 0:
            self.chosen.emit(self.box.currentData())

    def save(self) -> None:
        """Save what is searched for under the name that was typed."""
        try:
            made = saved_filter.save(
                self._laptop.store, self._laptop.identity.person, self.name.text(), self._words
            )  # fmt: skip
        except IcvError as error:
            self.told.emit(messages.words(error), True)
            return
        self.name.clear()
        self.refresh(made.name)
        self.told.emit(tr("Saved as {name}. Choose it from the list to search so again.", name=made.name), False)

    def drop(self) -> None:
        """Delete the saved search that is chosen."""
        name = self.box.currentText()
        try:
            saved_filter.drop(self._laptop.store, self._laptop.identity.person, name)
        except IcvError as error:
            self.told.emit(messages.words(error), True)
            return
        self.refresh()
        self.box.setFocus()
        self.told.emit(tr("{name} is deleted.", name=name), False)
