"""Templates of papers: what is wrong with one is said at its place; files; the scheme's own; the command."""

import re
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import Workbook, load_workbook

import resources
from icv_app.errors import InvalidInput
from icv_app.paper_row import COLUMNS, TYPES, Row, from_cells, starting_at
from icv_app.summaries import paper_file, paper_template
from icv_app.summaries.paper_check import MOST_ROWS, check
from icv_app.summaries.paper_name import NAMES, PLACES, REPEATS
from icv_app.summaries.paper_template import TemplateRefused
from reports.papers import paper_word
from tests.icv_app.commands.test_command_line import Run, icv, start  # noqa: F401  (a fixture)
from tests.laptops import founded, give, joined

TITLE = Row(type="title", text="Paper")
FINE = (TITLE, Row(type="paragraph", text="${visits_counted}.", relevant="${visits} > 0"))


def words(*rows):
    """What is wrong with a template that begins with a title, as people are told."""
    return [str(problem) for problem in check((TITLE, *rows))]


# What is wrong --------------------------------------------------------------------------------------------------------


def test_a_template_without_mistakes_has_no_problems():
    assert check(FINE) == ()
    assert (
        words(Row(type="bullet", text="${site}", repeat="suites", relevant="${site_visits} = max(${site_visits})"))
        == []
    )
    assert words(Row(type="note", text="x", relevant="count(${suites}) > 1 and sum(${site_visits}) > 1")) == []
    assert words(Row(type="note", text="x", relevant=" No ")) == []


@pytest.mark.parametrize(
    ("row", "told"),
    [
        (Row(type="paragraph", text="We made ${visitz}."),
         "Row 2, column text: ${visitz}: there is no such name. Did you mean ${visits}?"),
        (Row(type="paragraph", text="${qqqq}"), "Row 2, column text: ${qqqq}: there is no such name."),
        (Row(type="paragraph", text="We made ${visits."),
         "Row 2, column text: ${visits.: the name is never closed: write ${name} with both brackets."),
        (Row(type="paragraph", text="We made ${}."),
         "Row 2, column text: ${}: there is no name between the brackets."),
        (Row(type="paragraph", text="At ${site}."),
         "Row 2, column text: ${site}: stands only in a row whose column repeat says suites."),
        (Row(type="paragraph", text="x", relevant="${visit} > 0"),
         "Row 2, column relevant: ${visit}: there is no such name. Did you mean ${visits}?"),
        (Row(type="paragraph", text="x", relevant="${visits} >"),
         "Row 2, column relevant: the expression ends where a value is expected."),
        (Row(type="paragraph", text="x", relevant="visits > 0"),
         "Row 2, column relevant: visits: a bare name: write ${visits} for what it stands for, 'visits' for a word."),
        (Row(type="paragraph", text="x", relevant="coont(${visits}) > 0"),
         "Row 2, column relevant: coont(): there is no such function. Did you mean count()?"),
        (Row(type="paragraph", text="x", relevant="${records_to} < today()"),
         "Row 2, column relevant: today(): has no meaning in a paper, which follows from its figures."),
        (Row(type="paragraph", text="x", relevant="if(true(), now(), 1)"),
         "Row 2, column relevant: now(): has no meaning in a paper, which follows from its figures."),
        (Row(type="paragraph", text="x", relevant="(${visits}"),
         "Row 2, column relevant: (: `)` is missing before the end."),
        (Row(type="paragraph", text="x", relevant="${site_visits} > 0"),
         "Row 2, column relevant: ${site_visits}: is in the repeat suites: use count, sum, join, ... or "
         "indexed-repeat."),
        (Row(type="heading 3", text="Too deep"),
         "Row 2, column type: “heading 3” skips a level: the heading before it is of level 1."),
        (Row(type="pargraph", text="x"), "Row 2, column type: “pargraph” is no type of row. It is one of: title, "
         "field, heading, heading 3, heading 4, paragraph, numbered, sentence, bullet, note and kpi."),
        (Row(type="", text="x"), "Row 2, column type: The type is missing. It is one of: title, field, heading, "
         "heading 3, heading 4, paragraph, numbered, sentence, bullet, note and kpi."),
        (Row(type="sentence", text="x"),
         "Row 2, column type: A sentence goes on in the paragraph before it, and there is none."),
        (Row(type="paragraph"), "Row 2, column text: The text is missing."),
        (Row(type="kpi", text="x"), "Row 2, column label: The label is missing."),
        (Row(type="note", text="x", label="y"), "Row 2, column label: A row of the type note has no label."),
        (Row(type="note", text="x", commentary="y"),
         "Row 2, column commentary: A row of the type note has no commentary."),
        (Row(type="numbered", text="x", number="5a"),
         "Row 2, column number: The number must be a whole one from 1 to 9999."),
        (Row(type="numbered", text="x", number="0"),
         "Row 2, column number: The number must be a whole one from 1 to 9999."),
        (Row(type="numbered", text="x", number="٣"),
         "Row 2, column number: The number must be a whole one from 1 to 9999."),
        (Row(type="note", text="x", repeat="sites"), "Row 2, column repeat: “sites” is nothing to repeat for. It is "
         "one of: suites, requests, serious_issues, cancellations, sessions, themes, notes and changes."),
        (Row(type="heading", text="x", repeat="suites"), "Row 2, column repeat: A heading stands once."),
        (Row(type="note", text="x" * 4001), "Row 2, column text: This is longer than 4000 characters."),
        (Row(type="title", text="x"), "A paper has one row of the type title. This one has 2."),
    ],
)  # fmt: skip
def test_what_is_wrong_is_said_in_words_with_its_place(row, told):
    assert words(row) == [told]


