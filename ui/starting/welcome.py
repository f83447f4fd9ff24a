"""The first-run pages: start a scheme, join one, or try the example."""

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer, Signal
from PySide6.QtGui import QFocusEvent
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QPushButton, QStackedWidget, QWidget

from forms.translation import later, tr
from icv_app.errors import IcvError
from ui.starting.passphrase import NewPassphrase, PassphraseBox
from ui.starting.unlock import PROMISE
from ui.widgets import messages, theme
from ui.widgets.announcing import announce
from ui.widgets.asked import Asked
from ui.widgets.buttons import PrimaryButton, SecondaryButton
from ui.widgets.page import Page
from ui.widgets.still_box import StillBox
from ui.widgets.text import Body, Question
from ui.widgets.waiting import waiting

if TYPE_CHECKING:
    from icv_app.laptop import Laptop
    from ui.starting.recover_first import RecoverFirst
    from ui.starting.restore_first import RestoreFirst

ROLES = (
    ("coordinator", later("Coordinator")),
    ("assurance", later("Assurance officer")),
    ("visitor", later("Visitor")),
)
INVITATION_KINDS = later("Invitation (*.icvinvite);;All files (*)")


class WelcomePage(QStackedWidget):
    """What a laptop without a profile shows; `opened` carries the `Laptop` once its data is on disk."""

    opened = Signal(object)

    def __init__(self, folder: Path) -> None:
        super().__init__()
        self._folder = folder
        self._choices = self._make_choices()
        self._start = _StartPage(folder)
        self._join = _JoinPage(folder)
        for page in (self._choices, self._start, self._join):
            self.addWidget(page)
        self._restore: RestoreFirst | None = None  # made when it is wanted
        self._recover: RecoverFirst | None = None
        for step in (self._start, self._join):
            step.opened.connect(self.opened)
            step.back.connect(lambda: self.setCurrentWidget(self._choices))

    def _make_choices(self) -> Page:
        page = Page(tr("Welcome"), band=tr(PROMISE))
        page.column.addWidget(
            Body(
                tr("Reports of custody visits, record reviews and kennel visits are kept here. What do you want to do?")
            )
        )
        for name, text, hint, action in (
            (
                "join_scheme",
                tr("Join a scheme"),
                tr("You have an invitation file from your scheme's office."),
                self.show_join,
            ),
            (
                "start_scheme",
                tr("Start a scheme"),
                tr("You are the office, and nobody has begun yet."),
                self.show_start,
            ),
            (
                "try_example",
                tr("Try the example"),
                tr("Practise with made-up reports. Nothing is shared."),
                self.try_example,
            ),
            (
                "restore_backup",
                tr("Restore from a backup"),
                tr("A laptop was lost or replaced, and you have its backup file."),
                self.show_restore,
            ),
            (
                "recover_scheme",
                tr("Use a recovery sheet"),
                tr("The office's laptops were lost: take the scheme up again."),
                self.show_recover,
            ),
        ):
            button = PrimaryButton(text)
            button.setObjectName(name)
            button.setAccessibleDescription(hint)
            button.setMinimumWidth(theme.px(13))
            button.clicked.connect(action)
            if name == "join_scheme":
                self._first = button
            elif name == "try_example":
                self._example = button
            row = QHBoxLayout()
            row.setSpacing(16)
            row.addWidget(button)
            row.addWidget(Body(hint, role="hint"), 1)
            page.column.addLayout(row)
        self.problem = Body("", role="error")
        self.problem.hide()
        page.column.addWidget(self.problem)
        page.column.addStretch(1)
        return page

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self._first.setFocus()

    def show_start(self) -> None:
        """Show the page for starting a scheme."""
        self.setCurrentWidget(self._start)
        self._start.scheme.box.setFocus()

    def show_join(self) -> None:
        """Show the page for joining one."""
        self.setCurrentWidget(self._join)
        self._join.invitation.box.setFocus()

    def show_restore(self) -> None:
        """Show the page for restoring a backup."""
        if self._restore is None:
            from ui.starting.restore_first import RestoreFirst

            self._restore = RestoreFirst(self._folder)
            self._restore.opened.connect(self.opened)
            self._restore.back.connect(lambda: self.setCurrentWidget(self._choices))
            self.addWidget(self._restore)
        self.setCurrentWidget(self._restore)
        self._restore.form.file.box.setFocus()

    def show_recover(self) -> None:
        """Show the page on which a scheme is taken up again."""
        if self._recover is None:
            from ui.starting.recover_first import RecoverFirst

            self._recover = RecoverFirst(self._folder)
            self._recover.opened.connect(self.opened)
            self._recover.back.connect(lambda: self.setCurrentWidget(self._choices))
            self.addWidget(self._recover)
        self.setCurrentWidget(self._recover)
        self._recover.lines.boxes[0].setFocus()

    def try_example(self) -> None:
        """Open the practice scheme, made from the bundled example on first use. It has no shared file."""
        from icv_app.examples.practice import open_practice

        _attempt(self, self.problem, self._example, tr("Opening…"), lambda: open_practice(self._folder))


