"""A quarter that is about to end, or has ended and is not published: lines on the office's home page."""

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from forms.translation import tr
from ui.widgets.buttons import SecondaryButton
from ui.widgets.line_of_work import LineOfWork

if TYPE_CHECKING:
    from icv_app.laptop import Laptop


class QuarterNotice(LineOfWork):
    """Hidden while there is nothing to remind of. `wanted` carries the name of the period that its button leads to."""

    wanted = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("", parent)
        self._period = ""
        self.words.setObjectName("quarter_words")
        self.button = self.add(SecondaryButton(tr("See its summary")), "see_quarter")
        self.button.clicked.connect(lambda: self.wanted.emit(self._period))
        self.hide()

    def look(self, laptop: "Laptop") -> None:
        """Read again what is to be reminded of. Raises Unavailable."""
        from icv_app.encryption.faults import in_words
        from icv_app.summaries import quarter_end

        with in_words():
            found = quarter_end.due(laptop.store.connection, laptop.clock.today()) if laptop.office else ()
        self._period = found[0].period.name if found else ""
        self.words.setText("\n".join(each.words for each in found))
        self.setVisible(bool(found))
