"""The paper form: every question once, in order and numbered, in as many pages as it takes, the same bytes anywhere."""

import io
import os
import re
import subprocess
import sys
from collections import defaultdict
from dataclasses import replace
from functools import cache
from itertools import pairwise
from pathlib import Path

import pytest
from pypdf import PdfReader

from forms import outline, reader
from forms.form import Choice, Form, Row
from forms.numbering import numbers
from forms.xlsform import sheets
from icv_app.errors import Unavailable
from reports.formats.page import HEIGHT, WIDTH
from reports.formats.typeface import drawable
from reports.plain import clean
from reports.sheets import paper

ROOT = Path(__file__).parents[3]


def choice(name, label="", **extra):
    return Choice(name=name, labels={"": label or name}, extra=extra)


LISTS = {
    "sites": (
        choice("EUS", "Euston Street", kind="custody_suite"),
        choice("KEY", "Keyham Lane", kind="custody_suite"),
        choice("KEN", "The kennels", kind="dog_unit_kennels"),
    ),
    "visitors": tuple(choice(f"ICV{number:02}", roles="icv", status="active") for number in range(1, 20)),
    "slots": (choice("EUS-W47", "Euston Street, week of 16 November", site="EUS", measure="custody_visit"),),
    "sessions": (),
    "scheme": (choice("serious_issue_phone", value="01632 960 001"),),
}


def made(form, folder, **options):
    options = {"lists": LISTS, "header": {}, **options}
    return PdfReader(paper.write(form, folder / "paper.pdf", **options))


def words(document, page=None):
    pages = document.pages if page is None else [document.pages[page]]
    return squeezed(" ".join(page.extract_text() for page in pages))


def squeezed(text):
    """Return a text without blanks: where a line was broken is no matter."""
    return re.sub(r"\s+", "", text)


def placed(document):
    """Yield (page number, x, y, text) of every piece of text as it is drawn, turned ones left out."""
    for number, page in enumerate(document.pages, 1):
        found = []

        def visit(text, matrix, text_matrix, _font, _size, found=found):
            turned = abs(matrix[1]) > 0.5
            if text.strip() and not turned:
                x = matrix[0] * text_matrix[4] + matrix[4]
                y = matrix[3] * text_matrix[5] + matrix[5]
                found.append((x, y, text))

        page.extract_text(visitor_text=visit)
        yield from ((number, *piece) for piece in found)


@cache
def shipped(name):
    """Return a shipped form on paper, with nothing known beforehand."""
    return PdfReader(io.BytesIO(paper.render(reader.load(name), lists=LISTS, header={}, program_version="0.2.0")))


def small_form(label="What happened?", **more):
    return Form(
        name="small",
        version="2026112201",
        title="Small form",
        rows=(
            Row(
                kind="group",
                name="part",
                number=1,
                labels={"": "Part"},
                rows=(Row(kind="text", name="what", number=2, labels={"": label}, **more),),
            ),
        ),
        lists={},
    )


@pytest.mark.parametrize("name", reader.shipped())
def test_every_question_stands_once_in_the_order_of_the_form_with_its_number(name):
    form = reader.load(name)
    text = words(shipped(name))
    entries = outline.of(form).entries
    at = 0
    for question, number in numbers(form).items():
        label = entries[question].row.label().split("${")[0]
        wanted = squeezed(number + clean(label, drawable()))
        found = text.find(wanted, at)
        assert found >= 0, f"{number} {label} does not follow what comes before it"
        at = found + len(wanted)
        required = entries[question].row.required and "${" not in entries[question].row.label()
        assert text.find(wanted + ("*" if required else ""), at) == -1, f"{number} {label} stands twice"


@pytest.mark.parametrize("name", reader.shipped())
def test_the_form_its_version_and_the_page_stand_at_the_foot_of_every_page(name):
    form = reader.load(name)
    document = shipped(name)
    count = len(document.pages)
    for place in range(count):
        foot = words(document, place)
        assert squeezed(f"{form.title}, form version {form.version} · icv-app 0.2.0") in foot
        assert squeezed(f"Page {place + 1} of {count}") in foot
        assert foot.count("OFFICIAL-SENSITIVE") == 2


def test_calculations_and_notes_about_answers_are_not_printed():
    text = words(shipped("custody_visit"))
    assert "${" not in text
    assert squeezed("You waited") not in text


def test_what_is_known_beforehand_is_printed_in_the_words_of_the_scheme(tmp_path):
    header = {"site": "EUS", "date": "2026-11-20", "visitor_1": "ICV01"}
    front = words(made(reader.load("custody_visit"), tmp_path, header=header), 0)
    assert "EustonStreet" in front
    assert "KeyhamLane" not in front
    assert "Friday20November2026" in front
    assert "ICV01" in front


def test_a_short_reference_list_is_printed_to_tick_and_a_long_one_is_a_line():
    front = words(shipped("custody_visit"), 0)
    assert "EustonStreet" in front
    assert "Thekennels" not in front  # the choice filter of the question holds on paper too
    assert "ICV07" not in front


def test_no_planned_visit_is_ever_printed(tmp_path):
    assert "16November" not in words(made(reader.load("training_observation"), tmp_path, header={"site": "EUS"}))


@pytest.mark.parametrize("name", reader.shipped())
def test_no_text_leaves_the_page_or_stands_in_the_margin(name):
    for number, x, y, text in placed(shipped(name)):
        assert 40 <= x <= WIDTH - 40, f"page {number}: {text!r} starts at {x}"
        assert 15 <= y <= HEIGHT - 25, f"page {number}: {text!r} stands at {y}"