class _StepPage(Page):
    """One first-run form: questions, a passphrase, a button and Back."""

    opened = Signal(object)
    back = Signal()

    def __init__(self, title: str, button: str, folder: Path) -> None:
        super().__init__(title)
        self.folder = folder
        self._told = ""  # of which place the notes were shown
        self.passphrase = NewPassphrase()
        self.problem = Body("", role="error")
        self.problem.hide()
        self.button = PrimaryButton(button)
        self.button.setObjectName("go")
        self.button.clicked.connect(self.go)
        self.passphrase.entered.connect(self.go)
        self.return_button = SecondaryButton(tr("Back"))
        self.return_button.clicked.connect(self.back)

    def finish(self) -> None:
        """Put the passphrase and the buttons below the questions."""
        row = QHBoxLayout()
        row.addWidget(self.return_button)
        row.addWidget(self.button)
        row.addStretch(1)
        self.column.addWidget(self.passphrase)
        self.column.addWidget(self.problem)
        self.column.addLayout(row)
        self.column.addStretch(1)

    def refuse(self, words: str, box: QLineEdit) -> None:
        """Say what has to be mended first, above the box concerned, and go to that box."""
        _tell(self.problem, words)
        holder = box.parentWidget()
        assert holder is not None
        at = self.column.indexOf(holder if self.column.indexOf(holder) >= 0 else self.passphrase)
        self.column.removeWidget(self.problem)
        self.column.insertWidget(at, self.problem)
        box.setFocus()
        QTimer.singleShot(0, self, lambda: self.ensureWidgetVisible(self.problem))  # once it has its place

    def to_buttons(self) -> None:
        """Have what went wrong shown above the buttons, where the person is looking."""
        self.column.removeWidget(self.problem)
        self.column.insertWidget(self.column.indexOf(self.passphrase) + 1, self.problem)
        QTimer.singleShot(0, self, lambda: self.ensureWidgetVisible(self.button))

    def fit(self, hub: Asked) -> bool:
        """Try the folder of the shared file that was chosen, and return whether to go on. Notes are shown once."""
        place = Path(hub.text())
        if not hub.text() or hub.text() == self._told or not place.parent.is_dir():
            return True
        from icv_app.sharing.probe import probe

        try:
            with waiting(self.button, tr("Trying the folder…")):
                found = probe(place.parent)
        except IcvError:  # it has just gone: sharing will say so
            return True
        if found.clean:
            return True
        self._told = hub.text() if found.usable else ""
        again = tr("Press the button again to go ahead.")
        self.refuse(f"{found.words}\n{again}" if found.usable else found.words, hub.box)
        return False

    def go(self) -> None:
        """Do it; each page has its own."""
        raise NotImplementedError


