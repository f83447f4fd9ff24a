"""A form as XLSForm sheets: what pyxform reads, and what reads back as the same form."""

import pytest

from forms import reader, xlsform
from forms.draft import Draft
from forms.form import Place

TEXT = """
[settings]
form_title = "Visit"
form_id = "visit"
version = "2026112201"
default_language = "English (en)"

[[choices]]
list_name = "yn"
name = "yes"
"label::English (en)" = "Yes"
"label::Cymraeg (cy)" = "Ydy"
weight = 3

[[survey]]
type = "begin group"
name = "door"
"label::English (en)" = "Getting in"

[[survey]]

[[survey]]
type = "select_one yn"
name = "let_in"
"label::English (en)" = "Were you let in?"
"hint::English (en)" = "At once"
"guidance_hint::English (en)" = "Within ten minutes counts as at once"
required = true
"required_message::English (en)" = "Say so"
choice_filter = "weight > 2"
appearance = "likert"
"bind::icv:evidence" = "yes"
media = ""

[[survey]]
type = "integer"
name = "wait"
"label::English (en)" = "Minutes"
relevant = "${let_in} != 'yes'"
constraint = ". >= 0"
"constraint_message::English (en)" = "Not below 0"
default = 0

[[survey]]
type = "end group"

[[survey]]
type = "select_multiple_from_file visitors.csv"
name = "who"
"label::English (en)" = "Who?"
choice_filter = "contains(roles, 'icv')"

[[survey]]
type = "begin_repeat"
name = "people"
"label::English (en)" = "Person"
repeat_count = "2"

[[survey]]
type = "decimal"
name = "twice"
"label::English (en)" = "Twice"
read_only = true
calculate = "${wait} * 2"

[[survey]]
type = "end_repeat"
"""


def sheets_of(form):
    sheets = xlsform.sheets(form)
    return {"survey": sheets.survey, "choices": sheets.choices, "settings": sheets.settings}


def test_a_toml_form_is_read_with_its_sections_texts_and_binds():
    form = reader.read(TEXT, name="local")
    assert (form.name, form.version, form.title) == ("visit", "2026112201", "Visit")
    assert [row.kind for row in form.rows] == ["group", "select_multiple", "repeat"]
    let_in, wait = form.rows[0].rows
    assert (let_in.number, let_in.required, let_in.binds) == (3, "yes", {"icv:evidence": "yes"})
    assert let_in.label() == "Were you let in?"
    assert let_in.hint("Cymraeg (cy)") == "At once"
    assert let_in.guidance() == let_in.guidance("Cymraeg (cy)") == "Within ten minutes counts as at once"
    assert wait.default == "0"
    assert form.rows[1].from_file
    assert form.rows[1].list_name == "visitors"
    assert form.lists["yn"][0].extra == {"weight": "3"}
    assert form.lists["yn"][0].label("Cymraeg (cy)") == "Ydy"
    assert form.languages == ("English (en)", "Cymraeg (cy)")


def test_sheets_read_back_as_the_same_form():
    sheets = sheets_of(reader.read(TEXT.replace("\n[[survey]]\n\n", "\n"), name="local"))
    once = reader.from_sheets(**sheets, name="local")
    assert sheets_of(once) == sheets
    assert once == reader.from_sheets(**sheets_of(once), name="local")
    assert once == reader.read(TEXT.replace("\n[[survey]]\n\n", "\n"), name="local")


def test_texts_without_a_language_stay_without():
    form = reader.from_sheets(
        survey=[{"type": "text", "name": "a", "label": "Name", "label::Cymraeg (cy)": "Enw"}],
        choices=[],
        settings={},
        name="local",
    )
    assert xlsform.sheets(form).survey == (
        {"type": "text", "name": "a", "label": "Name", "label::Cymraeg (cy)": "Enw"},
    )
    assert xlsform.sheets(form).settings == {"form_title": "local", "form_id": "local"}


@pytest.mark.parametrize("name", reader.shipped())
def test_a_shipped_form_passes_pyxform(name):
    from pyxform.xls2xform import convert

    sheets = sheets_of(reader.load(name))
    headers = {  # a workbook has them in its first row; pyxform looks for them in the first 100 rows of a dict only
        f"{name}_header": [dict.fromkeys(column for row in sheets[name] for column in row)]
        for name in ("survey", "choices")
    }
    result = convert(
        {
            "survey": list(sheets["survey"]),
            "choices": list(sheets["choices"]),
            "settings": [sheets["settings"]],
            **headers,
        }
    )
    assert f'id="{name}"' in result.xform


@pytest.mark.parametrize("name", reader.shipped())
def test_a_shipped_form_reads_back_from_its_sheets_and_can_be_begun(name, clock):
    form = reader.load(name)
    assert form.name == name
    assert reader.from_sheets(**sheets_of(form), name=name) == form
    draft = Draft(form, clock=clock)
    assert all(draft.progress(row.name).questions >= 0 for row in form.rows)
    assert all(draft.label(Place(problem.place.name)) for problem in draft.problems() if not problem.place.row)


def test_a_form_that_is_not_shipped_is_a_key_error():
    with pytest.raises(KeyError, match="prison_visit"):
        reader.load("prison_visit")
    with pytest.raises(KeyError, match="custody_visit 1"):
        reader.load("custody_visit", "1")
    present = reader.load("custody_visit")
    assert reader.load("custody_visit", present.version) == present
