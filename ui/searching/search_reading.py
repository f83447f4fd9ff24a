"""One record that was found and is no report: what it holds, field by field."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer, Signal

from forms.translation import tr
from icv_app.logs import logbook
from icv_app.records.reading import KINDS
from icv_app.searching.search_reading import fields
from ui.widgets.alone import AlonePage
from ui.widgets.buttons import SecondaryButton
from ui.widgets.fact_table import FactTable
from ui.widgets.text import Body

if TYPE_CHECKING:
    from icv_app.laptop import Laptop
    from icv_app.searching.search import Result


class SearchReadingPage(AlonePage):
    """Shows the record of a `Result`, and enters in the log that it was read.

    `report_wanted` carries the key of the report that a finding came from, `volunteer_wanted` a volunteer's code.
    """

    report_wanted = Signal(str)
    volunteer_wanted = Signal(str)

    def __init__(self, laptop: "Laptop", result: "Result") -> None:
        super().__init__(result.title)
        self.column.addWidget(Body(result.about, role="hint"))
        held = laptop.store.by_id(result.record)
        if held is None or held.deleted:
            self.column.addWidget(Body(tr("It is not on this laptop any more."), role="error"))
        else:
            if not laptop.logbook.read(held.kind, held.key, held.heads[-1]):
                self.column.addWidget(Body(logbook.warning(), role="error"))
            table = FactTable(tr("What it holds"), (tr("What"), tr("What it says")), (1, 2))
            table.setObjectName("fields")
            table.show_rows(fields(held, laptop.store.connection, laptop.paperwork.book))
            self.column.addWidget(table)
            QTimer.singleShot(0, table, table.fit)  # its width is known then
            visit = str(held.body.get("visit"))
            if result.kind == "issue" and any(laptop.store.current(kind, visit) for kind in KINDS):
                report = SecondaryButton(tr("Read the report it came from"))
                report.setObjectName("its_report")
                report.clicked.connect(lambda: self.report_wanted.emit(visit))
                self.add_action(report)
            visitor = str(held.body.get("visitor") or held.key)
            if result.kind in ("visitor", "volunteer") and laptop.office:
                whole = SecondaryButton(tr("Everything about {visitor}", visitor=visitor))
                whole.setObjectName("whole_volunteer")
                whole.clicked.connect(lambda: self.volunteer_wanted.emit(visitor))
                self.add_action(whole)
        self.column.addStretch(1)
