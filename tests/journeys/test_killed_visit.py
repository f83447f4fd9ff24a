"""Nothing is lost: a visit that is being typed is killed at any moment, and what was promised is on disk.

`ICV_KILLS=200 ./run test tests/journeys/test_killed_visit.py -n 0` is the long run (docs/testing.md).
"""

import json
import os
import random
import shutil
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest

import resources
from icv_app.laptop import Laptop
from icv_app.profiles.vault import Strength
from tests.journeys.killed_visit import PASSPHRASE

KILLS = int(os.environ.get("ICV_KILLS", "4"))
OLDEST_NS = 2_000_000_000  # nothing typed longer ago may be gone
LONGEST = 9.0  # seconds: about as long as the visit takes


@pytest.fixture(scope="module")
def profile(tmp_path_factory):
    folder = tmp_path_factory.mktemp("profile")
    with Laptop.start(
        folder / "p", scheme="Test", person="ICV01", role="coordinator", passphrase=PASSPHRASE, strength=Strength.LIGHT
    ) as laptop:
        laptop.import_folder(resources.path("example"))
    return folder / "p"


def killed(folder: Path, seed: int, after: float):
    """Type a visit in a process of its own, kill it `after` seconds of typing; return what it told, and the moment."""
    root = Path(__file__).parents[2]
    run = subprocess.Popen(
        [sys.executable, "-m", "tests.journeys.killed_visit", str(folder), str(seed)], cwd=root,
        stdout=subprocess.PIPE, stderr=subprocess.PIPE,
    )  # fmt: skip
    lines = []
    begun = threading.Event()

    def listen():
        for line in run.stdout:
            lines.append(json.loads(line))
            begun.set()

    listener = threading.Thread(target=listen)
    listener.start()
    assert begun.wait(30), run.stderr.read() if run.poll() is not None else "the window never opened"
    time.sleep(after)
    moment = time.monotonic_ns()
    run.send_signal(signal.SIGKILL)
    errors = run.stderr.read().decode()
    run.wait()
    listener.join()
    run.stdout.close()
    run.stderr.close()
    assert run.returncode == -signal.SIGKILL, errors
    return lines, moment


def stored(folder: Path):
    with Laptop.unlock(folder, PASSPHRASE) as laptop:
        drafts = laptop.store.drafts()
        recovered = laptop.paperwork.recovered()
        if not drafts:
            return None
        (row,) = drafts
        assert [line.draft for line in recovered] == [row.draft]
        opened = laptop.paperwork.open_draft(row.draft)
        assert (opened.form.name, opened.form.version) == (row.form, row.version)
        assert opened.draft.answers() == row.answers
        return row.answers


def differing(one, other):
    return {name for name in one.keys() | other.keys() if one.get(name) != other.get(name)}


@pytest.mark.parametrize("number", range(KILLS))
def test_a_killed_visit_has_all_that_was_called_saved_and_all_but_the_last_two_seconds(profile, tmp_path, number):
    folder = tmp_path / "p"
    shutil.copytree(profile, folder)
    chance = random.Random(f"{os.environ.get('ICV_KILL_SEED', '')}{number}")
    lines, moment = killed(folder, number, chance.uniform(0, LONGEST))
    states = [line["typed"] for line in lines if "typed" in line]
    times = [line["at"] for line in lines if "typed" in line]
    found = stored(folder)
    promised = [line["saved"] for line in lines if "saved" in line]
    old = [state for state, at in zip(states, times, strict=True) if at < moment - OLDEST_NS]
    if found is None:
        assert not promised, "it said Saved, and there is no draft"
        assert not old, "what was typed more than two seconds ago is gone"
        return
    places = [at for at, state in enumerate(states) if state == found]
    if not places:  # the kill came while a key was being handled: on disk, and not told any more
        assert len(differing(found, states[-1] if states else {})) <= 1, "what is on disk was never on the screen"
    latest = places[-1] if places else len(states)
    if promised:
        last = max((at for at, state in enumerate(states) if state == promised[-1]), default=0)
        assert latest >= last or found == promised[-1], "something that was called saved is gone"
    assert latest >= len(old) - 1, "what was typed more than two seconds ago is gone"
