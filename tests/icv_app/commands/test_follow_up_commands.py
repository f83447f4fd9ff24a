"""Follow-up from the command line: the list, one issue and its steps, and the list for the police."""

import pytest
from docx import Document

from icv_app.commands.follow_up_commands import COMMANDS
from icv_app.commands.office_grammar import add
from icv_app.issues.issue_list import VIEWS
from tests.icv_app.commands.test_command_line import Run, icv, start  # noqa: F401  (a fixture)

ISSUES = """issue,visit,kind,theme,severity,text,status,raised_on
I1,,issue,hygiene,minor,No towels,open,2026-11-02
I2,,issue,hygiene,serious,No water,with_police,2026-11-02
I3,,positive_comment,other,praise,A patient sergeant,open,2026-11-03
"""


@pytest.fixture
def office(icv: Run, tmp_path):  # noqa: F811
    start(icv, "a")
    folder = tmp_path / "in"
    folder.mkdir()
    (folder / "issues.csv").write_text(ISSUES)
    assert icv("import", "in", "--profile", "a").status == 0

    def go(*argv):
        return icv(*argv, "--profile", "a")

    return go


def test_the_list_is_told_in_words_and_as_a_document(office):
    done = office("issues")
    assert done.status == 0
    assert "I1  Hygiene; Open, not sent; 20 days" in done.out
    assert "I2  Serious: hygiene; With the police" in done.out
    assert [row["issue"] for row in office("issues", "--json").json] == ["I2", "I1"]
    assert [row["issue"] for row in office("issues", "--view", "praise", "--json").json] == ["I3"]
    assert office("issues", "--overdue").err == "There is no such issue.\n"


def test_an_issue_is_taken_to_its_end(office):
    assert (
        "now stands: With the police" in office("issue", "I1", "--sent", "custody_inspector", "--on", "2026-11-03").out
    )
    assert [row["issue"] for row in office("issues", "--overdue", "--json").json] == ["I1"]
    done = office("issue", "I1", "--close", "resolved", "--done", "Towels", "--told", "2026-11-20")
    assert (done.status, done.err) == (2, "The police have not answered yet. First enter their answer.\n")
    assert office("issue", "I1", "--response", "Ordered", "--on", "2026-11-10").status == 0
    assert office("issue", "I1", "--close", "resolved", "--done", "Towels", "--told", "2026-11-20").status == 0
    shown = office("issue", "I1")
    for words in ("Stands: Closed", "Sent to the custody inspector on 3 November 2026", "Towels", "Put right"):
        assert words in shown.out
    told = office("issue", "I1", "--json").json
    assert (told["status"], told["body"]["outcome"], told["missing"]) == ("closed", "resolved", [])
    assert office("issue", "I1", "--reopen", "--why", "None again").status == 0


@pytest.mark.parametrize(
    "given",
    [
        ("--done", "x", "--reopen", "--why", "y"), ("--on", "2026-11-03"), ("--sent", "nobody"), ("--told", "soon"),
        ("--sent", "estates", "--due", "2020-01-01"), ("--verify", "yes"), ("--done", "Rang 07700 900123"),
    ],
)  # fmt: skip
def test_a_wrong_step_is_told_and_writes_nothing(office, given):
    before = office("show", "I2", "--json").json["body"]
    done = office("issue", "I2", *given)
    assert done.status == 2
    assert done.err
    assert office("show", "I2", "--json").json["body"] == before


def test_a_list_is_written_as_word_or_pdf_and_marked(office, tmp_path):
    assert office("send", "", "list.txt").status == 2
    done = office("send", "", "list.docx", "--json")
    assert done.status == 0, done.err
    assert (done.json["issues"], done.json["to"], done.json["due_on"]) == (
        ["I1", "I3"],
        "custody_inspector",
        "2026-12-04",
    )
    assert any("No towels" in each.text for each in Document(tmp_path / "list.docx").paragraphs)
    assert office("send", "", "list.pdf").err == "Nothing waits to be sent from there.\n"
    assert not (tmp_path / "list.pdf").exists()
    assert office("issue", "I3", "--shared", "2026-11-21").status == 0
    audit = office("audit", "--action", "exported", "--json").json["entries"]
    assert [entry["detail"]["to"] for entry in audit] == ["docx"]


def test_a_list_that_cannot_be_written_marks_nothing(office, tmp_path):
    assert office("send", "", "gone/list.pdf").status == 3
    (tmp_path / "list.pdf").write_bytes(b"mine")
    assert office("send", "", "list.pdf").status == 2
    assert (tmp_path / "list.pdf").read_bytes() == b"mine"
    assert office("show", "I1", "--json").json["body"]["status"] == "open"
    assert office("send", "", "list.pdf", "--yes").status == 0


def test_the_grammar_has_every_view_and_every_command():
    import argparse

    made = {}

    def verb(name, words):
        made[name] = argparse.ArgumentParser(prog=name)
        return made[name]

    add(verb)
    assert COMMANDS.keys() <= made.keys()
    (view,) = [each for each in made["issues"]._actions if each.dest == "view"]
    assert tuple(view.choices) == tuple(VIEWS)
