"""The one style sheet of the program, filled from the colour tokens and the height of the text."""

from ui.widgets.tokens import Tokens


def sheet(colours: Tokens, em: float, icons: str) -> str:
    """Return the style sheet for text `em` pixels high; `icons` is the folder of the icons, with forward slashes."""

    def px(ems: float) -> str:
        return f"{round(em * ems)}px"

    c = colours
    # An even size with half of it as radius stays round at every scale (Qt drops a radius above the half).
    tick = round(em * 1.2 / 2) * 2
    return f"""
* {{ font-size: {px(1)}; }}
QWidget {{ color: {c.ink}; }}
QMainWindow, QDialog, QScrollArea, QWidget#page {{ background: {c.page}; }}
QToolTip {{ background: {c.panel}; color: {c.ink}; border: 1px solid {c.box}; padding: {px(0.3)}; }}

QLabel[level="1"] {{ font-size: {px(1.75)}; font-weight: 700; }}
QLabel[level="2"] {{ font-size: {px(1.25)}; font-weight: 700; }}
QLabel[level="3"] {{ font-size: {px(1.1)}; font-weight: 700; }}
QLabel[role="question"] {{ font-weight: 600; font-size: {px(1.05)}; }}
QLabel[role="strong"] {{ font-weight: 600; }}
QLabel[role="hint"] {{ color: {c.hint}; }}
QLabel[role="error"] {{ color: {c.error}; font-weight: 600; }}
QLabel[role="good"] {{ color: {c.good}; font-weight: 600; }}
QLabel[role="warn"] {{ color: {c.warn}; }}

QPushButton {{
    background: {c.page}; color: {c.brand}; border: 2px solid {c.brand}; border-radius: 4px;
    padding: {px(0.42)} {px(1)}; font-weight: 600; min-height: {px(1.3)}; outline: none;
}}
QPushButton:hover {{ background: {c.selected}; }}
QPushButton:pressed {{ background: {c.selected}; border-color: {c.brand_down}; }}
QPushButton:disabled {{ color: {c.hint}; border-color: {c.line}; }}
QPushButton[kind="primary"] {{ background: {c.brand}; color: {c.on_brand}; }}
QPushButton[kind="primary"]:hover, QPushButton[kind="primary"]:pressed {{
    background: {c.brand_down}; border-color: {c.brand_down};
}}
QPushButton[kind="primary"]:disabled {{ background: {c.line}; color: {c.hint}; border-color: {c.line}; }}
QPushButton[kind="warning"] {{ color: {c.error}; border-color: {c.error}; }}
QPushButton[kind="warning"]:disabled {{ color: {c.hint}; border-color: {c.line}; }}
QPushButton[tab="true"] {{ border: none; border-bottom: 4px solid transparent; border-radius: 0; color: {c.ink}; }}
QPushButton[tab="true"]:checked {{ border-bottom-color: {c.brand}; color: {c.brand}; }}

QLineEdit, QPlainTextEdit, QTextEdit, QComboBox, QSpinBox, QDateEdit {{
    background: {c.page}; color: {c.ink}; border: 2px solid {c.box}; border-radius: 4px;
    padding: {px(0.35)} {px(0.5)}; selection-background-color: {c.brand}; selection-color: {c.on_brand};
    min-height: {px(1.3)};
}}
QLineEdit[wrong="true"], QPlainTextEdit[wrong="true"], QComboBox[wrong="true"] {{ border-color: {c.error}; }}
QLineEdit:read-only, QPlainTextEdit:read-only {{ background: {c.panel}; border-color: {c.line}; }}
QComboBox:disabled {{ background: {c.panel}; border-color: {c.line}; }}
QComboBox {{ padding-right: {px(2.2)}; }}
QComboBox::drop-down {{ border: none; width: {px(2)}; }}
QComboBox::down-arrow {{ image: url("{icons}/chevron_{c.name}.svg"); width: {px(1)}; height: {px(1)}; }}
QComboBox QAbstractItemView {{
    background: {c.page}; color: {c.ink}; border: 2px solid {c.box}; outline: 0;
    selection-background-color: {c.brand}; selection-color: {c.on_brand};
}}
QComboBox QAbstractItemView::item {{ min-height: {px(2)}; padding: 0 {px(0.5)}; }}

QRadioButton, QCheckBox {{ spacing: {px(0.5)}; }}
QRadioButton::indicator, QCheckBox::indicator {{
    width: {tick}px; height: {tick}px; border: 2px solid {c.box}; background: {c.page};
}}
QRadioButton::indicator {{ border-radius: {tick // 2 + 2}px; }}
QRadioButton::indicator:checked {{
    border-color: {c.brand};
    background: qradialgradient(cx: 0.5, cy: 0.5, radius: 0.5, fx: 0.5, fy: 0.5,
        stop: 0 {c.brand}, stop: 0.58 {c.brand}, stop: 0.66 {c.page}, stop: 1 {c.page});
}}
QCheckBox::indicator {{ border-radius: 3px; }}
QCheckBox::indicator:checked {{
    background: {c.brand}; border-color: {c.brand}; image: url("{icons}/tick_{c.name}.svg");
}}

QScrollArea {{ border: none; }}
QScrollBar:vertical {{ background: {c.panel}; width: {px(1)}; margin: 0; }}
QScrollBar::handle:vertical {{ background: {c.box}; border-radius: {px(0.4)}; min-height: {px(3)}; margin: 2px; }}
QScrollBar::add-line:vertical, QScrollBar::sub-line:vertical {{ height: 0; }}
QScrollBar:horizontal {{ background: {c.panel}; height: {px(1)}; margin: 0; }}
QScrollBar::handle:horizontal {{ background: {c.box}; border-radius: {px(0.4)}; min-width: {px(3)}; margin: 2px; }}
QScrollBar::add-line:horizontal, QScrollBar::sub-line:horizontal {{ width: 0; }}

QProgressBar {{
    background: {c.line}; border: none; border-radius: {px(0.28)}; min-height: {px(0.6)}; max-height: {px(0.6)};
}}
QProgressBar::chunk {{ background: {c.good}; border-radius: {px(0.28)}; }}

QFrame[card="plain"] {{ border: 1px solid {c.line}; border-radius: 4px; background: {c.page}; }}
QFrame[card="error"] {{ border: 4px solid {c.error}; background: {c.page}; }}
QFrame[card="good"] {{ border: 4px solid {c.good}; background: {c.page}; }}
QFrame[card="warn"] {{ border: 2px solid {c.warn}; border-radius: 4px; background: {c.page}; }}
QLabel[card="warn"] {{ padding: {px(0.3)} {px(0.5)}; }}
QFrame[card="panel"] {{ background: {c.panel}; border: none; }}

QWidget#bar {{ background: {c.page}; border-bottom: 1px solid {c.line}; }}
QWidget#band {{ background: {c.rail}; }}
QWidget#band QLabel {{ color: {c.on_rail}; background: transparent; }}
QWidget#band QLabel[role="hint"] {{ color: {c.rail_hint}; }}
QFrame#form_header {{ background: {c.page}; border: none; border-bottom: 1px solid {c.line}; }}
QFrame#form_footer {{ background: {c.page}; border: none; border-top: 1px solid {c.line}; }}
QListWidget#sections {{ background: {c.rail}; color: {c.on_rail}; border: none; outline: 0; }}
QListWidget#rows {{ background: {c.page}; border: 1px solid {c.line}; outline: 0; }}
QListWidget#rows::item {{ padding: {px(0.6)} {px(0.7)}; border-bottom: 1px solid {c.line}; color: {c.ink}; }}
QListWidget#rows::item:selected {{
    background: {c.selected}; color: {c.ink}; border-left: {px(0.3)} solid {c.brand};
}}

QTableView, QTableWidget, QTreeView, QListView {{
    background: {c.page}; alternate-background-color: {c.panel}; gridline-color: {c.line};
    selection-background-color: {c.selected}; selection-color: {c.ink}; border: 1px solid {c.line};
}}
QTableView::item {{ padding: 0 {px(0.4)}; }}
QHeaderView::section {{
    background: {c.panel}; color: {c.ink}; font-weight: 600; border: none; border-bottom: 2px solid {c.box};
    padding: {px(0.4)};
}}
QMenuBar {{ background: {c.page}; color: {c.ink}; }}
QMenuBar::item {{ padding: {px(0.3)} {px(0.7)}; }}
QMenuBar::item:selected {{ background: {c.selected}; }}
QMenu {{ background: {c.page}; color: {c.ink}; border: 1px solid {c.box}; }}
QMenu::item {{ padding: {px(0.4)} {px(2)}; }}
QMenu::item:selected {{ background: {c.brand}; color: {c.on_brand}; }}
QMenu::item:disabled {{ color: {c.box}; }}
QMenu::item:disabled:selected {{ background: {c.panel}; }}
QMenu::separator {{ height: 1px; background: {c.line}; margin: {px(0.2)} 0; }}
"""
