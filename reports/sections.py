"""The sections of the compliance summary, in their order; one without anything to show says so or is left out."""

from forms.translation import tr
from icv_app.account import Account
from icv_app.figure import Figure
from icv_app.summary import NotMade, SiteName, Summary
from icv_app.wording import day_words
from reports import sentences, wording
from reports.counted import rules
from reports.coverage import blocks
from reports.document import WIDTH, Blocks, Picture, Terms, Tile, Tiles, heading, note, paragraph, table, together
from reports.findings import findings
from reports.heatmap import heatmap
from reports.regularity import kennel_gaps, regularity

CUSTODY, KENNEL, TRAINING = "custody_visit", "kennel_visit", "training_observation"


def story(account: Account, origin: str) -> Blocks:
    """Return the whole document as blocks."""
    summary = account.summary
    return [
        Tiles(tiles=tuple(_tiles(summary))),
        *_summary(summary),
        *_by_suite(summary),
        *_coverage(summary, CUSTODY, tr("Week by week")),
        *_not_made(summary, CUSTODY, tr("Scheduled visits not made")),
        *regularity(summary, _sites(summary, CUSTODY)),
        *_detainees(summary),
        *_kennels(summary),
        *_training(summary),
        *_records(summary),
        *findings(summary),
        *_volunteers(summary),
        *_counted(summary),
        note(origin),
    ]


def _tiles(summary: Summary) -> list[Tile]:
    def tile(measure: str, figure: str, what: str) -> Tile:
        found = wording.find(summary, measure, figure)
        if found is None:
            return Tile(figure=tr("No data"), what=what, share=tr(wording.NOT_APPLICABLE).capitalize())
        return Tile(figure=wording.fraction(found).capitalize(), what=what, share=wording.percent(found).capitalize())

    coverage = wording.find(summary, CUSTODY, "target_coverage")
    months = wording.find(summary, KENNEL, "target_coverage")
    several = any(cell.measure == CUSTODY and cell.needed > 1 for cell in summary.coverage)
    weeks = tr(wording.units(coverage, "suite-weeks"))
    kennels = tr(wording.units(months, "months").removeprefix("kennel-"))
    return [
        tile(CUSTODY, "scheduled_completed", tr("scheduled visits made")),
        tile(
            CUSTODY,
            "target_coverage",
            tr("{weeks} met the target", weeks=weeks)
            if several
            else tr("{weeks} had a visit (the target)", weeks=weeks),
        ),
        tile(KENNEL, "target_coverage", tr("{months} had a kennel visit", months=kennels)),
        tile(TRAINING, "target_coverage", tr("off-site training visits this financial year")),
    ]


def _summary(summary: Summary) -> Blocks:
    said = [
        (tr("Custody visits."), sentences.custody(summary)),
        (tr("Dog unit kennels."), sentences.kennels(summary)),
        (tr("Off-site training."), sentences.training(summary)),
        (tr("Custody records."), sentences.records(summary)),
        (tr("Volunteers."), sentences.volunteers(summary)),
    ]
    parts: Blocks = [paragraph(text, label) for label, text in said if text]
    return [heading(tr("Summary")), *(parts or [paragraph(tr("There is nothing recorded for this period."))])]


def _sites(summary: Summary, measure: str) -> list[SiteName]:
    """Return the sites that have figures of the measure, in the summary's order, then those without a name."""
    present = dict.fromkeys(found.site for found in summary.figures if found.measure == measure and found.site)
    named = [site for site in summary.sites if site.site in present]
    known = {site.site for site in named}
    return named + [SiteName(site=code, name=code, kind="") for code in present if code and code not in known]


def _top(found: Figure | None) -> str:
    return _dash(found.numerator if found else None)


def _bottom(found: Figure | None) -> str:
    return _dash(found.denominator if found else None)


def _value(found: Figure | None) -> str:
    return _dash(found.value if found else None)


def _share(found: Figure | None) -> str:
    return tr("n/a") if found is None or found.percent is None else f"{found.percent}%"


def _dash(number: int | None) -> str:
    return "–" if number is None else f"{number:,}"


