"""What makes a PDF keep: the parts of PDF/A-2a (ISO 19005-2) and PDF/UA-1 (ISO 14289-1) that are not on any page.

The metadata as XMP, the meaning of the colours (sRGB), an identity that follows from the content alone, line ends where
the standard asks for them. The tags are in `tag_tree`.
"""

import hashlib
from datetime import date
from functools import cache
from html import escape
from typing import Any

from PIL import ImageCms
from reportlab.pdfbase.pdfdoc import (
    NoEncryption,
    PDFArray,
    PDFDictionary,
    PDFObject,
    PDFStream,
    PDFString,
    PDFZCompress,
)

_COLOURS = "sRGB IEC61966-2.1"
_METADATA = """<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>
<x:xmpmeta xmlns:x="adobe:ns:meta/">
<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
<rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:xmp="http://ns.adobe.com/xap/1.0/"
 xmlns:pdf="http://ns.adobe.com/pdf/1.3/" xmlns:pdfaid="http://www.aiim.org/pdfa/ns/id/"
 xmlns:pdfuaid="http://www.aiim.org/pdfua/ns/id/">
<dc:format>application/pdf</dc:format>
<dc:title><rdf:Alt><rdf:li xml:lang="x-default">{title}</rdf:li></rdf:Alt></dc:title>
<dc:creator><rdf:Seq><rdf:li>{author}</rdf:li></rdf:Seq></dc:creator>
<dc:description><rdf:Alt><rdf:li xml:lang="x-default">{subject}</rdf:li></rdf:Alt></dc:description>
<dc:language><rdf:Bag><rdf:li>{language}</rdf:li></rdf:Bag></dc:language>
<xmp:CreatorTool>{creator}</xmp:CreatorTool>
<xmp:CreateDate>{day}T00:00:00Z</xmp:CreateDate>
<xmp:ModifyDate>{day}T00:00:00Z</xmp:ModifyDate>
<pdf:Producer>{producer}</pdf:Producer>
<pdfaid:part>2</pdfaid:part>
<pdfaid:conformance>A</pdfaid:conformance>
<pdfuaid:part>1</pdfuaid:part>
</rdf:Description>
<rdf:Description rdf:about="" xmlns:pdfaExtension="http://www.aiim.org/pdfa/ns/extension/"
 xmlns:pdfaSchema="http://www.aiim.org/pdfa/ns/schema#" xmlns:pdfaProperty="http://www.aiim.org/pdfa/ns/property#">
<pdfaExtension:schemas><rdf:Bag><rdf:li rdf:parseType="Resource">
<pdfaSchema:schema>PDF/UA identification schema</pdfaSchema:schema>
<pdfaSchema:namespaceURI>http://www.aiim.org/pdfua/ns/id/</pdfaSchema:namespaceURI>
<pdfaSchema:prefix>pdfuaid</pdfaSchema:prefix>
<pdfaSchema:property><rdf:Seq><rdf:li rdf:parseType="Resource">
<pdfaProperty:name>part</pdfaProperty:name>
<pdfaProperty:valueType>Integer</pdfaProperty:valueType>
<pdfaProperty:category>internal</pdfaProperty:category>
<pdfaProperty:description>The part of ISO 14289 to which the file conforms</pdfaProperty:description>
</rdf:li></rdf:Seq></pdfaSchema:property>
</rdf:li></rdf:Bag></pdfaExtension:schemas>
</rdf:Description>
</rdf:RDF>
</x:xmpmeta>
<?xpacket end="w"?>
"""


def preserve(document: Any, *, day: date, language: str) -> None:
    """Give reportlab's `document` all that a PDF that is to be kept has; call it once its pages are drawn.

    `day` is the day that it is dated by.
    """
    catalogue, info = document.Catalog, document.info
    words = {key: str(getattr(info, key)) for key in ("title", "author", "subject", "creator", "producer")}
    told = {**words, "language": language, "day": day.isoformat()}
    metadata = _METADATA.format(**{key: escape(value, quote=False) for key, value in told.items()}).encode()
    catalogue.Metadata = PDFStream(PDFDictionary({"Type": "/Metadata", "Subtype": "/XML"}), metadata)
    catalogue.__NoDefault__ = [*catalogue.__NoDefault__, "OutputIntents"]
    profile = PDFStream(PDFDictionary({"N": 3}), srgb(), filters=[PDFZCompress])
    intent = {
        "Type": "/OutputIntent", "S": "/GTS_PDFA1", "OutputConditionIdentifier": PDFString(_COLOURS),
        "Info": PDFString(_COLOURS), "DestOutputProfile": document.Reference(profile),
    }  # fmt: skip
    catalogue.OutputIntents = PDFArray([PDFDictionary(intent)])
    document.encrypt = _LineEnds()
    identity = hashlib.md5(metadata, usedforsecurity=False)
    for page in document.Pages.pages:
        identity.update(page.Contents.content)
    document.signature = identity


@cache
def srgb() -> bytes:
    """Return a colour profile of sRGB, the same bytes on any day and machine.

    LittleCMS writes the moment and the kind of machine into it, and a version of the profile format that is younger
    than PDF 1.7; what it makes needs nothing beyond version 4.2.
    """
    made = bytearray(ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes())
    made[8:12] = b"\x04\x20\x00\x00"
    made[24:36] = b"".join(part.to_bytes(2, "big") for part in (2000, 1, 1, 0, 0, 0))
    made[40:44] = bytes(4)
    return bytes(made)


class _LineEnds(NoEncryption):  # type: ignore[misc]
    """Encrypts nothing, and puts a line end behind each stream, which ISO 19005-2, 6.1.7.1, asks for."""

    def encode(self, content: bytes) -> "_Stream":
        """Return the content of a stream; its length is that of the content alone."""
        return _Stream(content)


class _Stream(PDFObject):  # type: ignore[misc]
    def __init__(self, content: bytes) -> None:
        self.content = content if isinstance(content, bytes) else content.encode("latin-1")

    def __len__(self) -> int:
        return len(self.content)

    def format(self, _document: Any) -> bytes:
        """Return the content and a line end: both signs of it, for the content itself may end in a carriage return."""
        return self.content + b"\r\n"
