"""A laptop: what a person does at one. The one object that the window and the command line hold."""

import contextlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from hashlib import sha256
from pathlib import Path
from typing import Any, Self

from forms import reader
from forms.draft import Draft
from forms.form import Choice, Form
from icv_app import (
    behind,
    capture,
    due,
    enrolment,
    exporting,
    figures,
    import_plan,
    importing,
    invitation,
    raised,
    reading,
    reference,
    visit_list,
)
from icv_app.capture import AnswersRefused, OpenDraft
from icv_app.clock import Clock
from icv_app.due import Due
from icv_app.errors import InvalidInput
from icv_app.exchange import Progress, exchange
from icv_app.faults import in_words
from icv_app.figure import Figure, Period
from icv_app.identity import Identity
from icv_app.imported import Imported, counted
from icv_app.interchange import TABLES
from icv_app.invitation import Invitation, accept
from icv_app.outcome import Outcome
from icv_app.periods import quarter_of
from icv_app.profile import Profile
from icv_app.reading import Reading
from icv_app.revision import Body
from icv_app.store import Saved, Sharing, Store
from icv_app.summary import Summary
from icv_app.vault import Strength
from icv_app.visit_list import VisitRow

__all__ = ["AnswersRefused", "DraftLine", "Due", "Imported", "Laptop", "OpenDraft", "VisitRow"]


@dataclass(frozen=True, slots=True, kw_only=True)
class DraftLine:
    """A stored draft as lists show it; `about` tells site and date where they are known."""

    draft: str
    form: str
    about: str
    saved: datetime


