"""The paperwork at one laptop: reports begun, kept, put down, thrown away, finished, corrected and signed."""

import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from forms import translation
from forms.draft import Draft
from forms.form import Choice, Form
from icv_app.clock import Clock
from icv_app.encryption.faults import in_words
from icv_app.errors import InvalidInput
from icv_app.form_versions import form_book
from icv_app.form_versions.form_book import FormBook
from icv_app.identity import Identity
from icv_app.interchange_folder import capture, masking, remainder
from icv_app.interchange_folder.capture import AnswersRefused, OpenDraft
from icv_app.logs.logbook import Logbook
from icv_app.records import correction, dispute, past, raised, reference, sign_off
from icv_app.records.past import Past
from icv_app.records.sign_off import ToSign
from icv_app.scheme import scheme_settings
from icv_app.storage import report_state
from icv_app.storage.drafts import DraftRow
from icv_app.storage.revision import Body
from icv_app.storage.store import Item, Record, Saved, Store

BIN_KEEPS = timedelta(days=30)
"""How long a draft lies in the recycle bin before it is removed for good."""


@dataclass(frozen=True, slots=True, kw_only=True)
class DraftLine:
    """A stored draft as lists show it; `about` tells site and date where they are known.

    `corrects` is the reference of the report that it corrects, or "". `binned`: since when it is in the bin.
    """

    draft: str
    form: str
    about: str
    saved: datetime
    corrects: str = ""
    binned: datetime | None = None


