"""A visit that the office sends back, and one that two visitors changed at the same time: by keyboard, in windows."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel

from forms.form import Place
from tests.journeys.test_keystroke_to_pdf import sit_down, turn_to  # noqa: F401  # sit_down is a fixture
from tests.laptops import filed
from tests.meeting import Wall, held, met, scheme, unlocked
from ui.visits.dispute_page import DisputePage, DisputesPage
from ui.visits.record_page import RecordPage
from ui.widgets.text import Body


@pytest.fixture
def closed(tmp_path):
    """The laptops of OFFICE1, ICV01 and ICV02, closed, with a report that all of them hold."""
    with scheme(tmp_path, "ICV01", "ICV02") as laptops:
        key = filed(laptops[1])
        met(*laptops)
    return tmp_path, key


def correct(folder, person, key, minutes):
    with unlocked(folder, person, Wall().clock) as laptop:
        opened = laptop.paperwork.correct(key)
        opened.draft.answer(Place("travel_minutes_1"), minutes)
        laptop.paperwork.submit(opened, reason="Looked at again.")
        laptop.sync()


def share(qtbot, person):
    person.window.desk.show_page("Home")
    with qtbot.waitSignal(person.window.desk.synced, timeout=30_000):
        person.window.desk.share()


def words(widget):
    return " ".join(each.text() for each in widget.findChildren(QLabel) if each.isVisible())


def page(person):
    return person.window.desk._stack.currentWidget()


@pytest.mark.journey
def test_a_returned_visit_is_put_right_at_the_comment_and_accepted(qtbot, sit_down, closed):  # noqa: F811
    folder, key = closed

    # The office reads the report and returns it with a comment at a question.
    office = sit_down(folder / "OFFICE1")
    turn_to(qtbot, office)
    office.unlock()
    share(qtbot, office)
    office.window.desk.records.read(key)
    office.push("return_report")
    box = page(office).return_box
    combo = box.comments[0][0]
    for _ in range(combo.count()):
        if combo.currentData() == "healthcare":
            break
        office.press(Qt.Key.Key_Down)
    assert combo.currentData() == "healthcare"
    office.press(Qt.Key.Key_Tab)
    office.type("Was the nurse there, or on the telephone?")
    office.push("send_back")
    assert "Returned for correction" in page(office).made.text()
    share(qtbot, office)

    # The volunteer finds it on the home page, and the comment at its question.
    volunteer = sit_down(folder / "ICV01")
    turn_to(qtbot, volunteer)
    volunteer.unlock()
    share(qtbot, volunteer)
    assert "OFFICE1 made one comment." in words(volunteer.window.desk.home)
    volunteer.push("mend")
    form = volunteer.window.desk.form_page()
    assert form.corrects == key
    steps = {step.key: step.words for step in form.navigator.steps}
    assert [words for words in steps.values() if "comment" in words] == ["Done, one comment"]
    form.show_check()
    volunteer.push("comment_healthcare")
    field = volunteer.focus()
    asked = form.findChild(Body, "asked_healthcare")
    assert asked.isVisible()
    assert asked.text().startswith("Comment by OFFICE1, ")
    assert asked.text().endswith(": Was the nurse there, or on the telephone?")
    assert asked.text() in field.accessibleDescription()
    while form.draft.value(Place("healthcare")) != "on_call":
        volunteer.press(Qt.Key.Key_Right)
    form.show_check()
    volunteer.tab_to("continue")
    volunteer.press(Qt.Key.Key_Space)
    assert volunteer.focus().objectName() == "correction_reason"  # it says first what was done
    volunteer.type("She was on call.")
    volunteer.push("continue")
    assert volunteer.window.desk.home.isVisible()
    assert "Returned to you" not in words(volunteer.window.desk.home)
    share(qtbot, volunteer)

    # The office reads what was done, and accepts.
    turn_to(qtbot, office)
    share(qtbot, office)
    office.window.desk.records.read(key)
    assert "On call" in words(page(office))
    assert "Put right by ICV01" in words(page(office))
    office.push("accept_report")
    assert isinstance(page(office), RecordPage)
    assert "Accepted by the office" in words(page(office))
    share(qtbot, office)

    # Everything that was said is with the report, on the volunteer's laptop too.
    turn_to(qtbot, volunteer)
    share(qtbot, volunteer)
    volunteer.window.desk.records.read(key)
    told = words(page(volunteer))
    for part in (
        "Returned for correction by OFFICE1", "Was the nurse there, or on the telephone?", ": She was on call.",
        "Accepted by OFFICE1", "by OFFICE1: returned for correction", "Why it was corrected: She was on call.",
    ):  # fmt: skip
        assert part in told


@pytest.mark.journey
def test_what_two_visitors_changed_at_once_is_chosen_and_then_the_same_on_three_laptops(qtbot, sit_down, closed):  # noqa: F811
    folder, key = closed
    correct(folder, "ICV01", key, 77)
    correct(folder, "ICV02", key, 99)

    volunteer = sit_down(folder / "ICV01")
    turn_to(qtbot, volunteer)
    volunteer.unlock()
    share(qtbot, volunteer)
    assert "One record has differing entries." in words(volunteer.window.desk.home)
    volunteer.push("differing")
    assert isinstance(page(volunteer), DisputesPage)
    volunteer.push("choose")
    chooser = page(volunteer)
    assert isinstance(chooser, DisputePage)
    for part in ("77", "99", "ICV01, 22 November 2026 at", "ICV02, 22 November 2026 at"):
        assert part in " ".join((words(chooser), *(button.text() for button in chooser.answers[0].buttons)))

    # Without a choice nothing is settled, and the focus goes to what is missing.
    volunteer.push("settle")
    assert page(volunteer) is chooser
    assert "Error: Choose one of these" in words(chooser)
    assert volunteer.focus() in chooser.answers[0].buttons
    for _ in range(2):
        volunteer.press(Qt.Key.Key_Down)
        if volunteer.focus().text() == "99":
            break
    assert volunteer.focus().isChecked()
    volunteer.push("settle")
    home = volunteer.window.desk.home
    assert home.isVisible()
    assert "your choice is saved on this laptop" in words(home)
    assert "differing" not in words(home)
    share(qtbot, volunteer)
    volunteer.window.close()

    laptops = [unlocked(folder, person, Wall().clock) for person in ("OFFICE1", "ICV01", "ICV02")]
    try:
        met(*laptops)
        for laptop in laptops:
            record = held(laptop, key)
            assert (record.conflicts, record.body["travel_minutes_1"]) == ({}, 99)
            assert laptop.disputes.count() == 0
            assert laptop.reading(key).versions[-1].reason == "Differing entries were settled."
    finally:
        for laptop in laptops:
            laptop.close()
