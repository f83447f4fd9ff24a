"""The last page of a form: everything that stands in the way of sending it, or that nothing does."""

from collections.abc import Iterator
from itertools import groupby

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from forms.form import Place
from forms.problem import Problem
from forms.translation import later, plural, tr
from ui.form_filling.comments_card import CommentsCard
from ui.form_filling.filling import Filling
from ui.form_filling.findings_card import FindingsCard
from ui.form_filling.worth_raising import WorthRaising
from ui.widgets import theme
from ui.widgets.announcing import announce
from ui.widgets.correction_reason import CorrectionReason
from ui.widgets.laid_out_once import laid_out_once
from ui.widgets.link import Link
from ui.widgets.reading_column import ReadingColumn
from ui.widgets.text import Body, Heading

ALL_WELL = later("Nothing is missing. The report can be sent.")
WHAT_SENDING_DOES = later(
    "Sending keeps the finished report on this laptop. It reaches the others of the scheme when the laptop next shares."
)


class CheckPage(ReadingColumn):
    """Lists every problem as a link; `wanted` carries the Place to go to. What is put right leaves the list.

    `clear` says, after a change, whether the report can be sent. `rearranged`: the order of Tab has to be set again.
    """

    wanted = Signal(object)
    rearranged = Signal()
    clear = Signal(bool)
    settled = Signal()  # what had the focus is gone

    def __init__(
        self, filling: Filling, titles: dict[str, str], *, corrects: str = "", parent: QWidget | None = None
    ) -> None:
        super().__init__(spacing=1.0, parent=parent)
        self._filling = filling
        self._titles = titles
        self._shown: tuple[tuple[tuple[Place, str, str], ...], bool] | None = None
        self.links: list[Link] = []
        column = self.column
        self.position = Body(role="hint")
        head = QVBoxLayout()
        head.setSpacing(theme.px(0.3))
        head.addWidget(self.position)
        head.addWidget(Heading(tr("Check and send")))
        column.addLayout(head)
        self.failure = Body(role="error")
        self.failure.setObjectName("send_failure")
        self.failure.hide()
        column.addWidget(self.failure)
        self.comments = CommentsCard(filling)
        self.comments.wanted.connect(self.wanted)
        column.addWidget(self.comments)
        self.box = QFrame()
        self._inside = QVBoxLayout(self.box)
        self._inside.setContentsMargins(theme.px(1.2), theme.px(1), theme.px(1.2), theme.px(1.2))
        self._inside.setSpacing(theme.px(0.25))
        self.heading = Heading("", level=2)
        self.heading.setObjectName("check_heading")
        self._inside.addWidget(self.heading)
        self.words = Body()
        self._inside.addWidget(self.words)
        self._list = QVBoxLayout()
        self._list.setSpacing(theme.px(0.1))
        self._inside.addLayout(self._list)
        column.addWidget(self.box)
        self.findings = FindingsCard(filling)
        self.findings.wanted.connect(self.wanted)
        self.findings.rearranged.connect(self.rearranged)
        self.findings.settled.connect(self._settle)
        column.addWidget(self.findings)
        self.worth = WorthRaising(filling)
        self.worth.wanted.connect(self.wanted)
        self.worth.rearranged.connect(self.rearranged)
        column.addWidget(self.worth)
        self.correction = CorrectionReason(corrects, filling.draft, returned=bool(filling.comments.every))
        column.addWidget(self.correction)
        column.addStretch(1)
        filling.changed.connect(self._look_again)

    def show_position(self, words: str) -> None:
        """Say which section of how many this is."""
        self.position.setText(words)

    def show_failure(self, words: str) -> None:
        """Say that sending did not work, and read it out; "" takes the words away."""
        self.failure.setText(tr("Not sent. {why}", why=words) if words else "")
        self.failure.setVisible(bool(words))
        if words:
            announce(self.failure, self.failure.text(), urgent=True)

    def refresh(self) -> bool:
        """Check the draft again and show what was found; return whether nothing stands in the way of sending."""
        problems = self._filling.check()
        findings = self.findings.refresh()
        self.worth.refresh()
        now = (tuple((problem.place, problem.label, problem.message) for problem in problems), bool(findings))
        if now != self._shown:
            self._shown = now
            with laid_out_once(self.box):
                self._show(problems)
            self.box.setVisible(bool(problems) or not findings)
            self.rearranged.emit()
        return not problems and not findings

    def _look_again(self) -> None:
        if self.isVisible():
            self.clear.emit(self.refresh())

    def _settle(self) -> None:
        self.clear.emit(self.refresh())
        self.rearranged.emit()
        self.settled.emit()

    def inputs(self) -> Iterator[QWidget]:
        """Yield what takes the focus, in the order of Tab."""
        yield from self.comments.links
        yield from self.links
        yield from self.findings.inputs()
        yield from self.worth.inputs()
        yield from self.correction.inputs()

    def _show(self, problems: tuple[Problem, ...]) -> None:
        self.setUpdatesEnabled(False)
        while (item := self._list.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        self.links = []
        count = len(problems)
        if count:
            self.heading.setText(
                plural("There is {count} answer to put right", "There are {count} answers to put right", count)
            )
            self.words.setText(tr("Choose one to go to its question. It leaves this list when it is put right."))
        else:
            self.heading.setText(tr(ALL_WELL))
            self.words.setText(tr(WHAT_SENDING_DOES))
        self._set_card("error" if count else "good")
        for section, found in groupby(problems, key=lambda problem: problem.section):
            heading = Heading(self._titles.get(section, ""), level=3)
            heading.setContentsMargins(0, theme.px(0.7), 0, 0)
            self._list.addWidget(heading)
            heading.show()
            for problem in found:
                link = self._link(problem)
                self._list.addWidget(link)
                link.show()  # now, so that it can take the focus before the next round of events
        self.setUpdatesEnabled(True)

    def _link(self, problem: Problem) -> Link:
        where = ""
        if problem.place.repeat:
            where = tr("{row}: ", row=self._filling.draft.row_title(problem.place.repeat, problem.place.row))
        label = problem.label or problem.place.name
        words = problem.message
        if not problem.says_question:
            words = (
                tr("{question} {problem}", question=label, problem=problem.message)
                if label.endswith("?")
                else tr("{question}: {problem}", question=label, problem=problem.message)
            )
        link = Link(tr("{where}{words}", where=where, words=words) if where else words, error=True)
        link.setObjectName(f"problem_{problem.place.name}")
        link.clicked.connect(_Going(self, problem.place))
        self.links.append(link)
        return link

    def _set_card(self, kind: str) -> None:
        self.box.setProperty("card", kind)
        self.box.style().unpolish(self.box)
        self.box.style().polish(self.box)

    def speak(self) -> None:
        """Have the outcome read out."""
        told = [self.heading.text()] if not self.box.isHidden() else []
        told += [self.findings.heading.text()] if self.findings.lines else []
        announce(self.heading, ". ".join(told), urgent=bool(self.links))


class _Going:
    """A link's slot: goes to a fixed place."""

    def __init__(self, page: CheckPage, place: Place) -> None:
        self._page = page
        self._place = place

    def __call__(self) -> None:
        self._page.wanted.emit(self._place)
