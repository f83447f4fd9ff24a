"""The command line: what each command does, prints and ends with (`interfaces.md` §1 and §3)."""

import contextlib
import csv
import io
import json
import sqlite3
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

import resources
from icv_app.clock import Clock
from icv_app.storage import own_rows
from tests.console import Ended, Run, carry_out, program

NOW = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)
EXAMPLE = resources.path("example")
SECRETS = {"ICV_PASSPHRASE": "correct horse battery", "ICV_INVITE_PASSPHRASE": "another horse battery"}


@pytest.fixture
def icv(tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Run:
    """Run a command in this process, at noon of 22 November 2026, in an empty folder."""
    monkeypatch.chdir(tmp_path)
    opened: list[tuple[str, ...]] = []

    def window(argv: Any, folder: Path) -> int:
        opened.append((*argv, str(folder)))
        return 0

    whole = program(Clock(lambda: NOW), window)

    def go(*argv: str | Path, environ: dict[str, str] = SECRETS) -> Ended:
        return carry_out([str(each) for each in argv], whole, environ, capsys)

    go.opened = opened  # type: ignore[attr-defined]
    return go


def start(icv: Run, profile: str = "a", *more: str) -> None:
    done = icv(
        "init", "--scheme", "Test scheme", "--person", "ICV01", "--role", "coordinator", "--profile", profile, *more
    )
    assert done.status == 0
    assert more or not done.err  # of a shared folder, what the look at it found


def figure(document: dict[str, Any], measure: str, name: str, site: str | None = None) -> dict[str, Any]:
    return next(
        each for each in document["figures"]
        if (each["measure"], each["figure"], each["site"]) == (measure, name, site)
    )  # fmt: skip


def test_the_reference_quarter_gives_the_published_figures(icv: Run) -> None:
    start(icv)
    done = icv("import", EXAMPLE, "--profile", "a")
    assert done.status == 0
    assert done.out.startswith("104 added, 0 changed, 0 already here.")
    document = icv("--profile", "a", "summary", "2025-26-Q2").json
    assert document["period"] == {
        "name": "2025-26-Q2", "from": "2025-07-01", "to": "2025-09-30", "week_rule": "week-ending-sunday",
    }  # fmt: skip

    def ratio(*key: str) -> tuple[int, int, str]:
        found = figure(document, *key)
        return found["numerator"], found["denominator"], found["percent"]

    assert figure(document, "custody_visit", "visits_completed")["value"] == 30
    assert ratio("custody_visit", "scheduled_completed") == (30, 30, "100.0")
    assert ratio("custody_visit", "target_coverage") == (30, 35, "85.7")
    assert ratio("custody_visit", "target_coverage", "beaumont-leys") == (4, 9, "44.4")
    assert ratio("kennel_visit", "target_coverage") == (3, 3, "100.0")
    assert ratio("training_observation", "scheduled_completed") == (0, 1, "0.0")
    assert ratio("training_observation", "target_coverage") == (0, 6, "0.0")
    assert figure(document, "record_review", "records_reviewed")["value"] == 35
    assert figure(document, "record_review", "immigration_records_reviewed")["value"] == 15
    assert figure(document, "record_review", "recommendations")["value"] == 7


def test_a_second_import_adds_nothing_and_a_correction_is_counted_as_changed(icv: Run, tmp_path: Path) -> None:
    start(icv)
    assert icv("import", EXAMPLE, "--profile", "a").status == 0
    assert icv("import", EXAMPLE, "--profile", "a").out == "0 added, 0 changed, 104 already here.\n"
    folder = tmp_path / "folder"
    folder.mkdir()
    text = (EXAMPLE / "visits.csv").read_text(encoding="utf-8")
    (folder / "visits.csv").write_text(text.replace("ICV08,ICV05", "ICV08,ICV04", 1), encoding="utf-8")
    assert icv("import", folder, "--profile", "a").out.startswith("0 added, 1 changed, 32 already here.")
    history = icv("show", "CV-2025-0002", "--json", "--profile", "a").json["history"]
    assert [revision["body"]["visitor_2"] for revision in history] == ["ICV05", "ICV04"]


def test_a_wrong_row_refuses_the_folder_and_leaves_the_laptop_as_it_was(icv: Run, tmp_path: Path) -> None:
    start(icv)
    before = icv("list", "--json", "--profile", "a").json
    folder = tmp_path / "folder"
    folder.mkdir()
    for path in EXAMPLE.glob("*.csv"):
        text = path.read_text(encoding="utf-8")
        (folder / path.name).write_text(text.replace("2025-07-03,completed", "2025-07-33,completed"), encoding="utf-8")
    done = icv("import", folder, "--profile", "a")
    assert (done.status, done.out) == (2, "")
    assert "visits.csv, line 3, column date: '2025-07-33' is not a date" in done.err
    assert icv("list", "--json", "--profile", "a").json == before


def test_what_was_captured_survives_export_import_and_export_byte_for_byte(icv: Run, tmp_path: Path) -> None:
    start(icv)
    assert icv("import", EXAMPLE, "--profile", "a").status == 0
    for form in ("custody_visit", "record_review", "kennel_visit", "training_observation"):
        done = icv("record", form, EXAMPLE / "captured" / f"{form}.json", "--json", "--profile", "a")
        assert (done.status, set(done.json)) == (0, {"record", "revision"})
    assert icv("export", "one", "--profile", "a").status == 0
    start(icv, "b")
    assert icv("import", "one", "--profile", "b").status == 0
    assert icv("export", "two", "--profile", "b").status == 0
    names = sorted(path.name for path in (tmp_path / "one").iterdir())
    assert "visits-detainees.csv" in names
    assert names == sorted(path.name for path in (tmp_path / "two").iterdir())
    for name in names:
        assert (tmp_path / "one" / name).read_bytes() == (tmp_path / "two" / name).read_bytes()
    again = icv("import", "one", "--profile", "a")
    assert again.out.startswith("0 added, 0 changed,")


def test_a_masked_export_leaves_out_of_the_free_text_what_may_tell_who_somebody_is(icv: Run, tmp_path: Path) -> None:
    start(icv)
    icv("import", EXAMPLE, "--profile", "a")
    answers = json.loads((EXAMPLE / "captured" / "custody_visit.json").read_text(encoding="utf-8"))
    answers["positive_comments"] = "Thanked by Jemima Throgmorton, 07700 900123"
    answers["positive_may_be_shared"] = "yes"
    answers["personal_data_reasons"] = {"positive_comments": "She asked us to pass on her thanks"}
    (tmp_path / "visit.json").write_text(json.dumps(answers), encoding="utf-8")
    assert icv("record", "custody_visit", "visit.json", "--profile", "a").status == 0
    assert icv("export", "plain", "--profile", "a").status == 0
    done = icv("export", "hidden", "--mask", "--profile", "a")
    assert (done.status, "masked" in done.out) == (0, True)
    plain, hidden = (
        "".join(path.read_text(encoding="utf-8") for path in sorted((tmp_path / name).iterdir()))
        for name in ("plain", "hidden")
    )
    for told in ("Throgmorton", "07700 900123", "ES/2025/4410"):
        assert told in plain
        assert told not in hidden


def test_an_export_never_overwrites_unasked(icv: Run) -> None:
    start(icv)
    assert icv("export", "out", "--profile", "a").status == 0
    done = icv("export", "out", "--profile", "a")
    assert done.status == 2
    assert "Give --yes" in done.err
    assert icv("export", "out", "--yes", "--profile", "a").status == 0


def test_tables_for_other_programs_are_marked_logged_and_never_replace_unasked(icv: Run, tmp_path: Path) -> None:
    start(icv)
    icv("import", EXAMPLE, "--profile", "a")
    done = icv("export", "--sqlite", "scheme.db", "--profile", "a")
    assert (done.status, "not encrypted" in done.out) == (0, True)
    with contextlib.closing(sqlite3.connect(tmp_path / "scheme.db")) as tables:
        about = dict(tables.execute("SELECT name, value FROM about").fetchall())
    assert (about["scheme"], about["marking"], about["masked"]) == ("Test scheme", "OFFICIAL-SENSITIVE", "no")
    assert about["whole"].startswith("yes")
    again = icv("export", "--sqlite", "scheme.db", "--profile", "a")
    assert (again.status, "Give --yes" in again.err) == (2, True)
    assert icv("export", "--sqlite", "scheme.db", "--mask", "--yes", "--profile", "a").status == 0
    logged = icv("audit", "--action", "exported", "--json", "--profile", "a").json["entries"]
    assert [(each["detail"]["to"], each["detail"]["masked"]) for each in logged] == [
        ("sqlite", False),
        ("sqlite", True),
    ]


def test_an_export_to_nowhere_is_wrong_and_no_data_of_a_laptop_is_replaced(icv: Run, tmp_path: Path) -> None:
    start(icv)
    assert icv("export", "--profile", "a").status == 2
    own = tmp_path / "a" / "local.icvdb"
    before = own.read_bytes()
    assert icv("export", "--sqlite", own, "--yes", "--profile", "a").status in (2, 3)
    assert own.read_bytes()[:16] == before[:16]


def test_a_folder_and_tables_can_be_written_at_once(icv: Run, tmp_path: Path) -> None:
    start(icv)
    assert icv("export", "out", "--sqlite", "scheme.db", "--profile", "a").status == 0
    assert (tmp_path / "out" / "visits.csv").exists()
    assert (tmp_path / "scheme.db").exists()


def test_a_recorded_form_is_listed_and_shown_with_its_history(icv: Run) -> None:
    start(icv)
    icv("import", EXAMPLE, "--profile", "a")
    ids = icv("record", "custody_visit", EXAMPLE / "captured" / "custody_visit.json", "--json", "--profile", "a").json
    rows = icv("list", "visit", "--json", "--profile", "a").json
    row = next(row for row in rows if row["id"] == ids["record"])
    assert row["heads"] == [ids["revision"]]
    assert (row["site"], row["date"], row["status"], row["conflicts"]) == (
        "euston-street", "2025-10-08", "completed", [],
    )  # fmt: skip
    shown = icv("show", ids["record"], "--json", "--profile", "a").json
    assert shown["history"][0]["revision"] == ids["revision"]
    assert shown["body"]["in_custody"] == 7
    assert shown["key"].startswith("CV-2025-")
    assert icv("show", shown["key"], "--json", "--profile", "a").json == shown
    text = icv("show", shown["key"], "--profile", "a").out
    assert "detainees[1].custody_no: ES/2025/4410" in text
    assert shown["key"] in icv("list", "custody_visit", "--profile", "a").out


def test_what_the_program_writes_by_itself_is_listed_by_name_alone(icv: Run) -> None:
    start(icv)
    assert icv("import", EXAMPLE, "--profile", "a").status == 0
    assert icv("sync", "n.icvhub", "--profile", "a").status == 0
    kinds = {row["kind"] for row in icv("list", "--json", "--profile", "a").json}
    assert {"visit", "site", "issue", "scheme"} <= kinds
    assert not kinds & set(own_rows.KINDS)
    for kind in ("audit", "device", "enrolment"):
        assert {row["kind"] for row in icv("list", kind, "--json", "--profile", "a").json} == {kind}


def test_a_form_that_does_not_validate_names_every_answer_and_writes_nothing(icv: Run, tmp_path: Path) -> None:
    start(icv)
    icv("import", EXAMPLE, "--profile", "a")
    before = icv("list", "--json", "--profile", "a").json
    answers = json.loads((EXAMPLE / "captured" / "custody_visit.json").read_text(encoding="utf-8"))
    answers |= {"in_custody": 9, "nonsense": 1, "declined": "two", "was_admitted": "no"}
    del answers["overall_finding"]
    answers["detainees"][0]["group"] = "giant"
    (tmp_path / "form.json").write_text(json.dumps(answers), encoding="utf-8")
    done = icv("record", "custody_visit", "form.json", "--json", "--profile", "a")
    assert (done.status, done.out) == (2, "")
    for said in ("nonsense: is no field of the form custody_visit", "declined:", "was_admitted: is worked out as yes",
                 "overall_finding (", "detainees[1].group ("):  # fmt: skip
        assert said in done.err
    assert icv("list", "--json", "--profile", "a").json == before


def test_detainee_numbers_that_do_not_add_up_are_refused_and_the_number_is_said(icv: Run, tmp_path: Path) -> None:
    start(icv)
    icv("import", EXAMPLE, "--profile", "a")
    answers = json.loads((EXAMPLE / "captured" / "custody_visit.json").read_text(encoding="utf-8"))
    (tmp_path / "form.json").write_text(json.dumps(answers | {"in_custody": 8}), encoding="utf-8")
    done = icv("record", "custody_visit", "form.json", "--profile", "a")
    assert done.status == 2
    assert "8 in custody, 7 accounted for" in done.err


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ("[1]", "one JSON object"),
        ("{", "line 1, column 2"),
        ("{" * 5, "is not JSON"),
        ("[" * 100_000, "nested too deeply"),
    ],
)
def test_a_file_that_is_not_a_json_object_is_refused(icv: Run, tmp_path: Path, content: str, said: str) -> None:
    (tmp_path / "form.json").write_text(content, encoding="utf-8")
    done = icv("record", "custody_visit", "form.json")
    assert done.status == 2
    assert said in done.err


