"""Laptops of one scheme for tests: founded, joined by a real invitation, and given each other's records."""

import json
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

import resources
from icv_app.clock import Clock
from icv_app.laptop import Laptop
from icv_app.profiles.vault import Strength
from icv_app.storage import rights

PASSPHRASE = "correct horse battery"
CLOCK = Clock(lambda: datetime(2026, 11, 22, 12, 0, tzinfo=UTC))
VISITORS = ("ICV01", "ICV02", "ICV03")


@dataclass
class Scheme:
    """An office and three visitors: ICV01 and ICV02 make a pair, ICV03 is the one whose program may be doctored."""

    office: Laptop
    one: Laptop
    two: Laptop
    three: Laptop

    def __iter__(self) -> Iterator[Laptop]:
        yield from (self.office, self.one, self.two, self.three)

    @property
    def honest(self) -> tuple[Laptop, Laptop, Laptop]:
        """All but ICV03."""
        return self.office, self.one, self.two

    def meet(self) -> None:
        """Have everybody know what the others know, and the office let in who waits."""
        meet(self.office, *self)


def founded(folder: Path, *, person: str = "OFFICE", role: str = "coordinator", **more: Any) -> Laptop:
    """Return a laptop that starts a scheme."""
    return Laptop.start(
        folder, scheme="Test scheme", person=person, role=role, passphrase=PASSPHRASE, strength=Strength.LIGHT, **more
    )


def joined(office: Laptop, folder: Path, person: str, role: str = "visitor", **more: Any) -> Laptop:
    """Return a laptop that joins the scheme of `office` by an invitation of its own, with its records so far."""
    invitation = folder.with_name(f"{folder.name}.icvinvite")
    sites = more.pop("sites", None)
    office.invite(invitation, person, role, PASSPHRASE, sites=sites, strength=Strength.LIGHT)
    laptop = Laptop.join(
        folder, invitation=invitation, invitation_passphrase=PASSPHRASE, passphrase=PASSPHRASE,
        strength=Strength.LIGHT, clock=more.pop("clock", office.clock), **more,
    )  # fmt: skip
    give(office, laptop)
    return laptop


def give(*laptops: Laptop) -> None:
    """Give every laptop what the others hold, as an exchange would."""
    for giver in laptops:
        rows = list(giver.store.rows(rev for (rev,) in giver.store.connection.execute("SELECT rev FROM revision")))
        seals = giver.store.seals_of({}, giver.store.vector())
        for taker in laptops:
            if taker is not giver:
                taker.store.take_seals(seals)
                taker.store.ingest(rows)


def meet(office: Laptop, *laptops: Laptop) -> None:
    """Give all of `laptops` what the others hold, have the office let in who waits, and give all of them that."""
    give(*laptops)
    office.doorkeeper.tend()
    give(*laptops)


def met(folder: Path) -> Path:
    """Make a `Scheme` with the example's records in `folder`, whose laptops have met; to be copied and `opened`."""
    with ExitStack() as stack:
        office = stack.enter_context(founded(folder / "office", clock=CLOCK))
        office.import_folder(resources.path("example"))
        visitors = [stack.enter_context(joined(office, folder / name, name)) for name in VISITORS]
        Scheme(office, *visitors).meet()
    return folder


@contextmanager
def opened(folder: Path) -> Iterator[Scheme]:
    """Open a scheme that `met` made."""
    with ExitStack() as stack:
        names = ("office", *VISITORS)
        yield Scheme(*(stack.enter_context(Laptop.unlock(folder / name, PASSPHRASE, clock=CLOCK)) for name in names))


@contextmanager
def doctored() -> Iterator[None]:
    """Have the program refuse itself nothing, as one that somebody changed."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(rights, "refuse_own", lambda *_, **__: None)
        yield


def filed(laptop: Laptop, **changes: Any) -> str:
    """File the example's captured custody visit, of ICV01 and ICV02 unless changed; return its reference.

    An answer changed to None is not given.
    """
    answers = json.loads(resources.text("example/captured/custody_visit.json"))
    answers |= {"visitor_1": "ICV01", "visitor_2": "ICV02"} | changes
    given = {name: value for name, value in answers.items() if value is not None}
    saved, _ = laptop.paperwork.file("custody_visit", given)
    record = laptop.store.by_id(saved.record)
    assert record is not None
    return record.key
