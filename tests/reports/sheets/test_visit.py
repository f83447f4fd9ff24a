"""The PDF of one visit: all that was answered, who agrees, every version and its reason; masked where that is asked."""

import os
import re
import subprocess
import sys
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from pypdf import PdfReader

from icv_app.records.reading import Change, Entry, Reading, ReadSection, Version
from icv_app.records.to_and_fro import Said, ToAndFro
from reports.formats.typeface import drawable
from reports.plain import clean
from reports.sheets import visit

ROOT = Path(__file__).parents[3]
ABOUT = visit.About(scheme="Example Office of the Police and Crime Commissioner", program_version="0.2.0")


def rows(*answers):
    return tuple((f"{number}. {question}", said) for number in (1, 2) for question, said in answers)


READING = Reading(
    title="Custody visit CV-2026-0142",
    notes=("Was there a serious issue?: ICV01: no; ICV02: yes",),
    sections=(
        ReadSection(
            title="Visit details",
            answers=(("Which custody suite did you go to?", "Euston Street"), ("Who was the first visitor?", "ICV01")),
        ),
        ReadSection(
            title="Person in custody ${custody_no}",
            answers=rows(("What is the custody number?", "26/00141"), ("Who is it?", "Woman")),
        ),
        ReadSection(
            title="Issue, request or praise: ${issue_text}",
            answers=rows(("What is it?", "Something that was not right"), ("Describe it", "Cells 4 to 9 were cold")),
        ),
    ),
    history=("20 November 2026 at 17:02, by ICV01",),
    key="CV-2026-0142",
    entries=(
        Entry(visitor="ICV01", said="ICV01 filed this report."),
        Entry(visitor="ICV02", said="ICV02 sees it differently (21 November 2026):", words="The wait was shorter."),
    ),
    versions=(
        Version(rev=b"1", said="20 November 2026 at 17:02, by ICV01", reason="", changes=()),
        Version(
            rev=b"2",
            said="21 November 2026 at 09:10, by ICV01. Why it was corrected: Wrong time",
            reason="Wrong time",
            changes=(Change(question="What time did you arrive?", before="15:05", after="14:05"),),
        ),
    ),
    form_title="Custody visit",
    form_version="2026112203",
    site="Euston Street",
    day="2026-11-20",
    visitors=("ICV01", "ICV02"),
)


@pytest.fixture
def read(tmp_path):
    def reader(reading=READING, about=ABOUT, **more):
        return PdfReader(visit.write(reading, about, tmp_path / "visit.pdf", **more))

    return reader


def words(document, page=None):
    pages = document.pages if page is None else [document.pages[page]]
    return re.sub(r"\s+", " ", " ".join(page.extract_text() for page in pages))


def squeezed(text):
    return re.sub(r"\s+", "", text)


def long_reading(text):
    section = ReadSection(title="Getting in", answers=(("What were you told?", text),))
    return replace(READING, sections=(READING.sections[0], section, *READING.sections[1:]))


def test_where_when_and_who_stand_at_the_head(read):
    front = words(read(), 0)
    assert "Custody visit CV-2026-0142" in front
    assert "Euston Street, Friday 20 November 2026" in front
    assert "Visitors: ICV01, ICV02" in front


def test_every_question_stands_with_its_answer(read):
    text = words(read())
    assert "Which custody suite did you go to? Euston Street" in text
    assert "Person in custody 2 What is the custody number? 26/00141 Who is it? Woman" in text
    assert "Issue, request or praise 1 What is it? Something that was not right" in text
    assert "${" not in text


def test_the_sign_off_says_who_sees_it_differently_and_how(read):
    text = words(read())
    assert "ICV01 filed this report." in text
    assert "ICV02 sees it differently (21 November 2026): The wait was shorter." in text


SAID = ToAndFro(
    stands="Accepted by the office",
    state="accepted",
    returns=(
        Said(
            said="Returned for correction by OFFICE1 on 22 November 2026 at 10:00.",
            comments=(("Describe it", "Which cells were cold?"), ("The whole report", "Please look again.")),
            outcome=("Put right by ICV01 on 23 November 2026 at 11:00: Cells 4 to 9.",),
            waits=False,
        ),
    ),
    accepted=("Accepted by OFFICE1 on 24 November 2026 at 12:00.",),
)


def test_what_the_office_and_the_visitors_said_of_it_stands_in_its_order(read):
    text = words(read(replace(READING, said=SAID)))
    assert (
        "Between the office and the visitors Accepted by the office Returned for correction by OFFICE1 on 22 November "
        "2026 at 10:00. Describe it Which cells were cold? The whole report Please look again. Put right by ICV01 on "
        "23 November 2026 at 11:00: Cells 4 to 9. Accepted by OFFICE1 on 24 November 2026 at 12:00. Versions"
    ) in text
    assert "Between the office" not in words(read())


