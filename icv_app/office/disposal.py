"""Disposal: the office erases what is due or asked for, and a dated certificate says what went, by which rule, and why.

Everything is one transaction: the reduced records, the order (`erasure`) and the certificate, a record of kind
`disposal`. The certificate holds references and numbers, never content. What the program cannot destroy itself (damaged
files put aside, copies, backups out of reach, what was exported) it lists, to be ticked off by hand.
"""

import secrets
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from hashlib import sha256
from typing import Any, Final

from forms.translation import tr
from icv_app.counting import publication
from icv_app.errors import InvalidInput
from icv_app.interchange_folder import masking
from icv_app.logs import log_period
from icv_app.scheme import reduction, retention, scheme_settings
from icv_app.scheme.retention import Line
from icv_app.storage import audit, erasure, holds
from icv_app.storage.audit import Note
from icv_app.storage.pen import Pen
from icv_app.storage.revision import Body, as_text, record_id
from icv_app.storage.store import Record, Store
from icv_app.summaries import edition_redaction

KIND: Final = "disposal"
_COMPANIONS: Final = {
    "sign_off": "report",
    "briefing": "report",
    "issue": "visit",
}  # kind: the field that names a report
_ERASABLE: Final = frozenset((
    "visit", "record_review", "issue", "sign_off", "briefing", "plan", "visitor", "slot", "volunteer", "duty",
    "availability", "swap", "filter", "overrule", "adopted_rota", "sent_list",
))  # fmt: skip
_PSEUDONYMOUS: Final = {
    "visitor": ("roles", "status", "from", "to"), "duty": ("date", "kind", "minutes", "travel_minutes"),
}  # fmt: skip
"""What of a volunteer's records goes on being counted, by kind: it stays under a made-up reference."""
_OF_A_SLOT: Final = (
    "slot", "measure", "site", "period_start", "status", "visit_type", "reason", "reason_code", "cancelled_by",
)  # fmt: skip
"""What of a slot is counted and told with the figures; who was to go is not."""
_PUBLISHED: Final = (retention.VISITS, retention.REVIEWS, retention.ISSUES)
"""Classes of what a publication may tell in words."""
_LETTERS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_PEOPLE: Final = frozenset((retention.VOLUNTEERS, retention.APPLICANTS))


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """What happens to one record: `body` is what is left of it, None where it goes whole. `name`: its class.

    `key` new: it is left under another key (`becomes`). `log`: of a part of a laptop's log, which entries it holds.
    """

    name: str
    kind: str
    key: str
    body: Body | None = None
    becomes: str = ""
    since: date | None = None
    log: Body | None = None

    @property
    def record(self) -> bytes:
        """The record's id."""
        return record_id(self.kind, self.key)


# What is to happen ---------------------------------------------------------------------------------------------------


def changes(store: Store, lines: Iterable[Line], today: date) -> tuple[Change, ...]:
    """Return what disposing of `lines` does to each record, those that go with a report too. Changes nothing."""
    by_record: dict[bytes, list[Line]] = {}
    for line in lines:
        by_record.setdefault(line.record, []).append(line)
    pseudonyms: dict[str, str] = {}
    found: dict[bytes, Change] = {}
    for record, its in by_record.items():
        held = store.by_id(record)
        if held is None or held.deleted:
            continue
        for change in _of_record(store, held, its, today.isoformat(), pseudonyms):
            found.setdefault(change.record, change)
    spoken = [each for each in found.values() if each.name in _PUBLISHED]
    return (*found.values(), *_published(store, retention.ISSUES, spoken))


