"""The evidence pack for ICVA's Quality Assurance Framework: every criterion with its dated evidence, gaps first."""

from itertools import groupby
from typing import Final

from forms.translation import later, plural, tr
from icv_app.account import Account
from icv_app.figure import Figure
from icv_app.figure_name import result, title
from icv_app.public import disclosure
from icv_app.quality_criterion import Criterion, Evidence, Judged, level_words
from icv_app.wording import day_words, span_words
from reports import document, wording
from reports.document import Blocks, Bullets, Document, heading, kept, note, paragraph, table

HOUR: Final = 60  # minutes
_DATED: Final = later(
    "The scheme is judged by {count:,} criteria. Up to {day} there is dated evidence of {dated:,} of them. There "
    "are figures alone, which may speak for or against, of {counted:,}, and nothing of {none:,}."
)
_UNDATED: Final = later(
    "The scheme is judged by {count:,} criteria. Up to {day} there is dated evidence of none of them. There are "
    "figures alone, which may speak for or against, of {counted:,}, and nothing of {none:,}."
)


def of(account: Account) -> Document:
    """Return the evidence pack as it stands at the end of a period. The same account gives the same document."""
    period = account.period
    return Document(
        title=tr(
            "Evidence for the Quality Assurance Framework, {period}", period=span_words(period.first, period.last)
        ),
        heading=tr("Independent custody visiting"),
        scheme=account.scheme,
        marking=disclosure.marking(account, "quality"),
        stem=tr("Quality evidence {period}", period=period.name),
        blocks=tuple(_story(account)),
        language=account.language,
        program_version=account.program_version,
        records_to=account.records_to,
    )


def _story(account: Account) -> Blocks:
    judged = account.quality
    if not judged:
        return [paragraph(tr("No criterion was in use at the end of the period."))]
    return [
        *_opening(account),
        *_gaps(account),
        *[block for area, found in groupby(
              (each for each in judged if _is_shown(each, account)), key=lambda each: each.criterion.area)
          for block in _area(account, area, list(found))],
    ]  # fmt: skip


def _opening(account: Account) -> Blocks:
    judged = account.quality
    dated = sum(bool(each.evidence) for each in judged)
    counted = sum(not each.evidence and _is_shown(each, account) for each in judged)
    told = tr(
        _DATED if dated else _UNDATED, count=len(judged), day=day_words(account.period.last), dated=dated,
        counted=counted, none=len(judged) - dated - counted,
    )  # fmt: skip
    parts: Blocks = [paragraph(told)]
    if start := sum(not each.criterion.confirmed for each in judged):
        parts.append(
            note(
                plural(
                    "ICVA awards Code Compliant, Silver, Gold and Platinum. The words of {count} criterion are this "
                    "program’s starting set, which the office has not confirmed; ICVA’s own list stands.",
                    "ICVA awards Code Compliant, Silver, Gold and Platinum. The words of {count} criteria are this "
                    "program’s starting set, which the office has not confirmed; ICVA’s own list stands.",
                    start,
                )
            )
        )
    return parts


def _gaps(account: Account) -> Blocks:
    """Return the criteria of which nothing is known: they stand here alone, each with its level."""
    without = [_gap(account, each.criterion) for each in account.quality if not _is_shown(each, account)]
    if not without:
        return []
    return [heading(tr("Criteria without evidence")), Bullets(items=tuple(without))]


def _gap(account: Account, criterion: Criterion) -> str:
    about = _about(account, criterion)
    return tr("{criterion} ({about})", criterion=criterion.words.rstrip("."), about=about) if about else criterion.words


def _about(account: Account, criterion: Criterion) -> str:
    """Return its level, and that its words are to be confirmed where not all are: else the opening says so once."""
    about = [level_words(criterion.level)] if criterion.level else []
    some = any(each.criterion.confirmed for each in account.quality)
    about += [tr("starting set, to be confirmed")] if some and not criterion.confirmed else []
    return tr(", ").join(about)


def _area(account: Account, area: str, found: list[Judged]) -> Blocks:
    parts: Blocks = [heading(area)]
    for each in found:
        parts += _criterion(account, each)
    return parts


def _criterion(account: Account, judged: Judged) -> Blocks:
    criterion = judged.criterion
    parts: Blocks = [heading(criterion.words, 3)]
    if about := _about(account, criterion):
        parts.append(document.Paragraph(text=_capital(about), role="meta"))
    if judged.evidence:
        head = [tr("Date"), tr("What shows it"), tr("Where to find it")]
        rows = [_row(each) for each in judged.evidence]
        parts.append(table(tr("Evidence: {criterion}", criterion=criterion.words), head, rows, (18, 54, 28)))
    figures = _figures(account, judged)
    if any(_says(each) for each in figures):
        parts.append(paragraph(tr("From the figures of {period}:", period=_period(account))))
        parts.append(Bullets(items=tuple(_told(each) for each in figures)))
    return kept(*parts)


def _capital(words: str) -> str:
    return words[:1].upper() + words[1:]


def _row(evidence: Evidence) -> list[str]:
    return [day_words(evidence.date), evidence.what, evidence.source or "–"]


def _period(account: Account) -> str:
    return span_words(account.period.first, account.period.last)


def _figures(account: Account, judged: Judged) -> list[Figure]:
    """Return the figures that are evidence of a criterion, of all sites: also those of which nothing was due."""
    found = [wording.find(account.summary, measure, figure) for measure, figure in judged.criterion.figures]
    return [each for each in found if each is not None and (_says(each) or each.denominator == 0)]


def _says(figure: Figure) -> bool:
    return figure.withheld or figure.value is not None or bool(figure.denominator)


def _told(figure: Figure) -> str:
    told = result(figure)
    if figure.figure.endswith("_minutes") and (figure.value or 0) >= HOUR:
        told = tr("{minutes} ({hours})", minutes=told, hours=wording.hours(figure.value or 0))
    return tr("{figure}: {result}", figure=title(figure), result=told)


def _is_shown(judged: Judged, account: Account) -> bool:
    return bool(judged.evidence) or any(_says(each) for each in _figures(account, judged))
