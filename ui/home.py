"""The home page: what was recovered, what waits for a word, drafts, new reports, what is due and what was shared."""

from datetime import datetime
from functools import partial
from itertools import pairwise
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QGridLayout, QVBoxLayout, QWidget

from forms.translation import plural, tr
from icv_app.errors import IcvError
from icv_app.wording import day_words
from ui.office_pages.backup_notice import BackupNotice
from ui.summaries.quarter_notice import QuarterNotice
from ui.volunteers.expiry_notice import ExpiryNotice
from ui.widgets import messages, theme
from ui.widgets.announcing import announce
from ui.widgets.buttons import PrimaryButton, SecondaryButton
from ui.widgets.fixed_call import FixedCall
from ui.widgets.held_list import HeldList
from ui.widgets.line_of_work import LineOfWork
from ui.widgets.link import Link
from ui.widgets.notice import Notice
from ui.widgets.page import Page, empty
from ui.widgets.share_status import ShareStatus, when
from ui.widgets.stacking_layout import StackingLayout
from ui.widgets.text import Body, Heading

if TYPE_CHECKING:
    from icv_app.laptop import Laptop
    from icv_app.records.paperwork import DraftLine
    from icv_app.storage.held_words import HeldWords

MOST_DUE = 12
MOST_TO_SIGN = 10


