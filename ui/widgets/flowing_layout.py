"""A layout that fills lines from the left, like words: what does not fit goes into the next line."""

from PySide6.QtCore import QRect, QSize

from ui.widgets.wrapping_layout import WrappingLayout


class FlowingLayout(WrappingLayout):
    """The gap stands between the lines as well."""

    def minimumSize(self) -> QSize:
        return QSize(
            max((item.minimumSize().width() for item in self._shown()), default=0),
            max((item.minimumSize().height() for item in self._shown()), default=0),
        )

    def _place(self, rect: QRect, *, move: bool) -> int:
        left, top, high = rect.x(), rect.y(), 0
        for item in self._shown():
            size = item.sizeHint()
            width = min(size.width(), rect.width())
            if left > rect.x() and left + width > rect.x() + rect.width():
                left, top, high = rect.x(), top + high + self._gap, 0
            if move:
                item.setGeometry(QRect(left, top, width, size.height()))
            left += width + self._gap
            high = max(high, size.height())
        return top + high - rect.y()
