"""One slot of the rota, for the office: who goes, who else might and why others may not, and what became of it."""

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from forms.translation import tr
from icv_app.errors import IcvError
from icv_app.logs import logbook
from icv_app.rotas import rota_view
from icv_app.slot_reasons import CANCELLED_BY, OF_STATUS
from icv_app.wording import listed
from ui.rotas.rota_of import rota_of
from ui.widgets import messages, theme
from ui.widgets.alone import AlonePage
from ui.widgets.asked_choice import AskedChoice, no_wider
from ui.widgets.asked_line import AskedLine
from ui.widgets.buttons import PrimaryButton, SecondaryButton
from ui.widgets.choice_button import RadioChoice
from ui.widgets.page import empty
from ui.widgets.stacking_layout import StackingLayout
from ui.widgets.text import Body, Heading, Question

if TYPE_CHECKING:
    from icv_app.laptop import Laptop

STATUSES = ("missed", "cancelled", "withdrawn")


class SlotPage(AlonePage):
    """`done` carries what is to be told on the rota. Raises InvalidInput("no_slot")."""

    done = Signal(str)

    def __init__(self, laptop: "Laptop", slot: str) -> None:
        self._laptop, self._rota, self._key = laptop, rota_of(laptop), slot
        found = self._rota.slot(slot)
        super().__init__(found.site_name)
        self.when = Body("", role="strong")
        self.state = Body("")
        self.state.setObjectName("slot_state")
        for widget in (self.when, self.state):
            self.column.addWidget(widget)
        self._pair = QWidget()
        self._make_pair(QVBoxLayout(self._pair))
        self.column.addWidget(self._pair)
        self._became = QWidget()
        self._make_became(QVBoxLayout(self._became))
        self.column.addWidget(self._became)
        self.again = SecondaryButton(tr("Plan it again"))
        self.again.setObjectName("plan_again")
        self.again.clicked.connect(self.plan_again)
        row = StackingLayout()
        row.addWidget(self.again)
        self.column.addLayout(row)
        self.column.addStretch(1)
        self.refresh()

    def _make_pair(self, column: QVBoxLayout) -> None:
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.px(0.6))
        column.addWidget(Heading(tr("Who goes"), level=2))
        self.first = AskedChoice("visitor_1", tr("First visitor"))
        self.second = AskedChoice("visitor_2", tr("Second visitor"))
        asked = QWidget()
        side = StackingLayout(asked, gap=theme.px(1.5))
        for each in (self.first, self.second):
            each.box.setMinimumContentsLength(40)  # a code with what is said of it
            side.addWidget(each)
        self.first.box.currentIndexChanged.connect(self._show_second)
        self.second.box.currentIndexChanged.connect(self._wish)
        self._wished = ""  # the second one chosen: still meant when the first list passes over the same name
        column.addWidget(asked)
        self.overrule = AskedLine(
            "overrule", tr("Why may they go all the same?"),
            tr("Somebody chosen said that they cannot go, has as many visits as they want, or goes elsewhere that "
               "week. The office alone reads the reason."),
        )  # fmt: skip
        column.addWidget(self.overrule)
        save = PrimaryButton(tr("Save the pair"))
        save.setObjectName("save_pair")
        save.clicked.connect(self.save_pair)
        self.nobody = SecondaryButton(tr("Name nobody"))
        self.nobody.setObjectName("name_nobody")
        self.nobody.clicked.connect(self.name_nobody)
        holder = QWidget()
        row = StackingLayout(holder, gap=theme.px(0.6))
        row.addWidget(save)
        row.addWidget(self.nobody)
        column.addWidget(holder)
        column.addWidget(Heading(tr("Who may not go, and why"), level=3))
        self._others = QVBoxLayout()
        self._others.setSpacing(theme.px(0.2))
        column.addLayout(self._others)

    def _make_became(self, column: QVBoxLayout) -> None:
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.px(0.6))
        column.addWidget(Heading(tr("If it is not made"), level=2))
        column.addWidget(Question(tr("What became of it?")))
        words = (
            tr("Missed: the days passed without a visit"),
            tr("Cancelled: it was called off. It still counts as scheduled"),
            tr("Withdrawn: it is not wanted any more, and does not count"),
        )
        self.statuses: dict[str, RadioChoice] = {}
        holder = QWidget()
        choices = QVBoxLayout(holder)
        choices.setContentsMargins(0, 0, 0, 0)
        choices.setSpacing(theme.px(0.35))
        for status, text in zip(STATUSES, words, strict=True):
            choice = RadioChoice(text)
            choice.setObjectName(f"became_{status}")
            choice.toggled.connect(self._show_reasons)
            choice.stepped.connect(lambda step, at=status: self._step(at, step))
            choices.addWidget(choice)
            self.statuses[status] = choice
        column.addLayout(no_wider(holder, 34))
        self._why = QWidget()
        why = QVBoxLayout(self._why)
        why.setContentsMargins(0, 0, 0, 0)
        why.setSpacing(theme.px(0.6))
        self.by = AskedChoice("cancelled_by", tr("Who called it off?"))
        self.by.offer([(code, tr(text) if code else tr("not said")) for code, text in CANCELLED_BY.items()])
        self.reason = AskedChoice("not_made_reason", tr("Why?"))
        self.words = AskedLine(
            "not_made_words", tr("More about it (optional)"), tr("It may be printed in reports. Name nobody.")
        )
        mark = PrimaryButton(tr("Save what became of it"))
        mark.setObjectName("save_became")
        mark.clicked.connect(self.mark)
        row = StackingLayout()
        row.addWidget(mark)
        for each in (self.by, self.reason, self.words):
            why.addWidget(each)
        why.addLayout(row)
        column.addWidget(self._why)

    def refresh(self) -> None:
        """Read the slot again, unless something was entered here."""
        if self.was_changed():
            return
        slot = self._rota.slot(self._key)
        (line,) = rota_view.lines(self._laptop.store, [slot], self._laptop.clock.today())
        self.when.setText(line.when)
        pair = tr("{pair}. {state}.", pair=line.pair_words, state=line.state)
        told = [pair if line.visitors else line.state]  # of a gap, its state says that nobody is named
        if line.plan is not None:
            if not self._laptop.logbook.read("plan", slot.slot):
                told.append(logbook.warning())
            told.append(
                tr("They go on {day}. Only the two and the office can read this.", day=rota_view.plan_words(line.plan))
            )
        self.state.setText(" ".join(told))
        planned = slot.status == "planned"
        self._pair.setVisible(planned)
        self._became.setVisible(planned)
        self._why.setVisible(False)
        self.again.setVisible(slot.status in STATUSES)
        self.nobody.setVisible(bool(slot.visitors))
        if planned:
            self._named = slot.visitors
            self._show_people(*(*slot.visitors, "", "")[:2])
        self.watch(self._laptop.store, f"slot {self._key}")

    # Who goes --------------------------------------------------------------------------------------------------------

    def _show_people(self, first: str, second: str) -> None:
        self._candidates = self._rota.candidates(self._key)
        self.first.offer(rota_view.choices(self._candidates, named=self._named), first)
        self._wished = second
        self._show_second()
        empty(self._others)
        kept_off = rota_view.kept_off(self._candidates)
        for words in kept_off or (tr("Everybody may go."),):
            body = Body(words, role="" if kept_off else "hint")
            self._others.addWidget(body)
            body.show()

    def _show_second(self) -> None:
        """Offer who may go with the first one, with how often the two went together."""
        beside = self.first.value()
        found = [each for each in self._rota.candidates(self._key, beside) if each.visitor != beside]
        self.second.offer(rota_view.choices(found, beside=beside, named=self._named), self._wished)
        self._show_overrule()

    def _wish(self) -> None:
        self._wished = self.second.value()
        self._show_overrule()

    def _show_overrule(self) -> None:
        named = {self.first.value(), self.second.value()}
        self.overrule.setVisible(any(each.bars for each in self._candidates if each.visitor in named))

    def save_pair(self) -> None:
        """Name the two who are chosen, or say why they cannot be named."""
        named = tuple(each for each in (self.first.value(), self.second.value()) if each)
        if not named:
            self.tell(tr("Choose the two who go."), failed=True)
            self.first.box.setFocus()
            return
        words = tr("{pair} go. Saved on this laptop; they see it once you have shared.", pair=listed(named))
        self._name(named, self.overrule.text() if self.overrule.isVisibleTo(self) else "", words)

    def name_nobody(self) -> None:
        """Take both names off."""
        words = tr("Nobody is named any more. Saved on this laptop; the others see it once you have shared.")
        self._name((), "", words)

    def _name(self, named: tuple[str, ...], overrule: str, words: str) -> None:
        try:
            self._rota.name(self._key, named, overrule=overrule)
        except IcvError as error:
            self.tell(messages.words(error), failed=True)
        else:
            self.settle()
            self.done.emit(words)

    # What became of it -----------------------------------------------------------------------------------------------

    def _step(self, status: str, step: int) -> None:
        at = (STATUSES.index(status) + step) % len(STATUSES)
        choice = self.statuses[STATUSES[at]]
        choice.setFocus()
        choice.setChecked(True)

    @property
    def status(self) -> str:
        """What is chosen to have become of it, "" while nothing is."""
        return next((status for status, choice in self.statuses.items() if choice.isChecked()), "")

    def _show_reasons(self) -> None:
        status = self.status
        self._why.setVisible(bool(status))
        if status:
            self.by.setVisible(status == "cancelled")
            reasons = [(code, tr(text)) for code, text in OF_STATUS[status].items()]
            self.reason.offer(
                [("", tr("Choose one")), *reasons], self.reason.value()
            )  # a reason nobody chose is untrue

    def mark(self) -> None:
        """Save what became of it, or say what is missing."""
        status = self.status
        if not self.reason.value():
            self.tell(tr("Choose an answer: {question}", question=tr("Why?")), failed=True)
            self.reason.box.setFocus()
            return
        try:
            by = self.by.value() if status == "cancelled" else ""
            self._rota.mark(self._key, status, self.reason.value(), by=by, words=self.words.text())
        except IcvError as error:
            self.tell(messages.words(error), failed=True)
            return
        self._tell_done()

    def plan_again(self) -> None:
        """Take back that it was missed, cancelled or withdrawn."""
        try:
            self._rota.plan_again(self._key)
        except IcvError as error:
            self.tell(messages.words(error), failed=True)
            return
        self._tell_done()

    def _tell_done(self) -> None:
        self.settle()
        (line,) = rota_view.lines(self._laptop.store, [self._rota.slot(self._key)], self._laptop.clock.today())
        self.done.emit(
            tr("{slot}: {state}. Saved on this laptop; the others see it once you have shared.",
               slot=line.where, state=line.state)
        )  # fmt: skip
