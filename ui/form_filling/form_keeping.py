"""A page that keeps a draft, and sends it when nothing stands in its way."""

from collections.abc import Callable

from PySide6.QtCore import Signal
from PySide6.QtGui import QHideEvent
from PySide6.QtWidgets import QScrollArea, QWidget

from icv_app.errors import IcvError
from ui.form_filling.autosave import Autosave
from ui.form_filling.check_page import CheckPage
from ui.form_filling.filling import Filling
from ui.form_filling.form_header import FormHeader
from ui.form_filling.form_progress import CHECK
from ui.widgets import refused
from ui.widgets.announcing import announce


class KeepingPage(QWidget):
    """What the form screen does with the draft as a whole. The screen itself makes the parts that are named here."""

    saved = Signal()
    finished = Signal(object)
    left = Signal()

    autosave: Autosave
    filling: Filling
    header: FormHeader
    area: QScrollArea
    _submit: Callable[[str], object]
    _tell: Callable[[Exception], str]

    def show_section(self, key: str) -> None:
        """Show a section, or the check page."""
        raise NotImplementedError

    def _check_page(self) -> CheckPage:
        raise NotImplementedError

    def _order_tabs(self) -> None:
        raise NotImplementedError

    def flush(self) -> bool:
        """Keep what is pending; return whether everything is on disk."""
        return self.autosave.flush()

    def keep_now(self) -> None:
        """Keep the draft whether or not anything is pending, and say so aloud."""
        if self.autosave.keep_now():
            announce(self.header.saved, self.autosave.words)

    def leave(self) -> None:
        """Keep the draft and go; stay where it could not be kept, and offer to go all the same."""
        if self.flush():
            self.left.emit()
        else:
            self.header.warn_of_leaving()
            self._order_tabs()

    def abandon(self) -> None:
        """Go without keeping what could not be kept."""
        self.autosave.give_up()
        self.left.emit()

    def send(self) -> None:
        """Finish the report, if nothing stands in its way."""
        check = self._check_page()
        if not check.refresh():
            self.show_section(CHECK)
            return
        if not check.correction.is_given():
            check.correction.ask()
            return
        if not self.flush():
            return
        try:
            outcome = self._submit(check.correction.text())
        except IcvError as error:
            self._show_refusal(error)
            return
        check.show_failure("")
        self.finished.emit(outcome)

    def _show_refusal(self, error: IcvError) -> None:
        """Say why it was not sent: at the questions, where the words are about questions, else above the list."""
        check, why = self._check_page(), refused.places(self.filling.draft, error)
        if why:
            self.filling.refuse(why)
            check.show_failure("")
            self.show_section(CHECK)
            check.links[0].setFocus()
            return
        check.show_failure(self._tell(error))
        self.area.ensureWidgetVisible(check.failure)

    def hideEvent(self, event: QHideEvent) -> None:
        self.flush()
        super().hideEvent(event)
