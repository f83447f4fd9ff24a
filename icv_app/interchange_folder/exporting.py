"""Writing an interchange folder: every record as rows of the nine files, the same bytes for the same records."""

import contextlib
import csv
import io
import json
import os
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from forms.form import Form
from forms.translation import tr
from icv_app.errors import InvalidInput, Unavailable
from icv_app.interchange_folder.checking import Held, completed_slots
from icv_app.interchange_folder.fields import columns_of, repeats_of
from icv_app.interchange_folder.interchange import (
    FIELD_NAME,
    OPTIONS,
    RECORD_REVIEWS,
    REPEAT_FILE,
    SLOTS,
    TABLES,
    VISITS,
    Table,
    guarded,
    shown,
)
from icv_app.storage.report_state import ACCEPTANCES, RETURNS

Body = Mapping[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """What one file holds: the names of its columns, and a mapping by them for each row, in order."""

    names: tuple[str, ...]
    rows: tuple[Body, ...]


def tables(held: Held, forms: Mapping[str, Form]) -> dict[str, str]:
    """Return the text of each file of the folder by name: all nine, and visits-REPEAT.csv where a visit has rows."""
    return {name: _csv(sheet) for name, sheet in sheets(held, forms).items()}


def sheets(held: Held, forms: Mapping[str, Form]) -> dict[str, Sheet]:
    """Return what each file of the folder holds, by its name.

    `held` are bodies by kind and key, `forms` the shipped ones. Columns beyond the nine files' own come in the order of
    the forms, then those that no shipped form has by name, and only where some record has them: so a laptop that never
    heard of a scheme's own questions writes the same files.
    Dates and times planned for a visit are nowhere in them: no record holds any.
    """
    visits = held.get("visit", {})
    files = {}
    for table in TABLES:
        bodies = held.get(table.kind, {})
        if table is SLOTS:
            bodies = _told_by_visits(bodies, visits)
        if table is VISITS or table is RECORD_REVIEWS:
            bodies = _stated(bodies, table, forms)
        names = (*table.names, *_further(bodies.values(), table, forms))
        rows = tuple(
            {**body, **{part: value for part, value in zip(table.key, [key], strict=False) if len(table.key) == 1}}
            for key, body in sorted(bodies.items(), key=lambda item: _order(table, *item))
        )
        files[table.file] = Sheet(names=names, rows=rows)
    files.update(_repeats(visits, forms))
    return files


def write(folder: Path, files: Mapping[str, str], *, overwrite: bool = False) -> tuple[Path, ...]:
    """Write the files into `folder`, which is made where it is missing; return their paths.

    Raises InvalidInput("not_empty") where an interchange file is there already and `overwrite` is not set; with it,
    files of repeating parts that are no longer needed go too. Raises InvalidInput("not_a_folder"), and
    Unavailable("folder_not_written") where the disk refuses.
    """
    if folder.exists() and not folder.is_dir():
        raise InvalidInput("not_a_folder", tr("{folder} is a file. Give the name of a folder.", folder=folder))
    parts: list[Path] = []
    try:
        folder.mkdir(parents=True, exist_ok=True)
        old = in_the_way(folder)
        if old and not overwrite:
            raise InvalidInput(
                "not_empty",
                tr("{folder} already holds {files}. Give --yes to replace them.", folder=folder, files=", ".join(old)),
            )
        for name, text in files.items():
            parts.append(folder / f"{name}.part")
            with parts[-1].open("w", encoding="utf-8", newline="") as stream:
                stream.write(text)
                stream.flush()
                os.fsync(stream.fileno())
        for part in parts:
            os.replace(part, part.with_suffix(""))
        for name in old:
            if name not in files:
                (folder / name).unlink()
    except OSError as error:
        for part in parts:
            with contextlib.suppress(OSError):
                part.unlink(missing_ok=True)
        reason = error.strerror or tr("unknown reason")
        raise Unavailable(
            "folder_not_written", tr("{folder} cannot be written: {reason}.", folder=folder, reason=reason)
        ) from error
    return tuple(part.with_suffix("") for part in parts)


def in_the_way(folder: Path) -> tuple[str, ...]:
    """Return the names of the interchange files that `folder` holds."""
    if not folder.is_dir():
        return ()
    known = {table.file for table in TABLES}
    return tuple(
        sorted(path.name for path in folder.iterdir() if path.name in known or REPEAT_FILE.fullmatch(path.name))
    )


def _order(table: Table, key: str, body: Body) -> tuple[str, ...]:
    return (str(body.get("date", "")), key) if table in (VISITS, RECORD_REVIEWS) else (key,)


def _told_by_visits(slots: Mapping[str, Body], visits: Mapping[str, Body]) -> dict[str, Body]:
    """Return the slots with the status that visits give them: completed exactly when a completed visit names them."""
    made = completed_slots(visits.values())
    told: dict[str, Body] = {}
    for key, slot in slots.items():
        if key in made:
            told[key] = {**slot, "status": "completed"}
        elif slot.get("status") == "completed":
            told[key] = {**slot, "status": "planned"}
        else:
            told[key] = slot
    return told


def _stated(bodies: Mapping[str, Body], table: Table, forms: Mapping[str, Form]) -> dict[str, Body]:
    """Leave out what an import sets by itself: the state accepted, and the version of the form that is shipped.

    Returns stand in one cell; who accepted a report stays at home.

    The version stands with every record as soon as one has another: a scheme's own form may be in force where the
    folder is read, and would be taken for what is left open.
    """
    shipped = {
        key: form.version
        for key, body in bodies.items()
        if (form := forms.get(str(body.get("form", "")) if table is VISITS else "record_review"))
    }
    versions = {key: body.get("form_version") or shipped.get(key) for key, body in bodies.items()}
    plain = all(version == shipped.get(key) for key, version in versions.items())
    stated: dict[str, Body] = {}
    for key, body in bodies.items():
        kept = {name: value for name, value in body.items() if (name, value) != ("state", "accepted")}
        kept.pop("form_version", None)
        kept.pop(ACCEPTANCES, None)  # of one office; what is accepted needs no more than its state
        if isinstance(returns := kept.get(RETURNS), dict):
            kept[RETURNS] = json.dumps(returns, ensure_ascii=False, sort_keys=True)
        stated[key] = kept if plain or versions[key] is None else {**kept, "form_version": versions[key]}
    return stated


def _further(bodies: Iterable[Body], table: Table, forms: Mapping[str, Form]) -> list[str]:
    """Return the names of the further columns that some record has an answer for; of a closed table its options."""
    ordered = [column.name for column in OPTIONS.get(table.kind, ())]
    if not table.open and not ordered:
        return []
    found = {name for body in bodies for name, value in body.items() if shown(value) and FIELD_NAME.fullmatch(name)}
    found = found - {*table.names, "deleted"} if table.open else found & set(ordered)
    if table is VISITS:
        for form in forms.values():
            ordered.extend(columns_of(form.rows))
    ranked = {name: at for at, name in reversed(list(enumerate(ordered)))}
    return sorted(found, key=lambda name: (ranked.get(name, len(ordered)), name))


def _repeats(visits: Mapping[str, Body], forms: Mapping[str, Form]) -> dict[str, Sheet]:
    rows: dict[str, list[dict[str, Any]]] = {}
    for key, visit in sorted(visits.items(), key=lambda item: _order(VISITS, *item)):
        for name, value in visit.items():
            if isinstance(value, dict) and FIELD_NAME.fullmatch(name) and name not in (RETURNS, ACCEPTANCES):
                for row, answers in sorted(value.items()):
                    if isinstance(answers, dict) and any(shown(answer) for answer in answers.values()):
                        rows.setdefault(name, []).append({**answers, "visit": key, "row": row})
    order: dict[str, dict[str, None]] = {}
    for form in forms.values():
        for name, inside in repeats_of(form).items():
            order.setdefault(name, {}).update(dict.fromkeys(columns_of(inside)))
    files = {}
    for name in sorted(rows):
        found = {field for row in rows[name] for field, value in row.items() if shown(value)} - {"visit", "row"}
        ranked = {field: at for at, field in enumerate(order.get(name, ()))}
        fields = sorted(found, key=lambda field: (ranked.get(field, len(ranked)), field))
        files[f"visits-{name}.csv"] = Sheet(names=("visit", "row", *fields), rows=tuple(rows[name]))
    return files


def _csv(sheet: Sheet) -> str:
    stream = io.StringIO()
    writer = csv.writer(stream, lineterminator="\n")
    writer.writerow(sheet.names)
    for row in sheet.rows:
        writer.writerow([guarded(shown(row.get(name))) for name in sheet.names])
    return stream.getvalue()
