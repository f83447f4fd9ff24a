"""A page on which one dated row is filled in: what it changes is shown first, and only then it can be saved."""

from abc import abstractmethod
from collections.abc import Callable
from datetime import date
from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, QTimer
from PySide6.QtWidgets import QComboBox, QFrame, QLineEdit, QVBoxLayout, QWidget

from forms.translation import plural, tr
from icv_app.errors import IcvError
from icv_app.scheme import site_register, site_rows
from icv_app.scheme.site_register import Edit
from icv_app.scheme.site_rows import Row
from icv_app.summaries import change_preview
from ui.widgets import messages, theme
from ui.widgets.alone import AlonePage
from ui.widgets.announcing import announce
from ui.widgets.asked_line import AskedLine
from ui.widgets.buttons import PrimaryButton, WarningButton
from ui.widgets.page import empty
from ui.widgets.stacking_layout import StackingLayout
from ui.widgets.still_box import StillBox
from ui.widgets.text import Body, Heading, Question
from ui.widgets.typed_day import typed_day

if TYPE_CHECKING:
    from ui.widgets.host import Host

Up = Callable[[str], object]
"""Shows the page that one came from, with words on what was done."""

LISTED = 24
"""How many figures are listed at most; those of all sites come first."""


def show_below(desk: "Host", page: AlonePage, up: Up) -> None:
    """Show a page whose way back leads to the page before it."""
    desk.show_own(page)
    page.left.connect(lambda: up(""))


