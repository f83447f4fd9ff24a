"""A correction: a further version of a submitted report. It changes what its author changed, and nothing else.

Two laptops may correct one report at once. Each correction then says what it changed of the version that it was begun
on; what the other one did stands beside it, in the report (`merge`) and in the records that the report raised.
"""

from collections.abc import Iterator, Sequence
from datetime import date

from forms.translation import tr
from icv_app.interchange_folder.capture import Refusal, refuse
from icv_app.records import beside, raised, sign_off
from icv_app.storage.merge import merge
from icv_app.storage.revision import Body
from icv_app.storage.store import Record, Store

With = tuple[str, str, Body, Sequence[bytes] | None]
"""Kind, key and body of a record that goes with a report, and the heads that it takes up (`Store.submit`)."""
_SIGNED = ("visitor_2", "visitor_2_agrees", "visitor_2_differs")


def seen(store: Store, record: bytes, heads: Sequence[bytes]) -> Body:
    """Return a record as it was for whoever saw the revisions `heads` of it."""
    history = {revision.rev: revision for revision in store.history(record)}
    found = {}
    waiting = list(heads)
    while waiting:
        revision = history.get(waiting.pop())
        if revision is not None and revision.rev not in found:
            found[revision.rev] = revision
            waiting.extend(revision.parents)
    return merge(list(found.values())).body if found else {}


def refuse_another(report: Record, kind: str, key: str) -> None:
    """Refuse a correction that would make a record of its own, and count beside the report: raises AnswersRefused."""
    if (kind, key) != (report.kind, report.key):
        field = "session" if kind == report.kind else "kind"
        words = tr("This report is held as {key}, which a correction cannot change. Put it back.", key=report.key)
        refuse([Refusal(field=field, label="", message=words)])


def going_with(store: Store, key: str, body: Body, before: Body, today: date) -> Iterator[With]:
    """Yield the records that change with the report `key`: its findings, and what the other visitor said meanwhile.

    `before` is the report as its corrector saw it. What visitors entered on their own laptop is theirs alone. A record
    with a dispute of its own keeps it (`beside`).
    """
    for kind, name, made in _changed(store, key, body, before, today):
        yield kind, name, *beside.unsettled(store, store.current(kind, name), made)


def _changed(store: Store, key: str, body: Body, before: Body, today: date) -> Iterator[tuple[str, str, Body]]:
    held = {record.key: record.body for record in store.records("issue") if record.body.get("visit") == key}
    yield from raised.corrected(body, key, held, before)
    if any(body.get(name) != before.get(name) for name in _SIGNED):
        own = {entry.key for entry in sign_off.on(store, key) if entry.author == entry.body.get("visitor")}
        yield from (item for item in sign_off.given(body, key, today) if item[1] not in own)
