"""Oversight: what the office alone may ask of its laptop. The logs of all laptops, and everything on one person."""

import contextlib
import csv
import io
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

from forms.translation import plural, tr
from icv_app.backups import backup_places
from icv_app.errors import InvalidInput
from icv_app.files import whole_file
from icv_app.form_versions.form_book import FormBook
from icv_app.interchange_folder.interchange import guarded
from icv_app.logs import log_wording, trail
from icv_app.logs.logbook import Logbook
from icv_app.logs.trail import Filter, Trail
from icv_app.office import subject
from icv_app.office.subject import Subject
from icv_app.profiles.profile import Profile
from icv_app.records.reference_pattern import fingerprint, pattern, squeezed
from icv_app.scheme import scheme_settings
from icv_app.storage.audit import Entry
from icv_app.storage.store import Store


class Oversight:
    """The office's questions at an open laptop; every method raises InvalidInput("office_only") at any other.

    `trail` and `find` open a connection of their own: they are for the worker. The rest belongs to the store's thread.
    """

    def __init__(self, profile: Profile, store: Store, logbook: Logbook, *, office: Callable[[], bool]) -> None:
        self._profile = profile
        self._store = store
        self._logbook = logbook
        self._office = office

    def _refuse_others(self) -> None:
        if not self._office():
            raise InvalidInput("office_only", tr("Only the office can see who did what, and what is held on a person."))

    # The log

    def note_reading(self) -> None:
        """Enter, once in a sitting, that the log is read."""
        self._refuse_others()
        self._logbook.read("audit", "")

    def trail(self) -> Trail:
        """Return the logs of all laptops. Safe to call from another thread."""
        self._refuse_others()
        with self._profile.store() as store:
            return trail.read(store)

    def chosen(self, whole: Trail, wanted: Filter) -> tuple[Entry, ...]:
        """Return the entries that are wanted, the latest first."""
        return trail.chosen(self._store, whole, wanted)

    def save_log(self, entries: Sequence[Entry], path: Path) -> Path:
        """Write entries as a CSV file, entered first. Raises Unavailable, and then nothing was written."""
        self._refuse_others()
        self._logbook.exported("audit", to="CSV", count=len(entries))
        stream = io.StringIO()
        writer = csv.writer(stream, lineterminator="\n")
        writer.writerow(log_wording.COLUMNS)
        writer.writerows([guarded(cell) for cell in log_wording.row(entry)] for entry in entries)
        return whole_file.put(path, stream.getvalue().encode())

    # One person

    def note_search(self, reference: str) -> None:
        """Enter that somebody searches for a person. Raises InvalidInput("no_reference") or Unavailable."""
        self._refuse_others()
        pattern(reference)
        self._store.log("searched", "person", self._named(reference))

    def find(self, reference: str) -> Subject:
        """Return everything that is held here on a person, unmasked. Safe to call from another thread.

        Raises InvalidInput("no_reference") or Unavailable. Enter it first by `note_search`.
        """
        self._refuse_others()
        with self._profile.store() as store:
            found = subject.Search(store, FormBook(store), reference).run()
            whole = trail.read(store)
        names = (squeezed(reference), fingerprint(reference))
        wanted = pattern(reference)

        def concerns(entry: Entry) -> bool:
            cells = (entry.key, entry.text)
            return squeezed(entry.person) == names[0] or names[1] in entry.key or any(map(wanted.search, cells))

        log = tuple(_told(entry) for entry in whole.entries if concerns(entry))
        return replace(found, log=log, not_searched=(*found.not_searched, *self._elsewhere()))

    def copy_of(self, found: Subject, *, unmasked: bool) -> Subject:
        """Return what is to be written: for the person, with everybody else masked; or for the office's own check."""
        if unmasked:
            return found
        return subject.for_the_person(found, custody_number=scheme_settings.read(self._store).custody_number)

    def note_copy(self, found: Subject) -> None:
        """Enter that what was found is about to be written. Raises Unavailable, and then nothing may be."""
        self._refuse_others()
        self._logbook.exported(
            "person", self._named(found.reference), to="subject access", count=len(found.items), masked=found.masked
        )

    def _named(self, reference: str) -> str:
        """Return what the log calls a person: a volunteer by their code, anybody else by a fingerprint alone."""
        mine = squeezed(reference)
        codes = {record.key.partition("|")[0] for record in self._store.records("visitor")}
        codes |= {str(record.body.get("person", "")) for record in self._store.records("enrolment")}
        return next((code for code in codes if squeezed(code) == mine), fingerprint(reference))

    def _elsewhere(self) -> tuple[str, ...]:
        """Say which files were not searched: backups, and what lies damaged or superseded beside the shared file."""
        said = []
        with contextlib.suppress(OSError):
            backups = len(backup_places.places(self._profile))
            said.append(
                plural("{count} backup was not searched.", "{count} backups were not searched.", backups)
                if backups else tr("No backup of this laptop is known here; backups of other laptops are not here.")
            )  # fmt: skip
        hub = self._profile.hub
        if hub is None:
            return tuple(said)
        try:
            beside = [*hub.parent.iterdir()]
            with contextlib.suppress(FileNotFoundError):
                beside += hub.with_name(f"{hub.name}.packs").iterdir()
        except OSError:
            return (*said, tr("The shared folder is not there now: damaged files in it were not searched."))
        bad = sum(each.name.endswith((".bad", ".prev")) for each in beside)
        if bad:
            said.append(
                plural(
                    "{count} damaged or superseded file in the shared folder was not searched.",
                    "{count} damaged or superseded files in the shared folder were not searched.",
                    bad,
                )
            )
        return tuple(said)


def _told(entry: Entry) -> tuple[str, ...]:
    line = log_wording.line(entry)
    return (line.when, line.who, line.did, line.more)
