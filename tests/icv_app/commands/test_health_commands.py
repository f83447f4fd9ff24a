"""The commands health, probe and rebuild: words, one JSON document, and the exit status of each."""

import json

import pytest

from icv_app.commands.command_line import run
from icv_app.profiles.vault import Strength
from icv_app.program import Program

PASSPHRASE = "three plain words"


class _NoDocuments:
    """No document is made here."""


@pytest.fixture
def command(tmp_path, monkeypatch, capsys):
    monkeypatch.setenv("ICV_PASSPHRASE", PASSPHRASE)
    program = Program(window=lambda *_: 0, documents=_NoDocuments(), strength=Strength.LIGHT)

    def typed(*words):
        status = run(["--profile", str(tmp_path / "office"), *map(str, words)], program)
        told = capsys.readouterr()
        return status, told.out, told.err

    return typed


@pytest.fixture
def hub(tmp_path, command):
    (tmp_path / "share").mkdir()
    path = tmp_path / "share" / "northshire.icvhub"
    status, _, told = command(
        "init", "--scheme", "Northshire", "--person", "OFFICE1", "--role", "coordinator", "--hub", path
    )
    assert (status, told) == (0, "")  # an ordinary folder is used without a word
    assert command("sync")[0] == 0
    return path


def test_health_says_that_all_is_well_and_the_same_in_json(command, hub):
    status, said, _ = command("health")
    assert status == 0
    assert said.startswith("Everything is in order.")
    assert "OFFICE1 (this laptop)" in said
    status, said, _ = command("health", "--json")
    assert (status, json.loads(said)["ok"]) == (0, True)


def test_a_broken_shared_file_is_2_and_is_made_again(command, hub):
    hub.write_bytes(b"broken")
    status, said, _ = command("health")
    assert status == 2
    assert "Make the shared file again" in said
    assert command("rebuild")[0] == 2  # nobody is there to ask
    assert hub.read_bytes() == b"broken"
    status, said, told = command("rebuild", "--yes")
    assert status == 0
    assert "was made again from this laptop" in said
    assert ".bad" in told
    assert command("verify")[0] == 0


def test_a_share_that_is_away_is_3(command, hub):
    hub.parent.rename(hub.parent.with_name("unplugged"))
    assert command("health")[0] == 3


def test_probe_needs_no_profile(command, tmp_path):
    status, said, _ = command("probe", tmp_path)
    assert status == 0
    assert said.startswith("This folder can be used.")
    status, said, _ = command("probe", tmp_path, "--json")
    assert json.loads(said)["usable"] is True
    assert command("probe", tmp_path / "none")[0] == 3


def test_the_notes_on_a_folder_are_told_when_it_is_first_used(command, hub, tmp_path):
    folder = tmp_path / "OneDrive - Northshire"
    folder.mkdir()
    status, _, told = command("sync", folder / "northshire.icvhub")
    assert status == 0
    assert "Always keep on this device" in told
    assert "OneDrive" not in command("sync", folder / "northshire.icvhub")[2]
