"""Restoring a backup over an open laptop: what it adds and loses is shown first, then asked once more."""

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from PySide6.QtGui import QHideEvent

from forms.translation import tr
from ui.starting.restore_form import RestoreForm
from ui.widgets import messages
from ui.widgets.alone import AlonePage
from ui.widgets.text import Body

if TYPE_CHECKING:
    from icv_app.backups.restore import Restoration


class Keeper(Protocol):
    """What the page asks of `backups.Backups`, where the methods are described."""

    def look_into(
        self, file: Path, passphrase: str, done: "Callable[[Restoration], None]", failed: Callable[[Exception], None]
    ) -> None: ...
    def restore(self, restoration: "Restoration") -> None: ...


class RestorePage(AlonePage):
    """Holds what was unpacked until the person goes ahead or leaves."""

    def __init__(self, backups: Keeper, file: str = "") -> None:
        super().__init__(tr("Restore a backup"))
        self._backups = backups
        self._found: Restoration | None = None
        self._gone = False
        self.column.addWidget(
            Body(
                tr(
                    "A backup takes the place of everything on this laptop. You see first what that would change, and "
                    "what is here now is kept aside."
                )
            )
        )
        self.form = RestoreForm(file)
        self.form.look_wanted.connect(self._look)
        self.form.restore_wanted.connect(self._restore)
        self.column.addWidget(self.form)
        self.column.addStretch(1)

    def _look(self, file: Path, passphrase: str) -> None:
        self._drop()
        self._backups.look_into(file, passphrase, self._show, self._refuse)

    def _show(self, found: "Restoration") -> None:
        if self._gone:  # left meanwhile
            found.close()
            return
        from icv_app.backups import restore_preview

        self._found = found
        self.form.show_preview(restore_preview.words(found.shown))

    def _refuse(self, error: Exception) -> None:
        if not self._gone:
            self.form.refuse(messages.words(error))

    def _restore(self) -> None:
        question = tr("Restore this backup now? It takes the place of everything on this laptop.")
        if self._found is not None and messages.ask(self, question, yes=tr("Restore it"), no=tr("Leave it as it is")):
            found, self._found = self._found, None
            self._backups.restore(found)

    def _drop(self) -> None:
        if self._found is not None:
            self._found.close()
            self._found = None

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        if not event.spontaneous():  # left, not minimised
            self._gone = True
            self._drop()
