"""Help beside the form: the question in hand, its hint, how it is answered, and the keys."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QScrollArea, QVBoxLayout, QWidget

from forms.translation import later, tr
from ui.form_filling.field import Field
from ui.widgets import theme
from ui.widgets.text import Body, Heading

KEYS = (
    (later("Tab, Shift+Tab"), later("next or previous question")),
    (later("Alt+Right, Alt+Left"), later("next or previous section")),
    (later("Ctrl+Z, Ctrl+Y"), later("undo the last change, or do it again")),
    (later("Ctrl+S"), later("save now, though it saves by itself")),
    (later("F1"), later("show or hide this help")),
    (later("F3"), later("show or hide the last visit to this site")),
    (later("F4"), later("type in from a paper form, or stop doing so")),
    (later("Escape"), later("hide this help; it never loses an answer")),
)


class HelpPanel(QScrollArea):
    """Follows the focus while it is open."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("help_panel")
        self.setWidgetResizable(True)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setAccessibleName(tr("Help"))
        inside = QFrame()
        inside.setProperty("card", "panel")
        column = QVBoxLayout(inside)
        column.setContentsMargins(theme.px(1), theme.px(1.1), theme.px(1), theme.px(1.1))
        column.setSpacing(theme.px(0.6))
        self.heading = Heading(tr("Help"), level=3)
        self.hint = Body()
        self.guidance = Body()
        self.way = Body()
        self.why = Body(role="hint")
        for label in (self.heading, self.hint, self.guidance, self.way, self.why):
            column.addWidget(label)
        column.addSpacing(theme.px(0.6))
        column.addWidget(Heading(tr("Keys"), level=3))
        for keys, words in KEYS:
            column.addWidget(Body(tr(keys), role="strong"))
            column.addWidget(Body(tr(words)))
        column.addStretch(1)
        self.setWidget(inside)
        self.hide()

    def show_field(self, field: Field | None) -> None:
        """Show the help of a question; without one, how a report is filled in, and the keys."""
        if field is None:
            self._say(tr("Filling in the report"), tr("Answer in any order. It saves by itself."), "", "", "")
            return
        draft, place = field.draft, field.place
        heading = draft.label(place) or place.name
        self._say(heading, draft.hint(place), draft.guidance(place), field.help(), _why(field))

    def _say(self, heading: str, hint: str, guidance: str, way: str, why: str) -> None:
        self.heading.setText(heading)
        for label, words in ((self.hint, hint), (self.guidance, guidance), (self.way, way), (self.why, why)):
            label.setText(words)
            label.setVisible(bool(words))

    def words(self) -> str:
        """Return what a screen reader should say of it."""
        labels = (self.heading, self.hint, self.guidance, self.way, self.why)
        parts = (label.text().rstrip(".?") for label in labels if not label.isHidden())
        return ". ".join(parts)


def _why(field: Field) -> str:
    """Return whether the question has to be answered, and why it is there."""
    draft, place, row = field.draft, field.place, field.row
    parts = []
    if draft.readonly(place):
        parts.append(tr("You cannot change this: it comes from other answers or from the office."))
    elif draft.required(place):
        parts.append(tr("This has to be answered before the report can be sent."))
    else:
        parts.append(tr("You may leave this empty."))
    if row.relevant:
        parts.append(tr("It is asked because of another answer."))
    return " ".join(parts)
