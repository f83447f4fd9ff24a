"""The scheme's laptops from the command line: let in, kept out, locked out; recovery sheets, and taking a scheme up."""

import io

import pytest
from pypdf import PdfReader

from icv_app.laptop import Laptop
from icv_app.profiles.access import every, named
from icv_app.profiles.vault import Strength
from tests.icv_app.commands.test_command_line import SECRETS, Run, icv, start  # noqa: F401  (a fixture)

HUB = "share/Scheme.icvhub"
OFFICE, VISITOR = ("--profile", "office"), ("--profile", "visitor")
VISIT = {"form": "custody_visit", "visitor_1": "ICV02", "state": "submitted"}


@pytest.fixture
def scheme(icv: Run, tmp_path):  # noqa: F811
    """An office with a site and a report, and a visitor's laptop that joined by an invitation and has shared."""
    (tmp_path / "share").mkdir()
    start(icv, "office")
    with unlocked(tmp_path / "office") as laptop:
        laptop.store.save("site", "EUS", {"site": "EUS", "name": "Euston Street"})
        laptop.store.save("visit", "CV-1", VISIT)
    assert icv("sync", HUB, *OFFICE).status == 0
    join(icv, "ICV02", "visitor")
    assert icv("sync", *OFFICE).status == 0
    return icv


def join(run, person, profile, role="visitor", *more):
    done = run("invite", f"{profile}.icvinvite", "--person", person, "--role", role, *more, *OFFICE)
    assert done.status == 0, done.err
    assert run("init", "--join", f"{profile}.icvinvite", "--hub", HUB, "--profile", profile).status == 0
    assert run("sync", "--profile", profile).status == 0


def unlocked(profile, clock=None):
    return Laptop.unlock(profile, SECRETS["ICV_PASSPHRASE"], clock=clock)


def standing(run, person, who=OFFICE):
    return next(each for each in run("devices", "--json", *who).json if each["person"] == person)


def printed_lines(path):
    """Read the key off the printed page, as a person would."""
    text = PdfReader(path).pages[1].extract_text(extraction_mode="layout")
    rows = [line.split() for line in text.splitlines()]
    found = {row[0]: row[1:] for row in rows if len(row) > 4 and all(len(each) == 1 for each in row)}
    return "\n".join("".join(found[str(number)]) for number in range(1, 8))


def test_the_laptops_are_listed_with_how_they_stand(scheme):
    done = scheme("devices", *OFFICE)
    assert done.status == 0
    assert "ICV01, coordinator, started the scheme or took it up again" in done.out
    assert "ICV02, visitor, let in by its invitation, all sites, joined 22 November 2026" in done.out
    assert standing(scheme, "ICV02")["status"] == "invited"


def test_a_second_laptop_by_the_same_invitation_waits_until_the_office_says_yes(scheme, tmp_path):
    twin = ("--profile", "twin")
    with Laptop.join(
        tmp_path / "twin", invitation=tmp_path / "visitor.icvinvite",
        invitation_passphrase=SECRETS["ICV_INVITE_PASSPHRASE"], passphrase=SECRETS["ICV_PASSPHRASE"],
        strength=Strength.LIGHT,
    ) as laptop:  # fmt: skip
        device = laptop.identity.device
        laptop.store.save("visit", "CV-T", VISIT)
    assert scheme("sync", HUB, *twin).status == 0
    assert scheme("sync", *OFFICE).status == 0
    done = scheme("devices", *OFFICE)
    assert f"{device[:8]}, ICV02, visitor, waits for the office" in done.out.splitlines()[0]
    assert "kept and not counted: from a laptop that the office has not let in." in done.out
    assert "One laptop waits for the office" in done.err
    assert scheme("list", "visit", *OFFICE).out.count("CV-T") == 0
    assert scheme("approve", "ICV02", *OFFICE).status == 2  # which of the two?
    assert scheme("approve", device[:8], *OFFICE).status == 0
    assert "CV-T" in scheme("list", "visit", *OFFICE).out
    assert scheme("approve", device[:8], *OFFICE).status == 2
    (entry,) = scheme("audit", "--record", device, "--action", "approved", "--json", *OFFICE).json["entries"]
    assert entry["detail"] == {"person": "ICV02", "role": "visitor"}


