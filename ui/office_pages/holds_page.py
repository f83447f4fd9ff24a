"""Legal holds, for the office: what must be kept while somebody may need it, and since when."""

from datetime import date
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget

from forms.translation import tr
from icv_app.errors import IcvError, InvalidInput
from icv_app.office import disposal
from icv_app.records.reading import KINDS
from icv_app.storage import holds
from icv_app.storage.holds import REASONS, Hold
from icv_app.wording import day_words
from ui.widgets import messages, theme
from ui.widgets.alone import AlonePage
from ui.widgets.asked_line import AskedLine
from ui.widgets.buttons import PrimaryButton, SecondaryButton
from ui.widgets.choice_button import RadioChoice
from ui.widgets.fixed_call import FixedCall
from ui.widgets.line_of_work import LineOfWork
from ui.widgets.page import empty
from ui.widgets.stacking_layout import StackingLayout
from ui.widgets.still_box import StillBox
from ui.widgets.text import Body, Heading, Question
from ui.widgets.typed_day import EXAMPLE, typed_day
from ui.widgets.under_question import under_question

if TYPE_CHECKING:
    from icv_app.laptop import Laptop


class HoldsPage(AlonePage):
    """Lists the holds, makes one, and lifts one after asking."""

    def __init__(self, laptop: "Laptop") -> None:
        super().__init__(tr("Legal holds"))
        self._laptop = laptop
        self.column.addWidget(
            Body(
                tr(
                    "What is on hold is never disposed of or erased, whatever its age. Put a hold on what a complaint, "
                    "an investigation or an inquest may need."
                )
            )
        )
        self._list = QVBoxLayout()
        self.column.addLayout(self._list)
        self.column.addWidget(Heading(tr("A new hold"), level=2))
        self.column.addWidget(Body(tr("Fill in one of the first three."), role="hint"))
        self.record = self._ask("hold_record", tr("The reference of a report"))
        self.custody_number = self._ask("hold_custody_number", tr("Or a custody number"))
        self.site = self._ask_site()
        self.first = self._ask("hold_first", tr("At the site, from (optional)"), tr(EXAMPLE))
        self.last = self._ask("hold_last", tr("At the site, to (optional)"))
        self.column.addWidget(Question(tr("Why?")))
        self.reasons: dict[str, RadioChoice] = {}
        holder = QWidget()
        column = QVBoxLayout(holder)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.px(0.4))
        for code, words in REASONS.items():
            choice = RadioChoice(tr(words))
            choice.setObjectName(f"hold_reason={code}")
            choice.setMaximumWidth(theme.px(34))
            column.addWidget(choice)
            self.reasons[code] = choice
        self.column.addWidget(holder)
        self.words = self._ask("hold_words", tr("More about it (optional). Name nobody."))
        save = PrimaryButton(tr("Put it on hold"))
        save.setObjectName("make_hold")
        save.clicked.connect(self.make)
        row = StackingLayout()
        row.addWidget(save)
        self.column.addLayout(row)
        self.column.addStretch(1)
        self.refresh()
        self.watch(laptop.store)

    def _ask_site(self) -> StillBox:
        box = StillBox()
        box.setObjectName("hold_site")
        question = tr("Or everything at a site")
        box.setAccessibleName(question)
        box.setMaximumWidth(theme.px(27))
        box.addItem(tr("no site"), "")
        for site in self._laptop.paperwork.lists()["sites"]:
            box.addItem(site.label(), site.name)
        self._place(box, question)
        return box

    def _ask(self, name: str, question: str, hint: str = "") -> QLineEdit:
        asked = AskedLine(name, question, hint)
        self.column.addWidget(asked)
        return asked.box

    def _place(self, box: QWidget, question: str, hint: str = "") -> None:
        self.column.addWidget(under_question(box, question, hint))

    def refresh(self) -> None:
        """Read the holds again."""
        empty(self._list)
        found = holds.read(self._laptop.store.connection)
        for hold in found:
            since = _told(hold.since)
            words = tr("{about}: held since {day} because of {why}.", about=hold.about, day=since, why=hold.why)
            if hold.lifted:
                words = tr("{line} Lifted {day}.", line=words, day=_told(hold.lifted))
            line = LineOfWork(words)
            if not hold.lifted:
                button = line.add(SecondaryButton(tr("Lift it…")), "lift_hold")
                button.setAccessibleName(tr("Lift the hold: {about}", about=hold.about))
                button.clicked.connect(FixedCall(self.lift, hold.key))
            self._list.addWidget(line)
            line.show()
        if not found:
            self._list.addWidget(Body(tr("Nothing is on hold."), role="hint"))

    def make(self) -> None:
        """Make the hold that was filled in, or say what is wrong with it."""
        laptop = self._laptop
        reason = next((code for code, choice in self.reasons.items() if choice.isChecked()), "")
        try:
            if not reason:
                raise InvalidInput("hold", tr("Choose why it is held."))
            disposal.hold(
                laptop.store,
                Hold(
                    key="", reason=reason, words=self.words.text().strip(), by=laptop.identity.person,
                    since=laptop.clock.today().isoformat(), record=self.record.text().strip(),
                    site=self.site.currentData(), first=self._day(self.first), last=self._day(self.last),
                    custody_number=self.custody_number.text().strip(),
                ),
            )  # fmt: skip
        except IcvError as error:
            self.tell(messages.words(error), failed=True)
            return
        key = self.record.text().strip()
        for box in (self.record, self.custody_number, self.first, self.last, self.words):
            box.clear()
        self.site.setCurrentIndex(0)
        self.note_all_saved()
        self.refresh()
        if key and all(laptop.store.current(kind, key) is None for kind in KINDS):
            words = tr(
                "On hold. But no report {key} is on this laptop: check the reference. Lift the hold if it is wrong.",
                key=key,
            )
            self.tell(words, failed=True)
        else:
            self.tell(tr("On hold. Share, so that every laptop of the office knows it."))
        self.back.setFocus()

    def _day(self, box: QLineEdit) -> date | None:
        try:
            return typed_day(box.text(), self._laptop.clock.today())
        except IcvError:
            box.setFocus()
            raise

    def lift(self, key: str) -> None:
        """Lift a hold, after asking."""
        question = tr("Lift this hold? What is due by its age may then be disposed of.")
        if messages.ask(self, question, yes=tr("Lift it"), no=tr("Keep it")):
            laptop = self._laptop
            try:
                disposal.lift(laptop.store, key, by=laptop.identity.person, today=laptop.clock.today())
            except IcvError as error:
                self.tell(messages.words(error), failed=True)
                return
            self.refresh()
            self.back.setFocus()
            self.tell(tr("Lifted."))


def _told(text: str) -> str:
    try:
        return day_words(date.fromisoformat(text[:10]))
    except ValueError:
        return text
