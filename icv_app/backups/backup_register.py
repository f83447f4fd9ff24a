"""What a profile notes of its backups, in its own settings: the second place, where each backup lies, what went wrong.

The register holds every backup that was ever made and is not known to be gone. So one on a stick that is away is still
told when content has to be erased everywhere.
"""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any, Final, Literal

from icv_app.encryption.cipher import Connection
from icv_app.storage import meta

Place = Literal["laptop", "second", "elsewhere"]

_SECOND: Final = "backup_second"
_REGISTER: Final = "backup_register"
_FAULTS: Final = "backup_faults"


@dataclass(frozen=True, slots=True, kw_only=True)
class Second:
    """The other folder that backups go to, and whether it lay on another disk than the profile when it was chosen."""

    folder: Path
    other_disk: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Fault:
    """What kept a backup from being made: where, the code of the failure, since when (Europe/London)."""

    place: Place
    folder: Path
    code: str
    since: datetime


def second(connection: Connection) -> Second | None:
    """Return the second place, or None."""
    found = meta.get(connection, _SECOND)
    if not found:
        return None
    fields = json.loads(found)
    return Second(folder=Path(fields["folder"]), other_disk=bool(fields["other_disk"]))


def put_second(connection: Connection, place: Second | None) -> None:
    """Note the second place, or that there is none."""
    fields = "" if place is None else json.dumps({"folder": str(place.folder), "other_disk": place.other_disk})
    meta.put(connection, _SECOND, fields)
    put_faults(connection, [each for each in faults(connection) if each.place != "second"])


def register(connection: Connection) -> dict[Path, datetime]:
    """Return when each known backup was made (aware), by its path."""
    held: dict[str, str] = json.loads(meta.get(connection, _REGISTER, "{}"))
    return {Path(path): datetime.fromisoformat(made) for path, made in held.items()}


def enter(connection: Connection, made: dict[Path, datetime], gone: Iterable[Path] = ()) -> None:
    """Enter backups in the register, and strike out those that are gone."""
    before = register(connection)
    after = {path: moment for path, moment in (before | made).items() if path not in set(gone)}
    if after != before:
        text = json.dumps({str(path): moment.isoformat() for path, moment in after.items()})
        meta.put(connection, _REGISTER, text)


def faults(connection: Connection) -> list[Fault]:
    """Return what kept the last backups from being made, as far as it could be noted."""
    held: list[dict[str, Any]] = json.loads(meta.get(connection, _FAULTS, "[]"))
    return [
        Fault(
            place=each["place"], folder=Path(each["folder"]), code=each["code"],
            since=datetime.fromisoformat(each["since"]),
        )
        for each in held
    ]  # fmt: skip


def put_faults(connection: Connection, found: Iterable[Fault]) -> None:
    """Note what keeps backups from being made now; what was noted before and is as before keeps its moment."""
    before = {(each.folder, each.code): each.since for each in faults(connection)}
    fields = [
        {
            "place": each.place, "folder": str(each.folder), "code": each.code,
            "since": before.get((each.folder, each.code), each.since).isoformat(),
        }
        for each in found
    ]  # fmt: skip
    text = json.dumps(fields)
    if text != meta.get(connection, _FAULTS, "[]"):
        meta.put(connection, _FAULTS, text)
