"""The main window: first-run pages, the passphrase, or the desk; and what the menus do."""

import gc
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QCloseEvent, QGuiApplication, QKeyEvent
from PySide6.QtWidgets import QApplication, QMainWindow, QWidget

from forms.translation import tr
from icv_app.errors import IcvError
from ui import whereabouts
from ui.backups import Backups
from ui.menus import Menus
from ui.office import Office
from ui.starting.auto_lock import AutoLock
from ui.starting.lock_notice import LockNotice
from ui.starting.unlock import UnlockPage
from ui.widgets import language, messages, preferences, theme
from ui.widgets.copied import Copied
from ui.widgets.waiting import waiting
from ui.widgets.worker import Worker

if TYPE_CHECKING:
    from icv_app.laptop import Laptop
    from icv_app.profiles.profile import Profile
    from ui.desk import Desk
    from ui.starting.welcome import WelcomePage

_ABOVE = (Qt.WindowType.Dialog, Qt.WindowType.Sheet, Qt.WindowType.Popup, Qt.WindowType.Tool)
VAULT = "vault.json"  # a profile folder has one; looked for by name, so that storage need not be loaded to start


class MainWindow(QMainWindow):
    """Owns the open laptop and the worker; both end with it."""

    def __init__(self, folder: Path) -> None:
        super().__init__()
        self.setObjectName("main_window")
        self.resize(1180, 760)
        self._folder = folder
        self._look = preferences.read(folder)
        language.use(_app(), self._look.language)
        self._name()
        self.laptop: Laptop | None = None
        self.desk: Desk | None = None
        """What an opened laptop shows; None while nothing is open."""
        self.worker = Worker(self)
        self.auto_lock = AutoLock(self)
        self.auto_lock.due.connect(self.lock)
        self.auto_lock.soon.connect(self._lock_soon)
        self.notice = LockNotice(self)
        self.auto_lock.used.connect(self.notice.hide)
        self._copied = Copied(self)
        self._back: tuple[Path, whereabouts.Whereabouts] | None = None  # which laptop was locked, and where it was
        self.office = Office(self)
        self.backups = Backups(self, self)
        self.menuBar().setNativeMenuBar(True)
        self.menus = Menus(self.menuBar(), self, self._look)
        self.show_first()

    def _name(self) -> None:
        """Say what the program is called; the system puts the same name behind the title of every other window."""
        _app().setApplicationDisplayName(tr("Custody visiting"))
        self.setWindowTitle(tr("Custody visiting"))

    def show_first(self) -> None:
        """Show the page that the laptop begins with."""
        first = self._first_page()
        first.opened.connect(self.open)
        self.desk = None
        self._show(first)

    def _first_page(self) -> "UnlockPage | WelcomePage":
        if any((self._folder / name).exists() for name in (VAULT, "replacement.json")):  # of a restore cut off
            page = UnlockPage(self._folder)
            if self.worker.leaving:
                page.hold()
            return page
        from ui.starting.welcome import WelcomePage

        return WelcomePage(self._folder)

    def _show(self, page: QWidget) -> None:
        self.setCentralWidget(page)
        page.show()  # at once: what is not shown yet cannot take the focus
        page.setFocus()
        self._allow()

    def _allow(self) -> None:
        desk = self.desk
        self.menus.allow(
            opened=desk is not None,
            shares=desk is not None and not desk.home.practice,
            office=desk is not None and desk.laptop.office,
        )

    def fit_screen(self) -> None:
        """Take the whole of a small screen, so that no button ends up below its edge."""
        room = QGuiApplication.primaryScreen().availableSize()
        if room.width() < 1400 or room.height() < 840:
            self.setWindowState(Qt.WindowState.WindowMaximized)

    def warm_up(self) -> None:
        """Load storage while the person is still typing the passphrase."""
        self.worker.submit(_load_storage, lambda _nothing: None, lambda _error: None)

    def open(self, laptop: "Laptop") -> None:
        """Show the desk of an opened laptop."""
        self.laptop = laptop
        from ui.desk import Desk  # not needed for the first paint

        self.desk = Desk(laptop, self.worker)
        self.desk.hub_wanted.connect(self.choose_hub)
        self.desk.undoable.connect(self._undoable)
        self._show(self.desk)
        self.desk.home.greet()
        self.backups.begin(laptop)
        back, self._back = self._back, None
        if back is not None and back[0] == laptop.profile.folder:
            self.desk.take_up(back[1])
        self._watch_idle()

    def _undoable(self, undo: bool, redo: bool) -> None:
        report = self.desk is not None and self.desk.form_page() is not None
        self.menus.show_undoable(undo, redo, report=report)
        self.auto_lock.use()  # dictated, say: neither a key nor the mouse

    # Look and language

    def set_scale(self, percent: int) -> None:
        """Show all text at `percent` of its size, 100 to 200."""
        self._show_look(replace(self._look, scale=percent))

    def set_dark(self, dark: bool | None) -> None:
        """Show dark or light colours; None follows the system."""
        self._show_look(replace(self._look, dark=dark))

    def _show_look(self, look: preferences.Preferences) -> None:
        self._look = look
        preferences.keep(self._folder, look)
        theme.apply(_app(), dark=look.dark, scale=look.scale / 100)
        if self.desk is not None:
            self.desk.refresh()

    def set_language(self, code: str) -> None:
        """Say everything in another language from now on; what is shown is made anew, an open report kept first."""
        if not self._keep_open():
            return
        self._look = replace(self._look, language=code)
        preferences.keep(self._folder, self._look)
        language.use(_app(), code)
        self._name()
        self.menus = Menus(self.menuBar(), self, self._look)
        if self.desk is None:
            self.show_first()
            return
        self._allow()
        self._watch_idle()
        self.desk.rebuild()
        self.backups.dress()

    def set_lock_after(self, minutes: int) -> None:
        """Lock after so many minutes without key or mouse."""
        self._look = replace(self._look, lock_after=minutes)
        preferences.keep(self._folder, self._look)
        self._watch_idle()

    def _watch_idle(self) -> None:
        """Lock the open laptop after the minutes that its person prefers, or sooner where the office wants that."""
        if self.laptop is not None:
            longest = self.laptop.lock_within_minutes
            self.menus.show_lock(self._look.lock_after, longest)
            self.auto_lock.begin(min(self._look.lock_after, longest))

    # Menu Edit and Help

    def undo(self) -> None:
        """Undo the last edit of the open report."""
        if self.desk is not None and (page := self.desk.form_page()) is not None:
            page.undo()

    def redo(self) -> None:
        """Do again what was undone last."""
        if self.desk is not None and (page := self.desk.form_page()) is not None:
            page.redo()

    def show_last_visit(self) -> None:
        """Show what the last visit found, beside the open report."""
        if self.desk is not None and (page := self.desk.form_page()) is not None:
            page.toggle_past()

    def type_from_paper(self) -> None:
        """Show the open report for typing in a paper form, or as usual again."""
        if self.desk is not None and (page := self.desk.form_page()) is not None:
            page.toggle_paper()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_F1:
            self.show_help()
            return
        super().keyPressEvent(event)

    def show_help(self) -> None:
        """Show the help beside the report that is open, or else the help on the whole program."""
        page = self.desk.form_page() if self.desk is not None else None
        if page is not None:
            page.toggle_help()
            return
        from ui.widgets import words_dialog

        words_dialog.guide(self, self.desk.help_part() if self.desk is not None else 0).open()

    def show_about(self) -> None:
        """Say what the program is, and under which licences."""
        from ui.widgets import words_dialog

        words_dialog.about(self).open()

    # Menu Scheme

    def share(self) -> None:
        """Share now; how that goes is told on the home page."""
        if self.desk is not None:
            if not self.desk.home.isVisible():
                self.desk.go_home()  # what had the focus is gone
            if self.desk.home.isVisible():  # else something is not saved, and says so
                self.desk.share()

    def choose_hub(self) -> None:
        """Ask where the shared file is; its folder is tried before it is used."""
        if self.desk is not None and (chosen := messages.choose_hub(self)) is not None:
            from ui.starting.share_choice import ShareChoicePage

            page = ShareChoicePage(self.desk.laptop, self.worker, chosen)
            page.share_wanted.connect(self.share)
            page.other_wanted.connect(self.choose_hub)
            self.desk.show_own(page)

    def invite(self) -> None:
        """Invite a person."""
        if self.desk is not None:
            from ui.starting.invite import InviteDialog

            dialog = InviteDialog(self.desk.laptop, self)
            dialog.exec()
            dialog.deleteLater()  # else it would hold the laptop as long as there is a window

    def show_bin(self) -> None:
        """Show the recycle bin."""
        if self.desk is not None:
            self.desk.show_bin()

    def show_search(self) -> None:
        """Show the page on which anything is found."""
        if self.desk is not None:
            from ui.searching.search_page import SearchPage

            self.desk.show_own(SearchPage(self.desk))

    def show_passphrase(self) -> None:
        """Show the page on which the passphrase is changed."""
        if self.desk is not None:
            from ui.starting.passphrase_page import PassphrasePage

            self.desk.show_own(PassphrasePage(self.desk.laptop))

    def import_folder(self) -> None:
        """Bring in a folder of the interchange."""
        if self.desk is None or not (chosen := messages.choose_folder(self, tr("Import a folder of CSV files"))):
            return
        try:
            with waiting():
                result = self.desk.laptop.import_folder(Path(chosen))
        except IcvError as error:
            messages.tell(self, messages.words(error))
        else:
            messages.tell(self, result.report)
            self.desk.saved.emit()

    def export_folder(self) -> None:
        """Write everything as a folder of the interchange."""
        if self.desk is None or not (chosen := messages.choose_folder(self, tr("Export to an empty folder"))):
            return
        try:
            with waiting():
                self.desk.laptop.export_folder(Path(chosen))
        except IcvError as error:
            messages.tell(self, messages.words(error))
        else:
            words = tr(
                "Everything on this laptop was written to {folder}. The files are not locked: keep them safe.",
                folder=chosen,
            )
            messages.tell(self, words)

    # Ending

    def lock(self) -> None:
        """Close the laptop's data at once and ask for the passphrase; what is open is kept first, or it stays open.

        An exchange that is running ends behind the locked window, and only then is the profile free again.
        """
        laptop, desk = self.laptop, self.desk
        if laptop is None or desk is None:
            return
        if self._close_dialogs():
            QTimer.singleShot(50, self, self.lock)  # when whoever asked has their answer, which is no
            return
        if not desk.keep_open():
            self.auto_lock.use()
            self.notice.show_words(
                tr("Not locked: what you typed last could not be saved on this laptop. See the top of the report.")
                if desk.form_page() is not None
                else tr("Not locked: what you typed last could not be saved on this laptop. See the top of the page."),
                role="error",
            )
            return
        self._back = laptop.profile.folder, whereabouts.of(desk)
        desk.put_down()
        self.auto_lock.end()
        self.backups.end()
        self.laptop = None
        self.show_first()
        laptop.close_data()
        self.worker.leave(partial(self._let_go, laptop.profile))
        if self.worker.leaving and isinstance(page := self.centralWidget(), UnlockPage):
            page.hold()
        self._copied.clear()
        QTimer.singleShot(0, self, gc.collect)  # what held the keys and the answers, once the pages are gone

    def _let_go(self, profile: "Profile") -> None:
        profile.close()
        page = self.centralWidget()
        if isinstance(page, UnlockPage) and self.isVisible():
            page.release()

    def _close_dialogs(self) -> bool:
        """Close what is open above the window, as if it had been cancelled; return whether there was anything."""
        above = [each for each in QApplication.topLevelWidgets() if each.isVisible() and each.windowType() in _ABOVE]
        for each in above:
            each.close()
        return bool(above)

    def _lock_soon(self) -> None:
        self.notice.show_words(tr("Nobody was here for a while. The window locks in a minute; any key keeps it open."))

    def _leave_open(self) -> bool:
        """Keep what is open, a report put down; return whether the window may go on to close it."""
        if not self._keep_open():
            return False
        page = self.desk.form_page() if self.desk is not None else None
        if self.desk is not None and page is not None and page.flush():
            self.desk.put_down()
        return True

    def _keep_open(self) -> bool:
        """Keep a report, or words on a page that are not saved; where that fails, ask whether to leave all the same."""
        if self.desk is None or self.desk.keep_open():
            return True
        return messages.ask(
            self, tr("What you typed last could not be saved on this laptop. Leave all the same?"),
            yes=tr("Leave"), no=tr("Stay"),
        )  # fmt: skip

    def _close_laptop(self) -> None:
        if self.laptop is not None:
            self.laptop.close()
            self.laptop = None

    def closeEvent(self, event: QCloseEvent) -> None:
        if not self._leave_open():
            event.ignore()
            return
        self.auto_lock.end()
        self.hide()  # at once, though an exchange may have to end first
        self.backups.end()
        self.worker.stop()
        self._close_laptop()
        event.accept()


def _app() -> QApplication:
    app = QApplication.instance()
    assert isinstance(app, QApplication)
    return app


def _load_storage(_progress: object) -> None:
    import icv_app.laptop  # noqa: F401
