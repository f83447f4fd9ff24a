"""A visit recorded, synced and cut off by a crash leaves its words nowhere but under a key."""

import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any
from zlib import compress

import pytest

from icv_app.laptop import Laptop
from icv_app.profiles.vault import Strength

PASSPHRASE = "correct horse battery"
SECRETS = ("Zwetschgenknoedel", "ICV-Persephone", "Quuxborough scheme", PASSPHRASE, "an invitation's own words")
WORDS = f"{SECRETS[0]} was said in cell four. " * 40

VISITOR = """
import os, signal, sys
from pathlib import Path
from icv_app.laptop import Laptop
from icv_app.searching.search import Search
from icv_app.storage.store import DraftRow
from tests.icv_app.test_nothing_leaks import PASSPHRASE, WORDS

laptop = Laptop.unlock(Path(sys.argv[1]), PASSPHRASE)
now = laptop.clock.now()
laptop.store.put_draft(
    DraftRow(draft="D1", form="custody_visit", version="1", answers={"notes": WORDS}, started=now, saved=now)
)
laptop.store.save("visit", "CV-1", {"form": "custody_visit", "notes": WORDS, "site": "s"})
laptop.store.save_all(("visit", f"CV-{n}", {"notes": f"{n} {WORDS}"}) for n in range(2, 400))
# a sort and a scratch table that are too large to be kept in a small cache
laptop.store.connection.execute("PRAGMA cache_size = 10")
laptop.store.connection.execute("SELECT * FROM current ORDER BY author, heads").fetchall()
# the index of words, and a search that is sorted and quoted
search = Search(laptop.store, laptop.paperwork.book)
while search.catch_up():
    pass
assert search.find(search.parse("cell four", laptop.clock.today()), most=300).results

def dies(words, done, total):
    if words == sys.argv[2]:
        os.kill(os.getpid(), signal.SIGKILL)

laptop.sync(progress=dies)
os.kill(os.getpid(), signal.SIGKILL)
"""


def plain_in(folder: Path, name: str, key: bytes) -> list[str]:
    """Return where a secret can be read under `folder`: as typed, in UTF-16, or in a payload's own compression."""
    needles = [secret.encode(code) for secret in SECRETS for code in ("utf-8", "utf-16-le")] + [key, key.hex().encode()]
    needles.append(compress(b"", 1)[:2] + b"\xab")  # how zlib begins at level 1 with a brace
    found = []
    for path in folder.rglob("*"):
        assert SECRETS[1] not in path.name
        if path.is_file():
            content = path.read_bytes()
            found += [f"{name}: {path.name} holds {needle[:20]!r}" for needle in needles[:-1] if needle in content]
            assert content[:16] != b"SQLite format 3\x00", path
    return found


@pytest.mark.skipif(os.name != "posix", reason="needs SIGKILL")
@pytest.mark.parametrize("moment", ["Sending records", "Renewing the shared file", "Done"])
def test_no_word_of_a_visit_is_readable_on_any_disk(tmp_path: Path, moment: str) -> None:
    share, temporary = tmp_path / "share", tmp_path / "tmp"
    share.mkdir()
    temporary.mkdir()
    with Laptop.start(
        tmp_path / "a", scheme=SECRETS[2], person=SECRETS[1], role="coordinator", passphrase=PASSPHRASE,
        hub=share / "S.icvhub", strength=Strength.LIGHT,
    ) as laptop:  # fmt: skip
        key = laptop.profile.hub_key
        laptop.invite(tmp_path / "a.invitation", SECRETS[1], "visitor", SECRETS[4], strength=Strength.LIGHT)
    places = {name: str(temporary) for name in ("TMPDIR", "TEMP", "TMP", "SQLITE_TMPDIR")}
    run = subprocess.run(
        [sys.executable, "-c", VISITOR, str(tmp_path / "a"), moment], env=os.environ | places,
        cwd=Path(__file__).parents[2], capture_output=True, check=False,
    )  # fmt: skip
    assert run.returncode == -9, run.stderr.decode()
    assert (tmp_path / "a" / "local.icvdb-wal").stat().st_size  # a crash indeed
    if moment == "Done":
        assert (share / "S.icvhub").stat().st_size
    assert run.stdout + run.stderr == b""
    assert plain_in(tmp_path, moment, key) == []
    assert list(temporary.iterdir()) == []
    with Laptop.unlock(tmp_path / "a", PASSPHRASE) as again:  # and all of it is there for whoever may read it
        assert json.dumps(again.store.draft("D1").answers["notes"]) == json.dumps(WORDS)  # type: ignore[union-attr]
        assert again.sync().verified
    assert plain_in(tmp_path, "afterwards", key) == []


def test_the_scratch_folders_of_an_exchange_hold_encrypted_files_alone_and_go_with_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "share").mkdir()
    seen: set[str] = set()
    with Laptop.start(
        tmp_path / "a", scheme=SECRETS[2], person=SECRETS[1], role="coordinator", passphrase=PASSPHRASE,
        hub=tmp_path / "share" / "S.icvhub", strength=Strength.LIGHT,
    ) as laptop:  # fmt: skip
        key = laptop.profile.hub_key
        laptop.store.save("visit", "CV-1", {"form": "custody_visit", "notes": WORDS, "site": "s"})

        unlink, clean = os.unlink, tempfile.TemporaryDirectory.cleanup

        def look() -> None:
            for scratch in (tmp_path / "a").glob("exchange-*"):
                seen.update(path.name for path in scratch.rglob("*") if path.is_file())
                assert plain_in(scratch, scratch.name, key) == []

        def unlinked(*arguments: Any, **named: Any) -> None:
            look()  # before anything of it goes
            unlink(*arguments, **named)

        def cleaned(folder: Any) -> None:
            look()
            clean(folder)

        monkeypatch.setattr(os, "unlink", unlinked)
        monkeypatch.setattr(tempfile.TemporaryDirectory, "cleanup", cleaned)
        assert laptop.sync(progress=lambda *_: look()).verified
        monkeypatch.undo()
    assert seen
    assert list((tmp_path / "a").glob("exchange-*")) == []
