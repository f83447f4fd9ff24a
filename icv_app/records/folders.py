"""Folders: a laptop's records out of an interchange folder and into one (`interfaces.md` §2)."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from forms import reader
from forms.form import Form
from forms.translation import tr
from icv_app import __version__
from icv_app.clock import LONDON
from icv_app.encryption.faults import in_words
from icv_app.interchange_folder import exporting, import_plan, importing, masking, tidy
from icv_app.interchange_folder.imported import Imported, counted
from icv_app.interchange_folder.interchange import TABLES
from icv_app.logs.logbook import Logbook
from icv_app.profiles.doorkeeper import Doorkeeper
from icv_app.profiles.profile import Profile
from icv_app.records import beside, raised
from icv_app.records.paperwork import Paperwork
from icv_app.scheme import scheme_settings
from icv_app.storage import erasure
from icv_app.storage.revision import Body, record_id
from icv_app.storage.store import Record, Store

Item = tuple[str, str, Body]
"""(kind, key, body) of a record to save."""

_NAMED = ("visitor", "visitor_1", "visitor_2")


class Folders:
    """Reads and writes interchange folders for one laptop."""

    def __init__(self, store: Store, paperwork: Paperwork, profile: Profile, logbook: Logbook) -> None:
        self._store = store
        self._paperwork = paperwork
        self._profile = profile
        self._logbook = logbook

    def read(self, folder: Path) -> Imported:
        """Bring an interchange folder in, all or nothing. Raises FolderRefused, InvalidInput or Unavailable."""
        clock = self._profile.clock
        forms, held, today = self._forms(), self._held(), clock.today()
        held_forms = {key: str(body.get("form", "")) for key, body in held["visit"].items()}
        read = importing.read(folder, forms=forms, held_forms=held_forms, today=today, find=self._paperwork.book.find)
        plan = self._less_erased(import_plan.plan(read, held, forms=forms, today=today))
        plan = replace(plan, items=tuple(_placed(plan.items, held)))
        result = counted(plan, held, forms=forms, lists=self._paperwork.lists, clock=clock)
        if self._profile.keyring.holder:  # so that what is imported can be sealed to those whom it names
            people = {str(body[name]) for _, _, body in plan.items for name in _NAMED if body.get(name)}
            sites = {str(body["site"]) for kind, _, body in plan.items if kind == "site"}
            Doorkeeper(self._store, self._profile.keyring).tend(people, sites)
        # an unchanged row is not saved again: that would settle a conflict which nobody has looked at
        changed = [item for item in plan.items if held.get(item[0], {}).get(item[1]) != item[2]]
        disputed = self._in_dispute()
        items = [
            (kind, key, *beside.unsettled(self._store, disputed.get((kind, key)), body)) for kind, key, body in changed
        ]
        self._store.save_all(items, note="imported")
        return replace(result, beside=tuple(key for kind, key, _ in changed if (kind, key) in disputed))

    def _in_dispute(self) -> dict[tuple[str, str], Record]:
        with in_words():
            query = "SELECT record FROM current WHERE conflicts <> '{}'"
            names = [name for (name,) in self._store.connection.execute(query)]
        found = (self._store.by_id(name) for name in names)
        return {(record.kind, record.key): record for record in found if record is not None}

    def _less_erased(self, plan: import_plan.Plan) -> import_plan.Plan:
        """Return `plan` without what the office has erased: an old spreadsheet does not bring it back."""
        with in_words():
            items = [item for item in plan.items if not erasure.is_erased(self._store.connection, record_id(*item[:2]))]
        return plan if len(items) == len(plan.items) else replace(plan, items=tuple(items))

    def write(self, folder: Path, *, overwrite: bool = False, mask: bool = False) -> tuple[Path, ...]:
        """Write everything as an interchange folder, reports and issues masked where asked (`masking`).

        That it leaves the laptop is in the log before anything is written. Raises InvalidInput("not_empty") or
        Unavailable.
        """
        held = self._held()
        self._logbook.exported("", to="folder", count=sum(map(len, held.values())), masked=mask)
        if mask:
            held = {kind: self._masked(kind, bodies) for kind, bodies in held.items()}
        shipped = {name: reader.load(name) for name in self._paperwork.book.names()}
        return exporting.write(folder, exporting.tables(held, shipped), overwrite=overwrite)

    def write_tables(self, path: Path, *, overwrite: bool = False, mask: bool = False) -> Path:
        """Write everything as an unencrypted SQLite file of tidy tables (`tidy`), marked, and logged beforehand.

        Raises InvalidInput("not_tables", "file_exists") or Unavailable.
        """
        held, settings = self._held(), scheme_settings.read(self._store)
        identity, now = self._profile.identity, self._profile.clock.now().astimezone(LONDON)
        tidy.refuse(path)
        self._logbook.exported("", to="sqlite", count=sum(map(len, held.values())), masked=mask)
        if mask:
            held = {kind: self._masked(kind, bodies) for kind, bodies in held.items()}
        office = identity.role != "visitor" or not self._profile.token
        about = {
            "what": tr("Tables of the scheme’s records, made by icv-app. This file is not encrypted: keep it safe."),
            "scheme": identity.scheme,
            "marking": settings.report_marking,
            "made_at": now.isoformat(timespec="seconds"),
            "made_by": identity.person,
            "whole": (
                tr("yes: everything that the office may read")
                if office
                else tr("no: only what this visitor’s laptop may read, so no figures can be made from it")
            ),
            "masked": (
                tr("yes: a mask never finds everything, so read it before it leaves the office")
                if mask
                else tr("No").lower()
            ),
            "differing": str(sum(bool(each.conflicts) for table in TABLES for each in self._store.records(table.kind))),
            "program": __version__,
        }
        return tidy.write(path, tidy.tables(held, self._forms()), about, overwrite=overwrite)

    def _masked(self, kind: str, bodies: Mapping[str, Body]) -> dict[str, Body]:
        book, pattern = self._paperwork.book, scheme_settings.read(self._store).custody_number
        made = {}
        for key, body in bodies.items():
            name = str(body.get("form", kind))
            form = book.of(name, str(body.get("form_version", ""))) if name in book.names() else None
            made[key] = masking.masked(body, form, custody_number=pattern)
        return made

    def _forms(self) -> dict[str, Form]:
        book = self._paperwork.book
        return {name: book.present(name) for name in book.names()}

    def _held(self) -> dict[str, dict[str, Body]]:
        return {table.kind: {each.key: each.body for each in self._store.records(table.kind)} for table in TABLES}


def _placed(items: Sequence[Item], held: Mapping[str, Mapping[str, Body]]) -> Iterator[Item]:
    """Yield imported items, with issues that say where they were found."""
    visits = {**held["visit"], **{key: body for kind, key, body in items if kind == "visit"}}
    for kind, key, body in items:
        report = visits.get(str(body.get("visit", "")))
        yield kind, key, raised.placed(body, report) if kind == "issue" and report else body