def test_a_review_session_is_recorded_under_its_own_name_and_once(icv: Run, tmp_path: Path) -> None:
    start(icv)
    answers = {
        "kind": "custody_detention_scrutiny_panel", "date": "2026-03-03", "session": "CDSP-2026-03",
        "records": 12, "of_which_immigration": 5, "recommendations": 2,
        "recommended_to": "Custody Inspector", "sample": "random", "papers_returned": "yes",
    }  # fmt: skip
    (tmp_path / "form.json").write_text(json.dumps(answers), encoding="utf-8")
    assert icv("record", "record_review", "form.json", "--profile", "a").status == 0
    row = icv("show", "CDSP-2026-03", "--json", "--profile", "a").json
    assert (row["kind"], row["body"]["records"], row["body"]["of_which_immigration"]) == ("record_review", 12, 5)
    done = icv("record", "record_review", "form.json", "--profile", "a")
    assert done.status == 2
    assert "is held already" in done.err
    document = icv("summary", "2025-26-Q4", "--profile", "a").json
    assert figure(document, "record_review", "records_reviewed")["value"] == 12


def test_two_laptops_meet_through_the_shared_file(icv: Run, tmp_path: Path) -> None:
    hub = tmp_path / "share" / "scheme.icvhub"
    hub.parent.mkdir()
    start(icv, "a", "--hub", str(hub))
    icv("import", EXAMPLE, "--profile", "a")
    assert icv("invite", "two.icvinvite", "--person", "ICV02", "--role", "coordinator", "--profile", "a").status == 0
    assert icv("init", "--join", "two.icvinvite", "--hub", hub, "--profile", "b").status == 0
    sent = icv("sync", "--json", "--profile", "a").json
    assert sent == {"sent": sent["sent"], "received": 0, "conflicts": 0, "verified": True}
    assert sent["sent"] > 104  # the folder's records, the scheme, this laptop, keys, briefings
    got = icv("sync", "--json", "--profile", "b").json
    # what it is, and its log that goes along
    assert got == {"sent": 2, "received": sent["sent"], "conflicts": 0, "verified": True}
    for profile in ("a", "b"):
        assert icv("sync", hub, "--profile", profile).status == 0
        assert icv("verify", "--json", "--profile", profile).json["ok"] is True
    assert icv("list", "--json", "--profile", "a").json == icv("list", "--json", "--profile", "b").json
    one, two = (icv("summary", "2025-26", "--profile", profile).out for profile in ("a", "b"))
    assert one == two


