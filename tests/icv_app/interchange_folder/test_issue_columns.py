"""What became of an issue travels in a folder: further columns that stand there only where some issue needs them."""

import csv
import io

import pytest

import resources
from icv_app.errors import IcvError
from icv_app.interchange_folder.interchange import ISSUE_OPTIONS, ISSUES
from tests.laptops import founded

OLD = "issue,visit,kind,theme,severity,text,action,response,status,shared_with_staff_on"
TOLD = {
    "raised_by": "visitor", "raised_on": "2025-07-09", "may_be_shared": "yes", "addressed_to": "force",
    "public_summary": "A bell was mended", "sent_to": "custody_inspector", "sent_on": "2025-07-10",
    "due_on": "2025-07-24", "sent_list": "List 2025-07-10 custody inspector 1", "responded_on": "2025-07-20",
    "response_accepted": "yes", "escalated_to": "chief_inspector", "escalated_on": "2025-07-15",
    "escalated_because": "It was the third", "done": "=A new bell", "done_by": "OFFICE1", "evidence": "Note 7",
    "verified_by": "OFFICE2", "verified_on": "2025-07-21", "adequate": "yes", "feedback_on": "2025-07-22",
    "outcome": "resolved", "closed_on": "2025-07-23", "closed_by": "OFFICE1", "reopened_on": "2025-07-18",
    "reopened_because": "It broke again", "repeat_of": "I000",
}  # fmt: skip


@pytest.fixture
def office(tmp_path):
    with founded(tmp_path / "office") as laptop:
        laptop.import_folder(resources.path("example"))
        yield laptop


def header(folder):
    return next(csv.reader(io.StringIO((folder / "issues.csv").read_text(encoding="utf-8"))))


def test_every_option_is_tried_here():
    assert [column.name for column in ISSUE_OPTIONS] == list(TOLD)


def test_where_no_issue_needs_them_a_folder_is_as_it_always_was(office, tmp_path):
    office.export_folder(tmp_path / "out")
    bundled = (resources.path("example") / "issues.csv").read_text(encoding="utf-8")
    assert (tmp_path / "out" / "issues.csv").read_text(encoding="utf-8") == bundled
    assert ",".join(header(tmp_path / "out")) == OLD == ",".join(ISSUES.names)


def test_only_the_columns_that_some_issue_needs_are_appended(office, tmp_path):
    issue = next(office.store.records("issue"))
    office.store.save("issue", issue.key, {**issue.body, "done": "x", "sent_on": "2025-07-10", "source": "issues/1"})
    office.export_folder(tmp_path / "out")
    assert ",".join(header(tmp_path / "out")) == f"{OLD},sent_on,done"


def test_all_of_it_comes_back_the_same_and_the_same_again(office, tmp_path):
    issue = next(office.store.records("issue"))
    office.store.save("issue", issue.key, {**issue.body, **TOLD})
    office.export_folder(tmp_path / "one")
    with founded(tmp_path / "other") as other:
        other.import_folder(tmp_path / "one")
        held = other.store.current("issue", issue.key).body
        assert {name: held.get(name) for name in TOLD} == TOLD
        other.export_folder(tmp_path / "two")
        for path in sorted((tmp_path / "one").iterdir()):
            assert (tmp_path / "two" / path.name).read_bytes() == path.read_bytes(), path.name
        assert not other.import_folder(tmp_path / "two").changed


def test_an_old_folder_takes_nothing_away(office, tmp_path):
    issue = next(office.store.records("issue"))
    office.store.save("issue", issue.key, {**issue.body, **TOLD})
    office.import_folder(resources.path("example"))
    assert office.store.current("issue", issue.key).body["done"] == "=A new bell"


@pytest.mark.parametrize(
    ("column", "cell"),
    [("closed_on", "soon"), ("closed_on", "2099-01-01"), ("adequate", "perhaps"), ("no_such_column", "x")],
)
def test_a_wrong_cell_is_refused_by_file_line_and_column(office, tmp_path, column, cell):
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "issues.csv").write_text(f"issue,{column}\nI001,{cell}\n")
    with pytest.raises(IcvError) as error:
        office.import_folder(tmp_path / "in")
    assert column in error.value.words
    assert "issues.csv" in error.value.words


def test_a_masked_folder_withholds_what_the_words_tell(office, tmp_path):
    issue = next(office.store.records("issue"))
    office.store.save("issue", issue.key, {**issue.body, "done": "Rang 07700 900123", "closed_by": "OFFICE1"})
    office.export_folder(tmp_path / "out", mask=True)
    told = (tmp_path / "out" / "issues.csv").read_text(encoding="utf-8")
    assert "900123" not in told
    assert "OFFICE1" in told
