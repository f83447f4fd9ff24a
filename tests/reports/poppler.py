"""Poppler, a reader of PDFs that nobody here wrote: the words of a document as its `pdftotext` finds them."""

import os
import shutil
import subprocess

import pytest

needed = pytest.mark.skipif(
    not shutil.which("pdftotext") and not os.environ.get("ICV_NEED_POPPLER"), reason="pdftotext (poppler) is not here"
)


def text(path, *options):
    """Return the text of the PDF at `path`, pages parted by form feeds."""
    done = subprocess.run(["pdftotext", "-enc", "UTF-8", *options, str(path), "-"], capture_output=True, check=True)
    return done.stdout.decode()
