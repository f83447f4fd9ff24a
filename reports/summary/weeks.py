"""The weeks of a measure as pictures: a square for each at each site, in parts that fit a page."""

from forms.translation import tr
from icv_app.summary import Summary
from reports.document import WIDTH, Blocks, Picture, heading, note, together
from reports.summary.coverage import blocks
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
        told = tr(
            "Each square is one week at one suite, headed by the Sunday on which the week ends, with the number of "
            "visits made."
        )
        if any(cell.state == "missed" for part in parts for cell in part):
            told += " " + tr("A red box with a line through it is a week that was due and missed.")
        if any(cell.state == "before" for part in parts for cell in part):
            told += " " + tr(
                "A dotted box with a dash is a week of which nothing is known: it ended before the records begin."
            )
        head = [heading(title), note(told)]
    return [together(*head, pictures[0]), *pictures[1:]]
