"""How the shared file and the laptops are, for the office: what needs doing, every laptop, and what was put aside."""

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QVBoxLayout
from shiboken6 import isValid

from forms.translation import plural, tr
from ui.widgets import messages
from ui.widgets.alone import AlonePage
from ui.widgets.announcing import announce
from ui.widgets.buttons import PrimaryButton, SecondaryButton
from ui.widgets.fact_table import FactTable
from ui.widgets.page import empty
from ui.widgets.stacking_layout import StackingLayout
from ui.widgets.text import Body, Heading

if TYPE_CHECKING:
    from icv_app.laptop import Laptop
    from icv_app.share_health.devices import Device
    from icv_app.share_health.health import Health
    from icv_app.sharing.rebuild import Rebuilt
    from icv_app.sharing.share_state import ShareState
    from ui.widgets.worker import Progress, Worker

BROKEN = ("missing", "foreign", "damaged")
"""States of the shared file in which it may be made again."""


class HealthPage(AlonePage):
    """Looks at the share on the worker, when it is made and whenever `look` is called (after every exchange)."""

    def __init__(self, laptop: "Laptop", worker: "Worker") -> None:
        super().__init__(tr("The shared file and the laptops"))
        self._laptop, self._worker = laptop, worker
        self.health: Health | None = None
        self._again = SecondaryButton(tr("Look again"))
        self._again.setObjectName("look_again")
        self._again.clicked.connect(self.look)
        self.add_action(self._again)
        self.verdict = Body(tr("Looking at the shared folder…"), role="strong")
        self.verdict.setObjectName("verdict")
        self.asof = Body("", role="hint")
        self._points = QVBoxLayout()
        self.remake = PrimaryButton(tr("Make the shared file again from this laptop…"))
        self.remake.setObjectName("remake")
        self.remake.clicked.connect(self.ask_remake)
        self.remake.hide()
        self._facts = Body("")
        self._facts.setObjectName("facts")
        self.devices = FactTable(
            tr("The laptops"), (tr("Laptop"), tr("Heard of"), tr("What is known of it")), (2, 2, 5)
        )  # fmt: skip
        self.devices.setObjectName("devices")
        self._aside_heading = Heading(tr("Damaged files that were put aside"), level=2)
        self.aside = FactTable(
            tr("Damaged files that were put aside"), (tr("File"), tr("Known since"), tr("What was found")), (3, 2, 4)
        )  # fmt: skip
        self.aside.setObjectName("put_aside")
        self.column.addWidget(self.verdict)
        self.column.addWidget(self.asof)
        self.column.addLayout(self._points)
        row = StackingLayout()
        row.addWidget(self.remake)
        self.column.addLayout(row)
        self.column.addWidget(Heading(tr("The laptops"), level=2))
        self.column.addWidget(self.devices)
        self.column.addWidget(Heading(tr("The shared folder"), level=2))
        self.column.addWidget(self._facts)
        self.column.addWidget(self._aside_heading)
        self.column.addWidget(self.aside)
        self._aside_heading.hide()
        self.aside.hide()
        self.column.addStretch(1)
        self.look()

    def look(self, _after: object = None) -> None:
        """Read the state again; `_after` is what an exchange brought, which says the same by itself."""
        self._again.setEnabled(False)
        laptop = self._laptop

        def job(_progress: "Progress") -> "Health":
            return laptop.health()

        self._worker.submit(job, self._done, self._failed)

    def _done(self, health: "Health") -> None:
        if isValid(self):  # the page may have been left meanwhile
            self._again.setEnabled(True)
            self.show_health(health)

    def _failed(self, error: Exception) -> None:
        words = messages.words(error)
        if isValid(self):
            self._again.setEnabled(True)
            self.tell(words, failed=True)

    def show_health(self, health: "Health") -> None:
        """Show what is known; the verdict is told aloud where it is another one than before."""
        from icv_app.share_health import health_report
        from icv_app.share_health.health_wording import moment_words

        self.health = health
        words = health_report.verdict(health)
        if words != self.verdict.text():
            announce(self.verdict, words)
        self.verdict.setText(words)
        self.asof.setText(
            tr("As this laptop sees it. It last shared: {when}.", when=moment_words(health.sharing.checked))
        )
        empty(self._points)
        for point in health_report.points(health):
            kind = tr("To do") if point.level == "act" else tr("Note")
            said = QVBoxLayout()
            said.setSpacing(2)
            said.addWidget(Body(f"{kind}: {point.words}", role="strong" if point.level == "act" else ""))
            if point.advice:
                said.addWidget(Body(point.advice, role="hint"))
            self._points.addLayout(said)
        share = health.share
        self.remake.setVisible(share is not None and not share.trouble and share.hub.state in BROKEN)
        self._facts.setText("\n".join(_facts(health, share)) if share else tr("No shared file has been chosen yet."))
        self.devices.show_rows([_row(device, health) for device in health.devices])
        self.aside.show_rows(
            [
                (each.file.name, moment_words(each.since), health_report.found_words(each))
                for each in health.put_aside
            ]
        )  # fmt: skip
        self._aside_heading.setVisible(bool(health.put_aside))
        self.aside.setVisible(bool(health.put_aside))

    def ask_remake(self) -> None:
        """Make the shared file again, after asking."""
        question = tr(
            "Make the shared file again from what this laptop holds? What stands in its place now is kept under "
            "another name. If that may be another scheme's file, do not do it: choose the right folder instead."
        )
        if messages.ask(self, question, yes=tr("Make it again"), no=tr("Leave it")):
            self.remake.setEnabled(False)
            laptop = self._laptop

            def job(progress: "Progress") -> "Rebuilt":
                return laptop.rebuild(progress=progress)

            self._worker.submit(job, self._remade, self._not_remade)

    def _remade(self, rebuilt: "Rebuilt") -> None:
        if isValid(self):
            self.remake.setEnabled(True)
            self.back.setFocus()
            self.tell(
                tr("The shared file was made again. What stood there is now {name}.", name=rebuilt.aside)
                if rebuilt.aside
                else tr("The shared file was made again.")
            )
            self.look()

    def _not_remade(self, error: Exception) -> None:
        if isValid(self):
            self.remake.setEnabled(True)
        self._failed(error)


