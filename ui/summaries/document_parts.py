"""The blocks of a document as widgets, one for each; a picture is the scene that paper has."""

from functools import singledispatch

from PySide6.QtCore import QEvent
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QGridLayout, QVBoxLayout, QWidget

from reports import document as doc
from ui.summaries.document_table import DocumentTable
from ui.widgets import theme
from ui.widgets.fitted_scene import fitted
from ui.widgets.scene_view import SceneView
from ui.widgets.text import Body, Heading, Role

_LARGEST = 2.2  # of its size on paper, where the text of the window is at 100%
_TILE = 13.0  # ems that a key figure needs beside others


class Said(Body):
    """Words that stay as they are, measured once for each width: a page of a hundred is arranged many times."""

    def __init__(self, text: str, *, role: Role = "") -> None:
        super().__init__(text, role=role)
        self._heights: dict[int, int] = {}

    def heightForWidth(self, width: int) -> int:
        if width not in self._heights:
            self._heights[width] = super().heightForWidth(width)
        return self._heights[width]

    def changeEvent(self, event: QEvent) -> None:
        self._heights = {}  # another font, another look
        super().changeEvent(event)


@singledispatch
def made(block: doc.Block, width: int) -> QWidget:
    """Return the widget of a block, for a column of that width; `Together` has none of its own."""
    raise TypeError(block)


@made.register
def _(block: doc.Heading, width: int) -> QWidget:
    return Heading(block.text, level=min(block.level, 3))


@made.register
def _(block: doc.Paragraph, width: int) -> QWidget:
    roles: dict[str, Role] = {"": "", "note": "hint", "meta": "hint"}
    text = f"{block.number} {block.text}" if block.number else block.text
    return _labelled(block.label, text, roles[block.role]) if block.label else Said(text, role=roles[block.role])


def _labelled(label: str, text: str, role: Role = "") -> QWidget:
    """Return a paragraph under its label. (In one line it would be rich text, which Qt measures 20 times slower.)."""
    holder, column = _column(QWidget())
    column.setSpacing(0)
    column.addWidget(Said(label, role="strong"))
    column.addWidget(Said(text, role=role))
    return holder


@made.register
def _(block: doc.Bullets, width: int) -> QWidget:
    holder, column = _column(QWidget())
    for item in block.items:
        column.addWidget(Said(f"•  {item}"))
    return holder


@made.register
def _(block: doc.Table, width: int) -> QWidget:
    return DocumentTable(block, width)


@made.register
def _(block: doc.Tiles, width: int) -> QWidget:
    return TileRow(block)


@made.register
def _(block: doc.Terms, width: int) -> QWidget:
    frame, column = _column(_card())
    for term, meaning in block.pairs:
        column.addWidget(_labelled(term, meaning))
    return frame


@made.register
def _(block: doc.Picture, width: int) -> QWidget:
    return PictureView(block, width)


@made.register
def _(block: doc.Commentary, width: int) -> QWidget:
    frame, column = _column(_card())
    column.addWidget(Said(block.label, role="strong"))
    column.addWidget(Said(block.text))
    return frame


def _card() -> QFrame:
    frame = QFrame()
    frame.setProperty("card", "panel")
    return frame


def _column(holder: QWidget) -> tuple[QWidget, QVBoxLayout]:
    column = QVBoxLayout(holder)
    pad = theme.px(0.7) if isinstance(holder, QFrame) else 0
    column.setContentsMargins(pad, pad, pad, pad)
    column.setSpacing(theme.px(0.35))
    return holder, column


class TileRow(QWidget):
    """Key figures side by side, as many to a line as there is room for."""

    def __init__(self, block: doc.Tiles) -> None:
        super().__init__()
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setSpacing(theme.px(0.6))
        self._tiles = [_tile(each) for each in block.tiles]
        self._across = 0
        self._place(len(self._tiles))

    def _place(self, across: int) -> None:
        if across == self._across:
            return
        for column in range(max(self._across, across)):
            self._grid.setColumnStretch(column, 1 if column < across else 0)
        self._across = across
        for at, tile in enumerate(self._tiles):
            self._grid.addWidget(tile, at // across, at % across)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._place(max(1, min(len(self._tiles), event.size().width() // theme.px(_TILE))))


def _tile(tile: doc.Tile) -> QWidget:
    frame, column = _column(_card())
    frame.setMinimumWidth(1)
    column.addWidget(Heading(tile.figure, level=2))
    column.addWidget(Said(tile.what))
    column.addWidget(Said(tile.share, role="strong"))
    column.addStretch(1)
    return frame


class PictureView(QWidget):
    """A picture as wide as there is room, up to its size on paper with the text of the window."""

    def __init__(self, block: doc.Picture, width: int) -> None:
        super().__init__()
        self._block = block
        self.view = SceneView()
        self.view.setObjectName("picture")
        self.words = Body("", role="hint")  # what the pointer or the keyboard is on, for those who see
        self.view.pointed.connect(self.words.setText)
        _, column = _column(self)
        column.addWidget(self.view)
        column.addWidget(self.words)
        self.words.hide()
        self.view.pointed.connect(lambda words: self.words.setVisible(bool(words)))
        self._draw(width)
        self.resize(width, self.sizeHint().height())  # what it is shown with before its layout has seen it

    def _draw(self, room: float) -> None:
        scene = self._block.scene
        factor = min(room / scene.width, _LARGEST * theme.current().scale)
        self.view.show_scene(
            fitted(scene, factor, dark=theme.is_dark()), name=self._block.title, ring=theme.tokens().ink
        )

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self._draw(event.size().width())