def test_a_refused_laptop_stays_out_and_what_it_sent_is_kept(scheme, tmp_path):
    with Laptop.join(
        tmp_path / "twin", invitation=tmp_path / "visitor.icvinvite",
        invitation_passphrase=SECRETS["ICV_INVITE_PASSPHRASE"], passphrase=SECRETS["ICV_PASSPHRASE"],
        strength=Strength.LIGHT,
    ) as laptop:  # fmt: skip
        device = laptop.identity.device
        laptop.store.save("visit", "CV-T", VISIT)
    assert scheme("sync", HUB, "--profile", "twin").status == 0
    assert scheme("sync", *OFFICE).status == 0
    assert scheme("refuse", device[:8], *OFFICE).status == 0
    assert scheme("refuse", device[:8], *OFFICE).status == 2
    assert "CV-T" not in scheme("list", "visit", *OFFICE).out
    assert "kept out by the office" in scheme("devices", *OFFICE).out
    assert scheme("sync", *OFFICE).status == 0
    assert scheme("sync", *VISITOR).status == 0  # its keys are new ones, and the other laptop of the person has them
    assert [each["status"] for each in scheme("devices", "--json", *VISITOR).json if each["own"]] == ["invited"]


def test_locking_out_says_first_what_it_means_and_asks(scheme, tmp_path):
    with unlocked(tmp_path / "visitor") as laptop:
        laptop.store.save("visit", "CV-LATE", VISIT)
    assert scheme("sync", *VISITOR).status == 0
    assert scheme("sync", *OFFICE).status == 0
    done = scheme("revoke", "ICV02", "--since", "2026-11-22", *OFFICE)
    assert (done.status, standing(scheme, "ICV02")["status"]) == (2, "invited")
    assert "no longer count (one report). They are kept, and marked." in done.err
    assert "What this laptop holds already stays on it." in done.err
    assert scheme("revoke", "ICV02", "--since", "2999-01-01", "--yes", *OFFICE).status == 2
    assert scheme("revoke", "ICV01", "--yes", *OFFICE).status == 2  # itself
    done = scheme("revoke", "ICV02", "--reason", "lost on a train", "--yes", *OFFICE)
    assert done.status == 0, done.err
    assert "All that it has shared so far still counts." in done.err
    assert standing(scheme, "ICV02")["status"] == "revoked"
    assert "CV-LATE" in scheme("list", "visit", *OFFICE).out
    assert scheme("revoke", "ICV02", "--yes", *OFFICE).status == 2
    assert scheme("approve", "ICV02", *OFFICE).status == 2  # a new invitation is the way
    (entry,) = scheme("audit", "--action", "revoked", "--json", *OFFICE).json["entries"]
    assert entry["detail"] == {"person": "ICV02", "reason": "lost on a train"}


def test_a_laptop_without_the_office_key_neither_lets_in_nor_locks_out(scheme):
    join(scheme, "OFFICE2", "second", "coordinator")
    for words in (("approve", "ICV02"), ("refuse", "ICV02"), ("revoke", "ICV02", "--yes"), ("recovery-sheet", "a.pdf")):
        done = scheme(*words, "--profile", "second")
        assert (done.status, "office key" in done.err) == (2, True), words
    assert scheme("devices", "--profile", "second").status == 0


def test_a_visitor_is_invited_to_some_sites(scheme, tmp_path):
    assert scheme("invite", "n.icvinvite", "--person", "X", "--role", "visitor", "--sites", "moon", *OFFICE).status == 2
    assert scheme("invite", "n.icvinvite", "--person", "X", "--role", "coordinator", "--sites", "", *OFFICE).status == 2
    join(scheme, "ICV03", "third", "visitor", "--sites", "EUS")
    assert scheme("sync", *OFFICE).status == 0
    assert standing(scheme, "ICV03")["sites"] == ["EUS"]


def test_two_recovery_sheets_are_written_for_their_owner_alone(scheme, tmp_path):
    done = scheme("recovery-sheet", "sheets.pdf", *OFFICE)
    assert done.status == 0, done.err
    assert "delete the file" in done.out
    assert (tmp_path / "sheets.pdf").stat().st_mode & 0o077 == 0
    one, two = (page.extract_text() for page in PdfReader(tmp_path / "sheets.pdf").pages)
    assert ("Recovery sheet 1 of 2" in one, "Recovery sheet 2 of 2" in two) == (True, True)
    assert one.replace("1 of 2", "2 of 2") == two
    assert "OFFICIAL-SENSITIVE" in one
    with unlocked(tmp_path / "office") as laptop:
        assert "".join(printed_lines(tmp_path / "sheets.pdf").split()) == "".join(
            "".join(laptop.profile.keyring.holder.sheet()).split()
        )
    assert scheme("recovery-sheet", "sheets.pdf", *OFFICE).status == 2  # it is there already


