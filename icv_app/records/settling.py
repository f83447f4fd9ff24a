"""Settling: who may choose between the values in dispute, and the one revision that a choice makes.

It names all heads of the record as its parents, so it holds on every laptop; two people who settle one record at the
same time agree, or make a new dispute.
"""

from collections.abc import Callable, Iterator, Mapping
from copy import deepcopy
from dataclasses import dataclass
from typing import Any

from forms.answers import conform
from forms.draft import Draft
from forms.form import Form, Place
from forms.translation import later, tr
from icv_app.clock import Clock
from icv_app.encryption.faults import in_words
from icv_app.errors import InvalidInput
from icv_app.form_versions.form_book import FormBook
from icv_app.identity import Identity
from icv_app.interchange_folder import masking
from icv_app.interchange_folder.fields import questions
from icv_app.interchange_folder.interchange import BY_KIND, CellError, parse
from icv_app.interchange_folder.visit_checks import wrong_in
from icv_app.records import answer, correction, dispute, raised
from icv_app.records.beside import MISSING, put
from icv_app.records.dispute import Dispute, DisputedField
from icv_app.records.reading import KINDS
from icv_app.scheme import scheme_settings
from icv_app.storage import current, report_state
from icv_app.storage.revision import Body
from icv_app.storage.store import Record, Saved, Store

SETTLED = later("Differing entries were settled.")
_OWN = ("text", "integer", "decimal", "date", "time")


@dataclass(frozen=True, slots=True, kw_only=True)
class Own:
    """A value of one's own, in place of all that were entered: as a form's answer, or as a cell of the folder."""

    value: Any


Choices = Mapping[str, int | Own]
"""By path: the number of the side that is chosen, 0 the first, or a value of one's own."""


