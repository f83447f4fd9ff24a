"""What the office does in the window: settings, forms out and in, the passphrase; and a report as PDF."""

import openpyxl
import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPushButton, QWidget

import resources
from icv_app.errors import InvalidInput
from icv_app.laptop import Laptop
from icv_app.profiles.vault import Strength
from icv_app.scheme import scheme_settings
from tests.laptops import founded, joined
from ui.widgets import messages
from ui.widgets.text import Body

PASSPHRASE = "three plain words"


def started(folder, role):
    with Laptop.start(
        folder, scheme="Northshire", person="ICV01", role=role, passphrase=PASSPHRASE, strength=Strength.LIGHT
    ) as laptop:
        laptop.import_folder(resources.path("example"))
    return folder


@pytest.fixture
def window(open_window, tmp_path):
    shown = open_window(started(tmp_path / "office", "coordinator"))
    QTest.keyClicks(QApplication.focusWidget(), PASSPHRASE)
    QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Return)
    assert shown.desk is not None
    return shown


def go_to(page, name):
    QTest.qWait(10)
    found = page.findChild(QWidget, name)
    assert found is not None, name
    for _ in range(80):
        if QApplication.focusWidget() is found:
            return found
        QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Tab)
    raise AssertionError(f"Tab does not come to {name}")


def enter(page, name, text):
    box = go_to(page, name)
    box.selectAll()
    QTest.keyClicks(box, text)


def shown_page(window):
    return window.desk._stack.currentWidget()


def test_the_office_says_whom_to_phone_and_the_next_step_goes(window):
    assert "whom to phone" in window.desk.home.steps.text()
    window.office.show_settings()
    page = shown_page(window)
    enter(page, "contact", "Scheme manager on call")
    enter(page, "phone", "0116 496 0000")
    enter(page, "threshold", "15")
    QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Return)
    held = scheme_settings.read(window.laptop.store)
    assert (held.serious_issue_phone, held.delay_threshold) == ("0116 496 0000", 15)
    assert "Saved on this laptop" in page.made.text()
    QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Escape)
    assert "whom to phone" not in window.desk.home.steps.text()


@pytest.mark.parametrize(("name", "text"), [("threshold", "ten"), ("custody_number", "["), ("marking", " ")])
def test_a_setting_that_makes_no_sense_is_told_and_not_saved(window, name, text):
    window.office.show_settings()
    page = shown_page(window)
    before = scheme_settings.read(window.laptop.store)
    enter(page, name, text)
    go_to(page, "save_settings")
    QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Return)
    assert page.made.property("role") == "error"
    assert scheme_settings.read(window.laptop.store) == before


def test_a_visitor_is_not_offered_what_is_the_offices(open_window, tmp_path, shared_folder):
    office = started(tmp_path / "office", "coordinator")
    with Laptop.unlock(office, PASSPHRASE) as laptop:
        laptop.invite(tmp_path / "a.icvinvite", "ICV07", "visitor", "told by telephone", strength=Strength.LIGHT)
    with Laptop.join(
        tmp_path / "visitor", invitation=tmp_path / "a.icvinvite", invitation_passphrase="told by telephone",
        passphrase=PASSPHRASE, strength=Strength.LIGHT,
    ):  # fmt: skip
        pass
    shown = open_window(tmp_path / "visitor")
    QTest.keyClicks(QApplication.focusWidget(), PASSPHRASE)
    QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Return)
    enabled = {action.text(): action.isEnabled() for action in shown.findChildren(QAction)}
    assert not enabled["&Forms…"]
    assert not enabled["&Settings…"]
    assert enabled["&Recycle bin"]


def changed(path, label):
    book = openpyxl.load_workbook(path)
    sheet = book["survey"]
    columns = [cell.value for cell in sheet[1]]
    for row in sheet.iter_rows(min_row=2):
        if row[columns.index("name")].value == "visitor_2":
            row[columns.index("label")].value = label
    book.save(path)


def test_a_form_goes_out_comes_in_and_is_published_after_its_changes_were_read(window, tmp_path):
    window.office.show_forms()
    page = shown_page(window)
    path = tmp_path / "kennels.xlsx"
    page.export("kennel_visit", path)
    assert str(path) in page.made.text()
    before = window.laptop.paperwork.book.present("kennel_visit").version
    changed(path, "Who came with you?")
    page.preview(path)
    words = page.findChild(Body, "preview_words").text()
    assert "Who came with you?" in words
    assert window.laptop.paperwork.book.present("kennel_visit").version == before
    assert QApplication.focusWidget().objectName() == "publish"
    QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Return)
    now = window.laptop.paperwork.book.present("kennel_visit")
    assert now.version != before
    assert f"Version {now.version} is in force" in page.made.text()


