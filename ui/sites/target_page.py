"""One target: how many visits are called for, for one site or for all, from one day to another."""

from typing import TYPE_CHECKING

from forms.translation import tr
from icv_app.errors import IcvError, InvalidInput
from icv_app.figure_name import MEASURES
from icv_app.interchange_folder.interchange import SITE_KIND_OF
from icv_app.scheme import site_rows
from icv_app.scheme.site_register import MOST_VISITS, Edit
from icv_app.scheme.site_rows import PERS, TargetRow
from ui.widgets import theme
from ui.widgets.choice_button import TickChoice
from ui.widgets.row_page import RowPage, Up, typed
from ui.widgets.typed_day import EXAMPLE

if TYPE_CHECKING:
    from ui.widgets.host import Host


class TargetPage(RowPage):
    """Adds, corrects, ends and deletes a target. `site` is chosen beforehand for a new one, with its `measure`."""

    def __init__(
        self, desk: "Host", was: TargetRow | None, up: Up, *, measure: str = "custody_visit", site: str | None = None
    ) -> None:
        usual = TargetRow(measure=measure, site=site, number=1, per="week", first=desk.laptop.clock.today())
        self._held = was or usual
        super().__init__(desk, tr("A new target") if was is None else tr("A target"), was, up)

    def _ask_all(self) -> None:
        held = self._held
        self._sites = site_rows.sites(self.desk.laptop.store)
        measures = [(measure, tr(MEASURES[measure])) for measure in SITE_KIND_OF]
        self.measure = self.ask_box("measure", tr("What is called for?"), measures, held.measure)
        self.site = self.ask_box("target_site", tr("Where?"), self._places(), held.site or "")
        self.number = self.ask(
            "number", tr("How many?"), str(held.number), tr("A whole number. 0 means suspended: nothing is called for.")
        )
        pers = [(per, tr(words)) for per, words in PERS.items()]
        self.per = self.ask_box("per", tr("In each"), pers, held.per)
        first = "" if self.was is None else typed(held.first)
        self.first = self.ask("first", tr("From"), first, tr(EXAMPLE))
        self.last = self.ask(
            "last", tr("To (optional)"), typed(held.last), tr("The last day. Leave it empty where it goes on.")
        )
        self.reason = self.ask(
            "reason", tr("Why? (optional)"), held.reason, tr("It stands in the summary. Name nobody.")
        )
        self.approved_by = self.ask(
            "approved_by", tr("Who approved it? (optional)"), held.approved_by, tr("A role, such as Commissioner.")
        )
        self.approved_on = self.ask("approved_on", tr("When? (optional)"), typed(held.approved_on))
        self.make_room = TickChoice(
            tr("End another target that is in force on these days, and let it go on after them")
        )
        self.make_room.setObjectName("make_room")
        self.make_room.setMaximumWidth(theme.px(40))
        self.make_room.toggled.connect(self.withdraw)
        self.column.addWidget(self.make_room)
        self.measure.currentIndexChanged.connect(self._offer_places)

    def _places(self) -> list[tuple[str, str]]:
        measure = self.measure.currentData()
        own = [(site.site, site.name) for site in self._sites if site.kind == SITE_KIND_OF[measure]]
        return [("", tr("all sites")), *own]

    def _offer_places(self) -> None:
        held = self.site.currentData()
        self.site.clear()
        for code, words in self._places():
            self.site.addItem(words, code)
        self.site.setCurrentIndex(max(self.site.findData(held), 0))

    def explained(self, error: IcvError) -> str:
        """Return the words for what is wrong, and for an overlap that the last box makes room."""
        words = super().explained(error)
        if error.code != "overlap" or self.make_room.isChecked():
            return words
        return tr("{words} Or tick the last box on this page.", words=words)

    def _filled_in(self) -> Edit:
        number = self.number.text()
        if not number.isdecimal() or len(number) > len(str(MOST_VISITS)):
            self.number.box.setFocus()
            raise InvalidInput("target", tr("Enter how many as a whole number, such as 1."))
        first = self.day(self.first)
        if first is None:
            self.first.box.setFocus()
            raise InvalidInput("dates", tr("Enter the first day."))
        held = self._held
        row = TargetRow(
            measure=self.measure.currentData(), site=self.site.currentData() or None, number=int(number),
            per=self.per.currentData(), first=first, last=self.day(self.last), reason=self.reason.text(),
            approved_by=self.approved_by.text(), approved_on=self.day(self.approved_on), key=held.key, heads=held.heads,
        )  # fmt: skip
        return Edit(row=row, was=self.was, make_room=self.make_room.isChecked())
