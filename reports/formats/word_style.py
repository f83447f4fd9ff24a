"""The look of Word documents: styles that Word knows by name, a page with its marking, one style for every table."""

from datetime import UTC, date, datetime, time
from typing import Any

from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Cm, Pt, RGBColor

from forms.translation import tr
from reports.plain import clean

FONT = "Arial"
TABLE = "Figures"  # the style of every table
NUMBERED, TERM, COMMENTARY, NOTE, META, KEPT = (
    "Numbered Paragraph", "Term", "Commentary", "Note", "Entry", "Table Text",
)  # fmt: skip
"""The names of our own paragraph styles. They stand in the document, not on its page, and are not translated."""

_NAVY, _INK, _QUIET, _TINT = "12436D", "1A1A1A", "4A5560", "E6EEF6"
_MARGIN = Cm(2)
_SIZES = {
    "Normal": 12, "Title": 24, "Subtitle": 13, "Heading 1": 16, "Heading 2": 13, "Heading 3": 12, "Caption": 12,
    "List Bullet": 12, "Header": 10, "Footer": 10,
}  # fmt: skip
_USUAL = date(2000, 1, 1)


def dress(
    document: Any, *, title: str, scheme: str, marking: str, language: str, day: date | None, foot: str = ""
) -> None:
    """Set page, styles, language, marking, page numbers and properties of a new document.

    `language` as RFC 5646 names it; `day` dates the document, None: a fixed day; `foot` stands before the page number.
    """
    told = document.core_properties
    told.title, told.author, told.subject = clean(title)[:255], clean(scheme)[:255], clean(marking)[:255]
    told.language, told.comments, told.last_modified_by = language, "", clean(scheme)[:255]
    told.created = told.modified = datetime.combine(day or _USUAL, time(), UTC)
    told.revision = 1
    _own_only(document)
    _styles(document, language)
    _settings(document, language)
    section = document.sections[0]
    section.page_width, section.page_height = Cm(21), Cm(29.7)
    section.left_margin = section.right_margin = _MARGIN
    section.top_margin = section.bottom_margin = Cm(2.2)
    for part in (section.header, section.footer):
        line = part.paragraphs[0]
        line.text, line.alignment = clean(marking), WD_ALIGN_PARAGRAPH.CENTER
        for run in line.runs:
            run.bold = True
    last = section.footer.add_paragraph()
    if foot:
        last.add_run(f"{clean(foot)}   ")
    _number(last)


def _own_only(document: Any) -> None:
    """Take out what the library's own template says of itself: a picture of its page, and who counted its words."""
    relations = document.part.package.rels
    for name, relation in list(relations.items()):
        if relation.reltype.endswith(("/thumbnail", "/extended-properties")):
            del relations[name]


def _styles(document: Any, language: str) -> None:
    for name, size in _SIZES.items():
        _set(document.styles[name], size)
    for name in ("Title", "Heading 1", "Heading 2", "Heading 3", "Caption"):
        plain = name in ("Heading 3", "Caption")
        document.styles[name].font.color.rgb = RGBColor.from_string(_INK if plain else _NAVY)
        document.styles[name].paragraph_format.keep_with_next = True
    for name, above, below in (("Heading 1", 18, 4), ("Heading 2", 12, 3), ("Heading 3", 10, 2), ("Caption", 6, 3)):
        spaced = document.styles[name].paragraph_format
        spaced.space_before, spaced.space_after = Pt(above), Pt(below)
    document.styles["Normal"].paragraph_format.space_after = Pt(6)
    document.styles["Subtitle"].paragraph_format.space_after = Pt(2)
    document.styles["Subtitle"].font.color.rgb = RGBColor.from_string(_INK)
    _own(document)
    _table(document)
    for parent in (document.styles.element.find(qn("w:docDefaults")), document.styles["Normal"].element):
        for old in list(parent.iter(qn("w:lang"))):
            old.getparent().remove(old)
    tag = OxmlElement("w:lang")
    tag.set(qn("w:val"), language)
    document.styles["Normal"].element.get_or_add_rPr().append(tag)


def _set(style: Any, size: float) -> None:
    style.font.name, style.font.size, style.font.italic = FONT, Pt(size), False
    fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
    for which in ("w:ascii", "w:hAnsi", "w:cs", "w:eastAsia"):
        fonts.set(qn(which), FONT)
    for which in ("w:asciiTheme", "w:hAnsiTheme", "w:cstheme", "w:eastAsiaTheme"):
        fonts.attrib.pop(qn(which), None)


