"""Laptops of one scheme for tests: founded, joined by a real invitation, and given each other's records."""

from pathlib import Path
from typing import Any

from icv_app.laptop import Laptop
from icv_app.vault import Strength

PASSPHRASE = "correct horse battery"


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
