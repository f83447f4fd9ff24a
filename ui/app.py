"""The window's start: an application, the theme, and the page that a laptop begins with."""

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication

from ui.main_window import MainWindow
from ui.widgets import accessible, focus_ring, preferences, theme


def build(argv: Sequence[str], folder: Path) -> tuple[QApplication, MainWindow]:
    """Make the application and its window for the profile in `folder`, not yet shown."""
    existing = QApplication.instance()
    app = existing if isinstance(existing, QApplication) else QApplication(list(argv[:1]))
    app.setApplicationName("icv-app")
    look = preferences.read(folder)
    theme.apply(app, dark=look.dark, scale=look.scale / 100)
    focus_ring.install(app)
    accessible.install()
    return app, MainWindow(folder)


def run(argv: Sequence[str], folder: Path) -> int:
    """Open the window on the profile in `folder` and return the exit status when it is closed."""
    app, window = build(argv, folder)
    window.fit_screen()
    window.show()
    # Storage and its cryptography take a third of a second to load: after the first paint, not before it.
    QTimer.singleShot(0, window.warm_up)
    return app.exec()