class RowPage(AlonePage):
    """`was` is the row that is changed, None for a new one. Every change of an answer takes the preview away again."""

    def __init__(self, desk: "Host", title: str, was: Row | None, up: Up) -> None:
        super().__init__(title)
        self.desk, self.was, self._up = desk, was, up
        self._planned: Edit | None = None
        self._ask_all()
        look = PrimaryButton(tr("See what it changes"))
        look.setObjectName("see_changes")
        look.clicked.connect(self.look)
        row = StackingLayout(gap=theme.px(0.6))
        row.addWidget(look)
        if was is not None and not isinstance(was, site_rows.Site):
            delete = WarningButton(tr("Delete this row…"))
            delete.setObjectName("delete_row")
            delete.clicked.connect(self.look_at_deleting)
            row.addWidget(delete)
        self.column.addLayout(row)
        self.card = QFrame()
        self.card.setProperty("card", "plain")
        self.card.setObjectName("preview")
        self._shown = QVBoxLayout(self.card)
        self._shown.setContentsMargins(*(theme.px(1),) * 4)
        self._shown.setSpacing(theme.px(0.5))
        self.column.addWidget(self.card)
        self.card.hide()
        self.column.addStretch(1)
        for line in self.findChildren(QLineEdit):
            line.textEdited.connect(self.withdraw)
            line.returnPressed.connect(self.look)
        for box in self.findChildren(QComboBox):
            box.currentIndexChanged.connect(self.withdraw)
        self.watch(desk.laptop.store, f"{type(self).__name__} {title} {was}")

    # Questions -------------------------------------------------------------------------------------------------------

    @abstractmethod
    def _ask_all(self) -> None:
        """Put the questions on the page."""

    @abstractmethod
    def _filled_in(self) -> Edit:
        """Return the edit that the answers ask for. Raises InvalidInput, with the focus on what is wrong."""

    def ask(self, name: str, question: str, held: str = "", hint: str = "") -> AskedLine:
        """Put a question with a line to type in on the page."""
        asked = AskedLine(name, question, hint)
        asked.box.setText(held)
        self.column.addWidget(asked)
        return asked

    def ask_box(self, name: str, question: str, choices: "list[tuple[str, str]]", held: str = "") -> StillBox:
        """Put a question with a list on the page; `choices` are codes and words."""
        box = StillBox()
        box.setObjectName(name)
        box.setAccessibleName(question)
        box.setMaximumWidth(theme.px(27))
        box.setMinimumWidth(1)
        for code, words in choices:
            box.addItem(words, code)
        box.setCurrentIndex(max(box.findData(held), 0))
        label = Question(question)
        label.setBuddy(box)
        asked = QWidget()
        column = QVBoxLayout(asked)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addWidget(label)
        column.addWidget(box)
        self.column.addWidget(asked)
        return box

    def day(self, asked: AskedLine) -> date | None:
        """Return the day that was typed, None for nothing. Raises InvalidInput, with the focus on it."""
        try:
            return typed_day(asked.text(), self.desk.laptop.clock.today())
        except IcvError:
            asked.box.setFocus()
            raise

    # What it changes ------------------------------------------------------------------------------------------------

    def look(self) -> None:
        """Show what the answers change, or what is wrong with them."""
        try:
            self._show(self._filled_in(), tr("Save it"))
        except IcvError as error:
            self.withdraw()
            self.tell(self.explained(error), failed=True)

    def explained(self, error: IcvError) -> str:
        """Return the words for what is wrong; a page may add what it offers."""
        return messages.words(error)

    def look_at_deleting(self) -> None:
        """Show what it changes to take the row away."""
        try:
            self._show(Edit(row=None, was=self.was), tr("Delete it"))
        except IcvError as error:
            self.withdraw()
            self.tell(messages.words(error), failed=True)

    def _show(self, edit: Edit, agree: str) -> None:
        laptop = self.desk.laptop
        preview = change_preview.of(laptop.store, edit, laptop.clock.today())
        names = self.names() | ({edit.row.site: edit.row.name} if isinstance(edit.row, site_rows.Site) else {})
        empty(self._shown)
        self.made.hide()
        self._planned = edit
        self._shown.addWidget(Heading(tr("What is kept"), level=2))
        for words in preview.planned.steps:
            self._shown.addWidget(Body(tr("{row}.", row=words[:1].upper() + words[1:])))
        self._shown.addWidget(Heading(tr("What it changes"), level=2))
        lines = change_preview.lines(preview, names)
        for words in lines[:LISTED]:
            self._shown.addWidget(Body(words))
        if len(lines) > LISTED:
            more = len(lines) - LISTED
            words = plural(
                "And {count} more figure of a single site.", "And {count} more figures of single sites.", more
            )
            self._shown.addWidget(Body(words, role="hint"))
        for words in (*preview.planned.warnings, *change_preview.cautions(preview)):
            self._shown.addWidget(Body(words, role="warn"))
        self._shown.addWidget(Body(tr("Nothing is saved yet."), role="hint"))
        save = PrimaryButton(agree)
        save.setObjectName("save_row")
        save.clicked.connect(self.save)
        row = StackingLayout()
        row.addWidget(save)
        self._shown.addLayout(row)
        self.card.show()
        save.setFocus()
        QTimer.singleShot(0, self.card, self._bring)  # once it has its place
        announce(self.card, " ".join((tr("What it changes"), *preview.planned.warnings, *lines[:3])))

    def _bring(self) -> None:
        """Show the whole preview, or from its beginning on where it is longer than the screen."""
        margin, room, bar = theme.px(1), self.viewport().height(), self.verticalScrollBar()
        top = self.card.mapTo(self.viewport(), QPoint(0, 0)).y() + bar.value()
        bar.setValue(min(max(bar.value(), top + self.card.height() + margin - room), top - margin))

    def withdraw(self, *_: object) -> None:
        """Take the preview away: it is of other answers than those that stand there now."""
        self._planned = None
        self.card.hide()

    def save(self) -> None:
        """Save what was shown."""
        if self._planned is None:
            return
        try:
            done = site_register.save(self.desk.laptop.store, self._planned)
        except IcvError as error:
            self.withdraw()
            self.tell(messages.words(error), failed=True)
            return
        self.settle()
        self._up(tr("Saved: {rows}. Share, so that the others have it too.", rows="; ".join(done.steps)))

    def names(self) -> dict[str, str]:
        """Return the names of the sites by their codes."""
        return {site.site: site.name for site in site_rows.sites(self.desk.laptop.store)}


def typed(day: date | None) -> str:
    """Return a day as it is typed: "3/4/2026"."""
    return "" if day is None else f"{day.day}/{day.month}/{day.year}"