def test_what_is_not_published_changes_nothing(window, tmp_path):
    window.office.show_forms()
    page = shown_page(window)
    path = tmp_path / "kennels.xlsx"
    page.export("kennel_visit", path)
    before = window.laptop.paperwork.book.present("kennel_visit").version
    changed(path, "Who came with you?")
    page.preview(path)
    go_to(page, "do_not_publish")
    QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Return)
    assert page.card.isHidden()
    assert window.laptop.paperwork.book.present("kennel_visit").version == before


def test_a_workbook_that_cannot_be_used_is_told_with_its_reason(window, tmp_path):
    window.office.show_forms()
    page = shown_page(window)
    path = tmp_path / "notes.xlsx"
    path.write_text("this is no workbook")
    page.preview(path)
    said = page.findChild(Body, "preview_words")
    assert said.property("role") == "error"
    assert page.findChild(QWidget, "publish") is None


def test_the_passphrase_is_changed_and_the_old_one_opens_nothing(window, tmp_path):
    window.show_passphrase()
    page = shown_page(window)
    enter(page, "present_passphrase", PASSPHRASE)
    enter(page, "passphrase", "four other plain words")
    enter(page, "passphrase_again", "four other plain words")
    QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Return)
    assert "is changed" in page.made.text()
    assert page.present.text() == ""
    folder = window.laptop.profile.folder
    window.lock()
    with pytest.raises(InvalidInput):
        Laptop.unlock(folder, PASSPHRASE)
    Laptop.unlock(folder, "four other plain words").close()


@pytest.mark.parametrize(("present", "first", "second"), [
    ("wrong", "four other plain words", "four other plain words"),
    (PASSPHRASE, "four other plain words", "four other plain wards"),
    (PASSPHRASE, "short", "short"),
])  # fmt: skip
def test_a_passphrase_that_is_refused_is_told_and_the_old_one_stays(window, present, first, second):
    window.show_passphrase()
    page = shown_page(window)
    enter(page, "present_passphrase", present)
    enter(page, "passphrase", first)
    enter(page, "passphrase_again", second)
    QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Return)
    assert page.made.property("role") == "error"
    folder = window.laptop.profile.folder
    window.lock()
    Laptop.unlock(folder, PASSPHRASE).close()


def test_a_report_is_saved_as_a_pdf_from_its_page(window, qtbot, tmp_path, monkeypatch):
    wanted = tmp_path / "visit.pdf"
    monkeypatch.setattr(messages, "choose_new_file", lambda *_: str(wanted))  # the system's own file dialog
    window.desk.read(window.laptop.visits()[0].key)
    page = shown_page(window)
    go_to(page, "save_pdf")
    QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: str(wanted) in page.made.text(), timeout=20_000)
    assert wanted.read_bytes().startswith(b"%PDF")


def test_a_document_that_is_ready_after_its_page_was_left_harms_nothing(window, qtbot, tmp_path, monkeypatch):
    wanted = tmp_path / "visit.pdf"
    monkeypatch.setattr(messages, "choose_new_file", lambda *_: str(wanted))
    window.desk.read(window.laptop.visits()[0].key)
    go_to(shown_page(window), "save_pdf")
    QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Return)
    QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Escape)
    QApplication.sendPostedEvents(None, 52)  # QEvent.DeferredDelete: the page is gone for good
    qtbot.waitUntil(wanted.exists, timeout=20_000)
    QTest.qWait(50)
    assert window.desk.visits.isVisible()


def test_a_visitor_is_offered_no_document_of_figures_that_are_not_the_schemes(open_window, tmp_path):
    with founded(tmp_path / "o") as office:
        joined(office, tmp_path / "v", "ICV02").close()
    for name, offered in (("o", True), ("v", False)):
        window = open_window(tmp_path / name)
        QTest.keyClicks(QApplication.focusWidget(), "correct horse battery")
        QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Return)
        window.desk.show_page("Summary")
        page = window.desk._page("Summary")
        names = ("make_document", "write_commentary", "publish_period")
        assert [page.findChild(QPushButton, name) is not None for name in names] == [offered] * 3
        window.close()
