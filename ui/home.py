"""The home page: begin a report, go on with a draft, see what is due and what has been shared."""

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal, SignalInstance
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from ui.announcing import announce
from ui.buttons import PrimaryButton, SecondaryButton
from ui.page import Page, empty
from ui.share_status import ShareStatus, when
from ui.text import Body, Heading

if TYPE_CHECKING:
    from icv_app.laptop import Laptop

MOST_DUE = 12


class HomePage(Page):
    """What a person sees after unlocking."""

    begin = Signal(str)  # a form's name
    resume = Signal(str)  # a draft's id
    discard = Signal(str)

    def __init__(self, laptop: "Laptop") -> None:
        super().__init__(f"{laptop.identity.scheme}")
        self._laptop = laptop
        from icv_app.practice import is_practice  # storage is loaded by now, and was not before the first paint

        self.practice = is_practice(laptop)
        self.done = Body("", role="good")
        self.done.setObjectName("done")
        self.status = ShareStatus(practice=self.practice)
        self.steps = Body("")
        self.steps.setObjectName("next_steps")
        self._next = Heading("What to do next", level=2)
        for widget in (self.done, self.status, self._next, self.steps):
            self.column.addWidget(widget)
        self.column.addWidget(Heading("Drafts", level=2))
        self._drafts = QVBoxLayout()
        self.column.addLayout(self._drafts)
        self.column.addWidget(Heading("Start a report", level=2))
        self._forms = QGridLayout()
        self._forms.setSpacing(12)
        self._forms_in_order: list[QWidget] = []
        for number, (name, title) in enumerate(laptop.paperwork.forms()):
            button = SecondaryButton(title)
            button.setObjectName(f"begin_{name}")
            button.clicked.connect(self._beginner(name))
            self._forms.addWidget(button, number // 2, number % 2)
            self._forms_in_order.append(button)
        self.column.addLayout(self._forms)
        self.column.addWidget(Heading("What is due", level=2))
        self._due = QVBoxLayout()
        self._due.setSpacing(6)
        self.column.addLayout(self._due)
        self.column.addStretch(1)

    def _beginner(self, name: str) -> "_Emit":
        return _Emit(self.begin, name)

    def refresh(self) -> None:
        """Read drafts, what is due and what is shared again."""
        from icv_app.next_steps import NO_LISTS_YET, knows_sites, next_steps

        self.done.hide()
        steps = next_steps(self._laptop)
        self.steps.setText("\n".join(steps))
        self.steps.setVisible(bool(steps))
        self._next.setVisible(bool(steps))
        before: QWidget = self.status.button
        now = self._laptop.clock.now()
        self.status.show_state(self._laptop.sharing(), now)
        empty(self._drafts)
        titles = dict(self._laptop.paperwork.forms())
        drafts = self._laptop.paperwork.drafts()
        for draft in drafts:
            row = QHBoxLayout()
            title = titles.get(draft.form, draft.form)
            where = f", {draft.about}" if draft.about else ""
            words = Body(f"{title}{where}. Saved on this laptop {when(draft.saved, now)}.")
            go_on = PrimaryButton("Go on")
            go_on.setObjectName("resume")
            go_on.setAccessibleName(f"Go on with {title}{where}")
            go_on.clicked.connect(_Emit(self.resume, draft.draft))
            throw = SecondaryButton("Delete…")
            throw.setObjectName("delete_draft")
            throw.setAccessibleName(f"Delete the draft {title}{where}")
            throw.clicked.connect(_Emit(self.discard, draft.draft))
            row.addWidget(words, 1)
            row.addWidget(go_on)
            row.addWidget(throw)
            self._drafts.addLayout(row)
            # They are made later than the buttons below, but Tab comes to them first.
            QWidget.setTabOrder(before, go_on)
            QWidget.setTabOrder(go_on, throw)
            before = throw
        if not drafts:
            self._drafts.addWidget(Body("No report is waiting to be finished.", role="hint"))
        for button in self._forms_in_order:
            QWidget.setTabOrder(before, button)
            before = button
        empty(self._due)
        due = self._laptop.due(now.date())
        for item in due[:MOST_DUE]:
            self._due.addWidget(Body(item.words))
        if len(due) > MOST_DUE:
            self._due.addWidget(Body(f"and {len(due) - MOST_DUE} more on the page Coverage", role="hint"))
        if not due:
            known = knows_sites(self._laptop)
            self._due.addWidget(Body("Nothing is due that has not been done." if known else NO_LISTS_YET, role="hint"))

    def show_done(self, words: str) -> None:
        """Say what was just finished, aloud as well; it goes when the page is read again."""
        self.done.setText(words)
        self.done.show()
        announce(self.done, words)


class _Emit:
    """Emits a signal with a value fixed beforehand, as a button's slot."""

    def __init__(self, signal: SignalInstance, value: str) -> None:
        self._signal = signal
        self._value = value

    def __call__(self) -> None:
        self._signal.emit(self._value)
