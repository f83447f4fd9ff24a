"""Volunteers and their hours, by keys: the office's pages, a volunteer's own page, and the lines on the home page."""

import shutil
from datetime import date, timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

import resources
from icv_app.laptop import Laptop
from icv_app.scheme import duties, expiries, status_rows, volunteer_file
from icv_app.scheme.duties import Duty
from icv_app.scheme.volunteer_file import File
from tests.laptops import PASSPHRASE, founded, give, joined
from ui.people import People
from ui.widgets import messages


@pytest.fixture(scope="module")
def laptops(tmp_path_factory):
    """The folders of an office with the example's volunteers, and of one of them; made once and copied."""
    made = tmp_path_factory.mktemp("people")
    with founded(made / "office") as laptop:
        laptop.import_folder(resources.path("example"))
        today = laptop.clock.today()
        volunteer_file.save(laptop.store, File(visitor="ICV02", vetting_until=today - timedelta(days=3)))
        volunteer_file.save(laptop.store, File(visitor="ICV01", id_card_until=today + timedelta(days=30)))
        joined(laptop, made / "ICV01", "ICV01").close()
    return made


@pytest.fixture
def office(laptops, tmp_path):
    shutil.copytree(laptops, tmp_path, dirs_exist_ok=True)
    return tmp_path / "office"


@pytest.fixture
def window(open_window, office):
    return opened(open_window, office)


def opened(open_window, folder):
    shown = open_window(folder)
    shown.open(Laptop.unlock(folder, PASSPHRASE))
    return shown


def page_of(window):
    return window.desk._stack.currentWidget()


def rows(table):
    """Return the words of every cell, without the places where they may be broken."""
    columns = range(table.columnCount())
    return [[table.item(row, at).text().replace("\u200b", "") for at in columns] for row in range(table.rowCount())]


def press(name, window):
    button = page_of(window).findChild(QWidget, name)
    button.setFocus()
    QTest.keyClick(button, Qt.Key.Key_Space)


def type_in(box, text):
    box.setFocus()
    box.selectAll()
    QTest.keyClicks(box, text)


def enter():
    QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Return)


def test_the_page_tells_how_many_there_are_and_what_is_due(window):
    window.office.show_people()
    page = page_of(window)
    assert page.count.text().startswith("18 volunteers, 18 currently visiting, on ")
    due = rows(page.due.table)
    assert [who for who, _ in due] == ["ICV02", "ICV01"]
    assert due[0][1].startswith("Vetting expired on ")
    assert due[0][1].endswith(", 3 days ago")
    people = rows(page.people.table)
    assert [who.split("\n")[0] for who, *_ in people][:3] == ["ICV02", "ICV01", "AWV01"]
    assert people[0][0] == "ICV02\nCustody visitor"
    assert people[0][1] == "Active since 1 August 2024"
    assert people[2][2] == "Nothing is entered"
    assert any("visit" in each[3] and "Last visit" in each[3] for each in people)


def test_nobody_is_offered_to_be_opened_where_nobody_is_entered(open_window, tmp_path):
    founded(tmp_path / "bare").close()
    shown = opened(open_window, tmp_path / "bare")
    shown.office.show_people()
    assert not page_of(shown).how.isVisible()


def test_the_order_and_those_who_left_are_chosen(window):
    status_rows.change(window.laptop.store, "ICV03", "left", ["icv"], window.laptop.clock.today())
    window.office.show_people()
    page = page_of(window)
    page.order.box.setCurrentIndex(page.order.box.findData("code"))
    codes = [who.split("\n")[0] for who, *_ in rows(page.people.table)]
    assert codes == sorted(codes)
    assert "ICV03" not in codes
    page.gone.setFocus()
    QTest.keyClick(page.gone, Qt.Key.Key_Space)
    assert "ICV03" in [who.split("\n")[0] for who, *_ in rows(page.people.table)]


def test_a_volunteer_is_opened_by_enter_and_back_leads_to_their_line(window):
    window.office.show_people()
    page = page_of(window)
    page.people.table.setFocus()
    QTest.keyClick(page.people.table, Qt.Key.Key_Down)
    enter()
    one = page_of(window)
    assert one.visitor == "ICV01"
    assert one.now.text() == "Active since 1 August 2024. Custody visitor"
    QTest.keyClick(one, Qt.Key.Key_Escape)
    again = page_of(window)
    assert again.people.chosen() == "ICV01"
    assert again.people.table.hasFocus()
    QTest.keyClick(again, Qt.Key.Key_Escape)
    assert window.desk.shown == "Home"


def test_a_volunteer_is_added_by_code_and_a_name_is_refused(window):
    window.office.show_people()
    press("add_volunteer", window)
    page = page_of(window)
    assert page.code.box.hasFocus()
    type_in(page.code.box, "Jane Smith")
    enter()
    assert "looks like a name" in page.made.text()
    assert page.code.box.hasFocus()
    type_in(page.code.box, "ICV61")
    enter()
    added = page_of(window)
    assert added.visitor == "ICV61"
    assert added.made.text() == "ICV61 is added. Share, so that every laptop knows it."
    assert added.now.text().startswith("In training since ")
    assert status_rows.of(window.laptop.store, "ICV61")[0].roles == ("icv",)


