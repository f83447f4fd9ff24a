"""The grammar: any text is read, or refused in words; nothing else comes out."""

from hypothesis import given, settings
from hypothesis import strategies as st

from forms import reader
from forms.expression import NAMES
from forms.grammar import Call, Chain, Column, Negation, Number, Path, Reference, Text, parse
from forms.refusal import ConstructRefused, FormRefused

WORDS = st.sampled_from(
    [
        "1", "2.5", ".5", "'text'", '"x"', "${a}", "${zzz}", "${nick}", "${people}", "${box}", "'${a}'", ".", "..",
        "../a", "+", "-", "*", "div", "mod", "and", "or", "=", "!=", "<", "<=", ">", ">=", "(", ")", "(", ")", ",", "/",
        "//", "[", "]", "@", "|", "::", "name", "jr:x", "&", "'", "today()", "position(..)",
        *(f"{name}(" for name in sorted(NAMES)),
    ]
)  # fmt: skip
COLUMNS = st.sampled_from(["relevant", "required", "readonly", "constraint", "default", "calculation", "label", "hint"])
SOURCES = st.one_of(st.lists(WORDS, max_size=12).map(" ".join), st.lists(WORDS, max_size=12).map("".join), st.text())


def test_a_tree_shows_what_binds_tighter():
    assert parse("1 + 2 * -${a} = . or f(../../b/c, 'x')") == Chain(
        Chain(
            Chain(Number(1.0), (("+", Chain(Number(2.0), (("*", Negation(1, Reference("a"))),))),)),
            (("=", Path(0, ())),),
        ),
        (("or", Call("f", (Path(2, ("b", "c")), Text("x")))),),
    )


def test_a_word_that_is_an_operator_elsewhere_can_name_a_column():
    assert parse("div div mod") == Chain(Column("div"), (("div", Column("mod")),))


@settings(max_examples=400, deadline=None)
@given(SOURCES)
def test_any_text_is_parsed_or_refused(source):
    try:
        outcome = str(parse(source))
    except ConstructRefused as refused:
        outcome = refused.reason
    assert outcome


@settings(max_examples=250, deadline=None)
@given(SOURCES, COLUMNS, st.sampled_from(["text", "integer", "date", "select_one animal", "group", "repeat", "note"]))
def test_any_form_is_loaded_or_refused(source, column, kind):
    row = {"type": kind, "name": "q", column: source}
    if kind in {"group", "repeat"}:
        rows = [{**row, "type": f"begin_{kind}"}, {"type": "text", "name": "within"}, {"type": f"end_{kind}"}]
    else:
        rows = [row]
    survey = [
        {"type": "text", "name": "a"},
        *rows,
        {"type": "begin_repeat", "name": "people"},
        {"type": "text", "name": "nick"},
        {"type": "end_repeat"},
        {"type": "begin_group", "name": "box"},
        {"type": "note", "name": "remark"},
        {"type": "end_group"},
    ]
    choices = [{"list_name": "animal", "name": "cat", "label": "Cat"}]
    try:
        reader.from_sheets(survey=survey, choices=choices, settings={}, name="any")
        where = (2, column)
    except FormRefused as refused:
        where = (refused.row, refused.column)
    assert where == (2, column)


@settings(max_examples=150, deadline=None)
@given(st.text(max_size=200))
def test_any_file_is_read_or_refused(text):
    try:
        outcome = reader.read(text, name="any").name
    except FormRefused as refused:
        outcome = refused.reason
    assert outcome
