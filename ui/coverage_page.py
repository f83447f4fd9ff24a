"""The coverage page: which sites were visited in which weeks of a quarter."""

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QVBoxLayout

from forms.translation import later, tr
from reports.coverage import blocks, in_reading_order
from reports.heatmap import DARK, LIGHT, heatmap
from ui import theme
from ui.page import empty
from ui.period_page import PeriodPage
from ui.scene_view import SceneView
from ui.text import Body, Heading

if TYPE_CHECKING:
    from icv_app.laptop import Laptop
    from icv_app.summary import CoverageCell, SiteName, Summary

MEASURES = {
    "custody_visit": (
        later("Custody suites, week by week"), later("Each square is one week at one suite, named by its Sunday."),
    ),
    "kennel_visit": (later("Kennels, month by month"), later("Each square is one month.")),
}  # fmt: skip
HOW_TO_READ = later(
    "Walk through the squares with the arrow keys, or rest on one, to read it. Enter or a press shows its visits."
)


class CoveragePage(PeriodPage):
    """A grid of squares per measure. A square that is pressed, or chosen with Enter, shows its visits."""

    visits_wanted = Signal(str, object)  # words for the square, the keys of its visits

    def __init__(self, laptop: "Laptop") -> None:
        super().__init__(tr("Coverage"), laptop)
        self.words = Body(tr(HOW_TO_READ), role="hint")
        self.words.setObjectName("cell_words")
        self.column.addWidget(self.words)
        self._grids = QVBoxLayout()
        self.column.addLayout(self._grids)
        self.column.addStretch(1)
        self.views: list[SceneView] = []
        self._drawn_for = 0

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if self.summary is not None and self._room() != self._drawn_for:
            self.show_summary(self.summary)

    def _room(self) -> int:
        # Room for the scroll bar is always left: else drawing would bring it up, narrow the page, and draw again.
        return max(self.width() - 64 - self.verticalScrollBar().sizeHint().width(), 320)

    def show_summary(self, summary: "Summary") -> None:
        """Draw the squares as wide as there is room for."""
        empty(self._grids)
        self.views = []
        self.words.setText(tr(HOW_TO_READ))  # what stood there was of the squares that are gone
        width = self._drawn_for = self._room()
        em = theme.pixels(1.0)
        for measure, (title, hint) in MEASURES.items():
            cells = tuple(cell for cell in summary.coverage if cell.measure == measure)
            if not cells:
                continue
            self._grids.addWidget(Heading(tr(title), level=2))
            self._grids.addWidget(Body(tr(hint), role="hint"))
            for block in blocks(cells, columns=max(4, int(width / (em * 4)) - 3)):
                self._add(block, summary.sites, tr(title), width, em)
        if not self.views:
            self._grids.addWidget(Body(tr("No target applied in this period, so there is nothing to cover.")))

    def _add(
        self, block: "tuple[CoverageCell, ...]", sites: "tuple[SiteName, ...]", title: str, width: float, em: float
    ) -> None:
        view = SceneView()
        palette = DARK if theme.is_dark() else LIGHT
        scene = heatmap(block, sites, width=width, text_size=em * 0.85, palette=palette, most_cell_width=em * 5)
        view.show_scene(scene, name=title, ring=palette.text)
        view.pointed.connect(self.words.setText)
        view.chosen.connect(lambda area: self._ask(block, area))
        self.views.append(view)
        self._grids.addWidget(view)

    def _ask(self, block: "tuple[CoverageCell, ...]", area: int) -> None:
        """Ask for the visits of the square `area` of `block`; a square without any is only read."""
        cell = in_reading_order(block, self.summary.sites if self.summary else ())[area]
        keys = tuple(
            row.key
            for row in self.laptop.visits()
            if (row.form, row.site) == (cell.measure, cell.site) and cell.first <= row.date <= cell.last
        )
        if keys:
            self.visits_wanted.emit(self.words.text(), keys)
