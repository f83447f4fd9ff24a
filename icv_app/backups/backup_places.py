"""Where this profile's backups lie: its own folder `backups`, a second place if one is set, and wherever asked for."""

import contextlib
import shutil
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

from forms.translation import tr
from icv_app.backups import backup, backup_register
from icv_app.backups.backup import Made
from icv_app.backups.backup_register import Place, Second
from icv_app.clock import LONDON
from icv_app.encryption.cipher import Connection
from icv_app.encryption.faults import in_words
from icv_app.errors import IcvError, InvalidInput
from icv_app.files import backup_file, private
from icv_app.files.backup_file import SUFFIX, Stop, explained
from icv_app.profiles.profile import Profile

FOLDER: Final = "backups"  # inside the profile's folder
BEFORE: Final = "before-restore-"  # of what a profile was before another backup took its place
_STAMP: Final = "%Y-%m-%dT%H-%M-%S"
_STAMP_LENGTH: Final = len("2026-11-22T07-11-22Z")


@dataclass(frozen=True, slots=True, kw_only=True)
class Backup:
    """One backup: its file, or the folder of a profile that was kept aside. `made` in Europe/London.

    `size` in bytes, None where it cannot be reached now. `before`: kept from before a restore, so not of the schedule.
    """

    path: Path
    made: datetime
    place: Place
    size: int | None
    before: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Forgotten:
    """What came of `forget_older_than`: the new backup, what was removed, and what has to be destroyed by hand."""

    fresh: Made
    removed: tuple[Path, ...]
    left: tuple[Backup, ...]


def own_place(folder: Path) -> Path:
    """Return the folder of backups within the profile's own `folder`."""
    return folder / FOLDER


def second_place(profile: Profile) -> Second | None:
    """Return the other folder that backups go to, or None. Raises Unavailable."""
    with notes(profile) as connection:
        return backup_register.second(connection)


def set_second_place(profile: Profile, folder: Path | None) -> None:
    """Have backups written to `folder` as well from now on (None: no longer).

    Raises InvalidInput("second_place") for a folder that is not there or is the profile's own, or Unavailable.
    """
    place = None if folder is None else _second(profile, folder.absolute())
    with notes(profile) as connection:
        backup_register.put_second(connection, place)


def _second(profile: Profile, folder: Path) -> Second:
    if not folder.is_dir():
        raise InvalidInput("second_place", tr("There is no folder {folder}.", folder=folder))
    if folder.resolve().is_relative_to(profile.folder.resolve()):
        raise InvalidInput(
            "second_place",
            tr(
                "The folder {folder} is part of this laptop's data, and would be lost with it. Please choose one on a "
                "stick or another disk.",
                folder=folder,
            ),
        )
    return Second(folder=folder, other_disk=folder.stat().st_dev != profile.folder.stat().st_dev)


def away(profile: Profile, place: Second) -> bool:
    """Return whether the second place is not there: a stick that was pulled may leave an empty folder in its stead."""
    try:
        return place.other_disk and place.folder.stat().st_dev == profile.folder.stat().st_dev
    except OSError:
        return True


def places(profile: Profile) -> tuple[Backup, ...]:
    """Return all known backups of this profile, the newest first. Those that cannot be reached now have no size."""
    own = own_place(profile.folder)
    with notes(profile) as connection:
        second, known = backup_register.second(connection), backup_register.register(connection)
    found = {each.path: each for each in in_folder(own, "laptop", device="")}
    if second is not None:
        found |= {each.path: each for each in in_folder(second.folder, "second", device=profile.identity.device)}
    for path, made in known.items():
        if path not in found and path.parent != own:
            place: Place = "second" if second is not None and path.parent == second.folder else "elsewhere"
            found[path] = Backup(path=path, made=made.astimezone(LONDON), place=place, size=_size(path), before=False)
    return tuple(sorted(found.values(), key=lambda each: (each.made, str(each.path)), reverse=True))


def make(profile: Profile, target: Path, *, overwrite: bool = False, stop: Stop | None = None) -> Made:
    """Back up to a file of the person's choice, and note where it lies. Raises what `backup.make` raises."""
    made = backup.make(profile, target.absolute(), overwrite=overwrite, stop=stop)
    note(profile, {made.path: made.made}, where="elsewhere")
    return made


