"""The coverage page: which sites were visited in which weeks of a quarter."""

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtGui import QResizeEvent, QShowEvent
from PySide6.QtWidgets import QVBoxLayout

from reports.coverage import blocks
from reports.heatmap import DARK, LIGHT, heatmap
from ui import theme
from ui.page import Page, empty
from ui.period_box import PeriodBox
from ui.scene_view import SceneView
from ui.text import Body, Heading

if TYPE_CHECKING:
    from icv_app.laptop import Laptop
    from icv_app.summary import CoverageCell, Summary

MEASURES = {
    "custody_visit": ("Custody suites, week by week", "Each square is one week at one suite, named by its Sunday."),
    "kennel_visit": ("Kennels, month by month", "Each square is one month."),
    "training_observation": ("Off-site training", "Each square is one unit of the target."),
}
HOW_TO_READ = "Press a square, or walk through them with the arrow keys, to read it."


class CoveragePage(Page):
    """A grid of squares per measure; `wanted` carries the cell whose visits the person asked for."""

    wanted = Signal(object)

    def __init__(self, laptop: "Laptop") -> None:
        super().__init__("Coverage")
        self._laptop = laptop
        self._summary: Summary | None = None
        self.period = PeriodBox(laptop.clock.today(), self)
        self.period.choose(laptop.usual_period().name)
        self.period.changed.connect(self.refresh)
        self.column.addWidget(self.period)
        self.words = Body(HOW_TO_READ, role="hint")
        self.words.setObjectName("cell_words")
        self.column.addWidget(self.words)
        self._grids = QVBoxLayout()
        self.column.addLayout(self._grids)
        self.column.addStretch(1)
        self.views: list[SceneView] = []
        self._drawn_for = 0

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if self._summary is None:
            self.refresh()

    def refresh(self) -> None:
        """Count again and draw."""
        if not self.isVisible():
            self._summary = None
            return
        self._summary = self._laptop.summary(self.period.period())
        self._draw()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if self._summary is not None and self._room() != self._drawn_for:
            self._draw()

    def _room(self) -> int:
        # Room for the scroll bar is always left: else drawing would bring it up, narrow the page, and draw again.
        return max(self.width() - 64 - self.verticalScrollBar().sizeHint().width(), 320)

    def _draw(self) -> None:
        assert self._summary is not None  # refresh counted first
        empty(self._grids)
        self.views = []
        self.words.setText(HOW_TO_READ)  # what stood there was of the squares that are gone
        width = self._drawn_for = self._room()
        em = theme.pixels(1.0)
        for measure, (title, hint) in MEASURES.items():
            cells = tuple(cell for cell in self._summary.coverage if cell.measure == measure)
            if not cells:
                continue
            self._grids.addWidget(Heading(title, level=2))
            self._grids.addWidget(Body(hint, role="hint"))
            for block in blocks(cells, columns=max(4, int(width / (em * 4)) - 3)):
                self._add(block, title, width, em)
        if not self.views:
            self._grids.addWidget(Body("No target applied in this period, so there is nothing to cover."))

    def _add(self, block: "tuple[CoverageCell, ...]", title: str, width: float, em: float) -> None:
        assert self._summary is not None
        view = SceneView()
        palette = DARK if theme.is_dark() else LIGHT
        scene = heatmap(
            block, self._summary.sites, width=width, text_size=em * 0.85, palette=palette, most_cell_width=em * 5
        )
        view.show_scene(scene, name=title, ring=palette.text)
        view.pointed.connect(self.words.setText)
        self.views.append(view)
        self._grids.addWidget(view)