class Paperwork:
    """The reports in hand at a laptop. One sitting: from unlocking the laptop to locking it, or to a crash."""

    def __init__(self, store: Store, identity: Identity, clock: Clock, logbook: Logbook | None = None) -> None:
        self._store = store
        self._logbook = logbook or Logbook(store)
        self._identity = identity
        self._clock = clock
        self.book = FormBook(store)
        """Every version of every form."""
        self._sitting = secrets.token_hex(8)
        self._held_forms: set[str] = set()  # drafts whose form is known to be held with them
        self._sent: set[str] = set()  # drafts that have become records

    # Forms -----------------------------------------------------------------------------------------------------------

    def forms(self) -> tuple[tuple[str, str], ...]:
        """Return (name, title) of each form in its present version, in the order to offer them."""
        return tuple((name, self.book.present(name).heading) for name in self.book.names())

    def lists(self, *, slot: str = "") -> Mapping[str, tuple[Choice, ...]]:
        """Return the reference lists that forms draw on; `slot` is offered although its visit has been made."""
        with in_words():
            lists = reference.lists(self._store.connection, self._clock.today(), slot=slot)
        return {**lists, "scheme": scheme_settings.choices(scheme_settings.read(self._store))}

    # Drafts ----------------------------------------------------------------------------------------------------------

    def new_draft(self, form_name: str) -> OpenDraft:
        """Begin a form in its present version, with what the laptop knows filled in; `keep` stores it."""
        lists = self.lists()
        opened = self._opened(capture.new_id(), self.book.present(form_name), None, lists)
        capture.prefill(opened.draft, person=self._identity.person, today=self._clock.today(), lists=lists)
        return opened

    def open_draft(self, draft_id: str) -> OpenDraft:
        """Open a stored draft on the version of the form that it was begun with, and hold it for this sitting.

        Raises InvalidInput("no_draft"), or ("no_form_version") where this laptop does not know that version; the
        draft then stays as it is.
        """
        row = self._store.draft(draft_id)
        if row is None:
            raise InvalidInput("no_draft", translation.tr("That draft is no longer on this laptop."))
        form = self.book.find(row.form, row.version)
        if form is None:
            raise InvalidInput(
                "no_form_version",
                translation.tr(
                    "This draft was begun on version {version} of its form, which this laptop does not know. "
                    "It is kept as it is. Share once, or update the program; then open it again.",
                    version=row.version,
                ),
            )
        self._store.hold_draft(draft_id, self._sitting)
        if not row.corrects:
            return self._opened(row.draft, form, row.answers, self.lists())
        lists = self.lists(slot=str(row.answers.get("slot", "")))
        return self._opened(row.draft, form, row.answers, lists, corrects=row.corrects, heads=row.heads)

    def correct(self, key: str) -> OpenDraft:
        """Begin the correction of a submitted report, on the version of the form that it was made with, and store it.

        A report of a version that this laptop does not know is corrected on the present one, and keeps what that has no
        question for. A correction that was begun before is gone on with. Raises InvalidInput("no_record", "no_form"),
        or ("in_dispute") where two people's entries differ: beginning with one of them would settle that unseen.
        """
        for row in self._store.drafts():
            if row.corrects == key and row.binned is None:
                return self.open_draft(row.draft)
        record = self._report(key)
        self._logbook.read(record.kind, record.key, record.heads[-1])
        form = self.book.of(str(record.body.get("form", "record_review")), str(record.body.get("form_version", "")))
        dispute.refuse(record, form)
        now = self._clock.now()
        row = DraftRow(
            draft=capture.new_id(), form=form.name, version=form.version, answers=_answers(record.body), started=now,
            saved=now, corrects=key, heads=b"".join(record.heads), sitting=self._sitting,
        )  # fmt: skip
        self._store.put_draft(row, form_book.body_of(form, "program"))
        return self.open_draft(row.draft)

    def _held(self, key: str) -> Record | None:
        records = (self._store.current(kind, key) for kind in ("visit", "record_review"))
        return next((record for record in records if record is not None and not record.deleted), None)

    def _report(self, key: str) -> Record:
        if (record := self._held(key)) is not None:
            return record
        raise InvalidInput("no_record", translation.tr("There is no report {key} on this laptop.", key=key))

    def _opened(
        self, draft_id: str, form: Form, answers: Mapping[str, Any] | None, lists: Mapping[str, tuple[Choice, ...]],
        *, corrects: str = "", heads: bytes = b"",
    ) -> OpenDraft:  # fmt: skip
        language = form.language(translation.language())
        standing = self._held(corrects) if corrects else None
        draft = Draft(
            form, answers, clock=self._clock.now, lists=lists, language=language,
            standing=standing.body if standing else None,
        )  # fmt: skip
        beside = remainder.of(answers or {}, draft.unknown)
        comments = report_state.open_comments(standing.body) if standing else ()
        return OpenDraft(
            id=draft_id, form=form, draft=draft, corrects=corrects, heads=heads, beside=beside, comments=comments
        )

    def drafts(self) -> tuple[DraftLine, ...]:
        """Return the stored drafts that are not in the bin, the one worked on last first."""
        return self._lines(row for row in self._store.drafts() if row.binned is None)

    def binned(self) -> tuple[DraftLine, ...]:
        """Return the drafts in the recycle bin, the one thrown away last first."""
        rows = [row for row in self._store.drafts() if row.binned is not None]
        return self._lines(sorted(rows, key=lambda row: row.binned or row.saved, reverse=True))

    def recovered(self) -> tuple[DraftLine, ...]:
        """Return the drafts that a sitting before this one had in hand when it ended without putting them down.

        They stay so, through further crashes, until they are opened and put down, or `put_down` is called for them.
        """
        rows = self._store.drafts()
        return self._lines(row for row in rows if row.sitting not in ("", self._sitting) and row.binned is None)

    def _lines(self, rows: Any) -> tuple[DraftLine, ...]:
        names = {choice.name: choice.label() for choice in self.lists()["sites"]}
        lines = []
        for row in rows:
            site, day = row.answers.get("site"), row.answers.get("date")
            about = ", ".join(str(each) for each in (names.get(str(site), site), day and _dated(day)) if each)
            lines.append(
                DraftLine(
                    draft=row.draft, form=row.form, about=about, saved=row.saved, corrects=row.corrects,
                    binned=row.binned,
                )
            )  # fmt: skip
        return tuple(lines)

    def keep(self, opened: OpenDraft) -> datetime:
        """Store a draft as it stands, in hand; return the moment at which it was on disk.

        One that was submitted is on disk as a record, and makes no draft any more.
        """
        now = self._clock.now()
        form = opened.form
        if opened.id in self._sent:
            return now
        row = DraftRow(
            draft=opened.id, form=form.name, version=form.version, answers=remainder.kept(opened.draft, opened.beside),
            started=now, saved=now, corrects=opened.corrects, heads=opened.heads, sitting=self._sitting,
        )  # fmt: skip
        self._store.put_draft(row, None if opened.id in self._held_forms else form_book.body_of(form, "program"))
        self._held_forms.add(opened.id)
        return now

    def put_down(self, draft_id: str) -> None:
        """Note that nobody has a draft in hand any more: it was left in good order, or its recovery was seen."""
        self._store.hold_draft(draft_id, "")

    def discard(self, draft_id: str) -> None:
        """Put a draft into the recycle bin, where it lies for `BIN_KEEPS`."""
        self._store.bin_draft(draft_id, self._clock.now())

    def restore(self, draft_id: str) -> None:
        """Take a draft out of the recycle bin."""
        self._store.bin_draft(draft_id, None)

    def remove(self, draft_id: str) -> None:
        """Remove a draft for good."""
        self._store.drop_draft(draft_id)

    def clear_bin(self) -> None:
        """Remove for good what has lain in the bin for longer than it keeps things."""
        oldest = self._clock.now() - BIN_KEEPS
        for row in self._store.drafts():
            if row.binned is not None and row.binned < oldest:
                self._store.drop_draft(row.draft)

    # Finishing -------------------------------------------------------------------------------------------------------

    def submit(self, opened: OpenDraft, *, reason: str = "") -> Saved:
        """File a finished form: its record, the issues it raises, its sign-off and the end of its draft, in one step.

        A correction needs a `reason`, and becomes a further version of its record. Raises AnswersRefused
        (code "answers_missing") or InvalidInput ("no_reason", "personal_data", "no_record", "already_sent").
        """
        if opened.id in self._sent:
            raise InvalidInput("already_sent", translation.tr("This report was sent already."))
        saved = self._correct(opened, reason.strip()) if opened.corrects else self._submit(opened)
        self._sent.add(opened.id)
        return saved

    def _submit(self, opened: OpenDraft) -> Saved:
        kind, key, body = capture.record_of(opened.draft, today=self._clock.today())
        if kind == "record_review" and (held := self._store.current(kind, key)) and not held.deleted:
            message = translation.tr("{key} is held already; give this session another name", key=key)
            raise AnswersRefused([capture.Refusal(field="session", label="", message=message)])
        also = [
            *self.book.pinning(opened.form),
            *raised.raised(body, key),
            *sign_off.given(body, key, self._clock.today()),
        ]
        body = remainder.filed(opened.draft, body, opened.beside)
        return self._store.submit(opened.id, kind, key, body, also=also)

    def _correct(self, opened: OpenDraft, reason: str) -> Saved:
        if not reason:
            raise InvalidInput("no_reason", translation.tr("Say why this report is corrected."))
        masking.refuse_telling(reason, custody_number=self._custody_number())
        report = self._report(opened.corrects)
        today = self._clock.today()
        kind, key, body = capture.record_of(opened.draft, today=today, key=report.key)
        correction.refuse_another(report, kind, key)
        heads = opened.heads or b"".join(report.heads)
        seen = tuple(heads[at : at + 32] for at in range(0, len(heads), 32))
        before = correction.seen(self._store, report.record, seen)
        body = {**remainder.filed(opened.draft, body, opened.beside), "correction_reason": reason}
        at = self._clock.now().isoformat(timespec="seconds")
        body = report_state.answered(body, opened.comments, by=self._identity.person, at=at, words=reason)
        also: list[Item] = [
            *self.book.pinning(opened.form),
            *correction.going_with(self._store, key, body, before, today),
        ]
        return self._store.submit(opened.id, kind, key, body, also=also, seen=seen)

    def file(self, form_name: str, answers: Mapping[str, Any]) -> tuple[Saved, tuple[str, ...]]:
        """File a form from its answers by field name, validated as the window does.

        Returns what was saved and the fields that were left out because they do not apply. Raises AnswersRefused.
        """
        opened = self._opened(capture.new_id(), self.book.present(form_name), None, self.lists())
        left_out = capture.answer_all(opened.draft, answers)
        return self.submit(opened), left_out

    # The past, and the other visitor ---------------------------------------------------------------------------------

    def past(self, form_name: str, site: str, *, before: str = "") -> Past | None:
        """Return what the last report of this form at `site` found and what is still open there; None: no report yet.

        `before` is the reference of the report in hand, which is no past of itself.
        """
        with in_words():
            found = past.of(self._store, self.book, form_name, site, before=before)
        if found is not None:
            self._logbook.read("visit", found.report)
        return found

    def to_sign(self) -> tuple[ToSign, ...]:
        """Return the reports that name this laptop's person as a visitor and that they have not signed yet."""
        with in_words():
            return sign_off.waiting(self._store, self._identity.person)

    def sign(self, key: str, *, agrees: bool, words: str = "") -> Saved:
        """Enter that this laptop's person agrees with a report, or how they see it: an entry of their own.

        Raises InvalidInput("no_record", "not_a_visitor", "no_words", "personal_data").
        """
        masking.refuse_telling(words, custody_number=self._custody_number())
        body = sign_off.entry(
            self._report(key), self._identity.person, agrees=agrees, words=words, today=self._clock.today()
        )
        return self._store.save(sign_off.KIND, sign_off.key(key, self._identity.person), body)

    def _custody_number(self) -> str:
        return scheme_settings.read(self._store).custody_number


def _answers(body: Body) -> Body:
    """Return what a correction begins with: the report, less the reason of an earlier one and the marks of a draft."""
    return {name: value for name, value in body.items() if name != "correction_reason" and not name.startswith("~")}


def _dated(day: Any) -> str:
    """Return a day in words; what is none, as another program may have written it."""
    try:
        return reference.dated(str(day))
    except ValueError:
        return str(day)