def test_every_mistake_is_told_at_once_in_the_order_of_the_rows():
    found = check((Row(type="heading 4", text="${a}", relevant="${b}"), Row(type="kpi", text="")))
    assert [(problem.row, problem.column) for problem in found] == [
        (0, ""), (1, "text"), (1, "relevant"), (1, "type"), (2, "text"), (2, "label"),
    ]  # fmt: skip
    assert next(str(problem) for problem in check(())) == "There are no rows."
    assert str(check([TITLE] * (MOST_ROWS + 1))[0]) == f"There are more than {MOST_ROWS} rows."


def test_a_heading_may_go_up_any_number_of_levels_and_down_one():
    levels = [Row(type=each, text="x") for each in ("heading", "heading 3", "heading 4", "heading", "heading 3")]
    assert words(*levels) == []
    assert len(words(levels[0], levels[2])) == 1


@settings(max_examples=200, deadline=None)
@given(text=st.text(st.sampled_from("${}() visits><='\"./-,1andor "), max_size=40) | st.text(max_size=40))
def test_no_text_or_condition_breaks_the_check(text):
    for problem in check((TITLE, Row(type="paragraph", text=text, relevant=text))):
        assert problem.row in (0, 2)
        assert problem.words


def test_names_are_unique_and_none_is_that_of_a_repeat():
    every = [placeholder for name in NAMES for placeholder in name.placeholders]
    assert len(every) == len(set(every)) == len(PLACES)
    assert not set(every) & set(REPEATS)
    assert {name.repeat for name in NAMES} == {"", *REPEATS}


# Files ----------------------------------------------------------------------------------------------------------------

CELLS = st.text(st.characters(exclude_categories=("Cs",)), max_size=30).map(str.strip)
ANY_ROWS = st.lists(
    st.fixed_dictionaries(dict.fromkeys(COLUMNS, CELLS)).map(from_cells).filter(lambda row: bool(row.type)),
    max_size=5,
).map(tuple)


@settings(deadline=None)
@given(rows=ANY_ROWS)
def test_toml_keeps_every_text(rows):
    held = paper_file.read_toml(paper_file.toml("panel_paper", rows), file="x")
    assert (held.name, held.rows) == ("panel_paper", rows)


