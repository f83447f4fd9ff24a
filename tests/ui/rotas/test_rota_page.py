"""The rota, worked by keys: the office makes and adopts it, visitors agree a day and swap, the office confirms."""

from datetime import UTC, datetime, time

import pytest
from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QComboBox, QWidget

from icv_app.clock import Clock
from icv_app.periods import parse_period
from icv_app.rotas import availability, planning, rota, rota_adopted, swap
from icv_app.rotas.availability import Availability
from icv_app.rotas.rota_office import Rota
from tests.laptops import founded, give, joined

MONDAY = Clock(lambda: datetime(2026, 10, 5, 9, tzinfo=UTC))
QUARTER = parse_period("2026-27-Q3")
SUITES = {"euston-street": "Euston Street", "keyham-lane": "Keyham Lane"}


def records():
    for code, name in SUITES.items():
        yield "site", code, {"site": code, "name": name, "kind": "custody_suite"}
    yield "site", "track", {"site": "track", "name": "Training track", "kind": "training_venue"}
    target = {
        "measure": "custody_visit",
        "site": "",
        "number": 1,
        "per": "week",
        "from": "2026-10-05",
        "to": "2026-11-01",
    }
    yield "target", "custody_visit||2026-10-05", target
    observed = {"measure": "training_observation", "site": "", "number": 6, "per": "year", "from": "2026-04-01"}
    yield "target", "training_observation||2026-04-01", observed
    for number in range(1, 6):
        who = f"ICV0{number}"
        body = {
            "visitor": who,
            "roles": ["icv"],
            "status": "on_leave" if number == 5 else "active",
            "from": "2024-01-01",
        }
        yield "visitor", f"{who}|2024-01-01", body
    yield (
        "visitor",
        "ICV06|2024-01-01",
        {"visitor": "ICV06", "roles": ["icv"], "status": "active", "from": "2024-01-01"},
    )


@pytest.fixture
def office(tmp_path):
    laptop = founded(tmp_path / "office", clock=MONDAY)
    laptop.store.save_all(list(records()))
    return laptop


@pytest.fixture
def at(open_window, tmp_path):
    """Open a window on a laptop, with the rota shown by its key."""
    windows = []

    def opened(laptop):
        window = open_window(tmp_path / f"window{len(windows)}")
        windows.append(window)
        window.open(laptop)
        QTest.keyClick(window, Qt.Key.Key_4, Qt.KeyboardModifier.AltModifier)
        return window

    return opened


def the_page(window):
    return window.desk._stack.currentWidget()


def find(window, name):
    shown = [each for each in the_page(window).findChildren(QWidget, name) if each.isVisible()]
    assert shown, name
    return shown[0]


def press(window, name):
    """Reach a control by Tab, as a person without a mouse does, and press it."""
    wanted = find(window, name)
    for _ in range(120):
        if QApplication.focusWidget() is wanted:
            break
        QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Tab)
    assert QApplication.focusWidget() is wanted, name
    QTest.keyClick(wanted, Qt.Key.Key_Space if wanted.inherits("QCheckBox") else Qt.Key.Key_Return)


def type_into(window, name, text):
    box = find(window, name)
    box.setFocus()
    box.selectAll()
    QTest.keyClicks(box, text)


def choose(window, name, value):
    box = find(window, name)
    assert isinstance(box, QComboBox)
    box.setFocus()
    QTest.keyClick(box, Qt.Key.Key_Home)
    for _ in range(box.count()):
        if box.currentData() == value:
            return
        QTest.keyClick(box, Qt.Key.Key_Down)
    raise AssertionError([box.itemData(number) for number in range(box.count())])


def told(window):
    return find(window, "made").text()


def lines(window):
    """Return what the lists of the rota show: (when, who, how it stands)."""
    content = window.desk._page("Rota").content
    return [
        tuple(each.item(row, column).text().replace("\u200b", "") for column in range(3))
        for each in content.lists
        for row in range(each.rowCount())
    ]


def adopted(office):
    """Have a rota of the quarter in use; return its slots."""
    own = Rota(office.store, office.identity, office.clock, office=True)
    rota_adopted.adopt(office.store, own, own.propose(QUARTER), by="OFFICE", now=office.clock.now())
    return own.slots(QUARTER)


