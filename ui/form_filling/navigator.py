"""The list of sections beside the form, with discs that fill as they are answered; a drop-down where it is narrow."""

from dataclasses import dataclass

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPointF, QRect, QRectF, QSignalBlocker, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFont, QPainter, QPen
from PySide6.QtWidgets import (
    QListView,
    QListWidget,
    QListWidgetItem,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from forms.problem import Progress
from forms.translation import plural, tr
from ui.form_filling.choice_field import DropBox
from ui.widgets import theme
from ui.widgets.measured import wrapped

_STEP = Qt.ItemDataRole.UserRole
_FLAGS = int(Qt.TextFlag.TextWordWrap) | int(Qt.AlignmentFlag.AlignLeft) | int(Qt.AlignmentFlag.AlignTop)


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One entry: `key` tells it apart, `part` (0 to 1) fills the disc, `wrong` puts a mark in it."""

    key: str
    title: str
    words: str
    part: float
    wrong: bool


def step_of(key: str, title: str, progress: Progress) -> Step:
    """Return the entry of a section, its state in words and as a part of the whole."""
    total, done = progress.required_total, progress.required_answered
    if progress.problems:
        words = plural("{count} to put right", "{count} to put right", progress.problems)
    elif total and done == total:
        words = tr("Done")
    elif total and progress.answered:
        words = plural("{done} of {count} required", "{done} of {count} required", total, done=done)
    elif total:
        words = tr("Not started")
    elif progress.answered:
        words = plural("{count} answered", "{count} answered", progress.answered)
    else:
        words = tr("Can be left empty")
    part = done / total if total else float(bool(progress.answered))
    return Step(key=key, title=title, words=words, part=part, wrong=bool(progress.problems))


class _Painter(QStyledItemDelegate):
    """Paints one entry."""

    def _title_font(self, option: QStyleOptionViewItem) -> QFont:
        font = QFont(option.font)
        font.setWeight(QFont.Weight.DemiBold)
        return font

    def _small(self, option: QStyleOptionViewItem) -> QFont:
        font = QFont(option.font)
        font.setPixelSize(theme.px(0.88))
        return font

    def _text_left(self) -> int:
        return theme.px(0.85) + theme.px(1.25) + theme.px(0.5)

    def _room(self, width: int) -> int:
        """Return how wide the words of an entry `width` wide may be: the same when measured and when painted."""
        return max(width - self._text_left() - theme.px(0.3), 1)

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        step: Step = index.data(_STEP)
        view = self.parent()
        width = view.viewport().width() if isinstance(view, QListWidget) else theme.px(16)
        _, title = wrapped(step.title, self._title_font(option), self._room(width))
        _, words = wrapped(step.words, self._small(option), self._room(width))
        return QSize(width, title + words + theme.px(0.55))

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        step: Step = index.data(_STEP)
        colours = theme.tokens()
        area: QRect = option.rect
        view = self.parent()
        chosen = isinstance(view, QListWidget) and view.currentRow() == index.row()
        ink = QColor(colours.on_rail_chosen if chosen else colours.on_rail)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if chosen:
            painter.fillRect(area, QColor(colours.rail_chosen))
            painter.fillRect(QRect(area.x(), area.y(), theme.px(0.35), area.height()), QColor(colours.focus))
        size = theme.pixels(1.2)
        disc = QRectF(area.x() + theme.pixels(0.85), area.center().y() - size / 2, size, size)
        _paint_disc(painter, disc, step, ink, QColor(colours.rail_chosen if chosen else colours.rail))
        left = area.x() + self._text_left()
        room = QRect(left, area.y() + theme.px(0.22), self._room(area.width()), area.height())
        painter.setPen(ink)
        title_font = self._title_font(option)
        painter.setFont(title_font)
        painter.drawText(room, _FLAGS, step.title)
        _, down = wrapped(step.title, title_font, room.width())
        painter.setFont(self._small(option))
        painter.setPen(ink if chosen else QColor(colours.rail_hint))
        painter.drawText(room.adjusted(0, down, 0, 0), _FLAGS, step.words)
        painter.restore()


def _paint_disc(painter: QPainter, disc: QRectF, step: Step, ink: QColor, ground: QColor) -> None:
    painter.setPen(QPen(ink, 2))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawEllipse(disc)
    if step.wrong:
        painter.setPen(QPen(ink, disc.width() * 0.12, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap))
        middle = disc.center().x()
        painter.drawLine(
            QPointF(middle, disc.y() + disc.height() * 0.24), QPointF(middle, disc.y() + disc.height() * 0.56)
        )
        painter.drawPoint(QPointF(middle, disc.y() + disc.height() * 0.76))
        return
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(ink)
    if step.part >= 1:
        painter.drawEllipse(disc)
        painter.setPen(QPen(ground, disc.width() * 0.13, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap))
        points = [
            QPointF(disc.x() + disc.width() * x, disc.y() + disc.height() * y)
            for x, y in ((0.28, 0.54), (0.44, 0.69), (0.73, 0.34))
        ]
        painter.drawPolyline(points)
    elif step.part > 0:
        painter.drawPie(disc, 90 * 16, -round(step.part * 360 * 16))


def _item(item: QListWidgetItem, step: Step) -> QListWidgetItem:
    item.setData(_STEP, step)
    item.setData(Qt.ItemDataRole.AccessibleTextRole, tr("{section}, {state}", section=step.title, state=step.words))
    return item


class Navigator(QListWidget):
    """The sections as a list: one stop for Tab, arrow keys go through it. `chosen` carries the entry's key."""

    chosen = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("sections")
        self.setAccessibleName(tr("Sections of the form"))
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setItemDelegate(_Painter(self))
        self.setResizeMode(QListView.ResizeMode.Adjust)  # a scroll bar that comes makes a title wrap
        self.setFixedWidth(theme.px(16))
        self.currentRowChanged.connect(self._tell)
        self.steps: tuple[Step, ...] = ()

    def show_steps(self, steps: tuple[Step, ...], key: str) -> None:
        """Show these entries with `key` as the present one; only what is different is painted again."""
        if steps == self.steps and 0 <= self.currentRow() < len(steps) and steps[self.currentRow()].key == key:
            return
        with QSignalBlocker(self):
            if [step.key for step in steps] != [step.key for step in self.steps]:
                self.clear()
                for step in steps:
                    self.addItem(_item(QListWidgetItem(), step))
            for number, step in enumerate(steps):
                if self.item(number).data(_STEP) != step:
                    _item(self.item(number), step)
            now = [step.key for step in steps].index(key)
            if self.currentRow() != now:
                self.setCurrentRow(now)
                self.viewport().update()
        self.steps = steps

    def _tell(self, number: int) -> None:
        if 0 <= number < len(self.steps):
            self.chosen.emit(self.steps[number].key)


class NarrowNavigator(DropBox):
    """The sections as a drop-down, where the window is too narrow for the list."""

    chosen = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("sections_narrow")
        self.setAccessibleName(tr("Section of the form"))
        self.steps: tuple[Step, ...] = ()
        self.activated.connect(self._tell)

    def show_steps(self, steps: tuple[Step, ...], key: str) -> None:
        """Show these entries with `key` as the present one."""
        if steps == self.steps and 0 <= self.currentIndex() < len(steps) and steps[self.currentIndex()].key == key:
            return
        with QSignalBlocker(self):
            words = [tr("{section}: {state}", section=step.title, state=step.words) for step in steps]
            if len(steps) != self.count():
                self.clear()
                self.addItems(words)
            for number, step in enumerate(steps):
                if self.itemText(number) != words[number]:
                    self.setItemText(number, words[number])
                if step.key == key:
                    self.setCurrentIndex(number)
        self.steps = steps

    def _tell(self, number: int) -> None:
        self.chosen.emit(self.steps[number].key)
