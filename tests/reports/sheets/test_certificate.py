"""The certificate of disposal on paper: everything an auditor asks for, the same bytes for the same certificate."""

from datetime import date, datetime

import pytest

from icv_app.clock import LONDON
from icv_app.office.certificate import Certificate, Item
from icv_app.office.disposal import list_hash
from reports.sheets import certificate

REFERENCES = tuple(
    {"class": "visits", "kind": "visit", "reference": f"CV-2019-{number:04}", "versions": 2, "left": "numbers"}
    for number in range(90)
)


def made(**more):
    told = {
        "number": "D-2026-11-22-7QK2M", "act": "retention", "at": datetime(2026, 11, 22, 14, 2, tzinfo=LONDON),
        "by": "OFFICE1", "reason": "kept for long enough", "confirmed": "dispose of 90",
        "classes": ({"class": "visits", "records": 90, "versions": 180, "months": 72, "confirmed": "no"},),
        "references": REFERENCES, "kept": ({"reference": "CV-2019-0100", "reason": "still read"},),
        "list_hash": list_hash(REFERENCES), "share": "clean", "checked": datetime(2026, 11, 22, 14, 3, tzinfo=LONDON),
        "items": (
            Item(id="a", what="share", name="Scheme.icvhub.1234.bad", destroyed=None, by=""),
            Item(id="b", what="backup", name="stick", destroyed=date(2026, 11, 23), by="OFFICE2"),
        ),
    }  # fmt: skip
    return Certificate(**{**told, **more})


def words(content, pdf_text):
    return " ".join(pdf_text(content).split())


@pytest.fixture
def pdf_text(tmp_path):
    def read(content):
        import pypdf

        file = tmp_path / "c.pdf"
        file.write_bytes(content)
        return "\n".join(page.extract_text() for page in pypdf.PdfReader(file).pages)

    return read


def test_it_says_what_went_by_which_rule_and_what_is_left_to_do(pdf_text):
    told = words(certificate.render(made(), scheme="Northshire", marking="OFFICIAL"), pdf_text)
    for expected in (
        "D-2026-11-22-7QK2M", "72 months, not yet confirmed by the office", "90", "180", "dispose of 90", "OFFICE1",
        "CV-2019-0089", "Scheme.icvhub.1234.bad", "23 November 2026, OFFICE2", "still read",
        "read on 22 November 2026 at 14:03",
    ):  # fmt: skip
        assert expected in told, expected
    assert list_hash(REFERENCES) in told.replace(" ", "")


def test_a_list_that_was_changed_is_told(pdf_text):
    told = words(certificate.render(made(references=REFERENCES[1:]), scheme="Northshire", marking="OFFICIAL"), pdf_text)
    assert "not the one that was certified" in told


def test_one_that_is_not_carried_through_says_so(pdf_text):
    told = words(
        certificate.render(made(share="waiting", checked=None), scheme="Northshire", marking="OFFICIAL"), pdf_text
    )
    assert "had not been seen to be free of it" in told


def test_the_same_certificate_gives_the_same_bytes(tmp_path):
    one, two = (
        certificate.write(made(), tmp_path / name, scheme="Northshire", marking="OFFICIAL")
        for name in ("a.pdf", "b.pdf")
    )
    assert one.read_bytes() == two.read_bytes()
