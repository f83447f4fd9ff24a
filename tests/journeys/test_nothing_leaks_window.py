"""A whole visit at a real window, with marked words, leaves them nowhere in plain sight: no file, title or report."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

import resources
from icv_app.laptop import Laptop
from icv_app.profiles.vault import Strength
from tests.journeys.leaking_visit import CUSTODY_NUMBER, MARKED, PASSPHRASE, PERSON, SITE

NEEDLES = [mark.encode(code) for mark in MARKED for code in ("utf-8", "utf-16-le", "utf-16-be")]
NEEDLES += [bytes(NEEDLES[0]).lower()]


def readable_in(folder: Path) -> list[str]:
    """Return where a marked word can be read under `folder`, in a file or in its name."""
    found = []
    for path in folder.rglob("*"):
        if any(mark in path.name for mark in MARKED):
            found.append(f"the name {path.name}")
        if path.is_file():
            content = path.read_bytes()
            found += [f"{path.relative_to(folder)}: {needle!r}" for needle in NEEDLES if needle in content]
            if content[:16] == b"SQLite format 3\x00":
                found.append(f"{path.relative_to(folder)}: a database that is not encrypted")
    return found


@pytest.mark.journey
@pytest.mark.skipif(os.name != "posix", reason="needs SIGKILL")
def test_a_whole_visit_at_the_window_leaves_its_words_in_no_file_title_or_report_of_a_fault(tmp_path: Path) -> None:
    world, chosen = tmp_path / "world", tmp_path / "chosen by the person"
    places = {
        name: world / name.lower()
        for name in (
            "HOME",
            "XDG_DATA_HOME",
            "XDG_CONFIG_HOME",
            "XDG_CACHE_HOME",
            "XDG_STATE_HOME",
            "TMPDIR",
            "BACKUPS",
        )
    }
    for folder in (*places.values(), world / "share", chosen):
        folder.mkdir(parents=True)
    profile = places["XDG_DATA_HOME"] / "icv-app"
    with Laptop.start(
        profile, scheme="Northshire", person=PERSON, role="coordinator", passphrase=PASSPHRASE,
        hub=world / "share" / "n.icvhub", strength=Strength.LIGHT,
    ) as laptop:  # fmt: skip
        laptop.import_folder(resources.path("example"))
        visitor = next(iter(laptop.store.records("visitor"))).body
        laptop.store.save("visitor", PERSON, {**visitor, "visitor": PERSON, "roles": "icv"})
        laptop.store.save("site", "euston-street", {"site": "euston-street", "name": SITE, "kind": "custody_suite"})
        visit = next(iter(laptop.store.records("visit"))).body
        laptop.store.save("visit", "CV-1", {**visit, "notes": CUSTODY_NUMBER})
    run = subprocess.Popen(
        [sys.executable, "-m", "tests.journeys.leaking_visit", str(profile), str(chosen), str(places["BACKUPS"])],
        cwd=Path(__file__).parents[2],
        env=os.environ | {name: str(place) for name, place in places.items()} | {"TEMP": str(places["TMPDIR"])},
        stdout=subprocess.PIPE, stderr=subprocess.PIPE,
    )  # fmt: skip
    assert run.stdout is not None
    assert run.stderr is not None
    line = run.stdout.readline()
    command = Path(f"/proc/{run.pid}/cmdline")
    given = command.read_bytes() if command.exists() else b""
    during = readable_in(world)
    run.kill()
    rest, errors = run.communicate(timeout=30)
    assert line, errors.decode()
    told = json.loads(line)

    assert readable_in(chosen) != []  # the words were there to be found
    assert during == []
    assert readable_in(world) == []
    assert (profile / "local.icvdb-wal").stat().st_size  # a crash indeed
    assert {path.name for path in places["BACKUPS"].iterdir()} == {"a.icvbackup", "a.icvinvite"}
    assert list(places["TMPDIR"].iterdir()) == []
    for name, texts in (
        ("titles", told["titles"]), ("environment", told["environment"]), ("command line", [given.decode()]),
        ("errors", [errors.decode()]), ("output", [rest.decode()]),
    ):  # fmt: skip
        assert [(name, mark) for mark in MARKED for text in texts if mark in text] == []
    assert "ValueError" in errors.decode()  # the fault was told
    assert "KeyError" in errors.decode()
    assert told["titles"]
