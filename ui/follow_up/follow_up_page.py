"""Follow-up: what was found and what became of it, in views; Enter opens one."""

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from forms.translation import plural, tr
from icv_app import issue_state
from icv_app.issues import issue_list
from icv_app.issues.issue_list import VIEWS, Line
from icv_app.wording import day_words
from ui.widgets import theme
from ui.widgets.buttons import PrimaryButton, SecondaryButton
from ui.widgets.entry_table import EntryTable
from ui.widgets.page import Page
from ui.widgets.stacking_layout import StackingLayout
from ui.widgets.still_box import StillBox
from ui.widgets.text import Body, Question

if TYPE_CHECKING:
    from icv_app.laptop import Laptop

AT_ONCE = 60  # lines; the rest comes at a press
_LONG = 160  # letters of the words that a line shows


class FollowUpPage(Page):
    """Lists issues; `opened` carries the key of the one that was chosen, `sending` asks for the page of lists."""

    opened = Signal(str)
    sending = Signal()

    def __init__(self, laptop: "Laptop") -> None:
        super().__init__(tr("Follow-up"))
        self._laptop = laptop
        self._lines: tuple[Line, ...] = ()
        self._most = AT_ONCE
        self.summary = Body("", role="strong")
        self.summary.setObjectName("follow_up_summary")
        self.column.addWidget(self.summary)
        holder = QWidget()
        row = StackingLayout(holder, gap=theme.px(0.6))
        self.send = PrimaryButton(tr("Send to the police…"))
        self.send.setObjectName("send_list")
        self.send.clicked.connect(self.sending)
        row.addWidget(self.send)
        self.column.addWidget(holder)
        asked = QWidget()
        boxes = StackingLayout(asked, gap=theme.px(1))
        self.view = self._box("view", tr("Show"))
        for name, (words, _) in VIEWS.items():
            self.view.addItem(tr(words), name)
        self.site = self._box("site", tr("Where"))
        self.site.addItem(tr("All sites"), None)
        for box, words in ((self.view, tr("Show")), (self.site, tr("Where"))):
            label = Question(words)
            label.setBuddy(box)
            label.setWordWrap(False)
            boxes.addWidget(label)
            boxes.addWidget(box)
            box.currentIndexChanged.connect(self._fill_anew)
        self.column.addWidget(asked)
        self.count = Body("", role="hint")
        self.count.setObjectName("follow_up_count")
        self.column.addWidget(self.count)
        self.table = EntryTable(
            "issues", tr("Issues, requests, recommendations and praise"),
            (tr("What was found"), tr("Where and when"), tr("Where it stands")), (7, 4, 4),
            tr("There is nothing here."),
        )  # fmt: skip
        self.table.opened.connect(self._open)
        self.table.moved.connect(self._follow)
        self.table.act(tr("Open"), "open_issue", self._open)
        self.column.addWidget(self.table)
        self.more = SecondaryButton("")
        self.more.setObjectName("more_issues")
        self.more.clicked.connect(self._show_more)
        more = StackingLayout()
        more.addWidget(self.more)
        self.column.addLayout(more)
        self.column.addStretch(1)
        self.more.hide()

    def _box(self, name: str, words: str) -> StillBox:
        box = StillBox()
        box.setObjectName(f"follow_up_{name}")
        box.setAccessibleName(words)
        box.setMinimumWidth(1)
        box.setSizeAdjustPolicy(StillBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        box.setMinimumContentsLength(16)
        return box

    def refresh(self) -> None:
        """Read the issues again."""
        self._lines = issue_list.lines(self._laptop.store, self._laptop.clock.today())
        at = self.site.currentData()
        self.site.blockSignals(True)
        while self.site.count() > 1:
            self.site.removeItem(1)
        for site, name in sorted({(line.site, line.site_name) for line in self._lines}, key=lambda each: each[1]):
            self.site.addItem(name or tr("Custody-record reviews"), site)
        self.site.setCurrentIndex(max(self.site.findData(at), 0) if at is not None else 0)
        self.site.blockSignals(False)
        self._tell_all()
        self._fill()

    def _tell_all(self) -> None:
        bodies = [line.body for line in self._lines]
        count_open = sum(map(issue_state.stays, bodies))
        overdue = sum(line.overdue for line in self._lines)
        unsent = sum(map(issue_state.is_unsent, bodies))
        self.summary.setText(
            tr(
                "{open}, {overdue}, {unsent}",
                open=plural("{count:,} still open", "{count:,} still open", count_open),
                overdue=plural("{count:,} answer overdue", "{count:,} answers overdue", overdue),
                unsent=plural("{count:,} not sent yet", "{count:,} not sent yet", unsent),
            )
        )

    def _fill_anew(self, *_: object) -> None:
        self._most = AT_ONCE
        self._fill()

    def _fill(self) -> None:
        _, belongs = VIEWS[self.view.currentData()]
        site = self.site.currentData()
        found = [line for line in self._lines if belongs(line) and site in (None, line.site)]
        shown = found[: self._most]
        self.table.show_entries([(line.key, self._cells(line)) for line in shown], self.table.chosen())
        hint = tr("To open one, choose its line and press Enter, or click it twice.") if found else ""
        self.count.setText(f"{plural('{count:,} listed.', '{count:,} listed.', len(found))} {hint}".strip())
        left = len(found) - len(shown)
        self.more.setText(plural("Show one more", "Show {count:,} more", left))
        self.more.setAccessibleName(self.more.text())
        self.more.setVisible(left > 0)

    def _cells(self, line: Line) -> tuple[str, ...]:
        text = line.text if len(line.text) <= _LONG else f"{line.text[:_LONG].rstrip()}…"
        again = ""
        if line.earlier:
            again = plural("Came up here once before within a year", "Came up here {count} times before within a year",
                           line.earlier)  # fmt: skip
        when = day_words(line.found) if line.found else ""
        awaits = issue_state.awaits(line.body)
        age = tr("{age} ago", age=issue_list.age_words(line.age)) if line.age and awaits else ""
        due = issue_list.due_words(line.due, self._laptop.clock.today())
        return (
            "\n".join(filter(None, (line.what, text, again))),
            "\n".join(filter(None, (line.site_name, when, age))),
            "\n".join(filter(None, (line.stands, due[:1].upper() + due[1:]))),
        )

    def _open(self, key: str) -> None:
        if key:
            self.opened.emit(key)

    def _show_more(self) -> None:
        self._most = len(self._lines)
        self._fill()
        self.table.table.setFocus()

    def go_to(self, key: str) -> None:
        """Put the focus on the line of an issue, where it is shown; else on the table."""
        self.table.table.setFocus()
        if key and self.table.chosen() == key:
            self._follow()

    def _follow(self) -> None:
        """Keep the chosen line on the screen: the table itself never scrolls."""
        table = self.table.table
        item = table.item(table.currentRow(), 0)
        inside = self.widget()
        if item is None or inside is None or not table.hasFocus():
            return
        rect = table.visualItemRect(item)
        top = inside.mapFromGlobal(table.viewport().mapToGlobal(rect.topLeft())).y()
        for edge in (top + rect.height(), top):
            self.ensureVisible(0, edge, 0, theme.px(0.5))
