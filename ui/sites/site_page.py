"""One site: its particulars, the picture of its year, its calendar and its own targets as dated rows."""

from contextlib import suppress
from datetime import date
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from forms.translation import tr
from icv_app.counting import rulebook, site_year
from icv_app.encryption.faults import in_words
from icv_app.figure_name import MEASURES
from icv_app.interchange_folder.interchange import SITE_KIND_OF
from icv_app.periods import financial_year, unit_of
from icv_app.scheme import site_rows
from icv_app.scheme.site_rows import Site, StatusRow, TargetRow
from icv_app.summary import SiteName
from icv_app.wording import day_words
from ui.coverage.year_picture import picture
from ui.sites.site_form import SiteFormPage
from ui.sites.status_page import StatusPage
from ui.sites.target_page import TargetPage
from ui.widgets import theme
from ui.widgets.alone import AlonePage
from ui.widgets.buttons import SecondaryButton
from ui.widgets.fact_table import FactTable
from ui.widgets.fixed_call import FixedCall
from ui.widgets.line_of_work import LineOfWork
from ui.widgets.page import empty
from ui.widgets.row_page import Up, show_below
from ui.widgets.scene_view import SceneView
from ui.widgets.still_box import StillBox
from ui.widgets.text import Body, Heading, Question

if TYPE_CHECKING:
    from ui.widgets.host import Host

YEARS_BACK, YEARS_ON = 5, 1


def show(desk: "Host", code: str, up: Up, words: str = "") -> None:
    """Show a site, with words on what was done; where it is gone, the page before."""
    found = next((site for site in site_rows.sites(desk.laptop.store) if site.site == code), None)
    if found is None:
        up(words)
        return
    page = SitePage(desk, found, up)
    show_below(desk, page, up)
    if words:
        page.tell(words)


