"""What expires soon, in one line on the home page: to the office of all volunteers, to a volunteer of their own."""

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from forms.translation import tr
from ui.widgets.buttons import SecondaryButton
from ui.widgets.line_of_work import LineOfWork

if TYPE_CHECKING:
    from icv_app.laptop import Laptop


class ExpiryNotice(LineOfWork):
    """Hidden while nothing is due. Its button leads to where it is told whole."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("", parent)
        self.words.set_role("warn")
        self.words.setObjectName("expiring_words")
        self.button = self.add(SecondaryButton(tr("See what expires")), "see_expiring")
        self.hide()

    def look(self, laptop: "Laptop") -> None:
        """Read again what is due. Raises Unavailable."""
        from icv_app.encryption.faults import in_words
        from icv_app.scheme import expiries

        today = laptop.clock.today()
        with in_words():
            found = expiries.due(laptop.store, today)
        own = not laptop.office
        words = expiries.reminder(
            [each for each in found if not own or each.visitor == laptop.identity.person], today, own=own
        )
        self.words.setText(words)
        self.setVisible(bool(words))