def _by_suite(summary: Summary) -> Blocks:
    sites = _sites(summary, CUSTODY)
    if not sites:
        return [heading(tr("Visits by custody suite")), paragraph(tr("No custody suite is on record for this period."))]

    def row(name: str, code: str | None) -> list[str]:
        scheduled = wording.find(summary, CUSTODY, "scheduled_completed", code)
        coverage = wording.find(summary, CUSTODY, "target_coverage", code)
        admitted = wording.find(summary, CUSTODY, "admitted_immediately", code)
        return [
            name,
            _bottom(scheduled),
            _top(scheduled),
            _value(wording.find(summary, CUSTODY, "visits_completed", code)),
            _bottom(coverage),
            _top(coverage),
            _value(wording.find(summary, CUSTODY, "missed_periods", code)),
            _share(coverage),
            wording.fraction(admitted) if admitted and admitted.denominator else "–",
        ]

    unit = _unit(summary, CUSTODY, "suite-weeks")
    head = [
        tr("Custody suite"),
        tr("Visits scheduled"),
        tr("Of those made"),
        tr("All visits made"),
        tr("{weeks} due", weeks=unit),
        tr("{weeks} covered", weeks=unit),
        tr("{weeks} missed", weeks=unit) if wording.over(summary) else tr("{weeks} not yet covered", weeks=unit),
        tr("Share covered"),
        tr("Let in without delay"),
    ]
    rows = [*(row(site.name, site.site) for site in sites), row(tr("All suites"), None)]
    return [
        heading(tr("Visits by custody suite")),
        note(
            tr(
                "Visits scheduled are those on the rota. {weeks} due are those in which the suite was open and the "
                "target applied.",
                weeks=unit,
            )
        ),
        table(
            tr("Visits by custody suite"),
            head,
            rows,
            (21, 13.5, 10, 10, 10, 12, 11, 12, 13),
            numbers=range(1, 9),
            total=True,
        ),
    ]


def _unit(summary: Summary, measure: str, default: str) -> str:
    coverage = wording.find(summary, measure, "target_coverage")
    return tr(wording.units(coverage, default).rpartition("-")[2]).capitalize()


def _coverage(summary: Summary, measure: str, title: str) -> Blocks:
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
    head: Blocks = [heading(title)] if measure == CUSTODY else []
    if measure == CUSTODY:
        told = tr(
            "Each square is one week at one suite, headed by the Sunday on which the week ends, with the number of "
            "visits made."
        )
        if any(cell.state == "missed" for part in parts for cell in part):
            told += " " + tr("A red box with a line through it is a week that was due and missed.")
        head.append(note(told))
    return [together(*head, pictures[0]), *pictures[1:]]


def _not_made(summary: Summary, measure: str, title: str) -> Blocks:
    """Return the slots that were cancelled, missed or withdrawn. Planned ones are left out: visits are unannounced."""
    slots = [slot for slot in summary.not_made if slot.measure == measure and slot.status != "planned"]
    if not slots:
        return []
    names = {site.site: site.name for site in summary.sites}
    rows = [
        [
            names.get(slot.site, slot.site),
            _slot_date(slot),
            wording.words(slot.status),
            slot.reason or tr("No reason recorded"),
        ]
        for slot in slots
    ]
    head = [tr("Place"), tr("Date") if measure == TRAINING else tr("From"), tr("Outcome"), tr("Reason")]
    return [heading(title, 3), table(title, head, rows, (22, 17, 12, 49))]


def _slot_date(slot: NotMade) -> str:
    return day_words(slot.period_start)


def _detainees(summary: Summary) -> Blocks:
    text = sentences.detainees(summary)
    if not text:
        return []

    def row(name: str, code: str | None) -> list[str]:
        return [
            name,
            *(
                _value(wording.find(summary, CUSTODY, f"detainees_{part}", code))
                for part in ("in_custody", "offered", "seen", "declined")
            ),
        ]

    sites = _sites(summary, CUSTODY)
    rows = [*(row(site.name, site.site) for site in sites), row(tr("All suites"), None)]
    head = [tr("Custody suite"), tr("In custody"), tr("Offered a visit"), tr("Seen"), tr("Declined")]
    return [
        heading(tr("People in custody at the time of the visits")),
        paragraph(text),
        *(
            [
                table(
                    tr("People in custody at the time of the visits"),
                    head,
                    rows,
                    (36, 16, 16, 16, 16),
                    numbers=range(1, 5),
                    total=True,
                )
            ]
            if sites
            else []
        ),
    ]


