"""The strip below the form: back, onwards, and how many required answers there are."""

from PySide6.QtCore import Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QFrame, QProgressBar, QWidget

from forms.translation import plural, tr
from ui.widgets import theme
from ui.widgets.buttons import PrimaryButton, SecondaryButton
from ui.widgets.stacking_layout import StackingLayout
from ui.widgets.text import Body


class FormFooter(QFrame):
    """`back_wanted`, `onwards_wanted` and `check_wanted` are its buttons."""

    back_wanted = Signal()
    onwards_wanted = Signal()
    check_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("form_footer")
        self._line = QBoxLayout(QBoxLayout.Direction.LeftToRight, self)
        self._line.setContentsMargins(theme.px(1.6), theme.px(0.6), theme.px(1.6), theme.px(0.6))
        self._line.setSpacing(theme.px(0.8))
        self._buttons = QWidget()
        row = StackingLayout(self._buttons, gap=theme.px(0.8))
        self.back = SecondaryButton(tr("Back"))
        self.back.setObjectName("back")
        self.back.clicked.connect(self.back_wanted)
        self.onwards = PrimaryButton(tr("Continue"))
        self.onwards.setObjectName("continue")
        self.onwards.clicked.connect(self.onwards_wanted)
        self.check = SecondaryButton(tr("Check answers"))
        self.check.setObjectName("to_check")
        self.check.clicked.connect(self.check_wanted)
        self.check.hide()
        for button in (self.back, self.onwards, self.check):
            row.addWidget(button)
        self._line.addWidget(self._buttons)
        self._line.addStretch(1)
        self.words = Body()
        self.words.setObjectName("progress_words")
        self.words.setWordWrap(False)
        self.bar = QProgressBar()
        self.bar.setTextVisible(False)
        self.bar.setAccessibleName(tr("Required answers"))
        self.bar.setFixedWidth(theme.px(12))
        self._line.addWidget(self.words)
        self._line.addWidget(self.bar)

    def show_progress(self, answered: int, total: int) -> None:
        """Show how many of the required answers are there."""
        words = plural("{done} of {count} required answer", "{done} of {count} required answers", total, done=answered)
        if words == self.words.text():
            return
        self.words.setText(words)
        self.bar.setMaximum(max(total, 1))
        self.bar.setValue(answered if total else 1)
        self.bar.setAccessibleDescription(words)
        self._fit()

    def offer_check(self, offered: bool) -> None:
        """Show or hide the way back to the check page."""
        self.check.setVisible(offered)
        self._fit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        """Leave out the bar where there is no room for it, then its words: the buttons come first."""
        margins = self._line.contentsMargins()
        room = self.width() - margins.left() - margins.right() - self._buttons.sizeHint().width()
        room -= self.words.sizeHint().width() + 2 * self._line.spacing()
        self.words.setVisible(room >= 0)
        self.bar.setVisible(room >= self.bar.width() + self._line.spacing())

    def inputs(self) -> list[QWidget]:
        """Return the buttons in the order of Tab."""
        return [self.back, self.onwards, self.check]