def open_line(window, key):
    """Go to the line of a slot by the arrow keys and open it."""
    content = window.desk._page("Rota").content
    listed = next(each for each in content.lists if key in each.keys)
    listed.setFocus()
    QTest.keyClick(listed, Qt.Key.Key_Home, Qt.KeyboardModifier.ControlModifier)
    for _ in range(listed.keys.index(key)):
        QTest.keyClick(listed, Qt.Key.Key_Down)
    QTest.keyClick(listed, Qt.Key.Key_Return)


@pytest.mark.journey
def test_a_rota_is_made_adopted_and_a_visit_is_swapped_by_keys_alone(at, office, qtbot, tmp_path):
    desk = at(office)
    assert find(desk, "make_slots").text() == "Make 8 slots"
    assert "Euston Street 4 and Keyham Lane 4" in find(desk, "slots_to_make").text()
    press(desk, "make_slots")
    assert told(desk).startswith("8 slots are made and saved on this laptop.")
    assert {state for _, _, state in lines(desk)} == {"Gap: nobody is named"}
    press(desk, "propose_rota")
    qtbot.waitUntil(lambda: the_page(desk).proposal is not None, timeout=20000)
    assert find(desk, "verdict").text().startswith("All 8 visits to come have their pair.")
    assert {each for slot in rota.read(office.store) for each in slot.visitors} == set()  # nothing saved by looking
    press(desk, "use_rota")
    assert told(desk).startswith("The rota is used: 8 slots are saved on this laptop.")
    assert {state for _, _, state in lines(desk)} == {"Planned"}

    one = joined(office, tmp_path / "ICV01", "ICV01")
    mine = at(one)
    slot = next(each for each in rota.read(one.store, whole=False) if "ICV01" in each.visitors)
    mate = next(each for each in slot.visitors if each != "ICV01")
    press(mine, "say_day")
    type_into(mine, "planned_day", f"{slot.last:%d/%m/%Y}")
    type_into(mine, "planned_time", "7.30pm")
    QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Return)
    assert told(mine).startswith("Saved on this laptop.")
    assert "Only the two of you and the office can see this day." in words_of(the_page(mine))
    assert any("at 19:30" in each for each in words_of(the_page(mine)))
    press(mine, "ask_swap")
    free = next(each for each in ("ICV02", "ICV03", "ICV04", "ICV06") if not busy(one, each, slot))
    choose(mine, "swap_asked", free)
    press(mine, "send_swap")
    assert told(mine).startswith(f"Saved on this laptop. {free} can answer")
    assert find(mine, "swap_withdrawn").text() == "Take it back"

    two = joined(office, tmp_path / free, free)
    give(one, two, office)
    theirs = at(two)
    assert not list(planning.plans(two.store))  # it is not their visit yet
    press(theirs, "swap_agreed")
    assert "until then ICV01 goes" in told(theirs)
    give(two, office, one)

    desk.activateWindow()
    qtbot.waitUntil(desk.isActiveWindow)
    desk.desk.show_page("Rota")
    desk.desk.home.refresh()
    press(desk, "swap_done")
    assert told(desk).startswith("Saved on this laptop: ")
    after = next(each for each in rota.read(office.store) if each.slot == slot.slot)
    assert set(after.visitors) == {mate, free}
    assert not list(planning.plans(office.store))  # the day goes with the pair that agreed it
    give(office, one, two)
    assert swap.every(one.store)[0].state == "done"


def busy(laptop, person, slot):
    return any(person in each.visitors and each.first == slot.first for each in rota.read(laptop.store, whole=False))


def words_of(top):
    return [each.text() for each in top.findChildren(QWidget) if each.isVisible() and hasattr(each, "setBuddy")]


def test_the_office_names_a_pair_by_hand_and_is_told_why_others_may_not_go(at, office):
    slots = adopted(office)
    window = at(office)
    open_line(window, slots[0].slot)
    assert "ICV05: is on leave." in words_of(the_page(window))
    offered = [find(window, "visitor_1").itemData(number) for number in range(find(window, "visitor_1").count())]
    assert "ICV05" not in offered
    assert set(slots[0].visitors) < set(offered)
    other = next(each for each in slots if each.first == slots[0].first and each.slot != slots[0].slot)
    choose(window, "visitor_1", other.visitors[0])  # goes elsewhere that week
    find(window, "overrule")
    press(window, "save_pair")
    assert told(window).startswith(f"They cannot be named. {other.visitors[0]}: goes to {other.site_name} that week")
    type_into(window, "overrule", "They offered to do both.")
    press(window, "save_pair")
    assert told(window).startswith(f"{other.visitors[0]} and {slots[0].visitors[1]} go. Saved on this laptop")
    focused = QApplication.focusWidget()
    assert focused.keys[focused.currentRow()] == slots[0].slot  # back at the line
    assert find(window, "doubts").text() == "At 2 visits somebody is named who may not go as things stand now."
    choose(window, "rota_show", "~wanting")
    assert f"Planned. {other.visitors[0]}: goes to {other.site_name} that week" in [how for _, _, how in lines(window)]
    open_line(window, slots[0].slot)
    press(window, "name_nobody")
    assert told(window).startswith("Nobody is named any more.")
    assert [row for row in lines(window) if row[2] == "Gap: nobody is named"]


