"""All figures: every figure of a summary as one line of one table, so that nothing is told that cannot be looked up."""

from forms.translation import tr
from icv_app import figure_name
from icv_app.summary import Summary
from reports import wording
from reports.document import Blocks, heading, note, table


def annex(summary: Summary) -> Blocks:
    """Return the annex, the figures in the summary's order; nothing where there is none."""
    if not summary.figures:
        return []
    names = {site.site: site.name for site in summary.sites}
    rows = [
        [
            figure_name.title(figure),
            names.get(figure.site, figure.site) if figure.site else tr("All"),
            figure_name.result(figure),
            wording.sentence(figure.note),
        ]
        for figure in summary.figures
    ]
    head = [tr("Figure"), tr("Place"), tr("Result"), tr("Note")]
    return [
        heading(tr("All figures")),
        note(tr("Every figure of this summary, as it stands in the tables for other programs (XLSX, CSV, JSON).")),
        table(tr("All figures"), head, rows, (36, 18, 19, 27), dense=True),
    ]
