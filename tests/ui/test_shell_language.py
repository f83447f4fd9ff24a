"""The window in another language and with long words: what is said anew, what Qt says, and that nothing is clipped."""

import re
from gettext import NullTranslations

import pytest
from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QDialog,
    QLabel,
    QPlainTextEdit,
    QPushButton,
    QScrollArea,
    QWidget,
)

import resources
from forms import translation
from forms.form import Place
from icv_app.laptop import Laptop
from icv_app.profiles.vault import Strength
from ui.widgets import language, preferences, theme
from ui.widgets.page import Page

PASSPHRASE = "three plain words"
ALONE = ("bin", "blank", "settings", "forms", "passphrase", "record")


class Long(NullTranslations):
    """A language whose words are half as long again, in brackets; what is in braces stays."""

    def gettext(self, message: str) -> str:
        plain = re.sub(r"\{[^}]*\}|&", "", message)
        return f"[{message}{'~' * (len(plain) // 2)}]"

    def ngettext(self, msgid1: str, msgid2: str, n: int) -> str:
        return self.gettext(msgid1 if n == 1 else msgid2)


@pytest.fixture
def long_words(monkeypatch):
    monkeypatch.setattr(resources, "catalogue", lambda code: Long() if code == "cy" else None)
    yield
    language.use(QApplication.instance(), "en")


@pytest.fixture
def window(open_window, tmp_path):
    folder = tmp_path / "office"
    with Laptop.start(
        folder, scheme="Northshire", person="ICV01", role="coordinator", passphrase=PASSPHRASE, strength=Strength.LIGHT
    ) as laptop:
        laptop.import_folder(resources.path("example"))
        for name in ("custody_visit", "kennel_visit"):
            opened = laptop.paperwork.new_draft(name)
            laptop.paperwork.keep(opened)
            laptop.paperwork.put_down(opened.id)
        laptop.paperwork.discard(opened.id)
        laptop.paperwork.keep(laptop.paperwork.new_draft("custody_visit"))  # as before a crash
    shown = open_window(folder)
    QTest.keyClicks(QApplication.focusWidget(), PASSPHRASE)
    QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Return)
    assert shown.desk is not None
    yield shown
    theme.apply(QApplication.instance(), dark=False, scale=1.0)


def show(window, name):
    desk = window.desk
    if name == "bin":
        desk.show_bin()
    elif name == "blank":
        desk.show_blank("custody_visit")
    elif name == "record":
        desk.read(desk.laptop.visits()[0].key)
    elif name in ALONE:
        getattr(window.office if hasattr(window.office, f"show_{name}") else window, f"show_{name}")()
    else:
        desk.show_page(name)
    QTest.qWait(20)
    page = desk._stack.currentWidget()
    assert isinstance(page, Page)
    return page


def misfits(window, page):
    """Return what is clipped or stands outside the page."""
    found = []
    if page.horizontalScrollBar().maximum() > 0 or window.width() > 1366:
        found.append("the page itself")
    for button in page.findChildren(QPushButton):
        if button.isVisible():
            right = button.mapTo(page.viewport(), button.rect().topRight()).x()
            if button.width() < button.minimumSizeHint().width() or right > page.viewport().width():
                found.append(button.text())
    wrapped = [each for each in page.findChildren(QLabel) if each.isVisible() and each.hasHeightForWidth()]
    found += [label.text() for label in wrapped if label.height() < label.heightForWidth(label.width())]
    return found


def check_fits(qtbot, window, page):
    qtbot.waitUntil(lambda: misfits(window, page) == [])  # layouts settle over a few rounds of events


@pytest.mark.parametrize("scale", [100, 150, 200])
@pytest.mark.parametrize("name", ["Home", "Visits", "Coverage", "Summary", *ALONE])
def test_every_page_fits_at_every_size_of_the_text(qtbot, window, name, scale):
    window.set_scale(scale)
    check_fits(qtbot, window, show(window, name))


@pytest.mark.parametrize("name", ["Home", "Visits", "Coverage", "Summary", *ALONE])
def test_every_page_fits_with_words_half_as_long_again(qtbot, window, long_words, name):
    window.set_language("cy")
    window.set_scale(200)
    check_fits(qtbot, window, show(window, name))


