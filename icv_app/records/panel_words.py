"""A scrutiny panel in words: its totals, its single records, and how many of its recommendations were answered."""

from forms.translation import plural, tr
from icv_app import issue_wording
from icv_app.records.panel import KINDS, Panel


def kind_words(code: str) -> str:
    """Return a kind of session in words; one from an old log without its underscores."""
    return issue_wording.words(KINDS, code) or tr("Session")


def totals_words(panel: Panel) -> str:
    """Return "35 records reviewed, 15 of immigration detainees; 7 recommendations", of what was recorded."""
    if panel.records is None:
        said = tr("The number of records was not recorded")
    else:
        said = plural("{count:,} record reviewed", "{count:,} records reviewed", panel.records)
        if panel.immigration is not None:
            said = tr("{records}, {number:,} of immigration detainees", records=said, number=panel.immigration)
    if panel.recommendations is None:
        return said
    made = plural("{count:,} recommendation", "{count:,} recommendations", panel.recommendations)
    return f"{said}; {made}"


def recommended_words(panel: Panel) -> str:
    """Return how many recommendations are entered one by one beside the session's total, and how many were answered."""
    entered, total = len(panel.made), panel.recommendations
    if not entered:
        if not total:
            return tr("No recommendation is entered here.")
        return plural(
            "The {count} recommendation that the session states is not entered here yet.",
            "None of the {count} recommendations that the session states is entered here yet.",
            total,
        )
    answered = tr("{answered} of {entered} answered", answered=panel.answered, entered=entered)
    if total is None or total == entered:
        return tr("{answered}.", answered=answered)
    if entered < total:
        return tr(
            "{entered} of the {total} recommendations that the session states are entered here; {answered}.",
            entered=entered, total=total, answered=answered,
        )  # fmt: skip
    return tr(
        "{entered} recommendations are entered here, but the session states {total}: if that is wrong, correct the "
        "session. {answered}.",
        entered=entered, total=total, answered=answered,
    )  # fmt: skip


def cases_words(panel: Panel) -> str:
    """Return how many case forms name the session, and whether that can be."""
    if not panel.cases:
        return tr("No form of a single record names this session.")
    said = plural(
        "{count} form of a single record names this session. It is its detail and is not counted again.",
        "{count} forms of single records name this session. They are its detail and are not counted again.",
        len(panel.cases),
    )
    if panel.records is not None and len(panel.cases) > panel.records:
        more = tr("That is more than the session states to have reviewed: one of the two is wrong.")
        return f"{said} {more}"
    return said
