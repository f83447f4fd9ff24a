"""A document as one HTML file: no scripts, nothing from outside, readable at any size, by anyone.

WCAG 2.2 AA: headings in order, tables with captions and scopes, pictures in words, light and dark with their contrast.
"""

import base64
import hashlib
from collections.abc import Iterator, Sequence
from functools import singledispatchmethod

from forms.translation import tr
from reports import document as doc
from reports.formats import stylesheet, svg
from reports.formats.svg import escape
from reports.plain import clean

_CONTENTS = 4  # headings from which on a table of contents helps


def render(document: doc.Document) -> bytes:
    """Return the HTML of a document, UTF-8. The same document gives the same bytes."""
    return _Page(document).whole().encode()


def _lines(text: str) -> str:
    """Return untrusted text in which each line end is a break."""
    return escape(text).replace("\n", "<br>")


class _Page:
    """A page while it is written: it counts its headings, tables and pictures, so that each has an id of its own."""

    def __init__(self, document: doc.Document) -> None:
        self.document = document
        self.headings = self.tables = self.pictures = 0
        self.above = ""  # the last heading, whose words no caption repeats

    def whole(self) -> str:
        document = self.document
        style = stylesheet.of(clean(document.marking).replace("\n", " "))
        digest = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
        policy = f"default-src 'none'; style-src 'sha256-{digest}'; base-uri 'none'; form-action 'none'"
        marking = f'<p class="marking">{escape(document.marking)}</p>'
        made = f"icv-app {document.program_version}".strip()
        body = "\n".join(self.blocks(document.blocks))
        return f"""<!DOCTYPE html>
<html lang="{escape(document.tag)}">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="{policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="referrer" content="no-referrer">
<meta name="author" content="{escape(document.scheme)}">
<meta name="generator" content="{escape(made)}">
<title>{escape(document.title)}: {escape(document.scheme)} ({escape(document.marking)})</title>
<style>{style}</style>
</head>
<body>
<header>
{marking}
<p class="scheme">{escape(document.scheme)}</p>
<p class="about">{escape(document.heading)}</p>
</header>
<main>
<h1>{_lines(document.title)}</h1>
{self.contents()}{body}
</main>
<footer>
<p>{escape(document.scheme)}</p>
{marking}
</footer>
</body>
</html>
"""

    def contents(self) -> str:
        """Return the table of contents of the sections, or nothing where they are few."""
        heads = [block for block in self.document.flat() if isinstance(block, doc.Heading)]
        named = [(at, head) for at, head in enumerate(heads, 1) if head.level == 2]
        if len(named) < _CONTENTS:
            return ""
        items = "\n".join(f'<li><a href="#section-{at}">{escape(head.text)}</a></li>' for at, head in named)
        title = escape(tr("Contents"))
        return f'<nav aria-labelledby="contents">\n<h2 id="contents">{title}</h2>\n<ol>\n{items}\n</ol>\n</nav>\n'

    def blocks(self, blocks: Sequence[doc.Block]) -> Iterator[str]:
        for block in blocks:
            yield self.made(block)
            self.above = block.text if isinstance(block, doc.Heading) else self.above

    @singledispatchmethod
    def made(self, block: doc.Block) -> str:
        raise TypeError(block)

    @made.register
    def _(self, block: doc.Heading) -> str:
        self.headings += 1
        level = min(block.level, 6)
        return f'<h{level} id="section-{self.headings}">{_lines(block.text)}</h{level}>'

    @made.register
    def _(self, block: doc.Paragraph) -> str:
        names = " ".join(name for name in (block.role, "numbered" if block.number else "") if name)
        kind = f' class="{names}"' if names else ""
        number = f'<span class="number">{escape(block.number)}</span> ' if block.number else ""
        label = f"<strong>{escape(block.label)}</strong> " if block.label else ""
        return f"<p{kind}>{number}{label}{_lines(block.text)}</p>"

    @made.register
    def _(self, block: doc.Bullets) -> str:
        items = "\n".join(f"<li>{_lines(item)}</li>" for item in block.items)
        return f"<ul>\n{items}\n</ul>"

    @made.register
    def _(self, block: doc.Table) -> str:
        self.tables += 1
        name = f"table-{self.tables}"
        quiet = ' class="unseen"' if clean(block.title) == clean(self.above) else ""
        dense = ' class="dense"' if block.dense else ""
        head = "".join(_head(text, column in block.numbers) for column, text in enumerate(block.head))
        last = len(block.rows) - 1
        rows = "\n".join(_row(row, block, total=block.total and at == last) for at, row in enumerate(block.rows))
        return (
            f'<div class="region" role="region" aria-labelledby="{name}" tabindex="0">\n<table{dense}>\n'
            f'<caption id="{name}"{quiet}>{escape(block.title)}</caption>\n'
            f"<thead><tr>{head}</tr></thead>\n<tbody>\n{rows}\n</tbody>\n</table>\n</div>"
        )

    @made.register
    def _(self, block: doc.Tiles) -> str:
        items = "\n".join(
            f'<li><span class="figure">{escape(tile.figure)}</span> <span>{escape(tile.what)}</span> '
            f'<span class="share">{escape(tile.share)}</span></li>'
            for tile in block.tiles
        )
        return f'<ul class="tiles">\n{items}\n</ul>'

    @made.register
    def _(self, block: doc.Terms) -> str:
        pairs = "\n".join(f"<dt>{_lines(term)}</dt><dd>{_lines(text)}</dd>" for term, text in block.pairs)
        return f'<dl class="terms">\n{pairs}\n</dl>'

    @made.register
    def _(self, block: doc.Picture) -> str:
        self.pictures += 1
        name = f"picture-{self.pictures}"
        repeated = clean(block.title) == clean(self.above)
        caption = "" if repeated else f"<figcaption>{escape(block.title)}</figcaption>\n"
        return (
            f'<figure>\n{caption}<div class="region" role="region" aria-label="{escape(block.title)}" tabindex="0">\n'
            f"{svg.render(block.scene, block.title, name)}\n</div>\n"
            f"<details><summary>{escape(tr('This picture in words'))}</summary>"
            f"<p>{_lines(block.scene.alt)}</p></details>\n</figure>"
        )

    @made.register
    def _(self, block: doc.Commentary) -> str:
        parts = [part for part in clean(block.text).split("\n\n") if part.strip()]
        told = "".join(f"<p>{_lines(part)}</p>" for part in parts)
        return f'<div class="commentary">\n<p><strong>{escape(block.label)}</strong></p>{told}\n</div>'

    @made.register
    def _(self, block: doc.Together) -> str:
        inner = "\n".join(self.blocks(block.blocks))
        return f'<div class="together">\n{inner}\n</div>'


def _head(text: str, number: bool) -> str:
    kind = ' class="of-numbers"' if number else ""
    return f'<th scope="col"{kind}>{_lines(text)}</th>'


def _row(row: Sequence[str], table: doc.Table, *, total: bool) -> str:
    cells = [f'<th scope="row"{_of_numbers(table, 0)}>{_lines(row[0])}</th>'] + [
        f"<td{_of_numbers(table, column)}>{_lines(text)}</td>" for column, text in enumerate(row[1:], 1)
    ]
    kind = ' class="total"' if total else ""
    return f"<tr{kind}>{''.join(cells)}</tr>"


def _of_numbers(table: doc.Table, column: int) -> str:
    return ' class="of-numbers"' if column in table.numbers else ""
