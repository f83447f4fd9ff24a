"""A table for Word, as its XML: a row after another through python-docx takes a second for a few hundred rows."""

from typing import Any
from xml.sax.saxutils import escape, quoteattr

from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls

from reports import document as doc
from reports.plain import clean

_ROOM = 9638  # twentieths of a point: 17 cm, from margin to margin


def element(block: doc.Table, *, style: str, text: str) -> Any:
    """Return the `w:tbl` of a table in the table style `style`, its cells in the paragraph style of the id `text`.

    The head is a header row, repeated on every page; no row is cut; column widths are preferred, so that Word widens a
    column rather than cut a word.
    """
    total = sum(block.widths) or 1
    widths = [round(_ROOM * share / total) for share in block.widths]
    rows = [_row(block.head, block, widths, text, head=True)]
    rows += [_row(row, block, widths, text, head=False) for row in block.rows]
    last = int(block.total)
    grid = "".join(f'<w:gridCol w:w="{width}"/>' for width in widths)
    look = "06E0" if last else "06A0"
    return parse_xml(
        f'<w:tbl {nsdecls("w")}><w:tblPr><w:tblStyle w:val="{style}"/><w:tblW w:w="5000" w:type="pct"/>'
        f'<w:tblLook w:val="{look}" w:firstRow="1" w:lastRow="{last}" w:firstColumn="1" '
        'w:lastColumn="0" w:noHBand="1" w:noVBand="1"/>'
        f"<w:tblCaption w:val={quoteattr(_line(block.title)[:255])}/></w:tblPr>"
        f"<w:tblGrid>{grid}</w:tblGrid>"
        f"{''.join(rows)}</w:tbl>"
    )  # fmt: skip


def _row(texts: tuple[str, ...], block: doc.Table, widths: list[int], style: str, *, head: bool) -> str:
    kind = "<w:cantSplit/><w:tblHeader/>" if head else "<w:cantSplit/>"
    kept = "<w:keepNext/>" if head else ""
    cells = []
    for column, (text, width) in enumerate(zip(texts, widths, strict=True)):
        side = '<w:jc w:val="right"/>' if column in block.numbers else ""
        cells.append(
            f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/></w:tcPr>'
            f'<w:p><w:pPr><w:pStyle w:val="{style}"/>{kept}{side}</w:pPr>{_run(text)}</w:p></w:tc>'
        )
    return f"<w:tr><w:trPr>{kind}</w:trPr>{''.join(cells)}</w:tr>"


def _run(text: str) -> str:
    lines = (f'<w:t xml:space="preserve">{escape(line)}</w:t>' for line in clean(text).split("\n"))
    return f"<w:r>{'<w:br/>'.join(lines)}</w:r>"


def _line(text: str) -> str:
    return clean(text).replace("\n", " ")
