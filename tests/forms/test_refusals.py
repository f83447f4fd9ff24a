"""A form that cannot work is refused when it is loaded, by sheet, row, column and construct, in plain words."""

import pytest

from forms.reader import FormRefused, read
from forms.refusal import ConstructRefused

A, B = {"type": "integer", "name": "a"}, {"type": "integer", "name": "b"}
PEOPLE = [{"type": "begin_repeat", "name": "people"}, {"type": "text", "name": "nick"}, {"type": "end_repeat"}]


def calculation(source):
    return {"type": "calculate", "name": "out", "calculation": source}


EXPRESSIONS = [
    ("unknown-function", "nosuch(${a})", "nosuch()", "is not a function"),
    ("unknown-namespaced-function", "jr:itext('x')", "jr:itext()", "is not a function"),
    ("too-few", "substr('a')", "substr()", "takes 2 to 3 arguments, not 1"),
    ("too-many", "today(1)", "today()", "takes 0 arguments, not 1"),
    ("too-many-of-one", "string(1, 2)", "string()", "takes 1 argument, not 2"),
    ("too-few-of-any", "concat()", "concat()", "takes at least 1 arguments, not 0"),
    ("unknown-name", "${zzz} + 1", "${zzz}", "no question, group or repeat"),
    ("empty-reference", "${ }", "${}", "no question"),
    ("predicate", "${a}[1]", "${a}[", "predicate"),
    ("path-after-reference", "${people}/nick", "${people}/", "path or predicate after"),
    ("axis", "child::a", "child::", "axes"),
    ("parent-axis", "../parent::a", "../parent", "further `..`"),
    ("attribute", "@a", "@", "attributes"),
    ("absolute-path", "/data/a", "/", "absolute paths"),
    ("anywhere-path", "//a", "//", "`//` is not supported"),
    ("bare-path", "data/a", "data/", "bare names"),
    ("bare-predicate", "a[1]", "a[", "predicate"),
    ("union", "${a} | ${a}", "|", "union"),
    ("wildcard", "*", "*", "wildcard"),
    ("bare-name", "a + 1", "a", "write ${a} for a question"),
    ("name-with-a-colon", "jr:a", "jr:a", "can only be a function"),
    ("dot-path", "./a", "./", "stands alone"),
    ("path-with-a-function", "../count(1)", "../count", "further `..`"),
    ("path-out-of-the-form", "../../../a", "../../../a", "leads out of the form"),
    ("path-to-nothing", "../zzz", "../zzz", "there is no zzz at the top of the form"),
    ("path-into-nothing", "../box/zzz", "../box/zzz", "there is no zzz in box"),
    ("path-after-names", "../box/..", "../box/..", "further `..`"),
    ("whole-form", "position(..)", "..", "the whole form has no value"),
    ("value-of-a-group", "${box}", "${box}", "is a group"),
    ("value-of-a-note", "${remark}", "${remark}", "is a note"),
    ("value-of-a-repeat", "string(${people})", "${people}", "is a repeat"),
    ("count-of-a-group", "count(${box})", "${box}", "is a group"),
    ("many-answers", "${nick} = 'x'", "${nick}", "is in the repeat people: use count"),
    ("many-answers-through-a-path", "../people/nick", "../people/nick", "is in the repeat people"),
    ("count-of-no-reference", "count(1)", "", "a ${name} is expected"),
    ("count-non-empty-of-no-reference", "count-non-empty('x')", "", "a ${name} is expected"),
    ("position-of-a-name", "position(${a})", "position()", "takes `..`"),
    ("position-of-self", "position(.)", "position()", "takes `..`"),
    ("position-of-a-path", "position(../a)", "position()", "takes `..`"),
    (
        "indexed-repeat-of-no-repeat",
        "indexed-repeat(${nick}, ${a}, 1)",
        "indexed-repeat()",
        "not a question in the repeat",
    ),
    ("indexed-repeat-of-another", "indexed-repeat(${a}, ${people}, 1)", "indexed-repeat()", "${a} is not a question"),
    ("choice-name-without-quotes", "jr:choice-name('x', ${a})", "jr:choice-name()", "in quotes"),
    ("choice-name-of-no-select", "jr:choice-name('x', '${a}')", "${a}", "has no choices"),
    ("choice-name-of-nothing", "jr:choice-name('x', '${zzz}')", "${zzz}", "no question"),
    ("pulldata-of-no-list", "pulldata('prices', 'value', 'name', 'x')", "'prices'", "none of the scheme's lists sites"),
    (
        "pulldata-of-no-column",
        "pulldata('scheme', 'kind', 'name', 'x')",
        "'kind'",
        "the list scheme has no such column",
    ),
    (
        "pulldata-by-no-column",
        "pulldata('sites', 'kind', 'value', 'x')",
        "'value'",
        "the list sites has no such column",
    ),
    ("pulldata-of-a-worked-out-list", "pulldata(${a}, 'value', 'name', 'x')", "pulldata()", "in quotes"),
    ("pulldata-without-a-key", "pulldata('scheme', 'value', 'name')", "pulldata()", "takes 4 arguments, not 3"),
    ("reference-in-quotes", "concat('${a}', 'x')", "'${a}'", "only for jr:choice-name"),
    ("reference-within-quotes", "'about ${a}'", "'about ${a}'", "use concat"),
    ("broken-regex", "regex(${a}, '[0-9')", "'[0-9'", "not a regular expression"),
    ("unknown-date-format", "format-date(${a}, '%Y %Q')", "%Q", "is not a part of a date"),
    ("percent-at-the-end", "format-date-time(${a}, '%Y %')", "%", "is not a part of a date"),
    ("open-parenthesis", "(1 + 2", "(", "`)` is missing before the end"),
    ("open-call", "string(1", "string(", "`)` is missing before the end"),
    ("two-values", "1 2", "2", "an operator is missing"),
    ("two-texts", "1 'b'", "'b'", "an operator is missing"),
    ("text-after-reference", "${a} ${a}", "${a}", "an operator is missing"),
    ("wrong-parenthesis", "string(1 ${a})", "string(", "missing before ${a}"),
    ("nothing-after-operator", "1 +", "", "ends where a value is expected"),
    ("value-expected", "1 + )", ")", "a value is expected here"),
    ("open-quotation", "concat('a", "'a", "never closed"),
    ("stray-letter", "1 & 2", "& 2", "cannot be read"),
    ("too-deep", "(" * 60 + "1" + ")" * 60, "(", "more than 40"),
    ("too-deep-calls", "string(" * 60 + "1" + ")" * 60, "string", "more than 40"),
]


