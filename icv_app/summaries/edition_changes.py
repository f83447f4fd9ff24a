"""What a new edition of a published period changes, in words: its figures before and after, and the records behind.

Records are told by their reference, site and day, and never by who (`record_words`).
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Final

from forms.translation import tr
from icv_app.account import Account, Changed, Compared
from icv_app.counting import basis, restatement
from icv_app.counting.basis import Basis, Counted
from icv_app.figure import Figure
from icv_app.summaries import commentary, edition, likeness, paper_template
from icv_app.summaries.edition import Edition
from icv_app.summary import Finding
from icv_app.wording import listed


def since(standing: Sequence[Edition], account: Account, made_from: Basis) -> tuple[str, ...]:
    """Return what an account that is about to be published changes of the editions whose place it takes.

    () of a first edition. Where it takes the place of several, which were published beside each other, what it changes
    of each.
    """
    if len(standing) < 2:
        return tuple(line for each in standing for line in read(each, account, made_from))
    found = []
    for each in standing:
        found.append(tr("{edition}: this is what became of it.", edition=edition.words(each)))
        found += read(each, account, made_from) or (tr("Nothing in it has changed."),)
    return tuple(found)


def values(standing: Sequence[Edition], account: Account, made_from: Basis) -> Iterator[Changed]:
    """Yield what changes as values, of the edition whose place is taken; nothing where there are none or several."""
    if len(standing) != 1:
        return
    (before,) = standing
    names = {**before.published.names, **{site.site: site.name for site in account.summary.sites}}
    pairs = [(account.period, before.published.figures, account.summary.figures)]
    was = before.account
    if was is not None:
        pairs += [
            (other.period, one.figures, other.figures)
            for one, other in ((was.before, account.before), (was.year_before, account.year_before))
            if one is not None and other is not None
        ]
    for period, one_list, other_list in pairs:
        for each in restatement.differences(period, one_list, other_list):
            site = each.figure.site
            yield Changed(
                kind="figure", period=period, place="" if site is None else names.get(site, site),
                before=_bare(each.before), after=_bare(each.after),
            )  # fmt: skip
    if before.basis is not None:
        yield from _counts(before.basis, made_from)


def _bare(figure: Figure | None) -> Figure | None:
    return None if figure is None else replace(figure, note="")


def _counts(before: Basis, now: Basis) -> Iterator[Changed]:
    """Yield how many records came, say something else, or went; issues are told by the figures alone."""
    was = {each.id: each.heads for each in before.counted if each.kind not in _OF_NO_COUNT}
    are = {each.id: each.heads for each in now.counted if each.kind not in _OF_NO_COUNT}
    for kind, count in (
        ("counted", len(are.keys() - was.keys())),
        ("recounted", sum(was[each] != are[each] for each in are.keys() & was.keys())),
        ("uncounted", len(was.keys() - are.keys())),
    ):
        if count:
            yield Changed(kind=kind, count=count)


_OF_NO_COUNT: Final = ("issue", "scheme")
"""Kinds that the values do not count: what came of an issue would tell of one; settings have a line of their own."""


def read(before: Edition, account: Account, made_from: Basis) -> tuple[str, ...]:
    """Return what changes from an edition to an account that is about to be published; () where nothing does."""
    names = {**before.published.names, **{site.site: site.name for site in account.summary.sites}}
    figures = restatement.differences(account.period, before.published.figures, account.summary.figures)
    found = [each.words(names) for each in figures]
    was = before.account
    if was is not None:
        was, account = likeness.comparable(was, account)
        found += _compared(was, account, names)
    if before.basis is not None:
        found += _records(before.basis, made_from, names)
        found += _settings(before.basis, made_from)
    elif found:
        found.append(tr("Which records edition {number} was counted from was not kept.", number=before.label))
    if was is not None:
        explained = bool(found)
        found += _findings(was, account)
        found += _written(was, account)
        found += _judged(was, account)
        if not likeness.same(_unlisted(was, explained), _unlisted(account, explained)):
            found.append(tr("Something else that the summary says has changed."))
    return tuple(found)


def _unlisted(account: Account, explained: bool) -> Account:
    """Return what of an account no line tells of: the scheme's name, its marking, the names of its sites.

    `explained`: lines tell of other figures, records or settings; then they tell of all else that is counted, too.
    """
    kept = replace(account.summary, figures=(), findings=(), as_of=None, records_from=None)
    rest = replace(
        account, summary=kept, before=None, year_before=None, to_date=None, parts=(), commentary={}, papers={},
        quality=(), replaces=(),
    )  # fmt: skip
    if not explained:
        return rest
    bare = replace(kept, coverage=(), not_made=(), sessions=(), notes=(), oldest_open=())
    return replace(rest, summary=bare, series=(), openings=(), targets=(), turned_away=(), long_waits=())


def _compared(was: Account, account: Account, names: Mapping[str, str]) -> Iterator[str]:
    """Yield the figures that it is compared with, as far as they are other ones now."""
    for one, other in ((was.before, account.before), (was.year_before, account.year_before)):
        yield from _differing(one, other, names)
    if was.to_date != account.to_date:
        yield tr("The figures to date have changed.")


def _differing(one: Compared | None, other: Compared | None, names: Mapping[str, str]) -> Iterator[str]:
    if one is None or other is None:
        if one is not other:
            yield tr("The periods that it is compared with have changed.")
        return
    for each in restatement.differences(other.period, one.figures, other.figures):
        yield each.words(names)


def _records(before: Basis, now: Basis, names: Mapping[str, str]) -> Iterator[str]:
    was = {each.id: each for each in before.counted}
    are = {each.id: each for each in now.counted}
    for name, each in are.items():
        if name not in was:
            yield tr("Counted now, and not before: {record}.", record=basis.words(each, names))
    for name, each in are.items():
        if name in was and was[name].heads != each.heads:
            yield tr("Changed since: {record}.", record=_both(was[name], each, names))
    for name, each in was.items():
        if name not in are:
            yield tr("Counted before, and no longer: {record}.", record=basis.words(each, names))


def _both(was: Counted, now: Counted, names: Mapping[str, str]) -> str:
    """Return a record in words, and where it stood before if that was another site or day."""
    told = basis.words(now, names)
    if (was.site, was.day) == (now.site, now.day):
        return told
    return tr("{record} (before: {other})", record=told, other=basis.words(was, names))


def _settings(before: Basis, now: Basis) -> Iterator[str]:
    changed = sorted(
        name for name in {*before.settings, *now.settings}
        if name in before.settings and name in now.settings and before.settings[name] != now.settings[name]
    )  # fmt: skip
    if changed:
        yield tr("The scheme has other settings now.")


def _findings(was: Account, account: Account) -> Iterator[str]:
    """Yield which issues read otherwise now, by their references: an answer that came, say.

    Of what an earlier program published only what that knew is compared: it kept no days of steps.
    """
    before = {each.issue: each for each in was.summary.findings}
    now = account.summary.findings if was.summary.as_of else map(_as_kept_before, account.summary.findings)
    changed = [each.issue for each in now if each.issue in before and before[each.issue] != each]
    if changed:
        yield tr("What is said of {issues} has changed.", issues=listed(changed))


def _as_kept_before(finding: Finding) -> Finding:
    return replace(
        finding, stood="", put_right=None, sent_on=None, escalated_on=None, responded_on=None, closed_on=None,
        reopened_on=None,
    )  # fmt: skip


def _written(was: Account, account: Account) -> Iterator[str]:
    for section, title in commentary.SECTIONS.items():
        if was.commentary.get(section) != account.commentary.get(section):
            yield tr("The commentary on “{section}” has changed.", section=tr(title))
    if paper_template.own(was.papers, was.language) != paper_template.own(account.papers, account.language):
        yield tr("The templates of papers have changed.")


def _judged(was: Account, account: Account) -> Iterator[str]:
    """Yield of which criteria of quality the evidence is other now, and whether the criteria are."""
    before = {each.criterion.code: each for each in was.quality}
    now = {each.criterion.code: each for each in account.quality}
    for code, each in now.items():
        if code in before and before[code].evidence != each.evidence:
            yield tr("The evidence of “{criterion}” has changed.", criterion=each.criterion.words or code)
    if [each.criterion for each in was.quality] != [each.criterion for each in account.quality]:
        yield tr("The criteria of quality have changed.")