class SitePage(AlonePage):
    """Reads what holds when it is made; each change leads back to a new one."""

    def __init__(self, desk: "Host", site: Site, up: Up) -> None:
        super().__init__(site.name)
        self._desk, self._site, self._up = desk, site, up
        store = desk.laptop.store
        particulars = site_rows.kind_words(site.kind)
        if site.cells is not None:
            particulars = tr("{kind}, {count} cells", kind=particulars, count=site.cells)
        change = SecondaryButton(tr("Change the name or kind…"))
        change.setObjectName("change_site")
        change.clicked.connect(self._change)
        self.add_action(change)
        self.column.addWidget(Body(particulars[:1].upper() + particulars[1:] + "."))
        self.statuses = site_rows.status_rows(store, site.site)
        self.targets = tuple(row for row in site_rows.target_rows(store) if row.site == site.site)
        self._list_calendar()
        self._list_targets()
        self._show_year()
        self.column.addStretch(1)

    # Rows ------------------------------------------------------------------------------------------------------------

    def _list_calendar(self) -> None:
        self._head(tr("Calendar"), tr("Add a row…"), "add_status", self._add_status)
        if not self.statuses:
            self.column.addWidget(Body(tr("No row yet: the site counts as open on every day."), role="hint"))
        for row in reversed(self.statuses):
            self._line(
                row, site_rows.status_words(row), self._said_of_status(row), "change_status", self._change_status
            )

    def _list_targets(self) -> None:
        self._head(tr("Targets of its own"), tr("Add a target…"), "add_target", self._add_target)
        if not self.targets:
            self.column.addWidget(Body(tr("None: the targets for all sites hold here."), role="hint"))
        for row in reversed(self.targets):
            words = tr(
                "{measure}: {number}, {dates}",
                measure=tr(MEASURES.get(row.measure, row.measure)), number=site_rows.number_words(row.number, row.per),
                dates=site_rows.dates_words(row.first, row.last),
            )  # fmt: skip
            self._line(row, words, said_of_target(row), "change_target", self._change_target)

    def _head(self, title: str, button: str, name: str, action: object) -> None:
        self.column.addWidget(Heading(title, level=2))
        line = LineOfWork("")
        line.words.hide()
        made = line.add(SecondaryButton(button), name)
        made.clicked.connect(action)
        self.column.addWidget(line)

    def _line(self, row: StatusRow | TargetRow, words: str, more: str, name: str, action: object) -> None:
        today = self._desk.laptop.clock.today()
        said = words[:1].upper() + words[1:]
        line = LineOfWork(" ".join(part for part in (f"{said}.", time_words(row.first, row.last, today), more) if part))
        button = line.add(SecondaryButton(tr("Change…")), name)
        button.setAccessibleName(tr("Change: {row}", row=words))
        button.clicked.connect(FixedCall(action, row.key))  # type: ignore[arg-type]  # a bound method
        self.column.addWidget(line)

    @staticmethod
    def _said_of_status(row: StatusRow) -> str:
        told = ""
        if row.told_by and row.told_on:
            told = tr("Told by {who} on {day}.", who=row.told_by, day=day_words(row.told_on))
        elif row.told_by:
            told = tr("Told by {who}.", who=row.told_by)
        return " ".join(part for part in (sentence(row.reason), told) if part)

    def _add_status(self) -> None:
        self._go(StatusPage(self._desk, self._site, None, self._again))

    def _change_status(self, key: str) -> None:
        row = next(row for row in self.statuses if row.key == key)
        self._go(StatusPage(self._desk, self._site, row, self._again))

    def _add_target(self) -> None:
        measure = next((each for each, kind in SITE_KIND_OF.items() if kind == self._site.kind), "custody_visit")
        self._go(TargetPage(self._desk, None, self._again, measure=measure, site=self._site.site))

    def _change_target(self, key: str) -> None:
        self._go(TargetPage(self._desk, next(row for row in self.targets if row.key == key), self._again))

    def _change(self) -> None:
        self._go(SiteFormPage(self._desk, self._site, self._again))

    def _go(self, page: AlonePage) -> None:
        show_below(self._desk, page, self._again)

    @property
    def _again(self) -> Up:
        return partial(show, self._desk, self._site.site, self._up)

    # The year --------------------------------------------------------------------------------------------------------

    def _show_year(self) -> None:
        self.column.addWidget(Heading(tr("The year"), level=2))
        self.year = StillBox()
        self.year.setObjectName("year")
        self.year.setAccessibleName(tr("Financial year"))
        self.year.setMinimumWidth(1)
        self.year.setMaximumWidth(theme.px(20))
        label = Question(tr("Financial year"))
        label.setBuddy(self.year)
        asked = QWidget()
        column = QVBoxLayout(asked)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addWidget(label)
        column.addWidget(self.year)
        self.column.addWidget(asked)
        today = self._desk.laptop.clock.today()
        first = unit_of(today, "year").first.year
        for year in range(first + YEARS_ON, first - YEARS_BACK - 1, -1):
            begins = date(year, 4, 1)
            self.year.addItem(financial_year(begins).name, begins)
        self.year.setCurrentIndex(YEARS_ON)
        self.words = Body(tr("Walk through the months with the arrow keys to read one."), role="hint")
        self.words.setObjectName("month_words")
        self.column.addWidget(self.words)
        self._holder = QVBoxLayout()
        self.column.addLayout(self._holder)
        self.table = FactTable(tr("The year in words"), (tr("Month"), tr("Calendar"), tr("Target")), (2, 5, 3))
        self.table.setObjectName("year_table")
        self.column.addWidget(self.table)
        self.months: tuple[site_year.Month, ...] = ()
        self._drawn_for = 0
        self.year.currentIndexChanged.connect(self.read_year)
        self.read_year()

    def read_year(self) -> None:
        """Read the year that is chosen, draw it and tell it."""
        with in_words():
            book = rulebook.read(self._desk.laptop.store.connection)
        site = SiteName(site=self._site.site, name=self._site.name, kind=self._site.kind)
        self.months = site_year.months(book, site, self.year.currentData())
        self.table.show_rows([(month.name, _capital(month.calendar), _capital(month.target)) for month in self.months])
        self._draw()

    def _draw(self) -> None:
        empty(self._holder)
        width = self._drawn_for = max(self.width() - 64 - self.verticalScrollBar().sizeHint().width(), 320)
        name = tr("{site}, {year}", site=self._site.name, year=self.year.currentText())
        scene = picture(self.months, width=width, em=theme.pixels(1.0), colours=theme.tokens(), name=name)
        self.view = SceneView()
        self.view.setObjectName("year_picture")
        self.view.show_scene(scene, name=name, ring=theme.tokens().ink)
        self.view.pointed.connect(self.words.setText)
        self._holder.addWidget(self.view)
        with suppress(RuntimeError):
            QWidget.setTabOrder(self.year, self.view)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width() and self.months:
            self._draw()


def time_words(first: date, last: date | None, today: date) -> str:
    """Return whether a row holds now, is over or is to come, as a sentence."""
    if first > today:
        return tr("To come.")
    return tr("Over.") if last is not None and last < today else tr("In force now.")


def said_of_target(row: TargetRow) -> str:
    """Return why a target was set and who approved it, as sentences."""
    approved = ""
    if row.approved_by and row.approved_on:
        approved = tr("Approved by {who} on {day}.", who=row.approved_by, day=day_words(row.approved_on))
    elif row.approved_by:
        approved = tr("Approved by {who}.", who=row.approved_by)
    return " ".join(part for part in (sentence(row.reason), approved) if part)


def sentence(words: str) -> str:
    """Return words with a full stop at their end, where they have none."""
    return words if not words or words[-1] in ".!?" else f"{words}."


def _capital(words: str) -> str:
    return words[:1].upper() + words[1:]
