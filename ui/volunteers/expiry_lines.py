"""What of one volunteer expires, a line each: what has, or soon will, is marked by its words and its colour."""

from collections.abc import Iterable
from datetime import date

from PySide6.QtWidgets import QVBoxLayout, QWidget

from forms.translation import tr
from icv_app.scheme.expiries import WITHIN, Expiry
from ui.widgets import theme
from ui.widgets.page import empty
from ui.widgets.text import Body


class ExpiryLines(QWidget):
    """The soonest first."""

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("expiring")
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(theme.px(0.3))

    def show_expiries(self, found: Iterable[Expiry], today: date) -> None:
        """Show these, or say that nothing is entered."""
        empty(self._column)
        lines = [
            Body(f"{each.words(today)}.", role="warn" if each.days(today) <= WITHIN else "") for each in found
        ] or [Body(tr("No day is entered on which anything expires."), role="hint")]
        for line in lines:
            self._column.addWidget(line)
            line.show()