class Laptop:
    """An unlocked profile with its store. A context manager: leaving it locks the profile again.

    Made by `start`, `join` or `unlock`. Belongs to the thread that made it, save `sync` and `summary`, which open
    connections of their own.
    """

    def __init__(self, profile: Profile) -> None:
        self.profile = profile
        self.store: Store = profile.store()

    # Beginning and ending --------------------------------------------------------------------------------------------

    @staticmethod
    def exists(folder: Path) -> bool:
        """Return whether `folder` holds a profile."""
        return Profile.exists(folder)

    @classmethod
    def start(
        cls, folder: Path, *, scheme: str, person: str, role: str, passphrase: str, hub: Path | None = None,
        strength: Strength = Strength.MODERATE, clock: Clock | None = None,
    ) -> Self:  # fmt: skip
        """Start a scheme in a new profile. Raises what `Profile.create` raises."""
        identity = Identity(person=person.strip(), role=role, scheme=scheme.strip())
        return cls._opened(Profile.create(folder, passphrase, identity, hub=hub, strength=strength, clock=clock))

    @classmethod
    def join(
        cls, folder: Path, *, invitation: Path, invitation_passphrase: str, passphrase: str, hub: Path | None = None,
        strength: Strength = Strength.MODERATE, clock: Clock | None = None,
    ) -> Self:  # fmt: skip
        """Join a scheme by an invitation file. Raises what `invitation.accept` and `Profile.create` raise.

        Raises InvalidInput("invitation_used") where the shared file shows that it brought a laptop in already.
        """
        found = accept(invitation, invitation_passphrase)
        if hub is not None and enrolment.invitation_used(hub, found.hub_key, found.hub_id, found.token_hash):
            raise InvalidInput(
                "invitation_used",
                "This invitation has already brought a laptop into the scheme, and works only once. "
                f"Ask the office for a new one for {found.person}.",
            )
        return cls._opened(
            Profile.create(
                folder, passphrase, found.identity(), hub_key=found.hub_key, hub=hub, token=found.token,
                strength=strength, clock=clock,
            )
        )  # fmt: skip

    @classmethod
    def unlock(cls, folder: Path, passphrase: str, *, clock: Clock | None = None) -> Self:
        """Open the profile in `folder`. Raises what `Profile.unlock` raises."""
        return cls._opened(Profile.unlock(folder, passphrase, clock=clock))

    @classmethod
    def _opened(cls, profile: Profile) -> Self:
        """Return the laptop of an open profile, introduced to the scheme. What fails on the way locks it again."""
        with contextlib.ExitStack() as undo:
            undo.callback(profile.close)
            laptop = cls(profile)
            undo.callback(laptop.store.close)
            laptop._introduce()
            undo.pop_all()
        return laptop

    def _introduce(self) -> None:
        """File what a new laptop says of itself, and its scheme if it started one; a crash may have come before."""
        who, token = self.identity, self.profile.token
        if self.store.current("enrolment", who.device) is not None:
            return
        scheme = {"name": who.scheme, "week_rule": "week-ending-sunday", "marking": "OFFICIAL", "hub_id": who.hub_id}
        own = self._enrolment(sha256(token).hexdigest() if token else "")
        self.store.save_all([own] if token else [("scheme", "scheme", scheme), own])

    def _enrolment(self, token_hash: str) -> tuple[str, str, Body]:
        who = self.identity
        body = {
            "person": who.person,
            "role": who.role,
            "device": who.device,
            "enrolled_at": self.clock.now().isoformat(),
        }
        if token_hash:
            body["token_hash"] = token_hash
        return "enrolment", who.device, body

    def close(self) -> None:
        """Close the data and let another program use the profile."""
        self.store.close()
        self.profile.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    # Who and where ---------------------------------------------------------------------------------------------------

    @property
    def identity(self) -> Identity:
        """Who works at this laptop, and in which scheme."""
        return self.profile.identity

    @property
    def clock(self) -> Clock:
        """The clock that all dates come from."""
        return self.profile.clock

    @property
    def hub(self) -> Path | None:
        """The shared file; setting it is remembered."""
        return self.profile.hub

    @hub.setter
    def hub(self, hub: Path | None) -> None:
        self.profile.hub = hub

    @property
    def marking(self) -> str:
        """The marking of the scheme's documents ("OFFICIAL" until a record says otherwise)."""
        scheme = self.store.current("scheme", "scheme")
        return str(scheme.body.get("marking", "OFFICIAL")) if scheme else "OFFICIAL"

    def invite(
        self, file: Path, person: str, role: str, passphrase: str, *, strength: Strength = Strength.MODERATE
    ) -> Invitation:
        """Write an invitation for another laptop. Raises what `invitation.invite` raises."""
        return invitation.invite(self.profile, file, person, role, passphrase, strength=strength)

    # Forms -----------------------------------------------------------------------------------------------------------

    def forms(self) -> tuple[tuple[str, str], ...]:
        """Return (name, title) of each form, in the order to offer them."""
        return tuple((name, reader.load(name).title) for name in reader.shipped())

    def lists(self) -> Mapping[str, tuple[Choice, ...]]:
        """Return the reference lists that forms draw on."""
        with in_words():
            return reference.lists(self.store.connection, self.clock.today())

    def new_draft(self, form_name: str) -> OpenDraft:
        """Begin a form, pre-filled with what the laptop knows; nothing is stored before `keep`."""
        opened, lists = self._draft(capture.new_id(), form_of(form_name), None)
        capture.prefill(opened.draft, person=self.identity.person, today=self.clock.today(), lists=lists)
        return opened

    def open_draft(self, draft_id: str) -> OpenDraft:
        """Open a stored draft. Raises InvalidInput("no_draft")."""
        row = self.store.draft(draft_id)
        if row is None:
            raise InvalidInput("no_draft", "That draft is no longer on this laptop.")
        return self._draft(draft_id, form_of(row.form, row.version), row.answers)[0]

    def _draft(
        self, draft_id: str, form: Form, answers: Mapping[str, Any] | None
    ) -> tuple[OpenDraft, Mapping[str, tuple[Choice, ...]]]:
        lists = self.lists()
        draft = Draft(form, answers, clock=self.clock.now, lists=lists)
        return OpenDraft(id=draft_id, form=form, draft=draft), lists

    def drafts(self) -> tuple[DraftLine, ...]:
        """Return the stored drafts, the one worked on last first."""
        names = {choice.name: choice.label() for choice in self.lists()["sites"]}
        lines = []
        for row in self.store.drafts():
            site, day = row.answers.get("site"), row.answers.get("date")
            about = ", ".join(str(each) for each in (names.get(str(site), site), day and reference.dated(day)) if each)
            lines.append(DraftLine(draft=row.draft, form=row.form, about=about, saved=row.saved))
        return tuple(lines)

    def keep(self, opened: OpenDraft) -> datetime:
        """Store a draft as it stands; return the moment at which it was on disk."""
        return self.store.put_draft(opened.id, opened.form.name, opened.form.version, opened.draft.answers())

    def discard(self, draft_id: str) -> None:
        """Remove a draft for good."""
        self.store.drop_draft(draft_id)

    def submit(self, opened: OpenDraft) -> Saved:
        """File a finished form: its record, the issues it raises and the end of its draft, on disk in one step.

        Raises AnswersRefused (code "answers_missing").
        """
        kind, key, body = capture.record_of(opened.draft, today=self.clock.today())
        if kind == "record_review" and (held := self.store.current(kind, key)) and not held.deleted:
            message = f"{key} is held already; give this session another name"
            raise AnswersRefused([capture.Refusal(field="session", label="", message=message)])
        return self.store.submit(opened.id, kind, key, body, also=raised.raised(body, key))

    def file(self, form_name: str, answers: Mapping[str, Any]) -> tuple[Saved, tuple[str, ...]]:
        """File a form from its answers by field name, validated as the window does.

        Returns what was saved and the fields that were left out because they do not apply. Raises AnswersRefused.
        """
        opened, _ = self._draft(capture.new_id(), form_of(form_name), None)
        left_out = capture.answer_all(opened.draft, answers)
        return self.submit(opened), left_out

    # Records ---------------------------------------------------------------------------------------------------------

    def visits(self) -> tuple[VisitRow, ...]:
        """Return every visit, the latest first."""
        with in_words():
            return visit_list.visits(self.store.connection, dict(self.forms()))

    def reading(self, key: str) -> Reading:
        """Return the visit `key` laid out to be read. Raises InvalidInput("no_record")."""
        record = self.store.current("visit", key)
        if record is None:
            raise InvalidInput("no_record", f"There is no visit {key} on this laptop.")
        names = {choice.name: choice.label() for choice in self.lists()["sites"]}
        form = form_of(str(record.body.get("form", "")), str(record.body.get("form_version", "")) or None)
        return reading.read(form, record, self.store.history(record.record), names)

    def due(self, today: date | None = None) -> tuple[Due, ...]:
        """Return what the present week, month and year still call for."""
        with in_words():
            return due.due(self.store.connection, today or self.clock.today())

    def sharing(self) -> Sharing:
        """Return how much is safe on this laptop, and how much of it was proved to be in the shared file."""
        return self.store.sharing()

    # The world outside -----------------------------------------------------------------------------------------------

    def sync(self, hub: Path | None = None, progress: Progress | None = None) -> Outcome:
        """Exchange with the shared file (the remembered one where `hub` is None). Safe to call from another thread.

        Raises InvalidInput("no_hub", "foreign_hub") or Unavailable; what came and went until then is kept.
        """
        where = hub or self.profile.hub
        if where is None:
            raise InvalidInput("no_hub", "Nobody has said yet where the shared file is. Give its path once.")
        with self.profile.store() as store:
            outcome = exchange(store, where, self.profile.hub_key, self.identity.hub_id, progress=progress)
        if hub is not None:
            self.profile.hub = hub
        return outcome

    def summary(self, period: Period) -> Summary:
        """Return the compliance summary of a period. Safe to call from another thread."""
        with in_words(), contextlib.closing(self.profile.connect()) as connection:
            return figures.of(period, connection, self.clock.today())

    def behind(self, summary: Summary, figure: Figure) -> tuple[str, ...] | None:
        """Return the keys of the visits that a figure was made from; None where it is not of visits."""
        with in_words():
            return behind.visits(self.store.connection, summary, figure)

    def usual_period(self) -> Period:
        """Return the quarter to begin with: the last whole one, or the latest before it that has a visit."""
        whole = quarter_of(quarter_of(self.clock.today()).first - timedelta(days=1))
        with in_words():
            latest = visit_list.latest(self.store.connection, whole.last)
        return quarter_of(latest) if latest else whole

    def records_to(self) -> date | None:
        """Return the last day up to today that a held visit or review tells of, which dates a document made of them."""
        with in_words():
            return visit_list.latest(self.store.connection, self.clock.today(), reviews=True)

    def import_folder(self, folder: Path) -> Imported:
        """Bring an interchange folder in, all or nothing. Raises FolderRefused, InvalidInput or Unavailable."""
        forms, held, today = self._forms(), self._held(), self.clock.today()
        held_forms = {key: str(body.get("form", "")) for key, body in held["visit"].items()}
        read = importing.read(folder, forms=forms, held_forms=held_forms, today=today)
        plan = import_plan.plan(read, held, forms=forms, today=today)
        result = counted(plan, held, forms=forms, lists=self.lists, clock=self.clock)
        # an unchanged row is not saved again: that would settle a conflict which nobody has looked at
        self.store.save_all(item for item in plan.items if held.get(item[0], {}).get(item[1]) != item[2])
        return result

    def export_folder(self, folder: Path, *, overwrite: bool = False) -> tuple[Path, ...]:
        """Write everything as an interchange folder. Raises InvalidInput("not_empty") or Unavailable."""
        return exporting.write(folder, exporting.tables(self._held(), self._forms()), overwrite=overwrite)

    def _forms(self) -> dict[str, Form]:
        return {name: reader.load(name) for name in reader.shipped()}

    def _held(self) -> dict[str, dict[str, Body]]:
        return {table.kind: {record.key: record.body for record in self.store.records(table.kind)} for table in TABLES}


def form_of(name: str, version: str | None = None) -> Form:
    """Return the form `name` in `version`, or in the present one where that version is not shipped (any more).

    Raises InvalidInput("no_form") for a name that is none of the forms.
    """
    if name not in reader.shipped():
        raise InvalidInput("no_form", f"{name!r} is none of the forms: {', '.join(reader.shipped())}.")
    try:
        return reader.load(name, version)
    except KeyError:
        return reader.load(name)
