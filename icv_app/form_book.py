"""The form book: every version of every form that this laptop knows, shipped with the program or held as a record.

Each stored report names the form and version it was made with, and opens with that one for ever, so a definition is
stored with the first draft of it on this laptop, and with the first report as a record of the scheme (kind `form`, key
"NAME VERSION"). What the office published stands in front of
what the program ships (docs/decisions/0060).
"""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from forms import reader, xlsform
from forms.form import Form
from forms.refusal import FormRefused
from icv_app.errors import InvalidInput
from icv_app.revision import Body
from icv_app.store import Record, Store

KIND = "form"
Origin = Literal["program", "scheme"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Edition:
    """One version of one form. `origin`: shipped with a program, or published by the scheme's office."""

    form: str
    version: str
    origin: Origin


class FormBook:
    """The forms of one laptop, read from its records when asked for and kept for as long as the book lives."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._read: dict[tuple[str, str], Form] = {}

    def names(self) -> tuple[str, ...]:
        """Return the names of the forms, in the order to offer them."""
        return reader.shipped()

    def editions(self, name: str) -> tuple[Edition, ...]:
        """Return the versions of a form that are held as records, in the order of their versions."""
        found = [_edition(record) for record in self._store.records(KIND) if record.body.get("form") == name]
        return tuple(sorted(found, key=lambda edition: order(edition.version)))

    def present(self, name: str) -> Form:
        """Return the version to fill in now: the scheme's latest, or where it has none the program's latest.

        A version that this program cannot read is passed over. Raises InvalidInput("no_form").
        """
        self._known(name)
        held = self.editions(name)
        for edition in (
            *(each for each in reversed(held) if each.origin == "scheme"),
            *(each for each in reversed(held) if each.origin == "program"),
        ):
            if edition.origin == "program" and order(edition.version) <= order(reader.load(name).version):
                break
            form = self.find(name, edition.version)
            if form is not None:
                return form
        return reader.load(name)

    def find(self, name: str, version: str) -> Form | None:
        """Return that version, or None where this laptop does not know it or cannot read it."""
        try:
            return reader.load(name, version)
        except KeyError:
            pass
        if (name, version) not in self._read:
            record = self._store.current(KIND, key(name, version))
            body = record.body if record is not None and not record.deleted else self._store.draft_form(name, version)
            if body is None:
                return None
            try:
                self._read[(name, version)] = form_in(body)
            except FormRefused:
                return None
        return self._read[(name, version)]

    def of(self, name: str, version: str) -> Form:
        """Return that version, or the present one where it is not known here. Raises InvalidInput("no_form")."""
        self._known(name)
        return (self.find(name, version) if version else None) or self.present(name)

    def pinning(self, form: Form) -> Iterator[tuple[str, str, Body]]:
        """Yield the record that holds the definition of `form`, where none does: it goes with the first report."""
        if self._store.current(KIND, key(form.name, form.version)) is None:
            yield KIND, key(form.name, form.version), body_of(form, "program")

    def _known(self, name: str) -> None:
        if name not in self.names():
            raise InvalidInput("no_form", f"{name!r} is none of the forms: {', '.join(self.names())}.")


def key(name: str, version: str) -> str:
    """Return the key of the record that holds a version of a form."""
    return f"{name} {version}"


def order(version: str) -> tuple[int, str]:
    """Return what versions are ordered by: the number, as XLSForm versions are dates and counters; then the text."""
    return (int(version) if version.isdecimal() else 0, version)


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
    except (ValueError, KeyError, TypeError, AttributeError) as broken:
        raise FormRefused(f"the stored form cannot be read: {broken}") from None


def _edition(record: Record) -> Edition:
    body = record.body
    origin: Origin = "scheme" if body.get("origin") == "scheme" else "program"
    return Edition(form=str(body.get("form", "")), version=str(body.get("version", "")), origin=origin)
