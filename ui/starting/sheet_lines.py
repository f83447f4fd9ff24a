"""The lines of a recovery sheet, typed off the paper: a box for each, with its number."""

from functools import partial

from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QLineEdit, QWidget

from forms.translation import tr
from icv_app.encryption import office_key
from ui.widgets import theme
from ui.widgets.text import Question


class SheetLines(QWidget):
    """Enter goes to the next line."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        holder = QHBoxLayout(self)
        holder.setContentsMargins(0, 0, 0, 0)
        grid = QGridLayout()
        grid.setVerticalSpacing(theme.px(0.3))
        grid.setHorizontalSpacing(theme.px(1))
        self.boxes: list[QLineEdit] = []
        for number in range(1, office_key.LINES + 1):
            label = Question(tr("Line {number}", number=number))
            label.setMinimumWidth(theme.px(5))
            label.setMinimumWidth(theme.px(5))
            box = QLineEdit()
            box.setObjectName(f"sheet_line_{number}")
            box.setAccessibleName(tr("Line {number} of the recovery sheet", number=number))
            box.setFixedWidth(theme.px(14))
            box.returnPressed.connect(partial(self._next, number))
            label.setWordWrap(False)
            label.setBuddy(box)
            grid.addWidget(label, number, 0)
            grid.addWidget(box, number, 1)
            self.boxes.append(box)
        holder.addLayout(grid)
        holder.addStretch(1)

    def _next(self, number: int) -> None:
        if number < len(self.boxes):
            self.boxes[number].setFocus()
        else:
            self.focusNextChild()

    def text(self) -> str:
        """Return what was typed, one line each."""
        return "\n".join(box.text() for box in self.boxes if box.text().strip())

    def clear(self) -> None:
        """Forget what was typed: it is the key of the whole office."""
        for box in self.boxes:
            box.clear()

    def to_wrong(self) -> None:
        """Go to the first line that cannot be right."""
        for number, box in enumerate(self.boxes, 1):
            if not office_key.fits(number, box.text()):
                box.setFocus()
                box.selectAll()
                return
        self.boxes[0].setFocus()
