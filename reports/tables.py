"""The figures as tables for other programs: one JSON document, or one CSV row a figure (`interfaces.md` §3)."""

import csv
import io
import json
from pathlib import Path
from typing import Any, TextIO

from icv_app.summary import Summary
from icv_app.whole_file import put
from reports.plain import cell

COLUMNS = ("measure", "figure", "site", "numerator", "denominator", "value", "percent", "unit", "note")


def json_text(summary: Summary) -> str:
    """Return the JSON document of a summary, indented, with a line end."""
    return json.dumps(summary.as_document(), ensure_ascii=False, indent=2) + "\n"


def csv_text(summary: Summary) -> str:
    """Return the CSV of a summary: a header, then one row a figure; no value is an empty cell."""
    stream = io.StringIO()
    writer = csv.writer(stream, lineterminator="\n")
    writer.writerow(COLUMNS)
    for figure in summary.figures:
        row = figure.as_row()
        writer.writerow([_shown(row[column]) for column in COLUMNS])
    return stream.getvalue()


def write_json(summary: Summary, target: Path | TextIO) -> None:
    """Write the JSON document to a file (UTF-8) or an open text stream. Raises Unavailable if it cannot be written."""
    _write(json_text(summary), target)


def write_csv(summary: Summary, target: Path | TextIO) -> None:
    """Write the CSV to a file (UTF-8) or an open text stream. Raises Unavailable if it cannot be written."""
    _write(csv_text(summary), target)


def _write(text: str, target: Path | TextIO) -> None:
    if isinstance(target, Path):
        put(target, text.encode("utf-8"))
    else:
        target.write(text)


def _shown(value: Any) -> Any:
    if value is None:
        return ""
    if not isinstance(value, str):
        return value
    return cell(value).replace("\r\n", "\n").replace("\r", "\n")  # the writer quotes no lone \r
