"""The coverage page: which weeks have a visit at which site, what is due, and how long each site has had none."""

from datetime import date, timedelta
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from forms.translation import later, plural, tr
from icv_app.counting import coverage_grid, gaps, rulebook
from icv_app.counting.coverage_grid import Cell, Grid
from icv_app.counting.gaps import Gap
from icv_app.encryption.faults import in_words
from icv_app.errors import InvalidInput
from icv_app.periods import quarter_of, unit_of
from icv_app.wording import day_words, listed, span_words
from ui.coverage.coverage_grid import NAMES, CoverageGrid, cell_size
from ui.coverage.coverage_signs import Legend
from ui.widgets import theme
from ui.widgets.announcing import announce
from ui.widgets.buttons import SecondaryButton
from ui.widgets.fact_table import FactTable
from ui.widgets.page import Page, empty
from ui.widgets.period_box import PeriodBox
from ui.widgets.stacking_layout import StackingLayout
from ui.widgets.text import Body, Heading

if TYPE_CHECKING:
    from icv_app.laptop import Due
    from ui.widgets.host import Host

HOW_TO_READ = {
    "week": later("Each square is one week, named by its Sunday. Walk through them with the arrow keys to read them."),
    "month": later("Each square is one month. Walk through them with the arrow keys to read them."),
    "quarter": later("Each square is one quarter. Walk through them with the arrow keys to read them."),
    "year": later("Each square is one financial year. Walk through them with the arrow keys to read them."),
}
OPENS = later("Enter or a double click shows what is behind a square.")
COUNTED = later(
    "The longest gap is that of the period chosen above. It is counted from the visit before, also where that was "
    "earlier. Days on which a site was not open are not counted."
)
COLUMNS = (later("Site"), later("Last visit"), later("Longest gap"))


