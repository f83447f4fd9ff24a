"""Packages of parts: Word documents and workbooks say nothing of when or where they were made."""

import io
import zipfile
from datetime import date

from icv_app.files.package_file import settled

CORE = "<created>2026-11-22T14:05:06Z</created><modified>2026-11-22T14:05:06.123456Z</modified>"


def package(when, core=CORE, **parts):
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as made:
        for name, body in {"docProps/core.xml": core, "word/document.xml": "2026-11-22T14:05:06Z", **parts}.items():
            made.writestr(zipfile.ZipInfo(name, when), body)
    return stream.getvalue()


def read(content):
    with zipfile.ZipFile(io.BytesIO(content)) as made:
        return {part.filename: (part.date_time, part.create_system, made.read(part)) for part in made.infolist()}


def test_packages_made_at_two_times_are_the_same_bytes():
    assert settled(package((2026, 1, 2, 3, 4, 6))) == settled(package((1999, 12, 31, 23, 59, 58)))


def test_the_properties_bear_the_day_that_was_given_and_nothing_else_is_touched():
    found = read(settled(package((2026, 1, 2, 3, 4, 6)), date(2025, 10, 6)))
    assert found["docProps/core.xml"][2] == (
        b"<created>2025-10-06T00:00:00Z</created><modified>2025-10-06T00:00:00Z</modified>"
    )
    assert found["word/document.xml"][2] == b"2026-11-22T14:05:06Z", "what a person wrote"
    assert {(when, system) for when, system, _ in found.values()} == {((1980, 1, 1, 0, 0, 0), 3)}


def test_without_a_day_it_is_a_fixed_one():
    assert b"2000-01-01T00:00:00Z" in read(settled(package((2026, 1, 2, 3, 4, 6))))["docProps/core.xml"][2]


def test_the_parts_keep_their_order():
    assert list(read(settled(package((2026, 1, 2, 3, 4, 6), b="1", a="2")))) == [
        "docProps/core.xml", "word/document.xml", "b", "a",
    ]  # fmt: skip