def _kennels(summary: Summary) -> Blocks:
    unit = _unit(summary, KENNEL, "months")
    sites = _sites(summary, KENNEL)
    head = [
        tr("Kennels"),
        tr("Visits scheduled"),
        tr("Of those made"),
        tr("All visits made"),
        tr("{months} due", months=unit),
        tr("{months} covered", months=unit),
        tr("Share covered"),
    ]

    def row(name: str, code: str | None) -> list[str]:
        scheduled = wording.find(summary, KENNEL, "scheduled_completed", code)
        coverage = wording.find(summary, KENNEL, "target_coverage", code)
        made = wording.find(summary, KENNEL, "visits_completed", code)
        return [
            name,
            _bottom(scheduled),
            _top(scheduled),
            _value(made),
            _bottom(coverage),
            _top(coverage),
            _share(coverage),
        ]

    rows = [row(site.name, site.site) for site in sites]
    if len(sites) != 1 and wording.find(summary, KENNEL, "visits_completed"):
        rows.append(row(tr("All kennels"), None))
    body: Blocks = []
    if rows:
        body.append(
            table(
                tr("Dog unit kennels"),
                head,
                rows,
                (38, 12, 10, 11, 9, 10.5, 10.5),
                numbers=range(1, 7),
                total=len(rows) > 1,
            )
        )
    else:
        body.append(paragraph(tr("No kennel visits are on record for this period.")))
    body += [
        *_coverage(summary, KENNEL, tr("Dog unit kennels")),
        *kennel_gaps(summary, sites),
        *_not_made(summary, KENNEL, tr("Scheduled kennel visits not made")),
    ]
    return [heading(tr("Dog unit kennels")), *body]


def _training(summary: Summary) -> Blocks:
    scheduled = wording.find(summary, TRAINING, "scheduled_completed")
    made = wording.find(summary, TRAINING, "visits_completed")
    year = wording.find(summary, TRAINING, "target_coverage")
    if scheduled is None and made is None and year is None:
        return [
            heading(tr("Off-site dog training")),
            paragraph(tr("No off-site training is on record for this period.")),
        ]
    head = [
        tr("Scheduled in the period"),
        tr("Of those made"),
        tr("All made in the period"),
        tr("Agreed for the year"),
        tr("Made since 1 April"),
    ]
    row = [_bottom(scheduled), _top(scheduled), _value(made), _bottom(year), _top(year)]
    return [
        heading(tr("Off-site dog training")),
        table(tr("Off-site dog training"), head, [row], (20, 20, 20, 20, 20), numbers=range(5)),
        *_not_made(summary, TRAINING, tr("Scheduled observations not made")),
    ]


def _records(summary: Summary) -> Blocks:
    text = sentences.records(summary)
    if not summary.sessions:
        return [heading(tr("Custody-record reviews")), paragraph(text)] if text else []
    rows = [
        [
            day_words(session.date),
            wording.words(session.kind),
            f"{session.records:,}",
            f"{session.of_which_immigration:,}",
            f"{session.recommendations:,}",
            session.recommended_to or "–",
        ]
        for session in summary.sessions
    ]
    head = [
        tr("Date"),
        tr("Reviewed by"),
        tr("Records"),
        tr("Immigration detainees"),
        tr("Recommendations"),
        tr("Made to"),
    ]
    return [
        heading(tr("Custody-record reviews")),
        *([paragraph(text)] if len(rows) > 1 and text else []),
        table(tr("Custody-record reviews"), head, rows, (17, 22, 9.5, 13.5, 18.5, 19.5), numbers=(2, 3, 4)),
    ]


def _volunteers(summary: Summary) -> Blocks:
    people = wording.find(summary, "volunteers", "volunteers")
    visiting = wording.find(summary, "volunteers", "currently_visiting")
    rows = []
    if people:
        rows.append([tr("Volunteers on {day}", day=day_words(summary.period.last)), wording.number(people)])
    if visiting:
        rows.append([tr("Of whom currently visiting"), wording.number(visiting)])
    rows += [
        [tr("{visits}: time given, travel included", visits=title), wording.hours(found.value)]
        for title, measure in (
            (tr("Custody visits"), CUSTODY),
            (tr("Kennel visits"), KENNEL),
            (tr("Off-site training"), TRAINING),
        )
        if (found := wording.find(summary, measure, "volunteer_minutes")) and found.value is not None
    ]
    rows += [
        [tr("{given}: time given, travel included", given=title), wording.hours(found.value)]
        for title, name in (
            (tr("Training"), "training_minutes"),
            (tr("Meetings"), "meeting_minutes"),
            (tr("Panels"), "panel_minutes"),
            (tr("Other duties"), "other_minutes"),
        )
        if (found := wording.find(summary, "volunteers", name)) and found.value  # what nobody entered says nothing
    ]
    if not rows:
        return []
    return [
        heading(tr("Volunteers")),
        table(tr("Volunteers"), [tr("Volunteers and their time"), tr("Number or time")], rows, (64, 36), numbers=(1,)),
    ]


def _counted(summary: Summary) -> Blocks:
    notes = summary.notes
    return [
        heading(tr("How these figures are counted")),
        Terms(pairs=tuple(rules(summary))),
        *([heading(tr("Notes"), 3)] if notes else []),
        *(note(text) for text in notes),
    ]
