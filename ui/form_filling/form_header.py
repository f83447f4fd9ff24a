"""The strip above the form: which report this is, whether it is saved, undo, help and the way out."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QGridLayout, QPushButton, QSizePolicy, QWidget

from forms.translation import tr
from ui.widgets import theme
from ui.widgets.announcing import announce
from ui.widgets.buttons import SecondaryButton, WarningButton
from ui.widgets.flowing_layout import FlowingLayout
from ui.widgets.text import Body, Role

_ROLES: dict[str, Role] = {"untouched": "hint", "saving": "hint", "saved": "good", "failed": "error"}


class FormHeader(QFrame):
    """Its buttons are signals; `retry_wanted` and `abandon_wanted` are offered when the draft could not be kept."""

    undo_wanted = Signal()
    redo_wanted = Signal()
    help_wanted = Signal()
    leave_wanted = Signal()
    retry_wanted = Signal()
    abandon_wanted = Signal()

    def __init__(self, title: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("form_header")
        self._state = "untouched"
        self._narrow = self._redo = False
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(theme.px(1.6), theme.px(0.45), theme.px(1.2), theme.px(0.45))
        self._grid.setVerticalSpacing(theme.px(0.3))
        self._grid.setHorizontalSpacing(theme.px(1.2))
        self.title = Body(title, role="strong")
        self.saved = Body(role="hint")
        self.saved.setObjectName("saved_state")
        self.retry = SecondaryButton(tr("Try again"))
        self.retry.setObjectName("try_again")
        self.retry.setAccessibleName(tr("Try again to save on this laptop"))
        self.retry.clicked.connect(self.retry_wanted)
        self.abandon = WarningButton(tr("Close without saving"))
        self.abandon.setObjectName("abandon")
        self.abandon.clicked.connect(self.abandon_wanted)
        self.undo = SecondaryButton(tr("Undo"))
        self.undo.setObjectName("undo")
        self.undo.setToolTip("Ctrl+Z")
        self.undo.setAccessibleName(tr("Undo the last change"))
        self.undo.clicked.connect(self.undo_wanted)
        self.redo = SecondaryButton(tr("Redo"))
        self.redo.setObjectName("redo")
        self.redo.setToolTip("Ctrl+Y")
        self.redo.setAccessibleName(tr("Do again what was undone"))
        self.redo.clicked.connect(self.redo_wanted)
        self.help = SecondaryButton(tr("Help (F1)"))
        self.help.setObjectName("help")
        self.help.clicked.connect(self.help_wanted)
        self.leave = SecondaryButton(tr("Save and close"))
        self.leave.setObjectName("leave")
        self.leave.clicked.connect(self.leave_wanted)
        self._buttons = QWidget()
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        self._buttons.setSizePolicy(policy)
        row = FlowingLayout(self._buttons, gap=theme.px(0.6))
        for button in self.inputs():
            row.addWidget(button)
        self.retry.hide()
        self.abandon.hide()
        self._arrange()  # first: what is shown without a parent is a window for a moment, and takes the focus
        self.show_undoable(undo=False, redo=False)

    def inputs(self) -> list[QPushButton]:
        """Return the buttons in the order of Tab."""
        return [self.retry, self.abandon, self.undo, self.redo, self.help, self.leave]

    def set_narrow(self, narrow: bool) -> None:
        """Put the saved state under the title where there is no room beside it."""
        self._narrow = narrow
        self._arrange()
        self._show_what_fits()

    def _show_what_fits(self) -> None:
        """Leave out, while large words tell of a failure, what a key does as well: the questions need the room."""
        room = not (self._narrow and self._state == "failed")
        for widget in (self.title, self.undo, self.help):
            widget.setVisible(room)
        self.redo.setVisible(room and self._redo)

    def _arrange(self) -> None:
        failed, narrow = self._state == "failed", self._narrow
        for widget in (self.title, self.saved, self._buttons):
            self._grid.removeWidget(widget)
        self._grid.addWidget(self.title, 0, 0)
        if failed:  # more words and more buttons: each has the whole width
            self._grid.addWidget(self.saved, 1, 0)
            self._grid.addWidget(self._buttons, 2, 0)
            self.saved.setAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        elif narrow:
            self._grid.addWidget(self._buttons, 0, 1)
            self._grid.addWidget(self.saved, 1, 0, 1, 2)
            self.saved.setAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        else:
            self._grid.addWidget(self.saved, 0, 1)
            self._grid.addWidget(self._buttons, 0, 2)
            self.saved.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self._grid.setColumnStretch(0, 2)
        self._grid.setColumnStretch(1, 0 if narrow or failed else 3)
        self._grid.setHorizontalSpacing(0 if failed else theme.px(1.2))

    def show_undoable(self, *, undo: bool, redo: bool) -> None:
        """Offer what there is to undo and to do again."""
        self.undo.setEnabled(undo)
        self._redo = redo
        self._show_what_fits()

    def name_undoable(self, undo: str, redo: str) -> None:
        """Name the change that each button would take back or do again; "" where there is none."""
        for button, words in (
            (self.undo, tr("Undo: {what}", what=undo) if undo else tr("Undo the last change")),
            (self.redo, tr("Do again: {what}", what=redo) if redo else tr("Do again what was undone")),
        ):
            if button.accessibleName() != words:
                button.setAccessibleName(words)
                button.setToolTip(words)

    def show_state(self, state: str, words: str) -> None:
        """Show whether the draft is on disk. A failure, and the end of one, is read out as well."""
        before, self._state = self._state, state
        self.saved.set_role(_ROLES[state])
        self.saved.setText(words)
        if (state == "failed") != (before == "failed"):
            self._arrange()
        self.retry.setVisible(state == "failed")
        self._show_what_fits()
        if state != "failed":
            self.abandon.hide()
        if state == "failed" and before != "failed":
            announce(self.saved, words, urgent=True)
        elif state == "saved" and before == "failed":
            announce(self.saved, words)

    def warn_of_leaving(self) -> None:
        """Say that the draft is not saved to one who wants to leave, and offer to leave all the same."""
        self.abandon.show()
        announce(self.saved, self.saved.text(), urgent=True)
