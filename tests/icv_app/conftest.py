"""What the tests of the exchange are given: an empty shared folder, and three laptops that know of it."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.shared_folder import Desk


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
