"""The first-run page that makes a laptop again from a backup."""

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout

from forms.translation import tr
from icv_app.errors import IcvError
from ui.starting.restore_form import RestoreForm
from ui.widgets import messages
from ui.widgets.buttons import SecondaryButton
from ui.widgets.page import Page
from ui.widgets.text import Body
from ui.widgets.waiting import waiting

if TYPE_CHECKING:
    from icv_app.backups.restore import Restoration


class RestoreFirst(Page):
    """`opened` carries the `Laptop`; `back` goes back to the choices."""

    opened = Signal(object)
    back = Signal()

    def __init__(self, folder: Path) -> None:
        super().__init__(tr("Restore from a backup"))
        self._folder = folder
        self._found: Restoration | None = None
        self._passphrase = ""
        self.column.addWidget(
            Body(tr("If a laptop was lost or replaced, its last backup brings everything back as it was then."))
        )
        self.form = RestoreForm()
        self.form.look_wanted.connect(self._look)
        self.form.restore_wanted.connect(self._restore)
        self.column.addWidget(self.form)
        leave = SecondaryButton(tr("Back"))
        leave.clicked.connect(self._leave)
        row = QHBoxLayout()
        row.addWidget(leave)
        row.addStretch(1)
        self.column.addLayout(row)
        self.column.addStretch(1)

    def _look(self, file: Path, passphrase: str) -> None:
        from icv_app.backups import restore_preview
        from icv_app.backups.restore import Restoration

        self._drop()
        try:
            with waiting(self.form.button, tr("Looking…")):
                self._found = Restoration.open(file, self._folder, passphrase)
                preview = self._found.preview(passphrases=(passphrase,))
        except IcvError as error:
            self._drop()
            self.form.refuse(messages.words(error))
        else:
            self._passphrase = passphrase
            self.form.show_preview(restore_preview.words(preview))

    def _restore(self) -> None:
        from icv_app.laptop import Laptop

        if self._found is None:
            return
        try:
            with waiting(self.form.go, tr("Restoring…")):
                self._found.carry_out()
                self._drop()
                laptop = Laptop.unlock(self._folder, self._passphrase)
        except IcvError as error:
            self._drop()
            self.form.forget()
            self.form.refuse(messages.words(error))
        else:
            self._passphrase = ""
            self.opened.emit(laptop)

    def _leave(self) -> None:
        self._drop()
        self.form.forget()
        self.back.emit()

    def _drop(self) -> None:
        if self._found is not None:
            self._found.close()
            self._found = None
