"""Backups by the command line: exit statuses, one JSON document, and nothing changed without a yes."""

import json

import pytest

from icv_app.commands import command_line
from icv_app.commands.terminal import Terminal
from icv_app.profiles.vault import Strength
from icv_app.program import Program

WORDS = "three plain words"


@pytest.fixture
def run(tmp_path, capsys):
    """Run a command on the profile `a`, or another; returns (exit status, standard output, standard error)."""
    program = Program(documents=None, window=None, strength=Strength.LIGHT)

    def command(*argv, profile="a", passphrase=WORDS):
        terminal = Terminal({"ICV_PASSPHRASE": passphrase})
        status = command_line.run(["--profile", str(tmp_path / profile), *map(str, argv)], program, terminal)
        told = capsys.readouterr()
        return status, told.out, told.err

    assert command("init", "--scheme", "Northshire", "--person", "ICV01", "--role", "coordinator")[0] == 0
    return command


def test_a_backup_is_written_and_never_over_another_without_a_yes(run, tmp_path):
    file = tmp_path / "b.icvbackup"
    status, out, _ = run("backup", file, "--json")
    told = json.loads(out)
    assert (status, told["file"], told["checked"]) == (0, str(file), True)
    assert told["bytes"] == file.stat().st_size
    before = file.read_bytes()
    status, out, err = run("backup", file)
    assert (status, out, file.read_bytes()) == (2, "", before)
    assert "--yes" in err
    assert run("backup", file, "--yes")[0] == 0
    assert file.read_bytes() != before


def test_a_folder_that_is_not_there_is_the_surroundings_and_a_folder_for_a_file_is_the_input(run, tmp_path):
    assert run("backup", tmp_path / "nowhere" / "b.icvbackup")[0] == 3
    assert run("backup", tmp_path)[0] == 2


def test_restore_shows_first_and_changes_nothing_without_a_yes(run, tmp_path):
    file = tmp_path / "b.icvbackup"
    run("backup", file)
    status, out, err = run("restore", file)
    assert status == 2
    assert "A backup of ICV01 in Northshire" in out
    assert "--yes" in err
    status, out, _ = run("restore", file, "--json")
    told = json.loads(out)
    assert (status, told["restored"], told["present"], told["loses"]) == (2, False, "read", {})
    status, out, _ = run("restore", file, "--yes", "--json")
    told = json.loads(out)
    assert (status, told["restored"]) == (0, True)
    assert told["kept"]
    assert run("list")[0] == 0


def test_restore_into_an_empty_folder_makes_the_laptop_again(run, tmp_path):
    run("backup", tmp_path / "b.icvbackup")
    assert run("restore", tmp_path / "b.icvbackup", profile="new")[0] == 0
    assert run("list", profile="new")[0] == 0


@pytest.mark.parametrize("content", [b"", b"no backup at all", b"icvbackup 1 abc\n"])
def test_what_is_no_backup_is_refused(run, tmp_path, content):
    (tmp_path / "b.icvbackup").write_bytes(content)
    assert run("restore", tmp_path / "b.icvbackup", "--yes")[0] == 2


def test_a_wrong_passphrase_is_2(run, tmp_path):
    run("backup", tmp_path / "b.icvbackup")
    status, _, err = run("restore", tmp_path / "b.icvbackup", "--yes", passphrase="another passphrase")
    assert status == 2
    assert "not the passphrase of this backup" in err


def test_the_list_shows_each_backup_and_what_keeps_one_from_being_made(run, tmp_path):
    assert "No backup" in run("backups")[2]
    stick = tmp_path / "stick"
    stick.mkdir()
    status, out, _ = run("backups", "--second", stick, "--now", "--json")
    told = json.loads(out)
    assert (status, told["second"], told["warning"]) == (0, str(stick), None)
    assert sorted(each["place"] for each in told["backups"]) == ["laptop", "second"]
    for each in stick.iterdir():
        each.unlink()
    stick.rmdir()
    status, _, err = run("backups", "--now")
    assert status == 3
    assert str(stick) in err
    assert str(stick) in run("backups")[2]
    assert run("backups", "--no-second", "--now")[0] == 0
    assert run("backups")[2] == ""
    assert run("backups", "--second", stick)[0] == 2
    assert run("backups", "--second", tmp_path, "--no-second")[0] == 2


def test_sync_says_that_backups_fail(run, tmp_path):
    (tmp_path / "stick").mkdir()
    run("backups", "--second", tmp_path / "stick", "--now")
    for each in (tmp_path / "stick").iterdir():
        each.unlink()
    (tmp_path / "stick").rmdir()
    run("backups", "--now")
    status, out, err = run("sync", tmp_path / "n.icvhub", "--json")
    assert status == 0
    assert json.loads(out)["verified"]
    assert str(tmp_path / "stick") in err
