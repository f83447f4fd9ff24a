"""The form book: every version of every form that this laptop knows, shipped with the program or held as a record.

Each stored report names the form and version it was made with, and opens with that one for ever, so a definition is
stored with the first draft of it on this laptop, and with the first report as a record of the scheme (kind `form`, key
"NAME VERSION"). What the office published stands in front of what the program ships (docs/decisions/0060).
"""

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any, Literal

from forms import reader, xlsform
from forms.form import Form
from forms.refusal import FormRefused
from forms.translation import tr
from icv_app.encryption.faults import in_words
from icv_app.errors import InvalidInput
from icv_app.form_versions import form_changes, form_rules, workbook
from icv_app.form_versions.form_changes import Change
from icv_app.form_versions.workbook import WorkbookRefused
from icv_app.storage.revision import Body, record_id
from icv_app.storage.store import Store

KIND = "form"
Origin = Literal["program", "scheme"]

_VERSION = re.compile(r"[0-9]{1,15}")
_TAKEN = re.compile(r"[0-9]{1,12}")  # of a workbook: there is always a later one that is a version too


@dataclass(frozen=True, slots=True, kw_only=True)
class Edition:
    """One version of one form. `origin`: shipped with a program, or published by the scheme's office."""

    form: str
    version: str
    origin: Origin


@dataclass(frozen=True, slots=True, kw_only=True)
class Preview:
    """What publishing a workbook would do. `form` is the version it would make, `before` the one in force.

    `asked` is the version that the workbook itself gives; `notes` tell what was passed over when it was read.
    """

    form: Form
    before: Form
    asked: str
    changes: tuple[Change, ...]
    notes: tuple[str, ...]
    nothing: bool
    """Whether the workbook says just what is in force: then there is nothing to publish."""

    @property
    def words(self) -> str:
        """What would change, in lines for a person."""
        said = {"title": self.form.title, "before": self.before.version, "after": self.form.version}
        if self.nothing:
            lines = [tr("{title}: nothing changed since version {before}. There is nothing to publish.", **said)]
        else:
            lines = [tr("{title}: version {after} would follow version {before}.", **said)]
            if self.asked != self.form.version:
                asked = self.asked or tr("none")
                lines.append(
                    tr("The workbook gives the version {asked}, which is not later than every known one.", asked=asked)
                )
            lines += form_changes.lines(self.changes)
        return "\n".join((*lines, *self.notes))


@dataclass(frozen=True, slots=True)
class _Held:
    """A version as a record holds it: the content of one revision, whatever was saved over it."""

    heads: bytes
    edition: Edition
    body: Body


