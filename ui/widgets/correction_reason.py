"""Why a sent report is corrected: asked on the check page, before the correction can be sent."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from forms.draft import Draft
from forms.translation import tr
from ui.widgets import theme
from ui.widgets.announcing import announce
from ui.widgets.text import Body, Question
from ui.widgets.text_box import LongBox


class CorrectionReason(QFrame):
    """A box for the reason, kept with the draft; hidden where the report is no correction. `typed` at every change.

    `returned`: the office sent the report back, and wants to know what was done.
    """

    typed = Signal()

    def __init__(
        self, corrects: str, draft: Draft, parent: QWidget | None = None, *, returned: bool = False
    ) -> None:  # fmt: skip
        super().__init__(parent)
        self._corrects = corrects
        self._draft = draft
        column = QVBoxLayout(self)
        column.setContentsMargins(0, theme.px(0.6), 0, 0)
        column.setSpacing(theme.px(0.3))
        self._missing = tr("Say why this report is corrected")
        self.question = Question(tr("Why is this report corrected?"))
        self.hint = Body(tr("The first report and this one are both kept, with your reason."), role="hint")
        if returned:
            self._missing = tr("Say what you did about the comments")
            self.question.setText(tr("What did you do about the comments?"))
            self.hint.setText(tr("The office reads it. The first report and this one are both kept."))
        self.error = Body(role="error")
        self.error.setObjectName("correction_error")
        self.box = LongBox(own_undo=True)
        self.box.setObjectName("correction_reason")
        self.box.setMaximumWidth(theme.px(46))
        self.box.put(draft.correction_reason)
        self.box.textChanged.connect(self._typed)
        self.question.setBuddy(self.box)
        self._name()
        for widget in (self.question, self.hint, self.error, self.box):
            column.addWidget(widget)
        self.error.hide()
        if not corrects:
            self.hide()

    def text(self) -> str:
        """Return the reason as typed; "" where there is none, or the report is no correction."""
        return self.box.toPlainText().strip() if self._corrects else ""

    def is_given(self) -> bool:
        """Return whether sending can go on: a reason is there, or none is needed."""
        return not self._corrects or bool(self.text())

    def ask(self) -> None:
        """Say that the reason is missing, and put the focus there."""
        self.error.setText(tr("Error: {problem}", problem=self._missing))
        self.error.show()
        self._mark(wrong=True)
        self.box.setFocus(Qt.FocusReason.OtherFocusReason)
        announce(self.box, self.error.text(), urgent=True)

    def inputs(self) -> list[QWidget]:
        """Return what takes the focus."""
        return [self.box] if self._corrects else []

    def _typed(self) -> None:
        self._draft.correction_reason = self.box.toPlainText()
        self.typed.emit()
        if self.text() and not self.error.isHidden():
            self.error.hide()
            self._mark(wrong=False)

    def _mark(self, *, wrong: bool) -> None:
        self.box.setProperty("wrong", wrong)
        self.box.style().unpolish(self.box)
        self.box.style().polish(self.box)
        self._name()

    def _name(self) -> None:
        self.box.setAccessibleName(self.question.text())
        error = "" if self.error.isHidden() else self.error.text()
        self.box.setAccessibleDescription(" ".join(part for part in (self.hint.text(), error) if part))
