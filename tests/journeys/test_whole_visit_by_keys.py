"""A visit with everything in it by keyboard alone: a delay, two people, a No, a serious issue, undo, a correction."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QComboBox, QLabel, QLineEdit, QPlainTextEdit

import resources
from icv_app.laptop import Laptop
from icv_app.profiles.vault import Strength
from tests.journeys.test_keystroke_to_pdf import PASSPHRASE, sit_down, turn_to  # noqa: F401  # sit_down is a fixture
from ui.widgets.choice_button import RadioChoice, TickChoice
from ui.widgets.text_box import LineBox

ANSWERS = {
    "site": "euston-street", "visitor_2": "ICV02", "arrived": "6.40pm", "access": "admitted_after_delay",
    "admitted": "1855", "delay_reason": "booking_in_queue", "in_custody": "2", "offered": "2", "seen": "2",
    "declined": "0", "observed_only": "0", "not_available": "0", "denied": "0", "not_offered": "0",
    "number_female": "1", "number_under_18": "1", "number_girls": "0", "stock_checked": "yes",
    "overall_finding": "satisfactory_with_issues", "serious_issue": "yes", "cut_short": "no", "left": "19:50",
    "outcome": "spoken_to", "group": "woman", "delay_explained": "no",
}  # fmt: skip
TICKS = {"groups_present": {"female", "under_18"}}
PEOPLE = ("AA/101/26", "AA/102/26")


def answer(person, page):
    """Answer the question that has the focus, if it has to be answered and is not: as the table says, or anyhow."""
    if page.key not in page._views:
        return  # the check page
    widget = person.focus()
    name, _, choice = widget.objectName().partition("=")
    place = next((field.place for field in page._views[page.key].fields() if field.place.name == name), None)
    if place is None or not page.draft.required(place) or page.draft.readonly(place):
        return
    if name == "custody_no":
        person.type(PEOPLE[len(page.draft.rows("detainees")) - 1])
        return
    if name == "group" and len(page.draft.rows("detainees")) == 2:
        person.press(Qt.Key.Key_Space)
        for _ in range(20):
            if page.draft.value(place) in ("girl", "boy"):
                return
            person.press(Qt.Key.Key_Right if isinstance(widget, RadioChoice) else Qt.Key.Key_Down)
    if isinstance(widget, TickChoice):
        ticked = str(page.draft.value(place) or "").split()
        if choice not in ticked and choice in TICKS.get(name, () if ticked else (choice,)):
            person.press(Qt.Key.Key_Space)
        return
    if page.draft.value(place) not in (None, ""):
        return
    kind = next(field.row.kind for field in page._views[page.key].fields() if field.place == place)
    if isinstance(widget, LineBox | QLineEdit | QPlainTextEdit):
        person.type(ANSWERS.get(name, {"integer": "1", "time": "1900"}.get(kind, "As seen")))
    elif isinstance(widget, RadioChoice | QComboBox):
        key = Qt.Key.Key_Down if isinstance(widget, QComboBox) else Qt.Key.Key_Right
        person.press(Qt.Key.Key_Space if isinstance(widget, RadioChoice) else Qt.Key.Key_Down)
        for _ in range(40):
            if name not in ANSWERS or page.draft.value(place) == ANSWERS[name]:
                return
            person.press(key)
        pytest.fail(f"the keys never chose {ANSWERS[name]} for {name}")


def fill(person, page, reason=""):
    """Go through the whole report by Tab: answer, add both people, raise an issue from the first No, say the reason."""
    raised = bool(page.draft.rows("issues"))
    for _ in range(900):
        name = person.focus().objectName()
        if name == "continue":
            if person.focus().text() == "Send report":
                return
            person.press(Qt.Key.Key_Space)
        elif name == "add_detainees" and len(page.draft.rows("detainees")) < 2:
            person.press(Qt.Key.Key_Space)
        elif name.startswith("raise_") and not raised:
            raised = True
            person.press(Qt.Key.Key_Space)
        else:
            if name == "correction_reason":
                person.type(reason)
            answer(person, page)
            person.press(Qt.Key.Key_Tab)
    stands = [(problem.place.name, problem.message) for problem in page.draft.problems()]
    pytest.fail(f"the form has no end: at {person.focus().objectName()} in {page.key}, for {stands}")


@pytest.mark.journey
def test_a_visit_with_everything_in_it_is_typed_sent_and_corrected_by_keys_alone(qtbot, sit_down, tmp_path):  # noqa: F811
    with Laptop.start(
        tmp_path / "office", scheme="Northshire", person="ICV01", role="coordinator", passphrase=PASSPHRASE,
        hub=tmp_path / "northshire.icvhub", strength=Strength.LIGHT,
    ) as laptop:  # fmt: skip
        laptop.import_folder(resources.path("example"))
    person = sit_down(tmp_path / "office")
    turn_to(qtbot, person)
    person.unlock()
    desk = person.window.desk
    person.push("begin_custody_visit")
    page = desk.form_page()
    fill(person, page)
    assert [(problem.place.name, problem.message) for problem in page.draft.problems()] == []
    assert page.draft.rows("issues")

    # A mistake is undone and done again, wherever the focus is.
    before = page.draft.answers()
    QTest.keyClick(person.focus(), Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert page.draft.answers() != before
    QTest.keyClick(person.focus(), Qt.Key.Key_Y, Qt.KeyboardModifier.ControlModifier)
    assert page.draft.answers() == before
    fill(person, page)
    with qtbot.waitSignal(desk.saved):
        person.press(Qt.Key.Key_Space)

    # It is read, corrected with a reason, and sent again: both versions are kept.
    laptop = person.window.laptop
    (key,) = [row.key for row in laptop.visits() if row.date >= laptop.clock.today()]
    QTest.keyClick(person.focus(), Qt.Key.Key_2, Qt.KeyboardModifier.AltModifier)
    person.type("\t" * 0)
    for _ in range(20):
        if person.focus() is desk.visits.table:
            break
        person.press(Qt.Key.Key_Tab)
    person.press(Qt.Key.Key_Home)
    person.press(Qt.Key.Key_Return)
    person.push("correct")
    page = desk.form_page()
    assert page.corrects == key
    fill(person, page, reason="The second visitor remembered the stock")
    with qtbot.waitSignal(desk.saved):
        person.press(Qt.Key.Key_Space)
    desk.read(key)
    told = [label.text() for label in desk.findChildren(QLabel) if label.isVisible()]
    assert any("The second visitor remembered the stock" in words for words in told)
    assert "Saved versions" in told
    assert sum(", by ICV01" in words for words in told) == 2
