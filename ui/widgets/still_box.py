"""A list that drops down and stays as it is under the wheel, which is for scrolling the page."""

from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QComboBox


class StillBox(QComboBox):
    """A combo box whose choice the wheel never changes."""

    def wheelEvent(self, event: QWheelEvent) -> None:
        event.ignore()
