"""Control charts in a document: what the series of an account tell, with a picture for each suite and plain words."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from forms.translation import plural, tr
from icv_app.account import Account
from icv_app.summary import SiteName
from icv_app.xmr import Chart, What, chart
from reports.document import Blocks, Picture, heading, note, paragraph, table, together
from reports.summary import chart_words
from reports.summary.chart_picture import picture

MOST = 8
"""Suites that have a picture each; of more, those with a signal in the period have one, and a table tells all."""


def blocks(account: Account) -> Blocks:
    """Return what an account's series tell, for the section "Change or chance" after access and days between visits.

    It opens with a heading of level 2 and a note how to read the charts; each suite with a point in the period has a
    heading of level 3, one picture and a paragraph for each of its charts. [] where there is nothing to draw.
    """
    period = account.period
    of_site: dict[str, list[Chart]] = {}
    for series in account.series:
        if series.points and series.points[-1].day >= period.first:
            of_site.setdefault(series.site, []).append(chart(series))
    if not of_site:
        return []
    names = _names(account.summary.sites, of_site)
    drawn = list(of_site)
    parts: Blocks = []
    if len(of_site) > MOST:
        telling = [site for site in of_site if any(_tells(each, period.first) for each in of_site[site])]
        drawn = telling[:MOST]
        parts = [*_overview(of_site, names, period.first), note(_left_out(len(of_site), len(telling)))]
    for site in drawn:
        shown = Picture(
            scene=picture(of_site[site], names[site], since=period.first),
            title=tr("Control charts, {name}", name=names[site]),
        )
        first, *others = (
            paragraph(chart_words.sentence(each, period.first), f"{tr(chart_words.TITLES[each.series.what])}.")
            for each in of_site[site]
        )
        parts += [together(heading(names[site], 3), shown, first), *others]
    return [heading(tr("Change or chance")), note(_how_to_read()), *parts]


def _how_to_read() -> str:
    return tr(
        "How to read the charts: each point is a visit, with its wait or the days since the visit before; the shaded "
        "part is this period. Numbers always differ a little; the dashed limits show how far chance alone is likely "
        "to carry them. A triangle marks a signal, that is more than chance: pointing up where the number is higher "
        "(more days, longer waits), down where it is lower (fewer days, shorter waits). A signal says that something "
        "differs, never why. The rules are those of NHS England's Making Data Count: a point beyond a limit; seven in "
        "a row rising or falling; two of three near a limit; seven in a row on one side of the mean. The limits are "
        "made of all the points shown, which are the latest 30 at most."
    )


def _names(sites: Sequence[SiteName], codes: Iterable[str]) -> dict[str, str]:
    known = {site.site: site.name for site in sites}
    return {code: known.get(code) or code for code in codes}


def _tells(given: Chart, since: date) -> bool:
    points = given.series.points
    return any(points[signal.places[-1]].day >= since for signal in given.signals)


def _overview(of_site: Mapping[str, Sequence[Chart]], names: Mapping[str, str], since: date) -> Blocks:
    """Return one table for all suites: the mean, the upper limit and whether there is a signal, of each chart."""

    def cells(site: str, what: What) -> tuple[str, ...]:
        for each in of_site[site]:
            if each.series.what == what and each.limits is not None:
                told = tr("signal") if _tells(each, since) else tr("no signal")
                values = [point.value for point in each.series.points]
                return chart_words.rounded(each.limits.mean), chart_words.limit(each.limits.upper, values), told
            if each.series.what == what:
                return "–", "–", tr("too few")
        return "–", "–", "–"

    head = (
        tr("Custody suite"),
        tr("Days between visits: mean"), tr("Upper limit of days"), tr("Days: signal"),
        tr("Minutes until let in: mean"), tr("Upper limit of minutes"), tr("Minutes: signal"),
    )  # fmt: skip
    rows = [(names[site], *cells(site, "days_between"), *cells(site, "access_delay")) for site in of_site]
    title = tr("Control charts by custody suite")
    return [table(title, head, rows, (28, 13, 11, 12, 13, 11, 12), numbers=(1, 2, 4, 5))]


def _left_out(suites: int, telling: int) -> str:
    if not telling:
        return tr("No suite has a signal in this period, so no chart is drawn.")
    if telling > MOST:
        return tr(
            "Of {suites} suites, {telling} have a signal in this period; the charts of the first {shown} are here.",
            suites=suites, telling=telling, shown=MOST,
        )  # fmt: skip
    return plural(
        "Of {suites} suites, {count} has a signal in this period; its charts are here.",
        "Of {suites} suites, {count} have a signal in this period; their charts are here.",
        telling, suites=suites,
    )  # fmt: skip
