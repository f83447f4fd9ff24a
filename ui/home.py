"""The home page: begin a report, go on with a draft, see what is due and what has been shared."""

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal, SignalInstance
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout

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
        self.status = ShareStatus()
        self.column.addWidget(self.status)
        self.column.addWidget(Heading("Drafts", level=2))
        self._drafts = QVBoxLayout()
        self.column.addLayout(self._drafts)
        self.column.addWidget(Heading("Start a report", level=2))
        self._forms = QGridLayout()
        self._forms.setSpacing(12)
        for number, (name, title) in enumerate(laptop.forms()):
            button = SecondaryButton(title)
            button.setObjectName(f"begin_{name}")
            button.clicked.connect(self._beginner(name))
            self._forms.addWidget(button, number // 2, number % 2)
        self.column.addLayout(self._forms)
        self.column.addWidget(Heading("What is due", level=2))
        self._due = QVBoxLayout()
        self._due.setSpacing(6)
        self.column.addLayout(self._due)
        self.column.addStretch(1)
        self.refresh()

    def _beginner(self, name: str) -> "_Emit":
        return _Emit(self.begin, name)

    def refresh(self) -> None:
        """Read drafts, what is due and what is shared again."""
        now = self._laptop.clock.now()
        self.status.show_state(self._laptop.sharing(), now)
        empty(self._drafts)
        titles = dict(self._laptop.forms())
        drafts = self._laptop.drafts()
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
            throw.setAccessibleName(f"Delete the draft {title}{where}")
            throw.clicked.connect(_Emit(self.discard, draft.draft))
            row.addWidget(words, 1)
            row.addWidget(go_on)
            row.addWidget(throw)
            self._drafts.addLayout(row)
        if not drafts:
            self._drafts.addWidget(Body("No report is waiting to be finished.", role="hint"))
        empty(self._due)
        due = self._laptop.due(now.date())
        for item in due[:MOST_DUE]:
            self._due.addWidget(Body(item.words))
        if len(due) > MOST_DUE:
            self._due.addWidget(Body(f"and {len(due) - MOST_DUE} more on the page Coverage", role="hint"))
        if not due:
            self._due.addWidget(Body("Nothing is due that has not been done.", role="hint"))


class _Emit:
    """Emits a signal with a value fixed beforehand, as a button's slot."""

    def __init__(self, signal: SignalInstance, value: str) -> None:
        self._signal = signal
        self._value = value

    def __call__(self) -> None:
        self._signal.emit(self._value)