class HomePage(Page):
    """What a person sees after unlocking."""

    begin = Signal(str)  # a form's name
    resume = Signal(str)  # a draft's id
    discard = Signal(str)
    seen = Signal(str)  # a draft whose recovery the person has taken note of
    bin_wanted = Signal()
    blank_wanted = Signal(str)  # a form's name
    sign_wanted = Signal(str)  # a report's key
    mend_wanted = Signal(str)  # the key of a report that was sent back
    differing_wanted = Signal()
    expiring_wanted = Signal()
    quarter_wanted = Signal(str)  # the name of a period
    held_wanted = Signal(str)  # the name of a page with words that are not saved

    def __init__(self, laptop: "Laptop") -> None:
        super().__init__(laptop.identity.scheme)
        self._laptop = laptop
        from icv_app.examples.practice import (
            is_practice,  # storage is loaded by now, and was not before the first paint
        )

        self.practice = is_practice(laptop)
        self.put_off: set[str] = set()
        """Recovered drafts that the person will look at later; they are told of again at the next start."""
        self.notice = Notice()
        self.done = self.notice.words
        self._recovered = QVBoxLayout()
        self.status = ShareStatus(practice=self.practice)
        self.steps = Body("")
        self.steps.setObjectName("next_steps")
        self._next = Heading(tr("What to do next"), level=2)
        self._waits = QVBoxLayout()
        self._to_sign = QVBoxLayout()
        self._drafts = QVBoxLayout()
        self._due = QVBoxLayout()
        self._due.setSpacing(6)
        self.backups = BackupNotice()
        self.column.addWidget(self.notice)
        self.held = HeldList()
        self.held.wanted.connect(self.held_wanted)
        self.held.thrown.connect(self._throw_away)
        self.column.addWidget(self.held)
        self.expiring = ExpiryNotice()
        self.expiring.button.clicked.connect(self.expiring_wanted)
        self.column.addWidget(self.backups)
        self.column.addWidget(self.expiring)
        self.quarter = QuarterNotice()
        self.quarter.wanted.connect(self.quarter_wanted)
        self.column.addWidget(self.quarter)
        self.column.addLayout(self._recovered)
        for widget in (self.status, self._next, self.steps):
            self.column.addWidget(widget)
        self.column.addLayout(self._waits)
        self.column.addLayout(self._to_sign)
        self.column.addWidget(Heading(tr("Drafts"), level=2))
        self.column.addLayout(self._drafts)
        self.bin = Link("")
        self.bin.setObjectName("show_bin")
        self.bin.clicked.connect(self.bin_wanted)
        self.column.addWidget(self.bin)
        self.column.addWidget(Heading(tr("Start a report"), level=2))
        self.column.addLayout(self._make_forms())
        self.column.addWidget(Heading(tr("What is due"), level=2))
        self.column.addLayout(self._due)
        self.column.addStretch(1)

    def _make_forms(self) -> QGridLayout:
        grid = QGridLayout()
        grid.setHorizontalSpacing(theme.px(1))
        grid.setVerticalSpacing(theme.px(0.2))
        self._forms_in_order: list[QWidget] = []
        for number, (name, title) in enumerate(self._laptop.paperwork.forms()):
            button = SecondaryButton(title)
            button.setObjectName(f"begin_{name}")
            button.clicked.connect(FixedCall(self.begin.emit, name))
            paper = Link(tr("Print a blank form…"))
            paper.setObjectName(f"blank_{name}")
            paper.setAccessibleName(tr("Print a blank form: {form}", form=title))
            paper.clicked.connect(FixedCall(self.blank_wanted.emit, name))
            row, column = number // 2 * 3, number % 2
            grid.addWidget(button, row, column)
            grid.addWidget(paper, row + 1, column)
            grid.setRowMinimumHeight(row + 2, theme.px(0.5))  # so that the link belongs to the button above it
            self._forms_in_order += [button, paper]
        return grid

    # Reading again

    def refresh(self) -> None:
        """Read drafts, what is due and what is shared again."""
        from icv_app.commands.next_steps import next_steps

        self.notice.hide()
        steps = next_steps(self._laptop)
        self.steps.setText("\n".join(steps))
        self.steps.setVisible(bool(steps))
        self._next.setVisible(bool(steps))
        now = self._laptop.clock.now()
        self.status.show_state(self._laptop.sharing(), now)
        self.expiring.look(self._laptop)
        self.quarter.look(self._laptop)
        order: list[QWidget] = [self.notice.button, *self.held.look(self._laptop.store)]
        order += [self.backups.button, self.expiring.button, *self.quarter.buttons]
        self._show_recovered(now, order)
        order.append(self.status.button)
        self._show_waits(order)
        self._show_to_sign(order)
        self._show_drafts(now, order)
        self._show_due(now)
        # Some are made later than the buttons below, but Tab comes to them first.
        order += [self.bin, *self._forms_in_order]
        for first, second in pairwise(order):
            QWidget.setTabOrder(first, second)

    def _name(self, draft: "DraftLine") -> str:
        title = dict(self._laptop.paperwork.forms()).get(draft.form, draft.form)
        words = f"{title}, {draft.about}" if draft.about else title
        return tr("Correction of {report}: {words}", report=draft.corrects, words=words) if draft.corrects else words

    def _show_recovered(self, now: datetime, order: list[QWidget]) -> None:
        empty(self._recovered)
        for draft in self._laptop.paperwork.recovered():
            if draft.draft in self.put_off:
                continue
            card = QFrame()
            card.setObjectName("recovered")
            card.setProperty("card", "good")
            inside = QVBoxLayout(card)
            inside.setContentsMargins(theme.px(1), theme.px(0.8), theme.px(1), theme.px(0.9))
            moment = f"{draft.saved:%H:%M:%S}"
            if draft.saved.date() != now.date():
                moment = tr("{time} on {date}", time=moment, date=day_words(draft.saved))
            words = Body(
                tr(
                    "The program ended while you were working on {report}. Everything up to {time} is here.",
                    report=self._name(draft), time=moment,
                ),
                role="strong",
            )  # fmt: skip
            words.setObjectName("recovered_words")
            inside.addWidget(words)
            holder = QWidget()
            row = StackingLayout(holder, gap=theme.px(0.6))
            for kind, name, text, slot in (
                (PrimaryButton, "open_recovered", tr("Open it"), FixedCall(self.resume.emit, draft.draft)),
                (SecondaryButton, "later_recovered", tr("Later"), FixedCall(self._put_off, draft.draft)),
                (SecondaryButton, "seen_recovered", tr("I have seen this"), FixedCall(self.seen.emit, draft.draft)),
            ):
                button = kind(text)
                button.setObjectName(name)
                button.setAccessibleDescription(words.text())
                button.clicked.connect(slot)
                row.addWidget(button)
                order.append(button)
            inside.addWidget(holder)
            self._recovered.addWidget(card)
            card.show()  # now, so that it can take the focus before the next round of events

    def _put_off(self, draft: str) -> None:
        self.put_off.add(draft)
        self.refresh()
        self.notice.show_words(
            tr("It waits under Drafts, and will be named here again when you next open the program.")
        )
        self.focus_first()

    def _throw_away(self, page: str) -> None:
        """Forget words that were typed on a page and not saved, and offer to have them back."""
        from icv_app.storage import held_words

        store = self._laptop.store
        held = held_words.one(store.connection, page)
        try:
            held_words.drop(store, page)
        except IcvError as error:
            self.notice.show_words(messages.words(error), role="error")
            return
        self.refresh()
        if held is not None:
            self.notice.show_words(tr("It is thrown away."), button=tr("Undo"), action=partial(self._put_back, held))

    def _put_back(self, held: "HeldWords") -> None:
        from icv_app.storage import held_words

        try:
            held_words.put(self._laptop.store, held)
        except IcvError as error:
            self.notice.show_words(messages.words(error), role="error")
            return
        self.refresh()
        self.held.greet()

    def greet(self) -> None:
        """Tell aloud what was recovered, and begin there: nobody should have to look for it."""
        found = next((each for each in self.findChildren(Body, "recovered_words") if each.isVisible()), None)
        if found is not None:
            self.focus_first()
            announce(found, found.text())
        else:
            self.held.greet()

    def focus_first(self) -> None:
        """Put the focus where a button that has just gone does not leave it nowhere."""
        wanted = ("open_recovered", "differing", "mend", "sign", "resume")
        buttons = [each for name in wanted for each in self.findChildren(PrimaryButton, name) if each.isVisible()]
        (*buttons, self._forms_in_order[0])[0].setFocus()

    def _show_waits(self, order: list[QWidget]) -> None:
        """Show what somebody else's save brought: entries that differ, and reports that were sent back."""
        empty(self._waits)
        if differing := self._laptop.disputes.count():
            words = plural(
                "One record has differing entries. Somebody has to choose.",
                "{count} records have differing entries. Somebody has to choose.",
                differing,
            )
            line = LineOfWork(words)
            button = line.add(PrimaryButton(tr("Look and choose")), "differing")
            button.setAccessibleName(tr("Look and choose: {record}", record=words))
            button.clicked.connect(self.differing_wanted)
            order.append(button)
            self._waits.addWidget(line)
            line.show()
        to_mend = self._laptop.returning.to_mend()
        if to_mend:
            self._waits.addWidget(Heading(tr("Returned to you"), level=2))
        titles = dict(self._laptop.paperwork.forms())
        for report in to_mend:
            parts = (titles.get(report.form, report.form), report.site, day_words(report.date) if report.date else "")
            name = ", ".join(part for part in parts if part)
            words = plural(
                "{report} ({key}). {person} made one comment.", "{report} ({key}). {person} made {count} comments.",
                report.comments, report=name, key=report.key, person=report.by,
            )  # fmt: skip
            line = LineOfWork(words)
            button = line.add(PrimaryButton(tr("Put it right")), "mend")
            button.setAccessibleName(tr("Put it right: {report}", report=name))
            button.clicked.connect(FixedCall(self.mend_wanted.emit, report.key))
            order.append(button)
            self._waits.addWidget(line)
            line.show()

    def _show_to_sign(self, order: list[QWidget]) -> None:
        empty(self._to_sign)
        waiting = self._laptop.paperwork.to_sign()
        if not waiting:
            return
        self._to_sign.addWidget(Heading(tr("Reports waiting for your word"), level=2))
        titles = dict(self._laptop.paperwork.forms())
        for report in waiting[:MOST_TO_SIGN]:
            parts = (titles.get(report.form, report.form), report.site, day_words(report.date) if report.date else "")
            name = ", ".join(part for part in parts if part)
            line = LineOfWork(tr("{report}. You are named as a visitor ({key}).", report=name, key=report.key))
            button = line.add(PrimaryButton(tr("Read and answer")), "sign")
            button.setAccessibleName(tr("Read and answer: {report}", report=name))
            button.clicked.connect(FixedCall(self.sign_wanted.emit, report.key))
            order.append(button)
            self._to_sign.addWidget(line)
            line.show()
        if (more := len(waiting) - MOST_TO_SIGN) > 0:
            self._to_sign.addWidget(Body(plural("and one more", "and {count} more", more), role="hint"))

    def _show_drafts(self, now: datetime, order: list[QWidget]) -> None:
        empty(self._drafts)
        named = {draft.draft for draft in self._laptop.paperwork.recovered()} - self.put_off
        drafts = [draft for draft in self._laptop.paperwork.drafts() if draft.draft not in named]
        for draft in drafts:
            name = self._name(draft)
            line = LineOfWork(tr("{report}. Saved on this laptop {when}.", report=name, when=when(draft.saved, now)))
            go_on = line.add(PrimaryButton(tr("Go on")), "resume")
            go_on.setAccessibleName(tr("Go on with {report}", report=name))
            go_on.clicked.connect(FixedCall(self.resume.emit, draft.draft))
            throw = line.add(SecondaryButton(tr("Delete")), "delete_draft")
            throw.setAccessibleName(tr("Delete the draft {report}", report=name))
            throw.clicked.connect(FixedCall(self.discard.emit, draft.draft))
            order += [go_on, throw]
            self._drafts.addWidget(line)
            line.show()
        if not drafts:
            self._drafts.addWidget(Body(tr("No report is waiting to be finished."), role="hint"))
        binned = len(self._laptop.paperwork.binned())
        self.bin.setText(plural("Recycle bin: one draft", "Recycle bin: {count} drafts", binned))
        self.bin.setAccessibleName(self.bin.text())
        self.bin.setVisible(bool(binned))

    def _show_due(self, now: datetime) -> None:
        from icv_app.commands.next_steps import NO_LISTS_YET, knows_sites

        empty(self._due)
        due = self._laptop.due(now.date())
        for item in due[:MOST_DUE]:
            self._due.addWidget(Body(item.words))
        if len(due) > MOST_DUE:
            more = plural(
                "and one more on the page Coverage", "and {count} more on the page Coverage", len(due) - MOST_DUE
            )
            self._due.addWidget(Body(more, role="hint"))
        if due and not self._laptop.office:
            self._due.addWidget(Body(tr("As far as this laptop knows: others may have been there."), role="hint"))
        if not due:
            known = knows_sites(self._laptop)
            words = tr("Nothing is due that has not been done.") if known else tr(NO_LISTS_YET)
            self._due.addWidget(Body(words, role="hint"))

    def show_done(self, words: str) -> None:
        """Say what was just finished, aloud as well; it goes when the page is read again."""
        self.notice.show_words(words)
        self.ensureWidgetVisible(self.notice)
