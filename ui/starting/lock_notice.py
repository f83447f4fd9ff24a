"""A quiet line at the foot of the window: that it locks soon, or why it did not. It takes no focus and no room."""

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from ui.widgets import theme
from ui.widgets.announcing import announce
from ui.widgets.text import Body, Role


class LockNotice(QFrame):
    """Lies above the lower edge of `parent`; whoever works goes on below it."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._whole = parent
        self.setObjectName("lock_notice")
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._column = QVBoxLayout(self)
        self.words = Body("")
        self._column.addWidget(self.words)
        parent.installEventFilter(self)
        self.hide()

    def show_words(self, words: str, *, role: Role = "strong") -> None:
        """Say `words`, aloud as well; an "error" interrupts what is being read."""
        self.words.set_role(role)
        self.words.setText(words)
        self._place()
        self.show()
        self.raise_()
        announce(self.words, words, urgent=role == "error")

    def _place(self) -> None:
        whole = self._whole
        colours = theme.tokens()
        self.setStyleSheet(
            f"#lock_notice {{ background: {colours.panel}; border-top: 2px solid {colours.warn}; }}"
            f"#lock_notice QLabel {{ background: transparent; }}"
        )
        self.ensurePolished()
        side, end = theme.px(1), theme.px(0.7)
        self._column.setContentsMargins(side, end, side, end)
        # by its width: the hint is that of a narrow one
        height = self.words.heightForWidth(whole.width() - 2 * side) + 2 * end + 2
        self.setGeometry(0, whole.height() - height, whole.width(), height)

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QResizeEvent) and not self.isHidden():
            self._place()
        return False
