"""What becomes of results that standard output does not take: the command says so, and ends with 3."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.laptops import PASSPHRASE, founded

ROOT = Path(__file__).parents[3]
FULL = Path("/dev/full")

needs_full = pytest.mark.skipif(not FULL.exists(), reason="there is no /dev/full here")


@pytest.fixture(scope="module")
def profile(tmp_path_factory):
    folder = tmp_path_factory.mktemp("output") / "office"
    founded(folder).close()
    return folder


def ended(profile, *words, output=subprocess.PIPE, **environ):
    command = [sys.executable, "-m", "icv_app", "--profile", str(profile), *words]
    return subprocess.run(
        command, stdout=output, stderr=subprocess.PIPE, check=False, cwd=ROOT,
        env={**os.environ, "ICV_PASSPHRASE": PASSPHRASE, **environ},
    )  # fmt: skip


@needs_full
@pytest.mark.parametrize("unbuffered", ["", "1"])
def test_a_full_disk_is_told_and_nothing_is_called_done(profile, unbuffered):
    with FULL.open("wb") as full:
        done = ended(profile, "summary", "2025-26-Q2", output=full, PYTHONUNBUFFERED=unbuffered)
    assert done.returncode == 3
    assert b"could not be written whole" in done.stderr
    assert b"Traceback" not in done.stderr


def test_a_document_that_is_no_text_goes_into_a_pipe(profile):
    done = ended(profile, "summary", "2025-26-Q2", "--format", "pdf")
    assert done.returncode == 0
    assert done.stdout.startswith(b"%PDF-")
    assert done.stdout.rstrip().endswith(b"%%EOF")


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("--format", "docx", "-o", "x.pdf"), b"another kind of file"),
        (("-o", ""), b"Say where to"),
        (("-o", f"{'a' * 300}.pdf"), b"is no name for a file"),
    ],
)
def test_a_name_that_cannot_hold_the_document_is_refused(profile, words, said):
    done = ended(profile, "summary", "2025-26-Q2", *words)
    assert done.returncode == 2
    assert said in done.stderr
