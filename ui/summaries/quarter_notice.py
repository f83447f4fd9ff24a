"""Quarters that end, are not published, or are overtaken by later records: a line for each on the home page."""

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
    from datetime import date

    from icv_app.figure import Period
    from icv_app.laptop import Laptop
    from icv_app.summaries.published import Standing


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
        self._looked_at: tuple[int, int, date] | None = None
        self._overtaken: Standing | None = None
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
            self._remind(each.words, each.period)
        from icv_app.summaries import published

        if (standing := self._look_at_published(laptop)) is not None:
            self._remind(tr("{words}.", words=published.words(standing)), standing.period)
        self.setVisible(bool(self.lines))

    def _look_at_published(self, laptop: "Laptop") -> "Standing | None":
        """Return the last quarter where it is published and overtaken, counted again only after something changed."""
        from icv_app.encryption.faults import in_words
        from icv_app.storage import current, own_rows
        from icv_app.summaries import publication_state

        if not laptop.office:
            return None
        connection, today = laptop.store.connection, laptop.clock.today()
        with in_words():
            state = (own_rows.newest(connection), current.turn(connection), today)
            if state != self._looked_at:
                self._overtaken = publication_state.overtaken(connection, today)
                self._looked_at = state
        return self._overtaken

    def _remind(self, words: str, period: "Period") -> None:
        line = LineOfWork(words)
        line.words.setObjectName("quarter_words")
        button = line.add(SecondaryButton(tr("See its summary")), "see_quarter")
        months = months_words(period.first, period.last)
        button.setAccessibleName(tr("{button}: {row}", button=button.text(), row=months))
        button.clicked.connect(FixedCall(self.wanted.emit, period.name))
        self._column.addWidget(line)
        line.show()
        self.lines.append(line)
        self.buttons.append(button)
