"""Entering a recovery sheet on a laptop of the office, which then holds the office key as well."""

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal

from forms.translation import tr
from icv_app.errors import IcvError
from icv_app.profiles import recovery
from ui.starting.sheet_lines import SheetLines
from ui.widgets import messages
from ui.widgets.alone import AlonePage
from ui.widgets.buttons import PrimaryButton
from ui.widgets.stacking_layout import StackingLayout
from ui.widgets.text import Body

if TYPE_CHECKING:
    from icv_app.laptop import Laptop


class KeyPage(AlonePage):
    """`done` carries what to say once the laptop holds the key."""

    done = Signal(str)

    def __init__(self, laptop: "Laptop") -> None:
        super().__init__(tr("Enter a recovery sheet"))
        self._laptop = laptop
        self.column.addWidget(
            Body(
                tr(
                    "Type the lines as they stand on the sheet. Capitals and spaces do not matter. This laptop can "
                    "then let people in and lock them out. Put the sheet back afterwards."
                )
            )
        )
        self.lines = SheetLines()
        self.column.addWidget(self.lines)
        self.button = PrimaryButton(tr("Hold the office key"))
        self.button.setObjectName("hold_key")
        self.button.clicked.connect(self.hold)
        row = StackingLayout()
        row.addWidget(self.button)
        self.column.addLayout(row)
        self.column.addStretch(1)

    def hold(self) -> None:
        """Take the key, or say what is wrong and go to that line."""
        try:
            recovery.hold(self._laptop.profile, self._laptop.store, self.lines.text())
        except IcvError as error:
            self.tell(messages.words(error), failed=True)
            self.lines.to_wrong()
        else:
            self.lines.clear()
            self.done.emit(tr("This laptop holds the office key now. Put the sheet back in its place."))