class _StartPage(_StepPage):
    def __init__(self, folder: Path) -> None:
        super().__init__(tr("Start a scheme"), tr("Start the scheme"), folder)
        self.scheme = Asked("scheme", tr("Name of the scheme"), tr("As it should stand on the reports."))
        self.person = Asked("person", tr("Your reference"), tr("A code such as OFFICE1 or ICV01. Not a name."))
        self.role = StillBox()
        self.role.setObjectName("role")
        for code, words in ROLES:
            self.role.addItem(tr(words), code)
        self.role.setAccessibleName(tr("Your role"))
        self.role.setMaximumWidth(theme.px(20))
        label = Question(tr("Your role"))
        label.setBuddy(self.role)
        self.hub = Asked(
            "hub", tr("Where the shared file will be (optional)"),
            tr("A folder that everyone's laptop can reach. You can choose it later."), _new_hub,
        )  # fmt: skip
        for widget in (self.scheme, self.person, label, self.role, self.hub):
            self.column.addWidget(widget)
        self.finish()

    def go(self) -> None:
        from icv_app.laptop import Laptop

        if not self.scheme.text() or not self.person.text():
            box = self.person.box if self.scheme.text() else self.scheme.box
            self.refuse(tr("Give the scheme a name and yourself a reference"), box)
            return
        if words := self.passphrase.problem():
            self.refuse(words, self.passphrase.first.box)
            return
        if not self.fit(self.hub):
            return
        _attempt(self, self.problem, self.button, tr("Starting…"), lambda: Laptop.start(
            self.folder, scheme=self.scheme.text(), person=self.person.text(), role=self.role.currentData(),
            passphrase=self.passphrase.text(), hub=Path(self.hub.text()) if self.hub.text() else None,
        ))  # fmt: skip


class _JoinPage(_StepPage):
    def __init__(self, folder: Path) -> None:
        super().__init__(tr("Join a scheme"), tr("Join the scheme"), folder)
        self.invitation = Asked(
            "invitation",
            tr("Invitation file"),
            tr("The file that the office gave you; its name ends in .icvinvite."),
            _invitation_file,
        )
        self.invitation_passphrase = PassphraseBox(
            tr("The invitation's passphrase"), tr("The office tells you this by telephone.")
        )
        self.invitation_passphrase.box.setObjectName("invitation_passphrase")
        self.hub = Asked(
            "hub",
            tr("The shared file (optional)"),
            tr("Ask the office where it is. You can choose it later."),
            _existing_hub,
        )
        for widget in (self.invitation, self.invitation_passphrase, self.hub):
            self.column.addWidget(widget)
        self.finish()

    def go(self) -> None:
        from icv_app.laptop import Laptop

        if not self.invitation.text():
            self.refuse(tr("Choose the invitation file"), self.invitation.box)
            return
        if words := self.passphrase.problem():
            self.refuse(words, self.passphrase.first.box)
            return
        if not self.fit(self.hub):
            return
        _attempt(self, self.problem, self.button, tr("Joining…"), lambda: Laptop.join(
            self.folder, invitation=Path(self.invitation.text()),
            invitation_passphrase=self.invitation_passphrase.text(), passphrase=self.passphrase.text(),
            hub=Path(self.hub.text()) if self.hub.text() else None,
        ))  # fmt: skip


def _attempt(
    page: "WelcomePage | _StepPage", problem: Body, button: QPushButton, words: str, make: "Callable[[], Laptop]"
) -> None:
    problem.hide()
    if isinstance(page, _StepPage):
        page.ensureWidgetVisible(button)  # Enter may have come from a box above, with the button out of sight
    try:
        with waiting(button, words):
            laptop = make()
    except IcvError as error:
        if isinstance(page, _StepPage):
            page.to_buttons()
        _tell(problem, messages.words(error))
    else:
        page.opened.emit(laptop)


def _tell(problem: Body, words: str) -> None:
    problem.setText(words)
    problem.show()
    announce(problem, words, urgent=True)


def _new_hub(parent: QWidget) -> str:
    chosen = messages.choose_hub(parent)
    return "" if chosen is None else str(chosen)


def _existing_hub(parent: QWidget) -> str:
    return messages.choose_file(parent, tr("The shared file"), tr(messages.HUB_KINDS))


def _invitation_file(parent: QWidget) -> str:
    return messages.choose_file(parent, tr("Invitation file"), tr(INVITATION_KINDS))