def test_another_laptop_of_the_office_comes_to_hold_the_office_key(scheme, tmp_path):
    join(scheme, "OFFICE2", "second", "coordinator")
    second = ("--profile", "second")
    assert "does not hold" in scheme("office-key", *second).out
    assert scheme("recovery-sheet", "sheets.pdf", *OFFICE).status == 0
    lines = printed_lines(tmp_path / "sheets.pdf")
    (tmp_path / "bad.txt").write_text(lines.replace(lines[3], "A" if lines[3] != "A" else "B", 1))
    done = scheme("office-key", "--enter", "bad.txt", *second)
    assert (done.status, "Line 1 is not as it stands on the sheet" in done.err) == (2, True)
    (tmp_path / "sheet.txt").write_text(lines)
    assert scheme("office-key", "--enter", "sheet.txt", *VISITOR).status == 2
    done = scheme("office-key", "--enter", "sheet.txt", *second)
    assert (done.status, "holds the office key" in done.out) == (0, True)
    assert scheme("office-key", "--enter", "sheet.txt", *second).status == 2
    assert scheme("revoke", "ICV02", "--yes", *second).status == 0
    assert scheme("sync", *second).status == 0
    assert scheme("sync", *OFFICE).status == 0
    assert standing(scheme, "ICV02")["status"] == "revoked"


def test_the_sheet_of_another_scheme_is_not_taken(scheme, tmp_path):
    join(scheme, "OFFICE2", "second", "coordinator")
    start(scheme, "other")
    with unlocked(tmp_path / "other") as laptop:
        (tmp_path / "sheet.txt").write_text("\n".join(laptop.profile.keyring.holder.sheet()))
    done = scheme("office-key", "--enter", "sheet.txt", "--profile", "second")
    assert (done.status, "of another scheme" in done.err) == (2, True)
    done = scheme(
        "init", "--recover", "sheet.txt", "--person", "N", "--role", "coordinator", "--hub", HUB, "--profile", "new"
    )
    assert (done.status, "opens nothing" in done.err) == (2, True)
    assert not (tmp_path / "new" / "local.icvdb").exists()


def test_a_scheme_is_taken_up_again_with_typed_lines(scheme, tmp_path, monkeypatch):
    assert scheme("recovery-sheet", "sheets.pdf", *OFFICE).status == 0
    monkeypatch.setattr("sys.stdin", io.StringIO(printed_lines(tmp_path / "sheets.pdf").lower() + "\n"))
    new = ("--profile", "new")
    assert scheme("init", "--recover", "--person", "N", "--role", "visitor", "--hub", HUB, *new).status == 2
    assert scheme("init", "--recover", "--person", "NEW1", *new).status == 2
    monkeypatch.setattr("sys.stdin", io.StringIO(printed_lines(tmp_path / "sheets.pdf").lower() + "\n"))
    done = scheme("init", "--recover", "--person", "NEW1", "--role", "coordinator", "--hub", HUB, *new)
    assert done.status == 0, done.err
    assert "NEW1 works in Test scheme" in done.out
    ours = scheme("list", "visit", "--json", *new).json
    assert ours == scheme("list", "visit", "--json", *OFFICE).json
    assert scheme("verify", *new).status == 0
    with unlocked(tmp_path / "new") as laptop:
        assert [each.person for each in every(laptop.store)] == ["ICV01", "ICV02", "NEW1"]
        assert named(laptop.store, "ICV01").withheld == {}


def test_what_was_written_before_a_laptop_was_locked_out_is_not_called_damaged(scheme):
    join(scheme, "ICV03", "other")
    assert scheme("sync", *OFFICE).status == 0
    assert scheme("revoke", "ICV03", "--yes", *OFFICE).status == 0
    assert scheme("sync", *OFFICE).status == 0
    assert scheme("sync", *VISITOR).status == 0
    for who in (OFFICE, VISITOR):
        done = scheme("verify", "--json", *who)
        assert (done.status, done.json["bad"]) == (0, [])