def _own(document: Any) -> None:
    """Add the paragraph styles that Word has no name for."""

    def added(name: str, **looks: Any) -> Any:
        style = document.styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
        style.base_style, style.quick_style = document.styles["Normal"], True
        for look, value in looks.items():
            setattr(style.paragraph_format, look, value)
        return style

    added(NUMBERED, left_indent=Cm(1.25), first_line_indent=-Cm(1.25))
    added(TERM, left_indent=Cm(0.4), space_after=Pt(4))
    _bar(added(COMMENTARY, left_indent=Cm(0.4), space_after=Pt(4)))
    added(NOTE).font.color.rgb = RGBColor.from_string(_QUIET)
    entry = added(META, keep_with_next=True, space_before=Pt(6), space_after=Pt(2))
    entry.font.bold, entry.font.color.rgb = True, RGBColor.from_string(_NAVY)
    added(KEPT, space_after=Pt(0)).font.size = Pt(10.5)


def _bar(style: Any) -> None:
    """Draw a bar at the left of every paragraph of a style."""
    style.element.get_or_add_pPr().insert_element_before(
        parse_xml(
            f'<w:pBdr {nsdecls("w")}><w:left w:val="single" w:sz="24" w:space="8" w:color="{_QUIET}"/></w:pBdr>'
        ),
        "w:shd", "w:tabs", "w:spacing", "w:ind", "w:jc", "w:rPr",
    )  # fmt: skip


def _table(document: Any) -> None:
    """Add the style of tables: a navy head, a rule under every row, a total under a heavier one, header cells plain."""
    rule = f'w:val="single" w:sz="4" w:space="0" w:color="{_QUIET}"'
    document.styles.element.append(
        parse_xml(
            f'<w:style {nsdecls("w")} w:type="table" w:customStyle="1" w:styleId="{TABLE}"><w:name w:val="{TABLE}"/>'
            '<w:basedOn w:val="TableNormal"/><w:uiPriority w:val="59"/><w:qFormat/>'
            f'<w:tblPr><w:tblBorders><w:bottom {rule}/><w:insideH {rule}/></w:tblBorders>'
            '<w:tblCellMar><w:top w:w="57" w:type="dxa"/><w:left w:w="85" w:type="dxa"/>'
            '<w:bottom w:w="57" w:type="dxa"/><w:right w:w="85" w:type="dxa"/></w:tblCellMar></w:tblPr>'
            '<w:tblStylePr w:type="firstRow"><w:rPr><w:b/><w:color w:val="FFFFFF"/></w:rPr>'
            f'<w:tcPr><w:shd w:val="clear" w:color="auto" w:fill="{_NAVY}"/><w:vAlign w:val="bottom"/></w:tcPr>'
            "</w:tblStylePr>"
            '<w:tblStylePr w:type="lastRow"><w:rPr><w:b/></w:rPr><w:tcPr><w:tcBorders>'
            f'<w:top w:val="single" w:sz="12" w:space="0" w:color="{_NAVY}"/></w:tcBorders></w:tcPr></w:tblStylePr>'
            "</w:style>"
        )
    )  # fmt: skip


def _settings(document: Any, language: str) -> None:
    """Have Word open the document as one of its own time, not in compatibility mode, and in its language."""
    for zoom in document.settings.element.iter(qn("w:zoom")):
        zoom.set(qn("w:percent"), "100")  # which the schema asks for and python-docx's template lacks
    for said in document.settings.element.iter(qn("w:themeFontLang")):
        said.set(qn("w:val"), language)
    for setting in document.settings.element.iter(qn("w:compatSetting")):
        if setting.get(qn("w:name")) == "compatibilityMode":
            setting.set(qn("w:val"), "15")


def _number(paragraph: Any) -> None:
    """Add "Page n of m", which Word works out."""
    before, _, rest = tr("Page {page} of {total}", page="\0", total="\1").partition("\0")
    between, _, after = rest.partition("\1")
    for text, field in ((before, "PAGE"), (between, "NUMPAGES"), (after, "")):
        if text:
            paragraph.add_run(text)
        if field:
            made = OxmlElement("w:fldSimple")
            made.set(qn("w:instr"), field)
            paragraph._p.append(made)  # noqa: SLF001  # python-docx has no other way


def repeats(row: Any) -> None:
    """Make a row the header row: repeated on each page and read out with each cell."""
    row._tr.get_or_add_trPr().append(OxmlElement("w:tblHeader"))  # noqa: SLF001


def whole(row: Any) -> None:
    """Keep a row on one page."""
    row._tr.get_or_add_trPr().insert(0, OxmlElement("w:cantSplit"))  # noqa: SLF001
