"""The page on which a person changes the passphrase of their laptop."""

from typing import TYPE_CHECKING

from forms.translation import tr
from icv_app.errors import IcvError
from ui.starting.passphrase import NewPassphrase, PassphraseBox
from ui.widgets import messages
from ui.widgets.alone import AlonePage
from ui.widgets.buttons import PrimaryButton
from ui.widgets.stacking_layout import StackingLayout
from ui.widgets.text import Body
from ui.widgets.waiting import waiting

if TYPE_CHECKING:
    from icv_app.laptop import Laptop


class PassphrasePage(AlonePage):
    """Asks for the present passphrase and twice for the new one."""

    def __init__(self, laptop: "Laptop") -> None:
        super().__init__(tr("Change the passphrase"))
        self._profile = laptop.profile
        self.column.addWidget(
            Body(
                tr("From then on only the new passphrase opens this laptop's reports. Those you have stay as they are.")
            )
        )
        self.present = PassphraseBox(tr("Present passphrase"))
        self.present.box.setObjectName("present_passphrase")
        self.chosen = NewPassphrase()
        self.chosen.entered.connect(self.change)
        self.button = PrimaryButton(tr("Change it"))
        self.button.setObjectName("change_passphrase")
        self.button.clicked.connect(self.change)
        self.column.addWidget(self.present)
        self.column.addWidget(self.chosen)
        row = StackingLayout()
        row.addWidget(self.button)
        self.column.addLayout(row)
        self.column.addStretch(1)

    def change(self) -> None:
        """Change it, or say what is wrong; the old one holds until the new one is on disk."""
        if problem := self.chosen.problem():
            self.tell(problem, failed=True)
            self.chosen.first.box.setFocus()
            return
        try:
            with waiting(self.button, tr("Changing…")):
                self._profile.change_passphrase(self.present.text(), self.chosen.text())
        except IcvError as error:
            self.tell(messages.words(error), failed=True)
            self.present.clear()
            self.present.box.setFocus()
        else:
            for box in (self.present, self.chosen.first, self.chosen.second):
                box.clear()
            self.tell(tr("The passphrase is changed. Use the new one from now on."))
            self.back.setFocus()