@pytest.mark.parametrize("name", paper_template.TEMPLATES)
def test_the_shipped_templates_go_to_a_workbook_and_back(name, tmp_path):
    rows = paper_template.shipped(name)
    first = paper_file.write(tmp_path / "a.xlsx", name, rows).read_bytes()
    held = paper_file.read(tmp_path / "a.xlsx")
    assert (held.name, held.rows, held.places[:2]) == (name, rows, (2, 3))
    assert paper_file.write(tmp_path / "b.xlsx", name, rows).read_bytes() == first
    assert paper_file.toml(name, rows) == resources.text(f"papers/{name}.toml")


def test_a_cell_of_a_workbook_is_never_a_formula(tmp_path):
    rows = (TITLE, Row(type="note", text="=1+1"))
    path = paper_file.write(tmp_path / "a.xlsx", "panel_paper", rows)
    cell = load_workbook(path).active["D3"]
    assert (cell.value, cell.data_type) == ("=1+1", "s")
    assert paper_file.read(path).rows == rows


def test_a_workbook_offers_types_and_repeats_and_has_the_names_at_hand(tmp_path):
    book = load_workbook(paper_file.write(tmp_path / "a.xlsx", "panel_paper", (TITLE,)))
    assert book.sheetnames == ["panel_paper", "names"]
    offered = {each.formula1.strip('"') for each in book["panel_paper"].data_validations.dataValidation}
    assert offered == {",".join(TYPES), ",".join(REPEATS)}
    told = [cell.value for cell in book["names"]["A"]][1:]
    assert told[: len(NAMES)] == [f"${{{name.name}}}" for name in NAMES]


def workbook(path, *lines, title="panel_paper"):
    book = Workbook()
    book.active.title = title
    for line in lines:
        book.active.append(line)
    book.save(path)
    return path


def test_a_workbook_is_read_as_a_person_leaves_it(tmp_path):
    lines = (("Text", None, "TYPE ", "number"), ("Paper", None, "title"), (), ("x", None, "numbered", 51.0))
    held = paper_file.read(workbook(tmp_path / "a.xlsx", *lines))
    assert held.rows == (TITLE, Row(type="numbered", text="x", number="51"))
    assert held.places == (2, 4)


@pytest.mark.parametrize(
    ("lines", "told"),
    [
        ([("type", "txt"), ("note", "x")], "a.xlsx, row 1: there is no column “txt”. The columns are: type, label, "
         "number, text, commentary, repeat, relevant."),
        ([("type", "text"), ("note", "=A1")], "a.xlsx, row 2, column text: There is a formula in this cell. Put the "
         "text itself there."),
    ],
)  # fmt: skip
def test_a_workbook_that_cannot_be_a_template_is_refused_with_the_place(tmp_path, lines, told):
    with pytest.raises(InvalidInput) as refused:
        paper_file.read(workbook(tmp_path / "a.xlsx", *lines))
    assert refused.value.words == told


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("name = ", "a.toml is not a whole template: it stops in the middle, or is no TOML file."),
        ("name = 'x'\n[[row]]\ntext = Hello", "a.toml: line 3 is not as a template is written. A row begins with"),
        ("title = 'x'", "a.toml: there is no “title” in a template, only name and row."),
        ("row = 'x'", "a.toml: each row begins with [[row]]."),
        ("[[row]]\ntipe = 'x'", "a.toml, row 1: there is no column “tipe”."),
        ("[[row]]\nnumber = 51", "a.toml, row 1: write number in quotes."),
    ],
)
def test_a_toml_file_that_cannot_be_a_template_is_refused_with_the_place(tmp_path, text, told):
    path = tmp_path / "a.toml"
    path.write_text(text)
    with pytest.raises(InvalidInput) as refused:
        paper_file.read(path)
    assert refused.value.words.startswith(told)