def test_what_was_entered_is_left_only_when_asked_for_twice(window):
    window.office.show_people()
    press("add_volunteer", window)
    page = page_of(window)
    type_in(page.code.box, "ICV61")
    QTest.keyClick(page, Qt.Key.Key_Escape)
    assert page_of(window) is page
    assert "not saved" in page.made.text()
    type_in(page.code.box, "ICV62")  # something else again
    press("back", window)
    assert page_of(window) is page
    press("back", window)
    assert page_of(window) is not page
    press("add_volunteer", window)
    again = page_of(window)
    press("back", window)  # nothing was entered: nothing to ask
    assert page_of(window) is not again


def test_a_change_of_status_ends_the_row_before_and_an_overlap_is_refused_in_words(window):
    window.office.show_people()
    page_of(window).opened.emit("ICV01")
    press("add_status", window)
    page = page_of(window)
    page.status.box.setCurrentIndex(page.status.box.findData("on_leave"))
    type_in(page.first.box, "1/10/26")
    enter()
    one = page_of(window)
    assert one.made.text() == (
        "Entered: On leave, 1 October 2026 to further notice. What was before now ends on 30 September 2026."
    )  # fmt: skip
    assert rows(one.rows.table) == [
        ["On leave", "1 October 2026", "further notice", "Custody visitor"],
        ["Active", "1 August 2024", "30 September 2026", "Custody visitor"],
    ]
    one.rows.table.setFocus()
    QTest.keyClick(one.rows.table, Qt.Key.Key_Down)
    press("edit_status", window)
    page = page_of(window)
    type_in(page.last.box, "1/10/26")
    enter()
    assert "taken by another row: On leave, 1 October 2026" in page.made.text()
    type_in(page.last.box, "15/9/26")
    enter()
    assert rows(page_of(window).rows.table)[1][2] == "15 September 2026"


def test_a_row_is_taken_away_after_asking(window, monkeypatch):
    window.office.show_people()
    page_of(window).opened.emit("ICV01")
    asked = []
    monkeypatch.setattr(messages, "ask", lambda _page, question, **_: asked.append(question) or len(asked) > 1)
    press("remove_status", window)
    assert rows(page_of(window).rows.table)
    press("remove_status", window)
    assert rows(page_of(window).rows.table) == []
    assert "Active, 1 August 2024 to further notice" in asked[0]
    assert page_of(window).now.text() == "No status is entered."


def test_the_file_and_a_course_are_entered_and_what_is_wrong_is_said(window):
    window.office.show_people()
    page_of(window).opened.emit("ICV04")
    press("edit_file", window)
    page = page_of(window)
    type_in(page.days["vetting_until"].box, "soon")
    enter()
    assert "Enter a date, like" in page.made.text()
    assert page.days["vetting_until"].box.hasFocus()
    type_in(page.days["vetting_until"].box, "3/4/2031")
    type_in(page.note.box, "Ask Jane Smith")
    enter()
    assert "personal data" in page.made.text()
    assert page.note.box.hasFocus()
    type_in(page.note.box, "Prefers afternoons")
    enter()
    assert ["Vetting expires on", "3 April 2031"] in rows(page_of(window).file)
    assert ["Note", "Prefers afternoons"] in rows(page_of(window).file)
    press("add_course", window)
    page = page_of(window)
    type_in(page.name.box, "Safeguarding")
    type_in(page.until.box, "3/4/2030")
    press("required", window)
    press("save", window)
    assert rows(page_of(window).training.table) == [["Safeguarding", "–", "3 April 2030", "For visits"]]
    assert volunteer_file.read(window.laptop.store, "ICV04").training[0].required


def test_the_hours_of_a_year_lead_to_their_visits(window):
    last = max(row.date for row in window.laptop.visits() if "ICV01" in row.visitors)
    window.office.show_people()
    page_of(window).opened.emit("ICV01")
    one = page_of(window)
    year = next(at for at, (_, first, end) in enumerate(one.hours._spans) if at and first <= last <= end)
    one.hours.span.box.setCurrentIndex(year)
    assert "visit" in one.hours.words.text()
    months = rows(one.hours.table)
    assert months[-1][0] == "Together" or len(months) == 1
    press("show_visits", window)
    assert window.desk.shown == "Visits"
    assert {"ICV01" in row.visitors for row in window.desk.visits.model.rows} == {True}
    assert window.desk.visits._only.text().startswith("Visits of ICV01, the financial year ")


