"""The menus of the window. They are made anew when the language changes."""

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, Literal, Protocol

from PySide6.QtGui import QAction, QActionGroup, QKeySequence
from PySide6.QtWidgets import QMenu, QMenuBar

from forms.translation import tr
from ui.widgets.language import LANGUAGES

if TYPE_CHECKING:
    from ui.backups import Backups
    from ui.office import Office
    from ui.widgets.preferences import Preferences

SCALES = (100, 125, 150, 175, 200)
MINUTES = (2, 5, 10, 15, 30, 60)
Need = Literal["", "open", "shares", "office", "invites"]
"""What an action needs: nothing, an open laptop, one that hands things to others, one of the office, or both."""


class Acts(Protocol):
    """What the menus call: the window's own methods of the same names, where they are described."""

    def share(self) -> None: ...
    def choose_hub(self) -> None: ...
    def invite(self) -> None: ...
    @property
    def office(self) -> "Office": ...
    @property
    def backups(self) -> "Backups": ...
    def import_folder(self) -> None: ...
    def export_folder(self) -> None: ...
    def show_bin(self) -> None: ...
    def show_search(self) -> None: ...
    def show_passphrase(self) -> None: ...
    def lock(self) -> None: ...
    def close(self) -> bool: ...
    def undo(self) -> None: ...
    def redo(self) -> None: ...
    def set_scale(self, percent: int) -> None: ...
    def set_dark(self, dark: bool | None) -> None: ...
    def set_language(self, code: str) -> None: ...
    def set_lock_after(self, minutes: int) -> None: ...
    def show_last_visit(self) -> None: ...
    def type_from_paper(self) -> None: ...
    def show_help(self) -> None: ...
    def show_about(self) -> None: ...


