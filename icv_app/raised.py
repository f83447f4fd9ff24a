"""What a report raises: the issues, requests, praise and recommendations in it, as records with a life of their own."""

from collections.abc import Iterator
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
    for number, body in enumerate(_bodies(report), start=1):
        name = f"{key}-{number}"
        yield "issue", name, {"issue": name, "visit": key, **{field: value for field, value in body.items() if value}}


def _bodies(report: Body) -> Iterator[Body]:
    for row in _rows(report, "issues"):
        closed = row.get("issue_resolved") == "yes"
        yield {**{field: row.get(name) for field, name in _FIELDS.items()}, "status": "closed" if closed else "open"}
    if report.get("positive_comments") and report.get("positive_may_be_shared") != "no":
        yield {
            "kind": "positive_comment",
            "theme": "other",
            "severity": "praise",
            "text": report["positive_comments"],
            "status": "open",
        }
    for row in _rows(report, "recommendation_list"):
        yield {
            "kind": "recommendation",
            "theme": row.get("recommendation_theme"),
            "text": row.get("recommendation_text"),
            "status": "open",
        }


def _rows(report: Body, repeat: str) -> list[dict[str, Any]]:
    found = report.get(repeat)
    return [row for row in found.values() if isinstance(row, dict)] if isinstance(found, dict) else []
