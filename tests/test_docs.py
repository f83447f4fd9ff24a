"""What the pages say, held against the program."""

import argparse
import re
from pathlib import Path

import pytest

from forms.expression import NAMES
from forms.outline import REFERENCE_COLUMNS
from forms.sheet import BIND, SURVEY_COLUMNS
from icv_app.commands.command_line import parser
from icv_app.interchange_folder import interchange
from tests.icv_app.small_scheme import small_scheme

ROOT = Path(__file__).resolve().parent.parent
DECISIONS = sorted((ROOT / "docs/decisions").glob("[0-9]*.md"))
PAGES = [ROOT / "README.md", ROOT / "resources/example/README.md", *sorted((ROOT / "docs").rglob("*.md"))]
CODE = "\n".join(
    path.read_text(encoding="utf-8")
    for package in ("icv_app", "forms", "reports", "ui")
    for path in sorted((ROOT / package).rglob("*.py"))
)

each_page = pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
each_decision = pytest.mark.parametrize("decision", DECISIONS, ids=lambda path: path.stem)


def _text(name):
    return (ROOT / name).read_text(encoding="utf-8")


def _section(text, heading):
    return re.split(r"^#+ ", text.partition(f"# {heading}\n")[2], maxsplit=1, flags=re.MULTILINE)[0]


def _rows(text):
    """The cells of every row of the tables in `text`, their headings left out."""
    rows = []
    for line, following in zip(text.splitlines(), [*text.splitlines()[1:], ""], strict=True):
        if line.startswith("|") and not line.startswith("|--") and not following.startswith("|--"):
            rows.append([cell.strip() for cell in re.split(r"(?<!\\)\|", line)[1:-1]])
    return rows


def _codes(text):
    return re.findall(r"`([^`]+)`", text)


def _verbs(command):
    """Return the commands below a command, such as `forms list`, by name."""
    found = [action for action in command._actions if isinstance(action, argparse._SubParsersAction)]
    return found[0].choices if found else {}


def _commands():
    return _verbs(parser())


def _every_command():
    return [each for command in _commands().values() for each in (command, *_verbs(command).values())]


def _options(command):
    return {option for action in command._actions for option in action.option_strings}


@each_page
def test_every_command_on_a_page_exists_with_its_options(page):
    commands = _commands()
    for name, rest in re.findall(r"icv-app ([a-z][a-z-]*)([^`\n]*)", page.read_text(encoding="utf-8")):
        if f"icv-app {name}" in ("icv-app alone", "icv-app opens"):
            continue
        assert name in commands, f"icv-app {name}"
        command = commands[name]
        if verbs := _verbs(command):
            verb = (rest.split() or [""])[0]
            assert verb in verbs, f"icv-app {name}{rest}"
            command = verbs[verb]
        assert set(re.findall(r"(?<!\S)--?[a-z][a-z-]*", rest)) <= _options(command), f"icv-app {name}{rest}"


def test_every_command_has_its_line_on_the_page_of_the_command_line():
    shown = [re.match(r"`icv-app ([a-z-]+)", row[0]) for row in _rows(_text("docs/command-line.md"))]
    assert {found[1] for found in shown if found} == set(_commands())


def test_every_option_of_a_command_is_told():
    told = set(re.findall(r"(?<![\w-])--?[a-z][a-z-]*", _text("docs/command-line.md")))
    assert {"-h", "--version"} | told >= {option for each in _every_command() for option in _options(each)} - {
        "--output"  # the long form of -o
    }


@each_page
def test_every_link_within_the_repository_leads_somewhere(page):
    links = re.findall(r"\]\(([^)\s]+)\)", page.read_text(encoding="utf-8"))
    broken = [link for link in links if "://" not in link and not (page.parent / link.partition("#")[0]).exists()]
    assert broken == []


@each_page
def test_every_file_that_a_page_names_is_there(page):
    named = re.findall(r"`((?:docs|forms|icv_app|reports|resources|tests|ui|\.ci)/[\w./*-]*)`", page.read_text("utf-8"))
    assert [name for name in named if not list(ROOT.glob(name.rstrip("/")))] == []