def forget_older_than(profile: Profile, moment: datetime) -> Forgotten:
    """Make a fresh backup, then remove every known one made before `moment` (aware), wherever it lies.

    For the disposal of erased content: call it after the erasure, with a `moment` not later than now. What was kept
    from before a restore goes too. What cannot be reached now is `left`. Raises Unavailable where no fresh one can be
    made; then nothing was removed.
    """
    folder = prepared(profile)
    fresh = backup.make(profile, folder / name(profile, profile.clock.now()), overwrite=True)
    made = {fresh.path: fresh.made}
    second = second_place(profile)
    if second is not None and not away(profile, second):
        with contextlib.suppress(IcvError):
            backup_file.copy(fresh.path, second.folder / fresh.path.name)
            made[second.folder / fresh.path.name] = fresh.made
    removed, left = [], []
    for each in places(profile):
        if each.made < moment and each.path not in made:
            if each.size is not None and remove(each.path):
                removed.append(each.path)
            else:
                left.append(each)
    note(profile, made, gone=removed)
    return Forgotten(fresh=fresh, removed=tuple(removed), left=tuple(left))


def strike(profile: Profile, path: Path) -> None:
    """Take a backup off the list that somebody has destroyed by hand. Raises Unavailable."""
    with notes(profile) as connection:
        backup_register.enter(connection, {}, gone=[path])


# For the neighbours --------------------------------------------------------------------------------------------------


@contextmanager
def notes(profile: Profile) -> Iterator[Connection]:
    """Give a connection of its own to the profile's settings. Raises Unavailable."""
    with in_words(), contextlib.closing(profile.connect()) as connection:
        yield connection


def note(profile: Profile, made: dict[Path, datetime], gone: Iterable[Path] = (), *, where: Place = "laptop") -> None:
    """Note new backups, in the laptop's log too, and those that are gone; a full disk may keep it as it was."""
    with contextlib.suppress(IcvError):
        with notes(profile) as connection:
            backup_register.enter(connection, made, gone)
        if made:
            with profile.store() as store:
                store.log("backed_up", where=where)


def prepared(profile: Profile) -> Path:
    """Return the profile's own folder of backups, made where it is missing. Raises Unavailable."""
    folder = own_place(profile.folder)
    with explained(folder):
        return private.folder(folder)


def name(profile: Profile, moment: datetime) -> str:
    """Return the name of a backup of this profile as of `moment`; two laptops may share a stick."""
    return f"icv-{mark(profile.identity.device)}-{moment.astimezone(UTC):{_STAMP}}Z{SUFFIX}"


def name_before(device: str, moment: datetime) -> str:
    """Return the name, without an ending, under which is kept what a restore replaces; `device` may be unknown ("")."""
    return f"{BEFORE}{mark(device) or 'unknown'}-{moment.astimezone(UTC):{_STAMP}}Z"


def mark(device: str) -> str:
    """Return the part of a device's id that tells its backups from those of another."""
    return device[:8]


def in_folder(folder: Path, place: Place, *, device: str) -> list[Backup]:
    """Return the backups in `folder`, by their names, of one device ("": of all); none where it cannot be read."""
    try:
        paths = [each for each in folder.iterdir() if each.name.endswith(SUFFIX) or each.name.startswith(BEFORE)]
    except OSError:
        return []
    return [
        Backup(path=path, made=made, place=place, size=_size(path), before=path.name.startswith(BEFORE))
        for path in paths
        if (made := _moment(path.name)) is not None and mark(device) in path.name
    ]


def newest(folder: Path, profile: Profile) -> datetime | None:
    """Return when the newest backup of this profile in `folder` was made, to the second, or None."""
    held = in_folder(folder, "laptop", device=profile.identity.device)
    return max((each.made for each in held if not each.before), default=None)


def remove(path: Path) -> bool:
    """Remove a backup; return whether that was possible."""
    try:
        if path.is_dir():
            shutil.rmtree(path)
        else:
            path.unlink(missing_ok=True)
    except OSError:
        return False
    return True


def _moment(filename: str) -> datetime | None:
    try:
        return datetime.strptime(filename.removesuffix(SUFFIX)[-_STAMP_LENGTH:], f"{_STAMP}%z").astimezone(LONDON)
    except ValueError:
        return None


def _size(path: Path) -> int | None:
    try:
        if path.is_dir():
            return sum(each.stat().st_size for each in path.iterdir())
        return path.stat().st_size
    except OSError:
        return None
