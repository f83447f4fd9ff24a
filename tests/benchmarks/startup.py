"""Start to first paint: our window on a laptop with a profile, against a bare QMainWindow, each in fresh processes."""

import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

GOAL = 1.8
RUNS = 15

BARE = """
import sys
from PySide6.QtWidgets import QApplication, QLabel, QMainWindow
app = QApplication(sys.argv)
window = QMainWindow()
window.setCentralWidget(QLabel("Open"))
"""
OURS = """
import sys
from pathlib import Path
from ui.app import build
app, window = build(sys.argv, Path(sys.argv[1]))
"""
MEASURE = """
import os, time
from PySide6.QtCore import QEvent, QObject, QTimer
class FirstPaint(QObject):
    def eventFilter(self, watched, event):
        if event.type() == QEvent.Type.Paint:
            app.removeEventFilter(self)
            QTimer.singleShot(0, report)
        return False
def report():
    print(time.monotonic_ns() - int(os.environ["T0"]))
    sys.stdout.flush()
    os._exit(0)
watcher = FirstPaint()
app.installEventFilter(watcher)
window.show()
app.exec()
"""


def once(program: str, folder: str) -> float:
    """Return milliseconds from before the process exists to after its first paint."""
    environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen", "T0": str(time.monotonic_ns())}
    done = subprocess.run(
        [sys.executable, "-c", program + MEASURE, folder], env=environment, capture_output=True, text=True, check=True
    )
    return int(done.stdout.split()[-1]) / 1e6


def main() -> tuple[str, float, float, str]:
    """Return the line of the table: what, the ratio of medians, the goal, details."""
    with tempfile.TemporaryDirectory() as folder:
        (Path(folder) / "vault.json").write_text("{}", encoding="utf-8")  # so that the passphrase is asked for
        once(BARE, folder), once(OURS, folder)
        pairs = [(once(BARE, folder), once(OURS, folder)) for _ in range(RUNS)]
    bare = statistics.median(first for first, _ in pairs)
    ours = statistics.median(second for _, second in pairs)
    return "start to first paint / bare QMainWindow", ours / bare, GOAL, f"{ours:.0f} ms / {bare:.0f} ms"


if __name__ == "__main__":
    print(main())
