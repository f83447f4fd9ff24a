"""Help beside the form: the question in hand, its hint, how it is answered, and the keys."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QScrollArea, QVBoxLayout, QWidget

from ui import theme
from ui.field import Field
from ui.text import Body, Heading

KEYS = (
    ("Tab, Shift+Tab", "next or previous question"),
    ("Alt+Right, Alt+Left", "next or previous section"),
    ("Ctrl+S", "save now, though it saves by itself"),
    ("F1", "show or hide this help"),
    ("Escape", "hide this help; it never loses an answer"),
)


class HelpPanel(QScrollArea):
    """Follows the focus while it is open."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("help_panel")
        self.setWidgetResizable(True)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setAccessibleName("Help")
        inside = QFrame()
        inside.setProperty("card", "panel")
        column = QVBoxLayout(inside)
        column.setContentsMargins(theme.px(1), theme.px(1.1), theme.px(1), theme.px(1.1))
        column.setSpacing(theme.px(0.6))
        self.heading = Heading("Help", level=3)
        self.hint = Body()
        self.way = Body()
        column.addWidget(self.heading)
        column.addWidget(self.hint)
        column.addWidget(self.way)
        column.addSpacing(theme.px(0.6))
        column.addWidget(Heading("Keys", level=3))
        for keys, words in KEYS:
            column.addWidget(Body(keys, role="strong"))
            column.addWidget(Body(words))
        column.addStretch(1)
        self.setWidget(inside)
        self.hide()

    def show_field(self, field: Field | None) -> None:
        """Show the help of a question; without one, the keys alone."""
        self.heading.setText(field.draft.label(field.place) if field is not None else "Filling in the report")
        hint = field.draft.hint(field.place) if field is not None else "Answer in any order. It saves by itself."
        self.hint.setText(hint)
        self.hint.setVisible(bool(hint))
        way = field.help() if field is not None else ""
        self.way.setText(way)
        self.way.setVisible(bool(way))

    def words(self) -> str:
        """Return what a screen reader should say of it."""
        parts = (label.text() for label in (self.heading, self.hint, self.way) if not label.isHidden())
        return ". ".join(parts)
