"""A question with a list that drops down under it, and words below that change with what is chosen."""

from collections.abc import Iterable

from PySide6.QtWidgets import QHBoxLayout, QWidget

from ui.widgets import theme
from ui.widgets.still_box import StillBox
from ui.widgets.under_question import put_under


class AskedChoice(QWidget):
    """`box` holds the choices; `name` is the name of the object, `hint` is said below the question."""

    def __init__(self, name: str, question: str, hint: str = "") -> None:
        super().__init__()
        self.box = StillBox()
        self.box.setObjectName(name)
        self.box.setMaximumWidth(theme.px(34))
        self.box.setMinimumWidth(1)
        self.box.setSizeAdjustPolicy(StillBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.box.setMinimumContentsLength(24)
        put_under(self, self.box, question, hint)

    def offer(self, choices: Iterable[tuple[str, str]], chosen: str = "") -> None:
        """Offer other choices, each a value and its words; `chosen` is the value that is shown, else the first."""
        self.box.blockSignals(True)
        self.box.clear()
        widest = 0
        for value, words in choices:
            self.box.addItem(words, value)
            widest = max(widest, self.box.fontMetrics().horizontalAdvance(words))
        self.box.setCurrentIndex(max(self.box.findData(chosen), 0))
        self.box.view().setMinimumWidth(min(widest + theme.px(3), theme.px(38)))  # else the ends of long ones are cut
        self.box.blockSignals(False)

    def value(self) -> str:
        """Return what is chosen."""
        return str(self.box.currentData() or "")


def no_wider(widget: QWidget, ems: float) -> QHBoxLayout:
    """Return a row with `widget`, no wider than that: in a column its height would be reckoned for all the width."""
    widget.setMaximumWidth(theme.px(ems))
    row = QHBoxLayout()
    row.addWidget(widget, 1)
    row.addStretch(0)
    return row
