"""The public account: the account of a period as a public document may tell it (`domain.md` B3, E5-E8).

Pure. Numbers of a few people go by `withholding`; of texts only what the office wrote for the public is told, and
answers of the police with what points to a person masked. docs/disclosure.md says what that keeps secret.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Final

from forms.translation import tr
from icv_app import __version__, figure_name, issue_wording
from icv_app.account import Account, Compared, Withheld
from icv_app.figure import Figure
from icv_app.issue_state import PRAISE
from icv_app.public import account_language, public_changes, withholding
from icv_app.public.public_changes import PRIVATE_THEMES
from icv_app.public.public_words import masked, unnamed
from icv_app.public.withholding import EVERYTHING, IMMIGRATION_RECORDS, IS91, REVIEWS, SENSITIVE, WOMEN, Column, Verdict
from icv_app.quality_criterion import Judged
from icv_app.summary import Finding, NotMade, ReviewSession, Summary
from icv_app.wording import day_words

_REASON: Final = re.compile(r"\(.*\)", re.DOTALL)
"""What a note has in brackets, from the first to the last: a reason may have any within it."""


def public(account: Account, smallest: int | None = None, handed_out: Iterable[Compared] = ()) -> Account:
    """Return the account as a public document may tell it; one that is public already as it is.

    `smallest`: the smallest count of people that is said, the scheme's own unless given. `handed_out`: what was
    published before, of the same period, of its quarters or of those beside it, so that no difference tells of a few.
    """
    if account.public:
        return account
    with account_language.speaking(account):  # its notes and changes are in that one, and are told by their words
        return _public(account, smallest, tuple(handed_out))


def _public(account: Account, smallest: int | None, handed_out: tuple[Compared, ...]) -> Account:
    least = account.small_number if smallest is None else smallest
    this, told = column(account), [_beside(each) for each in handed_out]
    found = withholding.verdict(this, least, told)
    summary = account.summary
    kept, gone = _split(summary.figures, found, least, span=not withholding.quarters_of(this))
    if found[IMMIGRATION_RECORDS].cells:
        gone += [_day(session, least) for session in summary.sessions if session.of_which_immigration is not None]
    return replace(
        account,
        summary=replace(_told(replace(summary, figures=tuple(kept)), found), notes=_notes(account)),
        marking=account.public_marking or account.marking,
        before=_compared(account.before, least, told, account),
        year_before=_compared(account.year_before, least, told, account),
        to_date=_compared(account.to_date, least, told, None),
        series=tuple(
            replace(each, points=tuple(replace(point, visit="") for point in each.points)) for each in account.series
        ),
        changes=tuple(public_changes.words(account.changed, least)),  # sentences kept are not: who knows what they tell
        changed=(),
        targets=tuple(replace(each, reason=masked(each.reason)) for each in account.targets),
        parts=(),
        turned_away=(),
        long_waits=(),
        quality=tuple(_judged(each) for each in account.quality),
        public=True,
        untold=sum(not _is_told(each) for each in summary.findings),
        withheld=tuple(gone),
    )


def is_restricted(account: Account) -> bool:
    """Return whether a document of it tells of people: small counts, or words as visitors wrote them (`domain.md` E5).

    Such a document carries the marking of single reports.
    """
    if account.public:
        return False
    raw = any(each.text or each.action or each.response for each in account.summary.findings)
    found = withholding.verdict(column(account), account.small_number)
    return raw or any(withholding.is_withheld(each, found) for each in account.summary.figures)


def not_told() -> str:
    """Return what stands in a public document for a serious finding without words for the public."""
    return tr("This is counted above. No more is published about it.")


# Numbers -------------------------------------------------------------------------------------------------------------


def column(account: Account) -> Column:
    """Return the period itself with its quarters."""
    summary = account.summary
    return Column(
        period=summary.period, figures=summary.figures, sessions=summary.sessions,
        parts=[_beside(part) for part in account.parts],
        over=account.over,
    )  # fmt: skip


def _beside(compared: Compared) -> Column:
    return Column(period=compared.period, figures=compared.figures, sessions=compared.sessions)


def _compared(
    compared: Compared | None, smallest: int, told: Sequence[Column], beside: Account | None
) -> Compared | None:
    """Return what stands beside the period for comparison, by the same rule as if it were a document of its own.

    Nothing by site: it is never printed, so that there is nothing to be worked out from it. `beside`: the account that
    it is compared with, None of the scheme to date, of which no kind is told.
    """
    if compared is None:
        return None
    verdict = EVERYTHING
    if beside is not None:
        until = beside.summary.as_of
        over = beside.over or until is None or compared.period.last < until
        verdict = withholding.verdict(replace(_beside(compared), over=over), smallest, told)
    found = {name: replace(hidden, cells=True) for name, hidden in verdict.items()}
    return replace(compared, figures=tuple(_split(compared.figures, found, smallest)[0]), sessions=())


def _split(
    figures: Iterable[Figure], found: Verdict, smallest: int, *, span: bool = False
) -> tuple[list[Figure], list[Withheld]]:
    """Return the figures as they are told, and those that were withheld, without their numbers.

    `span`: all of them are withheld as the period is no whole quarters that are over.

    Notes that could tell of what is withheld go, too (docs/disclosure.md).
    """
    kept: list[Figure] = []
    gone: list[Withheld] = []
    for figure in figures:
        if withholding.is_withheld(figure, found):
            kept.append(withholding.without(figure))
            why = "small" if withholding.is_small(figure, smallest) else "beside"
            gone.append(Withheld(figure=kept[-1], why="span" if span else why))
        else:
            kept.append(replace(figure, note="") if withholding.is_silent(figure, found) else figure)
    return kept, gone


def _day(session: ReviewSession, smallest: int) -> Withheld:
    figure = Figure(measure=REVIEWS, figure=IMMIGRATION_RECORDS, value=session.of_which_immigration, unit="session")
    note = day_words(session.date)
    why = "small" if withholding.is_small(figure, smallest) else "beside"
    return Withheld(figure=replace(withholding.without(figure), note=note), why=why)


# Words ---------------------------------------------------------------------------------------------------------------


def _told(summary: Summary, found: Verdict) -> Summary:
    days = found[IMMIGRATION_RECORDS].cells
    return replace(
        summary,
        findings=tuple(_finding(each) for each in summary.findings if _is_told(each)),
        oldest_open=(),
        not_made=tuple(_slot(each) for each in summary.not_made),
        sessions=tuple(
            replace(
                each,
                session="",
                of_which_immigration=None if days else each.of_which_immigration,
                recommended_to=masked(each.recommended_to),
            )
            for each in summary.sessions
        ),
    )


def _is_told(finding: Finding) -> bool:
    """Return whether a finding is listed: there are words for the public, or it is serious, so not passed over."""
    return bool(finding.public_summary) or finding.severity == "serious"


def _finding(finding: Finding) -> Finding:
    """Return a finding without its day, its reference and the words of its report.

    Without words for the public nobody looked at what it may tell: then its place and the answer are left out, too.
    """
    approved = bool(finding.public_summary)
    answer = masked(finding.response) if approved else tr("An answer was received. It is not published.")
    return replace(
        finding,
        issue="", visit="", date=None, action="",
        kind=_code(finding.kind, (*issue_wording.KINDS, *PRAISE)), theme=_code(finding.theme, issue_wording.THEMES),
        severity=_code(finding.severity, issue_wording.SEVERITIES),
        status=_code(finding.status, issue_wording.STATUSES), stood=_code(finding.stood, issue_wording.STATUSES),
        sent_on=None, escalated_on=None, responded_on=None, closed_on=None, reopened_on=None,
        put_right=finding.put_right if approved else None,
        site=finding.site if approved and finding.theme not in PRIVATE_THEMES else "",
        text=finding.public_summary or not_told(),
        response=answer if finding.response else "",
    )  # fmt: skip


def _code(code: str, known: Iterable[str]) -> str:
    """Return a code that has words of the program's own, "" for any other: an old log may have typed anything there."""
    return code if code in known else ""