def _of_record(
    store: Store, held: Record, lines: Sequence[Line], day: str, pseudonyms: dict[str, str]
) -> Iterable[Change]:
    names = {line.name: line.since for line in lines}
    if held.kind == "slot":
        kept = {name: value for name, value in held.body.items() if name in _OF_A_SLOT}
        body = reduction.marked(kept, retention.VISITS, day)
        yield Change(name=retention.VISITS, kind=held.kind, key=held.key, body=body, since=names[retention.VISITS])
        return
    for name in (retention.VISITS, retention.REVIEWS):
        if name in names and held.kind != "plan":  # a plan goes whole
            body = reduction.marked(reduction.statistics(held.body), name, day)
            yield Change(name=name, kind=held.kind, key=held.key, body=body, since=names[name])
            for kind in ("sign_off", "briefing"):
                for other in _companions(store, held.key, kind):
                    yield Change(name=name, kind=kind, key=other, since=names[name])
            return
    if retention.DETAINEES in names:
        body, _ = reduction.without(held.body, ["detainees"])
        body = reduction.marked(body, retention.DETAINEES, day)
        yield Change(
            name=retention.DETAINEES, kind=held.kind, key=held.key, body=body, since=names[retention.DETAINEES]
        )
    elif (retention.VOLUNTEERS in names and held.kind in _PSEUDONYMOUS) or _was_in_training(held, names):
        person = str(held.body.get("visitor", ""))
        name = next(iter(_PEOPLE & names.keys()))
        stands = pseudonyms.setdefault(person, f"former-{secrets.token_hex(4)}")
        kept = {name: value for name, value in held.body.items() if name in _PSEUDONYMOUS[held.kind]}
        body = reduction.marked({"visitor": stands, **kept}, retention.VOLUNTEERS, day)
        becomes = f"{stands}|{held.key.partition('|')[2]}"
        yield Change(name=name, kind=held.kind, key=held.key, body=body, becomes=becomes, since=names[name])
    else:
        line = lines[0]
        log = log_period.told(held.key, held.body) if held.kind == audit.KIND else None
        yield Change(name=line.name, kind=held.kind, key=held.key, since=line.since, log=log or None)


def _was_in_training(held: Record, names: Mapping[str, date]) -> bool:
    """Return whether a row of somebody who never became a volunteer says that they were in training: it is counted."""
    return retention.APPLICANTS in names and held.kind == "visitor" and held.body.get("status") == "in_training"


def whole(store: Store, key: str) -> tuple[Change, ...]:
    """Return what erasing the record `key` means: it, and what goes with a report. Raises InvalidInput("no_record")."""
    held = find(store, key)
    found = [Change(name="erasure", kind=held.kind, key=held.key)]
    if held.kind in ("visit", "record_review"):
        found += [
            Change(name="erasure", kind=kind, key=other)
            for kind in _COMPANIONS
            for other in _companions(store, held.key, kind)
        ]
    return (*found, *_published(store, "erasure", found))


def redaction(store: Store, key: str, paths: Collection[str]) -> tuple[Change, ...]:
    """Return what taking the answers and rows at `paths` out of the record `key` means, in all its versions.

    Issues raised from it lose the same words; briefings that repeat it go.

    Raises InvalidInput("no_record", "no_field").
    """
    held = find(store, key)
    body, texts = reduction.without(held.body, paths)
    if body == held.body:
        raise InvalidInput("no_field", tr("{key} has nothing under {names}.", key=key, names=", ".join(sorted(paths))))
    found = [Change(name="redaction", kind=held.kind, key=held.key, body=body)]
    for name in _companions(store, held.key, "issue"):
        issue = store.current("issue", name)
        if issue is None:
            continue
        if str(issue.body.get("source", "")) in paths:  # the whole row, or the comment that it was made from
            found.append(Change(name="redaction", kind="issue", key=name))
        elif any(value in texts for field, value in issue.body.items() if field in ("text", "action", "response")):
            kept = {field: value for field, value in issue.body.items() if value not in texts}
            found.append(Change(name="redaction", kind="issue", key=name, body=kept))
    found += [Change(name="redaction", kind="briefing", key=name) for name in _companions(store, held.key, "briefing")]
    gone = [each for each in found if each.kind == "issue" and each.body is None]
    return (*found, *_published(store, "redaction", gone, texts=texts))