def test_that_the_office_looked_at_an_agreed_day_is_in_the_log_and_the_list_does_not_tell_it(at, office):
    slot = adopted(office)[0]
    planning.plan(office.store, slot.slot, slot.last, None, today=office.clock.today())
    window = at(office)
    assert "Planned, a day is agreed" in [how for _, _, how in lines(window)]
    assert not any("They go on" in each for each in words_of(the_page(window)))
    open_line(window, slot.slot)
    assert "They go on Sunday 11 October 2026." in find(window, "slot_state").text()
    entries = [each for each in office.oversight.trail().entries if (each.action, each.kind) == ("read", "plan")]
    assert [each.key for each in entries] == [slot.slot]


def test_a_visit_that_was_called_off_says_who_and_why_and_can_be_planned_again(at, office):
    key = adopted(office)[0].slot
    window = at(office)
    open_line(window, key)
    find(window, "became_missed").setFocus()
    QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Space)
    press(window, "save_became")
    assert told(window) == "Choose an answer: Why?"  # a reason that nobody chose would stand in the reports
    choose(window, "not_made_reason", "visitor_illness")
    press(window, "save_became")
    assert " can still be kept until 11 October 2026." in told(window)  # its week has only begun
    assert key not in told(window)
    find(window, "became_missed").setFocus()
    QTest.keyClick(find(window, "became_missed"), Qt.Key.Key_Down)
    choose(window, "cancelled_by", "dog_unit")
    choose(window, "not_made_reason", "other")
    press(window, "save_became")
    assert told(window) == "Please say in a few words what the reason was."
    type_into(window, "not_made_words", "Exercise moved")
    press(window, "save_became")
    state = "Cancelled: Cancelled by the Dog Unit: Exercise moved"
    assert state in told(window)
    assert state in [how for _, _, how in lines(window)]
    open_line(window, key)
    press(window, "plan_again")
    assert "Planned. Saved on this laptop" in told(window)


def test_the_last_rota_is_undone_in_one_step_and_what_was_changed_by_hand_stays(at, office, monkeypatch):
    slots = adopted(office)
    Rota(office.store, office.identity, office.clock, office=True).mark(slots[0].slot, "withdrawn", "suite_closed")
    window = at(office)
    monkeypatch.setattr("ui.widgets.messages.ask", lambda *_, **__: True)
    press(window, "undo_rota")
    assert told(window).startswith("7 slots are as they were before. 1 was changed since and stays as it is.")
    assert [how for _, _, how in lines(window)] == ["Withdrawn: Suite closed"]
    assert not find_hidden(window, "undo_rota").isVisible()


def find_hidden(window, name):
    return the_page(window).findChild(QWidget, name)


def test_a_rota_that_cannot_be_filled_says_why_and_what_nobody_has_said(at, office, qtbot):
    for who in ("ICV01", "ICV02", "ICV03"):
        weeks = frozenset({datetime(2026, 10, 12, tzinfo=UTC).date()})
        note = "Evenings only" if who == "ICV02" else ""
        availability.save(office.store, Availability(visitor=who, period=QUARTER, weeks=weeks, note=note))
    window = at(office)
    assert find(window, "silent").text().startswith("2 of 5 have not said yet when they cannot go: ICV04 and ICV06.")
    assert find(window, "silent").text().endswith("ICV02 adds: Evenings only")
    press(window, "propose_rota")
    qtbot.waitUntil(lambda: the_page(window).proposal is not None, timeout=20000)
    assert find(window, "verdict").text().startswith("7 of 8 visits to come have a pair.")
    gap = next(each for each in words_of(the_page(window)) if "12 to 18 October 2026: " in each)
    assert "ICV01, ICV02, ICV03: cannot that week." in gap
    QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Escape)
    assert find(window, "rota_count").text() == "No slot is in this quarter yet."  # nothing was saved


