"""What a report raises: the issues, requests, praise and recommendations in it, as records with a life of their own."""

from collections.abc import Iterator, Mapping
from typing import Any

from icv_app.revision import Body

_FIELDS = {
    "kind": "issue_kind",
    "theme": "issue_theme",
    "severity": "issue_severity",
    "text": "issue_text",
    "action": "issue_action",
}


def raised(report: Body, key: str) -> Iterator[tuple[str, str, Body]]:
    """Yield the issue records that the report `key` of a visit or review makes, numbered after it ("CV-2026-7QK2M9-1").

    From the repeat `issues`, the answer `positive_comments` and the repeat `recommendation_list`, where the form has
    them (`domain.md` A6). The report keeps what was typed; the records carry the response, closure and feedback.
    """
    yield from corrected(report, key, {})


def corrected(report: Body, key: str, held: Mapping[str, Body]) -> Iterator[tuple[str, str, Body]]:
    """Yield the issue records that change when the report `key` is corrected; `held` are those it made, by their keys.

    A finding is known by its row (`source`). What the office added to a record stays; the record of a finding that the
    report no longer has is closed as withdrawn, never removed.
    """
    known = {str(body.get("source", "")): name for name, body in held.items() if body.get("source")}
    taken = max((int(name.rpartition("-")[2]) for name in held if name.rpartition("-")[2].isdecimal()), default=0)
    for source, told in _bodies(report):
        said = {field: value for field, value in told.items() if value}
        if source in known:
            name = known.pop(source)
            before = held[name]
            said.pop("status", None) if before.get("status") not in (None, "open", "withdrawn") else None
            body = {**{field: value for field, value in before.items() if field not in _FIELDS}, **said}
        else:
            taken += 1
            name = f"{key}-{taken}"
            body = {"issue": name, "visit": key, "source": source, **said}
        if body != held.get(name):
            yield "issue", name, body
    for name in known.values():
        yield "issue", name, {**held[name], "status": "withdrawn"}


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
                "status": "open",
            },
        )


def _rows(report: Body, repeat: str) -> list[tuple[str, dict[str, Any]]]:
    found = report.get(repeat)
    return [(name, row) for name, row in found.items() if isinstance(row, dict)] if isinstance(found, dict) else []
