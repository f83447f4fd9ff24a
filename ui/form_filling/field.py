"""A field: one question on the screen with its words, its hint, its problem and the widget that takes the answer."""

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QColor, QGuiApplication, QPainter, QPaintEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from forms.form import Place, Row
from forms.translation import tr
from ui.form_filling.beside import Beside
from ui.form_filling.filling import Filling
from ui.widgets import theme
from ui.widgets.text import Body, Question


class Field(QWidget):
    """Shows one place of the draft. Subclasses make the input and say what stands in it.

    The input's object name is the question's; a choice's is "question=choice". A problem appears when the person has
    left the field, so that nobody is scolded in mid-word; it goes at once when it is put right.
    """

    left = Signal()  # the focus went elsewhere
    rearranged = Signal()  # its inputs were made anew: the order of Tab has to be set again

    def __init__(self, row: Row, place: Place, filling: Filling, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.row = row
        self.place = place
        self.filling = filling
        self.draft = filling.draft
        self._words_of_problem = ""
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(theme.px(0.9), 0, 0, 0)
        self.column.setSpacing(theme.px(0.3))
        self.question = Question()
        self.hint = Body(role="hint")
        self.error = Body(role="error")
        for label in (self.question, self.hint, self.error):
            self.column.addWidget(label)
        self.comment: Body | None = None
        """What the office asks here; made where it asks something."""
        self.beside = Beside(filling, self.column, rearranged=self.rearranged.emit, back=self._take_focus)

    # What subclasses say

    def inputs(self) -> list[QWidget]:
        """Return the widgets that take the answer, in the order of Tab."""
        raise NotImplementedError

    def show_answer(self) -> None:
        """Make the input show what the draft holds."""
        raise NotImplementedError

    def name_inputs(self, question: str, description: str) -> None:
        """Tell screen readers what the input is for."""
        for widget in self.inputs():
            name(widget, question, description)

    def mark_wrong(self, wrong: bool) -> None:
        """Show on the input itself that its answer is wrong."""

    def help(self) -> str:
        """Return how this kind of question is answered."""
        return ""

    # What all fields do

    def watch(self, widget: QWidget) -> None:
        """Notice when the focus leaves `widget`."""
        widget.installEventFilter(self)

    def bind(self, place: Place) -> None:
        """Show another row's answer to the same question."""
        self.place = place
        self._words_of_problem = ""
        self.refresh()

    def refresh(self) -> None:
        """Paint again what the draft says of this place."""
        visible = self.is_wanted()
        if visible:
            self.show_answer()
            self._show_words()
            if self.inputs():
                self.beside.refresh(self.row, self.place)
        if visible == self.isHidden():
            self.setVisible(visible)

    def is_wanted(self) -> bool:
        """Return whether the question is on the screen at all."""
        return self.draft.shown(self.place)

    def optional(self) -> bool:
        """Return whether the question may be left out."""
        return not self.draft.required(self.place) and not self.draft.readonly(self.place)

    def _show_words(self) -> None:
        label = self.draft.label(self.place) or self.place.name
        shown = tr("{question} (optional)", question=label) if self.optional() else label
        if self.question.text() != shown:
            self.question.setText(shown)
        comment = self._show_comment()
        hint = self.draft.hint(self.place)
        if self.hint.text() != hint:
            self.hint.setText(hint)
        self.hint.setVisible(bool(hint))
        problem = self.filling.problem(self.place) or ""
        if not problem or not self._being_typed() or self._words_of_problem:
            self._words_of_problem = problem
        self._show_problem()
        description = " ".join(part for part in (comment, hint, self.error.text()) if part)
        self.name_inputs(shown, description)

    def _show_comment(self) -> str:
        """Show what the office asks at this question, above it; return the words."""
        words = self.filling.comments.at(self.place)
        if words and self.comment is None:
            self.comment = Body(role="warn")
            self.comment.setObjectName(f"asked_{self.row.name}")
            self.comment.setProperty("card", "warn")
            self.column.insertWidget(0, self.comment)
        if self.comment is not None:
            self.comment.setText(words)
            self.comment.setVisible(bool(words))
        return words

    def _show_problem(self) -> None:
        words = tr("Error: {problem}", problem=self._words_of_problem) if self._words_of_problem else ""
        if self.error.text() != words:
            self.error.setText(words)
            self.mark_wrong(bool(words))
            self.update()
        self.error.setVisible(bool(words))

    def _take_focus(self) -> None:
        inputs = self.inputs()
        stop = next((each for each in inputs if each.focusPolicy() & Qt.FocusPolicy.TabFocus), None)
        if stop is not None:
            stop.setFocus(Qt.FocusReason.OtherFocusReason)

    def _being_typed(self) -> bool:
        return any(widget.hasFocus() for widget in self.inputs())

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.FocusOut:
            self._leave()
        return False

    def _leave(self) -> None:
        # An error line pushes everything down: not while the mouse is held on what is to be pressed next.
        if QGuiApplication.mouseButtons() != Qt.MouseButton.NoButton:
            QTimer.singleShot(60, self, self._leave)
            return
        if not self._being_typed():
            self.refresh()
            self.left.emit()

    def paintEvent(self, event: QPaintEvent) -> None:
        colour = ""
        if self._words_of_problem:
            colour = theme.tokens().error
        elif self.row.relevant:
            colour = theme.tokens().line
        if colour:
            painter = QPainter(self)
            painter.fillRect(0, 0, theme.px(0.3), self.height(), QColor(colour))
            painter.end()


def name(widget: QWidget, words: str, description: str) -> None:
    """Tell screen readers what a widget is; nothing is said again that has not changed."""
    if widget.accessibleName() != words:
        widget.setAccessibleName(words)
    if widget.accessibleDescription() != description:
        widget.setAccessibleDescription(description)
