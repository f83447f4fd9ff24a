"""The window by keyboard alone: what Enter, Tab, F1 and the menus do, where the focus goes, what is told aloud."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible, QAction
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QApplication,
    QDialog,
    QPlainTextEdit,
    QPushButton,
    QScrollArea,
    QStackedWidget,
    QWidget,
)  # fmt: skip

import resources
from icv_app.laptop import Laptop
from icv_app.profiles.vault import Strength
from ui import app, home
from ui.desk import Desk
from ui.starting import unlock, welcome
from ui.starting.invite import InviteDialog
from ui.visits.visit_list import VisitListPage
from ui.widgets import announcing, messages, preferences, share_status, theme, waiting
from ui.widgets.scene_view import SceneView
from ui.widgets.words_dialog import OF_THE_SUMMARY, WordsDialog

PASSPHRASE = "three plain words"


@pytest.fixture
def office(tmp_path, shared_folder):
    folder = tmp_path / "office"
    with Laptop.start(
        folder, scheme="Northshire", person="OFFICE1", role="coordinator", passphrase=PASSPHRASE,
        hub=shared_folder / "northshire.icvhub", strength=Strength.LIGHT,
    ) as laptop:  # fmt: skip
        laptop.import_folder(resources.path("example"))
    return folder


@pytest.fixture
def window(open_window, office):
    shown = open_window(office)
    keys(PASSPHRASE)
    press(Qt.Key.Key_Return)
    assert shown.desk is not None
    return shown


@pytest.fixture
def told(monkeypatch):
    """What a screen reader would say."""
    said = []
    for module in (announcing, home, share_status, unlock, waiting, welcome):
        monkeypatch.setattr(module, "announce", lambda _widget, words, **_more: said.append(words))
    return said


def focus():
    widget = QApplication.focusWidget()
    assert widget is not None
    return widget


def press(key, modifier=Qt.KeyboardModifier.NoModifier):
    QTest.keyClick(focus(), key, modifier)


def keys(text):
    for letter in text:
        QTest.keyClicks(focus(), letter)


def tab(times=1):
    for _ in range(times):
        press(Qt.Key.Key_Tab)


def texts(widget):
    return " ".join(each.text() for each in widget.findChildren(QWidget) if hasattr(each, "text") and each.isVisible())


def test_a_scheme_is_started_by_keyboard_alone(open_window, tmp_path):
    shown = open_window(tmp_path / "new")
    tab()
    press(Qt.Key.Key_Return)
    keys("Northshire ICV")
    tab()
    keys("OFFICE1")
    tab(4)
    keys(PASSPHRASE)
    tab()
    keys(PASSPHRASE)
    press(Qt.Key.Key_Return)
    assert shown.desk is not None
    assert shown.desk.home.heading.text() == "Northshire ICV"
    assert "What to do next" in texts(shown.desk.home)
    assert "Import a folder" in texts(shown.desk.home)


def test_what_has_to_be_mended_is_told_at_its_box_and_aloud(open_window, tmp_path, told):
    shown = open_window(tmp_path / "new")
    shown.resize(1366, 500)
    tab()
    press(Qt.Key.Key_Return)
    tab(6)
    press(Qt.Key.Key_Return)
    assert focus().objectName() == "scheme"
    page = shown.centralWidget().currentWidget()
    QTest.qWait(20)
    assert page.problem.visibleRegion().boundingRect().height() >= page.problem.height() - 1
    assert any("a name" in words for words in told)


def test_opening_says_so_while_it_lasts_and_a_wrong_passphrase_is_read_out(open_window, office, told):
    shown = open_window(office)
    keys("wrong one")
    press(Qt.Key.Key_Return)
    assert told == ["Opening…", "That is not the passphrase. Please try again."]
    page = shown.centralWidget()
    assert page.button.text() == "Open"
    assert page.button.isEnabled()
    assert focus().objectName() == "passphrase"


def test_tab_comes_to_the_drafts_before_the_forms(window):
    window.desk.begin("custody_visit")
    window.desk.form_page().keep_now()
    window.desk.form_page().leave()
    assert focus().objectName() == "page_home"
    QTest.qWait(10)  # the draft's line comes with the next round of events
    assert window.desk.home.quarter.isVisible(), "the quarter that is over is not published"
    tab(8)
    assert focus().objectName() == "resume"
    tab(2)
    assert focus().objectName() == "begin_custody_visit"


def test_the_page_chosen_by_its_keys_has_the_focus_on_its_name(window):
    press(Qt.Key.Key_3, Qt.KeyboardModifier.AltModifier)
    assert focus().objectName() == "page_coverage"
    assert window.desk._page("Coverage").isVisible()


def test_going_to_another_page_keeps_the_open_report_first(window):
    window.desk.begin("custody_visit")
    page = window.desk.form_page()
    page.go_on_only()
    keys("2130")
    press(Qt.Key.Key_2, Qt.KeyboardModifier.AltModifier)
    assert window.desk.form_page() is None
    (draft,) = window.laptop.paperwork.drafts()
    assert window.laptop.store.draft(draft.draft).answers["arrived"].startswith("21:30")


def test_a_report_that_cannot_be_kept_stays_open(window, monkeypatch):
    window.desk.begin("custody_visit")
    page = window.desk.form_page()
    monkeypatch.setattr(page.autosave, "flush", lambda: False)
    press(Qt.Key.Key_2, Qt.KeyboardModifier.AltModifier)
    assert window.desk.form_page() is page
    monkeypatch.undo()


def test_a_visit_that_was_read_leads_back_to_its_line(window, qtbot):
    press(Qt.Key.Key_2, Qt.KeyboardModifier.AltModifier)
    visits = window.desk._page("Visits")
    assert isinstance(visits, VisitListPage)
    visits.table.setFocus()
    visits.table.selectRow(3)
    press(Qt.Key.Key_Return)
    assert focus().objectName() == "back"
    press(Qt.Key.Key_Return)
    assert focus() is visits.table
    assert visits.table.currentIndex().row() == 3


def test_f1_helps_everywhere_and_in_a_report_with_its_question(window):
    press(Qt.Key.Key_F1)
    dialog = window.findChild(QDialog)
    assert dialog.isVisible()
    assert "Safe on this laptop" in dialog.findChild(QPlainTextEdit, "words").toPlainText()
    dialog.reject()
    window.desk.begin("custody_visit")
    press(Qt.Key.Key_F1)
    assert window.desk.form_page().help.isVisible()
    window.show_help()
    assert not window.desk.form_page().help.isVisible()


def test_about_names_the_licences_and_is_closed_by_enter(window, qtbot):
    window.show_about()
    dialog = window.findChild(QDialog)
    words = dialog.findChild(QPlainTextEdit, "words").toPlainText()
    for part in ("MIT", "Lesser General Public License, version 3", "SIL Open Font License", "0.1.0"):
        assert part in words
    qtbot.waitUntil(lambda: focus().objectName() == "close")
    press(Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: window.findChild(QDialog) is None)


def test_the_practice_scheme_offers_no_sharing(open_window, tmp_path, monkeypatch):
    monkeypatch.setattr(messages, "choose_hub", lambda *_: pytest.fail("asked for a shared file"))
    shown = open_window(tmp_path / "new")
    tab(2)
    press(Qt.Key.Key_Return)
    assert shown.desk is not None
    assert shown.desk.home.status.button.isHidden()
    assert "nothing leaves this laptop" in texts(shown.desk.home)
    enabled = {action.text(): action.isEnabled() for action in shown.findChildren(QAction)}
    assert not enabled["&Share now"]
    assert not enabled["&Invite a person…"]
    assert enabled["&Lock"]
    shown.desk.share()
    assert shown.laptop.hub is None


def test_sharing_is_told_aloud(window, qtbot, told, monkeypatch):
    monkeypatch.setattr("ui.exchanges.announce", lambda _widget, words, **_more: told.append(words))
    with qtbot.waitSignal(window.desk.synced, timeout=20_000):
        press(Qt.Key.Key_F5)
        assert not window.desk.home.status.button.isEnabled()
        press(Qt.Key.Key_F5)  # one exchange at a time
    assert any("All of it is in the shared file" in words for words in told)


def test_locking_in_the_middle_of_sharing_is_at_once_and_tells_nobody_of_it(window, qtbot):
    window.desk.share()
    window.lock()
    assert window.laptop is None
    keys(PASSPHRASE)
    press(Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: window.desk is not None, timeout=20_000)  # as soon as the exchange has ended
    QTest.qWait(50)  # what would have landed
    assert window.desk.home.status.button.isEnabled()


@pytest.mark.parametrize("name", ["Home", "Visits", "Coverage", "Summary"])
def test_tab_goes_round_every_page_and_comes_back(window, name):
    window.desk.show_page(name)
    window.desk._tabs[0].setFocus()
    seen = []
    for _ in range(40):
        seen.append(focus())
        tab()
        if focus() is seen[0]:
            break
    assert focus() is seen[0], [each.objectName() for each in seen]
    reachable = {each for each in window.desk.findChildren(QPushButton) if each.isVisible() and each.isEnabled()}
    assert reachable <= set(seen), [each.text() for each in reachable - set(seen)]


def test_the_size_of_the_text_and_the_colours_are_remembered(open_window, office):
    try:
        first = open_window(office)
        first.set_scale(150)
        first.set_dark(True)
        first.close()
        app.build([], office)[1].close()
        assert theme.current().scale == 1.5
        assert theme.is_dark()
        again = open_window(office)
        checked = {action.text() for action in again.findChildren(QAction) if action.isChecked()}
        assert checked == {"Text 150%", "Dark", "English", "After 10 minutes without a key or the mouse"}
    finally:
        theme.apply(QApplication.instance(), dark=False, scale=1.0)


@pytest.mark.parametrize("kept", ["", "[]", "not json", '{"scale": 900, "dark": "yes"}', '{"scale": true}'])
def test_preferences_that_cannot_be_understood_are_the_usual_ones(tmp_path, kept):
    (tmp_path / "window.json").write_text(kept, encoding="utf-8")
    assert preferences.read(tmp_path) == preferences.Preferences()


def test_preferences_that_cannot_be_kept_do_no_harm(tmp_path):
    (tmp_path / "file").write_text("")
    preferences.keep(tmp_path / "file", preferences.Preferences(scale=150))
    assert preferences.read(tmp_path / "file") == preferences.Preferences()


ROLES = {
    QAccessible.Role.Button, QAccessible.Role.PushButton, QAccessible.Role.EditableText, QAccessible.Role.ComboBox,
    QAccessible.Role.CheckBox, QAccessible.Role.RadioButton, QAccessible.Role.Table, QAccessible.Role.List,
    QAccessible.Role.Graphic, QAccessible.Role.Link, QAccessible.Role.PageTab,
}  # fmt: skip


def heard(widget):
    return QAccessible.queryAccessibleInterface(widget)


def check_names(top):
    for widget in [top, *top.findChildren(QWidget)]:
        if widget.isVisible() and widget.isEnabled() and widget.focusPolicy() & Qt.FocusPolicy.TabFocus:
            if isinstance(widget, QScrollArea | QStackedWidget | Desk):
                continue  # hand the focus on to what is in them
            known = heard(widget)
            who = f"{type(widget).__name__} {widget.objectName()}"
            assert known.text(QAccessible.Text.Name).strip(), who
            assert known.role() in ROLES or isinstance(widget, SceneView), (who, known.role())


@pytest.mark.parametrize("page", ["welcome", "start", "join", "unlock"])
def test_every_control_before_unlocking_has_a_name_and_a_role(open_window, office, tmp_path, page):
    shown = open_window(office if page == "unlock" else tmp_path / "new")
    if page in ("start", "join"):
        getattr(shown.centralWidget(), f"show_{page}")()
    check_names(shown.centralWidget())


def test_every_control_of_every_page_has_a_name_and_a_role(window, qtbot):
    window.desk.begin("custody_visit")
    window.desk.form_page().keep_now()
    window.desk.form_page().leave()
    QTest.qWait(10)
    for name in ("Home", "Visits", "Coverage", "Summary"):
        window.desk.show_page(name)
        QTest.qWait(10)
        check_names(window.desk)
    for form, _ in window.laptop.paperwork.forms():
        window.desk.begin(form)
        page = window.desk.form_page()
        for key in list(page.keys()):
            page.show_section(key)
            for button in page.findChildren(QPushButton):
                if button.objectName().startswith("add_") and button.isVisible():
                    button.click()
            check_names(page)
    window.desk.read(window.laptop.visits()[0].key)
    check_names(window.desk)
    dialog = InviteDialog(window.laptop, window)
    dialog.show()
    check_names(dialog)
    dialog.close()


def cells(table):
    known = heard(table)
    children = [known.child(number) for number in range(known.childCount())]
    return [each.text(QAccessible.Text.Name) for each in children if each.role() == QAccessible.Role.Cell]


def test_tables_say_each_cell_with_its_column(window):
    window.desk.show_page("Visits")
    assert "Site: Euston Street" in cells(window.desk._page("Visits").table)
    window.desk.show_page("Summary")
    window.desk._page("Summary").turn_to("figures")
    assert "Result: 30" in cells(window.desk._page("Summary").figures.table)


def test_a_square_of_the_coverage_is_read_out_when_the_arrow_keys_come_to_it(window):
    window.desk.show_page("Coverage")
    QTest.qWait(10)
    page = window.desk._page("Coverage")
    page.views[0].setFocus()
    for key, site in ((Qt.Key.Key_Left, "Beaumont Leys"), (Qt.Key.Key_Down, "Euston Street")):
        press(key)
        cell = heard(page.views[0]).focusChild()
        assert cell.role() == QAccessible.Role.Cell
        assert site in cell.text(QAccessible.Text.Name)
        assert page.words[0].text() == cell.text(QAccessible.Text.Name)
    page.period.choose("2025-26")
    assert "arrow keys" in page.words[0].text()  # the square that was read is gone


@pytest.mark.parametrize("scale", [100, 200])
def test_no_figure_loses_its_name_however_large_the_text(window, scale, qtbot):
    try:
        window.set_scale(scale)
        window.desk.show_page("Summary")
        window.desk._page("Summary").turn_to("figures")
        QTest.qWait(20)
        table = window.desk._page("Summary").figures.table
        wrapped = table.columnWidth(0) < table.sizeHintForColumn(0)
        rows = range(table.rowCount())
        assert rows
        if wrapped:  # laid out when the program next has nothing else to do
            qtbot.waitUntil(lambda: all(table.rowHeight(row) >= table.sizeHintForRow(row) for row in rows))
            words = {word for row in rows for word in table.item(row, 0).text().split()}
            assert max(map(table.fontMetrics().horizontalAdvance, words)) < table.columnWidth(0)
        assert table.horizontalScrollBar().maximum() == 0
    finally:
        theme.apply(QApplication.instance(), dark=False, scale=1.0)


def test_help_on_the_summary_opens_where_it_tells_of_it(window):
    window.desk.show_page("Summary")
    window.show_help()
    dialog = window.findChild(WordsDialog)
    assert dialog.words.textCursor().block().text() == "For the office: the summary of a quarter"
    dialog.accept()


@pytest.mark.parametrize(
    ("language", "opens"), [("en", "For the office: the summary"), ("cy", "I'r swyddfa: crynodeb")]
)
def test_the_part_on_the_summary_is_the_same_in_every_language(language, opens):
    parts = resources.text("help.txt", language).split("\n\n")
    assert parts[OF_THE_SUMMARY].startswith(opens)