def _published(
    store: Store, name: str, gone: Collection[Change], *, texts: Collection[str] = ()
) -> tuple[Change, ...]:  # fmt: skip
    """Return what becomes of the publications that hold words of what goes: they stay without these."""
    reports = {each.key for each in gone if each.kind in ("visit", "record_review")}
    issues = {each.key for each in gone if each.kind == "issue"}
    if not (reports or issues or texts):
        return ()
    found = []
    for record in store.records(publication.KIND):
        body = edition_redaction.without(store.connection, record.key, reports=reports, issues=issues, texts=texts)
        if body is not None:
            found.append(Change(name=name, kind=publication.KIND, key=record.key, body=body))
    return tuple(found)


def find(store: Store, key: str) -> Record:
    """Return the record that people know by `key`, a report first. Raises InvalidInput("no_record").

    Reference data (sites, targets, forms, ...) tell of nobody and are not erased: figures and reports rest on them.
    """
    query = "SELECT record, kind FROM current WHERE key = ? ORDER BY kind <> 'visit', kind"
    for record, kind in store.connection.execute(query, (key,)).fetchall():
        held = store.by_id(record)
        if held is not None and kind in _ERASABLE:
            return held
    raise InvalidInput("no_record", tr("There is no record {key} here that can be erased.", key=key))


def _companions(store: Store, report: str, kind: str) -> list[str]:
    field = _COMPANIONS[kind]
    return [record.key for record in store.records(kind) if record.body.get(field) == report]


# Doing it ------------------------------------------------------------------------------------------------------------


def carry_out(
    store: Store, planned: Sequence[Change], *, act: str, reason: str, by: str, confirmed: str = "",
    left_out: Mapping[str, str] | None = None,
) -> str:  # fmt: skip
    """Erase what was `planned`, all or nothing, and return the number of the certificate; on disk when it returns.

    `act`: "retention", "erasure" or "redaction". `left_out`: what was due and stays, by key, with the office's reason.
    Raises InvalidInput("nothing_due", "no_reason", "personal_data", "held", "disputed"), and then nothing was changed.
    """
    if not planned:
        raise InvalidInput("nothing_due", tr("There is nothing to dispose of."))
    _refuse(store, planned, reason, left_out or {})
    now = store.clock.now()
    number = f"D-{now.date().isoformat()}-{''.join(secrets.choice(_LETTERS) for _ in range(5))}"
    given = retention.rules(store)
    with store.writing() as pen:
        revs: set[bytes] = set()
        gone: set[bytes] = set()
        counts: dict[bytes, int] = {}
        for change in planned:
            held = _with_payload(store, change.record)
            counts[change.record] = len(held)
            if change.body is None or change.becomes:
                gone.add(change.record)
            else:
                rev, _ = pen.write(change.record, change.kind, change.key, change.body)
                revs |= held - {rev}
            if change.becomes and change.body is not None:
                pen.write(record_id(change.kind, change.becomes), change.kind, change.becomes, change.body)
        order = erasure.order(revs=revs, whole=gone, reason=reason.strip(), by=by, at=now, certificate=number)
        pen.write(record_id(erasure.KIND, number), erasure.KIND, number, order)
        body = _certificate(planned, counts, given, number, now) | {
            "act": act, "by": by, "reason": reason.strip(), "confirmed": confirmed.strip(),
            "kept": [{"reference": key, "reason": why} for key, why in sorted((left_out or {}).items())],
        }  # fmt: skip
        pen.write(record_id(KIND, number), KIND, number, body)
        _enter(pen, planned, act, number, reason.strip()[:200])
    return number


def _enter(pen: Pen, planned: Sequence[Change], act: str, number: str, reason: str) -> None:
    """Have the log tell of it: of a disposal each class with its number, of what was asked for each record."""
    if act == "retention":
        for name, count in sorted(_counted(planned).items()):
            told = {"count": count, "reason": reason, "certificate": number, "class": name}
            pen.note(Note(action="disposed", kind=KIND, key=number, detail=told))
        return
    for change in planned:
        told = {"reason": reason, "certificate": number, "class": change.name}
        pen.note(Note(action="erased", kind=change.kind, key=change.key, detail=told))


