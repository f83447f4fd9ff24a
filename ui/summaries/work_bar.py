"""How far a long work on a page is, with the button that stops it."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QProgressBar, QVBoxLayout, QWidget

from forms.translation import tr
from ui.widgets import theme
from ui.widgets.announcing import announce
from ui.widgets.buttons import SecondaryButton
from ui.widgets.text import Body


class WorkBar(QWidget):
    """Hidden while nothing is done. `stop_wanted` is emitted once for each work, which ends by `end` all the same."""

    stop_wanted = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.going = self.stopping = False
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        self.words = Body("", role="hint")
        self.words.setObjectName("how_far")
        self.bar = QProgressBar()
        self.bar.setAccessibleName(tr("How far it is"))
        self.bar.setMaximumWidth(theme.px(30))
        self.bar.setRange(0, 0)
        self.bar.setTextVisible(False)  # it is too low for them; the words stand above
        self.stop = SecondaryButton(tr("Stop"))
        self.stop.setObjectName("stop")
        self.stop.clicked.connect(self._stop)
        for each in (self.words, self.bar):
            column.addWidget(each)
        row = QHBoxLayout()
        row.addWidget(self.stop)
        row.addStretch(1)
        column.addLayout(row)
        self.hide()

    def begin(self, words: str) -> None:
        """Show that a work goes on, with the focus on the button that stops it."""
        self.going, self.stopping = True, False
        self.say(words)
        self.show()
        self.stop.setFocus()
        announce(self, words)

    def say(self, words: str, done: int = 0, total: int = 0) -> None:
        """Show how far it is, in words and, where `total` is known, as a part of it."""
        if not self.going or self.stopping:
            return
        self.words.setText(words)
        self.bar.setRange(0, total)
        self.bar.setValue(done)
        self.bar.setAccessibleDescription(words)

    def end(self) -> None:
        """Show nothing any more. Set the focus elsewhere first."""
        self.going = False
        self.hide()

    def _stop(self) -> None:
        if self.stopping:
            return
        words = tr("Stopping…")
        self.say(words)
        self.stopping = True
        announce(self, words)
        self.stop_wanted.emit()
