"""What the program loads before its first paint: nothing of storage, forms, documents or the pages behind the lock."""

import os
import subprocess
import sys

SHOWN = """
import sys
from pathlib import Path
from ui.app import build
app, window = build([], Path(sys.argv[1]))
window.show()
app.processEvents()
print("\\n".join(sys.modules))
"""


def test_the_first_paint_needs_no_storage_no_forms_and_no_documents(tmp_path):
    (tmp_path / "vault.json").write_text("{}", encoding="utf-8")
    environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen"}
    done = subprocess.run(
        [sys.executable, "-c", SHOWN, str(tmp_path)], env=environment, capture_output=True, text=True, check=True
    )
    loaded = set(done.stdout.split())
    assert "ui.starting.unlock" in loaded
    kept_for_later = {
        "sqlite3", "sqlite_utils", "sqlcipher3", "nacl", "reportlab", "reports", "forms.draft", "forms.form",
        "forms.reader", "icv_app.laptop", "icv_app.storage.store", "ui.desk", "ui.starting.welcome",
        "ui.form_filling.form_page", "concurrent.futures", "json", "PySide6.QtSvg",
    }  # fmt: skip
    assert loaded & kept_for_later == set()
