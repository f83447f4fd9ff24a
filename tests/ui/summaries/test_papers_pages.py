"""The templates of papers in the window: their words are changed, checked, seen as a sample, and given back."""

import pytest
from PySide6.QtCore import Qt

import resources
from icv_app.paper_row import Row
from icv_app.summaries import paper_file, paper_template
from tests.laptops import founded
from ui.summaries.paper_page import PaperPage
from ui.widgets import messages
from ui.widgets.text import Body


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


def test_a_sample_of_the_annual_paragraphs_is_of_a_financial_year(page):
    page.show_sample()
    words = " ".join(label.text() for label in page.view.findChildren(Body))
    assert page.view.isVisible()
    assert "${" not in words
    assert "2025 to 2026" in words or "March 2026" in words, "the example begins in it"


def test_a_sample_of_a_broken_template_says_that_there_is_none(page):
    page.card.text.box.setPlainText("Visitors made ${visist} visits.")
    page.show_sample()
    assert page.made.text().startswith("No sample can be made yet.")
    assert not page.view.isVisible()


def test_every_name_is_explained_and_put_into_the_words_where_the_cursor_stands(page, qtbot):
    page.choose(next(place for place, row in enumerate(page.rows()) if row.type == "paragraph"))
    box = page.card.text.box
    box.setPlainText("Visitors made  visits.")
    cursor = box.textCursor()
    cursor.setPosition(len("Visitors made "))
    box.setTextCursor(cursor)
    page.show_names()
    names = page.names.list
    assert names.hasFocus()
    (at,) = (row for row in range(names.count()) if names.item(row).text().startswith("${visits}: "))
    names.setCurrentRow(at)
    qtbot.keyClick(names, Qt.Key.Key_Return)
    assert box.toPlainText() == "Visitors made ${visits} visits."
    assert box.hasFocus()


def test_a_row_that_was_taken_out_comes_back_by_undo(page, qtbot):
    before = page.rows()
    page.choose(2)
    page.card.out_wanted.emit()
    assert page.rows() == (*before[:2], *before[3:])
    assert page.notice.words.text() == "Row 3 is taken out."
    assert page.notice.button.hasFocus()
    qtbot.waitUntil(lambda: not page.notice.button.visibleRegion().isEmpty())
    page.notice.button.click()
    assert page.rows() == before
    assert page.list.currentRow() == 2


def test_moving_a_row_says_where_it_is_now(page, spoken):
    page.choose(2)
    page.card.up_wanted.emit()
    assert spoken[-1] == f"Row 2 of {len(page.rows())}"
    for _ in range(2):
        page.card.up_wanted.emit()
        assert spoken[-1] == f"Row 1 of {len(page.rows())}"


def test_another_papers_template_is_taken_only_after_asking(page, office, tmp_path, monkeypatch):
    path = tmp_path / "panel.xlsx"
    paper_file.write(path, "panel_paper", paper_template.shipped("panel_paper"))
    monkeypatch.setattr(messages, "choose_file", lambda *_: str(path))
    before, asked = page.rows(), []
    monkeypatch.setattr(messages, "ask", lambda _page, question, **_: bool(asked.append(question)))
    page._import()
    assert page.rows() == before
    assert "“Police and Crime Panel paper”" in asked[0]
    assert "“Paragraphs of the annual report”" in asked[0]
    monkeypatch.setattr(messages, "ask", lambda *_, **__: True)
    page._import()
    assert page.rows() == paper_template.shipped("panel_paper")


def test_changed_rows_are_replaced_by_a_file_only_after_asking(page, tmp_path, monkeypatch):
    path = tmp_path / "annual.toml"
    paper_file.write(path, "annual_paragraphs", page.rows())
    page.begin()
    page.card.text.box.setPlainText("Ours")
    monkeypatch.setattr(messages, "choose_file", lambda *_: str(path))
    monkeypatch.setattr(messages, "ask", lambda *_, **__: False)
    page._import()
    assert page.rows()[0].text == "Ours"
    monkeypatch.setattr(messages, "ask", lambda *_, **__: True)
    page._import()
    assert page.rows()[0].text != "Ours"


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
