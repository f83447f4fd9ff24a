"""Change several at once, for the office: one change to the findings or slots found, shown before it is made."""

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget

from forms.translation import plural, tr
from icv_app import issue_wording, slot_reasons
from icv_app.errors import IcvError
from icv_app.follow_up import By
from icv_app.scheme import scheme_settings
from icv_app.searching import bulk_change
from icv_app.searching.bulk_change import Applied, Change, Preview
from icv_app.searching.search import STATUSES, Search
from ui.widgets import messages, theme
from ui.widgets.alone import AlonePage
from ui.widgets.announcing import announce
from ui.widgets.buttons import PrimaryButton, SecondaryButton
from ui.widgets.fact_table import FactTable
from ui.widgets.stacking_layout import StackingLayout
from ui.widgets.still_box import StillBox
from ui.widgets.text import Body, Heading, Question
from ui.widgets.typed_day import EXAMPLE, typed_day

if TYPE_CHECKING:
    from collections.abc import Mapping

    from icv_app.laptop import Laptop
    from icv_app.storage.store import Record

WANTS = {
    "send": ("value", "day"), "due": ("day",), "theme": ("value",), "severity": ("value",),
    "settle": ("value", "reason", "caller", "words"),
}  # fmt: skip
"""What is asked for each change."""