class CoveragePage(Page):
    """Four quarters to the end of the chosen period, judged anew whenever the page is shown."""

    def __init__(self, desk: "Host") -> None:
        super().__init__(tr("Coverage"))
        self._desk = desk
        self.laptop = desk.laptop
        sunday = unit_of(self.laptop.clock.today(), "week").last  # the present week belongs to the quarter of its end
        self.period = PeriodBox(sunday, self)
        self.period.choose(self._usual(sunday))
        self.period.changed.connect(self._choose)
        self.days_and_times = SecondaryButton(tr("Days and times of visits"))
        self.days_and_times.setObjectName("days_and_times")
        self.days_and_times.clicked.connect(self._show_spread)
        top = QWidget()
        side_by_side = StackingLayout(top, gap=theme.px(1.5))
        side_by_side.addWidget(self.period)
        side_by_side.addWidget(self.days_and_times)
        self.column.addWidget(top)
        self.days_and_times.setVisible(self.laptop.office)  # when nobody comes is for the office alone to see
        self.partly = Body(
            tr(
                "This is not the whole picture. This laptop may read only some of the reports: a visit that others "
                "made can be missing here. The office sees all of them."
            ),
            role="strong",
        )
        self.partly.setObjectName("partly")
        self.column.addWidget(self.partly)
        self.partly.setVisible(not self.laptop.office)
        self.due = Body()
        self.due.setObjectName("due")
        self.column.addWidget(self.due)
        self._shown = QVBoxLayout()
        self._shown.setSpacing(theme.px(0.7))
        self.column.addLayout(self._shown)
        self.column.addStretch(1)
        self.views: list[CoverageGrid] = []
        self.words: list[Body] = []  # above each of them: what its square says
        self._read = False

    def _usual(self, sunday: date) -> str:
        """Return the present quarter's name, or that of the last visit where the grid would be empty."""
        latest = self.laptop.records_to()
        if latest is None or latest >= coverage_grid.window(sunday).first:
            return quarter_of(sunday).name
        return quarter_of(latest).name

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if not self._read:
            self.refresh()

    def refresh(self) -> None:
        """Judge again; a hidden page waits until it is shown."""
        self._read = self.isVisible()
        if not self._read:
            return
        laptop, period = self.laptop, self.period.period()
        today = laptop.clock.today()
        connection = laptop.store.connection
        with in_words():
            book = rulebook.read(connection)
            grids = coverage_grid.read(connection, book, coverage_grid.window(period.last), today, whole=laptop.office)
            missing = gaps.read(connection, book, period, today) if laptop.office else ()
        self.due.setText(due_words(laptop.due()))
        self._show(grids, missing, today)

    def _choose(self) -> None:
        """Show another period: the square that was read is gone."""
        empty(self._shown)
        self.views = []
        self.refresh()

    def _show(self, grids: tuple[Grid, ...], missing: tuple[Gap, ...], today: date) -> None:
        places = {
            (view.grid.measure, view.grid.per): (view.place(), view.horizontalScrollBar().value())
            for view in self.views
            if view.grid
        }
        focused = next((at for at, view in enumerate(self.views) if view.hasFocus()), None)
        empty(self._shown)
        self.views, self.words = [], []
        for grid in grids:
            self._shown.addWidget(Heading(tr(NAMES[grid.measure, grid.per]), level=2))
            self._shown.addWidget(Legend({cell.state for row in grid.rows for cell in row.cells}, cell_size()))
            words = Body(f"{tr(HOW_TO_READ[grid.per])} {tr(OPENS)}", role="hint")
            words.setObjectName("cell_words")
            view = CoverageGrid(grid, today)
            view.setObjectName(f"grid_{grid.measure}_{grid.per}")
            view.told.connect(words.setText)
            view.chosen.connect(partial(self._ask, len(self.views)))
            self.views.append(view)
            self.words.append(words)
            self._shown.addWidget(words)
            self._shown.addWidget(view)
            view.show()  # now, so that it can take the focus again
            if (grid.measure, grid.per) in places:
                view.resume(*places[grid.measure, grid.per])
        if focused is not None and focused < len(self.views):
            self.views[focused].setFocus()
        if not grids:
            self._shown.addWidget(Body(tr("There is no custody suite or kennel in the list of sites yet.")))
        elif missing:
            self._show_gaps(grids, missing, today)

    def _show_gaps(self, grids: tuple[Grid, ...], missing: tuple[Gap, ...], today: date) -> None:
        now = {
            (grid.measure, row.site): (row.name, None if (at := grid.column(today)) is None else row.cells[at].told)
            for grid in grids
            for row in grid.rows
        }
        current = any(told for _, told in now.values())  # today is in another period where there is nothing of it
        self._shown.addWidget(Heading(tr("Site by site"), level=2))
        self._shown.addWidget(Body(tr(COUNTED), role="hint"))
        columns = [tr(words) for words in COLUMNS] + ([tr("Now")] if current else [])
        table = FactTable(tr("Site by site"), columns, (3, 4, 4, 4) if current else (3, 4, 4))
        table.setObjectName("gaps")
        self._shown.addWidget(table)
        rows = []
        for gap in missing:
            if (gap.measure, gap.site) in now:
                name, told = now[gap.measure, gap.site]
                rows.append((name, *gap_words(gap), *((told or "",) if current else ())))
        table.show_rows(rows)

    def _ask(self, grid: int, cell: Cell) -> None:
        """Show the visits of a square, else its slot; one without either is read out, with that there are none."""
        if cell.visits:
            self._desk.show_behind(cell.words, cell.visits)
        elif not (self.laptop.office and cell.slots and self._show_slot(grid, cell.slots[0])):
            self._say(grid, tr("{words} There is no report of a visit behind it.", words=cell.words))

    def _show_slot(self, grid: int, slot: str) -> bool:
        """Show a slot as the rota does; return whether it could be."""
        from ui.rotas.slot_page import SlotPage

        try:
            page = SlotPage(self.laptop, slot)
        except InvalidInput:  # it went meanwhile
            return False

        def back(words: str = "") -> None:
            self._desk.show_page("Coverage")
            if grid < len(self.views):
                self.views[grid].setFocus()
            if words:
                self._say(grid, words)

        self._desk.show_own(page)
        page.left.connect(back)  # after the desk has gone home
        page.done.connect(back)
        return True

    def _say(self, grid: int, words: str) -> None:
        """Say something of a square where its words stand, and aloud."""
        if grid < len(self.words):
            self.words[grid].setText(words)
            announce(self.words[grid], words)

    def _show_spread(self) -> None:
        from ui.coverage.spread_page import SpreadPage

        page = SpreadPage(self.laptop)
        self._desk.show_own(page)
        page.left.connect(self._come_back)  # after the desk has gone home

    def _come_back(self) -> None:
        self._desk.show_page("Coverage")
        self.days_and_times.setFocus()


def due_words(due: "tuple[Due, ...]") -> str:
    """Return what is still to be visited, the soonest to end first, each day with its sites."""
    by_day: dict[tuple[str, date], list[str]] = {}
    lines = []
    for each in due:
        if each.site is None:
            lines.append(each.words)
            continue
        short = tr("{site} ({made} of {needed} made)", site=each.site_name, made=each.completed, needed=each.needed)
        name = short if each.needed > 1 else each.site_name
        by_day.setdefault((each.measure, each.last), []).append(name)
    told = [
        tr("Still to be visited by {day}: {sites}.", day=day_words(last), sites=listed(sites))
        for (_, last), sites in by_day.items()
    ]
    return "\n".join([*told, *lines]) or tr("Nothing is due now.")


def gap_words(gap: Gap) -> tuple[str, str]:
    """Return the days since the last visit and the longest gap, in words."""
    since = tr("None yet")
    if gap.last is not None and gap.since is not None:
        since = tr("{days}, since {day}", days=_days(gap.since), day=day_words(gap.last))
        if gap.closed:
            since = tr("{days} and {closed} not open, since {day}", days=_days(gap.since), closed=gap.closed,
                       day=day_words(gap.last))  # fmt: skip
    if gap.longest is None or gap.after is None or gap.until is None:
        return since, tr("Not open")
    first = gap.after if gap.visited else min(gap.after + timedelta(days=1), gap.until)  # else no visit to count from
    return since, tr("{days}, {span}", days=_days(gap.longest), span=span_words(first, gap.until))


def _days(number: int) -> str:
    return plural("{count:,} day", "{count:,} days", number)
