"""The commands on periods, as somebody in the office types them."""

from datetime import datetime

import pytest
from icalendar import Calendar

import resources
from icv_app.clock import LONDON, Clock
from icv_app.laptop import Laptop
from icv_app.profiles.vault import Strength
from tests.console import carry_out, program

CLOCK = Clock(lambda: datetime(2026, 11, 22, 14, 2, tzinfo=LONDON))
PASSPHRASE = "correct horse battery"
CLOSED = ("status", "beaumont-leys", "--change", "2025-07-01", "--status", "closed")


@pytest.fixture
def scheme(tmp_path, capsys):
    with Laptop.start(
        tmp_path / "office", scheme="Test", person="OFFICE", role="coordinator", passphrase=PASSPHRASE,
        strength=Strength.LIGHT, clock=CLOCK,
    ) as laptop:  # fmt: skip
        laptop.import_folder(resources.path("example"))

    def run(*argv):
        whole = ["--profile", str(tmp_path / "office"), *argv]
        return carry_out(whole, program(CLOCK), {"ICV_PASSPHRASE": PASSPHRASE}, capsys)

    return run


def test_a_quarter_is_published_checked_and_published_again(scheme):
    done = scheme("publish", "2025-26-Q2", "--yes", "--json").json
    assert done["edition"] == 1
    assert done["documents"].keys() >= {"summary.pdf", "summary.json", "summary.csv"}
    check = scheme("publish", "2025-26-Q2", "--check")
    assert check.status == 0
    assert check.out.startswith(
        "Edition 1, published on 22 November 2026 by OFFICE.\nIt is as it was kept.\nSigned by the laptop of OFFICE: "
    )
    assert "summary.pdf: the same, byte for byte." in check.out
    assert scheme(*CLOSED).status == 0
    assert scheme("publish", "2025-26-Q2", "--yes").status == 0
    told = scheme("publish", "2025-26-Q2", "--list").out
    assert told.index("Edition 1, published") < told.index("Edition 2, published") < told.index("becomes")
    assert "Changed since: Row of a calendar, Beaumont Leys, from 1 July 2025." in told
    first, second = scheme("publish", "2025-26-Q2", "--list", "--json").json
    assert (first["changes"], first["signed"], second["signed"]) == ([], True, True)
    assert first["records"] > 50
    assert len(first["records_sha256"]) == 64
    check = scheme("publish", "2025-26-Q2", "--check", "--edition", "1", "--json").json
    assert (check["sound"], check["changed"], check["gone"]) == (True, 1, 0)
    assert scheme("publish", "2025-26-Q2", "--check", "--edition", "9").status == 2
    assert scheme("publish", "2025-26-Q1", "--check").status == 2
    assert scheme("publish", "2025-26-Q1", "--list").err == "2025-26-Q1 is not published.\n"


@pytest.mark.parametrize(
    "options", [("--check",), ("--edition", "1"), ("2025-26-Q2", "--edition", "1"), ("2025-26-Q2", "--check", "--list")]
)
def test_nobody_publishes_by_an_option_that_is_passed_over(scheme, options):
    refused = scheme("publish", *options, "--yes")
    assert (refused.status, refused.out) == (2, "")
    assert scheme("publish").err == "Nothing is published yet.\n"


def test_an_edition_that_is_not_as_it_was_published_ends_with_2(scheme, tmp_path):
    scheme("publish", "2025-26-Q2", "--yes")
    with Laptop.unlock(tmp_path / "office", PASSPHRASE, clock=CLOCK) as laptop:
        body = laptop.store.current("published", "2025-26-Q2").body
        laptop.store.save("published", "2025-26-Q2", {**body, "digest": "0" * 64})
    found = scheme("publish", "2025-26-Q2", "--check", "--json")
    assert (found.status, found.json["sound"], found.json["whole"]) == (2, False, False)


def test_the_records_behind_a_figure_are_listed(scheme):
    figure = ("behind", "2025-26-Q2", "custody_visit", "visits_completed", "beaumont-leys")
    lines = scheme(*figure).out.splitlines()
    assert len(lines) == 4
    assert lines[0].startswith("Custody visit CV-2025-0027, Beaumont Leys, ")
    assert [each["key"] for each in scheme(*figure, "--json").json] == [
        "CV-2025-0027", "CV-2025-0028", "CV-2025-0029", "CV-2025-0030"
    ]  # fmt: skip
    assert scheme("behind", "2025-26-Q2", "custody_visit", "serious_issues").err == "There is no record behind it.\n"
    assert scheme(*figure, "--edition", "1").status == 2
    wrong = scheme("behind", "2025-26-Q2", "custody_visit", "shoe_size")
    assert (wrong.status, wrong.err) == (2, "2025-26-Q2 has no such figure: custody_visit shoe_size.\n")
    scheme("publish", "2025-26-Q2", "--yes")
    scheme(*CLOSED)
    coverage = ("behind", "2025-26-Q2", "custody_visit", "target_coverage", "beaumont-leys", "--edition", "1")
    assert "Row of a calendar, Beaumont Leys, from 1 July 2025 (changed since)" in scheme(*coverage).out
    assert scheme("behind", "2025-26-Q2", "custody_visit", "shoe_size", "--edition", "1").status == 2


