"""The people in custody at the time of the visits: how many were offered one and seen, and why others were not."""

from forms.translation import later, tr
from icv_app import figure_name
from icv_app.account import Account
from icv_app.figure import Figure
from icv_app.summary import Summary
from icv_app.wording import listed
from reports import cells
from reports.document import Block, Blocks, Bullets, heading, kept, note, paragraph, table
from reports.summary import sentences
from reports.summary.commentary import commentary
from reports.summary.suites import rows_of, sites
from reports.wording import WITHHELD, defended, find, known, sentence, withheld_words

MEASURE = "custody_visit"
_FUNNEL = (
    (later("In custody"), "detainees_in_custody"),
    (later("Offered a visit"), "detainees_offered"),
    (later("Seen"), "detainees_seen"),
    (later("Declined"), "detainees_declined"),
    (later("Observed only"), "detainees_observed_only"),
    (later("Not available"), "detainees_not_available"),
    (later("Not allowed"), "detainees_denied"),
    (later("Not offered"), "detainees_not_offered"),
)
GROUPS = (
    (later("Women and girls"), "detainees_women"),
    (later("Children under 18"), "detainees_children"),
    (later("Girls under 18"), "detainees_girls"),
    (later("Held only for immigration"), "detainees_immigration"),
    (later("Section 136 or mental ill health"), "detainees_s136"),
)
"""The groups of people that visits record, by what they are called, in the order of the table."""
_SHARES = (
    (later("Offered a visit, of those in custody"), "offered_share"),
    (later("Seen, of those offered a visit"), "acceptance"),
    (later("Seen, of those in custody"), "seen_share"),
)
_REASON = "not_available_"


def detainees(account: Account) -> Blocks:
    """Return the section; nothing where no visit was completed and nothing was written about it."""
    summary = account.summary
    text = sentences.detainees(summary)
    said = commentary(account, "detainees")
    if not text and not said:
        return []
    head = heading(tr("People in custody at the time of the visits"))
    if not text:
        return [head, *said]
    return [*_funnel(summary, head, paragraph(text)), *_reasons(summary), *_groups(summary), *said]


def _funnel(summary: Summary, *above: Block) -> Blocks:
    if not sites(summary, MEASURE):
        return list(above)
    columns = [(tr(label), name) for label, name in _FUNNEL if find(summary, MEASURE, name)]
    title = tr("People in custody at the time of the visits")
    shown = table(
        title,
        [tr("Custody suite"), *(label for label, _ in columns)],
        _rows(summary, [name for _, name in columns]),
        (22, *(78 / len(columns) for _ in columns)),
        numbers=range(1, len(columns) + 1),
        total=True,
    )
    found = ((label, known(summary, MEASURE, name)) for label, name in _SHARES)
    shares = tuple(
        tr("{what}: {share}", what=tr(label), share=defended(figure)) for label, figure in found
        if figure and figure.denominator
    )  # fmt: skip
    whole = len(columns) == len(_FUNNEL)
    adds_up = tr(
        "Offered a visit are those seen and those who declined. Observed only: looked in on through the hatch, or "
        "asleep. Not allowed: the police did not allow it."
    )
    return kept(*above, shown, *([note(adds_up)] if whole else []), *([Bullets(items=shares)] if shares else []))


def _reasons(summary: Summary) -> Blocks:
    """Return why people were not available, the most frequent reason first, and for how many nobody said why."""
    every = [each for each in summary.figures if each.measure == MEASURE and each.figure.startswith(_REASON)]
    found = [figure for figure in every if figure.value or figure.withheld]
    unexplained = [note(sentence(every[0].note))] if every and every[0].note else []
    if not found:
        return [*unexplained]
    ordered = sorted(found, key=lambda figure: -(figure.value or 0))
    told = [[_reason(figure), cells.value(figure)] for figure in ordered]
    title = tr("Why people were not available")
    shown = table(title, [tr("Reason"), tr("People")], told, (60, 40), numbers=(1,))
    return kept(heading(title, 3), shown, *unexplained)


def _groups(summary: Summary) -> Blocks:
    columns = [
        (tr(label), name) for label, name in GROUPS
        if any(
            figure.value is not None or figure.withheld
            for figure in summary.figures if (figure.measure, figure.figure) == (MEASURE, name)
        )
    ]  # fmt: skip
    if not columns or not sites(summary, MEASURE):
        return []
    title = tr("Of the people in custody at the visits")
    rows = _rows(summary, [name for _, name in columns])
    told = [
        *recorded(summary),
        tr("One person may be in several of these columns. A dash: nobody wrote the number down."),
    ]
    if any(WITHHELD in row for row in rows):
        told.append(withheld_words())
    return kept(
        heading(title, 3),
        table(
            title,
            [tr("Custody suite"), *(label for label, _ in columns)],
            rows,
            (25, *(75 / len(columns) for _ in columns)),
            numbers=range(1, len(columns) + 1),
            total=True,
        ),
        note(" ".join(told)),
    )


def recorded(summary: Summary) -> list[str]:
    """Return at how many visits the numbers of the groups were recorded, where it was not at all of them.

    One sentence where it is the same of all. Where any of them is withheld the figures do not tell it, and a sentence
    that holds of any scheme stands for it (docs/disclosure.md).
    """
    names = {name for _, name in GROUPS}
    if any(each.withheld for each in summary.figures if each.measure == MEASURE and each.figure in names):
        return [tr("A visit that did not write a number down adds nothing to it.")]
    labels: dict[str, list[str]] = {}
    known = [(label, figure) for label, name in GROUPS if (figure := find(summary, MEASURE, name))]
    for label, figure in known:
        if figure.note:
            labels.setdefault(figure.note, []).append(tr(label))
    if [len(of_one) for of_one in labels.values()] == [len(known)]:
        return [sentence(note) for note in labels]
    return [sentence(tr("{what}: {share}", what=listed(of), share=_within(note))) for note, of in labels.items()]


def _within(note: str) -> str:
    """Return a note as it stands after a colon."""
    return note[:1].lower() + note[1:].rstrip(".")


def _rows(summary: Summary, names: list[str]) -> list[list[str]]:
    return [
        [title, *(cells.value(find(summary, MEASURE, name, code)) for name in names)]
        for title, code in rows_of(summary, MEASURE, tr("All suites"))
    ]


def _reason(figure: Figure) -> str:
    return figure_name.reason(figure.figure.removeprefix("not_available_"))
