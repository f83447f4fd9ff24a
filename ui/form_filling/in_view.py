"""Keeps the question in hand on the screen, the whole of it: nobody types below words that have scrolled away."""

from PySide6.QtCore import QEvent, QObject, QPoint, QTimer
from PySide6.QtWidgets import QApplication, QScrollArea, QWidget

from ui.form_filling.field import Field
from ui.form_filling.text_field import NoteField
from ui.form_filling.transcription import Line
from ui.widgets import theme


def field_in_hand(root: QWidget) -> Field | None:
    """Return the field inside `root` that has the focus; None where none has."""
    widget = QApplication.focusWidget()
    while widget is not None and widget is not root:
        if isinstance(widget, Field):
            return widget
        widget = widget.parentWidget()
    return None


class InView(QObject):
    """Scrolls `area`, whose content is `content`. `start`: what took the focus when its page was opened."""

    def __init__(self, area: QScrollArea, content: QWidget, parent: QObject) -> None:
        super().__init__(parent)
        self._area = area
        self._content = content
        self.start: QWidget | None = None
        # A section just made, and an error that appears, move the question in hand: it must not go out of sight.
        content.installEventFilter(self)
        area.viewport().installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Resize and isinstance(watched, QWidget):
            QTimer.singleShot(0, self, self.keep)
        return False

    def keep(self) -> None:
        """Bring what has the focus into view; a page just opened shows from its heading on."""
        field, focused = field_in_hand(self._content), QApplication.focusWidget()
        if focused is None or not self._area.isAncestorOf(focused):
            return
        if focused is self.start:
            self._show_top(focused)
        elif field is not None:
            self.bring(field)
        else:
            self._area.ensureWidgetVisible(_line_of(focused), 0, theme.px(0.5))
            self._area.ensureWidgetVisible(focused, 0, theme.px(4))

    def bring(self, field: Field) -> None:
        """Show a field, the whole of it where there is room."""
        margin = theme.px(1)
        if field.height() + 2 * margin <= self._area.viewport().height():
            for note in reversed(_notes_below(field)):
                self._area.ensureWidgetVisible(note, 0, margin)  # nothing else would bring it: Tab passes it over
            self._area.ensureWidgetVisible(field, 0, margin)
            return
        # A question higher than the screen: its words first, then whichever of its choices is in hand.
        inputs = [each for each in field.inputs() if each.isVisible()]
        focused = QApplication.focusWidget()
        if focused is not None and focused in inputs[1:]:
            self._area.ensureWidgetVisible(focused, 0, margin)
        else:
            top = field.mapTo(self._content, QPoint(0, 0)).y()
            self._area.verticalScrollBar().setValue(top - margin)

    def _show_top(self, first: QWidget) -> None:
        """Show the page from its heading on, so long as the beginning of its first input is on the screen as well."""
        bottom = first.mapTo(self._content, QPoint(0, min(first.height(), theme.px(2.4)))).y() + theme.px(0.4)
        self._area.verticalScrollBar().setValue(max(bottom - self._area.viewport().height(), 0))


def _line_of(widget: QWidget) -> QWidget:
    """Return the line of a paper form that a box stands in, for its choices are part of it; else the widget itself."""
    above = widget.parentWidget()
    return above if isinstance(above, Line) else widget


def _notes_below(field: Field) -> list[NoteField]:
    """Return the words that stand between a question and the next one."""
    column = field.parentWidget()
    if column is None:
        return []
    fields = [each for each in column.findChildren(Field) if each.isVisible()]
    fields.sort(key=lambda each: each.mapTo(column, QPoint(0, 0)).y())
    found: list[NoteField] = []
    for each in fields[fields.index(field) + 1 :] if field in fields else []:
        if not isinstance(each, NoteField):
            break
        found.append(each)
    return found
