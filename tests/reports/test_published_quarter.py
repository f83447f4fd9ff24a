"""The quarter that was published, from its records through the figures to the printed page."""

import re
import sqlite3
from contextlib import closing
from datetime import date

import pytest
from pypdf import PdfReader

import resources
from icv_app.counting import figures
from icv_app.interchange_folder import import_plan, importing
from icv_app.periods import parse_period
from icv_app.storage import facts
from icv_app.storage.revision import record_id
from tests.icv_app.small_scheme import RECORDS
from tests.reports import samples

EXAMPLE = resources.path("example/sites.csv").parent


def summary(name, today):
    read = importing.read(EXAMPLE, forms={}, held_forms={}, today=today)
    with closing(sqlite3.connect(":memory:", isolation_level=None)) as connection:
        for statement in (*facts.TABLES, *RECORDS):
            connection.execute(statement)
        for kind, key, body in import_plan.plan(read, {}, forms={}, today=today).items:
            facts.refresh(connection, record_id(kind, key), kind, key, body)
        return figures.of(parse_period(name), connection, today)


def printed(found, path):
    path.write_bytes(samples.pdf(found, scheme="Example scheme", records_to=date(2025, 9, 24)))
    pages = PdfReader(path).pages
    return re.sub(r"\s+", " ", " ".join(page.extract_text() for page in pages))


def test_the_published_figures_stand_on_the_page_with_their_fractions(tmp_path):
    text = printed(summary("2025-26-Q2", date(2026, 11, 22)), tmp_path / "q2.pdf")
    assert "30 of 30 scheduled visits made 100.0%" in text
    assert "30 of 35 suite-weeks had a visit (the target) 85.7%" in text
    assert "3 of 3 months had a kennel visit" in text
    assert "0 of 6 off-site training visits this financial year" in text
    assert "Below the target: Beaumont Leys (4 of 9)." in text
    assert "35 custody records were reviewed, 15 of immigration detainees; 7 recommendations were made." in text
    assert "Cancelled: 23 July 2025" in text
    assert "No serious issues were recorded at the custody visits." in text


@pytest.mark.parametrize("name", ["2025-26", "2025-07-01..2025-08-31", "2025-26-Q3", "1999-00-Q1"])
def test_any_period_makes_a_document(tmp_path, name):
    text = printed(summary(name, date(2026, 1, 10)), tmp_path / "any.pdf")
    assert "How these figures are counted" in text
