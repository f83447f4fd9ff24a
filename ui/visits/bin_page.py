"""The recycle bin: drafts that were deleted, for as long as they can be put back."""

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout

from forms.translation import plural, tr
from ui.widgets import messages
from ui.widgets.alone import AlonePage
from ui.widgets.buttons import SecondaryButton, WarningButton
from ui.widgets.fixed_call import FixedCall
from ui.widgets.line_of_work import LineOfWork
from ui.widgets.page import empty
from ui.widgets.share_status import when
from ui.widgets.text import Body

if TYPE_CHECKING:
    from icv_app.laptop import Laptop


class BinPage(AlonePage):
    """Lists what was deleted on this laptop; `changed` follows when a draft was put back or removed."""

    changed = Signal()

    def __init__(self, laptop: "Laptop") -> None:
        super().__init__(tr("Recycle bin"))
        from icv_app.records.paperwork import BIN_KEEPS

        self._paperwork, self._clock = laptop.paperwork, laptop.clock
        self.column.addWidget(
            Body(
                plural(
                    "Drafts that you deleted stay here for one day. Then they are removed for good.",
                    "Drafts that you deleted stay here for {count} days. Then they are removed for good.",
                    BIN_KEEPS.days,
                )
            )
        )
        self._lines = QVBoxLayout()
        self.column.addLayout(self._lines)
        self.column.addStretch(1)
        self.refresh()

    def refresh(self) -> None:
        """Read the bin again."""
        empty(self._lines)
        titles = dict(self._paperwork.forms())
        now = self._clock.now()
        held = self._paperwork.binned()
        for draft in held:
            title = titles.get(draft.form, draft.form)
            name = f"{title}, {draft.about}" if draft.about else title
            moment = when(draft.binned or draft.saved, now)
            line = LineOfWork(tr("{report}. Deleted {when}.", report=name, when=moment))
            back = line.add(SecondaryButton(tr("Put back")), "put_back")
            back.setAccessibleName(tr("Put back {report}", report=name))
            back.clicked.connect(FixedCall(self.put_back, draft.draft))
            remove = line.add(WarningButton(tr("Delete for good…")), "remove")
            remove.setAccessibleName(tr("Delete {report} for good", report=name))
            remove.clicked.connect(FixedCall(self.remove, draft.draft))
            self._lines.addWidget(line)
            line.show()
        if not held:
            self._lines.addWidget(Body(tr("The recycle bin is empty."), role="hint"))

    def put_back(self, draft: str) -> None:
        """Take a draft out of the bin."""
        self._paperwork.restore(draft)
        self._changed(tr("Put back. It is on the page Home, under Drafts."))

    def remove(self, draft: str) -> None:
        """Remove a draft for good, after asking."""
        question = tr("Delete this draft for good? What was typed in it cannot be brought back.")
        if messages.ask(self, question, yes=tr("Delete it for good"), no=tr("Keep it")):
            self._paperwork.remove(draft)
            self._changed(tr("Deleted for good."))

    def _changed(self, words: str) -> None:
        self.refresh()
        self.back.setFocus()
        self.tell(words)
        self.changed.emit()
