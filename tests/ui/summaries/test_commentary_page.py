"""The officer's commentary: what is typed is saved section by section, and what may tell of somebody is pointed out."""

import pytest
from PySide6.QtCore import QPoint, Qt

from icv_app.periods import parse_period
from icv_app.summaries import commentary, published, written_since
from tests.laptops import founded
from ui.summaries.commentary_page import CommentaryPage

PERIOD = parse_period("2025-26-Q2")


@pytest.fixture
def office(tmp_path):
    with founded(tmp_path / "office") as laptop:
        yield laptop


@pytest.fixture
def page(office, qtbot):
    made = CommentaryPage(office, PERIOD)
    qtbot.addWidget(made)
    made.resize(900, 700)
    made.show()
    made.begin()
    return made


def held(office):
    return commentary.read(office.store.connection, PERIOD.name)


def test_what_is_typed_is_saved_in_its_section_and_comes_back(page, office, qtbot):
    qtbot.keyClicks(page.boxes["kennels"], "The third visit was moved by a week.")
    page.save()
    assert held(office) == {"kennels": "The third visit was moved by a week."}
    assert page.made.text() == "1 section is saved on this laptop."
    again = CommentaryPage(office, PERIOD)
    qtbot.addWidget(again)
    assert again.boxes["kennels"].toPlainText() == "The third visit was moved by a week."


def test_words_that_may_tell_of_somebody_are_kept_back_until_they_were_looked_at(page, office, qtbot, spoken):
    qtbot.keyClicks(page.boxes["summary"], "A good quarter.")
    qtbot.keyClicks(page.boxes["custody"], "Ring 07700 900123 about it.")
    page.save()
    assert held(office) == {}, "all or nothing"
    asked = page.asked["custody"]
    assert asked.problem.isVisible()
    assert "07700 900123" in asked.problem.text()
    assert "tick that you have looked" in asked.problem.text()
    assert asked.box.accessibleDescription() == asked.problem.text()
    assert asked.box.toPlainText() == "Ring 07700 900123 about it."
    assert any(words.startswith("Custody visits: ") for words in spoken)
    asked.looked.setChecked(True)
    page.save()
    assert set(held(office)) == {"summary", "custody"}
    assert not asked.looked.isVisible()
    assert not asked.problem.isVisible()


def test_a_tick_under_one_section_lets_nothing_of_another_through(page, office, qtbot):
    qtbot.keyClicks(page.boxes["training"], "Mr Peter Walker trained us.")
    qtbot.keyClicks(page.boxes["issues"], "Custody record 12AB/3456/25.")
    page.save()
    assert page.asked["training"].problem.isVisible()
    assert page.asked["issues"].problem.isVisible(), "what is found is shown for every section at once"
    page.asked["training"].looked.setChecked(True)
    page.save()
    assert held(office) == {}
    page.asked["training"].looked.setChecked(True)
    page.asked["issues"].looked.setChecked(True)
    page.save()
    assert set(held(office)) == {"training", "issues"}


def test_a_tick_holds_for_the_words_that_were_pointed_at_and_no_others(page, office, qtbot):
    box, asked = page.boxes["custody"], page.asked["custody"]
    qtbot.keyClicks(box, "Ring 07700 900123 about it.")
    page.save()
    asked.looked.setChecked(True)
    qtbot.keyClicks(box, " Or Mr Peter Walker.")
    assert not asked.looked.isVisible()
    asked.looked.setChecked(True)  # as if it had stayed
    page.save()
    assert held(office) == {}
    assert "Peter Walker" in asked.problem.text()


def test_the_box_that_is_refused_is_in_view_with_its_tick(page, qtbot):
    qtbot.keyClicks(page.boxes["volunteers"], "Ring 07700 900123 about it.")
    page.verticalScrollBar().setValue(0)
    page.save()
    asked = page.asked["volunteers"]
    qtbot.wait(20)
    assert asked.box.hasFocus()
    for part in (asked.box, asked.problem, asked.looked):
        top = part.mapTo(page.viewport(), QPoint(0, 0)).y()
        assert top >= 0
        assert top + part.height() <= page.viewport().height(), part.objectName()


def test_tab_brings_the_whole_of_each_box_into_view(page, qtbot):
    for box in page.boxes.values():
        qtbot.waitUntil(box.hasFocus)
        qtbot.wait(5)
        top = box.mapTo(page.viewport(), QPoint(0, 0)).y()
        assert top >= 0
        assert top + box.height() <= page.viewport().height(), box.objectName()
        qtbot.keyClick(box, Qt.Key.Key_Tab)


def test_it_says_what_a_published_edition_keeps(page, office, qtbot):
    assert not page.published.isVisible()
    published.publish(office.store, PERIOD, by="OFFICE", today=office.clock.today())
    qtbot.keyClicks(page.boxes["summary"], "A good quarter.")
    page.save()
    assert page.published.isVisible()
    assert "Edition 1" in page.published.text()
    (standing,) = published.restated(office.store, office.store.connection, office.clock.today())
    assert published.words(standing).endswith("no figure is restated, but its commentary was changed since")
    published.publish(office.store, PERIOD, by="OFFICE", today=office.clock.today())
    assert written_since.words(office.store.connection, PERIOD.name) == ""


def test_what_is_not_saved_is_left_only_when_asked_for_twice(page, qtbot):
    qtbot.keyClicks(page.boxes["issues"], "Not yet")
    with qtbot.assertNotEmitted(page.left):
        page.back.click()
    assert "not saved" in page.made.text()
    with qtbot.waitSignal(page.left):
        page.back.click()


def test_an_emptied_box_takes_the_section_away(page, office):
    commentary.save(office.store, PERIOD.name, "summary", "Once.")
    page._held = held(office)
    page.boxes["summary"].setPlainText("")
    page.save()
    assert held(office) == {}
