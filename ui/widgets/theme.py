"""The look of the whole program: its font, its colours, the size of its text."""

from functools import cache

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QColor, QFont, QFontDatabase, QPalette
from PySide6.QtWidgets import QApplication

import resources
from ui.widgets import style
from ui.widgets.tokens import DARK, LIGHT, Tokens

FAMILY = "Atkinson Hyperlegible Next"
FACES = ("Regular", "SemiBold", "Bold")  # nothing in the window is italic
TEXT_PIXELS = 17
"""Height of the text at 100%: 13 point at 96 dots an inch."""


class Theme(QObject):
    """What is applied now. `changed` follows a change of colours or size, for what is painted or measured by hand."""

    changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.tokens = LIGHT
        self.scale = 1.0
        self.dark: bool | None = None
        self.applied = False

    def follow_system(self) -> None:
        """Take the system's new light or dark, where the person has not chosen one."""
        app = QApplication.instance()
        if self.dark is None and isinstance(app, QApplication):
            apply(app, dark=None, scale=self.scale)


@cache
def current() -> Theme:
    """Return the one theme of this process."""
    return Theme()


def apply(app: QApplication, *, dark: bool | None, scale: float) -> None:
    """Dress `app`: dark or light colours (None follows the system), text at `scale` 1.0 to 2.0 of its size."""
    theme = current()
    scale = min(max(scale, 1.0), 2.0)
    hints = app.styleHints()
    if not theme.applied:
        _load_fonts()
        app.setStyle("Fusion")
        hints.colorSchemeChanged.connect(theme.follow_system)
    theme.dark = dark
    is_dark_now = hints.colorScheme() == Qt.ColorScheme.Dark if dark is None else dark
    wanted = DARK if is_dark_now else LIGHT
    if theme.applied and theme.tokens is wanted and theme.scale == scale:
        return
    theme.tokens, theme.scale, theme.applied = wanted, scale, True
    font = QFont(FAMILY)
    font.setPixelSize(round(pixels(1.0)))
    app.setFont(font)
    app.setPalette(_palette(wanted))
    app.setStyleSheet(style.sheet(wanted, pixels(1.0), resources.path("icons").as_posix()))
    theme.changed.emit()


def tokens() -> Tokens:
    """Return the colours in use."""
    return current().tokens


def is_dark() -> bool:
    """Return whether the dark colours are in use."""
    return current().tokens is DARK


def pixels(ems: float) -> float:
    """Return a length of `ems` heights of the text in pixels."""
    return TEXT_PIXELS * current().scale * ems


def px(ems: float) -> int:
    """Return `pixels(ems)` rounded, for margins and sizes of widgets."""
    return round(pixels(ems))


@cache
def _load_fonts() -> None:
    for face in FACES:
        QFontDatabase.addApplicationFont(str(resources.path(f"fonts/AtkinsonHyperlegibleNext-{face}.ttf")))


def _palette(colours: Tokens) -> QPalette:
    palette = QPalette()
    role = QPalette.ColorRole
    for which, colour in (
        (role.Window, colours.page),
        (role.WindowText, colours.ink),
        (role.Base, colours.page),
        (role.AlternateBase, colours.panel),
        (role.Text, colours.ink),
        (role.Button, colours.panel),
        (role.ButtonText, colours.ink),
        (role.BrightText, colours.on_brand),
        (role.Highlight, colours.brand),
        (role.HighlightedText, colours.on_brand),
        (role.ToolTipBase, colours.panel),
        (role.ToolTipText, colours.ink),
        (role.PlaceholderText, colours.hint),
        (role.Link, colours.brand),
        (role.LinkVisited, colours.brand),
        (role.Accent, colours.brand),
    ):
        palette.setColor(which, QColor(colour))
    for which in (role.WindowText, role.Text, role.ButtonText):
        palette.setColor(QPalette.ColorGroup.Disabled, which, QColor(colours.hint))
    return palette
