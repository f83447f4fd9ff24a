"""A question with what answers it below, as the pages of the office ask."""

from PySide6.QtWidgets import QVBoxLayout, QWidget

from ui.widgets.text import Body, Question


def under_question(box: QWidget, question: str, hint: str = "") -> QWidget:
    """Return a new widget with `box` under its question (`put_under`)."""
    asked = QWidget()
    put_under(asked, box, question, hint)
    return asked


def put_under(asked: QWidget, box: QWidget, question: str, hint: str = "") -> None:
    """Fill `asked` with a question, a hint where there is one, and `box`; both are read out with it."""
    box.setAccessibleName(question)
    box.setAccessibleDescription(hint)
    label = Question(question)
    label.setBuddy(box)
    column = QVBoxLayout(asked)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(4)
    column.addWidget(label)
    if hint:
        column.addWidget(Body(hint, role="hint"))
    column.addWidget(box)
