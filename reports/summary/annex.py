"""All figures: every figure of a summary in tables, so that nothing is told that cannot be looked up."""

from collections.abc import Sequence

from forms.translation import tr
from icv_app import figure_name
from icv_app.figure import Figure
from icv_app.summary import Summary
from reports import wording
from reports.document import Blocks, heading, note, table

MOST = 4
"""Places that have a column each; with more, each place of a figure has a row."""


def annex(summary: Summary) -> Blocks:
    """Return the annex: a table for each measure, its figures in the summary's order; nothing where there is none."""
    if not summary.figures:
        return []
    names = {site.site: site.name for site in summary.sites}
    blocks: Blocks = [
        heading(tr("All figures")),
        note(tr("Every figure of this summary, as it stands in the tables for other programs (XLSX, CSV, JSON).")),
    ]
    for measure in dict.fromkeys(figure.measure for figure in summary.figures):
        figures = [figure for figure in summary.figures if figure.measure == measure]
        title = figure_name.measure(measure)
        places = list(dict.fromkeys(figure.site for figure in figures if figure.site))
        blocks.append(heading(title, 3))
        if len(places) <= MOST:
            blocks += _across(title, figures, places, names)
        else:
            blocks += _down(title, figures, names)
    return blocks


def _across(title: str, figures: Sequence[Figure], places: Sequence[str], names: dict[str, str]) -> Blocks:
    """Return a row for each figure with a column for each place, and below it the notes."""
    by_place = {(figure.figure, figure.site): figure for figure in figures}
    columns = [None, *places]
    rows = [
        [
            figure_name.line(next(figure for figure in figures if figure.figure == name)),
            *(figure_name.result(found) if (found := by_place.get((name, place))) else "–" for place in columns),
        ]
        for name in dict.fromkeys(figure.figure for figure in figures)
    ]
    head = [tr("Figure"), *(_place(place, names) for place in columns)]
    wide = 32 if len(places) > 1 else 50
    tables: Blocks = [
        table(
            tr("All figures: {measure}", measure=title),
            head,
            rows,
            (wide, *((100 - wide) / len(columns) for _ in columns)),
            dense=True,
        )
    ]
    if notes := _notes(figures, names):
        heads = [tr("Note on"), tr("Place"), tr("Note")]
        tables.append(table(tr("{measure}: notes", measure=title), heads, notes, (38, 22, 40), dense=True))
    return tables


def _notes(figures: Sequence[Figure], names: dict[str, str]) -> list[list[str]]:
    """Return each note once, with the figures and the places that it is on."""
    places: dict[tuple[str, str], list[str]] = {}
    for figure in figures:
        if figure.note:
            said = places.setdefault((wording.sentence(figure.note), figure_name.line(figure)), [])
            said.append(_place(figure.site, names))
    lines: dict[tuple[str, str], list[str]] = {}
    for (text, line), said in places.items():
        lines.setdefault((text, "; ".join(said)), []).append(line)
    return [["; ".join(on), where, text] for (text, where), on in lines.items()]


def _down(title: str, figures: Sequence[Figure], names: dict[str, str]) -> Blocks:
    """Return a row for each figure at each place."""
    rows = [
        [
            figure_name.line(figure), _place(figure.site, names), figure_name.result(figure),
            wording.sentence(figure.note),
        ]
        for figure in figures
    ]  # fmt: skip
    head = [tr("Figure"), tr("Place"), tr("Result"), tr("Note")]
    return [table(tr("All figures: {measure}", measure=title), head, rows, (36, 18, 19, 27), dense=True)]


def _place(site: str | None, names: dict[str, str]) -> str:
    return names.get(site, site) if site else tr("All")
