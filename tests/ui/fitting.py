"""What does not fit on a screen, and words that are longer than English: for the tests of every page."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from gettext import NullTranslations

from PySide6.QtCore import QPoint, QRect
from PySide6.QtWidgets import QAbstractButton, QAbstractScrollArea, QComboBox, QLabel, QWidget

from forms.form import Form, Row
from ui.widgets.choice_button import RadioChoice, TickChoice
from ui.widgets.link import Link

_ACCENTS = str.maketrans("aeiouwyAEIOU", "âêîôûŵŷÂÊÎÔÛ")
_PARTS = re.compile(r"(\$?\{[^}]*\}|%\w)")


def longer(text: str) -> str:
    """Return `text` with accents, two fifths longer in words of ordinary length; what is filled in stays."""
    accented = "".join(part if _PARTS.fullmatch(part) else part.translate(_ACCENTS) for part in _PARTS.split(text))
    return accented + " hirâch" * round(len(text) * 0.4 / 7) if len(text) > 8 else accented + "ôô"


class Longer(NullTranslations):
    """A language whose every message is longer than English, and stands between brackets."""

    def gettext(self, message: str) -> str:
        return f"⟦{longer(message)}⟧" if message else ""

    def ngettext(self, msgid1: str, msgid2: str, n: int) -> str:
        return self.gettext(msgid1 if n == 1 else msgid2)


def lengthened(form: Form) -> Form:
    """Return `form` with everything shown, and with its own words longer."""

    def words(texts: Mapping[str, str]) -> dict[str, str]:
        return {language: longer(text) for language, text in texts.items()}

    def row(old: Row) -> Row:
        return replace(
            old, relevant="", labels=words(old.labels), hints=words(old.hints), rows=tuple(map(row, old.rows))
        )

    lists = {
        name: tuple(replace(choice, labels=words(choice.labels)) for choice in choices)
        for name, choices in form.lists.items()
    }
    return replace(form, rows=tuple(map(row, form.rows)), lists=lists)


def shown(top: QWidget) -> Iterator[QWidget]:
    """Yield `top` and everything in it that is shown."""
    yield from (each for each in (top, *top.findChildren(QWidget)) if each.isVisible())


def misfits(top: QWidget) -> list[str]:
    """Return what of `top` does not fit: scrolled sideways, outside the window, or with words that are cut."""
    wrong = []
    room = top.window().rect()
    for widget in shown(top):
        who = f"{type(widget).__name__} {widget.objectName()!r} {_text(widget)[:40]!r}"
        grid = getattr(
            widget, "two_dimensional", False
        )  # a table whose lines lose their sense when broken (WCAG 1.4.10)
        if isinstance(widget, QAbstractScrollArea) and not grid and not fits_sideways(widget):
            wrong.append(f"{who} is scrolled sideways")
        place = QRect(widget.mapTo(top.window(), QPoint(0, 0)), widget.size()) if widget is not top.window() else room
        if widget.objectName() != "focus_ring" and (place.left() < room.left() or place.right() > room.right()):
            wrong.append(f"{who} goes from {place.left()} to {place.right()}")
        if cut := _cut(widget):
            wrong.append(f"{who} {cut}")
    return wrong


def fits_sideways(area: QAbstractScrollArea) -> bool:
    """Say whether an area needs no scrolling sideways."""
    return area.horizontalScrollBar().maximum() == 0


def _text(widget: QWidget) -> str:
    if isinstance(widget, QLabel | QAbstractButton):
        return str(widget.text())
    return ""


def _cut(widget: QWidget) -> str:
    """Return how the words of a widget are cut, or ""."""
    words = _text(widget)
    if not words:
        return ""
    if isinstance(widget, RadioChoice | TickChoice | Link) or (isinstance(widget, QLabel) and widget.wordWrap()):
        needed = widget.heightForWidth(widget.width())
        longest = max(widget.fontMetrics().horizontalAdvance(word) for word in words.split() or [""])
        if widget.height() < needed - 1:
            return f"is {widget.height()} high and needs {needed}"
        if isinstance(widget, QLabel) and widget.width() < longest:
            return f"is {widget.width()} wide, and a word of it is {longest}"
        return ""
    if widget.width() < widget.minimumSizeHint().width() or widget.height() < widget.minimumSizeHint().height() - 1:
        return f"is {widget.width()}x{widget.height()} and needs {widget.minimumSizeHint().toTuple()}"
    return ""


def said(top: QWidget) -> Iterator[tuple[str, str]]:
    """Yield every text of `top` that is shown or told to a screen reader, with the widget that has it."""
    for widget in shown(top):
        who = f"{type(widget).__name__} {widget.objectName()}"
        for text in (_text(widget), widget.accessibleName(), widget.accessibleDescription(), widget.toolTip()):
            if text:
                yield text, who
        if isinstance(widget, QComboBox):
            for number in range(widget.count()):
                yield widget.itemText(number), who
