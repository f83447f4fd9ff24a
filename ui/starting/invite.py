"""The dialog in which the office invites one person: a file to hand over and a passphrase to tell by telephone."""

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QCheckBox, QDialog, QGridLayout, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from forms.translation import tr
from icv_app.errors import IcvError
from ui.starting.passphrase import PassphraseBox
from ui.starting.welcome import ROLES
from ui.widgets import messages, theme
from ui.widgets.announcing import announce
from ui.widgets.buttons import PrimaryButton, SecondaryButton
from ui.widgets.still_box import StillBox
from ui.widgets.text import Body, Question

if TYPE_CHECKING:
    from icv_app.laptop import Laptop


class _Sites(QWidget):
    """Whose last report and open findings a visitor gets: of all sites, or of those that are ticked."""

    def __init__(self, laptop: "Laptop") -> None:
        super().__init__()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(Question(tr("Which sites will they visit?")))
        column.addWidget(Body(tr("They get the last report and the open findings of these alone."), role="hint"))
        self.every = QCheckBox(tr("All sites"))
        self.every.setObjectName("all_sites")
        self.every.setChecked(True)
        self.every.toggled.connect(self._show)
        column.addWidget(self.every)
        self._list = QWidget()
        grid = QGridLayout(self._list)
        grid.setContentsMargins(theme.px(1.5), 0, 0, 0)
        self._ticks: dict[str, QCheckBox] = {}
        for number, choice in enumerate(laptop.paperwork.lists()["sites"]):
            tick = QCheckBox(choice.label())
            tick.setObjectName(f"site={choice.name}")
            self._ticks[choice.name] = tick
            grid.addWidget(tick, number // 2, number % 2)
        column.addWidget(self._list)
        self._list.hide()

    @property
    def known(self) -> bool:
        """Whether there is anything to choose."""
        return bool(self._ticks)

    def _show(self, every: bool) -> None:
        self._list.setVisible(not every)

    def chosen(self) -> tuple[str, ...] | None:
        """Return the codes of the ticked sites, None for all."""
        if self.every.isChecked():
            return None
        return tuple(sorted(name for name, tick in self._ticks.items() if tick.isChecked()))


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
        self.sites = _Sites(laptop)
        self.role.currentIndexChanged.connect(self._role_chosen)
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
        column.addWidget(self.sites)
        self._role_chosen()
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

    def _role_chosen(self) -> None:
        self.sites.setVisible(self.sites.known and self.role.currentData() == "visitor")

    def _ask(self) -> None:
        name = f"{self.person.text().strip() or tr('invitation')}.icvinvite"
        kinds = tr("Invitation (*.icvinvite)")
        if chosen := messages.choose_new_file(self, tr("Save the invitation"), name, kinds):
            self.save(Path(chosen))

    def save(self, path: Path) -> None:
        """Write the invitation, or say what is wrong."""
        try:
            self._laptop.invite(
                path, self.person.text().strip(), self.role.currentData(), self.passphrase.text(),
                sites=self.sites.chosen() if self.role.currentData() == "visitor" else None,
            )  # fmt: skip
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
