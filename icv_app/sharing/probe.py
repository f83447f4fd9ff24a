"""A probe of a folder that is to hold the shared file: what the exchange needs of it, tried with files of our own.

The protocol asks four things of a share: create a file of a unique name, rename it over another, list it, read it back
(`sync.md` §13). Whether a share does them, and at once, cannot be read off anywhere; so they are done, once, when the
share is chosen, and the files are removed again.
"""

import secrets
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Final, Literal

from forms.translation import plural, tr
from icv_app.clock import Clock
from icv_app.errors import IcvError, Unavailable
from icv_app.files import placement
from icv_app.files.placement import Remark
from icv_app.sharing.share import Files, explained

State = Literal["works", "note", "fails"]

SKEW_MS: Final = 10 * 60 * 1000
"""How far a laptop's clock may be from the share's without a word: times are shown, and order what was edited when."""
SPARE: Final = 200 << 20
"""Bytes of free room below which a share is said to be nearly full: a renewal writes the whole file once more."""
_NAME: Final = "icv-probe-"
_SIZE: Final = 64 * 1024
_WAITS: Final = (0.0, 0.2, 0.5, 1.0, 2.0, 4.0)  # seconds; a client of a share keeps its last listing for about ten
_OLD_NS: Final = 3600 * 10**9


@dataclass(frozen=True, slots=True, kw_only=True)
class Check:
    """One thing that was tried. `name` is its code, `words` what came of it, `advice` what to ask for ("": nothing)."""

    name: str
    state: State
    words: str
    advice: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Probe:
    """What a folder was found to do, and what there is to say about where it lies."""

    folder: Path
    checks: tuple[Check, ...]
    remarks: tuple[Remark, ...] = ()

    @property
    def usable(self) -> bool:
        """Whether the shared file can be in this folder."""
        return all(check.state != "fails" for check in self.checks)

    @property
    def clean(self) -> bool:
        """Whether there is nothing to say beside that."""
        return not self.remarks and all(check.state == "works" for check in self.checks)

    @property
    def verdict(self) -> str:
        """What came of it, in one sentence."""
        if not self.usable:
            return tr("This folder cannot be used for the shared file.")
        if self.clean:
            return tr("This folder can be used.")
        return tr("This folder can be used. Please read the notes.")

    @property
    def notes(self) -> list[str]:
        """What there is to say, what does not work first, each with what to do about it."""
        checks = sorted((each for each in self.checks if each.state != "works"), key=lambda each: each.state != "fails")
        said = [*((each.words, each.advice) for each in checks), *((each.words, each.advice) for each in self.remarks)]
        return [f"{words} {advice}".strip() for words, advice in said]

    @property
    def words(self) -> str:
        """The verdict and the notes, a line each."""
        return "\n".join((self.verdict, *self.notes))


def probe(folder: Path, *, files: Files | None = None, clock: Clock | None = None) -> Probe:
    """Try what the exchange needs in `folder` and take away again what that left there.

    Raises Unavailable("share_away") where the folder is not there.
    """
    files = files or Files()
    with explained():
        files.scan(folder)
    trial = _Trial(folder, files, clock or Clock())
    return Probe(folder=folder, checks=tuple(trial.checks()), remarks=tuple(placement.remarks(folder)))


def refuse_unfit(found: Probe) -> None:
    """Raise Unavailable("share_unfit") where the folder cannot hold the shared file."""
    if not found.usable:
        raise Unavailable("share_unfit", found.words)


class _Refused(Exception):
    """What was tried last does not work, so nothing that builds on it can."""


