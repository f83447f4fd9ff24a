"""Where a shared folder lies is told from its path, the variables of the process, and what clients leave in folders."""

import os
from pathlib import Path

import pytest

from icv_app.files.placement import cloud, not_here, remarks


def kinds(folder, **given):
    return [each.kind for each in remarks(folder, environ=given.get("environ", {}), temporary=given.get("temporary"))]


def test_there_is_nothing_to_say_of_an_ordinary_folder(tmp_path):
    assert kinds(tmp_path, temporary=tmp_path / "elsewhere") == []


@pytest.mark.parametrize(
    ("part", "name"),
    [
        ("OneDrive - Northshire", "OneDrive"), ("Dropbox (Office)", "Dropbox"), ("My Drive", "Google Drive"),
        ("iCloudDrive", "iCloud"), ("com~apple~CloudDocs", "iCloud"), ("Nextcloud", "Nextcloud"),
        ("Syncthing", "Syncthing"), ("SharePoint Northshire", "SharePoint"),
    ],
)  # fmt: skip
def test_a_cloud_folder_is_known_by_its_name_and_its_meaning_is_told(tmp_path, part, name):
    folder = tmp_path / part / "visits"
    folder.mkdir(parents=True)
    (remark,) = remarks(folder, environ={}, temporary=tmp_path / "elsewhere")
    assert (remark.kind, remark.name) == ("cloud", name)
    assert name in remark.words
    assert "Always keep on this device" in remark.advice


@pytest.mark.parametrize("variable", ["OneDrive", "OneDriveCommercial", "OneDriveConsumer"])
def test_onedrive_is_known_by_its_variable_whatever_the_folder_is_called(tmp_path, variable):
    (tmp_path / "Work" / "visits").mkdir(parents=True)
    environ = {variable: str(tmp_path / "Work")}
    assert cloud(tmp_path / "Work" / "visits", environ=environ) == "OneDrive"
    assert cloud(tmp_path / "Work", environ=environ) == "OneDrive"
    assert cloud(tmp_path, environ=environ) == ""


@pytest.mark.parametrize(
    ("marker", "name"), [(".stfolder", "Syncthing"), (".dropbox", "Dropbox"), (".nextcloudsync.log", "Nextcloud")]
)
def test_a_folder_is_known_by_what_a_client_left_in_one_above_it(tmp_path, marker, name):
    (tmp_path / "shared" / "visits").mkdir(parents=True)
    (tmp_path / "shared" / marker).mkdir()
    assert cloud(tmp_path / "shared" / "visits", environ={}) == name
    assert cloud(tmp_path, environ={}) == ""


def test_a_client_installed_in_the_home_folder_does_not_make_everything_in_it_a_cloud_folder(tmp_path, monkeypatch):
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("USERPROFILE", str(tmp_path))
    (tmp_path / ".dropbox").mkdir()
    (tmp_path / "visits").mkdir()
    assert cloud(tmp_path / "visits", environ={}) == ""


@pytest.mark.skipif(not hasattr(os.stat_result, "st_blocks"), reason="needs a system that counts blocks")
def test_a_file_that_is_listed_and_holds_nothing_here_is_told(tmp_path):
    (tmp_path / "small.txt").write_bytes(b"x")
    assert not_here(tmp_path) == ""
    with (tmp_path / "Scheme.icvhub").open("wb") as file:
        file.truncate(1 << 20)
    assert not_here(tmp_path) == "Scheme.icvhub"
    assert "not_here" in kinds(tmp_path)


def test_a_folder_for_temporary_files_is_told(tmp_path):
    assert kinds(tmp_path / "a", temporary=tmp_path) == ["temporary"]
    assert kinds(tmp_path, temporary=tmp_path) == ["temporary"]


@pytest.mark.skipif(os.name == "nt", reason="a path of another system")
@pytest.mark.parametrize("place", ["/media/icv01/STICK/visits", "/run/media/icv01/STICK"])
def test_a_stick_is_told(tmp_path, place):
    assert kinds(Path(place), temporary=tmp_path) == ["stick"]


def test_a_folder_that_is_not_there_is_no_trouble(tmp_path):
    assert kinds(tmp_path / "none", temporary=tmp_path / "elsewhere") == []
