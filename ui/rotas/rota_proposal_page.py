"""A rota as it is proposed: who would go where, how even it is, what stays open and why."""

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget
from shiboken6 import isValid

from forms.translation import plural, tr
from icv_app.errors import IcvError
from icv_app.rotas import rota_adopted, rota_view
from icv_app.rotas.rota_proposal import work_out
from icv_app.wording import months_words
from ui.rotas.rota_of import rota_of
from ui.widgets import messages, theme
from ui.widgets.alone import AlonePage
from ui.widgets.announcing import announce
from ui.widgets.buttons import PrimaryButton
from ui.widgets.fact_table import FactTable
from ui.widgets.page import empty
from ui.widgets.text import Body, Heading

if TYPE_CHECKING:
    from icv_app.figure import Period
    from icv_app.laptop import Laptop
    from icv_app.rotas.rota_proposal import Proposal
    from ui.widgets.worker import Progress, Worker


class RotaProposalPage(AlonePage):
    """Worked out on the worker. `done` carries what is to be told once the rota is used."""

    done = Signal(str)

    def __init__(self, laptop: "Laptop", worker: "Worker", period: "Period") -> None:
        super().__init__(tr("A rota for {quarter}", quarter=months_words(period.first, period.last)))
        self._laptop, self._worker, self._period = laptop, worker, period
        self.proposal: Proposal | None = None
        self.use_button = PrimaryButton(tr("Use this rota"))
        self.use_button.setObjectName("use_rota")
        self.use_button.clicked.connect(self.use)
        self.use_button.hide()
        self.add_action(self.use_button)
        self.verdict = Body(tr("Working out who could go where…"), role="strong")
        self.verdict.setObjectName("verdict")
        self.column.addWidget(self.verdict)
        self.column.addWidget(
            Body(
                tr(
                    "Nothing is saved until you press “Use this rota”. Pairs that are named already stay as they "
                    "are, and every pair can be changed by hand afterwards."
                ),
                role="hint",
            )
        )
        self._told = QVBoxLayout()
        self._told.setSpacing(theme.px(0.5))
        self.column.addLayout(self._told)
        self.column.addStretch(1)
        self._work_out()

    def _work_out(self) -> None:
        try:
            task = rota_of(self._laptop).prepare(self._period)
        except IcvError as error:
            self._failed(error)
            return

        def job(_progress: "Progress") -> "Proposal":
            return work_out(task)

        self._worker.submit(job, self._show, self._failed)

    def _failed(self, error: Exception) -> None:
        words = messages.words(error)
        if isValid(self):
            self.verdict.setText(tr("No rota was worked out."))
            self.tell(words, failed=True)

    def _show(self, proposal: "Proposal") -> None:
        if not isValid(self):  # the page was left meanwhile
            return
        self.proposal = proposal
        self.verdict.setText(" ".join(proposal.words))
        announce(self.verdict, self.verdict.text())
        self.use_button.setVisible(bool(proposal.changed))
        empty(self._told)
        if not proposal.changed:
            self._add(Body(tr("There is nothing to change: every slot stays as it is.")))
        else:
            words = plural("{count} slot would be saved.", "{count} slots would be saved.", len(proposal.changed))
            if proposal.added:
                words = tr(
                    "{saved} {new}", saved=words,
                    new=plural("{count} of them is new.", "{count} of them are new.", len(proposal.added)),
                )  # fmt: skip
            self._add(Body(words))
        self._show_trouble(proposal)
        self._show_loads(proposal)
        self._show_pairs(proposal)

    def _show_trouble(self, proposal: "Proposal") -> None:
        if proposal.gaps:
            self._add(Heading(tr("Gaps, and what stands in the way"), level=2))
            for gap in proposal.gaps:
                self._add(Body(gap.words))
        if proposal.doubts:
            self._add(Heading(tr("Named, but may not go"), level=2))
            for doubt in proposal.doubts:
                self._add(Body(doubt.words))

    def _show_loads(self, proposal: "Proposal") -> None:
        if not proposal.visits:
            return
        self._add(Heading(tr("Visits of each volunteer"), level=2))
        why = {each.visitor: each.words for each in proposal.uneven}
        table = FactTable(
            tr("Visits of each volunteer"), (tr("Volunteer"), tr("Visits"), tr("Fewer than others, because")), (2, 1, 6)
        )
        table.setObjectName("loads")
        self._add(table)
        table.show_rows(
            [
                (visitor, str(number), why.get(visitor, ""))
                for visitor, number in sorted(proposal.visits.items(), key=lambda each: (-each[1], each[0]))
            ]
        )
        self._add(Heading(tr("How much the pairs vary"), level=2))
        self._add(Body(rota_view.varied_words(proposal)))

    def _show_pairs(self, proposal: "Proposal") -> None:
        today, new = self._laptop.clock.today(), {slot.slot for slot in proposal.changed}
        lines = [
            each
            for each in rota_view.lines(self._laptop.store, proposal.slots, today)
            if each.last >= today and not each.made
        ]
        for those in rota_view.by_site(lines).values():
            self._add(Heading(those[0].site_name, level=2))
            table = FactTable(those[0].site_name, (tr("When"), tr("Who would go"), tr("How it stands")), (4, 3, 5))
            table.setObjectName(f"proposed_{those[0].site}")
            self._add(table)
            table.show_rows(
                [
                    (each.when, each.pair_words, tr("Proposed") if each.slot in new and not each.gap else each.state)
                    for each in those
                ]
            )

    def _add(self, widget: QWidget) -> None:
        self._told.addWidget(widget)
        widget.show()

    def use(self) -> None:
        """Save what is proposed, or say why it no longer can be."""
        if self.proposal is None:
            return
        laptop = self._laptop
        try:
            number = rota_adopted.adopt(
                laptop.store, rota_of(laptop), self.proposal, by=laptop.identity.person, now=laptop.clock.now()
            )
        except IcvError as error:
            self.tell(messages.words(error), failed=True)
            return
        self.done.emit(
            plural(
                "The rota is used: {count} slot is saved on this laptop. The visitors see it once you have shared.",
                "The rota is used: {count} slots are saved on this laptop. The visitors see them once you have shared.",
                number,
            )
        )  # fmt: skip