def _refuse(store: Store, planned: Sequence[Change], reason: str, left_out: Mapping[str, str]) -> None:
    if not reason.strip() or not all(why.strip() for why in left_out.values()):
        raise InvalidInput("no_reason", tr("Say why, in your own words."))
    number = scheme_settings.read(store).custody_number
    for words in (reason, *left_out.values()):
        masking.refuse_telling(words, custody_number=number)
    standing = holds.standing(store.connection)
    for change in planned:
        held = store.by_id(change.record)
        if held is None:
            continue
        if standing:
            bodies = [held.body, *(each.body for each in store.history(change.record))]
            hold = holds.over(standing, held.key, bodies, store.connection)
            if hold is not None:
                raise InvalidInput(
                    "held",
                    tr(
                        "{key} is on legal hold because of {reason} ({hold}). Nothing was erased. Lift the hold first, "
                        "if it is over.",
                        key=held.key,
                        reason=hold.why,
                        hold=hold.key,
                    ),
                )
        if held.conflicts and change.body is not None:
            raise InvalidInput(
                "disputed",
                tr("{key} has differing entries. Settle them first. Nothing was erased.", key=held.key),
            )


def _with_payload(store: Store, record: bytes) -> set[bytes]:
    query = "SELECT rev FROM revision WHERE record = ? AND payload IS NOT NULL"
    return {rev for (rev,) in store.connection.execute(query, (record,))}


def _counted(planned: Iterable[Change]) -> dict[str, int]:
    counts: dict[str, int] = {}
    for change in planned:
        counts[change.name] = counts.get(change.name, 0) + 1
    return counts


def _certificate(
    planned: Sequence[Change], counts: Mapping[bytes, int], given: retention.Rules, number: str, now: datetime
) -> Body:
    references = [
        {
            "class": change.name,
            "kind": change.kind,
            "reference": change.record.hex()[:12] if change.name in _PEOPLE else change.key,
            "versions": counts[change.record],
            "left": "numbers" if change.body is not None else "nothing",
            **({"since": change.since.isoformat()} if change.since else {}),
            **({"log": change.log} if change.log else {}),
        }
        for change in sorted(planned, key=lambda each: (each.name, each.kind, each.key))
    ]
    classes = [
        {
            "class": name,
            "records": count,
            "versions": sum(counts[change.record] for change in planned if change.name == name),
            **(
                {"months": given.months[name], "confirmed": "yes" if name in given.confirmed else "no"}
                if name in given.months
                else {}
            ),
        }
        for name, count in sorted(_counted(planned).items())
    ]
    return {
        "number": number, "at": now.isoformat(), "classes": classes, "references": references,
        "list_hash": list_hash(references), "by_hand": {}, "share": {"state": "waiting"},
    }  # fmt: skip


def list_hash(references: Iterable[Mapping[str, Any]]) -> str:
    """Return the SHA-256 of a certificate's list, one line a record, by which a printed copy can be checked."""
    fields = ("class", "kind", "reference", "versions", "left", "since")
    lines = sorted(
        "\t".join([*(str(each.get(field, "")) for field in fields), *([as_text(each["log"])] if "log" in each else [])])
        for each in references
    )
    return sha256("\n".join(lines).encode()).hexdigest()


# Holds ---------------------------------------------------------------------------------------------------------------


def hold(store: Store, wanted: holds.Hold) -> str:
    """Put something on legal hold and return the hold's reference. Raises InvalidInput("hold", "personal_data")."""
    if words := holds.wrong_with(wanted):
        raise InvalidInput("hold", words)
    masking.refuse_telling(wanted.words)
    key = wanted.key or f"H-{wanted.since}-{''.join(secrets.choice(_LETTERS) for _ in range(5))}"
    store.save(holds.KIND, key, wanted.body())
    store.log("held", holds.KIND, key, reason=wanted.reason)
    return key


def lift(store: Store, key: str, *, by: str, today: date) -> None:
    """Lift a hold. Raises InvalidInput("no_hold")."""
    record = store.current(holds.KIND, key)
    if record is None or record.deleted or record.body.get("lifted"):
        raise InvalidInput("no_hold", tr("There is no hold {key} that stands.", key=key))
    store.save(holds.KIND, key, {**record.body, "lifted": today.isoformat(), "lifted_by": by})
    store.log("released", holds.KIND, key)
