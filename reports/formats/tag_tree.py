"""The tag tree as PDF writes it: an object for each element, and for each page what each of its marks is part of."""

from collections.abc import Iterator
from typing import Any

from reportlab.pdfbase.pdfdoc import PDFDictionary, PDFObject

from reports.formats.tagging import Element, TaggedCanvas, said


def plant(canvas: TaggedCanvas) -> None:
    """Put the tree of what was drawn on `canvas` into its document; call it once all pages are there."""
    document = canvas._doc  # noqa: SLF001  # reportlab has no other way
    root = _Root(canvas)
    document.Reference(root)
    for element in _under(canvas.root):
        root.objects[id(element)] = document.Reference(_Branch(element, root)).name
        for each in element.attributes:
            if each not in root.attributes:
                root.attributes[each] = document.Reference(_Attributes(each))
    catalogue = document.Catalog
    catalogue.StructTreeRoot = root
    catalogue.MarkInfo = PDFDictionary({"Marked": "true"})
    for number, page in enumerate(document.Pages.pages):
        page.__NoDefault__ = [*page.__NoDefault__, "StructParents", "Tabs"]
        page.StructParents, page.Tabs = number, "/S"


def _under(element: Element) -> Iterator[Element]:
    """Yield an element and all that hang on it, in reading order."""
    yield element
    for kid in element.kids:
        if isinstance(kid, Element):
            yield from _under(kid)


class _Root(PDFObject):  # type: ignore[misc]
    """The root of the tree. `objects`: the name of each element's object; `attributes`: where each of them stands."""

    def __init__(self, canvas: TaggedCanvas) -> None:
        self.canvas = canvas
        self.objects: dict[int, str] = {}
        self.attributes: dict[str, Any] = {}

    def format(self, document: Any) -> bytes:
        """Return the root as PDF."""
        marks = self.canvas.marks
        rows = (" ".join(self.number(document, one) for one in found) for found in marks)
        pages = (f"{page} [{row}]" for page, row in enumerate(rows))
        return (
            f"<< /Type /StructTreeRoot /K [{self.number(document, self.canvas.root)}] /ParentTree << /Nums\n"
            f"[{chr(10).join(pages)}] >> /ParentTreeNextKey {len(marks)} >>"
        ).encode()

    def number(self, document: Any, element: Element) -> str:
        """Return the reference to an element's object."""
        return f"{document.idToObjectNumberAndVersion[self.objects[id(element)]][0]} 0 R"


class _Attributes(PDFObject):  # type: ignore[misc]
    """Attributes of an element, or of many."""

    __RefOnly__ = 1

    def __init__(self, told: str) -> None:
        self.told = told

    def format(self, _document: Any) -> bytes:
        """Return them as PDF."""
        return f"<< {self.told} >>".encode()


class _Branch(PDFObject):  # type: ignore[misc]
    """One element of the tree."""

    def __init__(self, element: Element, root: _Root) -> None:
        self.element, self.root = element, root

    def format(self, document: Any) -> bytes:
        """Return the element as PDF."""
        element, root = self.element, self.root
        parent = root.number(document, element.parent) if element.parent else _reference(document, root)
        first = next((kid[0] for kid in element.kids if isinstance(kid, tuple)), None)
        parts = [f"/S /{element.role} /P {parent}"]
        if first is not None:
            parts.append(f"/Pg {_reference(document, document.Pages.pages[first])}")
        kids = [self._kid(document, kid, first) for kid in element.kids]
        parts.append(f"/K [{' '.join(kids)}]" if len(kids) != 1 else f"/K {kids[0]}")
        if element.attributes:
            told = " ".join(root.attributes[one].format(document).decode() for one in element.attributes)
            parts.append(f"/A [{told}]" if len(element.attributes) > 1 else f"/A {told}")
        parts += [f"/{key} {said(words)}" for key, words in (("Alt", element.alt), ("T", element.title)) if words]
        return f"<< {' '.join(parts)} >>".encode()

    def _kid(self, document: Any, kid: Element | tuple[int, int], first: int | None) -> str:
        if isinstance(kid, Element):
            return self.root.number(document, kid)
        page, mark = kid
        if page == first:
            return str(mark)
        return f"<< /Type /MCR /Pg {_reference(document, document.Pages.pages[page])} /MCID {mark} >>"


def _reference(document: Any, thing: Any) -> str:
    found: bytes = document.Reference(thing).format(document)
    return found.decode()
