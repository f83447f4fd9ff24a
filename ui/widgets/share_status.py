"""The two states that everyone may rely on: safe on this laptop, and in the shared file."""

from datetime import datetime
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QProgressBar, QVBoxLayout, QWidget

from forms.translation import plural, tr
from icv_app.wording import day_words
from ui.widgets.announcing import announce
from ui.widgets.buttons import PrimaryButton
from ui.widgets.text import Body

if TYPE_CHECKING:
    from icv_app.storage.store import Sharing


def when(moment: datetime, now: datetime) -> str:
    """Return "at 14:02" for today, else "on 3 November at 14:02"."""
    time = f"{moment:%H:%M}"
    if moment.date() == now.date():
        return tr("at {time}", time=time)
    return tr("on {date} at {time}", date=day_words(moment, year=False), time=time)


class ShareStatus(QWidget):
    """Says how many changes are safe here and how many were read back from the shared file, and shares on request."""

    share = Signal()

    def __init__(self, *, practice: bool = False, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._practice = practice
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        lines = QVBoxLayout()
        lines.setSpacing(2)
        self.local = Body("", role="good")
        self.local.setObjectName("safe_here")
        self.remote = Body("")
        self.remote.setObjectName("shared_state")
        self.bar = QProgressBar()
        self.bar.setAccessibleName(tr("Sharing"))
        self.bar.setMaximumWidth(420)
        self.bar.hide()
        for widget in (self.local, self.remote, self.bar):
            lines.addWidget(widget)
        row.addLayout(lines, 1)
        self.button = PrimaryButton(tr("Share now"))
        self.button.setObjectName("share_now")
        self.button.clicked.connect(self.share)
        row.addWidget(self.button)
        self.button.setHidden(practice)

    def show_state(self, sharing: "Sharing", now: datetime) -> None:
        """Show what is proved: `sharing.shared` counts only what a later listing of the share read back."""
        self.local.setText(
            plural("Safe on this laptop: {count} change.", "Safe on this laptop: {count:,} changes.", sharing.total)
        )
        if self._practice:
            self.remote.setText(tr("Practice reports are never shared."))
            return
        if sharing.checked is None:
            self.remote.setText(tr("Nothing has been shared from this laptop yet."))
            self.remote.set_role("")
            return
        checked = when(sharing.checked, now)
        if sharing.unshared:
            self.remote.setText(
                plural(
                    "Not yet in the shared file: {count} change. Last checked {when}.",
                    "Not yet in the shared file: {count:,} changes. Last checked {when}.",
                    sharing.unshared,
                    when=checked,
                )
            )
            self.remote.set_role("")
        else:
            self.remote.setText(tr("All of it is in the shared file, checked {when}.", when=checked))
            self.remote.set_role("good")

    def show_progress(self, words: str, done: int, total: int) -> None:
        """Show what the worker is doing."""
        self.bar.show()
        self.bar.setRange(0, total)
        self.bar.setValue(done)
        self.remote.setText(tr("{doing}…", doing=words))
        self.remote.set_role("")

    def show_busy(self, busy: bool) -> None:
        """Allow one exchange at a time."""
        self.button.setEnabled(not busy)
        self.bar.setVisible(busy)
        if busy:
            self.bar.setRange(0, 0)
            announce(self.bar, tr("Working…"))

    def show_failure(self, words: str) -> None:
        """Say why sharing did not work; everything stays safe on the laptop."""
        self.remote.setText(tr("Not shared. {why}", why=words))
        self.remote.set_role("error")
        announce(self.remote, self.remote.text(), urgent=True)
