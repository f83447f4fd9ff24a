"""What assistive technology is told of widgets of which Qt tells nothing, or of which telling can end the program.

A widget that paints itself says what it is by `accessible_role`; Qt would call it a filler, which is passed over.
Qt 6.11's accessible of a scroll area gives a child by its place in a list and does not look whether the list is still
that long. A screen reader asks how many children there are, then for each: a scroll bar that went away between the two,
as it may at any change of page, ends the program (seen over AT-SPI at every other try). A plain widget's looks first.
"""

from functools import cache

from PySide6.QtCore import QObject
from PySide6.QtGui import QAccessible, QAccessibleInterface
from PySide6.QtWidgets import QAccessibleWidget, QScrollArea, QWidget
from shiboken6 import Shiboken

_held: list[QAccessibleInterface] = []
"""Those that Qt still uses. Qt deletes each with its widget; Python must not do so before."""


@cache
def install() -> None:
    """Answer for every such widget of this process from now on; once is enough."""
    QAccessible.installFactory(_answer)


def _answer(_kind: str, widget: QObject) -> QAccessibleInterface | None:
    role = getattr(widget, "accessible_role", None)
    if isinstance(widget, QScrollArea):
        role = QAccessible.Role.Client
    if role is None or not isinstance(widget, QWidget):
        return None
    _held[:] = [each for each in _held if Shiboken.isValid(each)]
    _held.append(QAccessibleWidget(widget, role))
    return _held[-1]
