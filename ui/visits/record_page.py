"""One report, read only: its answers in the words of its form, what both visitors say of it, and its versions."""

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QGridLayout, QWidget

from forms.translation import tr
from icv_app.records.answer import beside
from ui.visits.return_box import ReturnBox
from ui.visits.sign_off_box import SignOffBox
from ui.widgets.alone import AlonePage
from ui.widgets.buttons import SecondaryButton
from ui.widgets.fixed_call import FixedCall
from ui.widgets.link import Link
from ui.widgets.text import Body, Heading

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from icv_app.records.reading import Reading
    from icv_app.records.to_and_fro import Said


class RecordPage(AlonePage):
    """Shows a `Reading`; the signals ask for what can be done with it. `whole` is False for an earlier version."""

    signed = Signal(bool, str)  # whether the person agrees, and else how they see it
    correct_wanted = Signal()
    pdf_wanted = Signal()
    version_wanted = Signal(str)  # a revision, in hexadecimal
    log_wanted = Signal()
    settle_wanted = Signal()
    return_wanted = Signal()
    accept_wanted = Signal()

    def __init__(self, reading: "Reading", *, whole: bool = True, office: bool = False) -> None:
        super().__init__(reading.title)
        self.key = reading.key
        self.box: SignOffBox | None = None
        self.return_box: ReturnBox | None = None
        if whole:
            actions = [("save_pdf", tr("Save as PDF…"), self.pdf_wanted)]
            if not reading.disputed:  # choosing comes first: a correction would choose unseen
                actions.append(("correct", tr("Correct this report…"), self.correct_wanted))
            for name, text, signal in actions:
                button = SecondaryButton(text)
                button.setObjectName(name)
                button.clicked.connect(signal)
                self.add_action(button)
            if office and not reading.disputed:
                self._add_oversight(reading)
        if reading.said.stands and not any(each.waits for each in reading.said.returns):
            self.column.addWidget(Body(reading.said.stands, role="strong"))
        for each in reading.said.returns:
            if each.waits:  # what is asked for now, before the report that it is about
                self._add_return(each)
        for words in reading.notes:
            self.column.addWidget(Body(words, role="error" if whole else "strong"))
        if reading.disputed:
            link = Link(tr("Look at both and choose"))
            link.setObjectName("settle_dispute")
            link.clicked.connect(self.settle_wanted)
            self.column.addWidget(link)
        if reading.asked:
            self._ask_to_read()
        for section in reading.sections:
            self._add_section(section.title, section.answers)
        if reading.entries or reading.asked:
            self._add_entries(reading)
        if reading.said.accepted or any(not each.waits for each in reading.said.returns):
            self._add_said(reading)
        if reading.history:
            self._add_versions(reading)
        if office and whole:
            link = Link(tr("Who has read and changed this"))
            link.setObjectName("show_log")
            link.clicked.connect(self.log_wanted)
            self.column.addWidget(link)
        self.column.addStretch(1)

    def _add_oversight(self, reading: "Reading") -> None:
        actions = [("return_report", tr("Return for correction…"), self.return_wanted)]
        if reading.said.state != "accepted":
            actions.append(("accept_report", tr("Accept this report"), self.accept_wanted))
        for name, text, signal in actions:
            button = SecondaryButton(text)
            button.setObjectName(name)
            button.clicked.connect(signal)
            self.add_action(button)

    def typed(self) -> dict[str, str]:
        """Return what is being said of the report: a visitor's own words, or the comments of the office."""
        said = self.box.typed() if self.box is not None else {}
        return said | (self.return_box.typed() if self.return_box is not None else {})

    def put_typed(self, boxes: "Mapping[str, str]") -> None:
        """Open the box again in which it was said, with the words."""
        if self.box is not None and "dissent" in boxes:
            self.box.ask_words()
        if any(name.startswith("comment_") for name in boxes):
            self.return_wanted.emit()  # whoever shows the report opens the box: its questions are not known here
            while self.return_box is not None and f"comment_{len(self.return_box.comments) + 1}" in boxes:
                self.return_box.add()
        super().put_typed(boxes)

    def ask_comments(self, questions: "Sequence[tuple[str, str]]") -> ReturnBox:
        """Open the box in which the office says what is to be put right, above the report; return it."""
        if self.return_box is None:
            self.return_box = ReturnBox(questions)
            self.return_box.grew.connect(self._show_part)
            self.return_box.closed.connect(self._close_return)
            self.column.insertWidget(3, self.return_box)
            self.return_box.show()
        self.return_box.focus_first()
        self._show_part(self.return_box)
        return self.return_box

    def _close_return(self) -> None:
        if self.return_box is not None:
            self.return_box.hide()
            self.return_box.deleteLater()
            self.return_box = None
            self.note_all_saved()
            self.back.setFocus()

    def _show_part(self, widget: QWidget) -> None:
        QTimer.singleShot(0, widget, lambda: self.ensureWidgetVisible(widget, 0, 0))

    def _add_said(self, reading: "Reading") -> None:
        self.column.addWidget(Heading(tr("Between the office and the visitors"), level=2))
        for each in reading.said.returns:
            if not each.waits:
                self._add_return(each)
        for words in reading.said.accepted:
            self.column.addWidget(Body(words))

    def _add_return(self, each: "Said") -> None:
        self.column.addWidget(Body(each.said, role="strong" if each.waits else ""))
        for question, words in each.comments:
            comment = Body(beside(question, words))
            comment.setObjectName("comment")
            comment.setContentsMargins(24, 0, 0, 0)
            self.column.addWidget(comment)
        for words in each.outcome:
            outcome = Body(words)
            outcome.setObjectName("outcome")
            self.column.addWidget(outcome)

    def _ask_to_read(self) -> None:
        self.column.addWidget(Body(tr("You are named as a visitor in this report. Please read it."), role="strong"))
        link = Link(tr("Go to the end, to say whether you agree"))
        link.setObjectName("go_to_sign")
        link.clicked.connect(self._go_to_sign)
        self.column.addWidget(link)

    def _go_to_sign(self) -> None:
        if self.box is not None:
            self.box.agree.setFocus()
            self.ensureWidgetVisible(self.box)

    def _add_section(self, title: str, answers: tuple[tuple[str, str], ...]) -> None:
        self.column.addWidget(Heading(title, level=2))
        grid = QGridLayout()
        grid.setHorizontalSpacing(24)
        grid.setVerticalSpacing(6)
        grid.setColumnStretch(0, 2)
        grid.setColumnStretch(1, 3)
        for line, (question, answer) in enumerate(answers):
            for column, words in enumerate((Body(question, role="hint"), Body(answer))):
                words.setAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop)
                grid.addWidget(words, line, column)
        self.column.addLayout(grid)

    def _add_entries(self, reading: "Reading") -> None:
        self.column.addWidget(Heading(tr("What the visitors say"), level=2))
        for entry in reading.entries:
            said = Body(entry.said)
            said.setObjectName("entry")
            self.column.addWidget(said)
            if entry.words:
                words = Body(entry.words, role="strong")
                words.setContentsMargins(24, 0, 0, 0)
                self.column.addWidget(words)
        if reading.asked:
            self.box = SignOffBox()
            self.box.given.connect(self.signed)
            self.box.grew.connect(self._follow_box)
            self.column.addWidget(self.box)

    def _add_versions(self, reading: "Reading") -> None:
        self.column.addWidget(Heading(tr("Saved versions"), level=2))
        if not reading.versions:
            for words in reading.history:
                self.column.addWidget(Body(words))
        for number, version in enumerate(reading.versions):
            self.column.addWidget(Body(version.said))
            for change in version.changes:
                words = tr(
                    "{question} Before: {before}. Now: {after}.",
                    question=change.question, before=change.before, after=change.after,
                )  # fmt: skip
                said = Body(words, role="hint")
                said.setContentsMargins(24, 0, 0, 0)
                said.setObjectName("change")
                self.column.addWidget(said)
            if number < len(reading.versions) - 1:
                show = Link(tr("Show this version"))
                show.setObjectName("show_version")
                show.setAccessibleName(tr("Show the version of {when}", when=version.said))
                show.clicked.connect(FixedCall(self.version_wanted.emit, version.rev.hex()))
                self.column.addWidget(show)

    def _follow_box(self) -> None:
        """Bring the words that are being typed onto the screen, once the page has made room for them."""
        QTimer.singleShot(0, self, self._show_box)

    def _show_box(self) -> None:
        if self.box is not None:
            self.ensureWidgetVisible(self.box, 0, 0)
            self.ensureWidgetVisible(self.box.words, 0, 0)
