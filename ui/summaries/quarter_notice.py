"""A quarter that is about to end, or has ended and is not published: a line for each on the office's home page."""

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from forms.translation import tr
from icv_app.wording import months_words
from ui.widgets.buttons import SecondaryButton
from ui.widgets.fixed_call import FixedCall
from ui.widgets.line_of_work import LineOfWork
from ui.widgets.page import empty

if TYPE_CHECKING:
    from icv_app.laptop import Laptop
    from icv_app.summaries.quarter_end import Reminder


class QuarterNotice(QWidget):
    """Hidden while there is nothing to remind of. `wanted` carries the name of the period that a button leads to."""

    wanted = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self.lines: list[LineOfWork] = []
        self.buttons: list[SecondaryButton] = []
        """What leads to the summary of each quarter, in the order of `lines`."""
        self.hide()

    def look(self, laptop: "Laptop") -> None:
        """Read again what is to be reminded of. Raises Unavailable."""
        from icv_app.encryption.faults import in_words
        from icv_app.summaries import quarter_end

        with in_words():
            found = quarter_end.due(laptop.store.connection, laptop.clock.today()) if laptop.office else ()
        empty(self._column)
        self.lines, self.buttons = [], []
        for each in found:
            self._remind(each)
        self.setVisible(bool(found))

    def _remind(self, reminder: "Reminder") -> None:
        line = LineOfWork(reminder.words)
        line.words.setObjectName("quarter_words")
        button = line.add(SecondaryButton(tr("See its summary")), "see_quarter")
        months = months_words(reminder.period.first, reminder.period.last)
        button.setAccessibleName(tr("{button}: {row}", button=button.text(), row=months))
        button.clicked.connect(FixedCall(self.wanted.emit, reminder.period.name))
        self._column.addWidget(line)
        line.show()
        self.lines.append(line)
        self.buttons.append(button)
