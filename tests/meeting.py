"""The laptops of one scheme that meet in one shared file: the office, and the visitors that it invited."""

import atexit
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from datetime import UTC, datetime, timedelta
from functools import cache
from pathlib import Path

import resources
from icv_app.clock import Clock
from icv_app.laptop import Laptop
from icv_app.profiles.vault import Strength
from icv_app.storage.store import Record

PASSPHRASE = "three plain words"
INVITED = "another three plain words"
HUB = "northshire.icvhub"


class Wall:
    """A clock on the wall that moves a second at every look, for all laptops alike."""

    def __init__(self) -> None:
        self.time = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)
        self.clock = Clock(self.look)

    def look(self) -> datetime:
        self.time += timedelta(seconds=1)
        return self.time


@cache
def _made(visitors: tuple[str, ...]) -> Path:
    """Make the laptops of a scheme once in this process; every test gets copies of their folders."""
    folder = Path(tempfile.mkdtemp(prefix="icv-scheme-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    (folder / "share").mkdir()
    clock = Wall().clock
    with ExitStack() as stack:
        office = stack.enter_context(
            Laptop.start(
                folder / "OFFICE1", scheme="Northshire", person="OFFICE1", role="coordinator", passphrase=PASSPHRASE,
                hub=folder / "share" / HUB, strength=Strength.LIGHT, clock=clock,
            )
        )  # fmt: skip
        office.import_folder(resources.path("example"))
        office.sync()
        laptops = [office]
        for person in visitors:
            invitation = folder / f"{person}.icvinvite"
            office.invite(invitation, person, "visitor", INVITED, strength=Strength.LIGHT)
            laptops.append(
                stack.enter_context(
                    Laptop.join(
                        folder / person, invitation=invitation, invitation_passphrase=INVITED, passphrase=PASSPHRASE,
                        hub=office.hub, strength=Strength.LIGHT, clock=clock,
                    )
                )
            )  # fmt: skip
        met(*laptops)
    return folder


def copied(folder: Path, *visitors: str) -> None:
    """Put the closed laptops of a scheme, which have all shared, into `folder`, with their shared file."""
    shutil.copytree(_made(visitors), folder, dirs_exist_ok=True)


def unlocked(folder: Path, person: str, clock: Clock) -> Laptop:
    """Open one of the copied laptops; it shares with the copied shared file."""
    laptop = Laptop.unlock(folder / person, PASSPHRASE, clock=clock)
    laptop.hub = folder / "share" / HUB
    return laptop


@contextmanager
def scheme(folder: Path, *visitors: str) -> Iterator[tuple[Laptop, ...]]:
    """Open the office's laptop (OFFICE1) with the example's records, and one of each visitor; all have shared."""
    copied(folder, *visitors)
    clock = Wall().clock
    with ExitStack() as stack:
        yield tuple(stack.enter_context(unlocked(folder, person, clock)) for person in ("OFFICE1", *visitors))


def met(*laptops: Laptop) -> None:
    """Have every laptop share until each holds what the others wrote."""
    for _ in range(2):
        for laptop in laptops:
            laptop.sync()


def held(laptop: Laptop, key: str, kind: str = "visit") -> Record:
    """Return a record that a laptop must hold."""
    record = laptop.store.current(kind, key)
    assert record is not None
    return record
