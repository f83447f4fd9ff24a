"""The check of a paper's template: everything that is wrong with it, each with its row, in words for its author."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from forms.refusal import ConstructRefused
from forms.translation import tr
from icv_app.paper_row import LEVELS, TYPES, Row
from icv_app.summaries import paper_logic
from icv_app.summaries.paper_name import REPEATS
from icv_app.wording import listed

MOST_ROWS: Final = 400
LONGEST: Final = 4000
"""Characters of a cell: two pages of a paper."""
HIGHEST: Final = 9999  # number of a paragraph


@dataclass(frozen=True, slots=True, kw_only=True)
class Problem:
    """One thing that is wrong. `row` counts the rows of the template from 1, 0: the whole of it; `column` may be ""."""

    row: int
    column: str
    words: str

    def __str__(self) -> str:
        if not self.row:
            return self.words
        if not self.column:
            return tr("Row {row}: {words}", row=self.row, words=self.words)
        return tr("Row {row}, column {column}: {words}", row=self.row, column=self.column, words=self.words)


def check(rows: Sequence[Row]) -> tuple[Problem, ...]:
    """Return everything that is wrong with a template, in the order of its rows; nothing: it can be used."""
    return tuple(_problems(rows))


def _problems(rows: Sequence[Row]) -> Iterator[Problem]:
    if not rows:
        yield _whole(tr("There are no rows."))
    if len(rows) > MOST_ROWS:
        yield _whole(tr("There are more than {most} rows.", most=MOST_ROWS))
        return
    if sum(row.type == "title" for row in rows) != 1:
        yield _whole(tr("A paper has one row of the type title. This one has {count}.",
                        count=sum(row.type == "title" for row in rows)))  # fmt: skip
    level, before = 1, ""
    for number, row in enumerate(rows, 1):
        for column, words in (*_shape(row, before), *_columns(row)):
            yield Problem(row=number, column=column, words=words)
        deeper = LEVELS.get(row.type)
        if deeper is not None:
            if deeper > level + 1:
                words = tr(
                    "“{type}” skips a level: the heading before it is of level {level}.", type=row.type, level=level
                )
                yield Problem(row=number, column="type", words=words)
            level = deeper
        before = row.type


def _whole(words: str) -> Problem:
    return Problem(row=0, column="", words=words)


def _shape(row: Row, before: str) -> Iterator[tuple[str, str]]:
    """Yield what is wrong with the type of a row, and with what it needs or has no room for."""
    if row.type not in TYPES:
        known = listed(TYPES)
        said = tr("“{type}” is no type of row. It is one of: {known}.", type=row.type[:40], known=known)
        yield "type", said if row.type else tr("The type is missing. It is one of: {known}.", known=known)
        return
    if row.type == "sentence" and before not in ("paragraph", "numbered", "sentence"):
        yield "type", tr("A sentence goes on in the paragraph before it, and there is none.")
    if not row.text:
        yield "text", tr("The text is missing.")
    if row.type in ("field", "kpi") and not row.label:
        yield "label", tr("The label is missing.")
    for column, allowed in (("label", ("field", "kpi")), ("commentary", ("kpi",)), ("number", ("numbered", "kpi"))):
        if getattr(row, column) and row.type not in allowed:
            yield column, tr("A row of the type {type} has no {column}.", type=row.type, column=column)
    if row.type == "numbered" and row.number and not (
        row.number.isascii() and row.number.isdigit() and 0 < int(row.number[:9]) <= HIGHEST and len(row.number) < 9
    ):  # fmt: skip
        yield "number", tr("The number must be a whole one from 1 to {most}.", most=HIGHEST)
    if row.repeat and row.repeat not in REPEATS:
        yield "repeat", tr("“{repeat}” is nothing to repeat for. It is one of: {known}.", repeat=row.repeat[:40],
                           known=listed(REPEATS))  # fmt: skip
    elif row.repeat and (row.type == "title" or row.type in LEVELS):
        yield "repeat", tr("A heading stands once.")


def _columns(row: Row) -> Iterator[tuple[str, str]]:
    """Yield what is wrong with the texts and the condition of a row."""
    repeat = row.repeat if row.repeat in REPEATS else ""
    for column, text in (*row.texts, ("number", row.number), ("relevant", row.relevant)):
        if len(text) > LONGEST:
            yield column, tr("This is longer than {longest} characters.", longest=LONGEST)
    for column, text in row.texts:
        try:
            paper_logic.text(text, repeat)
        except ConstructRefused as refused:
            yield column, _said(refused)
    try:
        paper_logic.condition(row.relevant[:LONGEST], repeat)
    except ConstructRefused as refused:
        yield "relevant", _said(refused)


def _said(refused: ConstructRefused) -> str:
    words = (
        tr("{construct}: {reason}", construct=refused.construct, reason=refused.reason)
        if refused.construct
        else refused.reason
    )
    return words if words.endswith((".", "?")) else f"{words}."
