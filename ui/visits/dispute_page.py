"""What two people entered differently: the list of records, and the page on which one of them is settled."""

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QWidget

from forms.translation import plural, tr
from ui.visits.disputed_answer import DisputedAnswer
from ui.widgets import theme
from ui.widgets.alone import AlonePage
from ui.widgets.announcing import announce
from ui.widgets.buttons import PrimaryButton, SecondaryButton
from ui.widgets.line_of_work import LineOfWork
from ui.widgets.stacking_layout import StackingLayout
from ui.widgets.text import Body

if TYPE_CHECKING:
    from icv_app.records.dispute import Dispute


class DisputesPage(AlonePage):
    """Lists the records in dispute; `chosen` carries the number of one in the list."""

    chosen = Signal(int)

    def __init__(self, found: "Sequence[Dispute]") -> None:
        super().__init__(tr("Differing entries"))
        self.column.addWidget(
            Body(
                tr(
                    "Two people changed the same answer without having seen each other’s change. Every value is kept. "
                    "Somebody has to choose; until then the later one is shown."
                )
                if found
                else tr("Nobody’s entries differ. There is nothing to choose.")
            )
        )
        for number, dispute in enumerate(found):
            line = LineOfWork(tr("{record}. {words}.", record=dispute.label, words=dispute.words))
            button = line.add(PrimaryButton(tr("Look and choose")), "choose")
            button.setAccessibleName(tr("Look and choose: {record}", record=dispute.label))
            button.clicked.connect(lambda _=False, wanted=number: self.chosen.emit(wanted))
            self.column.addWidget(line)
        self.column.addStretch(1)


class DisputePage(AlonePage):
    """One record: every disputed answer, to be chosen. `settled` comes when each has a choice."""

    settled = Signal()
    read_wanted = Signal()

    def __init__(self, dispute: "Dispute", *, readable: bool) -> None:
        super().__init__(tr("Choose between entries"))
        self.dispute = dispute
        if readable:
            read = SecondaryButton(tr("Read the report"))
            read.setObjectName("read_report")
            read.clicked.connect(self.read_wanted)
            self.add_action(read)
        self.column.addWidget(Body(dispute.label, role="strong"))
        intro = plural(
            "Two people entered this answer differently. Choose which one is right. Both stay in the record’s history.",
            "Two people entered these {count} answers differently. Choose which ones are right. All of them stay in "
            "the record’s history.",
            len(dispute.fields),
        )
        self.column.addWidget(Body(intro))
        self.answers = [DisputedAnswer(field) for field in dispute.fields]
        for answer in self.answers:
            answer.moved.connect(self._follow)
            self.column.addWidget(answer)
        self.failure = Body(role="error")
        self.failure.setObjectName("settle_failure")
        self.failure.hide()
        self.column.addWidget(self.failure)
        holder = QWidget()
        row = StackingLayout(holder, gap=theme.px(0.6))
        settle = PrimaryButton(tr("Keep what I chose"))
        settle.setObjectName("settle")
        settle.setAccessibleDescription(tr("Every laptop shows it once it has shared."))
        settle.clicked.connect(self._settle)
        row.addWidget(settle)
        self.column.addWidget(Body(tr("Every laptop shows your choice once both have shared."), role="hint"))
        self.column.addWidget(holder)
        self.column.addStretch(1)

    def choices(self) -> dict[str, int | str]:
        """Return what was chosen, by the path of the answer: a number, or words of one's own."""
        chosen = ((answer.path, answer.choice()) for answer in self.answers)
        return {path: choice for path, choice in chosen if choice is not None}

    def typed(self) -> dict[str, str]:
        """Return what was chosen and what was written in words of one's own."""
        return {name: words for answer in self.answers for name, words in answer.typed().items()}

    def put_typed(self, boxes: Mapping[str, str]) -> None:
        """Choose again what `typed` returned, as far as it can still be chosen."""
        for answer in self.answers:
            answer.put_typed(boxes)

    def refuse(self, words: str) -> None:
        """Say why nothing was settled; what was chosen stays."""
        self.failure.setText(words)
        self.failure.show()
        self.ensureWidgetVisible(self.failure)
        announce(self.failure, words, urgent=True)

    def _settle(self) -> None:
        self.failure.hide()
        left = [answer for answer in self.answers if answer.choice() is None]
        for answer in left:
            answer.ask()
        if left:
            left[0].focus()
            self._follow(left[0])
        else:
            self.settled.emit()

    def _follow(self, widget: QWidget) -> None:
        QTimer.singleShot(0, widget, lambda: self.ensureWidgetVisible(widget, 0, theme.px(2)))
