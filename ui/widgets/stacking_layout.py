"""A layout that puts its widgets side by side where they fit, and one below the other where they do not."""

from PySide6.QtCore import QRect, QSize

from ui.widgets.wrapping_layout import WrappingLayout


class StackingLayout(WrappingLayout):
    """One line, or one column."""

    def minimumSize(self) -> QSize:
        return QSize(1, max((item.minimumSize().height() for item in self._shown()), default=0))

    def _place(self, rect: QRect, *, move: bool) -> int:
        shown = self._shown()
        if self.sizeHint().width() <= rect.width():
            height = self.sizeHint().height()
            left = rect.x()
            for item in shown:
                width = item.sizeHint().width()
                if move:
                    item.setGeometry(QRect(left, rect.y(), width, height))
                left += width + self._gap
            return height
        # All as wide as the widest, so that a stack of choices has one right edge.
        widest = min(max((item.sizeHint().width() for item in shown), default=0), rect.width())
        top = rect.y()
        for item in shown:
            height = item.heightForWidth(widest) if item.hasHeightForWidth() else item.sizeHint().height()
            if move:
                item.setGeometry(QRect(rect.x(), top, widest, height))
            top += height + self._gap
        return max(top - self._gap - rect.y(), 0)
