"""A document as it is heard: the tree of its tags with the words of each branch, read from the file alone.

Written for the tests, apart from what writes the tags: the pages' operators are walked one by one, each text is decoded
by the font's own character map, and the marks are looked up in the tree.
"""

import io
import re
from dataclasses import dataclass, field
from functools import lru_cache

from pypdf import PdfReader
from pypdf.generic import ContentStream, IndirectObject

PAINTS = {
    "Tj", "TJ", "'", '"', "S", "s", "f", "F", "f*", "B", "B*", "b", "b*", "sh", "Do", "BI", "INLINE IMAGE",
}  # fmt: skip


@dataclass
class Heard:
    """One branch of the tree: `words` are those of its own marks and of what hangs on it, in reading order."""

    role: str
    alt: str = ""
    title: str = ""
    attributes: dict = field(default_factory=dict)
    kids: list = field(default_factory=list)  # Heard, or str: a piece of text
    pages: list = field(default_factory=list)  # numbers of the pages of its own marks

    @property
    def text(self):
        """What is heard of it: the pieces one after the other, as they are; paragraphs and cells apart."""
        said = ""
        for kid in self.kids:
            said += kid if isinstance(kid, str) else f"{kid.text}\n" if kid.role not in INLINE else kid.text
        return said

    @property
    def words(self):
        return " ".join(self.text.split())

    @property
    def branches(self):
        return [kid for kid in self.kids if isinstance(kid, Heard)]

    def walk(self):
        yield self
        for kid in self.branches:
            yield from kid.walk()

    def all(self, *roles):
        return [one for one in self.walk() if one.role in roles]


INLINE = {"Form", "Span"}


@lru_cache(maxsize=2)
def _opened(content):
    """Return a PDF and what its pages do: (operands, operator) each."""
    reader = PdfReader(io.BytesIO(content))
    return reader, [ContentStream(page.get_contents(), reader).operations for page in reader.pages]


def read(content):
    """Return the tree of a PDF given as bytes."""
    reader, steps = _opened(content)
    said = [_said(page, taken) for page, taken in zip(reader.pages, steps, strict=True)]
    root = reader.trailer["/Root"]["/StructTreeRoot"]
    numbers = {page.indirect_reference.idnum: place for place, page in enumerate(reader.pages)}
    (top,) = _listed(root["/K"])
    return _branch(top, numbers, said, None)


def unmarked(content):
    """Return what is painted outside any marked piece: (page, operator). There should be none."""
    found = []
    for number, steps in enumerate(_opened(content)[1], 1):
        depth = 0
        for _, operator in steps:
            name = operator.decode()
            depth += {"BDC": 1, "BMC": 1, "EMC": -1}.get(name, 0)
            assert 0 <= depth <= 1, "pieces within pieces"
            if name in PAINTS and not depth:
                found.append((number, name))
        assert depth == 0, "a piece that is never ended"
    return found


def _listed(value):
    value = value.get_object() if isinstance(value, IndirectObject) else value
    return list(value) if isinstance(value, list) else [value]


def _branch(reference, numbers, said, page):
    one = reference.get_object()
    page = numbers[one.raw_get("/Pg").idnum] if "/Pg" in one else page
    attributes = {}
    for each in _listed(one.get("/A", [])):
        attributes.update(each.get_object())
    heard = Heard(one["/S"][1:], str(one.get("/Alt", "")), str(one.get("/T", "")), attributes)
    for kid in _listed(one.raw_get("/K")) if "/K" in one else []:
        thing = kid.get_object() if isinstance(kid, IndirectObject) else kid
        if isinstance(thing, int):
            heard.kids.append(said[page][thing])
            heard.pages.append(page)
        elif thing.get("/Type") == "/MCR":
            there = numbers[thing.raw_get("/Pg").idnum]
            heard.kids.append(said[there][thing["/MCID"]])
            heard.pages.append(there)
        else:
            assert thing["/P"].get_object() is one or thing["/P"] == one
            heard.kids.append(_branch(kid, numbers, said, page))
    return heard


def _said(page, steps):
    """Return the text of each mark of a page, by its number."""
    fonts = {name: _characters(font.get_object()) for name, font in page["/Resources"]["/Font"].items()}
    said, mark, characters = {}, None, {}
    for operands, operator in steps:
        match operator:
            case b"BDC":
                mark = operands[1].get("/MCID") if operands[0] != "/Artifact" else None
                if mark is not None:
                    assert mark not in said, "a mark twice"
                    said[mark] = ""
            case b"EMC":
                mark = None
            case b"Tf":
                characters = fonts[operands[0]]
            case b"Tj" if mark is not None:
                said[mark] += "".join(characters[code] for code in operands[0].original_bytes)
    return said


def _characters(font):
    text = font["/ToUnicode"].get_data().decode()
    return {
        int(code, 16): bytes.fromhex(sign).decode("utf-16-be") for code, sign in re.findall(r"<(..)> <(....)>", text)
    }
