"""On a visitor's laptop: whatever is made says first of all that these are not the scheme's figures."""

import io
import json
import shutil
from datetime import datetime

import pytest
from openpyxl import load_workbook
from pypdf import PdfReader

from icv_app.clock import LONDON, Clock
from icv_app.errors import InvalidInput
from icv_app.periods import parse_period
from reports import making
from reports.document import Paragraph
from tests.console import carry_out, program
from tests.laptops import PASSPHRASE

Q2 = parse_period("2025-26-Q2")
CAVEAT = "these are not the scheme's figures"


@pytest.fixture
def account(scheme):
    return scheme.three.accounts.of(Q2)


def test_it_is_the_first_block_of_the_document(account):
    assert not account.whole
    first = making.document("summary", account).blocks[0]
    assert isinstance(first, Paragraph)
    assert CAVEAT in first.text


@pytest.mark.parametrize("ending", ["pdf", "docx", "html", "xlsx", "json"])
def test_every_format_that_can_say_so_does(account, ending):
    made = making.make("summary", account, ending)
    if ending == "pdf":
        assert CAVEAT in " ".join(PdfReader(io.BytesIO(made)).pages[0].extract_text().split())
    elif ending == "xlsx":
        _, row = load_workbook(io.BytesIO(made))["Period"].iter_rows(min_row=1, max_row=2, values_only=True)
        assert CAVEAT in row[1]
    elif ending == "json":
        assert json.loads(made)["about"]["whole_scheme"] is False
    elif ending == "html":
        assert CAVEAT in made.decode().replace("&#x27;", "'").replace("&#39;", "'")


def test_no_sentence_says_what_the_scheme_did_not_do(account):
    said = making.make("summary", account, "html").decode()
    for untrue in (
        "Below the target", "The records begin", "There are no records", "No custody records were reviewed",
        "scheduled visits", "Missed", "not made",
    ):  # fmt: skip
        assert untrue not in said.partition("How these figures are counted")[0], untrue
    assert "How these figures are counted" in said
    assert "People in custody" in said  # what the reports say that it may read
    assert not any("records begin" in note for note in account.summary.notes)


@pytest.mark.parametrize("name", ["panel-paper", "icva-return", "quality"])
@pytest.mark.parametrize("ending", ["pdf", "csv"])
def test_a_paper_that_speaks_for_the_scheme_is_the_office_s(account, name, ending):
    with pytest.raises(InvalidInput) as refused:
        making.make(name, account, ending)
    assert refused.value.code == "office_only"


def test_the_name_of_a_table_says_it(scheme, account):
    assert making.file_name("summary", account, "csv").endswith("Figures 2025-26-Q2 draft of part of the reports.csv")
    assert "part of" not in making.file_name("summary", scheme.office.accounts.of(Q2), "csv")


def test_the_office_says_nothing_of_it(scheme):
    account = scheme.office.accounts.of(Q2)
    assert account.whole
    assert CAVEAT not in making.make("summary", account, "html").decode()
    assert json.loads(making.make("summary", account, "json"))["about"]["whole_scheme"] is True


def test_the_command_line_says_it_beside_a_table_and_refuses_papers_and_publishing(scheme, tmp_path, capsys):
    folder = shutil.copytree(scheme.three.profile.folder, tmp_path / "visitor")
    clock = Clock(lambda: datetime(2026, 11, 22, 14, 2, tzinfo=LONDON))

    def run(*argv):
        return carry_out(["--profile", str(folder), *argv], program(clock), {"ICV_PASSPHRASE": PASSPHRASE}, capsys)

    made = run("summary", "2025-26-Q2", "--format", "csv")
    assert made.status == 0
    assert CAVEAT in made.err
    logged = run("summary", "2025-26-Q2", "--document", "panel-paper", "-o", str(tmp_path / "paper.pdf"))
    assert logged.status == 2
    assert not (tmp_path / "paper.pdf").exists()
    refused = run("publish", "2025-26-Q2")
    assert (refused.status, refused.out) == (2, "")
    assert refused.err == "Only the scheme's office can do that. Please ask the office.\n"
