"""The page of backups: what there is, where it lies, one more now, a second place, and the way to restoring one."""

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from PySide6.QtWidgets import QVBoxLayout, QWidget

from forms.translation import later, tr
from icv_app.errors import IcvError
from icv_app.wording import day_words
from ui.widgets import messages, theme
from ui.widgets.alone import AlonePage
from ui.widgets.buttons import PrimaryButton, SecondaryButton
from ui.widgets.fixed_call import FixedCall
from ui.widgets.line_of_work import LineOfWork
from ui.widgets.page import empty
from ui.widgets.stacking_layout import StackingLayout
from ui.widgets.text import Body, Heading

if TYPE_CHECKING:
    from icv_app.backups.backup_places import Backup

    Shown = tuple[tuple[Backup, ...], Path | None]

PLACES = {
    "laptop": later("on this laptop"),
    "second": later("in the second place"),
    "elsewhere": later("elsewhere"),
}  # fmt: skip


def size_words(size: int | None) -> str:
    """Return "2.7 MB", or that it is not there."""
    if size is None:
        return tr("not there now")
    if size < 1_000_000:
        return tr("{count} kB", count=max(1, round(size / 1000)))
    return tr("{count} MB", count=f"{size / 1_000_000:.1f}")


class Keeper(Protocol):
    """What the page asks of `backups.Backups`, where the methods are described."""

    @property
    def words(self) -> str: ...
    def look(self, *, always: bool = False, then: Callable[[], object] | None = None) -> None: ...
    def read(self, done: "Callable[[Shown], None]") -> None: ...
    def set_second_place(self, folder: Path | None) -> None: ...
    def show_restore(self, file: str = "") -> None: ...


class BackupsPage(AlonePage):
    """Reads the list off the window's thread; it is there a moment later."""

    def __init__(self, backups: Keeper) -> None:
        super().__init__(tr("Backups"))
        self._backups = backups
        self.now = PrimaryButton(tr("Make one now"))
        self.now.setObjectName("backup_now")
        self.now.clicked.connect(self.make)
        self.add_action(self.now)
        restore = SecondaryButton(tr("Restore a backup…"))
        restore.setObjectName("restore_backup")
        restore.clicked.connect(lambda: backups.show_restore())
        self.add_action(restore)
        self.column.addWidget(
            Body(
                tr(
                    "A backup is a locked copy of everything on this laptop, drafts too. One is made by itself every "
                    "day that the program is open. It opens with the passphrase of the day on which it was made."
                )
            )
        )
        self.warning = Body("", role="warn")
        self.warning.setObjectName("backups_warning")
        self.column.addWidget(self.warning)
        self.column.addWidget(Heading(tr("A second place"), level=2))
        self.second = Body("")
        self.second.setObjectName("second_place")
        self.column.addWidget(self.second)
        holder = QWidget()
        row = StackingLayout(holder, gap=theme.px(0.6))
        self.choose = SecondaryButton(tr("Choose a second place…"))
        self.choose.setObjectName("choose_second")
        self.choose.clicked.connect(self.choose_second)
        self.none = SecondaryButton(tr("No second place"))
        self.none.setObjectName("no_second")
        self.none.clicked.connect(lambda: self._set_second(None))
        row.addWidget(self.choose)
        row.addWidget(self.none)
        self.column.addWidget(holder)
        self.column.addWidget(Heading(tr("What there is"), level=2))
        self._lines = QVBoxLayout()
        self.column.addLayout(self._lines)
        self.column.addStretch(1)
        self._show(((), None), loaded=False)
        self.refresh()

    def refresh(self) -> None:
        """Read the list again."""
        self._backups.read(self._show)

    def _show(self, found: "Shown", *, loaded: bool = True) -> None:
        held, second = found
        self.warning.setText(self._backups.words)
        self.warning.setVisible(bool(self._backups.words))
        if second is None:
            self.second.setText(
                tr("None. If this laptop is lost, its backups are lost with it. A stick in a locked drawer will do.")
            )
        else:
            self.second.setText(tr("Every backup is also written to {folder}.", folder=second))
        self.none.setVisible(second is not None)
        empty(self._lines)
        for each in held:
            self._lines.addWidget(self._line(each))
        if not held:
            words = tr("No backup has been made yet.") if loaded else tr("Looking…")
            self._lines.addWidget(Body(words, role="hint"))

    def _line(self, each: "Backup") -> LineOfWork:
        made = tr("{date} at {time}", date=day_words(each.made), time=f"{each.made:%H:%M}")
        words = tr("{made}, {place}, {size}", made=made, place=tr(PLACES[each.place]), size=size_words(each.size))
        if each.before:
            words = tr("{backup} – what was here before a restore", backup=words)
        line = LineOfWork(words)
        if each.place == "elsewhere":
            line.words.setToolTip(str(each.path))
        if each.size is not None and not each.path.is_dir():
            button = line.add(SecondaryButton(tr("Restore…")), "restore_this")
            button.setAccessibleName(tr("Restore the backup of {made}", made=made))
            button.clicked.connect(FixedCall(self._backups.show_restore, str(each.path)))
        return line

    def make(self) -> None:
        """Make one now, in both places."""
        self.now.setEnabled(False)
        self.back.setFocus()
        self.tell(tr("A backup is being made…"))
        self._backups.look(always=True, then=self._made)

    def _made(self) -> None:
        self.now.setEnabled(True)
        if self._backups.words:
            self.tell(self._backups.words, failed=True)
        else:
            self.tell(tr("A backup was made, read back and checked."))
        self.refresh()

    def choose_second(self) -> None:
        """Ask for the folder that backups go to as well."""
        if chosen := messages.choose_folder(self, tr("A folder on a stick or another disk")):
            self._set_second(Path(chosen))

    def _set_second(self, folder: Path | None) -> None:
        try:
            self._backups.set_second_place(folder)
        except IcvError as error:
            self.tell(messages.words(error), failed=True)
            return
        if folder is None:
            self.choose.setFocus()
            self.tell(tr("Backups are made on this laptop only from now on. Those in the second place stay there."))
            self._backups.look(then=self.refresh)
        else:
            self.make()
