"""The rulebook: a scheme's sites, calendar and targets as its records now say, read once for a whole summary."""

from dataclasses import dataclass
from datetime import date

from icv_app.calendar import Calendar, SiteStatus, weekdays
from icv_app.counting import beginning
from icv_app.encryption.cipher import Connection
from icv_app.interchange_folder.interchange import SITE_KIND_OF
from icv_app.summary import SiteName
from icv_app.targets import Target, Targets

SITE_KIND = {measure: SITE_KIND_OF[measure] for measure in ("custody_visit", "kennel_visit", "training_observation")}
"""The three measures that are visits, in the order of `interfaces.md` §3, with the kind of site that each is made to.

A visit's form has the name of its measure.
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Rulebook:
    """Sites (by code), the days they were open, and what was called for.

    `records_from`: the day of the first record that counts; of what was due before it nothing is known. None: not told.
    """

    sites: tuple[SiteName, ...]
    calendar: Calendar
    targets: Targets
    records_from: date | None = None

    def sites_of(self, measure: str) -> tuple[SiteName, ...]:
        """Return the sites of the kind that `measure` is made to."""
        return tuple(site for site in self.sites if site.kind == SITE_KIND[measure])


def read(connection: Connection) -> Rulebook:
    """Return the rulebook that the fact tables hold."""
    sites = connection.execute("SELECT site, name, coalesce(kind, '') FROM fact_site ORDER BY site")
    statuses = connection.execute("SELECT site, starts, ends, status, days, reason FROM fact_site_status")
    targets = connection.execute("SELECT measure, site, number, per, starts, ends, reason FROM fact_target")
    return Rulebook(
        sites=tuple(SiteName(site=site, name=name, kind=kind) for site, name, kind in sites),
        calendar=Calendar(
            SiteStatus(
                site=site,
                first=date.fromisoformat(starts),
                last=_last(ends),
                status=status or "",
                days=weekdays(days or ""),
                reason=reason or "",
            )
            for site, starts, ends, status, days, reason in statuses
        ),
        targets=Targets(
            Target(
                measure=measure,
                site=site,
                number=number,
                per=per,
                first=date.fromisoformat(starts),
                last=_last(ends),
                reason=reason or "",
            )
            for measure, site, number, per, starts, ends, reason in targets
        ),
        records_from=beginning.earliest(connection),
    )


def _last(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None
