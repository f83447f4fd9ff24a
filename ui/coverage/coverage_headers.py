"""The heads of the coverage grid: weeks under their months, and the names of the sites, which stay while it scrolls."""

from collections.abc import Sequence

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QHeaderView, QWidget

from icv_app.periods import Per, Unit
from icv_app.wording import month_words
from ui.widgets import theme

WORDS = Qt.TextFlag.TextWordWrap | Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter


def head(unit: Unit, per: Per) -> str:
    """Return what stands over a column: a week has the day of its Sunday, longer units their months or year."""
    if per == "week":
        return str(unit.last.day)
    if per == "year":
        return f"{unit.first.year}-{unit.last.year % 100:02}"
    return month_words(unit.first)[:3] + (f"–{month_words(unit.last)[:3]}" if per == "quarter" else "")


def above(unit: Unit, per: Per) -> str:
    """Return what stands above that, over all columns that share it: the month of weeks, the year of longer units."""
    return f"{month_words(unit.last)} {unit.last.year}" if per == "week" else str(unit.last.year)


def small() -> QFont:
    """Return the font of the heads."""
    font = QFont(theme.FAMILY)
    font.setPixelSize(theme.px(0.85))
    font.setWeight(QFont.Weight.DemiBold)
    return font


class UnitHeader(QHeaderView):
    """Two lines: the units, and above them what several share. The unit that holds today is marked by a bar."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(Qt.Orientation.Horizontal, parent)
        self._heads: Sequence[str] = ()
        self._above: Sequence[str] = ()
        self._now: int | None = None
        self.setSectionsClickable(False)
        self.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.setMinimumSectionSize(1)

    def show_units(self, units: Sequence[Unit], per: Per, now: int | None) -> None:
        """Show these units; `now` is the place of the present one, None where it is not among them."""
        self._heads = [head(unit, per) for unit in units]
        self._above = [above(unit, per) for unit in units]
        self._now = now
        self.setFixedHeight(theme.px(3.1))

    def widest(self) -> int:
        """Return the width of the longest head in pixels."""
        metrics = QFontMetrics(small())
        return max((metrics.horizontalAdvance(words) for words in self._heads), default=0)

    def sizeHint(self) -> QSize:
        return QSize(super().sizeHint().width(), theme.px(3.1))

    def paintEvent(self, event: QPaintEvent) -> None:
        colours = theme.tokens()
        painter = QPainter(self.viewport())
        painter.fillRect(self.viewport().rect(), QColor(colours.panel))
        painter.setFont(small())
        height, middle = self.height(), self.height() // 2
        first, last = self.visualIndexAt(0), self.visualIndexAt(self.viewport().width() - 1)
        last = self.count() - 1 if last < 0 else last
        start = max(first, 0)
        for at in range(start, last + 1):
            left, wide = self.sectionViewportPosition(at), self.sectionSize(at)
            painter.setPen(QColor(colours.ink))
            painter.drawText(
                QRect(left, middle, wide, height - middle - 4), Qt.AlignmentFlag.AlignCenter, self._heads[at]
            )
            if at == self._now:
                painter.fillRect(QRect(left + 2, height - 5, wide - 4, 4), QColor(colours.brand))
            if at == start or self._above[at] != self._above[at - 1]:
                self._group(painter, at, last, middle)
        painter.setPen(QPen(QColor(colours.box), 1))
        painter.drawLine(0, height - 1, self.viewport().width(), height - 1)
        painter.end()

    def _group(self, painter: QPainter, at: int, last: int, middle: int) -> None:
        """Write what the columns from `at` on share, from where it is to be seen to where they end."""
        colours = theme.tokens()
        end = at
        while end < last and self._above[end + 1] == self._above[at]:
            end += 1
        left = self.sectionViewportPosition(at)
        right = self.sectionViewportPosition(end) + self.sectionSize(end)
        room = QRect(max(left, 0) + 4, 0, right - max(left, 0) - 6, middle)
        if left > 0:
            painter.setPen(QPen(QColor(colours.box), 1))
            painter.drawLine(left, 2, left, self.height())
        painter.setPen(QColor(colours.hint))
        metrics = painter.fontMetrics()
        whole = self._above[at]
        for words in (whole, whole.split(" ", maxsplit=1)[0], whole[:3]):
            if metrics.horizontalAdvance(words) <= room.width():
                painter.drawText(room, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, words)
                return


class SiteHeader(QHeaderView):
    """The names of the sites, each in as many lines as it needs."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(Qt.Orientation.Vertical, parent)
        self._names: Sequence[str] = ()
        self._wide = 0
        self.setSectionsClickable(False)
        self.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.setMinimumSectionSize(1)

    def show_names(self, names: Sequence[str], most: int) -> None:
        """Show these names, at most `most` pixels wide."""
        self._names = names
        metrics = self.fontMetrics()
        longest = max((metrics.horizontalAdvance(name) for name in names), default=0)
        self._wide = min(longest + theme.px(1.2), most)
        self.setFixedWidth(self._wide)

    def height_of(self, at: int) -> int:
        """Return how high the name at that place is, in pixels."""
        room = QRect(0, 0, max(self._wide - theme.px(0.8), 1), 10_000)
        return self.fontMetrics().boundingRect(room, WORDS, self._names[at]).height() + theme.px(0.5)

    def sizeHint(self) -> QSize:
        return QSize(self._wide, super().sizeHint().height())

    def paintSection(self, painter: QPainter, rect: QRect, at: int) -> None:
        colours = theme.tokens()
        painter.fillRect(rect, QColor(colours.page))
        painter.setPen(QColor(colours.ink))
        painter.setFont(self.font())
        painter.drawText(rect.adjusted(theme.px(0.2), 0, -theme.px(0.5), 0), WORDS, self._names[at])
