"""Scrutiny panels, for the office: the sessions that were held, and a new one."""

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget

from forms.translation import tr
from icv_app.errors import IcvError, InvalidInput
from icv_app.records import panel, panel_words
from icv_app.records.panel import KINDS, Panel, Totals
from icv_app.wording import day_words
from ui.widgets import messages, theme
from ui.widgets.alone import AlonePage
from ui.widgets.asked_line import AskedLine
from ui.widgets.buttons import PrimaryButton, SecondaryButton
from ui.widgets.fixed_call import FixedCall
from ui.widgets.line_of_work import LineOfWork
from ui.widgets.page import empty
from ui.widgets.stacking_layout import StackingLayout
from ui.widgets.still_box import StillBox
from ui.widgets.text import Body, Heading
from ui.widgets.typed_day import EXAMPLE, typed_day
from ui.widgets.under_question import under_question

if TYPE_CHECKING:
    from ui.widgets.host import Host


class PanelsPage(AlonePage):
    """Lists the sessions, the latest first, opens one, and enters a new one by its totals."""

    def __init__(self, desk: "Host") -> None:
        super().__init__(tr("Scrutiny panels"))
        self._desk = desk
        self._store, self._clock = desk.laptop.store, desk.laptop.clock
        self.column.addWidget(
            Body(
                tr(
                    "A session is a day on which custody records were read. The figures count what it states: records, "
                    "those of immigration detainees, and recommendations."
                )
            )
        )
        self._list = QVBoxLayout()
        self._list.setSpacing(theme.px(1))
        self.column.addLayout(self._list)
        self.column.addWidget(Heading(tr("A new session"), level=2))
        self.column.addWidget(
            Body(tr("Only the totals. Everything else is entered once the session is there."), role="hint")
        )
        self.reference = self._ask("panel_session", tr("Its reference"), tr("For example, CDSP-2026-11"))
        self.day = self._ask("panel_date", tr("The day"), tr(EXAMPLE))
        self.kind = StillBox()
        self.kind.setObjectName("panel_kind")
        self.kind.setMaximumWidth(theme.px(27))
        for code, words in KINDS.items():
            self.kind.addItem(tr(words), code)
        self._place(self.kind, tr("What was it?"))
        self.records = self._ask("panel_records", tr("Records reviewed"))
        self.immigration = self._ask("panel_immigration", tr("Of these, of immigration detainees"), tr("0 for none"))
        self.recommendations = self._ask("panel_recommendations", tr("Recommendations made"), tr("0 for none"))
        self.to = self._ask("panel_recommended_to", tr("To whom?"), tr("For example, Custody Inspector"))
        save = PrimaryButton(tr("Enter the session"))
        save.setObjectName("add_panel")
        save.clicked.connect(self.add)
        row = StackingLayout()
        row.addWidget(save)
        self.column.addLayout(row)
        self.column.addStretch(1)
        self.refresh()
        self.watch(self._store)

    def _ask(self, name: str, question: str, hint: str = "") -> QLineEdit:
        asked = AskedLine(name, question, hint)
        self.column.addWidget(asked)
        return asked.box

    def _place(self, box: QWidget, question: str, hint: str = "") -> None:
        self.column.addWidget(under_question(box, question, hint))

    def refresh(self) -> None:
        """Read the sessions again."""
        empty(self._list)
        found = panel.sessions(self._store, self._clock.today())
        for each in found:
            line = LineOfWork(line_words(each))
            button = line.add(SecondaryButton(tr("Open")), f"open_{each.key}")
            button.setAccessibleName(tr("Open {session}", session=each.key))
            button.clicked.connect(FixedCall(self.open, each.key))
            self._list.addWidget(line)
        if not found:
            self._list.addWidget(Body(tr("There is no session yet."), role="hint"))

    def open(self, key: str) -> None:
        """Show one session; its way back leads to the list."""
        show(self._desk, key)

    def add(self) -> None:
        """Enter the session that stands in the boxes and open it, or say what is wrong."""
        try:
            day = typed_day(self.day.text(), self._clock.today())
            if day is None:
                raise InvalidInput("no_date", tr("Enter the day of the session."))
            key = panel.add(
                self._store,
                Totals(
                    session=self.reference.text(),
                    date=day,
                    kind=str(self.kind.currentData()),
                    records=number(self.records),
                    immigration=number(self.immigration),
                    recommendations=number(self.recommendations),
                    recommended_to=self.to.text(),
                ),
                self._clock.today(),
            )
        except IcvError as error:
            self.tell(messages.words(error), failed=True)
            return
        self.settle()
        self.open(key)


def show(desk: "Host", key: str) -> None:
    """Show one session alone, or say on the list that it is gone."""
    from ui.follow_up.panel_page import PanelPage

    def back() -> None:
        desk.show_own(PanelsPage(desk))

    try:
        page = PanelPage(desk, key, lambda: show(desk, key))
    except IcvError as error:
        desk.refuse(messages.words(error))
        return
    page.left.connect(back)
    page.issue_wanted.connect(lambda issue: _follow_up(desk, issue, key))
    desk.show_alone(page)


def _follow_up(desk: "Host", issue: str, session: str) -> None:
    """Show a recommendation's own page; its way back leads to the session."""
    from ui.follow_up.issue_page import IssuePage

    try:
        page = IssuePage(desk.laptop, issue)
    except IcvError as error:
        desk.refuse(messages.words(error))
        return
    page.left.connect(lambda: show(desk, session))
    page.read_wanted.connect(lambda report: desk.read(report, lambda: _follow_up(desk, issue, session)))
    page.issue_wanted.connect(lambda other: _follow_up(desk, other, session))
    desk.show_alone(page)


def number(box: QLineEdit) -> int:
    """Return the whole number in a box. Raises InvalidInput("number") with the words of its question."""
    text = box.text().strip()
    if not text.isdecimal() or len(text) > 6:
        words = tr("{question}: enter a whole number, 0 for none.", question=box.accessibleName())
        raise InvalidInput("number", words)
    return int(text)


def line_words(each: Panel) -> str:
    """Return a session as a line of the list: its day and kind, its totals, and what came of its recommendations."""
    day = day_words(each.date) if each.date else tr("No day recorded")
    said = tr("{day}: {kind} {session}. {totals}.", day=day, kind=panel_words.kind_words(each.kind), session=each.key,
              totals=panel_words.totals_words(each))  # fmt: skip
    return f"{said} {panel_words.recommended_words(each)}" if each.made or each.recommendations else said
