"""Choosing the shared file: its folder is tried before it is used, and what came of that is told in plain words."""

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout
from shiboken6 import isValid

from forms.translation import tr
from ui.widgets import messages
from ui.widgets.alone import AlonePage
from ui.widgets.announcing import announce
from ui.widgets.buttons import PrimaryButton, SecondaryButton
from ui.widgets.text import Body, Heading

if TYPE_CHECKING:
    from icv_app.laptop import Laptop
    from icv_app.sharing.probe import Probe
    from ui.widgets.worker import Progress, Worker


class ShareChoicePage(AlonePage):
    """Tries the folder of `hub` on the worker and, where it can be used, has the laptop share there from now on.

    `share_wanted` follows when the person wants to share at once, `other_wanted` to choose another place.
    """

    share_wanted = Signal()
    other_wanted = Signal()

    def __init__(self, laptop: "Laptop", worker: "Worker", hub: Path) -> None:
        super().__init__(tr("The shared file"))
        self._laptop, self._hub = laptop, hub
        self.column.addWidget(Body(tr("Where: {path}", path=hub)))
        self.verdict = Body(tr("Trying what sharing needs in this folder…"), role="strong")
        self.verdict.setObjectName("verdict")
        self.column.addWidget(self.verdict)
        self._lines = QVBoxLayout()
        self.column.addLayout(self._lines)
        self.share = PrimaryButton(tr("Share now"))
        self.share.setObjectName("share_chosen")
        self.share.clicked.connect(self.share_wanted)
        self.share.hide()
        self.other = SecondaryButton(tr("Choose another place…"))
        self.other.setObjectName("other_place")
        self.other.clicked.connect(self.other_wanted)
        self.other.hide()
        self.add_action(self.share)
        self.add_action(self.other)
        self.column.addStretch(1)
        clock = laptop.clock

        def job(_progress: "Progress") -> "Probe":
            from icv_app.sharing.probe import probe

            return probe(hub.parent, clock=clock)

        worker.submit(job, self._done, self._failed)

    def _done(self, found: "Probe") -> None:
        if isValid(self):
            self.show_probe(found)

    def _failed(self, error: Exception) -> None:
        words = messages.words(error)
        if isValid(self):
            self._end(words, failed=True)

    def show_probe(self, found: "Probe") -> None:
        """Tell what came of it; the folder is used from now on if it can be."""
        if found.usable:
            self._laptop.hub = self._hub
        self._end(found.verdict, failed=not found.usable)
        for check in (each for each in found.checks if each.state != "works"):
            self._add(check.words, check.advice, failed=check.state == "fails")
        for remark in found.remarks:
            self._add(remark.words, remark.advice)
        if worked := [check.words for check in found.checks if check.state == "works"]:
            self._lines.addWidget(Heading(tr("What was tried, and works"), level=2))
            self._lines.addWidget(Body("\n".join(worked)))

    def _add(self, words: str, advice: str, *, failed: bool = False) -> None:
        self._lines.addWidget(Body(words, role="error" if failed else "strong"))
        if advice:
            self._lines.addWidget(Body(advice))

    def _end(self, words: str, *, failed: bool) -> None:
        self.verdict.set_role("error" if failed else "good")
        self.verdict.setText(words)
        self.share.setVisible(not failed)
        self.other.setVisible(failed)
        if failed:
            self._lines.addWidget(Body(tr("Nothing was changed.")))
        (self.other if failed else self.share).setFocus()
        announce(self.verdict, words, urgent=failed)
