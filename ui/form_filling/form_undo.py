"""A page whose every change can be undone: by key from anywhere in it, or by button."""

from collections.abc import Iterator

from PySide6.QtCore import QEvent, Signal
from PySide6.QtGui import QKeyEvent

from forms.change import Step
from forms.draft import Draft
from forms.form import Place
from forms.translation import tr
from ui.form_filling.filling import Filling
from ui.form_filling.form_keeping import KeepingPage
from ui.form_filling.form_progress import FormProgress
from ui.form_filling.in_view import InView
from ui.form_filling.section_view import SectionView
from ui.form_filling.transcription import TranscriptionView
from ui.widgets import undo_keys
from ui.widgets.announcing import announce


class UndoingPage(KeepingPage):
    """What the form screen does to undo and redo. The screen itself makes the parts that are named here."""

    undoable = Signal(bool, bool)  # whether there is something to undo, to redo

    draft: Draft
    filling: Filling
    key: str
    _progress: FormProgress
    _in_view: InView
    _views: dict[str, SectionView | TranscriptionView]
    _can = (False, False)  # undo, redo: what was told last

    def keys(self) -> Iterator[str]:
        """Yield the keys of the sections that are shown, and of the check page."""
        raise NotImplementedError

    def go_to(self, place: Place) -> None:
        """Show the question at a place and put the focus on it."""
        raise NotImplementedError

    @property
    def can_undo(self) -> bool:
        """Whether there is a change to take back."""
        return self.draft.can_undo

    @property
    def can_redo(self) -> bool:
        """Whether there is a change that was taken back and can be done again."""
        return self.draft.can_redo

    def _show_undoable(self) -> None:
        self.header.name_undoable(self._named(self.draft.to_undo), self._named(self.draft.to_redo))
        can = (self.can_undo, self.can_redo)
        if can != self._can:
            self._can = can
            self.header.show_undoable(undo=can[0], redo=can[1])
            self.undoable.emit(*can)

    def undo(self) -> None:
        """Take back the last change, wherever it was, and go there."""
        step = self.filling.undo()
        if step is None:
            announce(self.header.undo, tr("There is nothing to undo."))
        else:
            self._go_where(step, tr("Undone: {what}", what=self._what(step.place, step.section)))

    def redo(self) -> None:
        """Do again what was taken back last, and go there."""
        step = self.filling.redo()
        if step is None:
            announce(self.header.undo, tr("There is nothing to redo."))
        else:
            self._go_where(step, tr("Done again: {what}", what=self._what(step.place, step.section)))

    def _named(self, edit: tuple[Place | None, str] | None) -> str:
        return "" if edit is None else self._what(*edit)

    def _what(self, place: Place | None, section: str) -> str:
        if place is None:
            return self._progress.title(section)
        try:
            return self.draft.label(place) or place.name
        except KeyError:  # of a row that has gone since: undoing its removal comes first
            return self._progress.title(section)

    def _go_where(self, step: Step, words: str) -> None:
        if step.place is not None and self.draft.shown(step.place):
            self.go_to(step.place)
        elif step.section in list(self.keys()):
            if self.key != step.section:
                self.show_section(step.section)
            self._order_tabs()
            self._in_view.start = None
            self._views[step.section].focus_rows(step.change.rows)
        announce(self, words)

    def event(self, event: QEvent) -> bool:
        # before any menu or box takes these keys: one undo for the whole form
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent) and undo_keys.way_of(event):
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        way = undo_keys.way_of(event)
        if way is None:
            super().keyPressEvent(event)
        elif way == "undo":
            self.undo()
        else:
            self.redo()
