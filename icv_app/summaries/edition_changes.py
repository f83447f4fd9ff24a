"""What a new edition of a published period changes, in words: its figures before and after, and the records behind.

Records are told by their reference, site and day, and never by who (`record_words`).
"""

from collections.abc import Iterator, Mapping

from forms.translation import tr
from icv_app.account import Account, Compared
from icv_app.counting import basis, restatement
from icv_app.counting.basis import Basis, Counted
from icv_app.summaries import commentary
from icv_app.summaries.edition import Edition, same
from icv_app.wording import listed


def read(before: Edition, account: Account, made_from: Basis) -> tuple[str, ...]:
    """Return what changes from an edition to an account that is about to be published; () where nothing does."""
    names = {**before.published.names, **{site.site: site.name for site in account.summary.sites}}
    figures = restatement.differences(account.period, before.published.figures, account.summary.figures)
    found = [each.words(names) for each in figures]
    was = before.account
    if was is not None:
        found += _compared(was, account, names)
    if before.basis is None:
        if found:
            found.append(tr("Which records edition {number} was counted from was not kept.", number=before.edition))
    else:
        found += _records(before.basis, made_from, names)
        found += _settings(before.basis, made_from)
    if was is not None:
        found += _findings(was, account)
        found += _written(was, account)
        if not found and not same(was, account):
            found.append(tr("Something else that the summary says has changed."))
    return tuple(found)


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
    """Yield which issues read otherwise now, by their references: an answer that came, say."""
    before = {each.issue: each for each in was.summary.findings}
    changed = [each.issue for each in account.summary.findings if each.issue in before and before[each.issue] != each]
    if changed:
        yield tr("What is said of {issues} has changed.", issues=listed(changed))


def _written(was: Account, account: Account) -> Iterator[str]:
    for section, title in commentary.SECTIONS.items():
        if was.commentary.get(section) != account.commentary.get(section):
            yield tr("The commentary on “{section}” has changed.", section=tr(title))
    if was.papers != account.papers:
        yield tr("The templates of papers have changed.")