@pytest.mark.parametrize("name", ["Home", "Visits", "Summary", *ALONE])
def test_every_word_of_the_shell_goes_through_the_translation(window, long_words, name):
    window.set_language("cy")
    page = show(window, name)
    heading = page.heading.text()
    told = [each for each in page.findChildren(QAbstractButton) if each.isVisible() and each.text()]
    own = {title for _, title in window.laptop.paperwork.forms()}  # a form's words are its own
    assert heading.startswith("[") or name in ("Home", "record")
    assert [each.text() for each in told if not each.text().startswith("[") and each.text() not in own] == []


def test_the_menus_and_pages_change_their_language_and_come_back(window, long_words):
    window.desk.show_page("Visits")
    window.set_language("cy")
    assert window.menuBar().actions()[0].text().startswith("[&Scheme")
    assert window.desk.visits.isVisible()
    assert window.desk.visits.heading.text().startswith("[Visits")
    assert preferences.read(window._folder).language == "cy"
    window.set_language("en")
    assert window.menuBar().actions()[0].text() == "&Scheme"
    assert window.desk.visits.heading.text() == "Visits"


def test_an_open_report_is_kept_and_opened_again_in_the_other_language(window, long_words):
    window.desk.begin("custody_visit")
    window.desk.form_page().go_to(Place("arrived"))
    QTest.keyClicks(QApplication.focusWidget(), "2130")
    window.set_language("cy")
    page = window.desk.form_page()
    assert page.draft.value(Place("arrived")).startswith("21:30")
    assert window.menus.undo.text().startswith("[&Undo")


def test_what_qt_says_itself_comes_from_the_same_catalogue(window, long_words):
    window.set_language("cy")
    assert QCoreApplication.translate("QPlatformTheme", "Cancel").startswith("[Cancel")
    assert QCoreApplication.translate("QWidgetTextControl", "&Copy").startswith("[&Copy")
    assert QCoreApplication.translate("QFileDialog", "nothing of ours") == "nothing of ours"
    window.set_language("en")
    assert QCoreApplication.translate("QPlatformTheme", "Cancel") == "Cancel"


def test_welsh_says_in_about_that_no_translator_has_checked_it(window):
    window.set_language("cy")
    window.show_about()
    dialog = window.findChild(QDialog)
    words = dialog.findChild(QPlainTextEdit, "words").toPlainText()
    dialog.reject()
    window.set_language("en")
    assert "Nid oes cyfieithydd wedi gwirio" in words


@pytest.mark.parametrize("name", ["Home", "Visits", "Coverage", "Summary", *ALONE])
def test_every_page_fits_in_welsh_with_the_largest_text(qtbot, window, name):
    window.set_language("cy")
    window.set_scale(200)
    check_fits(qtbot, window, show(window, name))
    window.set_language("en")


def test_a_language_without_a_catalogue_is_english(qapp, monkeypatch):
    monkeypatch.setattr(resources, "catalogue", lambda _code: None)
    assert language.use(qapp, "cy") == "en"
    assert translation.tr("Home") == "Home"


def test_the_language_is_taken_up_again_before_unlocking(open_window, window, long_words):
    window.set_language("cy")
    window.lock()
    assert all(
        each.text().startswith("[") for each in window.centralWidget().findChildren(QPushButton) if each.isVisible()
    )


@pytest.mark.parametrize("scale", [100, 200])
@pytest.mark.parametrize("name", ALONE)
def test_tab_reaches_everything_on_a_page_shown_alone_and_it_comes_into_view(window, name, scale):
    window.set_scale(scale)
    page = show(window, name)
    seen: list[QWidget] = []
    for _ in range(40):
        widget = QApplication.focusWidget()
        assert widget is not None
        if seen and widget is seen[0]:
            break
        seen.append(widget)
        assert widget.visibleRegion().boundingRect().height() >= min(widget.height(), 30) - 1, widget.objectName()
        QTest.keyClick(widget, Qt.Key.Key_Tab)
        QTest.qWait(1)
    assert QApplication.focusWidget() is seen[0]
    wanted = {
        each
        for each in page.findChildren(QWidget)
        if each.isVisible() and each.isEnabled() and each.focusPolicy() & Qt.FocusPolicy.TabFocus
    }
    wanted = {each for each in wanted if not isinstance(each, QScrollArea)}
    assert wanted <= set(seen), [each.objectName() for each in wanted - set(seen)]