@pytest.mark.parametrize(
    ("source", "construct", "words"), [case[1:] for case in EXPRESSIONS], ids=[case[0] for case in EXPRESSIONS]
)
def test_an_expression_is_refused_by_row_column_and_construct(form, source, construct, words):
    survey = [
        A,
        {"type": "note", "name": "remark"},
        {"type": "begin_group", "name": "box"},
        B,
        {"type": "end_group"},
        *PEOPLE,
        calculation(source),
    ]
    with pytest.raises(FormRefused) as refused:
        form(*survey)
    assert (refused.value.row, refused.value.column) == (9, "calculation")
    assert refused.value.construct == construct
    assert words in str(refused.value)
    assert str(refused.value).startswith("survey sheet, row 9, column calculation: ")


PLACES = [
    ("dot-in-relevant", {**A, "relevant": ". = 1"}, "relevant", "no meaning in relevant"),
    ("once-outside-calculation", {**A, "constraint": "once(1) = 1"}, "constraint", "only in a calculation"),
    ("dot-in-default", {**A, "default": "string(.)"}, "default", "no meaning in default"),
    ("default-that-is-nothing", {**A, "default": "lots"}, "default", "write ${lots}"),
    ("date-default-in-words", {"type": "date", "name": "d", "default": "today"}, "default", "write ${today}"),
    ("default-not-in-list", {"type": "select_one animal", "name": "p", "default": "fox"}, "default", "not in the list"),
    ("missing-list", {"type": "select_one fish", "name": "p"}, "type", "has no list fish"),
    ("unknown-reference-list", {"type": "select_one_from_file fish.csv", "name": "p"}, "type", "none of the scheme's"),
    ("unknown-type", {"type": "geopoint", "name": "p"}, "type", "not a type of question"),
    ("no-type", {"name": "p"}, "type", "not a type of question"),
    ("range", {"type": "range", "name": "p"}, "type", "not a type of question"),
    ("no-name", {"type": "text"}, "name", "is missing"),
    ("bad-name", {"type": "text", "name": "two words"}, "name", "a name is"),
    ("unknown-column", {**A, "trigger": "${b}"}, "trigger", "not a column"),
    ("media", {**A, "media::image": "a.png"}, "media::image", "not a column"),
    ("foreign-bind", {**A, "bind::jr:preload": "uid"}, "bind::jr:preload", "not a column"),
    ("filter-on-a-number", {**A, "choice_filter": "legs = 4"}, "choice_filter", "an integer has no"),
    ("count-on-a-question", {**A, "repeat_count": "4"}, "repeat_count", "has no repeat_count"),
    ("calculate-without", {"type": "calculate", "name": "c"}, "calculation", "needs a calculation"),
    ("calculation-not-readonly", {**A, "calculation": "1"}, "calculation", "must be readonly"),
    ("calculation-on-a-note", {"type": "note", "name": "n", "calculation": "1"}, "calculation", "a note has no"),
    ("required-note", {"type": "note", "name": "n", "required": "yes"}, "required", "a note has no required"),
    ("required-calculate", {**calculation("1"), "required": "yes"}, "required", "a calculate has no required"),
    (
        "filter-by-a-missing-column",
        {"type": "select_one animal", "name": "p", "choice_filter": "wings = 2"},
        "choice_filter",
        "has no such column",
    ),
    (
        "filter-of-reference-data-by-a-missing-column",
        {"type": "select_one_from_file sites.csv", "name": "p", "choice_filter": "legs = 2"},
        "choice_filter",
        "the list sites has no such column",
    ),
    (
        "filter-by-dot",
        {"type": "select_one animal", "name": "p", "choice_filter": ". = 'cat'"},
        "choice_filter",
        "name the column",
    ),
    (
        "filter-by-path",
        {"type": "select_one animal", "name": "p", "choice_filter": "../legs = 'cat'"},
        "choice_filter",
        "name the column",
    ),
    ("unknown-name-in-a-label", {**A, "label": "About ${zzz}"}, "label", "no question"),
    ("group-in-a-hint", {**A, "hint": "About ${a} and ${people}"}, "hint", "is a repeat"),
    ("many-answers-in-a-message", {**A, "constraint_message": "Not ${nick}"}, "constraint_message", "many answers"),
    ("a-list-in-a-cell", {**A, "label": ["no"]}, "label", "not a list"),
    ("circular-relevance", {**A, "relevant": "${a} = 1"}, "relevant", "${a} -> ${a}"),
]


