"""The officer's commentary: what is typed is saved section by section, and what may tell of somebody is pointed out."""

import pytest

from icv_app.periods import parse_period
from icv_app.summaries import commentary
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


def test_words_that_may_tell_of_somebody_are_kept_back_until_they_were_looked_at(page, office, qtbot):
    qtbot.keyClicks(page.boxes["summary"], "A good quarter.")
    qtbot.keyClicks(page.boxes["custody"], "Ring 07700 900123 about it.")
    page.save()
    assert held(office) == {"summary": "A good quarter."}
    assert page.made.text().startswith("Custody visits: ")
    assert page.boxes["custody"].toPlainText() == "Ring 07700 900123 about it."
    page.looked.setChecked(True)
    page.save()
    assert set(held(office)) == {"summary", "custody"}
    assert not page.looked.isVisible()


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