def test_what_is_no_file_at_all_is_refused_in_words(tmp_path):
    (tmp_path / "a.toml").write_bytes(b"\xff\xfe")
    (tmp_path / "a.xlsx").write_bytes(b"PK but no zip")
    (tmp_path / "big.toml").write_bytes(b"#" * 1_000_001)
    for name, code in (("a.toml", "paper_template"), ("a.xlsx", "workbook_refused"), ("none.toml", "no_file"),
                       ("big.toml", "paper_template")):  # fmt: skip
        with pytest.raises(InvalidInput) as refused:
            paper_file.read(tmp_path / name)
        assert refused.value.code == code


# The scheme's own -----------------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def laptops(tmp_path_factory):
    folder = tmp_path_factory.mktemp("papers")
    with founded(folder / "office") as office, joined(office, folder / "ICV01", "ICV01") as visitor:
        yield office, visitor


def test_the_office_has_its_own_and_goes_back_with_the_history_kept(laptops):
    store = laptops[0].store
    shipped = paper_template.shipped("panel_paper")
    assert paper_template.read(store, "panel_paper") == shipped
    paper_template.save(store, "panel_paper", FINE)
    other = (TITLE, Row(type="note", text="Other."))
    paper_template.save(store, "panel_paper", other)
    assert paper_template.read(store, "panel_paper") == other
    assert paper_template.every(store.connection) == {
        "panel_paper": other, "annual_paragraphs": paper_template.shipped("annual_paragraphs"),
    }  # fmt: skip
    assert laptops[0].accounts.of(_quarter()).papers["panel_paper"] == other
    assert paper_template.reset(store, "panel_paper") == shipped
    assert not paper_template.is_own(store, "panel_paper")
    assert [each.rows for each in paper_template.history(store, "panel_paper")][:3] == [None, other, FINE]
    assert paper_template.history(store, "panel_paper")[0].author == "OFFICE"
    paper_template.save(store, "panel_paper", FINE)
    assert paper_template.read(store, "panel_paper") == FINE
    paper_template.reset(store, "panel_paper")


def _quarter():
    from icv_app.periods import parse_period

    return parse_period("2025-26-Q2")


def test_a_template_with_a_mistake_is_not_saved(laptops):
    with pytest.raises(TemplateRefused) as refused:
        paper_template.save(laptops[0].store, "panel_paper", (TITLE, Row(type="note", text="${visitz}")))
    assert refused.value.words.startswith("This template cannot be used. Nothing was saved.\nRow 2, column text: ")
    assert [problem.row for problem in refused.value.problems] == [2]
    assert not paper_template.is_own(laptops[0].store, "panel_paper")
    with pytest.raises(InvalidInput) as unknown:
        paper_template.read(laptops[0].store, "panel")
    assert unknown.value.code == "no_template"


def test_only_the_office_writes_and_reads_a_template(laptops):
    office, visitor = laptops
    with pytest.raises(InvalidInput) as refused:
        paper_template.save(visitor.store, "panel_paper", FINE)
    assert refused.value.code == "office_only"
    paper_template.save(office.store, "panel_paper", FINE)
    give(office, visitor)
    assert visitor.store.current("paper_template", "panel_paper") is None
    paper_template.reset(office.store, "panel_paper")


@pytest.mark.parametrize("rows", ["", "{", "[]", "5", "[5]", '["x"]', "[" * 5000])
def test_a_record_that_holds_no_template_leaves_the_shipped_one(laptops, rows):
    laptops[0].store.save("paper_template", "panel_paper", {"template": "panel_paper", "rows": rows})
    assert paper_template.read(laptops[0].store, "panel_paper") == paper_template.shipped("panel_paper")


def test_numbers_count_from_the_first_numbered_row():
    rows = (TITLE, Row(type="note", text="x"), Row(type="numbered", text="y"))
    assert starting_at(rows, 51)[2].number == "51"
    assert starting_at(rows[:2], 51) == rows[:2]


