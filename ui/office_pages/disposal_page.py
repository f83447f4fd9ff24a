"""Disposal, for the office: what is due, what stays all the same, the order in words, and the certificates."""

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget
from shiboken6 import isValid

from forms.translation import plural, tr
from icv_app import __version__
from icv_app.errors import IcvError
from icv_app.wording import day_words
from ui.widgets import messages, theme
from ui.widgets.alone import AlonePage
from ui.widgets.buttons import SecondaryButton, WarningButton
from ui.widgets.fixed_call import FixedCall
from ui.widgets.line_of_work import LineOfWork
from ui.widgets.page import empty
from ui.widgets.stacking_layout import StackingLayout
from ui.widgets.text import Body, Heading, Question

if TYPE_CHECKING:
    from icv_app.commands.disposing import Disposed
    from icv_app.laptop import Laptop
    from icv_app.office.certificate import Certificate
    from icv_app.scheme.retention import Line
    from ui.widgets.worker import Progress, Worker

_SHOWN = 60  # lines; what is more is counted
_STAYS = "stays_because "


class DisposalPage(AlonePage):
    """Reads and disposes on the worker. `changed` follows a disposal, since lists and counts are others then."""

    changed = Signal()

    def __init__(self, laptop: "Laptop", worker: "Worker") -> None:
        super().__init__(tr("Disposal of records"))
        self._laptop, self._worker = laptop, worker
        self._lines: tuple[Line, ...] = ()
        self._left_out: dict[str, QLineEdit] = {}
        self.column.addWidget(
            Body(
                tr(
                    "Listed here is what has been kept for as long as your schedule says. Nothing goes by itself. What "
                    "is disposed of is erased on every laptop, in the shared file and in backups, and cannot come "
                    "back. Figures of earlier periods stay as they are."
                )
            )
        )
        self.unconfirmed = Body("", role="strong")
        self.unconfirmed.hide()
        self.column.addWidget(self.unconfirmed)
        self.column.addWidget(Heading(tr("Due now"), level=2))
        self.count = Body(tr("Looking at what is due…"))
        self.count.setObjectName("due_count")
        self.column.addWidget(self.count)
        self._due = QVBoxLayout()
        self.column.addLayout(self._due)
        self._order = QWidget()
        order = QVBoxLayout(self._order)
        order.setContentsMargins(0, 0, 0, 0)
        order.setSpacing(theme.px(0.4))
        self.reason = self._asked(order, "disposal_reason", tr("Why? It stands on the certificate. Name nobody."))
        self.words = self._asked(order, "disposal_words", "")
        self.button = WarningButton(tr("Dispose of these records"))
        self.button.setObjectName("dispose")
        self.button.clicked.connect(self.dispose)
        row = StackingLayout()
        row.addWidget(self.button)
        order.addLayout(row)
        self._order.hide()  # until it is known what there is to dispose of
        self.column.addWidget(self._order)
        self.column.addWidget(Heading(tr("Certificates"), level=2))
        self._certificates = QVBoxLayout()
        self.column.addLayout(self._certificates)
        self.column.addStretch(1)
        self.watch(laptop.store)
        self.look()

    def typed(self) -> dict[str, str]:
        """Return why, and why each record stays; not the words of the order, which somebody has to type at once."""
        why = {f"{_STAYS}{key}": box.text() for key, box in self._left_out.items() if box.text()}
        return {"disposal_reason": self.reason.text(), **why}

    def put_typed(self, boxes: Mapping[str, str]) -> None:
        """Leave the records out again that were left out with a reason, and put the reasons into their boxes."""
        self.reason.setText(boxes.get("disposal_reason", self.reason.text()))
        for name, words in boxes.items():
            if name.startswith(_STAYS):
                self._left_out_box(name.removeprefix(_STAYS)).setText(words)
        if self._lines:  # else they show once it is known what is due
            self._show_due()

    def _asked(self, column: QVBoxLayout, name: str, question: str) -> QLineEdit:
        box = QLineEdit()
        box.setObjectName(name)
        box.setAccessibleName(question)
        box.setMaximumWidth(theme.px(34))
        label = Question(question)
        label.setObjectName(f"{name}_question")
        label.setBuddy(box)
        column.addWidget(label)
        column.addWidget(box)
        return box

    @property
    def phrase(self) -> str:
        """What must be typed before anything goes."""
        return tr("dispose of {count}", count=len(self._chosen()))

    def _chosen(self) -> list["Line"]:
        return [line for line in self._lines if line.ready and line.key not in self._left_out]

    # Reading ---------------------------------------------------------------------------------------------------------

    def look(self) -> None:
        """Read again what is due, and the certificates."""
        laptop = self._laptop

        def job(_progress: "Progress") -> tuple["tuple[Line, ...]", "tuple[Certificate, ...]", bool]:
            from icv_app.office import certificate
            from icv_app.scheme import retention

            with laptop.profile.store() as store:
                rules = retention.rules(store)
                confirmed = len(rules.confirmed) == len(retention.CLASSES)
                certificate.follow_up(laptop.profile, store, laptop.hub)
                return retention.due(store, laptop.clock.today()), certificate.every(store), confirmed

        self._worker.submit(job, self._shown, self._failed)

    def _failed(self, error: Exception) -> None:
        words = messages.words(error)
        if isValid(self):
            self.button.setEnabled(True)
            self.tell(words, failed=True)

    def _shown(self, found: tuple["tuple[Line, ...]", "tuple[Certificate, ...]", bool]) -> None:
        if not isValid(self):  # the page was left meanwhile
            return
        self._lines, certificates, confirmed = found
        self.unconfirmed.setVisible(not confirmed)
        self.unconfirmed.setText(
            tr(
                "Some of the periods are only starting values. Your office must confirm them: menu Office, "
                "Retention periods."
            )
        )
        self._show_due()
        self._show_certificates(certificates)

    def _show_due(self) -> None:
        from icv_app.scheme import retention

        for box in self._left_out.values():  # with its words: what is emptied is deleted
            self._due.removeWidget(box)
            box.hide()
        empty(self._due)
        name = ""
        for line in self._lines[:_SHOWN]:
            if line.name != name:
                name = line.name
                self._due.addWidget(Body(retention.title(name), role="strong"))
            words = tr("{record}: due since {day}.", record=line.key, day=day_words(line.since))
            if line.assumed:
                words = tr("{line} The day of the report was assumed.", line=words)
            if line.held:
                words = tr("{line} It stays: {why}.", line=words, why=line.held)
            elif line.disputed:
                words = tr("{line} It stays until its differing entries are settled.", line=words)
            shown = LineOfWork(words)
            if line.ready:
                self._offer(shown, line)
            self._due.addWidget(shown)
            shown.show()
        if len(self._lines) > _SHOWN:
            more = len(self._lines) - _SHOWN
            self._due.addWidget(Body(plural("And {count} more.", "And {count} more.", more)))
        self._count()

    def _offer(self, shown: LineOfWork, line: "Line") -> None:
        box = self._left_out.get(line.key)
        if box is None:
            button = shown.add(SecondaryButton(tr("Leave it out…")), "leave_out")
            button.setAccessibleName(tr("Leave out {record}", record=line.key))
            button.clicked.connect(FixedCall(self.leave_out, line.key))
            return
        back = shown.add(SecondaryButton(tr("Take it in again")), "take_in")
        back.setAccessibleName(tr("Take in {record} again", record=line.key))
        back.clicked.connect(FixedCall(self.take_in, line.key))
        self._due.addWidget(Body(tr("Why does {record} stay?", record=line.key), role="hint"))
        self._due.addWidget(box)
        box.show()

    def _count(self) -> None:
        chosen = len(self._chosen())
        self.count.setText(
            plural("{count} record is to be disposed of.", "{count} records are to be disposed of.", chosen)
            if chosen
            else tr("There is nothing to dispose of.")
        )
        self._order.setVisible(bool(chosen))
        question = tr("To go ahead, type: {phrase}", phrase=self.phrase)
        label = self.findChild(Question, "disposal_words_question")
        if label is not None:
            label.setText(question)
        self.words.setAccessibleName(question)

    def leave_out(self, key: str) -> None:
        """Keep a record although it is due; the reason stands on the certificate."""
        box = self._left_out_box(key)
        self._show_due()
        box.setFocus()

    def _left_out_box(self, key: str) -> QLineEdit:
        """Return the box for the reason why a record stays, made where there is none."""
        if key not in self._left_out:
            box = self._left_out[key] = QLineEdit()
            box.setObjectName("stays_because")
            box.setAccessibleName(tr("Why does {record} stay?", record=key))
            box.setMaximumWidth(theme.px(34))
        return self._left_out[key]

    def take_in(self, key: str) -> None:
        """Dispose of a record after all."""
        box = self._left_out.pop(key, None)
        self._show_due()
        if box is not None and isValid(box):
            box.deleteLater()

    # Doing -----------------------------------------------------------------------------------------------------------

    def dispose(self) -> None:
        """Dispose of what is chosen, if the order was given in words."""
        typed = " ".join(self.words.text().split()).casefold()
        if typed != self.phrase.casefold():
            self.tell(tr("Nothing was disposed of. To go ahead, type: {phrase}", phrase=self.phrase), failed=True)
            self.words.setFocus()
            return
        reasons = {key: box.text() for key, box in self._left_out.items()}
        chosen, reason, laptop = self._chosen(), self.reason.text(), self._laptop
        self.button.setEnabled(False)

        def job(progress: "Progress") -> "Disposed":
            from icv_app.commands import disposing
            from icv_app.office import disposal

            with laptop.profile.store() as store:
                planned = disposal.changes(store, chosen, laptop.clock.today())
            return disposing.carry_out(
                laptop, planned, act="retention", reason=reason, confirmed=typed, left_out=reasons, progress=progress
            )

        self._worker.submit(job, self._disposed, self._failed)

    def _disposed(self, done: "Disposed") -> None:
        self.changed.emit()
        if isValid(self):
            self.button.setEnabled(True)
            self.words.clear()
            self._left_out.clear()
            self.note_all_saved()
            self.tell(done.words)
            self.look()

    # Certificates ----------------------------------------------------------------------------------------------------

    def _show_certificates(self, certificates: "tuple[Certificate, ...]") -> None:
        empty(self._certificates)
        for made in certificates:
            records = plural("{count} record", "{count} records", len(made.references))
            state = tr("complete") if made.complete else tr("not complete")
            line = LineOfWork(tr("{number}: {records}, {state}.", number=made.number, records=records, state=state))
            save = line.add(SecondaryButton(tr("Save as PDF…")), "save_certificate")
            save.setAccessibleName(tr("Save certificate {number} as PDF", number=made.number))
            save.clicked.connect(FixedCall(self.save_pdf, made.number))
            self._add(line)
            if made.share != "clean":
                self._add(Body(tr("It is not yet out of the shared file. Share once."), role="hint"))
            for item in made.outstanding:
                self._add(self._by_hand(made, item.id, item.what, item.name))
        if not certificates:
            self._add(Body(tr("There are none yet."), role="hint"))

    def _by_hand(self, made: "Certificate", item: str, what: str, name: str) -> LineOfWork:
        from icv_app.office.certificate import WHATS

        kind = tr(WHATS[what]) if what in WHATS else what
        line = LineOfWork(tr("To be destroyed by hand: {kind}, {name}", kind=kind, name=name))
        button = line.add(SecondaryButton(tr("It is destroyed")), "destroyed")
        button.setAccessibleName(tr("{name} is destroyed", name=name))
        button.clicked.connect(FixedCall(self.tick, f"{made.number} {item}"))
        return line

    def _add(self, widget: QWidget) -> None:
        self._certificates.addWidget(widget)
        widget.show()

    def tick(self, which: str) -> None:
        """Enter that something was destroyed by hand: the number of a certificate and the id of an item."""
        from icv_app.office import certificate

        number, _, item = which.partition(" ")
        laptop = self._laptop
        try:
            certificate.tick(laptop.store, number, item, by=laptop.identity.person, today=laptop.clock.today())
        except IcvError as error:
            self.tell(messages.words(error), failed=True)
        else:
            self.tell(tr("Noted on the certificate."))
            self._show_certificates(certificate.every(laptop.store))
            self.back.setFocus()

    def save_pdf(self, number: str) -> None:
        """Write a certificate to a file of the person's choice."""
        chosen = messages.choose_new_file(self, tr("Save the certificate"), f"{number}.pdf", "PDF (*.pdf)")
        if not chosen:
            return
        laptop = self._laptop
        scheme, marking = laptop.identity.scheme, laptop.marking

        def job(_progress: "Progress") -> Path:
            from icv_app.office.certificate import one
            from reports.sheets import certificate

            with laptop.profile.store() as store:
                made = one(store, number)
            return certificate.write(made, Path(chosen), scheme=scheme, marking=marking, program_version=__version__)

        self._worker.submit(job, self._saved, self._failed)

    def _saved(self, path: Path) -> None:
        if isValid(self):
            self.tell(tr("Written: {file}", file=path.name))
