"""Who takes part, for the office: every laptop, what waits for a yes or no, and the way to lock one out."""

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout

from forms.translation import tr
from icv_app.errors import IcvError
from icv_app.profiles import access
from icv_app.profiles.access import Access
from icv_app.wording import day_words
from ui.widgets import messages
from ui.widgets.alone import AlonePage
from ui.widgets.buttons import PrimaryButton, SecondaryButton, WarningButton
from ui.widgets.fact_table import FactTable
from ui.widgets.fixed_call import FixedCall
from ui.widgets.line_of_work import LineOfWork
from ui.widgets.page import empty
from ui.widgets.stacking_layout import StackingLayout
from ui.widgets.text import Body, Heading

if TYPE_CHECKING:
    from icv_app.laptop import Laptop


class DevicesPage(AlonePage):
    """`lock_wanted` carries a laptop's id, `key_wanted` asks for the page on which a recovery sheet is entered."""

    lock_wanted = Signal(str)
    key_wanted = Signal()

    def __init__(self, laptop: "Laptop", note: str = "") -> None:
        super().__init__(tr("Who takes part"))
        self._laptop = laptop
        self._found: list[Access] = []
        self.column.addWidget(
            Body(
                tr(
                    "Every laptop of the scheme. One that joins by your invitation is let in by itself. What is "
                    "written on a laptop that is not let in, or is locked out, is kept and marked, and counts nowhere."
                )
            )
        )
        if laptop.profile.keyring.holder is None:
            self.column.addWidget(
                Body(
                    tr(
                        "This laptop does not hold the office key, so it can only look. To let others in and lock them "
                        "out here, enter a recovery sheet."
                    ),
                    role="strong",
                )
            )
            key = SecondaryButton(tr("Enter a recovery sheet…"))
            key.setObjectName("enter_sheet")
            key.clicked.connect(self.key_wanted)
            self.add_action(key)
        self._waiting = QVBoxLayout()
        self.column.addLayout(self._waiting)
        self.column.addWidget(Heading(tr("The laptops"), level=2))
        self.table = FactTable(
            tr("The laptops"), (tr("Laptop"), tr("How it stands"), tr("Kept and not counted")), (3, 4, 4)
        )  # fmt: skip
        self.table.setObjectName("who")
        self.table.currentCellChanged.connect(self._choose)
        self.column.addWidget(self.table)
        self.lock = WarningButton("")
        self.lock.setObjectName("lock_out")
        self.lock.clicked.connect(self._ask)
        if laptop.profile.keyring.holder is not None:
            hint = tr("To lock one out, choose it in the table first.")
            self.column.addWidget(Body(hint, role="hint"))
            row = StackingLayout()
            row.addWidget(self.lock)
            self.column.addLayout(row)
        else:
            self.lock.setParent(self)
            self.lock.hide()
        self.column.addStretch(1)
        self.refresh()
        if note:
            self.tell(note)

    def refresh(self) -> None:
        """Read the laptops again."""
        found = access.every(self._laptop.store)
        self._found = list(found)
        empty(self._waiting)
        waiting = [each for each in found if each.status == "waiting" and each.device]
        if waiting:
            self._waiting.addWidget(Heading(tr("Waiting for you"), level=2))
        for each in waiting:
            self._offer(each)
        self.table.show_rows([(_who(each), _stands(each), "\n".join(access.withheld_words(each))) for each in found])
        self._choose()

    def _offer(self, each: Access) -> None:
        role = tr(access.ROLES[each.role]) if each.role in access.ROLES else each.role
        words = tr(
            "A laptop says that it is {person}'s ({role}, {id}). Ask them by telephone whether it is theirs.",
            person=each.person, role=role, id=each.short,
        )  # fmt: skip
        line = LineOfWork(words)
        if self._laptop.profile.keyring.holder is not None:
            let_in = line.add(PrimaryButton(tr("Let it in")), "approve")
            let_in.setAccessibleName(tr("Let in the laptop of {person}", person=each.person))
            let_in.clicked.connect(FixedCall(self.approve, each.device))
            keep_out = line.add(SecondaryButton(tr("Keep it out")), "refuse")
            keep_out.setAccessibleName(tr("Keep out the laptop of {person}", person=each.person))
            keep_out.clicked.connect(FixedCall(self.refuse, each.device))
        self._waiting.addWidget(line)
        line.show()

    def _choose(self, *_cell: int) -> None:
        each = self._chosen()
        possible = each is not None and bool(each.device) and not each.own and each.status == "approved"
        self.lock.setEnabled(possible)
        self.lock.setText(
            tr("Lock out {laptop}…", laptop=_who(each)) if each and possible else tr("Lock out the chosen laptop…")
        )

    def _chosen(self) -> Access | None:
        row = self.table.currentRow()
        return self._found[row] if 0 <= row < len(self._found) else None

    def _ask(self) -> None:
        each = self._chosen()
        if each is not None:
            self.lock_wanted.emit(each.device)

    def approve(self, device: str) -> None:
        """Let a laptop in that waits."""
        self._decide(device, let_in=True)

    def refuse(self, device: str) -> None:
        """Keep a laptop out that waits, after asking."""
        question = tr("Keep this laptop out? What it sent is kept and does not count.")
        if messages.ask(self, question, yes=tr("Keep it out"), no=tr("Go back")):
            self._decide(device, let_in=False)

    def _decide(self, device: str, *, let_in: bool) -> None:
        store = self._laptop.store
        try:
            (access.approve if let_in else access.refuse)(store, self._laptop.doorkeeper, device)
        except IcvError as error:
            self.tell(messages.words(error), failed=True)
            return
        self.refresh()
        self.back.setFocus()
        self.tell(
            tr("It is in. Share now, so that every laptop knows it.")
            if let_in
            else tr("It is kept out. Share now, so that every laptop knows it.")
        )


def _who(each: Access) -> str:
    if not each.device:
        return tr("Nobody known")
    if each.own:
        return tr("{person}, {id} (this laptop)", person=each.person, id=each.short)
    return tr("{person}, {id}", person=each.person, id=each.short)


def _stands(each: Access) -> str:
    role = tr(access.ROLES[each.role]) if each.role in access.ROLES else each.role
    parts = [role, access.status_words(each), access.sites_words(each)]
    if each.joined:
        parts.append(tr("joined {day}", day=day_words(each.joined.date())))
    return ", ".join(part for part in parts if part)
