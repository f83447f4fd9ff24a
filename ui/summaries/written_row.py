"""A document that was just written: opening it, or the folder that it is in, by the system's own way."""

from pathlib import Path

from PySide6.QtCore import QUrl, Signal
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QWidget

from forms.translation import tr
from ui.widgets import theme
from ui.widgets.buttons import SecondaryButton
from ui.widgets.stacking_layout import StackingLayout


class WrittenRow(QWidget):
    """Hidden until something was written. `refused` carries why a file was not opened, in words.

    Only a file on a disk or a share of this computer is ever opened, by the program that the system has for it.
    """

    refused = Signal(str)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._path: Path | None = None
        row = StackingLayout(self, gap=theme.px(0.6))
        self.open = SecondaryButton(tr("Open it"))
        self.open.setObjectName("open_written")
        self.folder = SecondaryButton(tr("Open its folder"))
        self.folder.setObjectName("open_folder")
        for button, slot in ((self.open, self._open), (self.folder, self._open_folder)):
            button.clicked.connect(slot)
            row.addWidget(button)
        self.hide()

    def show_path(self, path: Path) -> None:
        """Offer to open the file at `path`, with the focus on that."""
        self._path = path.absolute()
        self.open.setAccessibleDescription(path.name)
        self.show()
        self.open.setFocus()

    def _open(self) -> None:
        if self._path is not None:
            self._show(self._path)

    def _open_folder(self) -> None:
        if self._path is not None:
            self._show(self._path.parent)

    def _show(self, path: Path) -> None:
        if not path.exists():
            self.refused.emit(tr("{path} is not there any more.", path=path))
        elif not QDesktopServices.openUrl(QUrl.fromLocalFile(str(path))):
            self.refused.emit(tr("Nothing on this computer could open {path}.", path=path))
