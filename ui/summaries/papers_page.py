"""The templates of papers: which there are, whose each is, and where they are edited."""

from functools import partial
from typing import TYPE_CHECKING

from forms.translation import tr
from icv_app.summaries import paper_template
from ui.summaries.paper_page import PaperPage
from ui.widgets.alone import AlonePage
from ui.widgets.buttons import SecondaryButton
from ui.widgets.fixed_call import FixedCall
from ui.widgets.line_of_work import LineOfWork
from ui.widgets.row_page import show_below
from ui.widgets.text import Body
from ui.widgets.words_dialog import OF_THE_SUMMARY

if TYPE_CHECKING:
    from ui.widgets.host import Host


def show(desk: "Host", words: str = "") -> "PapersPage":
    """Show the templates, with words on what was done."""
    page = PapersPage(desk)
    desk.show_own(page)
    if words:
        page.tell(words)
    return page


class PapersPage(AlonePage):
    """A line for each template; the papers themselves are made on the page Summary."""

    help_part = OF_THE_SUMMARY

    def __init__(self, desk: "Host") -> None:
        super().__init__(tr("Templates of papers"))
        self._desk = desk
        self.column.addWidget(
            Body(
                tr(
                    "A template is what a paper says where the figures of a period are put in. Change its words here; "
                    "the papers are made on the page Summary."
                ),
                role="hint",
            )
        )
        for name, title in paper_template.TEMPLATES.items():
            own = paper_template.is_own(desk.laptop.store, name)
            whose = tr("in the scheme’s own words") if own else tr("as the program brings it")
            line = LineOfWork(tr("{template}: {whose}.", template=tr(title), whose=whose))
            button = line.add(SecondaryButton(tr("Change…")), f"change_{name}")
            button.setAccessibleName(tr("Change: {row}", row=tr(title)))
            button.clicked.connect(FixedCall(self.open, name))
            self.column.addWidget(line)
        self.column.addStretch(1)

    def open(self, name: str) -> None:
        """Show a template to be changed."""
        up = partial(show, self._desk)
        page = PaperPage(self._desk.laptop, name)
        page.saved.connect(up)
        show_below(self._desk, page, up)
        page.begin()
