"""What a person is told to do next, and what the practice scheme is."""

import pytest

import resources
from icv_app.commands.next_steps import PRACTICE, next_steps
from icv_app.examples.practice import is_practice, open_practice
from icv_app.laptop import Laptop
from icv_app.profiles import recovery
from icv_app.profiles.vault import Strength
from icv_app.scheme import scheme_settings
from icv_app.scheme.scheme_settings import Settings

PASSPHRASE = "three plain words"


def start(folder, role="coordinator", **more):
    return Laptop.start(
        folder, scheme="Northshire", person="ICV01", role=role, passphrase=PASSPHRASE, strength=Strength.LIGHT, **more
    )


def test_a_new_scheme_is_told_to_bring_in_its_lists_choose_the_file_invite_and_say_whom_to_phone(tmp_path):
    with start(tmp_path / "office") as laptop:
        lists, file, invite, sheets, phone = next_steps(laptop)
    assert "Import a folder" in lists
    assert "Choose the shared file" in file
    assert "Invite a person" in invite
    assert "Recovery sheets" in sheets
    assert "whom to phone" in phone


@pytest.mark.parametrize(("hub", "words"), [(True, "Share now"), (False, "Ask the office")])
def test_a_visitor_is_told_where_the_suites_come_from_and_never_to_invite(tmp_path, shared_folder, hub, words):
    with start(tmp_path / "visitor", role="visitor", hub=shared_folder / "s.icvhub" if hub else None) as laptop:
        steps = next_steps(laptop)
    assert any(words in step for step in steps)
    assert not any("Invite" in step or "Import" in step for step in steps)


def test_a_step_that_was_taken_is_no_longer_told(tmp_path, shared_folder):
    with start(tmp_path / "office", hub=shared_folder / "s.icvhub") as laptop:
        laptop.import_folder(resources.path("example"))
        assert [step for step in next_steps(laptop) if "Share now" in step]
        laptop.sync()
        left, sheets, phone = next_steps(laptop)
        recovery.note_sheets(laptop.store)
        scheme_settings.save(laptop.store, Settings(serious_issue_phone="0116 496 0000"))
        assert next_steps(laptop) == (left,)
    assert "Invite" in left
    assert "Recovery sheets" in sheets
    assert "whom to phone" in phone


def test_the_practice_scheme_is_made_once_and_has_no_shared_file(tmp_path):
    with open_practice(tmp_path) as laptop:
        held = len(laptop.visits())
        assert is_practice(laptop)
        assert laptop.hub is None
        assert next_steps(laptop) == (PRACTICE,)
    with open_practice(tmp_path) as again:
        assert len(again.visits()) == held == 33


def test_a_real_scheme_in_a_folder_called_practice_is_no_practice(tmp_path):
    with start(tmp_path / "practice") as laptop:
        assert not is_practice(laptop)