def _facts(health: "Health", share: "ShareState") -> list[str]:
    from icv_app.share_health.device_report import name_of
    from icv_app.share_health.health_wording import moment_words, size_words

    lines = [tr("Where: {path}", path=share.hub_path)]
    if share.trouble:
        return [*lines, share.trouble]
    if share.hub.file is not None:
        maker = health.device_of(share.hub.maker)
        who = name_of(maker, health.devices) if maker else tr("nobody known here")
        lines.append(
            tr(
                "The shared file: {size}, renewed {when} by {who}.",
                size=size_words(share.hub.file.size), when=moment_words(share.hub.file.changed), who=who,
            )
        )  # fmt: skip
    waiting = share.packs - share.folded
    lines.append(
        tr(
            "Beside it: {packs} ({size}), {waiting} of them not in it yet.",
            packs=plural("{count} pack", "{count:,} packs", share.packs), size=size_words(share.pack_bytes),
            waiting=f"{waiting:,}",
        )
    )  # fmt: skip
    lines.append(tr("This laptop last read everything there: {when}.", when=moment_words(share.read)))
    if share.hub.format is not None:
        lines.append(tr("Format of the shared file: {format}.", format=share.hub.format))
    if share.free is not None:
        lines.append(tr("Free room there: {size}.", size=size_words(share.free)))
    return lines


def _row(device: "Device", health: "Health") -> tuple[str, str, str]:
    from icv_app.share_health.device_report import known_words, name_of
    from icv_app.share_health.health_wording import moment_words

    return name_of(device, health.devices), moment_words(device.seen), known_words(device, health)