class BulkPage(AlonePage):
    """`text` is the search whose findings and slots are to be changed."""

    def __init__(self, laptop: "Laptop", text: str) -> None:
        super().__init__(tr("Change several at once"))
        self._laptop = laptop
        self._search = Search(laptop.store, laptop.paperwork.book)
        self._by = By(person=laptop.identity.person, today=laptop.clock.today())
        self._preview: Preview | None = None
        self._holders: dict[str, QWidget] = {}
        self._applied: Applied | None = None
        self._text = text
        self._held = self._chosen()
        told = tr("What you searched for: {text}", text=text) if text.strip() else tr("You have not searched yet.")
        self.column.addWidget(Body(told, role="hint"))
        self.found = Body(self._found_words(), role="strong")
        self.found.setObjectName("bulk_found")
        self.column.addWidget(self.found)
        self._build()
        self._ask()
        self.watch(laptop.store)

    def put_typed(self, boxes: "Mapping[str, str]") -> None:
        """Ask for the change again that was asked for, and put its words into the boxes that it brings out."""
        super().put_typed({name: words for name, words in boxes.items() if name == self.what.objectName()})
        self._ask()
        super().put_typed({name: words for name, words in boxes.items() if name == self.value.objectName()})
        self._ask_reason()
        super().put_typed(boxes)

    # What is to be changed

    def _chosen(self) -> "dict[str, tuple[Record, ...]]":
        try:
            query = self._search.parse(self._text, self._by.today)
            return {kind: self._search.records(query, kind) for kind in ("issue", "slot")}
        except IcvError as error:
            self.tell(messages.words(error), failed=True)
            return {"issue": (), "slot": ()}

    def _found_words(self) -> str:
        issues, slots = (len(self._held[kind]) for kind in ("issue", "slot"))
        if not issues and not slots:
            return tr("There are no findings and no slots in it. Go back, and search for what you want to change.")
        findings = plural("{count:,} finding.", "{count:,} findings.", issues) if issues else ""
        return f"{findings} {plural('{count:,} slot.', '{count:,} slots.', slots) if slots else ''}".strip()

    def _build(self) -> None:
        self.what = self._combo("bulk_what", tr("What should be done?"))
        for name, (kind,) in bulk_change.KINDS.items():
            if self._held[kind]:
                self.what.addItem(tr(bulk_change.NAMES[name]), name)
        self.value = self._combo("bulk_value", tr("Which?"))
        self.reason = self._combo("bulk_reason", tr("Why?"))
        self.caller = self._combo("bulk_caller", tr("Who called it off?"))
        for code, words in slot_reasons.CANCELLED_BY.items():
            self.caller.addItem(tr(words), code)
        self.day = self._line("bulk_day", tr("On which day?"), tr(EXAMPLE))
        self.words = self._line("bulk_words", tr("More about it (needed for “Other”). Name nobody."))
        self.what.activated.connect(self._ask)
        self.value.activated.connect(self._ask_reason)
        self.show_button = PrimaryButton(tr("Show what would change"))
        self.show_button.setObjectName("bulk_show")
        self.show_button.clicked.connect(self.preview)
        self.apply_button = PrimaryButton(tr("Make these changes"))
        self.apply_button.setObjectName("bulk_apply")
        self.apply_button.clicked.connect(self.apply)
        self.undo_button = SecondaryButton(tr("Undo"))
        self.undo_button.setObjectName("bulk_undo")
        self.undo_button.setAccessibleName(tr("Undo the changes just made"))
        self.undo_button.clicked.connect(self.undo)
        self.heading = Heading(tr("What would change"), level=2)
        self.table = FactTable(
            tr("What would change"), (tr("Record"), tr("As it is"), tr("As it would be")), (2, 3, 4)
        )  # fmt: skip
        self.table.setObjectName("bulk_lines")
        row, below = StackingLayout(), StackingLayout()
        row.addWidget(self.show_button)
        below.addWidget(self.apply_button)
        self.add_action(self.undo_button)  # beside the words that tell of the changes
        self.column.addLayout(row)
        self.column.addWidget(self.heading)
        self.column.addLayout(below)
        self.column.addWidget(self.table)
        self.column.addStretch(1)
        for widget in (self.heading, self.table, self.apply_button, self.undo_button):
            widget.hide()
        self.show_button.setVisible(self.what.count() > 0)

    def _combo(self, name: str, question: str) -> StillBox:
        box = StillBox()
        box.activated.connect(self._forget)
        self._place(name, question, box)
        return box

    def _line(self, name: str, question: str, hint: str = "") -> QLineEdit:
        box = QLineEdit()
        box.setAccessibleDescription(hint)
        box.textEdited.connect(self._forget)
        box.returnPressed.connect(self.preview)
        self._place(name, question, box)
        return box

    def _place(self, name: str, question: str, box: QWidget) -> None:
        box.setObjectName(name)
        box.setAccessibleName(question)
        box.setMaximumWidth(theme.px(27))
        label = Question(question)
        label.setBuddy(box)
        holder = self._holders[name] = QWidget()
        column = QVBoxLayout(holder)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addWidget(label)
        column.addWidget(box)
        self.column.addWidget(holder)

    def _ask(self, _at: int = 0) -> None:
        """Ask for what the chosen change needs, and nothing else."""
        wanted = WANTS.get(self.what.currentData(), ())
        choices: Mapping[str, Mapping[str, str]] = {
            "send": issue_wording.RECIPIENTS, "severity": issue_wording.SEVERITIES,
            "settle": {status: STATUSES[status] for status in slot_reasons.OF_STATUS},
        }  # fmt: skip
        self.value.clear()
        if self.what.currentData() == "theme":
            for code, words in self._search.values()["theme"].items():
                self.value.addItem(words, code)
        for code, words in choices.get(self.what.currentData(), {}).items():
            self.value.addItem(tr(words), code)
        for name in ("value", "day", "words"):
            self._holders[f"bulk_{name}"].setVisible(name in wanted)
        self._holders["bulk_what"].setVisible(self.what.count() > 0)
        self._ask_reason()

    def _ask_reason(self, _at: int = 0) -> None:
        settles = "reason" in WANTS.get(self.what.currentData(), ())
        self.reason.clear()
        for code, words in slot_reasons.OF_STATUS.get(self.value.currentData() or "", {}).items():
            self.reason.addItem(tr(words), code)
        self._holders["bulk_reason"].setVisible(settles)
        self._holders["bulk_caller"].setVisible(settles and self.value.currentData() == "cancelled")

    def _change(self) -> Change:
        what = self.what.currentData()
        settles = what == "settle"
        return Change(
            what=what, value=self.value.currentData() or "",
            on=typed_day(self.day.text(), self._by.today) if "day" in WANTS[what] else None,
            days=scheme_settings.read(self._laptop.store).response_days,
            reason=(self.reason.currentData() or "") if settles else "",
            cancelled_by=self.caller.currentData() if settles and self.value.currentData() == "cancelled" else "",
            words=self.words.text() if settles else "",
        )  # fmt: skip

    # Shown, made, undone

    def _forget(self, _changed: object = None) -> None:
        """Take the preview away: something else was asked for."""
        self._preview = None
        for widget in (self.heading, self.table, self.apply_button):
            widget.hide()

    def preview(self) -> None:
        """Show what the change would do to each record."""
        try:
            change = self._change()
            self._held = self._chosen()
            records = self._held[bulk_change.KINDS[change.what][0]]
            found = bulk_change.preview(self._laptop.store, records, change, self._by)
        except IcvError as error:
            self._forget()
            self.tell(messages.words(error), failed=True)
            return
        self.made.hide()
        self._preview = found
        ordered = sorted(found.lines, key=lambda line: line.body is None)  # what would change stands first
        self.table.show_rows(
            [(line.key, line.before, line.after or tr("Stays as it is. {why}", why=line.refused)) for line in ordered]
        )
        count = len(found.changing)
        stay = len(found.lines) - count
        words = plural("{count:,} record would change.", "{count:,} records would change.", count)
        if stay:
            told = plural("{count:,} stays as it is.", "{count:,} stay as they are.", stay)
            words = f"{words} {told}"
        self.heading.setText(words)
        self.heading.show()
        self.table.show()
        self.apply_button.setVisible(bool(count))
        self.undo_button.hide()
        (self.apply_button if count else self.table).setFocus()
        announce(self.heading, words)

    def apply(self) -> None:
        """Make the changes that were shown."""
        if self._preview is None:
            return
        try:
            self._applied = bulk_change.apply(self._laptop.store, self._preview)
        except IcvError as error:
            self.tell(messages.words(error), failed=True)
            return
        self.note_all_saved()
        count = len(self._applied.lines)
        self._forget()
        self.undo_button.show()
        self.undo_button.setFocus()
        self.tell(plural("{count:,} record is changed.", "{count:,} records are changed.", count))

    def undo(self) -> None:
        """Take the changes back, as far as nobody changed the records since."""
        if self._applied is None:
            return
        try:
            undone = bulk_change.undo(self._laptop.store, self._applied)
        except IcvError as error:
            self.tell(messages.words(error), failed=True)
            return
        self._applied = None
        self.show_button.setFocus()
        self.undo_button.hide()
        self.tell(undone.words, failed=bool(undone.left))