def _judged(judged: Judged) -> Judged:
    evidence = tuple(replace(each, key="", by="", what=masked(each.what), source=masked(each.source))
                     for each in judged.evidence)  # fmt: skip
    return replace(judged, evidence=evidence)


def _slot(slot: NotMade) -> NotMade:
    return replace(slot, slot="", reason=masked(slot.reason))


def _notes(account: Account) -> tuple[str, ...]:
    """Return the notes as they are told; in place of another version's, which names figures otherwise, that it is."""
    notes = account.summary.notes
    if account.program_version == __version__ or not notes:
        return _silent(notes)
    return (
        tr(
            "The notes that stood with these figures are left out: version {version} of the program wrote them.",
            version=account.program_version or "?",
        ),
    )


def _silent(notes: Iterable[str]) -> tuple[str, ...]:
    """Return notes without references of people, and none that speaks of a kind of which small numbers are withheld.

    What stands in brackets is masked: there are the reasons of calendars and targets, as somebody wrote them.
    """
    told = [figure_name.title(Figure(measure="custody_visit", figure=name)) for name in (*SENSITIVE, WOMEN)]
    told += [
        figure_name.title(Figure(measure=REVIEWS, figure=name))
        for name in (IMMIGRATION_RECORDS, IS91, *withholding.HELD)
    ]
    return tuple(
        unnamed(_REASON.sub(lambda found: masked(found[0]), note))
        for note in notes
        if not any(title in note for title in told)
    )
