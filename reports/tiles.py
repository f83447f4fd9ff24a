"""The key figures at the head of a summary; scheduled visits and the target are always named apart."""

from forms.translation import tr
from icv_app.periods import financial_year
from icv_app.summary import Summary
from reports import wording
from reports.document import Tile, Tiles

CUSTODY, KENNEL, TRAINING = "custody_visit", "kennel_visit", "training_observation"


def tiles(summary: Summary) -> Tiles:
    """Return the row of four: fraction, what it counts, share."""
    coverage = wording.find(summary, CUSTODY, "target_coverage")
    months = wording.find(summary, KENNEL, "target_coverage")
    several = {measure: wording.several(summary, measure) for measure in (CUSTODY, KENNEL)}
    weeks = tr(wording.units(coverage, "suite-weeks"))
    kennels = tr(wording.units(months, "months").removeprefix("kennel-"))
    if wording.over(summary):
        made = tr("scheduled visits made")
        met = tr("{weeks} met the target", weeks=weeks)
        had = tr("{weeks} had a visit (the target)", weeks=weeks)
        enough = tr("{months} met the kennels’ target", months=kennels)
        kennel = tr("{months} had a kennel visit", months=kennels)
    else:
        made = tr("scheduled visits made so far")
        met = tr("{weeks} met the target so far", weeks=weeks)
        had = tr("{weeks} had a visit so far (the target)", weeks=weeks)
        enough = tr("{months} met the kennels’ target so far", months=kennels)
        kennel = tr("{months} had a kennel visit so far", months=kennels)
    return Tiles(
        tiles=(
            _tile(summary, CUSTODY, "scheduled_completed", made, tr("of custody visits by the rota")),
            _tile(summary, CUSTODY, "target_coverage", met if several[CUSTODY] else had, tr("by the target")),
            _tile(
                summary, KENNEL, "target_coverage", enough if several[KENNEL] else kennel, tr("by the kennels’ target")
            ),
            _tile(
                summary, TRAINING, "target_coverage", _of_year(summary), tr("in off-site training this financial year")
            ),
        )
    )


def _tile(summary: Summary, measure: str, figure: str, what: str, none: str) -> Tile:
    """Return the tile of a ratio, "None due" and `none` where nothing was due and nothing made."""
    found = wording.find(summary, measure, figure)
    if found is None:
        return Tile(figure=tr("No data"), what=what, share=tr(wording.NOT_APPLICABLE).capitalize())
    nothing = not found.withheld and found.denominator == 0 and not found.numerator
    told = wording.fraction(found).capitalize()
    return Tile(figure=told, what=none if nothing else what, share=wording.percent(found).capitalize())


def _of_year(summary: Summary) -> str:
    """Return what is counted of a financial year: before its end by "so far", as more may yet be made."""
    last = summary.period.last
    if last == financial_year(last).last and summary.over:
        return tr("off-site training visits this financial year")
    return tr("off-site training visits this financial year so far")
