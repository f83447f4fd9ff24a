"""A certificate of disposal as a PDF: what went by which rule, who ordered it, and what is left to destroy by hand."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from reportlab.platypus import CondPageBreak

from forms.translation import plural, tr
from icv_app.files import whole_file
from icv_app.office.certificate import WHATS, Certificate, Item, class_title
from icv_app.wording import day_words
from reports.formats import page
from reports.formats.blocks import Band
from reports.formats.grid import DataTable, grid
from reports.formats.lettering import RULE, colour
from reports.formats.page import BODY_WIDTH, Story
from reports.formats.text import heading, paragraph

_BOX = "[   ]"  # to be ticked with a pen


def write(made: Certificate, path: Path, *, scheme: str, marking: str, program_version: str = "") -> Path:
    """Write `made` to `path`, replacing it in one step, and return `path`.

    The same arguments give the same bytes. Raises Unavailable("document_not_written").
    """
    return whole_file.put(path, render(made, scheme=scheme, marking=marking, program_version=program_version))


def render(made: Certificate, *, scheme: str, marking: str, program_version: str = "") -> bytes:
    """Return the PDF that `write` writes."""
    furniture = page.Furniture(
        title=tr("Certificate of disposal {number}", number=made.number), scheme=scheme, marking=marking,
        program_version=program_version, records_to=made.at.date() if made.at else None,
        foot=tr("Certificate {number}", number=made.number),
    )  # fmt: skip
    return page.build(_story(made, scheme), furniture)


def _story(made: Certificate, scheme: str) -> Story:
    when = day_words(made.at.date()) if made.at else ""
    return [
        Band(scheme, tr("Certificate of disposal"), "\n".join(filter(None, (made.number, when)))),
        *_order(made),
        *_classes(made),
        *_share(made),
        *_by_hand(made.items),
        *_kept(made),
        *_list(made),
    ]


def _order(made: Certificate) -> Story:
    acts = {
        "retention": tr("Records that had been kept for as long as the schedule says"),
        "erasure": tr("Records erased on request"),
        "redaction": tr("Answers taken out on request"),
    }
    told = [
        (tr("What this is"), acts.get(made.act, made.act)),
        (tr("Ordered by"), made.by),
        (tr("When"), f"{day_words(made.at.date())}, {made.at:%H:%M}" if made.at else ""),
        (tr("Reason"), made.reason),
        (tr("Confirmed as"), made.confirmed),
    ]
    return [heading(tr("The order"), whole=False), _pairs([(label, text) for label, text in told if text])]


def _classes(made: Certificate) -> Story:
    head = [tr("Class"), tr("Kept for"), tr("Records"), tr("Versions")]
    rows = [
        [
            class_title(str(each.get("class", ""))),
            _rule(each),
            str(each.get("records", "")),
            str(each.get("versions", "")),
        ]
        for each in made.classes
    ]
    return [
        CondPageBreak(90),
        heading(tr("What was erased"), whole=False),
        _table(head, rows, (0.46, 0.26, 0.14, 0.14)),
    ]


def _rule(each: Any) -> str:
    months = each.get("months")
    if not isinstance(months, int):
        return tr("on request")
    words = plural("{count} month", "{count} months", months)
    return words if each.get("confirmed") == "yes" else tr("{period}, not yet confirmed by the office", period=words)


def _share(made: Certificate) -> Story:
    if made.share == "clean" and made.checked is not None:
        words = tr(
            "The shared file, its packs and its former state were read on {day} at {time}: "
            "none of them holds any of it.",
            day=day_words(made.checked.date()),
            time=f"{made.checked:%H:%M}",
        )
    else:
        words = tr("The shared file had not been seen to be free of it when this was printed.")
    also = tr("Each laptop erases it when it shares next, and renews its backups.")
    return [
        CondPageBreak(90),
        heading(tr("The shared file and the laptops"), whole=False),
        paragraph(words),
        paragraph(also),
    ]


def _by_hand(items: Sequence[Item]) -> Story:
    if not items:
        return []
    rows = [[tr(WHATS[item.what]) if item.what in WHATS else item.what, item.name, _destroyed(item)] for item in items]
    head = [tr("What"), tr("Which"), tr("Destroyed")]
    words = tr("The program does not delete these. Destroy them, and tick them off.")
    title = tr("To be destroyed by hand")
    return [CondPageBreak(120), heading(title, whole=False), paragraph(words), _table(head, rows, (0.3, 0.45, 0.25))]


def _destroyed(item: Item) -> str:
    if item.destroyed is None:
        return _BOX
    return tr("{day}, {person}", day=day_words(item.destroyed), person=item.by)


def _kept(made: Certificate) -> Story:
    if not made.kept:
        return []
    rows = [[str(each.get("reference", "")), str(each.get("reason", ""))] for each in made.kept]
    head = [tr("Reference"), tr("Reason")]
    return [CondPageBreak(90), heading(tr("Due, and kept all the same"), whole=False), _table(head, rows, (0.3, 0.7))]


def _list(made: Certificate) -> Story:
    head = [tr("Reference"), tr("Class"), tr("Versions"), tr("What is left")]
    left = {"nothing": tr("nothing"), "numbers": tr("what is counted")}
    rows = [
        [
            str(each.get("reference", "")), class_title(str(each.get("class", ""))), str(each.get("versions", "")),
            left.get(str(each.get("left")), ""),
        ]
        for each in made.references
    ]  # fmt: skip
    check = made.list_hash if made.genuine else tr("this list is not the one that was certified")
    return [
        CondPageBreak(120),
        heading(tr("The list"), whole=False),
        paragraph(tr("References only: no content is repeated here.")),
        _table(head, rows, (0.3, 0.38, 0.12, 0.2)),
        paragraph(tr("Check sum of the list (SHA-256): {sum}", sum=check), "small"),
    ]


def _pairs(pairs: Sequence[tuple[str, str]]) -> Any:
    return _table([], [[label, text] for label, text in pairs], (0.26, 0.74))


def _table(head: Sequence[str], rows: Sequence[Sequence[str]], shares: Sequence[float]) -> Any:
    first = [[paragraph(text, "cell_bold") for text in head]] if head else []
    return grid(
        [*first, *([paragraph(text, "cell") for text in row] for row in rows)],
        [BODY_WIDTH * share for share in shares],
        DataTable(len(first)),
        [("LEFTPADDING", (0, 0), (0, -1), 0), ("LINEBELOW", (0, 0), (-1, -1), 0.5, colour(RULE))],
        padding=(4, 6, 5, 6),
        repeatRows=len(first),
        splitInRow=1,
    )
