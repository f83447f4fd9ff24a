"""The main window: first-run pages, the passphrase, or the desk; and the menu."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QActionGroup, QCloseEvent, QGuiApplication, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QApplication, QMainWindow, QMenu, QWidget

from icv_app.errors import IcvError
from ui import messages, preferences, theme
from ui.unlock import UnlockPage
from ui.waiting import waiting
from ui.worker import Worker

if TYPE_CHECKING:
    from icv_app.laptop import Laptop
    from ui.desk import Desk
    from ui.welcome import WelcomePage

VAULT = "vault.json"  # a profile folder has one; looked for by name, so that storage need not be loaded to start
SCALES = (100, 125, 150, 175, 200)


class MainWindow(QMainWindow):
    """Owns the open laptop and the worker; both end with it."""

    def __init__(self, folder: Path) -> None:
        super().__init__()
        self.setObjectName("main_window")
        self.setWindowTitle("Custody visiting")
        self.resize(1180, 760)
        self._folder = folder
        self._look = preferences.read(folder)
        self.laptop: Laptop | None = None
        self.desk: Desk | None = None
        """What an opened laptop shows; None while nothing is open."""
        self.worker = Worker(self)
        self.menuBar().setNativeMenuBar(True)
        self._make_menus()
        self.show_first()

    def show_first(self) -> None:
        """Show the page that the laptop begins with."""
        first = self._first_page()
        first.opened.connect(self.open)
        self.desk = None
        self._show(first)

    def _first_page(self) -> "UnlockPage | WelcomePage":
        if (self._folder / VAULT).exists():
            return UnlockPage(self._folder)
        from ui.welcome import WelcomePage

        return WelcomePage(self._folder)

    def _show(self, page: QWidget) -> None:
        self.setCentralWidget(page)
        page.show()  # at once: what is not shown yet cannot take the focus
        page.setFocus()
        opened = self.desk is not None
        shares = self.desk is not None and not self.desk.home.practice
        for action, hands_over in self._scheme_actions:
            action.setEnabled(shares if hands_over else opened)

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
        self._show(self.desk)

    # Menus

    def _make_menus(self) -> None:
        scheme = self.menuBar().addMenu("&Scheme")
        self._scheme_actions: list[tuple[QAction, bool]] = []  # and whether it hands anything to somebody else
        for words, keys, slot, hands_over in (
            ("&Share now", "F5", self._share, True),
            ("&Choose the shared file…", "", self._choose_hub, True),
            ("&Invite a person…", "", self._invite, True),
            ("I&mport a folder…", "", self._import, False),
            ("E&xport to a folder…", "", self._export, False),
            ("&Lock", "Ctrl+L", self.lock, False),
        ):
            action = self._add(scheme, words, slot)
            if keys:
                action.setShortcut(QKeySequence(keys))
            self._scheme_actions.append((action, hands_over))
        scheme.addSeparator()
        self._add(scheme, "&Quit", self.close).setShortcut(QKeySequence.StandardKey.Quit)
        view = self.menuBar().addMenu("&View")
        sizes = QActionGroup(self)
        for scale in SCALES:
            self._add_choice(view, sizes, f"Text {scale}%", scale == self._look.scale).triggered.connect(
                lambda _=False, wanted=scale: self.set_scale(wanted)
            )
        view.addSeparator()
        colours = QActionGroup(self)
        for words, dark in (("Colours as the system has them", None), ("Light", False), ("Dark", True)):
            self._add_choice(view, colours, words, dark is self._look.dark).triggered.connect(
                lambda _=False, wanted=dark: self.set_dark(wanted)
            )
        more = self.menuBar().addMenu("&Help")
        self._add(more, "&Help\tF1", self.show_help)  # the key itself: keyPressEvent, since a report has its own help
        self._add(more, "&About", self.show_about)

    def _add(self, menu: QMenu, words: str, slot: Callable[[], object]) -> QAction:
        action = QAction(words, self)
        action.triggered.connect(lambda _checked=False: slot())
        menu.addAction(action)
        return action

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
        from ui import words_dialog

        words_dialog.guide(self).open()

    def show_about(self) -> None:
        """Say what the program is, and under which licences."""
        from ui import words_dialog

        words_dialog.about(self).open()

    def _add_choice(self, menu: QMenu, group: QActionGroup, words: str, chosen: bool) -> QAction:
        action = QAction(words, self)
        action.setCheckable(True)
        action.setChecked(chosen)
        group.addAction(action)
        menu.addAction(action)
        return action

    def set_scale(self, percent: int) -> None:
        """Show all text at `percent` of its size, 100 to 200."""
        self._show_look(replace(self._look, scale=percent))

    def set_dark(self, dark: bool | None) -> None:
        """Show dark or light colours; None follows the system."""
        self._show_look(replace(self._look, dark=dark))

    def _show_look(self, look: preferences.Preferences) -> None:
        self._look = look
        preferences.keep(self._folder, look)
        app = QApplication.instance()
        assert isinstance(app, QApplication)
        theme.apply(app, dark=look.dark, scale=look.scale / 100)
        if self.desk is not None:
            self.desk.refresh()

    def _share(self) -> None:
        if self.desk is not None:
            self.desk.show_page("Home")
            self.desk.share()

    def _choose_hub(self) -> None:
        if self.desk is None:
            return
        if (chosen := messages.choose_hub(self)) is not None:
            self.desk.laptop.hub = chosen
            self.desk.refresh()

    def _invite(self) -> None:
        if self.desk is not None:
            from ui.invite import InviteDialog

            InviteDialog(self.desk.laptop, self).exec()

    def _import(self) -> None:
        if self.desk is None or not (chosen := messages.choose_folder(self, "Import a folder of CSV files")):
            return
        try:
            with waiting():
                result = self.desk.laptop.import_folder(Path(chosen))
        except IcvError as error:
            messages.tell(self, messages.words(error))
        else:
            messages.tell(self, result.report)
            self.desk.saved.emit()

    def _export(self) -> None:
        if self.desk is None or not (chosen := messages.choose_folder(self, "Export to an empty folder")):
            return
        try:
            with waiting():
                self.desk.laptop.export_folder(Path(chosen))
        except IcvError as error:
            messages.tell(self, messages.words(error))
        else:
            messages.tell(
                self, f"Everything on this laptop was written to {chosen}. The files are not locked: keep them safe."
            )

    # Ending

    def lock(self) -> None:
        """Close the laptop's data and ask for the passphrase again; an open form is kept first."""
        if self._keep_form():
            with waiting():
                self.worker.drain()
                self._close_laptop()
            self.show_first()

    def _keep_form(self) -> bool:
        page = self.desk.form_page() if self.desk is not None else None
        if page is None or page.flush():
            return True
        return messages.ask(
            self, "What you typed last could not be saved on this laptop. Leave all the same?", yes="Leave", no="Stay"
        )

    def _close_laptop(self) -> None:
        if self.laptop is not None:
            self.laptop.close()
            self.laptop = None

    def closeEvent(self, event: QCloseEvent) -> None:
        if not self._keep_form():
            event.ignore()
            return
        self.worker.stop()
        self._close_laptop()
        event.accept()


def _load_storage(_progress: object) -> None:
    import icv_app.laptop  # noqa: F401