def test_no_two_decisions_share_a_number():
    numbers = [path.name[:4] for path in DECISIONS]
    assert len(numbers) == len(set(numbers))


@each_decision
def test_a_decision_has_its_number_its_four_parts_and_a_line_in_the_index(decision):
    text = decision.read_text(encoding="utf-8")
    heading = text.splitlines()[0]
    assert heading.startswith(f"# {int(decision.name[:4])}. ")
    assert re.findall(r"^\*\*(.*?)\.\*\*", text, re.MULTILINE) == [
        "Context",
        "Decision",
        "Turned down",
        "Consequences",
    ]
    assert f"- [{heading[2:]}]({decision.name})" in _text("docs/decisions/README.md").splitlines()


def test_the_glossary_gives_each_term_once_in_order():
    terms = [row[0].casefold() for row in _rows(_section(_text("docs/architecture.md"), "Glossary"))]
    assert len(terms) > 30
    assert terms == sorted(set(terms))


def test_the_page_on_forms_lists_every_function_column_and_reference_list():
    page = _text("docs/forms.md")
    lists = {row[0]: row[1] for row in _rows(_section(page, "Types")) if ".csv" in row[0]}
    assert {
        name.strip("`").removesuffix(".csv"): set(_codes(re.sub(r"\(.*?\)", "", of))) for name, of in lists.items()
    } == {name: set(columns) for name, columns in REFERENCE_COLUMNS.items()}
    expressions = _section(page, "Expressions")
    assert set(_codes(expressions.partition("\nAnything else")[0])) >= NAMES
    assert tuple(_codes(_section(page, "Columns").partition(" (`multiline`")[0])) == SURVEY_COLUMNS
    own = [_codes(row[0])[0] for row in _rows(_section(page, "Columns of our own"))]
    assert [name for name in own if not name.startswith(BIND)] == []


def test_the_page_on_the_interchange_folder_shows_its_files_columns_and_keys():
    rows = [row for row in _rows(_text("docs/interchange.md")) if row[0].endswith(".csv`")]
    assert [(_codes(row[0])[0], row[1], row[2]) for row in rows] == [
        (
            table.file,
            ", ".join([f"**{column.name}**" if column.needed else column.name for column in table.columns])
            + (", …" if table.open else ""),
            ", ".join(table.key),
        )
        for table in interchange.TABLES
    ]


def test_the_page_on_the_interchange_folder_shows_the_codes_that_a_cell_may_hold():
    told = {code for row in _rows(_text("docs/interchange.md")) for code in _codes(row[-1])}
    columns = {
        (table.kind, column.name): set(column.allowed)
        for table in interchange.TABLES
        for column in table.columns
        if column.kind == "code" and column.name not in ("delay_reason", "serious_issue")
    }
    assert {place: codes - told for place, codes in columns.items() if codes - told} == {}


def test_the_page_on_figures_names_every_figure():
    page = _text("docs/figures.md")
    told = set(_codes(page)) | {f"detainees{end}" for end in _codes(page) if end.startswith("_")}
    with small_scheme() as scheme:
        made = {figure.figure for figure in scheme.summary("2025-26-Q2").figures}
    assert made - told == set()


def test_the_codes_on_the_page_of_the_exchange_are_raised_somewhere():
    codes = [code for row in _rows(_section(_text("docs/sync.md"), "Whose fault it is")) for code in _codes(row[0])]
    assert len(codes) > 5
    assert [code for code in codes if f'"{code}"' not in CODE] == []


def test_the_environment_variables_on_the_page_of_tests_are_read_by_a_test():
    named = set(re.findall(r"ICV_[A-Z0-9_]+", _text("docs/testing.md")))
    read = "\n".join(path.read_text(encoding="utf-8") for path in (ROOT / "tests").rglob("*.py"))
    assert named
    assert all(f'"{name}"' in read for name in named)