def test_the_list_can_be_narrowed_to_what_wants_attention(at, office):
    slots = adopted(office)
    Rota(office.store, office.identity, office.clock, office=True).name(slots[2].slot, ())
    window = at(office)
    assert find(window, "rota_count").text() == "8 slots, 0 made, 7 to come with a pair, 1 gap."
    choose(window, "rota_show", "~wanting")
    assert [who for _, who, _ in lines(window)] == ["nobody yet"]
    choose(window, "rota_show", "keyham-lane")
    assert len(lines(window)) == 4


def test_a_visit_for_a_day_of_its_own_is_added(at, office):
    window = at(office)
    press(window, "add_slot")
    type_into(window, "added_day", "1/10/2026")
    press(window, "save_added")
    assert "has passed" in told(window)
    type_into(window, "added_day", "20/10/2026")
    press(window, "save_added")
    assert told(window).startswith("Added: Training track, 20 October 2026.")
    assert ("20 October 2026", "nobody yet", "Gap: nobody is named") in lines(window)


def test_a_volunteer_says_when_they_cannot_and_the_office_reads_it(at, office, tmp_path):
    one = joined(office, tmp_path / "ICV01", "ICV01")
    window = at(one)
    assert find(window, "availability_said").text().startswith("You have not said yet for January to March 2027.")
    press(window, "say_availability")
    press(window, "cannot_2027-01-04")
    press(window, "cannot_2027-02-15")
    type_into(window, "availability_most", "many")
    press(window, "save_availability")
    assert told(window) == "Enter the number of visits as a whole number, such as 3."
    type_into(window, "availability_most", "2")
    press(window, "save_availability")
    assert told(window).startswith("Saved on this laptop: not in 2 weeks of January to March 2027.")
    assert find(window, "availability_said").text() == "January to March 2027: not in 2 weeks. At the most 2 visits."
    give(one, office)
    (said,) = availability.every(office.store)
    assert (said.visitor, len(said.weeks), said.most) == ("ICV01", 2, 2)
    press(window, "say_availability")
    assert find(window, "cannot_2027-01-04").isChecked()


def test_the_office_enters_for_a_volunteer_when_they_cannot(at, office):
    window = at(office)
    choose(window, "availability_who", "ICV03")
    press(window, "enter_availability")
    assert "cannot_2026-09-28" not in [
        each.objectName() for each in the_page(window).findChildren(QWidget)
    ]  # it is over
    press(window, "cannot_2026-10-12")
    press(window, "save_availability")
    assert [(said.visitor, len(said.weeks)) for said in availability.every(office.store)] == [("ICV03", 1)]
    assert "ICV03" not in find(window, "silent").text()


def test_the_rota_goes_into_a_calendar_file_without_the_agreed_time(at, office, tmp_path, monkeypatch):
    slot = adopted(office)[0]
    one = joined(office, tmp_path / "one", slot.visitors[0])
    planning.plan(one.store, slot.slot, slot.last, time(19, 30), today=office.clock.today())
    give(one, office)
    assert all(list(planning.plans(laptop.store)) for laptop in (one, office))
    own = sum(slot.visitors[0] in each.visitors for each in rota.read(one.store, whole=False))
    for laptop, name, events in ((office, "all", 8), (one, "mine", own)):
        file = tmp_path / f"{name}.ics"
        monkeypatch.setattr("ui.widgets.messages.choose_new_file", lambda *_, wanted=file: str(wanted.with_suffix("")))
        window = at(laptop)
        press(window, "save_calendar")
        assert told(window).startswith(
            f"Written: {file}, with {events} visits. It says which week, and no day or time."
        )
        content = file.read_text(encoding="utf-8")
        assert content.count("BEGIN:VEVENT") == events
        assert "T1930" not in content  # with its letter: a UID may well hold the four figures
        assert "19:30" not in content
        assert "DTSTART;VALUE=DATE:20261005" in content
    entries = [each for each in office.oversight.trail().entries if (each.action, each.kind) == ("exported", "slot")]
    assert len(entries) == 1
    monkeypatch.setattr("ui.widgets.messages.choose_new_file", lambda *_: str(tmp_path / "away" / "mine.ics"))
    press(window, "save_calendar")
    assert "could not be written" in told(window)


