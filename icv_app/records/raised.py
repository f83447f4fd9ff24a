"""What a report raises: the issues, requests, praise and recommendations in it, as records with a life of their own."""

from collections.abc import Iterator, Mapping
from hashlib import sha256
from typing import Any

from icv_app.storage.revision import Body

_LETTERS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_FIELDS = {
    "kind": "issue_kind",
    "theme": "issue_theme",
    "severity": "issue_severity",
    "text": "issue_text",
    "action": "issue_action",
    "raised_by": "issue_raised_by",
    "may_be_shared": "issue_may_be_shared",
    "public_summary": "issue_public_summary",
}


def raised(report: Body, key: str) -> Iterator[tuple[str, str, Body]]:
    """Yield the issue records that the report `key` of a visit or review makes, numbered after it ("CV-2026-7QK2M9-1").

    From the repeat `issues`, the answer `positive_comments` and the repeat `recommendation_list`, where the form has
    them (`domain.md` A6). The report keeps what was typed; the records carry the response, closure and feedback.
    """
    for number, (source, told) in enumerate(_bodies(report), 1):
        yield "issue", f"{key}-{number}", placed(_new(f"{key}-{number}", key, source, told), report)


def corrected(report: Body, key: str, held: Mapping[str, Body], before: Body) -> Iterator[tuple[str, str, Body]]:
    """Yield the issue records that change when the report `key` is corrected; `held` are those it made, by their keys.

    `before` is the report as its corrector saw it: what they left alone stays as it is, whatever another correction
    made of it. A finding is known by its row (`source`), one out of a spreadsheet by its words. What the office added
    to a record stays; the record of a finding that was taken out is closed as withdrawn, never removed.
    """
    was, now = dict(_bodies(before)), dict(_bodies(report))
    known = {str(body.get("source", "")): name for name, body in held.items() if body.get("source")}
    for source, told in was.items():
        if source not in known and (name := _by_words(told, held)) is not None:
            known[source] = name
    for source, told in now.items():
        old = was.get(source, {})
        changes = {field: told.get(field) for field in {**old, **told} if told.get(field) != old.get(field)}
        name = known.get(source, "")
        if not changes:
            continue
        if not name:
            name = f"{key}-{_mark(source)}"
            yield "issue", name, placed(_new(name, key, source, told), report)
            continue
        status = held[name].get("status")
        if status == "withdrawn":
            changes["status"] = told.get("status")
        elif status not in (None, "open") or held[name].get("reopened_on"):
            changes.pop("status", None)
        body = {field: value for field, value in {**held[name], **changes}.items() if value not in (None, "")}
        if body != held[name]:
            yield "issue", name, body
    for source in was.keys() - now.keys():
        if source in known:
            yield "issue", known[source], {**held[known[source]], "status": "withdrawn"}


def told(report: Body, source: str) -> Body | None:
    """Return what a report says of the finding that stands at `source` in it, None where it says nothing of it."""
    return dict(_bodies(report)).get(source)


def placed(issue: Body, report: Body) -> Body:
    """Return an issue that says where and when it was found: those who visit there may read it and not its report."""
    return {**issue, **{name: report[name] for name in ("site", "form", "date") if report.get(name)}}


def _new(name: str, report: str, source: str, told: Body) -> Body:
    return {
        "issue": name,
        "visit": report,
        "source": source,
        **{field: value for field, value in told.items() if value},
    }


def _by_words(told: Body, held: Mapping[str, Body]) -> str | None:
    """Return the record of a finding that came from a spreadsheet, which knows no rows."""
    same = (
        name
        for name, body in held.items()
        if not body.get("source") and all(body.get(field) == told.get(field) for field in ("kind", "text"))
    )
    return next(same, None)


def _mark(source: str) -> str:
    """Return what ends the reference of a finding that a correction added.

    It comes from its row: two laptops that never met must not give two findings one reference.
    """
    digest = sha256(source.encode("utf-8", "replace")).digest()
    return "C" + "".join(_LETTERS[byte % 32] for byte in digest[:5])


def _bodies(report: Body) -> Iterator[tuple[str, Body]]:
    """Yield (source, body): where in the report each finding stands, and what it says."""
    for row_id, row in _rows(report, "issues"):
        closed = row.get("issue_resolved") == "yes"
        body = {field: row.get(name) for field, name in _FIELDS.items()}
        yield f"issues/{row_id}", {**body, "status": "closed" if closed else "open"}
    if report.get("positive_comments") and report.get("positive_may_be_shared") != "no":
        yield (
            "positive_comments",
            {
                "kind": "positive_comment",
                "theme": "other",
                "severity": "praise",
                "text": report["positive_comments"],
                "status": "open",
            },
        )
    for row_id, row in _rows(report, "recommendation_list"):
        yield (
            f"recommendation_list/{row_id}",
            {
                "kind": "recommendation",
                "theme": row.get("recommendation_theme"),
                "text": row.get("recommendation_text"),
                "addressed_to": row.get("recommendation_to"),
                "status": "open",
            },
        )


def _rows(report: Body, repeat: str) -> list[tuple[str, dict[str, Any]]]:
    found = report.get(repeat)
    return [(name, row) for name, row in found.items() if isinstance(row, dict)] if isinstance(found, dict) else []