class Disputes:
    """What is in dispute on a laptop, for whoever works at it: the office sees all, a visitor their own reports."""

    def __init__(
        self, store: Store, book: FormBook, identity: Identity, clock: Clock, *, office: Callable[[], bool]
    ) -> None:
        self._store = store
        self._book = book
        self._person = identity.person
        self._clock = clock
        self._office = office

    def count(self) -> int:
        """Return how many records wait for this person's choice; quick."""
        return sum(1 for _ in self._records())

    def every(self) -> tuple[Dispute, ...]:
        """Return what this person may settle, by kind and key."""
        names = self._sites()
        return tuple(self._of(record, names) for record in self._records())

    def of(self, key: str, kind: str = "") -> Dispute | None:
        """Return the dispute over the record of that key (and kind, where given), or None where there is none.

        Raises InvalidInput("not_yours") where it is not this person's to settle.
        """
        with in_words():
            found = [each for each in current.disputed(self._store.connection) if key in (each.key, each.record.hex())]
        record = next((each for each in found if kind in ("", each.kind)), None)
        if record is None:
            return None
        if not self._may(record):
            raise InvalidInput(
                "not_yours", tr("Only the office, or a visitor whom the report names, can settle {key}.", key=key)
            )
        return self._of(record, self._sites())

    def settle(self, found: Dispute, choices: Choices) -> Saved:
        """Write one choice for each disputed answer, and return what was saved: then the record is in dispute no more.

        Raises InvalidInput: "changed_since" where the record has changed since `found` was read, "not_all_chosen"
        (all are settled together, so each needs a choice), "no_side", "no_own_value", "personal_data", or
        "does_not_fit" where the chosen values cannot be true together. Then nothing was written.
        """
        record = self._store.current(found.kind, found.key)
        if record is None or record.heads != found.heads or not record.conflicts:
            raise InvalidInput(
                "changed_since",
                tr("{key} has changed since you opened it. Nothing was settled. Please look again.", key=found.key),
            )
        if not self._may(record):
            raise InvalidInput("not_yours", tr("Only the office can settle {key}.", key=found.key))
        left = [field.label for field in found.fields if field.path not in choices]
        if left:
            raise InvalidInput("not_all_chosen", tr("Choose for each answer first. Still open: {names}",
                                                    names="; ".join(left)))  # fmt: skip
        body = deepcopy(record.body)
        for field in found.fields:
            missing, value = self._chosen(record, field, choices[field.path])
            put(body, field.path, MISSING if missing else value)
        if record.kind not in KINDS:
            return self._store.save(record.kind, record.key, body, seen=record.heads)
        return self._settle_report(record, body)

    # Reading ---------------------------------------------------------------------------------------------------------

    def _records(self) -> Iterator[Record]:
        with in_words():
            found = list(current.disputed(self._store.connection))
        for record in found:
            if self._may(record) and not self._follows_a_report(record) and self.asks(record):
                yield record

    def _may(self, record: Record) -> bool:
        named = (record.body.get("visitor_1"), record.body.get("visitor_2"))
        return self._office() or (record.kind in KINDS and self._person in named)

    def _follows_a_report(self, record: Record) -> bool:
        """Return whether an issue differs only because its report does: it is settled with the report."""
        if record.kind != "issue":
            return False
        key = str(record.body.get("visit", ""))
        report = next((held for kind in KINDS if (held := self._store.current(kind, key)) is not None), None)
        source = str(record.body.get("source", ""))
        return (
            report is not None
            and bool(report.conflicts)
            and any(path == source or path.startswith(f"{source}/") for path in report.conflicts)
            and set(record.conflicts) <= set(raised.told(report.body, source) or ())
        )

    def asks(self, record: Record) -> bool:
        """Return whether something of a record is to be chosen by somebody: not only what its form works out."""
        return bool(set(record.conflicts) - dispute.worked_out(record, self._form(record)))

    def _form(self, record: Record) -> Form | None:
        name = str(record.body.get("form", record.kind))
        if record.kind not in KINDS or name not in self._book.names():  # any laptop may have written anything
            return None
        return self._book.of(name, str(record.body.get("form_version", "")))

    def _of(self, record: Record, names: Mapping[str, str]) -> Dispute:
        return dispute.of(record, self._form(record), self._store.history(record.record), names)

    def _sites(self) -> dict[str, str]:
        with in_words():
            return dict(self._store.connection.execute("SELECT site, name FROM fact_site"))

    # Settling --------------------------------------------------------------------------------------------------------

    def _chosen(self, record: Record, field: DisputedField, choice: int | Own) -> tuple[bool, Any]:
        if isinstance(choice, Own):
            return False, self._own(record, field, choice.value)
        if not 0 <= choice < len(field.sides):
            raise InvalidInput(
                "no_side",
                tr("{question}: choose a number from 1 to {count}.", question=field.label, count=len(field.sides)),
            )
        side = field.sides[choice]
        return side.missing, side.value

    def _own(self, record: Record, field: DisputedField, value: Any) -> Any:
        form = self._form(record)
        name = field.path.rpartition("/")[2]
        row = answer.find(form, name) if form is not None else None
        table = BY_KIND.get(record.kind)
        column = table.column(name) if table is not None and "/" not in field.path else None
        try:
            if row is not None and row.kind in _OWN:
                if row.kind == "text":
                    pattern = scheme_settings.read(self._store).custody_number
                    masking.refuse_telling(str(value), custody_number=pattern)
                return conform(row.kind, value)
            if form is None and column is not None and name not in (table.key if table is not None else ()):
                return parse(column, str(value), self._clock.today())
        except (CellError, ValueError) as error:
            raise InvalidInput(
                "no_own_value", tr("{question}: {reason}", question=field.label, reason=error)
            ) from error
        raise InvalidInput(
            "no_own_value", tr("{question}: choose one of the values that were entered.", question=field.label)
        )

    def _settle_report(self, record: Record, body: Body) -> Saved:
        form = self._form(record)
        if form is not None:
            self._work_out(record, form, body)
        known = set(wrong_in(record.body))
        if wrong := [why for why in wrong_in(body) if record.kind == "visit" and why not in known]:
            raise InvalidInput(
                "does_not_fit",
                tr("These choices cannot be true together: {why}", why="; ".join(": ".join(each) for each in wrong)),
            )
        body = {**body, "correction_reason": tr(SETTLED)}
        body = report_state.stated(body) if self._office() else {**body, "state": "submitted"}
        today = self._clock.today()
        items = {
            (kind, key): (made, seen)
            for kind, key, made, seen in correction.going_with(self._store, record.key, body, record.body, today)
        }
        for issue in self._store.records("issue"):
            told = raised.told(body, str(issue.body.get("source", "")))
            if issue.body.get("visit") == record.key and issue.conflicts and set(issue.conflicts) <= set(told or ()):
                made, _ = items.get(("issue", issue.key), (issue.body, None))
                made = {name: value for name, value in {**made, **(told or {})}.items() if value not in (None, "")}
                items["issue", issue.key] = made, issue.heads
        also = [(*name, *made) for name, made in items.items()]
        return self._store.submit("", record.kind, record.key, body, also=also, seen=record.heads)

    def follow(self) -> int:
        """Work out again what differs only in what a form works out; at the office. Returns how many records.

        Nobody is asked about such a record, so it is in nobody's list. Raises Unavailable.
        """
        if not self._office():
            return 0
        with in_words():
            found = [record for record in current.disputed(self._store.connection) if not self.asks(record)]
        followed = 0
        for record in found:
            form, body = self._form(record), deepcopy(record.body)
            try:
                if form is not None:
                    self._work_out(record, form, body)
                self._store.save(record.kind, record.key, body, seen=record.heads)
            except (InvalidInput, ValueError, TypeError, LookupError, AttributeError):
                continue  # a body of no form's shape stays as it is, and holds up no exchange
            followed += 1
        return followed

    def _work_out(self, record: Record, form: Form, body: Body) -> None:
        """Put what the form works out in place of what was in dispute over it."""
        worked_out = dispute.worked_out(record, form)
        if not worked_out:
            return
        draft = Draft(form, body, clock=self._clock.now, standing=body)
        finished = draft.finished()
        inside = {each.name for each in questions(form.rows)}
        for path in worked_out:
            repeat, _, rest = path.partition("/")
            row, _, name = rest.partition("/")
            if not rest:
                put(body, path, finished.get(path, MISSING) if path in inside else MISSING)
            elif row in body.get(repeat, {}):
                place = Place(name, repeat, row)
                value = draft.value(place) if row in draft.rows(repeat) else None
                put(body, path, MISSING if value is None else value)
