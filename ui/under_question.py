"""A question with what answers it below, as the pages of the office ask."""

from PySide6.QtWidgets import QVBoxLayout, QWidget

from ui.text import Body, Question


def under_question(box: QWidget, question: str, hint: str = "") -> QWidget:
    """Return `box` under its question, with a hint between the two where there is one; both are read out with it."""
    box.setAccessibleName(question)
    box.setAccessibleDescription(hint)
    label = Question(question)
    label.setBuddy(box)
    asked = QWidget()
    column = QVBoxLayout(asked)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(4)
    column.addWidget(label)
    if hint:
        column.addWidget(Body(hint, role="hint"))
    column.addWidget(box)
    return asked
