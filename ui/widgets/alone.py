"""A page that is shown alone, without the bar of pages: it has a way back, and what can be done with it beside that."""

from PySide6.QtCore import Signal
from PySide6.QtGui import QFocusEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QAbstractButton, QComboBox, QLineEdit, QPlainTextEdit, QPushButton, QWidget

from forms.translation import tr
from ui.widgets import theme
from ui.widgets.announcing import announce
from ui.widgets.buttons import SecondaryButton
from ui.widgets.page import Page
from ui.widgets.stacking_layout import StackingLayout
from ui.widgets.text import Body


class AlonePage(Page):
    """`left` goes back to where the person came from; Escape does as well. `made` tells what came of an action."""

    left = Signal()

    def __init__(self, title: str) -> None:
        super().__init__(title)
        self.back = SecondaryButton(tr("Back"))
        self.back.setObjectName("back")
        QShortcut(QKeySequence("Esc"), self).activated.connect(self.leave)  # a button's own would wait for a moment
        self.back.clicked.connect(self.leave)
        self._begun: tuple[object, ...] | None = None  # what stood in the page, where it is watched
        self._warned: tuple[object, ...] | None = None
        holder = QWidget()
        self._actions = StackingLayout(holder, gap=theme.px(0.6))
        self._actions.addWidget(self.back)
        self.column.insertWidget(0, holder)
        self.made = Body("", role="good")
        self.made.setObjectName("made")
        self.made.hide()
        self.column.insertWidget(1, self.made)

    def watch(self) -> None:
        """From now on, leave what somebody changes in the page's boxes only when they ask for it twice."""
        self._begun = self._entered()

    def leave(self) -> None:
        """Go back; the first time, where what was entered would be lost, say so and stay."""
        if self._begun is not None and (entered := self._entered()) not in (self._begun, self._warned):
            self._warned = entered
            self.tell(
                tr("What you entered here is not saved. To leave without it, choose Back once more."), failed=True
            )
            return
        self.left.emit()

    def _entered(self) -> tuple[object, ...]:
        return (
            *(box.text() for box in self.findChildren(QLineEdit)),
            *(box.toPlainText() for box in self.findChildren(QPlainTextEdit)),
            *(box.currentIndex() for box in self.findChildren(QComboBox)),
            *(button.isChecked() for button in self.findChildren(QAbstractButton) if button.isCheckable()),
        )

    def add_action(self, button: QPushButton) -> None:
        """Put a button beside the way back."""
        self._actions.addWidget(button)

    def tell(self, words: str, *, failed: bool = False) -> None:
        """Say at the top, and aloud, what came of what the person did."""
        self.made.set_role("error" if failed else "good")
        self.made.setText(words)
        self.made.show()
        self.verticalScrollBar().setValue(0)
        announce(self.made, words, urgent=failed)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.back.setFocus()
