"""Where a new file goes: its name gets the ending of its kind, and none is written over without a question."""

import pytest
from PySide6.QtWidgets import QFileDialog, QWidget

from ui.summaries import document_choice
from ui.widgets import messages

TEMPLATES = "Workbook (*.xlsx);;Text (*.toml)"


@pytest.fixture
def parent(qtbot):
    made = QWidget()
    qtbot.addWidget(made)
    return made


@pytest.mark.parametrize(
    ("typed", "kinds", "kind", "named"),
    [
        ("typedname", "PDF (*.pdf)", "PDF (*.pdf)", "typedname.pdf"),
        ("wrong.docx", "PDF (*.pdf)", "", "wrong.docx.pdf"),
        ("Paper.PDF", "PDF (*.pdf)", "PDF (*.pdf)", "Paper.PDF"),
        ("summary 2025.26", "PDF (*.pdf)", "PDF (*.pdf)", "summary 2025.26.pdf"),
        ("ends in a dot.", "PDF (*.pdf)", "", "ends in a dot.pdf"),
        ("rows.toml", TEMPLATES, "Workbook (*.xlsx)", "rows.toml"),
        ("rows", TEMPLATES, "Text (*.toml)", "rows.toml"),
        ("rows", TEMPLATES, "", "rows.xlsx"),
        ("", "PDF (*.pdf)", "", ""),
        ("anything", "All files (*)", "", "anything"),
    ],
)
def test_a_name_without_an_ending_of_its_kind_gets_it(typed, kinds, kind, named):
    assert messages.with_ending(typed, kinds, kind) == named


@pytest.mark.parametrize(("ending", "kind"), document_choice.KINDS.items())
def test_every_format_of_a_document_has_its_ending_added(ending, kind):
    assert messages.with_ending("paper", kind) == f"paper.{ending}"


def test_a_file_of_the_name_so_made_is_asked_about_and_another_name_can_be_given(parent, tmp_path, monkeypatch):
    (tmp_path / "there.pdf").write_text("an older paper")
    typed = iter([str(tmp_path / "there"), str(tmp_path / "new")])
    begun, asked = [], []

    def dialog(_parent, _title, first, kinds):  # the system's own
        begun.append(first)
        return next(typed), kinds

    monkeypatch.setattr(QFileDialog, "getSaveFileName", dialog)
    monkeypatch.setattr(messages, "ask", lambda _parent, question, **_: asked.append(question))
    assert messages.choose_new_file(parent, "Make it", "paper.pdf", "PDF (*.pdf)") == str(tmp_path / "new.pdf")
    assert asked == ["there.pdf is there already. Write over it?"]
    assert begun[1] == str(tmp_path / "there.pdf")


def test_what_is_typed_whole_was_asked_about_by_the_dialog_itself(parent, tmp_path, monkeypatch):
    there = tmp_path / "there.pdf"
    there.write_text("an older paper")
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(there), "PDF (*.pdf)"))
    monkeypatch.setattr(messages, "ask", lambda *_, **__: pytest.fail("asked twice"))
    assert messages.choose_new_file(parent, "Make it", "paper.pdf", "PDF (*.pdf)") == str(there)


def test_whoever_gives_the_dialog_up_gives_no_name(parent, monkeypatch):
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: ("", ""))
    assert messages.choose_new_file(parent, "Make it", "paper.pdf", "PDF (*.pdf)") == ""
