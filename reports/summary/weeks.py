"""The weeks of a measure as pictures: a square for each at each site, in parts that fit a page."""

from forms.translation import tr
from icv_app.summary import CoverageState, Summary
from reports.document import WIDTH, Blocks, Picture, heading, note, together
from reports.summary.coverage import blocks, unit_of
from reports.summary.heatmap import heatmap


def weeks(summary: Summary, measure: str, title: str, *, headed: bool = True) -> Blocks:
    """Return the pictures of the measure, under a heading unless not `headed`; nothing where nothing was judged."""
    parts = blocks(cell for cell in summary.coverage if cell.measure == measure)
    if not parts:
        return []
    widest = max(len({cell.first for cell in part}) for part in parts)
    pictures: Blocks = [
        Picture(
            scene=heatmap(part, summary.sites, width=WIDTH, columns=widest if widest > 8 else 0),
            title=title,
        )
        for part in parts
    ]
    head: Blocks = []
    if headed:
        told = _told(
            {unit_of(cell) for part in parts for cell in part}, {cell.state for part in parts for cell in part}
        )
        head = [heading(title), note(told)]
    return [together(*head, pictures[0]), *pictures[1:]]


def _told(units: set[str], states: set[CoverageState]) -> str:
    """Return what the squares of these units are, and how those in these states are drawn."""
    if units == {"week"}:
        said = [
            tr(
                "Each square is one week at one suite, headed by the Sunday on which the week ends, with the number of "
                "visits made."
            )
        ]
        if "missed" in states:
            said.append(tr("A red box with a line through it is a week that was due and missed."))
        if "before" in states:
            said.append(
                tr("A dotted box with a dash is a week of which nothing is known: it ended before the records begin.")
            )
        return " ".join(said)
    said = [tr("Each square is one span of the target, at one suite, with the number of visits made.")]
    if "week" in units:
        said.append(tr("A week is headed by the Sunday on which it ends, a longer span by its months."))
    else:
        said.append(tr("It is headed by its months."))
    if "missed" in states:
        said.append(tr("A red box with a line through it is a span that was due and missed."))
    if "before" in states:
        said.append(
            tr("A dotted box with a dash is a span of which nothing is known: it ended before the records begin.")
        )
    return " ".join(said)