class FormBook:
    """The forms of one laptop, read from its records when asked for and kept for as long as these stay the same."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._read: dict[tuple[str, str, bytes], Form | None] = {}
        self._rows: list[Any] | None = None
        self._held: dict[tuple[str, str], _Held] = {}

    def names(self) -> tuple[str, ...]:
        """Return the names of the forms, in the order to offer them."""
        return reader.shipped()

    def editions(self, name: str) -> tuple[Edition, ...]:
        """Return the versions of a form that are held as records, in the order of their versions."""
        found = [held.edition for held in self._catalogue().values() if held.edition.form == name]
        return tuple(sorted(found, key=lambda edition: order(edition.version)))

    def present(self, name: str) -> Form:
        """Return the version to fill in now: the scheme's latest, or where it has none this program's own.

        A version that this program cannot read is passed over. What a report brought with it is none to fill in: only
        the office publishes (`rights`). Raises InvalidInput("no_form").
        """
        self._known(name)
        for edition in reversed(self.editions(name)):
            if edition.origin == "scheme" and (form := self.find(name, edition.version)) is not None:
                return form
        return reader.load(name)

    def find(self, name: str, version: str) -> Form | None:
        """Return that version, or None where this laptop does not know it or cannot read it."""
        version = version.encode("utf-8", "replace").decode()  # half a character stands in no table
        held = self._catalogue().get((name, version))
        if held is None or held.edition.origin == "program":
            try:
                return reader.load(name, version)
            except KeyError:
                pass
        body = held.body if held is not None else self._store.draft_form(name, version)
        if body is None:
            return None
        at = (name, version, held.heads if held is not None else b"")
        if at not in self._read:
            try:
                form = form_in(body)
            except FormRefused:
                form = None
            self._read[at] = form if form is not None and (form.name, form.version) == (name, version) else None
        return self._read[at]

    def of(self, name: str, version: str) -> Form:
        """Return that version, or the present one where it is not known here. Raises InvalidInput("no_form")."""
        self._known(name)
        return (self.find(name, version) if version else None) or self.present(name)

    def pinning(self, form: Form) -> Iterator[tuple[str, str, Body]]:
        """Yield the record that holds the definition of `form`, where none does: it goes with the first report."""
        if self._store.current(KIND, key(form.name, form.version)) is None:
            yield KIND, key(form.name, form.version), body_of(form, "program")

    # What the office publishes ---------------------------------------------------------------------------------------

    def preview(self, path: Path) -> Preview:
        """Return what publishing the workbook at `path` would do. Writes nothing.

        Raises WorkbookRefused with every reason against it, each with its place, and what `workbook.read` raises.
        """
        read = workbook.read(path)
        if faults := form_rules.faults(read.form, read.rows, read.choices):
            raise WorkbookRefused([read.placed(fault) for fault in faults])
        before = self.present(read.form.name)
        version = read.form.version
        latest = max(order(known) for known in self._versions(before.name))
        if not _TAKEN.fullmatch(version) or order(version) <= latest:
            version = _next(self._store.clock.today(), latest[0])
        return Preview(
            form=_versioned(read.form, version),
            before=before,
            asked=read.form.version,
            changes=form_changes.between(before, read.form),
            notes=read.notes,
            nothing=_content(before) == _content(read.form),
        )

    def publish(self, preview: Preview, *, office: bool) -> Edition:
        """Save a previewed form as the scheme's version in force; every laptop has it after its next share.

        `office`: whether this laptop may (`Laptop.office`). Raises InvalidInput ("office_only", "nothing_to_publish";
        "form_changed" where another version came in since the preview) and Unavailable.
        """
        if not office:
            raise InvalidInput("office_only", tr("Only the office can change a form."))
        if preview.nothing:
            raise InvalidInput("nothing_to_publish", preview.words)
        form = preview.form
        latest = max(order(known) for known in self._versions(form.name))
        if self.present(form.name).version != preview.before.version or order(form.version) <= latest:
            raise InvalidInput(
                "form_changed",
                tr("Another version of this form came in meanwhile. Nothing was published: look at the changes again."),
            )
        self._store.save(KIND, key(form.name, form.version), body_of(form, "scheme"))
        return Edition(form=form.name, version=form.version, origin="scheme")

    def _versions(self, name: str) -> tuple[str, ...]:
        known = (
            edition.version
            for edition in self.editions(name)  # what came with a report must leave room for a later one
            if edition.origin == "scheme" or _TAKEN.fullmatch(edition.version)
        )
        return (reader.load(name).version, *known)

    # What is held ----------------------------------------------------------------------------------------------------

    def _catalogue(self) -> Mapping[tuple[str, str], _Held]:
        """Return what the records hold by (name, version)."""
        with in_words():
            rows = self._store.connection.execute(
                "SELECT key, heads FROM current WHERE kind = ? ORDER BY key", (KIND,)
            ).fetchall()
        if rows != self._rows:
            before = {key(*at): held for at, held in self._held.items()}
            self._held = {}
            for name, heads in rows:
                known = before.get(name)
                held = known if known is not None and known.heads == heads else self._hold(name, heads)
                if held is not None:
                    self._held[held.edition.form, held.edition.version] = held
            self._rows = rows
        return self._held

    def _hold(self, name: str, heads: bytes) -> _Held | None:
        """Return what a record holds for ever: the scheme's first revision of it, or the first of a program.

        What two offices published under one version is never mixed, and every laptop that knows both takes the same.
        """
        found = []
        for revision in self._store.history(record_id(KIND, name)):
            body = revision.body
            form, version = str(body.get("form", "")), str(body.get("version", ""))
            if key(form, version) == name and isinstance(body.get("sheets"), str):
                origin: Origin = "scheme" if body.get("origin") == "scheme" else "program"
                edition = Edition(form=form, version=version, origin=origin)
                found.append((origin != "scheme", revision.hlc, revision.rev, _Held(heads, edition, body)))
        return min(found, key=lambda each: each[:3])[3] if found else None

    def _known(self, name: str) -> None:
        if name not in self.names():
            raise InvalidInput(
                "no_form", tr("{name} is none of the forms: {names}.", name=repr(name), names=", ".join(self.names()))
            )


def key(name: str, version: str) -> str:
    """Return the key of the record that holds a version of a form."""
    return f"{name} {version}"


def order(version: str) -> tuple[int, str]:
    """Return what versions are ordered by: the number, as XLSForm versions are dates and counters; then the text."""
    return (int(version) if _VERSION.fullmatch(version) else 0, version)


def body_of(form: Form, origin: Origin) -> Body:
    """Return the content of the record of a form. The sheets are one text, so that no merge mixes two of them."""
    made = xlsform.sheets(form)
    sheets = {"survey": made.survey, "choices": made.choices, "settings": made.settings}
    return {
        "form": form.name,
        "version": form.version,
        "title": form.title,
        "origin": origin,
        "sheets": json.dumps(sheets, ensure_ascii=False, separators=(",", ":")),
    }


def form_in(body: Body) -> Form:
    """Return the form that a record holds. Raises FormRefused."""
    try:
        sheets = json.loads(str(body.get("sheets", "")))
        return reader.from_sheets(
            survey=sheets["survey"],
            choices=sheets["choices"],
            settings=sheets["settings"],
            name=str(body.get("form", "")),
        )
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as broken:
        raise FormRefused(f"the stored form cannot be read: {broken}") from None


def _versioned(form: Form, version: str) -> Form:
    return replace(form, version=version, settings={**form.settings, "version": version})


def _next(today: date, latest: int) -> str:
    """Return the next free version: the day and a counter, as yyyymmddnn."""
    return str(max(int(f"{today:%Y%m%d}01"), latest + 1))


def _content(form: Form) -> object:
    """Return what a form says, whatever its version and the order of its choice lists."""
    made = xlsform.sheets(_versioned(form, ""))
    choices = {name: [row for row in made.choices if row["list_name"] == name] for name in form.lists}
    return made.survey, choices, made.settings
