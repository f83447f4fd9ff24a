"""What the program makes is its owner's alone, however generous the system is by default."""

import os
import stat
from pathlib import Path

import pytest

from icv_app.laptop import Laptop
from icv_app.profiles.vault import Strength

PASSPHRASE = "correct horse battery"

pytestmark = pytest.mark.skipif(os.name != "posix", reason="Windows inherits the rights of the user's own folder")


def open_to_others(folder: Path) -> list[str]:
    """Return what anybody but the owner may read, write or enter."""
    return [path.name for path in (folder, *folder.rglob("*")) if stat.S_IMODE(path.stat().st_mode) & 0o077]


@pytest.fixture
def _generous() -> object:
    before = os.umask(0)
    yield
    os.umask(before)


@pytest.mark.usefixtures("_generous")
def test_a_profile_and_an_invitation_are_private_at_every_moment_of_an_exchange(tmp_path: Path) -> None:
    (tmp_path / "share").mkdir()
    seen = []
    with Laptop.start(
        tmp_path / "deep" / "a", scheme="Northshire", person="ICV01", role="coordinator", passphrase=PASSPHRASE,
        hub=tmp_path / "share" / "s.icvhub", strength=Strength.LIGHT,
    ) as laptop:  # fmt: skip
        laptop.store.save("visit", "CV-1", {"notes": "blanket"})
        laptop.invite(tmp_path / "i.icvinvite", "ICV02", "visitor", "told by telephone", strength=Strength.LIGHT)
        laptop.profile.change_passphrase(PASSPHRASE, "three other words", strength=Strength.LIGHT)

        def look(*_: object) -> None:
            seen.extend(open_to_others(tmp_path / "deep" / "a"))

        laptop.sync(progress=look)
        look()
        assert (tmp_path / "deep" / "a" / "local.icvdb-wal").exists()
    assert seen == []
    assert stat.S_IMODE((tmp_path / "i.icvinvite").stat().st_mode) == 0o600


@pytest.mark.usefixtures("_generous")
def test_a_profile_that_others_could_read_is_private_once_it_was_opened(tmp_path: Path) -> None:
    with Laptop.start(
        tmp_path / "a", scheme="Northshire", person="ICV01", role="coordinator", passphrase=PASSPHRASE,
        strength=Strength.LIGHT,
    ):  # fmt: skip
        pass
    for path in (tmp_path / "a").iterdir():
        path.chmod(0o666)
    (tmp_path / "a").chmod(0o777)
    with Laptop.unlock(tmp_path / "a", PASSPHRASE):
        assert open_to_others(tmp_path / "a") == []


@pytest.mark.usefixtures("_generous")
def test_the_looks_of_the_window_are_private_too(tmp_path: Path) -> None:
    from ui.widgets import preferences

    preferences.keep(tmp_path / "new", preferences.Preferences(scale=150))
    assert open_to_others(tmp_path / "new") == []
