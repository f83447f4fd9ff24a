"""The figures as tables for other programs: one JSON document, or one CSV row a figure (`interfaces.md` §3)."""

import csv
import io
import json
from typing import Any

from icv_app.account import Account
from icv_app.figure import Figure
from reports.plain import cell
from reports.wording import WITHHELD

COLUMNS = ("measure", "figure", "site", "numerator", "denominator", "value", "percent", "unit", "note")


def json_text(account: Account) -> str:
    """Return the JSON document of an account, indented, with a line end: the period and figures of §3, and `about`."""
    document = {
        **account.summary.as_document(),
        "figures": [noted(figure) for figure in account.summary.figures],
        "about": {
            "scheme": account.scheme,
            "marking": account.marking,
            "edition": account.edition or None,
            "published_on": account.published_on and account.published_on.isoformat(),
            "records_to": account.records_to and account.records_to.isoformat(),
            "program_version": account.program_version,
            "public": account.public,
            "whole_scheme": account.whole,
            "withheld": len(account.withheld),
        },
    }
    return json.dumps(document, ensure_ascii=False, indent=2) + "\n"


def csv_text(account: Account) -> str:
    """Return the CSV of an account: a header, then one row a figure; no value is an empty cell."""
    stream = io.StringIO()
    writer = csv.writer(stream, lineterminator="\n")
    writer.writerow(COLUMNS)
    for figure in account.summary.figures:
        row = noted(figure)
        writer.writerow([_shown(row[column]) for column in COLUMNS])
    return stream.getvalue()


def noted(figure: Figure) -> dict[str, Any]:
    """Return the row of a figure; where its number is withheld, its note opens with the sign that documents print."""
    row = figure.as_row()
    if figure.withheld and not figure.note.startswith(WITHHELD):
        row["note"] = f"{WITHHELD} {figure.note}".strip()
    return row


def _shown(value: Any) -> Any:
    if value is None:
        return ""
    if not isinstance(value, str):
        return value  # a number is one, whatever its sign
    return cell(value).replace("\r\n", "\n").replace("\r", "\n")  # the writer quotes no lone \r
