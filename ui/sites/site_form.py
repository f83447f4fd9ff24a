"""A site's own particulars: its name, its kind, its cells; for a new one the day from which it is in use."""

from dataclasses import replace
from typing import TYPE_CHECKING

from forms.translation import tr
from icv_app.errors import InvalidInput
from icv_app.scheme import site_register
from icv_app.scheme.site_register import Edit
from icv_app.scheme.site_rows import SITE_KINDS, Site
from ui.widgets.row_page import RowPage, Up
from ui.widgets.typed_day import EXAMPLE

if TYPE_CHECKING:
    from ui.widgets.host import Host


class SiteFormPage(RowPage):
    """Adds a site, or changes one."""

    def __init__(self, desk: "Host", was: Site | None, up: Up) -> None:
        self._held = was or Site(site="", name="", kind="custody_suite")
        title = tr("A new site") if was is None else tr("Name and kind of {site}", site=was.name)
        super().__init__(desk, title, was, up)

    def _ask_all(self) -> None:
        held = self._held
        self.name = self.ask("name", tr("Its name"), held.name)
        kinds = [(kind, tr(words)) for kind, words in SITE_KINDS.items()]
        self.kind = self.ask_box("kind", tr("What kind of site is it?"), kinds, held.kind)
        cells = "" if held.cells is None else str(held.cells)
        self.cells = self.ask("cells", tr("How many cells? (optional)"), cells)
        self.opened = None
        if self.was is None:
            self.opened = self.ask("opened", tr("In use from"), "", tr(EXAMPLE))

    def _filled_in(self) -> Edit:
        cells = self.cells.text()
        if cells and (not cells.isdecimal() or len(cells) > 4):
            self.cells.box.setFocus()
            raise InvalidInput("site", tr("Enter the number of cells as a whole number, or leave it empty."))
        name = self.name.text()
        held = self._held
        code = held.site or site_register.new_code(self.desk.laptop.store, name)
        row = replace(held, site=code, name=name, kind=self.kind.currentData(), cells=int(cells) if cells else None)
        return Edit(row=row, was=self.was, opened=self.day(self.opened) if self.opened is not None else None)