def test_what_was_said_between_office_and_visitors_is_masked_too(read):
    text = words(read(replace(READING, said=SAID), mask=lambda text: text.replace("cold", "[left out]")))
    assert "Which cells were [left out]?" in text
    assert "cold" not in text.partition("Between the office")[2].partition("Versions")[0]


def test_every_version_stands_with_its_reason_and_what_it_changed(read):
    text = words(read())
    assert "1. 20 November 2026 at 17:02, by ICV01" in text
    assert "Why it was corrected: Wrong time Changed Before After What time did you arrive? 15:05 14:05" in text


def test_every_page_has_marking_form_version_program_and_its_number(read):
    document = read(long_reading("The heating had failed. " * 400))
    count = len(document.pages)
    assert count > 2
    for place in range(count):
        page = words(document, place)
        assert page.count("OFFICIAL-SENSITIVE") == 2
        assert "Custody visit, form version 2026112203 · icv-app 0.2.0" in page
        assert f"Page {place + 1} of {count}" in page


def test_a_masked_copy_says_so_on_every_page_and_holds_no_masked_word(read):
    document = read(long_reading("Seen: 26/00141. " * 500), mask=lambda text: text.replace("26/00141", "[left out]"))
    for place in range(len(document.pages)):
        assert "Personal details masked" in words(document, place)
    assert "26/00141" not in words(document)
    assert "[left out]" in words(document)


def test_sign_off_and_corrections_are_masked_too(read):
    secret = "07700 900123"
    reading = replace(
        READING,
        notes=(secret,),
        history=(secret,),
        entries=(Entry(visitor="ICV02", said="ICV02 sees it differently:", words=secret),),
        versions=(
            Version(
                rev=b"1",
                said=f"Corrected: {secret}",
                reason=secret,
                changes=(Change(question="Describe it", before=secret, after=f"{secret}!"),),
            ),
        ),
    )
    assert secret not in words(read(reading, mask=lambda text: text.replace(secret, "[left out]")))


def test_an_unmasked_copy_does_not_say_that_it_is_masked(read):
    assert "masked" not in words(read())


@pytest.mark.parametrize("hostile", ["<b>bold</b> & <para> ${x}", "W" * 5000, "A smile \U0001f600", "words " * 2000])
def test_a_hostile_answer_neither_breaks_the_document_nor_is_lost(hostile, read):
    reading = long_reading(hostile)
    boxed = ReadSection(title="Issue", answers=(("1. Describe it", hostile), ("1. Who raised it?", "A visitor")))
    text = squeezed(words(read(replace(reading, sections=(*reading.sections, boxed)))))
    wanted = squeezed(clean(hostile, drawable()))
    if len(wanted) > 1000:  # over several pages, whose feet stand between
        assert text.count(wanted[:5]) >= 2 * (wanted.count(wanted[:5]) - 10)
    else:
        assert text.count(wanted) == 2


def test_a_heading_is_never_the_last_line_of_a_page(read):
    headings = ("Visit details", "Getting in", "Person in custody", "Issue, request or praise", "Sign-off", "Versions")
    for length in range(0, 120, 3):
        document = read(long_reading("The heating had failed. " * length))
        for page in document.pages[:-1]:
            lines = [line for line in page.extract_text().splitlines() if line.strip()]
            body = [line for line in lines if not re.match(r"OFFICIAL|Custody visit, form|Page \d", line)]
            assert body[-1].strip() not in headings, f"at {length}"


def test_a_reading_of_an_older_record_without_form_or_entries_is_printed_as_far_as_it_goes(read):
    bare = Reading(
        title="Kennel visit KV-1", notes=(), sections=READING.sections[:1], history=("1 May 2026, by ICV01",)
    )
    text = words(read(bare, about=visit.About(scheme="Example", marking="OFFICIAL")))
    assert "Kennel visit KV-1" in text
    assert "1 May 2026, by ICV01" in text
    assert "Sign-off" not in text


def test_the_document_is_dated_by_its_record(read):
    assert "20261120" in str(read().metadata["/CreationDate"])
    dated = replace(ABOUT, records_to=date(2026, 11, 21))
    assert "20261121" in str(read(about=dated).metadata["/CreationDate"])


_MAKE = """
import sys
from pathlib import Path
from reports.sheets import visit
from tests.reports.sheets.test_visit import ABOUT, READING
visit.write(READING, ABOUT, Path(sys.argv[1]))
"""


def test_the_same_visit_has_the_same_bytes_from_another_process_at_another_time_and_place(tmp_path):
    found = []
    for seed, zone, epoch in (("1", "UTC", ""), ("77", "Pacific/Auckland", "1500000000")):
        path = tmp_path / f"{seed}.pdf"
        environment = {**os.environ, "PYTHONHASHSEED": seed, "TZ": zone, "SOURCE_DATE_EPOCH": epoch}
        environment["PYTHONPATH"] = str(ROOT)
        subprocess.run([sys.executable, "-c", _MAKE, str(path)], check=True, env=environment, cwd=ROOT)
        found.append(path.read_bytes())
    assert found[0] == found[1]
