"""The list of issues and praise for one of the police, as a PDF with room for each answer."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from reportlab.platypus import CondPageBreak, KeepTogether, Spacer

from forms.translation import tr
from icv_app.files import whole_file
from icv_app.issues.sent_list import Item, SentList
from reports.formats import page
from reports.formats.blocks import Band, table
from reports.formats.grid import DataTable, grid
from reports.formats.lettering import RULE, TINT, colour
from reports.formats.page import BODY_WIDTH, Story
from reports.formats.text import heading, labelled, paragraph
from reports.sheets import sent_words

_SHARES = (0.06, 0.31, 0.19, 0.22, 0.22)
_LONG = 1200  # letters: an entry that is not kept on one page
_ROOM = 64.0  # points for an answer written with a pen


def write(made: SentList, path: Path, *, program_version: str = "") -> Path:
    """Write `made` to `path`, replacing it in one step, and return `path`.

    The same arguments give the same bytes. Raises Unavailable("document_not_written").
    """
    return whole_file.put(path, render(made, program_version=program_version))


def render(made: SentList, *, program_version: str = "") -> bytes:
    """Return the PDF that `write` writes."""
    furniture = page.Furniture(
        title=made.title, scheme=made.scheme, marking=made.marking, program_version=program_version,
        records_to=made.day, foot=made.reference,
    )  # fmt: skip
    return page.build(_story(made), furniture)


def _story(made: SentList) -> Story:
    parts: Story = [Band(made.scheme, made.title, sent_words.subtitle(made))]
    parts += [paragraph(words) for words in sent_words.intro(made)]
    if len(made.items) > 3:
        parts += [CondPageBreak(120), heading(tr("In this list"), whole=False), _overview(made.items)]
    for title, items in ((tr("To be answered"), made.asked), (tr("Praise to be passed on"), made.praise)):
        if items:
            for place, item in enumerate(items):
                parts += _entry(item, [] if place else [heading(title)], answer=items is made.asked)
    return parts


def _overview(items: Sequence[Item]) -> Any:
    head = [tr(words) for words in sent_words.COLUMNS]
    return table(head, [sent_words.row(item) for item in items], _SHARES, summary=tr("In this list"))


def _entry(item: Item, told: Story, *, answer: bool) -> Story:
    told += [heading(sent_words.heading(item), 3), paragraph(sent_words.about(item), "small")]
    told.append(paragraph(item.text or tr("No words recorded."), "finding"))
    if item.action:
        told.append(labelled(tr("Done at the time:"), item.action, "finding"))
    if item.again:
        told.append(paragraph(item.again, "finding"))
    told += [Spacer(1, 4), _answer() if answer else _passed_on(), Spacer(1, 8)]
    long = len(item.text) + len(item.action) > _LONG
    return [CondPageBreak(160), *told] if long else [KeepTogether(told)]


def _answer() -> Any:
    answer, by, when = (paragraph(tr(words), "cell_bold") for words in sent_words.ANSWER)
    return _boxed([[answer, "", "", ""], [by, "", when, ""]], [_ROOM, 26])


def _passed_on() -> Any:
    return _boxed([[paragraph(tr(sent_words.PASSED_ON), "cell_bold"), "", "", ""]], [26])


def _boxed(rows: list[list[Any]], heights: list[float]) -> Any:
    """Return rows of a label and room to write; the first has room across the whole width."""
    return grid(
        rows, [BODY_WIDTH * share for share in (0.25, 0.4, 0.1, 0.25)], DataTable(0),
        [
            ("GRID", (0, 0), (-1, -1), 0.6, colour(RULE)), ("BACKGROUND", (0, 0), (0, -1), colour(TINT)),
            ("BACKGROUND", (2, 1), (2, -1), colour(TINT)), ("SPAN", (1, 0), (3, 0)),
        ],
        padding=(5, 6, 3, 6), rowHeights=heights,
    )  # fmt: skip