def test_a_shared_folder_that_is_away_is_3_and_a_missing_file_is_made_again(icv: Run, tmp_path: Path) -> None:
    hub = tmp_path / "share" / "scheme.icvhub"
    start_words = icv(
        "init", "--scheme", "S", "--person", "ICV01", "--role", "visitor", "--hub", hub, "--profile", "a"
    )  # fmt: skip
    assert start_words.status == 0
    assert "is not there now" in start_words.err
    done = icv("sync", "--json", "--profile", "a")
    assert (done.status, done.out) == (3, "")
    hub.parent.mkdir()
    assert icv("sync", "--json", "--profile", "a").json["verified"] is True
    assert hub.exists()
    hub.unlink()
    assert icv("sync", "--json", "--profile", "a").json["verified"] is True
    assert hub.exists()


def test_a_foreign_shared_file_is_2(icv: Run, tmp_path: Path) -> None:
    start(icv)
    (tmp_path / "x.icvhub").write_bytes(b"not a database at all" * 500)
    assert icv("sync", "x.icvhub", "--profile", "a").status == 2
    assert (tmp_path / "x.icvhub").read_bytes().startswith(b"not a database")


def test_a_changed_byte_in_the_shared_file_is_found_and_named(icv: Run, tmp_path: Path) -> None:
    hub = tmp_path / "scheme.icvhub"
    start(icv, "a", "--hub", str(hub))
    icv("import", EXAMPLE, "--profile", "a")
    icv("sync", "--profile", "a")
    content = bytearray(hub.read_bytes())
    content[-2000] ^= 1
    hub.write_bytes(bytes(content))
    done = icv("verify", hub, "--json", "--profile", "a")
    assert done.status == 2
    assert done.json["ok"] is False
    assert done.json["bad"][0]["file"] == "scheme.icvhub"


