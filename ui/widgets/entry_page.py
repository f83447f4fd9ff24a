"""A page shown alone on which one thing is entered or put right: questions, a button, what is wrong at the top."""

from datetime import date
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from forms.translation import tr
from icv_app.errors import IcvError
from ui.widgets import messages, theme
from ui.widgets.alone import AlonePage
from ui.widgets.asked_choice import AskedChoice
from ui.widgets.asked_line import AskedLine
from ui.widgets.buttons import PrimaryButton
from ui.widgets.choice_button import TickChoice
from ui.widgets.stacking_layout import StackingLayout
from ui.widgets.typed_day import EXAMPLE, typed_day

if TYPE_CHECKING:
    from icv_app.laptop import Laptop


class EntryPage(AlonePage):
    """`saved` follows with words on what was done. Each asks, calls `finish`, and has a `keep` of its own."""

    saved = Signal(str)

    def __init__(self, title: str, laptop: "Laptop") -> None:
        super().__init__(title)
        self.laptop = laptop
        self.at: dict[str, QWidget] = {}
        """Where the focus goes, by the code of what is wrong."""
        self.held_as = ""
        """What tells the page from every other where its title does not (`watch`)."""

    def keep(self) -> str:
        """Save what was entered and return words on it. Raises IcvError with what is wrong."""
        raise NotImplementedError

    def ask(self, name: str, question: str, hint: str = "", value: str = "") -> AskedLine:
        """Ask for one line of text."""
        asked = AskedLine(name, question, hint)
        asked.box.setText(value)
        asked.box.returnPressed.connect(self.save)
        self.column.addWidget(asked)
        return asked

    def ask_day(self, name: str, question: str, hint: str | None = None, value: date | None = None) -> AskedLine:
        """Ask for a day, written as in every report. `hint` None: an example of one."""
        written = f"{value.day}/{value.month}/{value.year}" if value else ""
        return self.ask(name, question, tr(EXAMPLE) if hint is None else hint, written)

    def day(self, asked: AskedLine) -> date | None:
        """Return the day that was entered, None for none. Raises InvalidInput("no_date"), with the focus on its box."""
        try:
            return typed_day(asked.text(), self.laptop.clock.today())
        except IcvError:
            asked.box.setFocus()
            raise

    def choose(self, name: str, question: str, choices: list[tuple[str, str]], chosen: str = "") -> AskedChoice:
        """Ask for one of several."""
        asked = AskedChoice(name, question)
        asked.offer(choices, chosen)
        self.column.addWidget(asked)
        return asked

    def tick(self, name: str, words: str, *, ticked: bool = False) -> TickChoice:
        """Offer something to tick."""
        box = TickChoice(words)
        box.setObjectName(name)
        box.setChecked(ticked)
        box.setMaximumWidth(theme.px(34))
        self.column.addWidget(box)
        return box

    def finish(self, words: str, first: QWidget) -> None:
        """Put the button that saves below the questions; the focus begins at the `first` of them."""
        button = PrimaryButton(words)
        button.setObjectName("save")
        button.clicked.connect(self.save)
        row = StackingLayout()
        row.addWidget(button)
        self.column.addLayout(row)
        self.column.addStretch(1)
        self._first = first

    def begin(self) -> None:
        """Put the focus where one begins to type."""
        self.watch(self.laptop.store, self.held_as)
        self._first.setFocus()

    def save(self) -> None:
        """Save what was entered, or say at the top what is wrong with it."""
        try:
            words = self.keep()
        except IcvError as error:
            self.tell(messages.words(error), failed=True)
            if error.code in self.at:
                self.at[error.code].setFocus()
            return
        self.settle()
        self.saved.emit(words)
