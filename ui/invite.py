"""The dialog in which the office invites one person: a file to hand over and a passphrase to tell by telephone."""

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QDialog, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from forms.translation import tr
from icv_app.errors import IcvError
from ui import messages
from ui.announcing import announce
from ui.buttons import PrimaryButton, SecondaryButton
from ui.passphrase import PassphraseBox
from ui.still_box import StillBox
from ui.text import Body, Question
from ui.welcome import ROLES

if TYPE_CHECKING:
    from icv_app.laptop import Laptop


class InviteDialog(QDialog):
    """Writes an invitation for one person in one role; it works once."""

    def __init__(self, laptop: "Laptop", parent: QWidget) -> None:
        super().__init__(parent)
        self.setWindowTitle(tr("Invite a person"))
        self._laptop = laptop
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 20, 24, 20)
        column.setSpacing(10)
        label = Question(tr("The person's reference"))
        self.person = QLineEdit()
        self.person.setObjectName("invited_person")
        self.person.setAccessibleName(tr("The person's reference, a code such as ICV01, not a name"))
        label.setBuddy(self.person)
        role_label = Question(tr("Role"))
        self.role = StillBox()
        self.role.setObjectName("invited_role")
        self.role.setAccessibleName(tr("Role"))
        for code, words in reversed(ROLES):
            self.role.addItem(tr(words), code)
        role_label.setBuddy(self.role)
        self.passphrase = PassphraseBox(
            tr("A passphrase for the invitation"), tr("Tell it to them by telephone; never send it with the file.")
        )
        self.passphrase.show_letters(True)  # it has to be read out, and a slip would make the file useless
        self.problem = Body("", role="error")
        self.problem.hide()
        for widget in (
            label,
            Body(tr("A code such as ICV01. Not a name."), role="hint"),
            self.person,
            role_label,
            self.role,
        ):
            column.addWidget(widget)
        column.addWidget(self.passphrase)
        column.addWidget(self.problem)
        make = PrimaryButton(tr("Save the invitation…"))
        make.setObjectName("save_invitation")
        make.clicked.connect(self._ask)
        cancel = SecondaryButton(tr("Cancel"))
        cancel.clicked.connect(self.reject)
        row = QHBoxLayout()
        row.addWidget(cancel)
        row.addWidget(make)
        row.addStretch(1)
        column.addLayout(row)

    def _ask(self) -> None:
        name = f"{self.person.text().strip() or tr('invitation')}.icvinvite"
        kinds = tr("Invitation (*.icvinvite)")
        if chosen := messages.choose_new_file(self, tr("Save the invitation"), name, kinds):
            self.save(Path(chosen))

    def save(self, path: Path) -> None:
        """Write the invitation, or say what is wrong."""
        try:
            self._laptop.invite(path, self.person.text().strip(), self.role.currentData(), self.passphrase.text())
        except IcvError as error:
            self.problem.setText(messages.words(error))
            self.problem.show()
            announce(self.problem, self.problem.text(), urgent=True)
        else:
            self.accept()
            messages.tell(
                self,
                tr("The invitation is in {path}. Hand over the file, and tell the passphrase by telephone.", path=path),
            )