@pytest.mark.parametrize(("row", "column", "words"), [case[1:] for case in PLACES], ids=[case[0] for case in PLACES])
def test_a_row_is_refused_by_its_number_and_column(form, row, column, words):
    with pytest.raises(FormRefused) as refused:
        form(*PEOPLE, row)
    assert (refused.value.row, refused.value.column) == (4, column)
    assert words in str(refused.value)


SHAPES = [
    ("same-name-twice", [A, A], 2, "name", "stands in row 1 already"),
    ("same-name-in-a-group", [A, {"type": "begin group", "name": "g"}, A, {"type": "end group"}], 3, "name", "row 1"),
    ("group-never-ended", [{"type": "begin_group", "name": "g"}, A], 1, "type", "never ended"),
    ("end-without-begin", [A, {"type": "end_group"}], 2, "type", "no group to end"),
    (
        "wrong-end",
        [{"type": "begin_group", "name": "g"}, A, {"type": "end_repeat"}],
        3,
        "type",
        "there is no repeat to end here",
    ),
    ("empty-group", [{"type": "begin_group", "name": "g"}, {"type": "end_group"}], 1, "type", "this group is empty"),
    (
        "nested-repeats",
        [
            {"type": "begin_repeat", "name": "r"},
            {"type": "begin_group", "name": "g"},
            {"type": "begin_repeat", "name": "s"},
            A,
            {"type": "end_repeat"},
            {"type": "end_group"},
            {"type": "end_repeat"},
        ],
        3,
        "type",
        "repeat inside a repeat",
    ),
    (
        "circular-calculation",
        [
            {"type": "calculate", "name": "x", "calculation": "${y} + 1"},
            {"type": "calculate", "name": "y", "calculation": "${x} + 1"},
        ],
        1,
        "calculation",
        "depends on itself",
    ),
    (
        "circular-through-relevance",
        [
            A,
            {"type": "begin_group", "name": "g", "relevant": "${inside} = 1"},
            {"type": "integer", "name": "inside"},
            {"type": "end_group"},
        ],
        2,
        "relevant",
        "${g} -> ${inside}",
    ),
    ("no-questions", [], 0, "", "has no questions"),
]


