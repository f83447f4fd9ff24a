"""A round of backups: what is made by itself, on opening the program and each day that it stays open.

Into both places, kept by the schedule. What keeps one from being made is noted and told until a later round succeeds;
it never stands in the way of saving a report.
"""

import contextlib
from collections.abc import Collection
from datetime import datetime, timedelta
from pathlib import Path
from typing import Final

from forms.translation import tr
from icv_app.backups import backup, backup_places, backup_register, backup_schedule
from icv_app.backups.backup_places import in_folder, name, newest, notes, own_place
from icv_app.backups.backup_register import Fault, Place
from icv_app.errors import IcvError, InvalidInput, Unavailable
from icv_app.files import backup_file
from icv_app.files.backup_file import SUFFIX, Stop
from icv_app.profiles.profile import Profile
from icv_app.wording import day_words

KEEP_BEFORE: Final = timedelta(days=366)
"""How long what a profile was before a restore is kept."""
_HALF_WRITTEN: Final = timedelta(days=1)


def due(profile: Profile) -> bool:
    """Return whether the schedule wants a backup now, in either place. Raises Unavailable."""
    now, second = profile.clock.now(), backup_places.second_place(profile)
    folders = [own_place(profile.folder), *(() if second is None else (second.folder,))]
    return any(backup_schedule.due(_known(profile, folder), now) for folder in folders)


def run(profile: Profile, *, always: bool = False, stop: Stop | None = None) -> tuple[Fault, ...]:
    """Make the backups that are due (`always`: due or not) and remove those that the schedule does not keep.

    Returns what went wrong, also noted, until it goes right. A failure in one place does not keep the other from its
    backup. Safe to call from any thread. Raises Unavailable("backup_stopped") alone.
    """
    own = own_place(profile.folder)
    try:
        second = backup_places.second_place(profile)
    except Unavailable as error:  # the profile itself cannot be read: that is what the person has to know
        return (Fault(place="laptop", folder=own, code=error.code, since=profile.clock.now()),)
    found: list[Fault] = []
    wanted: list[tuple[Place, Path]] = [("laptop", own)]
    if second is not None:
        wanted.append(("second", second.folder))
    for place, folder in wanted:
        try:
            if not always and not backup_schedule.due(_known(profile, folder), profile.clock.now()):
                continue
            if place == "second" and second is not None and backup_places.away(profile, second):
                raise Unavailable("backup_away", backup_file.why("backup_away", folder))
            _make(profile, place, folder, stop)
            _prune(profile, folder)
        except IcvError as error:
            if error.code == "backup_stopped":
                raise
            found.append(Fault(place=place, folder=folder, code=error.code, since=profile.clock.now()))
    with contextlib.suppress(Unavailable), notes(profile) as connection:
        backup_register.put_faults(connection, found)
    return tuple(found)


def faults(profile: Profile) -> tuple[Fault, ...]:
    """Return what kept the last backups from being made, as far as that could be noted. Raises Unavailable."""
    with notes(profile) as connection:
        return tuple(backup_register.faults(connection))


def noted(profile: Profile) -> str:
    """Return the warning that was noted last, "" where there is none or it cannot be read. Raises nothing."""
    try:
        return warning(profile, faults(profile))
    except IcvError:
        return ""


def warning(profile: Profile, found: Collection[Fault]) -> str:
    """Return what a person is told of `found` (of `run` or `faults`), "" where all is well."""
    sentences = [
        tr(
            "{why} {last}",
            why=backup_file.why(fault.code, fault.folder),
            last=_last(profile, fault.folder),
        )
        for fault in found
    ]
    return " ".join(sentences)


def _last(profile: Profile, folder: Path) -> str:
    made = _known(profile, folder)
    if made is None:
        return tr("There is no good backup there yet.")
    return tr("The last good one there is of {when}.", when=moment_words(made))


def _known(profile: Profile, folder: Path) -> datetime | None:
    """Return when the newest backup in `folder` was made; of a stick that is away the register knows."""
    made = newest(folder, profile)
    if made is None and folder != own_place(profile.folder):
        with contextlib.suppress(IcvError):
            held = [each.made for each in backup_places.places(profile) if each.path.parent == folder]
            made = max(held, default=None)
    return made


def moment_words(moment: datetime) -> str:
    """Return "20 November 2026 at 14:02"."""
    return tr("{date} at {time}", date=day_words(moment), time=f"{moment:%H:%M}")


def _make(profile: Profile, place: Place, folder: Path, stop: Stop | None) -> None:
    """Make a backup in `folder`: in the second place a copy of the one just made on the laptop, if there is one."""
    now = profile.clock.now()
    if place == "laptop":
        backup_places.prepared(profile)
    _sweep(profile, folder, now)
    source = _just_made(profile, now) if place == "second" else None
    if source is not None:
        with contextlib.suppress(InvalidInput):  # damaged meanwhile: made anew
            target = folder / source.name
            backup_file.copy(source, target, stop=stop)
            backup_places.note(profile, {target: backup_file.read(target).made}, where=place)
            return
    made = backup.make(profile, folder / name(profile, now), overwrite=True, stop=stop)
    backup_places.note(profile, {made.path: made.made}, where=place)


def _just_made(profile: Profile, now: datetime) -> Path | None:
    own = own_place(profile.folder)
    moment = newest(own, profile)
    if moment is None or backup_schedule.due(moment, now):
        return None
    return own / name(profile, moment)


def _prune(profile: Profile, folder: Path) -> None:
    """Remove what the schedule does not keep of this profile's backups in `folder`."""
    now = profile.clock.now()
    held = in_folder(folder, "laptop", device=profile.identity.device)
    kept = backup_schedule.kept(each.made for each in held if not each.before)
    old = [each.path for each in held if not each.before and each.made not in kept]
    if folder == own_place(profile.folder):
        old += [each.path for each in in_folder(folder, "laptop", device="") if each.before and _expired(each, now)]
    gone = [path for path in old if backup_places.remove(path)]
    backup_places.note(profile, {}, gone=gone)


def _expired(kept: backup_places.Backup, now: datetime) -> bool:
    return now - kept.made > KEEP_BEFORE


def _sweep(profile: Profile, folder: Path, now: datetime) -> None:
    """Remove half-written backups of this profile that are more than a day old."""
    mine = backup_places.mark(profile.identity.device)
    with contextlib.suppress(OSError):
        for each in folder.glob(f"*{mine}*{SUFFIX}.*.tmp"):
            if now.timestamp() - each.stat().st_mtime > _HALF_WRITTEN.total_seconds():
                backup_file.discard(each)
