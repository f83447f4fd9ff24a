"""Locking a laptop out, for the office: what happens then in plain words, since when, and why."""

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget

from forms.translation import tr
from icv_app.errors import IcvError
from icv_app.profiles import access
from ui.widgets import messages, theme
from ui.widgets.alone import AlonePage
from ui.widgets.buttons import WarningButton
from ui.widgets.choice_button import RadioChoice
from ui.widgets.stacking_layout import StackingLayout
from ui.widgets.text import Body, Heading, Question
from ui.widgets.typed_day import typed_day
from ui.widgets.waiting import waiting

if TYPE_CHECKING:
    from datetime import datetime

    from icv_app.laptop import Laptop


class LockOutPage(AlonePage):
    """`done` carries what to say once it is done."""

    done = Signal(str)

    def __init__(self, laptop: "Laptop", device: str) -> None:
        self._access = access.named(laptop.store, device)
        super().__init__(tr("Lock out a laptop"))
        self._laptop = laptop
        self.column.addWidget(
            Body(tr("The laptop {id} of {person}.", id=self._access.short, person=self._access.person), role="strong")
        )
        self.column.addWidget(Heading(tr("Since when can it not be trusted?"), level=2))
        holder = QWidget()
        column = QVBoxLayout(holder)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.px(0.4))
        self.choices: dict[str, RadioChoice] = {}
        for code, words in (
            ("now", tr("From now on. What it shared so far counts.")),
            ("today", tr("Since the beginning of today.")),
            ("day", tr("Since a day that I enter below.")),
        ):
            choice = RadioChoice(words)
            choice.setObjectName(f"since={code}")
            choice.setMaximumWidth(theme.px(34))
            choice.toggled.connect(self._tell_what)
            choice.stepped.connect(partial(self._step, code))
            column.addWidget(choice)
            self.choices[code] = choice
        self.column.addWidget(holder)
        self.day = self._box("since_day", tr("The day, such as 3/4/26"))
        self.day.textChanged.connect(self._tell_what)
        self.reason = self._box("lock_reason", tr("Why? It stands in the log. Name nobody."))
        self.column.addWidget(Heading(tr("What happens"), level=2))
        self.meaning = Body("")
        self.meaning.setObjectName("meaning")
        self.column.addWidget(self.meaning)
        self.button = WarningButton(tr("Lock it out"))
        self.button.setObjectName("lock_it_out")
        self.button.clicked.connect(self.lock_out)
        row = StackingLayout()
        row.addWidget(self.button)
        self.column.addLayout(row)
        self.column.addStretch(1)
        self.choices["now"].setChecked(True)
        self.watch(laptop.store, f"lock_out {device}")

    def _step(self, code: str, by: int) -> None:
        codes = list(self.choices)
        choice = self.choices[codes[(codes.index(code) + by) % len(codes)]]
        choice.setChecked(True)
        choice.setFocus()

    def _box(self, name: str, question: str) -> QLineEdit:
        box = QLineEdit()
        box.setObjectName(name)
        box.setAccessibleName(question)
        box.setMaximumWidth(theme.px(34))
        label = Question(question)
        label.setBuddy(box)
        self.column.addWidget(label)
        self.column.addWidget(box)
        return box

    def since(self) -> "datetime | None":
        """Return from when on it does not count, None for now. Raises InvalidInput("no_date")."""
        today = self._laptop.clock.today()
        if self.choices["now"].isChecked():
            return None
        day = today if self.choices["today"].isChecked() else typed_day(self.day.text(), today)
        return access.day_of(day.isoformat() if day else "?", today)

    def _tell_what(self, *_state: object) -> None:
        store = self._laptop.store
        try:
            since = self.since()
            lost = access.loss(store, self._laptop.doorkeeper, self._access.device, since)
        except IcvError as error:
            self.meaning.setText(messages.words(error) if self.day.text() else tr("Enter the day."))
            return
        self.meaning.setText("\n".join(access.revoke_words(self._access, lost, since)))

    def lock_out(self) -> None:
        """Lock it out, after asking."""
        laptop, device = self._laptop, self._access.device
        try:
            since = self.since()
        except IcvError as error:
            self.tell(messages.words(error), failed=True)
            self.day.setFocus()
            return
        question = tr("Lock out the laptop {id} of {person}? This cannot be undone.", id=self._access.short,
                      person=self._access.person)  # fmt: skip
        if not messages.ask(self, question, yes=tr("Lock it out"), no=tr("Leave it in")):
            return
        try:
            with waiting(self.button, tr("Locking out…")):
                access.revoke(laptop.store, laptop.doorkeeper, device, since, self.reason.text())
        except IcvError as error:
            self.tell(messages.words(error), failed=True)
        else:
            self.settle()
            self.done.emit(tr("It is locked out. Share now, so that every laptop knows it."))