@pytest.mark.parametrize(
    ("survey", "row", "column", "words"), [case[1:] for case in SHAPES], ids=[case[0] for case in SHAPES]
)
def test_a_form_of_the_wrong_shape_is_refused(form, survey, row, column, words):
    with pytest.raises(FormRefused) as refused:
        form(*survey)
    assert (refused.value.row, refused.value.column) == (row, column)
    assert words in str(refused.value)


def test_the_position_of_a_group_in_a_row_is_not_the_row(form):
    with pytest.raises(FormRefused, match=r"position\(\.\.\): inner is not the repeat around this question"):
        form(
            {"type": "begin_repeat", "name": "r"},
            {"type": "begin_group", "name": "inner"},
            {"type": "calculate", "name": "n", "calculation": "position(..)"},
            {"type": "end_group"},
            {"type": "end_repeat"},
        )


def test_an_empty_cell_is_no_cell(form):
    assert form({**A, "trigger": None, "label": "  ", "hint": ""}).rows[0].labels == {}


def test_rows_counted_by_what_is_in_them_are_circular(form):
    with pytest.raises(FormRefused, match=r"repeat_count: .*\$\{r\}.*depends on itself"):
        form(
            {"type": "begin_repeat", "name": "r", "repeat_count": "sum(${n})"},
            {"type": "integer", "name": "n"},
            {"type": "end_repeat"},
        )


@pytest.mark.parametrize(
    ("choice", "column", "words"),
    [
        ({"name": "x"}, "list_name", "is missing"),
        ({"list_name": "l"}, "name", "is missing"),
        ({"list_name": "l", "name": "two words"}, "name", "one word"),
        ({"list_name": "animal", "name": "cat"}, "name", "stands twice"),
        ({"list_name": "l", "name": "x", "media::image": "a"}, "media::image", "not a column"),
    ],
)
def test_a_choice_is_refused_by_its_number_and_column(form, choice, column, words):
    with pytest.raises(FormRefused) as refused:
        form(A, choices=({"list_name": "animal", "name": "cat"}, choice))
    assert (refused.value.sheet, refused.value.row, refused.value.column) == ("choices", 2, column)
    assert words in str(refused.value)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("survey = ", "local is not a TOML file"),
        ("[[entities]]\nname = 'x'", "entities: is not a sheet"),
        ("[survey]\ntype = 'text'", "survey sheet: write each row as [[survey]]"),
        ("survey = 3", "survey sheet: write each row as [[survey]]"),
        ("[[settings]]\nversion = '1'", "settings sheet: write it once"),
        ("[settings]\nstyle = 'pages'", "settings sheet, column style: pages: is not a setting"),
        ("[[survey]]\ntype = 'text'\nname = 2026-01-01", "survey sheet, row 1, column name: a cell is text"),
    ],
)
def test_a_file_that_is_no_form_is_refused(text, words):
    with pytest.raises(FormRefused) as refused:
        read(text, name="local")
    assert words in str(refused.value)


def test_a_refused_construct_says_what_and_why():
    assert str(ConstructRefused("@", "no")) == "@: no"
    assert str(ConstructRefused("", "no")) == "no"