class Menus:
    """Fills `bar` with what `window` can do, for a look, and says by `allow` and `show_undoable` what can be chosen."""

    def __init__(self, bar: QMenuBar, window: Acts, look: "Preferences") -> None:
        self._bar = bar
        self._window = window
        self._needs: list[tuple[QAction, Need]] = []
        self._locks: dict[int, QAction] = {}
        bar.clear()
        for old in bar.findChildren(QMenu):
            old.deleteLater()
        self._make_scheme(bar.addMenu(tr("&Scheme")))
        self._office = bar.addMenu(tr("&Office"))
        self._make_office(self._office)
        self._make_edit(bar.addMenu(tr("&Edit")))
        self._make_view(bar.addMenu(tr("&View")), look)
        more = bar.addMenu(tr("&Help"))
        # the key itself is the window's keyPressEvent, since a report has its own help
        self._add(more, tr("&Help") + "\tF1", window.show_help)
        self._add(more, tr("&About"), window.show_about)

    def _make_scheme(self, menu: QMenu) -> None:
        window = self._window
        add = self._add
        add(menu, tr("&Share now"), window.share, "shares").setShortcut(QKeySequence("F5"))
        add(menu, tr("&Choose the shared file…"), window.choose_hub, "shares")
        menu.addSeparator()
        add(menu, tr("&Your hours…"), window.office.show_hours, "open")
        add(menu, tr("&Recycle bin"), window.show_bin, "open")
        add(menu, tr("&Backups…"), window.backups.show, "shares")
        add(menu, tr("Change the &passphrase…"), window.show_passphrase, "shares")
        add(menu, tr("&Lock"), window.lock, "open").setShortcut(QKeySequence("Ctrl+L"))
        menu.addSeparator()
        add(menu, tr("&Quit"), window.close).setShortcut(QKeySequence.StandardKey.Quit)

    def _make_office(self, menu: QMenu) -> None:
        """Add what is used most often first: how sharing goes, who takes part, what the law asks, how all is set up."""
        window = self._window
        add = self._add
        add(menu, tr("&Volunteers…"), window.office.show_people, "office")
        add(menu, tr("Si&tes, calendars and targets…"), window.office.show_sites, "office")
        add(menu, tr("Scrutiny &panels…"), window.office.show_panels, "office")
        add(menu, tr("Evidence of &quality…"), window.office.show_quality, "office")
        add(menu, tr("Te&mplates of papers…"), window.office.show_papers, "office")
        menu.addSeparator()
        add(menu, tr("Shared fi&le and laptops…"), window.office.show_health, "office")
        add(menu, tr("&Invite a person…"), window.invite, "invites")
        add(menu, tr("Who takes p&art…"), window.office.show_devices, "office")
        add(menu, tr("Recover&y sheets…"), window.office.show_sheets, "office")
        menu.addSeparator()
        add(menu, tr("&Who did what…"), window.office.show_log, "office")
        add(menu, tr("What is held on a pe&rson…"), window.office.show_person, "office")
        add(menu, tr("&Disposal of records…"), window.office.show_disposal, "office")
        add(menu, tr("Legal &holds…"), window.office.show_holds, "office")
        add(menu, tr("Rete&ntion periods…"), window.office.show_retention, "office")
        menu.addSeparator()
        add(menu, tr("&Settings…"), window.office.show_settings, "office")
        add(menu, tr("&Forms…"), window.office.show_forms, "office")
        add(menu, tr("Import a f&older…"), window.import_folder, "office")
        add(menu, tr("E&xport to a folder…"), window.export_folder, "office")

    def _make_edit(self, menu: QMenu) -> None:
        # the keys are the report's own: a box of text in it must have them first
        self.undo = self._add(menu, tr("&Undo") + "\tCtrl+Z", self._window.undo)
        self.redo = self._add(menu, tr("&Redo") + "\tCtrl+Y", self._window.redo)
        menu.addSeparator()
        self._add(menu, tr("&Find…"), self._window.show_search, "open").setShortcut(QKeySequence.StandardKey.Find)
        menu.addSeparator()
        self._of_report = (
            self._add(menu, tr("Last &visit to this site") + "\tF3", self._window.show_last_visit),
            self._add(menu, tr("Type in from &paper") + "\tF4", self._window.type_from_paper),
        )
        self.show_undoable(False, False)

    def _make_view(self, menu: QMenu, look: "Preferences") -> None:
        window = self._window
        sizes = QActionGroup(self._bar)
        for scale in SCALES:
            words = tr("Text {percent}%", percent=scale)
            self._choice(menu, sizes, words, scale == look.scale, partial(window.set_scale, scale))
        menu.addSeparator()
        colours = QActionGroup(self._bar)
        for words, dark in ((tr("Colours as the system has them"), None), (tr("Light"), False), (tr("Dark"), True)):
            self._choice(menu, colours, words, dark is look.dark, partial(window.set_dark, dark))
        menu.addSeparator()
        idle = menu.addMenu(tr("Loc&k by itself"))
        times = QActionGroup(self._bar)
        for minutes in MINUTES:
            words = tr("After {count} minutes without a key or the mouse", count=minutes)
            self._locks[minutes] = self._choice(
                idle, times, words, minutes == look.lock_after, partial(window.set_lock_after, minutes)
            )
        spoken = menu.addMenu(tr("&Language"))
        languages = QActionGroup(self._bar)
        for code, name in LANGUAGES:
            self._choice(spoken, languages, name, code == look.language, partial(window.set_language, code))

    def _add(self, menu: QMenu, words: str, slot: Callable[[], object], need: Need = "") -> QAction:
        action = QAction(words, menu)
        action.triggered.connect(lambda _checked=False: slot())
        menu.addAction(action)
        self._needs.append((action, need))
        return action

    def _choice(
        self, menu: QMenu, group: QActionGroup, words: str, chosen: bool, slot: Callable[[], object]
    ) -> QAction:  # fmt: skip
        action = QAction(words, menu)
        action.setCheckable(True)
        action.setChecked(chosen)
        action.triggered.connect(lambda _checked=False: slot())
        group.addAction(action)
        menu.addAction(action)
        return action

    def show_lock(self, chosen: int, longest: int) -> None:
        """Offer no longer time than the scheme lets a laptop stay open, and show the one that holds."""
        for minutes, action in self._locks.items():
            action.setEnabled(minutes <= longest)
            action.setChecked(minutes == min(chosen, longest))

    def allow(self, *, opened: bool, shares: bool, office: bool) -> None:
        """Offer what can be done: with an open laptop, with one that shares, with one of the office.

        The menu Office is there for the office alone: nobody else should have to read past what they may not do.
        """
        allowed = {"": True, "open": opened, "shares": shares, "office": office, "invites": office and shares}
        self._office.menuAction().setVisible(office)
        for action, need in self._needs:
            action.setEnabled(allowed[need])
        self.show_undoable(False, False)

    def show_undoable(self, undo: bool, redo: bool, *, report: bool = False) -> None:
        """Offer to undo and to redo where there is something, and where a `report` is open what is done in one."""
        self.undo.setEnabled(undo)
        self.redo.setEnabled(redo)
        for action in self._of_report:
            action.setEnabled(report)