def test_expenses_are_asked_for_once_the_office_says_so(window):
    window.office.show_people()
    page = page_of(window)
    page.opened.emit("ICV01")
    press("add_duty", window)
    assert page_of(window).expenses is None
    window.office.show_people()
    press("pay_expenses", window)
    page_of(window).opened.emit("ICV01")
    press("add_duty", window)
    page = page_of(window)
    type_in(page.took.box, "1:00")
    type_in(page.expenses.box, "12.4")
    enter()
    assert page.made.text() == "Write pounds and pence as 12.40."
    assert page.expenses.box.hasFocus()
    type_in(page.expenses.box, "12.40")
    enter()
    ((*_, note),) = rows(page_of(window).duties.table)
    assert note == "Expenses £12.40"


def test_a_volunteer_enters_their_own_hours_and_sees_what_expires(open_window, office, tmp_path):
    window = opened(open_window, tmp_path / "ICV01")
    assert window.desk.home.expiring.isVisible()
    assert "ID card expires on" in window.desk.home.expiring.words.text()
    press("see_expiring", window)
    page = page_of(window)
    assert page.heading.text() == "Your hours"
    press("add_duty", window)
    page = page_of(window)
    type_in(page.took.box, "90")
    enter()
    assert "Write hours and minutes as 2:30" in page.made.text()
    assert page.took.box.hasFocus()
    type_in(page.took.box, "1:30")
    type_in(page.travel.box, "0:20")
    type_in(page.note.box, "Refresher")
    enter()
    own = page_of(window)
    assert own.made.text() == "Saved on this laptop: Training, 1 h 50 min."
    ((_, what, long, note),) = rows(own.duties.table)
    assert (what, long, note) == ("Training", "1 h 30 min, travel 20 min", "Refresher")
    assert "Beside visits: 1 h 50 min." in own.hours.words.text()
    press("edit_duty", window)
    page = page_of(window)
    assert (page.took.box.text(), page.travel.box.text()) == ("1:30", "0:20")
    type_in(page.took.box, "2:00")
    enter()
    assert [each.minutes for each in duties.of(window.laptop.store, "ICV01")] == [120]


def test_hours_are_taken_away_after_asking_and_the_menu_leads_to_them(open_window, office, tmp_path, monkeypatch):
    with Laptop.unlock(tmp_path / "ICV01", PASSPHRASE) as laptop:
        today = laptop.clock.today()
        duties.save(laptop.store, Duty(visitor="ICV01", day=today, kind="panel", minutes=60), today)
    window = opened(open_window, tmp_path / "ICV01")
    entries = [entry for menu in window.menuBar().actions() for entry in menu.menu().actions()]
    (action,) = [entry for entry in entries if entry.text() == "&Your hours…"]
    assert action.isEnabled()
    action.trigger()
    monkeypatch.setattr(messages, "ask", lambda *_, **__: True)
    press("remove_duty", window)
    assert duties.of(window.laptop.store, "ICV01") == ()
    assert page_of(window).made.text() == "Taken away."


def test_the_home_page_of_the_office_tells_in_one_line_what_is_due(window):
    words = window.desk.home.expiring.words.text()
    assert words == (
        "One volunteer has something that has expired. Something expires for one volunteer within 90 days."
    )  # fmt: skip
    press("see_expiring", window)
    assert page_of(window).heading.text() == "Volunteers"
    for code in ("ICV01", "ICV02"):
        volunteer_file.save(window.laptop.store, File(visitor=code))
    QTest.keyClick(page_of(window), Qt.Key.Key_Escape)
    assert window.desk.home.expiring.isHidden()
    assert expiries.due(window.laptop.store, date(2026, 11, 22)) == ()


def test_the_office_reads_what_a_volunteer_entered(open_window, office, tmp_path):
    with Laptop.unlock(office, PASSPHRASE) as desk, Laptop.unlock(tmp_path / "ICV01", PASSPHRASE) as laptop:
        today = laptop.clock.today()
        duties.save(laptop.store, Duty(visitor="ICV01", day=today, kind="panel", minutes=60), today)
        give(laptop, desk)
    window = opened(open_window, office)
    window.office.show_people()
    page_of(window).opened.emit("ICV01")
    ((_, what, long, _),) = rows(page_of(window).duties.table)
    assert (what, long) == ("Scrutiny panel", "1 h")
    kinds = [row[0] for row in window.laptop.store.connection.execute("SELECT kind FROM audit WHERE action = 'read'")]
    assert "volunteer" in kinds


def test_a_visitor_is_led_to_their_own_hours_and_to_nobody_elses_page(open_window, office, tmp_path):
    window = opened(open_window, tmp_path / "ICV01")
    People(window.desk).show("ICV02")
    assert window.desk.home.done.text() == "The office keeps the files of volunteers. Please ask it."
    People(window.desk).show("ICV01")
    assert page_of(window).heading.text() == "Your hours"


def test_the_home_page_of_the_office_tells_of_a_quarter_that_is_not_published(window):
    (line,) = window.desk.home.quarter.lines
    assert line.words.text() == "July to September 2026 has ended and is not published."
    press("see_quarter", window)
    assert window.desk.shown == "Summary"
    assert window.desk.shown_page().period.period().name == "2026-27-Q2"