def test_a_commentary_is_written_and_shown(scheme):
    assert scheme("commentary", "2025-26-Q2").err == "Nothing is written.\n"
    written = scheme("commentary", "2025-26-Q2", "custody", "A pair was ill in August.")
    assert written.out == "Custody visits: A pair was ill in August.\n"
    assert scheme("commentary", "2025-26-Q2", "--json").json == {"custody": "A pair was ill in August."}
    assert scheme("commentary", "2025-26-Q2", "issues").err == "Nothing is written.\n"
    assert "summary, custody, detainees" in scheme("commentary", "2025-26-Q2", "weather").err
    assert scheme("commentary", "2025-26-Q2", "custody", "Ring 0116 496 0123.").status == 2
    assert scheme("commentary", "2025-26-Q2", "custody", "Ring 0116 496 0123.", "--looked").status == 0


def test_a_quarter_given_by_its_days_is_that_quarter(scheme):
    days = "2025-07-01..2025-09-30"
    assert scheme("publish", days, "--yes", "--json").json["period"] == "2025-26-Q2"
    assert "the same figures" in scheme("publish", "2025-26-Q2", "--yes").err.lower()
    scheme("commentary", days, "custody", "It snowed.")
    assert "It snowed." in scheme("commentary", "2025-26-Q2").out
    assert len(scheme("publish", days, "--list", "--json").json) == 1
    assert scheme("summary", days, "--edition", "1").json["period"]["name"] == "2025-26-Q2"


def test_the_quarter_s_end_is_told_and_goes_into_a_calendar(scheme, tmp_path):
    assert scheme("quarter-end", "--json").json == [
        {"period": "2026-27-Q2", "kind": "unpublished",
         "words": "July to September 2026 has ended and is not published."}
    ]  # fmt: skip
    assert scheme("quarter-end").out == "July to September 2026 has ended and is not published.\n"
    file = tmp_path / "ends.ics"
    assert scheme("quarter-end", "--ics", str(file)).out == "Written: the ends of 4 quarters.\n"
    assert len(Calendar.from_ical(file.read_bytes()).walk("VEVENT")) == 4
    file.write_text("another's")
    refused = scheme("quarter-end", "--ics", str(file))
    assert (refused.status, file.read_text()) == (2, "another's")
    assert scheme("quarter-end", "--ics", str(file), "--yes").status == 0
    assert file.read_bytes().startswith(b"BEGIN:VCALENDAR")


def test_an_edition_is_named_in_one_way_by_every_command(scheme):
    scheme("publish", "2025-26-Q2", "--yes")
    figure = ("behind", "2025-26-Q2", "custody_visit", "visits_completed", "beaumont-leys")
    assert scheme("summary", "2025-26-Q2", "--edition", "0").json["about"]["edition"] == 1
    assert scheme("publish", "2025-26-Q2", "--check", "--edition", "0", "--json").json["edition"] == 1
    assert scheme(*figure, "--edition", "0").out == scheme(*figure, "--edition", "1").out
    for asked in (("summary", "2025-26-Q2"), ("publish", "2025-26-Q2", "--check"), figure):
        refused = scheme(*asked, "--edition", "1b")
        assert refused.status == 2
        assert refused.err == "There is no edition 1b of 2025-26-Q2. There are: 1.\n"


def test_what_a_lawful_erasure_took_is_told_and_no_fault(scheme):
    scheme("publish", "2025-26-Q2", "--yes")
    assert scheme("erase", "CV-2025-0003", "--reason", "Asked for", "--yes").status == 0
    found = scheme("publish", "2025-26-Q2", "--check")
    assert found.status == 0
    assert "Words were erased of it on 22 November 2026, certificate D-2026-11-22-" in found.out
    assert "No documents were compared: what was handed out before holds the words that were erased." in found.out
    assert "altered" not in found.out
    told = scheme("publish", "2025-26-Q2", "--check", "--json").json["erased"]
    assert told["on"] == "2026-11-22"


def test_what_the_program_keeps_of_periods_is_listed(scheme):
    scheme("publish", "2025-26-Q2", "--yes")
    scheme("commentary", "2025-26-Q2", "custody", "It snowed.")
    assert "2025-26-Q2" in scheme("list", "published").out
    assert "2025-26-Q2" in scheme("list", "commentary").out
    for kind in ("quality_criterion", "quality_evidence", "paper_template"):
        assert scheme("list", kind).status == 0
    assert scheme("list", "zzkind").status == 2
