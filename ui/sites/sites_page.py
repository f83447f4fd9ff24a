"""The sites with their calendars, and the targets for all of them: what a visit is due by."""

from functools import partial
from typing import TYPE_CHECKING

from forms.translation import tr
from icv_app.counting import rulebook, site_year
from icv_app.encryption.faults import in_words
from icv_app.scheme import site_rows
from icv_app.scheme.site_rows import Site, TargetRow
from icv_app.summary import SiteName
from ui.sites import site_page
from ui.sites.site_form import SiteFormPage
from ui.sites.target_page import TargetPage
from ui.summaries import published_page
from ui.widgets.alone import AlonePage
from ui.widgets.buttons import SecondaryButton
from ui.widgets.fixed_call import FixedCall
from ui.widgets.line_of_work import LineOfWork
from ui.widgets.row_page import show_below
from ui.widgets.text import Body, Heading

if TYPE_CHECKING:
    from icv_app.counting.rulebook import Rulebook
    from ui.widgets.host import Host


def show(desk: "Host", words: str = "") -> None:
    """Show the sites, with words on what was done."""
    page = SitesPage(desk)
    desk.show_own(page)
    if words:
        page.tell(words)


class SitesPage(AlonePage):
    """Lists what there is; each change is made on a page of its own, and leads back to a new one of these."""

    def __init__(self, desk: "Host") -> None:
        super().__init__(tr("Sites, calendars and targets"))
        self._desk = desk
        for name, words, action in (
            ("add_site", tr("Add a site…"), self._add_site),
            ("add_target", tr("Add a target…"), self._add_target),
            ("published", tr("Published figures…"), self._show_published),
        ):
            button = SecondaryButton(words)
            button.setObjectName(name)
            button.clicked.connect(action)
            self.add_action(button)
        self.column.addWidget(
            Body(
                tr(
                    "A visit is due where a site is open and a target is in force. All of it is kept as dated rows, so "
                    "that what held before stays known."
                )
            )
        )
        store = desk.laptop.store
        self.sites = site_rows.sites(store)
        self.targets = tuple(row for row in site_rows.target_rows(store) if row.site is None)
        with in_words():
            book = rulebook.read(store.connection)
        self.column.addWidget(Heading(tr("Sites"), level=2))
        for site in self.sites:
            self._list_site(site, book)
        if not self.sites:
            self.column.addWidget(Body(tr("There is no site yet."), role="hint"))
        self.column.addWidget(Heading(tr("Targets for all sites"), level=2))
        for row in self.targets:
            self._list_target(row)
        if not self.targets:
            self.column.addWidget(Body(tr("There is no target yet, so no visit is due."), role="hint"))
        self.column.addStretch(1)

    def _list_site(self, site: Site, book: "Rulebook") -> None:
        today = self._desk.laptop.clock.today()
        named = SiteName(site=site.site, name=site.name, kind=site.kind)
        line = LineOfWork(
            tr(
                "{name}, {kind}. Today: {calendar}. Target: {target}.",
                name=site.name, kind=site_rows.kind_words(site.kind),
                calendar=site_year.calendar_words(book, site.site, today),
                target=site_year.target_words(book, named, today),
            )
        )  # fmt: skip
        button = line.add(SecondaryButton(tr("Open…")), "open_site")
        button.setAccessibleName(tr("Open {site}", site=site.name))
        button.clicked.connect(FixedCall(self.open_site, site.site))
        self.column.addWidget(line)

    def _list_target(self, row: TargetRow) -> None:
        today = self._desk.laptop.clock.today()
        words = site_rows.target_words(row, {})
        told = (f"{words}.", site_page.time_words(row.first, row.last, today), site_page.said_of_target(row))
        line = LineOfWork(" ".join(part for part in told if part))
        button = line.add(SecondaryButton(tr("Change…")), "change_target")
        button.setAccessibleName(tr("Change: {row}", row=words))
        button.clicked.connect(FixedCall(self._change_target, row.key))
        self.column.addWidget(line)

    def open_site(self, code: str) -> None:
        """Show a site."""
        site_page.show(self._desk, code, partial(show, self._desk))

    def _add_site(self) -> None:
        up = partial(show, self._desk)
        show_below(self._desk, SiteFormPage(self._desk, None, up), up)

    def _add_target(self) -> None:
        up = partial(show, self._desk)
        show_below(self._desk, TargetPage(self._desk, None, up), up)

    def _change_target(self, key: str) -> None:
        up = partial(show, self._desk)
        show_below(self._desk, TargetPage(self._desk, next(row for row in self.targets if row.key == key), up), up)

    def _show_published(self) -> None:
        published_page.show(self._desk, "", partial(show, self._desk))
