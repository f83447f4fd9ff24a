"""What the tests are given: a shared folder with laptops that know of it, and a scheme whose laptops have met."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.laptops import Scheme, met, opened
from tests.shared_folder import Desk


@pytest.fixture(scope="session")
def scheme_that_met(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folders of an office and three visitors who have met, made once and copied."""
    return met(tmp_path_factory.mktemp("scheme"))


@pytest.fixture
def scheme(scheme_that_met: Path, tmp_path: Path) -> Iterator[Scheme]:
    """An office and three visitors who have met."""
    with opened(shutil.copytree(scheme_that_met, tmp_path / "scheme")) as found:
        yield found


@pytest.fixture
def hub(tmp_path: Path) -> Path:
    """Where the shared file of a scheme is to be, in a folder that is there."""
    folder = tmp_path / "share"
    folder.mkdir()
    return folder / "Scheme.icvhub"


@pytest.fixture
def desks(tmp_path: Path) -> Iterator[list[Desk]]:
    """Three laptops of one scheme that have not synced yet."""
    made = [Desk(tmp_path, f"ICV0{number}") for number in (1, 2, 3)]
    yield made
    for desk in made:
        desk.close()
