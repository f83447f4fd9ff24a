"""The account of the bundled example, made of its records, for the tests of papers."""

import csv
from dataclasses import replace
from datetime import date
from functools import cache

import resources
from icv_app import opening
from icv_app.account import Account
from icv_app.counting import rulebook
from icv_app.figure import Figure
from icv_app.periods import parse_period
from icv_app.records import visit_list
from icv_app.summary import Finding
from reports.document import Bullets, Heading, Paragraph, Table
from reports.papers import panel_paper
from tests.icv_app.small_scheme import small_scheme

FINDING = Finding(
    issue="I1", visit="V1", site="euston-street", date=date(2025, 7, 9), kind="detainee_request", theme="other",
    severity="minor", text="Detainee asked for a blanket.", action="", response="", status="open",
    shared_with_staff_on=None,
)  # fmt: skip
KEYS = {
    "sites": ("site", ("site",)), "site_status": ("site_status", ("site", "from")),
    "targets": ("target", ("measure", "site", "from")), "visitors": ("visitor", ("visitor", "from")),
    "slots": ("slot", ("slot",)), "visits": ("visit", ("visit",)), "record_reviews": ("record_review", ("session",)),
    "issues": ("issue", ("issue",)),
}  # fmt: skip


def account_of(scheme, period, **about):
    """The account of a period of a small scheme."""
    span = parse_period(period)
    rules = rulebook.read(scheme.connection)
    return Account(
        summary=scheme.summary(span), scheme="Example Office of the Police and Crime Commissioner",
        program_version="0.1.0", openings=opening.of(rules.calendar, rules.sites, span),
        records_to=visit_list.latest(scheme.connection, span.last, reviews=True),
        targets=rules.targets.touching(span.first, span.last), **about,
    )  # fmt: skip


@cache
def example(period="2025-26-Q2"):
    """The account of the example scheme, of its quarter unless said otherwise."""
    with small_scheme() as scheme:
        for name, (kind, parts) in KEYS.items():
            with (resources.path("example") / f"{name}.csv").open(encoding="utf-8", newline="") as file:
                for row in csv.DictReader(file):
                    body = {field: int(value) if value.isdigit() else value for field, value in row.items() if value}
                    if kind in ("visit", "record_review"):
                        body["state"] = "accepted"
                    scheme.put(kind, "|".join(row[part] for part in parts), body)
        return account_of(scheme, period)


def put(account, measure, figure, site=None, **values):
    """The account with one figure replaced (or added)."""
    made = Figure(measure=measure, figure=figure, site=site, **values)
    others = tuple(
        each for each in account.summary.figures if (each.measure, each.figure, each.site) != (measure, figure, site)
    )
    return replace(account, summary=replace(account.summary, figures=(*others, made)))


def told(document):
    """The words of a document, block by block."""
    lines = []
    for block in document.flat():
        match block:
            case Heading():
                lines.append(f"{'#' * block.level} {block.text}")
            case Paragraph():
                lines.append(" ".join(part for part in (block.number, block.label, block.text) if part))
            case Bullets():
                lines += [f"- {item}" for item in block.items]
            case Table():
                lines += [" | ".join(row) for row in (block.head, *block.rows)]
    return lines


def paper(account, rows=None):
    """The words of the panel paper, block by block."""
    return told(panel_paper.of(account, rows))


def whole(account):
    """The words of the panel paper as one text."""
    return "\n".join(paper(account))
