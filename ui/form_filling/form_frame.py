"""The frame of the form screen: header, list of sections, scrolled questions, help and footer."""

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from ui.form_filling.form_footer import FormFooter
from ui.form_filling.form_header import FormHeader
from ui.form_filling.help_panel import HelpPanel
from ui.form_filling.navigator import NarrowNavigator, Navigator
from ui.form_filling.past_panel import PastPanel
from ui.widgets import theme

NARROW = 56  # ems: below this the list of sections becomes a drop-down


class _Area(QScrollArea):
    """Asks for no height of its own and takes what is left, so that the strips above and below get all of theirs."""

    def sizeHint(self) -> QSize:
        return QSize(super().sizeHint().width(), theme.px(2))

    def minimumSizeHint(self) -> QSize:
        return QSize(super().minimumSizeHint().width(), theme.px(2))


class FormFrame(QWidget):
    """Holds the parts; `pile` takes the pages of the questions, of which one is shown at a time."""

    def __init__(self, title: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        self.header = FormHeader(title)
        self.navigator = Navigator()
        self.narrow_navigator = NarrowNavigator()
        self.narrow_navigator.hide()
        self.area = _Area()
        self.area.setObjectName("questions")
        self.area.setWidgetResizable(True)
        self.area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.area.setMinimumHeight(theme.px(2))  # it scrolls; the strips above and below it cannot
        self.content = QWidget()
        self.content.setObjectName("page")
        self.pile = QVBoxLayout(self.content)
        self.pile.setContentsMargins(0, 0, 0, 0)
        self.area.setWidget(self.content)
        self.help = HelpPanel()
        self.past = PastPanel()
        self.footer = FormFooter()
        right = QVBoxLayout()
        right.setSpacing(0)
        right.addWidget(self.area, 1)
        right.addWidget(self.footer)
        middle = QHBoxLayout()
        middle.setSpacing(0)
        middle.addWidget(self.navigator)
        middle.addLayout(right, 1)
        middle.addWidget(self.help)
        middle.addWidget(self.past)
        column.addWidget(self.header)
        column.addWidget(self.narrow_navigator)
        column.addLayout(middle, 1)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.fit(event.size().width())

    def fit(self, width: int) -> None:
        """Arrange the parts for a window of `width` pixels."""
        narrow = width < theme.px(NARROW)
        self.navigator.setVisible(not narrow)
        self.narrow_navigator.setVisible(narrow)
        self.header.set_narrow(narrow)
        for panel in (self.help, self.past):
            panel.setFixedWidth(min(theme.px(17), max(width // 3, 1)))
