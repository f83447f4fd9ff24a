"""What the guard found, on the check page: each text to mend, or to keep with a reason."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from forms.form import Place
from forms.guarding import Finding
from forms.translation import plural, tr
from ui.form_filling.filling import Filling
from ui.form_filling.guard_notice import says
from ui.widgets import theme
from ui.widgets.announcing import announce
from ui.widgets.buttons import SecondaryButton
from ui.widgets.keep_with_reason import KeepWithReason
from ui.widgets.link import Link
from ui.widgets.text import Body, Heading


class _Line(QWidget):
    """One finding: a link to its box, and the way to keep it."""

    wanted = Signal(object)  # Place
    given = Signal(object, str)  # Place, reason
    rearranged = Signal()

    def __init__(self, finding: Finding, where: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.finding = finding
        name = finding.place.name
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, theme.px(0.4))
        column.setSpacing(theme.px(0.2))
        label = finding.label or name
        self.link = Link(tr("{where}{question}", where=where, question=label))
        self.link.setObjectName(f"finding_{name}")
        self.link.clicked.connect(self._go)
        column.addWidget(self.link)
        self.found = Body("\n".join(says(finding.hits)), role="warn")
        self.link.setAccessibleDescription(self.found.text())
        column.addWidget(self.found)
        self.keep = SecondaryButton(tr("Keep it, and say why"))
        self.keep.setObjectName(f"keep_{name}")
        self.keep.setAccessibleDescription(label)
        self.keep.clicked.connect(self._open)
        column.addWidget(self.keep, 0, Qt.AlignmentFlag.AlignLeft)
        self.reasons = KeepWithReason(name, label)
        self.reasons.given.connect(self._give)
        self.reasons.hide()
        column.addWidget(self.reasons)

    def inputs(self) -> list[QWidget]:
        return [self.link, self.keep, *self.reasons.inputs()]

    def _go(self) -> None:
        self.wanted.emit(self.finding.place)

    def _give(self, reason: str) -> None:
        self.given.emit(self.finding.place, reason)

    def _open(self) -> None:
        self.reasons.show()
        self.reasons.focus()
        self.keep.hide()
        self.rearranged.emit()


class FindingsCard(QFrame):
    """`wanted` carries the Place to go to; `rearranged`: the order of Tab has to be set again."""

    wanted = Signal(object)
    rearranged = Signal()
    settled = Signal()  # a reason was given or taken back: what had the focus is gone

    def __init__(self, filling: Filling, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._filling = filling
        self._shown: tuple[Finding, ...] = ()
        self.lines: list[_Line] = []
        self.kept: list[Link] = []
        self.setProperty("card", "warn")
        column = QVBoxLayout(self)
        column.setContentsMargins(theme.px(1.2), theme.px(1), theme.px(1.2), theme.px(1.2))
        column.setSpacing(theme.px(0.25))
        self.heading = Heading("", level=2)
        self.heading.setObjectName("findings_heading")
        self.words = Body()
        column.addWidget(self.heading)
        column.addWidget(self.words)
        self._list = QVBoxLayout()
        self._list.setSpacing(theme.px(0.1))
        column.addLayout(self._list)
        self.hide()

    def refresh(self) -> int:
        """Look through the texts now and show what is found; return how many have no reason yet."""
        self._filling.findings.look()
        open_, kept = self._filling.findings.without_reason(), self._filling.findings.with_reason()
        if (*open_, *kept) != self._shown:
            self._shown = (*open_, *kept)
            self._show(open_, kept)
        return len(open_)

    def _show(self, open_: tuple[Finding, ...], kept: tuple[Finding, ...]) -> None:
        while (item := self._list.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        self.lines, self.kept = [], []
        self.setVisible(bool(self._shown))
        if open_:
            self.heading.setText(
                plural("{count} text may tell who somebody is", "{count} texts may tell who somebody is", len(open_))
            )
            self.words.setText(tr("Choose one to go to it and change it. Or keep it, and say why."))
        else:
            self.heading.setText(tr("Kept with a reason"))
            self.words.setText(tr("Your reasons are stored with the report."))
        for finding in open_:
            line = _Line(finding, self._where(finding.place))
            line.wanted.connect(self.wanted)
            line.given.connect(self._give)
            line.rearranged.connect(self.rearranged)
            self.lines.append(line)
            self._list.addWidget(line)
            line.show()  # now, so that it can take the focus before the next round of events
        if kept and open_:
            heading = Heading(tr("Kept with a reason"), level=3)
            self._list.addWidget(heading)
            heading.show()
        for finding in kept:
            self._show_kept(finding)

    def _show_kept(self, finding: Finding) -> None:
        question = finding.label or finding.place.name
        words = ", ".join(dict.fromkeys(f"“{hit.text}”" for hit in finding.hits))
        told = Body(
            tr(
                "{where}{question} {words}. Reason: {reason}",
                where=self._where(finding.place), question=question, words=words, reason=finding.reason,
            )
        )  # fmt: skip
        link = Link(tr("Take the reason back"))
        link.setObjectName(f"unkeep_{finding.place.name}")
        link.setAccessibleDescription(told.text())

        def take_back() -> None:
            self._give(finding.place, "")

        link.clicked.connect(take_back)
        for widget in (told, link):
            self._list.addWidget(widget)
            widget.show()
        self.kept.append(link)

    def _where(self, place: Place) -> str:
        title = self._filling.draft.row_title(place.repeat, place.row) if place.repeat else ""
        return tr("{row}: ", row=title) if title else ""

    def _give(self, place: Place, reason: str) -> None:
        self._filling.give_reason(place, reason)
        left = self.refresh()
        self.settled.emit()
        if reason:
            more = plural("{count} text left to look at", "{count} texts left to look at", left)
            announce(
                self, tr("Kept with your reason. {more}", more=more if left else tr("Nothing is left to look at."))
            )

    def inputs(self) -> list[QWidget]:
        """Return what takes the focus, in the order of Tab."""
        return [*(widget for line in self.lines for widget in line.inputs()), *self.kept]
