"""What is shipped: the wheel's top level, the lock, the versions that matter, and the two commands."""

import os
import re
import subprocess
import sys
import tomllib
import zipfile
from importlib.metadata import packages_distributions, version
from pathlib import Path

import pytest

from icv_app import __version__

ROOT = Path(__file__).resolve().parent.parent
PACKAGES = {"icv_app", "forms", "ui", "reports", "resources"}


@pytest.fixture(scope="session")
def wheel(tmp_path_factory):
    out = tmp_path_factory.mktemp("wheel")
    build = [sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", str(out), str(ROOT)]
    subprocess.run(build, check=True, capture_output=True)
    return next(out.glob("*.whl"))


def _pins(lock):
    return dict(re.findall(r"^([a-z0-9-]+)==(\S+)", (ROOT / lock).read_text(encoding="utf-8"), re.MULTILINE))


def test_the_wheel_holds_the_five_packages_and_nothing_else(wheel):
    tops = {name.partition("/")[0] for name in zipfile.ZipFile(wheel).namelist()}
    assert {top for top in tops if not top.endswith(".dist-info")} == PACKAGES


def test_the_wheel_carries_the_forms_the_fonts_and_the_example(wheel):
    names = set(zipfile.ZipFile(wheel).namelist())
    assert {
        "forms/custody_visit.toml",
        "forms/record_review.toml",
        "forms/kennel_visit.toml",
        "forms/training_observation.toml",
        "forms/guard_surnames.txt",
        "forms/guard_signs.txt",
        "resources/fonts/AtkinsonHyperlegibleNext-Regular.ttf",
        "resources/fonts/OFL.txt",
        "resources/example/visits.csv",
        "resources/about.txt",
        "resources/help.txt",
        "resources/help.cy.txt",
        "resources/locale/cy/LC_MESSAGES/icv.mo",
    } <= names


def test_the_installed_wheel_starts_from_another_folder(wheel, tmp_path):
    target = tmp_path / "site"
    zipfile.ZipFile(wheel).extractall(target)
    environment = {**os.environ, "PYTHONPATH": str(target), "PYTHONSAFEPATH": "1"}
    shown = subprocess.run(
        [sys.executable, "-S", "-c", "import sys, icv_app; print(icv_app.__file__)"],
        env=environment, cwd=tmp_path, capture_output=True, text=True, check=True,
    ).stdout  # fmt: skip
    assert str(target) in shown
    started = subprocess.run(
        [sys.executable, "-m", "icv_app", "--version"],
        env=environment,
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=False,
    )
    assert started.returncode == 0, started.stderr
    assert __version__ in started.stdout


def test_no_other_distribution_took_one_of_our_names():
    owners = packages_distributions()
    assert all(set(owners.get(name, [])) <= {"icv-app"} for name in PACKAGES)


def test_the_lock_is_hashed_and_names_no_address():
    for lock in ("requirements.lock", "requirements-dev.lock"):
        text = (ROOT / lock).read_text(encoding="utf-8")
        assert "--hash=sha256:" in text
        assert "://" not in text
        assert "index" not in text


def test_the_two_locks_agree():
    pins = _pins("requirements-dev.lock")
    assert {name: pins.get(name) for name in _pins("requirements.lock")} == _pins("requirements.lock")


def test_pyside_is_the_version_that_does_not_abort():
    assert version("PySide6-Essentials") == "6.11.3"


def test_the_version_is_told_once():
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    assert project["version"] == __version__


def test_the_changelog_is_in_the_users_words_under_known_headings():
    lines = (ROOT / "CHANGELOG.md").read_text(encoding="utf-8").splitlines()
    assert {line for line in lines if line.startswith("### ")} <= {
        "### Added",
        "### Changed",
        "### Fixed",
        "### Removed",
    }
    assert any(line.startswith("- ") for line in lines)


@pytest.mark.skipif(os.name == "nt", reason="the POSIX launcher")
def test_the_launcher_is_plain_shell():
    assert subprocess.run(["sh", "-n", str(ROOT / "run")], check=False).returncode == 0
    assert os.access(ROOT / "run", os.X_OK)
    assert os.access(ROOT / ".ci/run", os.X_OK)


@pytest.mark.skipif(sys.platform != "linux", reason="other systems always have a screen")
def test_the_window_without_a_screen_says_so_in_words():
    environment = {name: value for name, value in os.environ.items() if name not in ("DISPLAY", "WAYLAND_DISPLAY")}
    environment.pop("QT_QPA_PLATFORM", None)
    done = subprocess.run(
        [sys.executable, "-m", "icv_app"], env=environment, cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert done.returncode == 3
    assert "no screen" in done.stderr
