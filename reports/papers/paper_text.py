"""The text of a document for the clipboard: plain, and as a fragment of HTML that Word and mail programs take in."""

from collections.abc import Sequence
from html import escape
from itertools import groupby

from reports.document import (
    Block,
    Bullets,
    Commentary,
    Document,
    Heading,
    Paragraph,
    Picture,
    Table,
    Terms,
    Tiles,
)


def clipboard(document: Document) -> tuple[str, str]:
    """Return the document as plain text, and as an HTML fragment in which tables are tables. Pictures are their words.

    The marking leads both, as it does on every page.
    """
    blocks = document.flat()
    text = [document.marking, document.title, *(part for block in blocks if (part := _text(block)))]
    html = [f"<p>{_html(document.marking)}</p>", f"<h1>{_html(document.title)}</h1>"]
    for numbered, group in groupby(blocks, key=lambda block: isinstance(block, Paragraph) and bool(block.number)):
        html += [_numbered(block) if numbered else _fragment(block) for block in group]
    return "\n\n".join(text) + "\n", "\n".join(part for part in html if part) + "\n"


def _text(block: Block) -> str:
    match block:
        case Heading(text=text):
            return text
        case Paragraph():
            return " ".join(part for part in (block.number, block.label, block.text) if part)
        case Bullets(items=items):
            return "\n".join(f"• {item}" for item in items)
        case Table(head=head, rows=rows):
            return "\n".join("\t".join(_cell(cell) for cell in row) for row in (head, *rows))
        case Tiles(tiles=tiles):
            return "\n".join(f"{tile.what}: {tile.figure} {tile.share}".rstrip() for tile in tiles)
        case Terms(pairs=pairs):
            return "\n".join(f"{term}: {meaning}" for term, meaning in pairs)
        case Picture(scene=scene):
            return scene.alt
        case Commentary(text=text, label=label):
            return f"{label} {text}"
        case _:
            return ""


def _cell(text: str) -> str:
    """Return a cell that stays one cell: tabs and line ends would begin others."""
    return " ".join(text.split())


def _html(text: str) -> str:
    plain = "".join(letter for letter in text if letter in "\n\t" or letter >= " ")
    return escape(plain).replace("\n", "<br>")


def _numbered(block: Block) -> str:
    """Return a numbered paragraph with its number as text: Word would count a list of its own from 1."""
    assert isinstance(block, Paragraph)
    return f"<p>{_html(block.number)}\N{NO-BREAK SPACE}{_html(block.text)}</p>"


def _fragment(block: Block) -> str:
    match block:
        case Heading(text=text, level=level):
            return f"<h{level}>{_html(text)}</h{level}>"
        case Paragraph(label=label, text=text):
            return f"<p>{f'<strong>{_html(label)}</strong> ' if label else ''}{_html(text)}</p>"
        case Bullets(items=items):
            return "<ul>" + "".join(f"<li>{_html(item)}</li>" for item in items) + "</ul>"
        case Table():
            return _table(block)
        case Tiles(tiles=tiles):
            return "<ul>" + "".join(f"<li>{_html(_text(Tiles(tiles=(tile,))))}</li>" for tile in tiles) + "</ul>"
        case Terms(pairs=pairs):
            return "".join(f"<p><strong>{_html(term)}</strong> {_html(meaning)}</p>" for term, meaning in pairs)
        case Picture() | Commentary():
            return f"<p>{_html(_text(block))}</p>"
        case _:
            return ""


def _table(table: Table) -> str:
    head = "".join(f'<th scope="col">{_html(cell)}</th>' for cell in table.head)
    rows = "".join(f"<tr>{_row(row)}</tr>" for row in table.rows)
    return (
        f'<table border="1" cellspacing="0" cellpadding="4"><thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table>'
    )


def _row(cells: Sequence[str]) -> str:
    first, *rest = cells
    return f'<th scope="row">{_html(first)}</th>' + "".join(f"<td>{_html(cell)}</td>" for cell in rest)