# The command ----------------------------------------------------------------------------------------------------------


def test_a_template_is_exported_edited_checked_used_and_taken_back(icv: Run, tmp_path: Path):  # noqa: F811
    start(icv, "a")
    assert icv("import", resources.path("example"), "--profile", "a").status == 0

    def run(*argv):
        return icv("paper-templates", *argv, "--profile", "a")

    assert run("list").out.startswith("panel_paper: Police and Crime Panel paper, of the program, ")
    file = tmp_path / "paper.xlsx"
    assert run("export", "panel_paper", file).status == 0
    assert run("export", "panel_paper", file).status == 2  # there already
    book = load_workbook(file)
    cell = next(cell for (cell,) in book.active["D2:D90"] if "locally agreed" in str(cell.value))
    cell.value = cell.value.replace("The PCC has", "The Commissioner ${has}")
    book.save(file)
    for verb in ("check", "import"):
        wrong = run(verb, file)
        assert wrong.status == 2
        assert f"Row {cell.row}, column text: ${{has}}: there is no such name." in wrong.err
    cell.value = cell.value.replace("${has}", "has")
    book.save(file)
    assert "The Commissioner has set a locally agreed target" in run("check", file).out
    assert "of the program" in run("list").out
    done = run("import", file, "--yes")
    assert done.out == "Police and Crime Panel paper: the scheme's own template is in force.\n"
    assert "equating to 30 visits" in done.err  # what it makes is seen before it is used
    assert run("import", file).err == "This is the template in force. Nothing was saved.\n"
    assert run("start", "panel_paper", 51).status == 0
    assert run("start", "panel_paper", 0).status == 2
    told = run("sample", "panel_paper", "--period", "2025-26-Q2").out
    assert "\n51. The Commissioner has set a locally agreed target" in told
    assert [row["own"] for row in run("list", "--json").json] == [True, False]
    assert run("reset", "panel_paper", "--yes").status == 0
    assert "already" in run("reset", "panel_paper").err
    assert len(run("history", "panel_paper", "--json").json) == 3
    assert re.fullmatch(r"(\d+ \w+ \d{4} at \d\d:\d\d, ICV01: .+\n){3}", run("history", "panel_paper").out)
    assert run("history", "annual_paragraphs").err == "The scheme has had no template of its own.\n"
    assert run("export", "panel_paper", tmp_path / "x.doc").status == 2
    assert run("export", "nothing", tmp_path / "x.toml").status == 2


def test_the_names_are_listed_with_what_they_say_in_the_example(icv: Run):  # noqa: F811
    start(icv, "a")
    told = icv("paper-templates", "names", "--profile", "a").out
    assert "${visits}: custody visits completed, by the date of arrival, such as “30”\n" in told
    assert "${site} (in rows repeated for suites): the suite’s name, such as “Beaumont Leys”\n" in told
    assert "A row may be repeated for suites: each custody suite that was open" in told
    rows = icv("paper-templates", "names", "--json", "--profile", "a").json
    assert {row["name"] for row in rows} == {name.name for name in NAMES}


def test_the_page_on_papers_tells_every_name_type_column_and_repeat():
    page = (Path(__file__).parents[3] / "docs" / "panel-paper.md").read_text(encoding="utf-8")
    example = paper_word.example()
    for name in NAMES:
        row = f"| `{name.name}`{' (a count)' if name.kind == 'count' else ''} | {name.meaning}"
        row += f" (repeat `{name.repeat}`)" if name.repeat else ""
        assert f"{row} | {example.word(name.name, '0').said} |\n" in page, name.name
    told = {row.split(" | ")[0].strip("| ") for row in page.splitlines() if row.startswith("| `")}
    codes = {code for cell in told for code in cell.replace("`", "").replace(" (a count)", "").split(", ")}
    assert codes == {name.name for name in NAMES} | set(COLUMNS) | set(TYPES) | set(REPEATS)