@pytest.mark.parametrize("name", ["scheme.icvhub", "scheme (a laptop's conflicted copy).icvhub"])
def test_what_verify_finds_bad_the_next_sync_mends(icv: Run, tmp_path: Path, name: str) -> None:
    hub, spoiled = tmp_path / "scheme.icvhub", tmp_path / name
    start(icv, "a", "--hub", str(hub))
    icv("import", EXAMPLE, "--profile", "a")
    assert icv("sync", "--profile", "a").status == 0
    content = bytearray(hub.read_bytes())
    content[len(content) * 6 // 10] ^= 4  # in a page that a sync with nothing to do never reads
    spoiled.write_bytes(content)
    found = icv("verify", "--profile", "a")
    assert (found.status, "Share now" in found.err) == (2, True)
    assert icv("sync", "--profile", "a").status == 0
    assert icv("verify", "--profile", "a").status == 0


def test_a_summary_goes_to_a_file_by_its_format(icv: Run, tmp_path: Path) -> None:
    start(icv)
    icv("import", EXAMPLE, "--profile", "a")
    assert icv("summary", "2025-26-Q2", "-o", "q.pdf", "--profile", "a").status == 0
    assert (tmp_path / "q.pdf").read_bytes().startswith(b"%PDF-")
    assert icv("summary", "2025-26-Q2", "--format", "csv", "-o", "q.txt", "--profile", "a").status == 0
    printed = icv("summary", "2025-26-Q2", "--format", "csv", "--profile", "a").out
    assert (tmp_path / "q.txt").read_text(encoding="utf-8") == printed
    rows = list(csv.DictReader(io.StringIO(printed)))
    document = icv("summary", "2025-26-Q2", "--format", "json", "--profile", "a").json
    assert [(row["measure"], row["figure"], row["site"] or None) for row in rows] == [
        (each["measure"], each["figure"], each["site"]) for each in document["figures"]
    ]
    done = icv("summary", "2025-26-Q2", "-o", "q.pdf", "--profile", "a")
    assert done.status == 2
    assert icv("summary", "2025-26-Q2", "-o", "q.pdf", "--yes", "--profile", "a").status == 0
    assert icv("summary", "2025-26-Q2", "-o", str(tmp_path / "no" / "q.pdf"), "--profile", "a").status == 3
    assert icv("summary", "2025-26-Q2", "-o", str(tmp_path / "no" / "q.csv"), "--profile", "a").status == 3


@pytest.mark.parametrize(
    "argv",
    [
        ("nonsense",),
        ("import",),
        ("import", "nowhere", "--profile", "a"),
        ("summary", "2025-26-Q5", "--profile", "a"),
        ("summary", "2025-26-Q2", "--format", "doc", "--profile", "a"),
        ("summary", "2025-26-Q2", "-o", "q.doc", "--profile", "a"),
        ("list", "nonsense", "--profile", "a"),
        ("show", "CV-1", "--profile", "a"),
        ("record", "nonsense", "form.json", "--profile", "a"),
        ("record", "custody_visit", "nowhere.json", "--profile", "a"),
        ("sync", "--profile", "a"),
        ("init", "--scheme", "S", "--profile", "b"),
        ("init", "--scheme", "S", "--person", "P", "--role", "king", "--profile", "b"),
        ("init", "--join", "x", "--person", "P", "--profile", "b"),
        ("init", "--join", "nowhere", "--profile", "b"),
        ("init", "--scheme", "S", "--person", "P", "--role", "visitor", "--profile", "a"),
        ("list", "--profile", "nowhere"),
        ("list", "--profile", "a", "--passphrase-file", "nowhere"),
        ("invite", "x.icvinvite", "--person", "P", "--profile", "a"),
        ("--prof", "a", "list"),
    ],
)
def test_a_wrong_command_or_input_ends_with_2_and_words(icv: Run, tmp_path: Path, argv: tuple[str, ...]) -> None:
    start(icv)
    (tmp_path / "form.json").write_text("{}")
    done = icv(*argv)
    assert (done.status, done.out) == (2, "")
    assert done.err
    assert "Traceback" not in done.err
    assert not Path("b").exists()


def test_passphrases_come_from_a_file_or_the_environment_or_not_at_all(icv: Run, tmp_path: Path) -> None:
    (tmp_path / "pass").write_text("correct horse battery\nsecond line\n")
    start(icv)
    assert icv("--passphrase-file", "pass", "list", "--profile", "a", environ={}).status == 0
    assert icv("list", "--profile", "a", "--passphrase-file", "pass", environ={}).status == 0
    wrong = icv("list", "--profile", "a", environ={"ICV_PASSPHRASE": "wrong horse battery"})
    assert wrong.status == 2
    nobody = icv("list", "--profile", "a", environ={})
    assert nobody.status == 2
    assert "ICV_PASSPHRASE" in nobody.err


def test_a_profile_that_is_open_elsewhere_is_3(icv: Run) -> None:
    from icv_app.laptop import Laptop

    start(icv)
    with Laptop.unlock(Path("a"), SECRETS["ICV_PASSPHRASE"]):
        assert icv("list", "--profile", "a").status == 3
    assert icv("list", "--profile", "a").status == 0


def test_no_command_opens_the_window_on_the_profile(icv: Run) -> None:
    assert icv("--profile", "here").status == 0
    assert icv.opened == [("--profile", "here", "here")]  # type: ignore[attr-defined]


def test_help_and_version_end_with_0(icv: Run) -> None:
    assert "import" in icv("--help").out
    assert icv("summary", "--help").status == 0
    assert icv("--version").out.startswith("icv-app ")


def test_the_console_script_needs_no_qt_and_leaves_a_fault_of_its_own_with_1(tmp_path: Path) -> None:
    code = (
        "import sys\n"
        "sys.modules['PySide6'] = None\n"  # importing it would fail
        "from icv_app.commands import command_line\n"
        "from icv_app.__main__ import main\n"
        "if sys.argv[1] == 'break': command_line.parser = lambda: 1 / 0\n"
        "sys.exit(main(sys.argv[1:]))\n"
    )
    root = Path(__file__).parents[3]
    done = subprocess.run(
        [sys.executable, "-c", code, "demo", str(tmp_path / "demo")],
        capture_output=True,
        text=True,
        cwd=root,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert "Suite-weeks covered:                30/35 (85.7%)" in done.stdout
    done = subprocess.run([sys.executable, "-c", code, "break"], capture_output=True, text=True, cwd=root, check=False)
    assert done.returncode == 1
    assert done.stderr.startswith("icv-app stopped because of a fault of its own")


def test_the_command_line_is_read_without_storage_cryptography_or_documents() -> None:
    code = (
        "import sys\n"
        "import icv_app.__main__\n"
        "from icv_app.commands.command_line import parser\n"
        "parser().parse_args(['--profile', 'x'])\n"
        "heavy = {'nacl', 'sqlite_utils', 'sqlcipher3', 'reportlab', 'PySide6'}\n"
        "print(sorted(heavy & set(sys.modules)))\n"
    )
    root = Path(__file__).parents[3]
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, cwd=root, check=True)
    assert done.stdout == "[]\n"