@pytest.mark.parametrize("name", reader.shipped())
def test_no_line_of_text_is_set_into_another(name):
    columns = defaultdict(set)
    for number, x, y, _ in placed(shipped(name)):
        columns[number, round(x)].add(y)
    for (number, x), lines in columns.items():
        for below, above in pairwise(sorted(lines)):
            assert above - below > 8, f"page {number}, {x} from the left: lines at {below} and {above}"


def test_the_custody_visit_takes_no_more_pages_than_it_must():
    form = reader.load("custody_visit")
    pages = len(shipped("custody_visit").pages)
    assert pages <= len(numbers(form)) / 12, f"{pages} pages for {len(numbers(form))} questions of three people"


def test_a_repeat_has_room_for_as_many_rows_as_asked_for(tmp_path):
    text = words(made(reader.load("training_observation"), tmp_path, copies=4))
    assert "Dog4" in text
    assert "Dog5" not in text


def test_both_visitors_sign_and_the_typist_notes_the_reference():
    last = words(shipped("custody_visit"), -1)
    assert last.count(squeezed("I agree with this report")) == 2
    assert last.count(squeezed("I see this differently:")) == 2
    assert "Typedinby" in last
    assert "Referencegiven" in last


def test_no_word_over_a_column_of_ticks_is_broken(tmp_path):
    read = made(reader.load("custody_visit"), tmp_path, language="Cymraeg (cy)")
    lines = [line for page in read.pages for line in page.extract_text().splitlines()]
    assert any(line.startswith("berthnasol") for line in lines)
    assert not any(line.startswith("erthnasol") for line in lines)


def test_a_form_in_welsh_prints_its_welsh_labels_and_says_so_to_a_screen_reader(tmp_path):
    english = small_form()
    (part,) = english.rows
    (question,) = part.rows
    welsh = replace(question, labels={"": "What happened?", "Cymraeg (cy)": "Beth ddigwyddodd, yn y tŷ?"})
    form = replace(english, rows=(replace(part, rows=(welsh,)),), languages=("Cymraeg (cy)",))
    document = made(form, tmp_path, language="Cymraeg (cy)")
    assert squeezed("Beth ddigwyddodd, yn y tŷ?") in words(document)
    assert "Whathappened" not in words(document)
    assert squeezed("Part") in words(document)  # no Welsh of it yet: the English stands in
    assert document.trailer["/Root"]["/Lang"] == "cy-GB"


@pytest.mark.parametrize(
    "hostile",
    [
        "<b>bold</b> & <para> </font>",
        "W" * 5000,
        "A smile \U0001f600 and a \u202eturn\u202c",
        "many words " * 500,
    ],
)
def test_a_hostile_label_neither_breaks_the_paper_nor_is_lost(hostile, tmp_path):
    text = words(made(small_form(hostile, hints={"": hostile}), tmp_path))
    wanted = squeezed(clean(hostile, drawable()))
    if len(wanted) > 3000:  # over several pages, whose feet stand between
        assert text.count(wanted[0]) >= 2 * wanted.count(wanted[0])
    else:
        assert wanted in text


@pytest.mark.parametrize("hostile", ["<i>EUS</i> & Co", "W" * 5000, "Two\nlines"])
def test_a_hostile_answer_beforehand_is_printed_as_it_is(hostile, tmp_path):
    text = words(made(small_form(), tmp_path, header={"what": hostile}))
    if len(hostile) > 1000:
        assert text.count("W") >= 5000
    else:
        assert squeezed(hostile) in text


_MAKE = """
import sys
from pathlib import Path
from forms import reader
from forms.form import Choice
from reports.sheets import paper
lists = {"sites": (Choice(name="EUS", labels={"": "Euston Street"}, extra={"kind": "custody_suite"}),)}
paper.write(reader.load("custody_visit"), Path(sys.argv[1]), lists=lists, header={"site": "EUS"})
"""


def test_the_same_paper_has_the_same_bytes_from_another_process_at_another_time_and_place(tmp_path):
    found = []
    for seed, zone, epoch in (("1", "UTC", ""), ("77", "Pacific/Auckland", "1500000000")):
        path = tmp_path / f"{seed}.pdf"
        environment = {**os.environ, "PYTHONHASHSEED": seed, "TZ": zone, "SOURCE_DATE_EPOCH": epoch}
        environment["PYTHONPATH"] = str(ROOT)
        subprocess.run([sys.executable, "-c", _MAKE, str(path)], check=True, env=environment, cwd=ROOT)
        found.append(path.read_bytes())
    assert found[0] == found[1]


def test_a_form_that_came_from_a_workbook_prints_as_the_one_it_was_made_of(tmp_path):
    form = reader.load("training_observation")
    made_of = sheets(form)
    again = reader.from_sheets(
        survey=made_of.survey, choices=made_of.choices, settings=made_of.settings, name=form.name
    )
    options = {"lists": LISTS, "header": {}}
    assert paper.render(again, **options) == paper.render(form, **options)


def test_a_folder_that_is_not_there_is_told_in_words(tmp_path):
    with pytest.raises(Unavailable) as caught:
        paper.write(small_form(), tmp_path / "away" / "paper.pdf", lists={}, header={})
    assert caught.value.code == "document_not_written"
