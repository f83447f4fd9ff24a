"""The templates of papers in the window: their words are changed, checked, seen as a sample, and given back."""

import pytest

import resources
from icv_app.paper_row import Row
from icv_app.summaries import paper_template
from tests.laptops import founded
from ui.summaries.paper_page import PaperPage
from ui.widgets import messages


@pytest.fixture(scope="module")
def office(tmp_path_factory):
    with founded(tmp_path_factory.mktemp("office")) as laptop:
        laptop.import_folder(resources.path("example"))
        yield laptop


@pytest.fixture
def page(office, qtbot):
    paper_template.reset(office.store, "annual_paragraphs")
    made = PaperPage(office, "annual_paragraphs")
    qtbot.addWidget(made)
    made.resize(1100, 800)
    made.show()
    return made


def test_the_boxes_hold_the_template_as_it_is(page):
    assert page.rows() == paper_template.shipped("annual_paragraphs")


def test_changed_words_are_saved_as_the_schemes_own(page, office, qtbot):
    at = next(place for place, row in enumerate(page.rows()) if row.type == "paragraph")
    page.choose(at)
    page.card.text.box.setPlainText("In ${period}, visitors made ${visits_counted}.")
    with qtbot.waitSignal(page.saved) as said:
        page.save()
    assert said.args == ["The template is saved on this laptop."]
    assert paper_template.read(office.store, "annual_paragraphs")[at].text == (
        "In ${period}, visitors made ${visits_counted}."
    )


def test_what_is_wrong_is_said_with_its_row_and_nothing_is_saved(page, office, qtbot):
    at = next(place for place, row in enumerate(page.rows()) if row.type == "paragraph")
    page.choose(at)
    page.card.text.box.setPlainText("Visitors made ${visist} visits.")
    page.choose(0)
    with qtbot.assertNotEmitted(page.saved):
        page.save()
    assert page.problems.isVisible()
    assert f"Row {at + 1}, “Words”: " in page.problems.text(), "the box as it is called here"
    assert "visits" in page.problems.text(), "the nearest name is offered"
    assert page.list.currentRow() == at
    assert page.card.text.box.hasFocus()
    assert not paper_template.is_own(office.store, "annual_paragraphs")


def test_rows_are_added_moved_and_taken_out(page):
    before = page.rows()
    page.choose(1)
    page.card.below_wanted.emit()
    page.card.text.box.setPlainText("New.")
    assert page.rows() == (*before[:2], Row(type="paragraph", text="New."), *before[2:])
    assert page.list.item(2).text() == "3. A paragraph: New."
    page.card.up_wanted.emit()
    assert page.rows()[1].text == "New."
    page.card.out_wanted.emit()
    assert page.rows() == before
    page.choose(0)
    page.card.up_wanted.emit()
    assert page.rows() == before


def test_walking_through_the_rows_changes_nothing(page):
    before = page.rows()
    for at in range(len(before)):
        page.choose(at)
    assert page.rows() == before


def test_a_sample_shows_the_paper_of_the_latest_quarter(page):
    page.show_sample()
    words = " ".join(label.text() for label in page.view.findChildren(type(page.names)))
    assert page.view.isVisible()
    assert "${" not in words
    assert "2025" in words


def test_every_name_is_explained(page):
    page.show_names()
    assert "${visits}: " in page.names.text()


def test_a_template_goes_out_to_a_file_and_comes_in_again(page, tmp_path, monkeypatch):
    path = tmp_path / "annual.xlsx"
    monkeypatch.setattr(messages, "choose_new_file", lambda *_: str(path))
    monkeypatch.setattr(messages, "choose_file", lambda *_: str(path))
    before = page.rows()
    page._export()
    page.card.out_wanted.emit()
    assert page.rows() != before
    page._import()
    assert page.rows() == before


def test_going_back_to_the_programs_own_is_asked_first(page, office, qtbot, monkeypatch):
    page.card.text.box.setPlainText("Our title")
    page.save()
    assert paper_template.is_own(office.store, "annual_paragraphs")
    monkeypatch.setattr(messages, "ask", lambda *_, **__: False)
    page._reset()
    assert paper_template.is_own(office.store, "annual_paragraphs")
    monkeypatch.setattr(messages, "ask", lambda *_, **__: True)
    page._reset()
    assert not paper_template.is_own(office.store, "annual_paragraphs")
