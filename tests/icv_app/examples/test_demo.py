"""The demo: the main job in one folder, again and again."""

import json
from datetime import UTC, date, datetime
from pathlib import Path

from icv_app.__main__ import _Documents
from icv_app.clock import Clock
from icv_app.examples import demo, large_reports
from icv_app.figure import Period
from icv_app.laptop import Laptop
from icv_app.periods import parse_period
from icv_app.profiles.vault import Strength
from icv_app.program import Program

MAY_BE_EMPTY = {  # in the year of the large scheme; everything else shows a number that is not 0
    "reach", "access_delay_median", "other_minutes", "recommendations_answered", "raised_faith_and_diversity",
    "raised_children_and_young_people", "raised_staffing", "raised_length_of_detention_and_transfer",
    "raised_animal_welfare", "raised_other", "visits_abandoned",
    "resolved_at_visit",  # its findings come without rows of reports, so nobody knows: it never was more than "0 of 91"
}  # fmt: skip
CLOCK = Clock(lambda: datetime(2026, 11, 22, 12, 0, tzinfo=UTC))


def test_the_demo_leaves_two_laptops_a_shared_file_and_the_summary(tmp_path: Path) -> None:
    program = Program(documents=_Documents(), window=lambda argv, folder: 1, clock=CLOCK, strength=Strength.LIGHT)
    (tmp_path / "mine.txt").write_text("stays")
    demo.run(tmp_path, program)
    first = tuple((tmp_path / f"OFFICIAL-SENSITIVE summary-2025-26-Q2.{end}").read_bytes() for end in ("json", "pdf"))
    said = demo.run(tmp_path, program)
    again = tuple((tmp_path / f"OFFICIAL-SENSITIVE summary-2025-26-Q2.{end}").read_bytes() for end in ("json", "pdf"))
    assert again == first
    assert (tmp_path / "mine.txt").read_text() == "stays"
    made = [
        f"OFFICIAL-SENSITIVE summary-2025-26-Q2.{ending}" for ending in ("pdf", "html", "docx", "xlsx", "csv", "json")
    ]
    for name in (*made, "OFFICIAL panel-paper-2025-26-Q2.docx", "example.icvhub"):
        assert (tmp_path / name).stat().st_size > 0
        assert str(tmp_path / name) in said
    assert all(str(path) in said for path in tmp_path.iterdir() if path.name != "mine.txt")
    assert "30/30 (100.0%)" in said
    assert "30/35 (85.7%)" in said
    assert "verified: yes" in said
    for profile in ("office", "volunteer"):
        with Laptop.unlock(tmp_path / profile, demo.PASSPHRASE, clock=CLOCK) as laptop:
            forms = {row.form for row in laptop.visits() if row.state == "submitted"}
            assert forms == {name for name, _ in laptop.paperwork.forms()}
            assert laptop.office or not list(laptop.store.records("throughput"))
            if laptop.office:
                held = laptop.summary(parse_period("2025-26-Q2")).as_document()
                assert {name: json.loads(first[0])[name] for name in held} == held
    assert demo.PASSPHRASE in (tmp_path / "README.txt").read_text(encoding="utf-8")


def test_the_large_demo_is_a_year_of_six_hundred_visits_and_the_same_each_time(tmp_path: Path) -> None:
    program = Program(documents=_Documents(), window=lambda argv, folder: 1, clock=CLOCK, strength=Strength.LIGHT)
    said = demo.run_large(tmp_path, program)
    assert "600 visits" in said
    assert "verified: yes" in said
    before = {file.name: file.read_bytes() for file in (tmp_path / "folder").iterdir()}
    with Laptop.unlock(tmp_path / "office", demo.PASSPHRASE, clock=CLOCK) as laptop:
        beside = 4 * large_reports.CASES + large_reports.APART
        assert len(laptop.visits()) == 600 + beside
        summary = laptop.summary(parse_period("2026-27-Q2"))
        assert len({site.site for site in summary.sites if site.kind == "custody_suite"}) == 6
        assert summary.get("volunteers", "volunteers").value == 60
        assert (
            laptop.summary(parse_period("2026-27-Q3")).get("volunteers", "volunteers").value == 60
        )  # one left, one joined
        year = laptop.summary(Period(name="", first=date(2025, 11, 24), last=date(2026, 11, 22)))
        told = {figure.figure for figure in year.figures if figure.site is None and (figure.value or figure.percent)}
        assert {figure.figure for figure in year.figures} - told <= MAY_BE_EMPTY
        issues = list(laptop.store.records("issue"))
        assert {"open", "with_police", "closed"} <= {issue.body["status"] for issue in issues}
    demo.run_large(tmp_path, program)
    assert {file.name: file.read_bytes() for file in (tmp_path / "folder").iterdir()} == before