def test_a_proposal_is_refused_where_the_rota_changed_meanwhile(at, office, qtbot):
    window = at(office)
    press(window, "propose_rota")
    qtbot.waitUntil(lambda: the_page(window).proposal is not None, timeout=20000)
    Rota(office.store, office.identity, office.clock, office=True).make_slots(QUARTER)
    press(window, "use_rota")
    assert told(window).startswith("Something changed since this rota was worked out")
    assert not any(slot.visitors for slot in rota.read(office.store))
    assert rota_adopted.last(office.store) is None


def test_the_rota_of_a_scheme_without_sites_and_volunteers_says_what_comes_first_and_leads_nowhere_else(at, tmp_path):
    window = at(founded(tmp_path / "bare", clock=MONDAY))
    said = words_of(the_page(window))
    assert "Nobody visits in this quarter. Enter who does: menu Office, Volunteers." in said
    assert "Slots come from the targets: menu Office, Sites, calendars and targets." in said
    for name in ("propose_rota", "make_slots", "save_calendar", "undo_rota", "enter_availability", "add_slot"):
        assert not find_hidden(window, name).isVisible(), name


def test_no_page_of_a_volunteer_opens_a_window_of_its_own(at, office, tmp_path):
    shown = []

    class Watch(QObject):
        def eventFilter(self, watched, event):  # noqa: N802  (Qt calls it so)
            if event.type() == QEvent.Type.Show and isinstance(watched, QWidget) and watched.isWindow():
                shown.append(watched.objectName())
            return False

    window = at(joined(office, tmp_path / "one", "ICV01"))
    watch = Watch()
    QApplication.instance().installEventFilter(watch)
    try:
        for page in window.desk.pages:
            window.desk.show_page(page)
            QApplication.processEvents()
    finally:
        QApplication.instance().removeEventFilter(watch)
    assert shown == []


def test_a_volunteer_takes_a_day_back_and_turns_a_swap_down(at, office, tmp_path):
    slots = adopted(office)
    slot = slots[0]
    one, two = (joined(office, tmp_path / who, who) for who in slot.visitors)
    planning.plan(one.store, slot.slot, slot.last, None, today=one.clock.today())
    window = at(one)
    press(window, "drop_day")
    assert told(window).startswith("Taken back on this laptop.")
    assert not list(planning.plans(one.store))
    away = next(each for each in slots if slot.visitors[1] in each.visitors and slot.visitors[0] not in each.visitors)
    swap._save(two.store, swap.Swap(
        key=f"{away.slot}|{slot.visitors[1]}|{slot.visitors[0]}", slot=away.slot, asked_by=slot.visitors[1],
        asked=slot.visitors[0], state="asked"))  # fmt: skip
    give(two, one)
    window.desk.show_page("Rota")
    press(window, "swap_declined")
    assert swap.every(one.store)[0].state == "declined"


def test_a_refused_swap_leaves_the_rota_and_says_whose_no_it_was(at, office, tmp_path):
    slot = adopted(office)[0]
    one = joined(office, tmp_path / "one", slot.visitors[0])
    free = next(each for each in ("ICV01", "ICV02", "ICV03", "ICV04", "ICV06") if not busy(one, each, slot))
    swap._save(office.store, swap.Swap(
        key=f"{slot.slot}|{slot.visitors[0]}|{free}", slot=slot.slot, asked_by=slot.visitors[0], asked=free,
        state="agreed"))  # fmt: skip
    window = at(office)
    press(window, "swap_refused")
    assert told(window).startswith("Saved on this laptop: the rota stays as it is.")
    give(office, one)
    mine = at(one)
    assert any("The office turned it down." in each for each in words_of(the_page(mine)))
    assert next(each for each in rota.read(office.store) if each.slot == slot.slot).visitors == slot.visitors


def test_a_visitor_who_is_named_for_nothing_is_told_so(at, office, tmp_path):
    window = at(joined(office, tmp_path / "ICV01", "ICV01"))
    assert any("You are not named for a visit to come." in each for each in words_of(the_page(window)))


@pytest.mark.parametrize("name", ["say_day", "ask_swap"])
def test_escape_leads_back_to_the_visit_that_was_open(at, office, tmp_path, name):
    slot = adopted(office)[0]
    window = at(joined(office, tmp_path / "one", slot.visitors[0]))
    press(window, name)
    QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Escape)
    assert the_page(window) is window.desk._page("Rota")
    assert QApplication.focusWidget().accessibleName().endswith(f"{slot.site_name}, {slot.when}")
