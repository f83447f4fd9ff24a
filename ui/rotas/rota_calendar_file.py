"""The rota written as a calendar file, where its person wants it."""

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from forms.translation import plural, tr
from icv_app.files import whole_file
from icv_app.rotas import rota_calendar

if TYPE_CHECKING:
    from icv_app.laptop import Laptop


def write(laptop: "Laptop", path: Path, *, since: date, person: str = "") -> str:
    """Write the visits that end on `since` or later, of one person or (for "") of all; return what is to be told.

    That it leaves the laptop is in the log first. Raises Unavailable, and then nothing was written.
    """
    if path.suffix.lower() != ".ics":
        path = path.with_name(f"{path.name}.ics")
    found = rota_calendar.entries(
        laptop.store, person=person, since=since, scheme=laptop.identity.hub_id, whole=laptop.office
    )
    content = rota_calendar.document(found, person=person)
    laptop.logbook.exported("slot", to="ics", count=len(found))
    whole_file.put(path, content)
    told = plural(
        "Written: {path}, with {count} visit.", "Written: {path}, with {count} visits.", len(found), path=path
    )
    return tr(
        "{told} It says which week, and no day or time. Open it with your calendar; a later one brings it up to date.",
        told=told,
    )  # fmt: skip