class _Trial:
    def __init__(self, folder: Path, files: Files, clock: Clock) -> None:
        self._folder = folder
        self._files = files
        self._clock = clock
        run = secrets.token_hex(6)
        self._first = folder / f"{_NAME}{run}-a.tmp"
        self._second = folder / f"{_NAME}{run}-b.tmp"
        self._inner = folder / f"{_NAME}{run}.packs"
        self._content = secrets.token_bytes(_SIZE)
        self._other = secrets.token_bytes(_SIZE)

    def checks(self) -> Iterator[Check]:
        """Yield what was tried, as far as one thing builds on another."""
        try:
            yield from self._basics()
        except _Refused as refused:
            yield from refused.args
        leftover = self._clear()
        if leftover:
            yield Check(
                name="remove", state="note",
                words=tr("Files cannot be removed here: {files} stayed behind.", files=", ".join(leftover)),
                advice=tr("Ask for permission to delete in this folder, or old files will pile up in it."),
            )  # fmt: skip
        else:
            yield Check(name="remove", state="works", words=tr("Files can be removed."))
        yield from self._room()

    def _basics(self) -> Iterator[Check]:
        with self._needed(
            "create", tr("Files cannot be made in this folder."),
            tr("Ask for permission to read, write and delete in this folder."),
        ):  # fmt: skip
            self._files.create(self._first, self._content)
        yield Check(name="create", state="works", words=tr("Files can be made, and reach the disk."))
        yield self._exclusive()
        with self._needed(
            "read", tr("What is written here does not come back the same."),
            tr("Ask IT to check the disk behind this folder. Do not use it until then."),
        ):  # fmt: skip
            if self._files.read(self._first) != self._content:
                raise OSError("another content")
        yield Check(name="read", state="works", words=tr("What is written comes back the same."))
        yield self._listed("list", self._first.name)
        yield self._time()
        with self._needed(
            "rename", tr("A file cannot be renamed over another in this folder."),
            tr("Ask for permission to change and rename files here; a program that checks files may hold them open."),
        ):  # fmt: skip
            self._files.create(self._second, self._other)
            self._files.replace(self._first, self._second)
            if self._files.read(self._second) != self._content:
                raise OSError("the old content")
        yield Check(name="rename", state="works", words=tr("A file can be renamed over another in one step."))
        yield self._listed("rename_seen", self._second.name, gone=self._first.name)
        with self._needed(
            "folder", tr("A folder cannot be made inside this one."),
            tr("Ask for permission to make folders here."),
        ):  # fmt: skip
            self._files.make_folder(self._inner)
            self._files.sync_folder(self._folder)
        yield Check(name="folder", state="works", words=tr("A folder can be made inside."))

    @contextmanager
    def _needed(self, name: str, words: str, advice: str) -> Iterator[None]:
        try:
            yield
        except (OSError, IcvError) as error:
            reason = getattr(error, "strerror", None) or ""
            said = tr("{words} The system says: {reason}.", words=words, reason=reason) if reason else words
            raise _Refused(Check(name=name, state="fails", words=said, advice=advice)) from error

    def _exclusive(self) -> Check:
        """Two laptops must not write one name; ours are random, so a share that lets them is only worth a note."""
        try:
            self._files.create(self._first, self._content)
        except FileExistsError:
            return Check(name="exclusive", state="works", words=tr("A name that is taken is refused."))
        except OSError:
            pass
        return Check(
            name="exclusive", state="note",
            words=tr("This folder lets a file be made twice under one name."),
            advice=tr("Sharing works, but may do the same work twice."),
        )  # fmt: skip

    def _listed(self, name: str, wanted: str, *, gone: str = "") -> Check:
        """Look whether the listing shows `wanted`, and `gone` no more, and how long that takes."""
        waited = 0.0
        for pause in _WAITS:
            if pause:
                self._files.pause(pause)
                waited += pause
            with suppress(OSError):
                names = {each for each, size, _ in self._files.scan(self._folder) if size == _SIZE}
                if wanted in names and gone not in names:
                    break
        else:
            return Check(
                name=name, state="note",
                words=tr("What is written here is not in the list after {seconds} seconds.", seconds=round(waited)),
                advice=tr("Others see a report some time after it was shared. Ask IT whether the folder is cached."),
            )  # fmt: skip
        if waited:
            return Check(
                name=name, state="note",
                words=tr("What is written here is in the folder's list only after some seconds."),
                advice=tr("That does no harm: sharing checks again."),
            )  # fmt: skip
        works = (
            tr("What was renamed is in the folder's list at once, by its new name alone.")
            if gone
            else tr("What is written is in the folder's list at once.")
        )
        return Check(name=name, state="works", words=works)

    def _time(self) -> Check:
        """Compare the share's clock, told by a file just written, with this laptop's."""
        try:
            ahead = self._files.stamp(self._first)[1] // 10**6 - self._clock.milliseconds()
        except OSError:
            ahead = 0
        if abs(ahead) <= SKEW_MS:
            return Check(name="clock", state="works", words=tr("Its clock agrees with this laptop's."))
        minutes = abs(ahead) // 60000
        count = plural("{count} minute", "{count:,} minutes", minutes)
        words = (
            tr("By the folder's clock, this laptop's is {minutes} slow.", minutes=count)
            if ahead > 0
            else tr("By the folder's clock, this laptop's is {minutes} fast.", minutes=count)
        )
        return Check(name="clock", state="note", words=words, advice=tr("Check the date and time of this laptop."))

    def _room(self) -> Iterator[Check]:
        with suppress(OSError):
            free = shutil.disk_usage(self._folder).free
            if free < SPARE:
                yield Check(
                    name="room", state="note",
                    words=tr("Only {megabytes} MB are free there.", megabytes=free >> 20),
                    advice=tr("Make room soon: the shared file is written anew as a whole from time to time."),
                )  # fmt: skip
            else:
                yield Check(name="room", state="works", words=tr("There is room enough."))

    def _clear(self) -> list[str]:
        """Remove what this probe made, and what an earlier one left here over an hour ago. Returns what stayed."""
        mine = (self._first, self._second)
        stayed = [path.name for path in mine if not self._gone(lambda at=path: self._files.remove(at))]  # type: ignore[misc]
        if not self._gone(self._inner.rmdir):
            stayed.append(self._inner.name)
        now = self._clock.milliseconds() * 10**6
        with suppress(OSError):
            for name, _, mtime_ns in self._files.scan(self._folder):
                if name.startswith(_NAME) and name.endswith(".tmp") and now - mtime_ns > _OLD_NS:
                    with suppress(OSError):
                        self._files.remove(self._folder / name)
        return stayed

    def _gone(self, remove: Callable[[], object]) -> bool:
        try:
            remove()
        except FileNotFoundError:
            return True
        except OSError:
            return False
        return True
