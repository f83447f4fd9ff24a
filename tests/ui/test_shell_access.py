"""Who takes part, in the window, by keys: letting in, locking out, recovery sheets, and taking a scheme up again."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from icv_app.laptop import Laptop
from icv_app.profiles import access, recovery
from icv_app.profiles.vault import Strength
from ui.starting.invite import InviteDialog
from ui.widgets import messages
from ui.widgets.text import Body

PASSPHRASE = "three plain words"
TOLD = "told by telephone"


def join(folder, invitation, hub):
    return Laptop.join(
        folder, invitation=invitation, invitation_passphrase=TOLD, passphrase=PASSPHRASE, hub=hub,
        strength=Strength.LIGHT,
    )  # fmt: skip


@pytest.fixture
def hub(shared_folder):
    return shared_folder / "north.icvhub"


@pytest.fixture
def office(tmp_path, hub):
    """An office, a visitor that is in with a report, and their second laptop by the same invitation, which waits."""
    with Laptop.start(
        tmp_path / "office", scheme="Northshire", person="OFFICE1", role="coordinator", passphrase=PASSPHRASE, hub=hub,
        strength=Strength.LIGHT,
    ) as laptop:  # fmt: skip
        laptop.store.save("site", "EUS", {"site": "EUS", "name": "Euston Street", "kind": "custody_suite"})
        laptop.sync()
        laptop.invite(tmp_path / "v.icvinvite", "ICV01", "visitor", TOLD, strength=Strength.LIGHT)
        for name in ("visitor", "twin"):
            with join(tmp_path / name, tmp_path / "v.icvinvite", None) as other:
                other.hub = hub
                body = {"form": "custody_visit", "visitor_1": "ICV01", "state": "submitted"}
                other.store.save("visit", f"CV-{name}", body)
                other.sync()
            laptop.sync()
    return tmp_path / "office"


def unlock(open_window, folder):
    shown = open_window(folder)
    QTest.keyClicks(QApplication.focusWidget(), PASSPHRASE)
    QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Return)
    assert shown.desk is not None
    return shown


@pytest.fixture
def window(open_window, office):
    return unlock(open_window, office)


@pytest.fixture
def agreed(monkeypatch):
    asked = []
    monkeypatch.setattr(messages, "ask", lambda _parent, question, **_: asked.append(question) or True)
    return asked


def page_of(window):
    return window.desk._stack.currentWidget()


def go_to(page, name):
    QTest.qWait(10)
    found = page.findChild(QWidget, name)
    assert found is not None, name
    for _ in range(60):
        if QApplication.focusWidget() is found:
            return found
        QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Tab)
    raise AssertionError(f"Tab does not come to {name}")


def press(page, name, key=Qt.Key.Key_Return):
    QTest.keyClick(go_to(page, name), key)
    QTest.qWait(10)


def said(page):
    return "\n".join(each.text() for each in page.findChildren(Body) if each.isVisible())


def cells(page):
    return [
        [page.table.item(row, column).text() for column in range(page.table.columnCount())]
        for row in range(page.table.rowCount())
    ]


def reports(laptop):
    return [record.key for record in laptop.store.records("visit")]


def status(window, person="ICV01"):
    return sorted(each.state for each in access.every(window.laptop.store) if each.person == person)


def test_a_laptop_that_waits_stands_first_and_is_let_in_by_a_key(window, spoken):
    assert "waits for you" in window.desk.home.steps.text()
    window.office.show_devices()
    page = page_of(window)
    assert "Ask them by telephone whether it is theirs" in said(page)
    assert "waits for the office" in cells(page)[0][1]
    assert "kept and not counted: from a laptop that the office has not let in" in cells(page)[0][2]
    press(page, "approve")
    assert status(window) == ["invited", "invited"]
    assert any("It is in." in words for words in spoken)
    QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Escape)
    assert "waits for you" not in window.desk.home.steps.text()


def test_a_laptop_is_kept_out_only_after_asking(window, agreed, monkeypatch):
    window.office.show_devices()
    page = page_of(window)
    press(page, "refuse")
    assert (len(agreed), status(window)) == (1, ["invited", "refused"])


def test_a_laptop_is_locked_out_after_the_page_said_what_that_means(window, agreed):
    window.office.show_devices()
    page = page_of(window)
    table = go_to(page, "who")
    while "let in by its invitation" not in cells(page)[table.currentRow()][1]:
        QTest.keyClick(table, Qt.Key.Key_Down)
    press(page, "lock_out")
    page = page_of(window)
    meaning = page.findChild(Body, "meaning")
    assert "All that it has shared so far still counts." in meaning.text()
    QTest.keyClick(go_to(page, "since=now"), Qt.Key.Key_Down)
    assert "no longer count (one report). They are kept, and marked." in meaning.text()
    QTest.keyClicks(go_to(page, "lock_reason"), "lost")
    press(page, "lock_it_out")
    assert len(agreed) == 1
    assert status(window) == ["revoked", "waiting"]
    page = page_of(window)
    assert "It is locked out." in page.made.text()
    assert any("written after the laptop was locked out" in row[2] for row in cells(page))
    assert reports(window.laptop) == []


def test_a_day_that_is_none_is_told_and_nothing_is_locked_out(window, agreed):
    device = next(each.device for each in access.every(window.laptop.store) if each.state == "invited")
    window.office.show_lock_out(device)
    page = page_of(window)
    QTest.keyClick(go_to(page, "since=now"), Qt.Key.Key_Up)  # to the last choice
    assert page.choices["day"].isChecked()
    QTest.keyClicks(go_to(page, "since_day"), "some day")
    press(page, "lock_it_out")
    assert page.made.property("role") == "error"
    assert (agreed, status(window)) == ([], ["invited", "waiting"])


def test_recovery_sheets_are_made_and_the_reminder_goes(window, tmp_path, monkeypatch):
    assert "Recovery sheets" in window.desk.home.steps.text()
    monkeypatch.setattr(messages, "choose_new_file", lambda *_: str(tmp_path / "sheets.pdf"))
    window.office.show_sheets()
    page = page_of(window)
    assert "No sheets have been made" in said(page)
    press(page, "make_sheets")
    assert (tmp_path / "sheets.pdf").read_bytes().startswith(b"%PDF")
    assert "delete that file" in page.made.text()
    QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Escape)
    assert "Recovery sheets" not in window.desk.home.steps.text()


def lines_of(folder):
    with Laptop.unlock(folder, PASSPHRASE) as laptop:
        return recovery.sheet(laptop.profile, laptop.store)


def type_lines(page, lines):
    for number, line in enumerate(lines, 1):
        box = go_to(page, f"sheet_line_{number}")
        box.clear()
        QTest.keyClicks(box, line.lower())
        QTest.keyClick(box, Qt.Key.Key_Return)


def test_another_laptop_of_the_office_holds_the_key_once_a_sheet_is_entered(open_window, office, tmp_path, hub):
    with Laptop.unlock(office, PASSPHRASE) as laptop:
        laptop.invite(tmp_path / "o.icvinvite", "OFFICE2", "coordinator", TOLD, strength=Strength.LIGHT)
    with join(tmp_path / "second", tmp_path / "o.icvinvite", hub) as laptop:
        laptop.sync()
    lines = lines_of(office)
    window = unlock(open_window, tmp_path / "second")
    window.office.show_devices()
    page = page_of(window)
    assert "does not hold the office key" in said(page)
    assert page.findChild(QWidget, "approve") is None
    press(page, "enter_sheet")
    page = page_of(window)
    wrong = ("A" if lines[1][0] != "A" else "B") + lines[1][1:]
    type_lines(page, (lines[0], wrong, *lines[2:]))
    press(page, "hold_key")
    assert "Line 2 is not as it stands on the sheet" in page.made.text()
    assert QApplication.focusWidget().objectName() == "sheet_line_2"
    type_lines(page, lines)
    press(page, "hold_key")
    page = page_of(window)
    assert "holds the office key now" in page.made.text()
    press(page, "approve")
    assert status(window) == ["invited", "invited"]


def test_a_scheme_is_taken_up_again_on_the_first_page(open_window, office, tmp_path, hub):
    lines = lines_of(office)
    fresh = open_window(tmp_path / "new")
    press(fresh.centralWidget(), "recover_scheme")
    page = fresh.centralWidget().currentWidget()
    type_lines(page, lines)
    QTest.keyClicks(go_to(page, "hub"), str(hub))
    QTest.keyClicks(go_to(page, "person"), "NEW1")
    for name in ("passphrase", "passphrase_again"):
        QTest.keyClicks(go_to(page, name), PASSPHRASE)
    press(page, "go")
    assert fresh.desk is not None
    assert fresh.laptop.identity.scheme == "Northshire"
    fresh.laptop.sync()
    assert reports(fresh.laptop) == ["CV-visitor"]


def test_a_wrong_line_is_named_and_gone_to_on_the_first_page(open_window, office, tmp_path, hub, spoken):
    lines = lines_of(office)
    fresh = open_window(tmp_path / "new")
    press(fresh.centralWidget(), "recover_scheme")
    page = fresh.centralWidget().currentWidget()
    type_lines(page, (*lines[:6], "AAAAA AA"))
    press(page, "go")
    assert "Line 7 is not as it stands" in page.problem.text()
    assert page.problem.text() in spoken
    assert QApplication.focusWidget().objectName() == "sheet_line_7"


@pytest.mark.parametrize(("which", "words"), [("twin", "waits for the office"), ("visitor", "was locked out")])
def test_a_visitor_is_told_at_home_how_their_laptop_stands(open_window, office, tmp_path, hub, which, words):
    with Laptop.unlock(office, PASSPHRASE) as laptop:
        device = next(each.device for each in access.every(laptop.store) if each.state == "invited")
        if which == "visitor":
            access.revoke(laptop.store, laptop.doorkeeper, device, None)
            laptop.sync()
    with Laptop.unlock(tmp_path / which, PASSPHRASE) as laptop:
        if which == "visitor":
            with pytest.raises(Exception, match="locked out"):
                laptop.sync()
        else:
            laptop.sync()
    window = unlock(open_window, tmp_path / which)
    assert words in window.desk.home.steps.text()
    assert "kept" in window.desk.home.steps.text()
    assert f"CV-{which}" in reports(window.laptop)  # nobody's own report vanishes


def test_a_visitor_is_invited_to_chosen_sites(window, tmp_path):
    dialog = InviteDialog(window.laptop, window)
    dialog.show()
    dialog.person.setText("ICV05")
    dialog.passphrase.box.setText(TOLD)
    assert dialog.sites.isVisible()
    assert dialog.sites.chosen() is None
    dialog.sites.every.setChecked(False)
    dialog.findChild(QWidget, "site=EUS").setChecked(True)
    assert dialog.sites.chosen() == ("EUS",)
    dialog.role.setCurrentIndex(dialog.role.findData("coordinator"))
    assert not dialog.sites.isVisible()
    dialog.reject()
