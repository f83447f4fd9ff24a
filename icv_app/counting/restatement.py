"""Restatement: what was published of a period, and which of its figures come out differently now.

A published figure is never changed (`domain.md` A7, B0). Where later entries or corrections alter what the records say,
the summary shows the figures as they are now and names those that were published otherwise.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from forms.translation import plural, tr
from icv_app.counting import publication
from icv_app.counting.publication import KIND, Published
from icv_app.encryption.cipher import Connection
from icv_app.errors import InvalidInput
from icv_app.figure import Figure, Period
from icv_app.figure_name import result, title
from icv_app.periods import parse_period
from icv_app.scheme.site_rows import scope_words
from icv_app.storage import current
from icv_app.wording import day_words, months_words

NAMED_AT_MOST: Final = 6
LIVING: Final = ("praise_shared", "recommendations_answered")
"""Figures of what was begun in a period and goes on after it: that they grow is no restatement."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """A figure of a period before and after; None: it is not among the figures there."""

    period: Period
    before: Figure | None
    after: Figure | None

    @property
    def figure(self) -> Figure:
        """The figure that it is about."""
        found = self.after if self.after is not None else self.before
        assert found is not None
        return found

    def words(self, names: Mapping[str, str]) -> str:
        """Return "Custody visits: target coverage, all sites, July 2025: 3 of 5 (60.0%) becomes 4 of 5"."""
        return tr(
            "{figure}, {site}, {period}: {before} becomes {after}",
            figure=title(self.figure), site=scope_words(self.figure.site, dict(names)),
            period=months_words(self.period.first, self.period.last), before=said(self.before), after=said(self.after),
        )  # fmt: skip


def of_period(connection: Connection, name: str) -> Published | None:
    """Return what was last published of the period `name`; None on a laptop that may not read it."""
    return next(reversed(publication.standing(connection, name)), None)


def differences(period: Period, before: Iterable[Figure], after: Iterable[Figure]) -> tuple[Difference, ...]:
    """Return the figures whose numbers differ, in the order of the lists, those of all sites first.

    One that is in one of the two only counts where it says more than nothing (a new site with no visit due says none).
    """
    was = {_name(figure): figure for figure in before}
    now = {_name(figure): figure for figure in after}
    found = [
        Difference(period=period, before=was.get(name), after=now.get(name))
        for name in dict.fromkeys((*was, *now))
        if not _same(was.get(name), now.get(name))
    ]
    return tuple(sorted(found, key=lambda each: each.figure.site is not None))


def restated(published: Published, period: Period, figures: Sequence[Figure]) -> tuple[Difference, ...]:
    """Return which of the published figures come out differently now. One that is new since then is no restatement."""
    was = [figure for figure in published.figures if figure.figure not in LIVING]
    known = {_name(figure) for figure in was}
    return differences(period, was, (figure for figure in figures if _name(figure) in known))


def notes(
    connection: Connection, period: Period, figures: Sequence[Figure], names: Mapping[str, str]
) -> tuple[str, ...]:
    """Return the footnote of a summary of a published period that names what is restated; () where nothing is.

    One for each edition that stands: beside one another two laptops of the office may have published.
    """
    standing = publication.standing(connection, period.name)
    found = ((published, _told(published, period, figures, names)) for published in standing)
    return tuple(_note(published, told, alone=len(standing) == 1) for published, told in found if told is not None)


def _note(published: Published, told: str, *, alone: bool) -> str:
    if not alone:
        return tr("Restated since edition {edition} was published: {figures}.", edition=published.label, figures=told)
    if published.on is None:
        return tr("Restated since these figures were published: {figures}.", figures=told)
    return tr(
        "Restated since these figures were published on {day}: {figures}.", day=day_words(published.on), figures=told
    )


def within(
    connection: Connection, period: Period, count: Callable[[Period], Sequence[Figure]], names: Mapping[str, str]
) -> tuple[str, ...]:
    """Return a footnote for each published period that lies within a longer one and is restated, the earliest first.

    `count` returns the figures of a period as they come out now.
    """
    found = []
    for record in current.of_kind(connection, KIND):
        part = _period(record.key)
        if part is None or (part.first, part.last) == (period.first, period.last):
            continue
        if period.first <= part.first and part.last <= period.last:
            for published in publication.standing(connection, record.key):
                told = _told(published, part, count(part), names)
                if told is not None:
                    words = tr(
                        "This period holds {part}, published before and restated since: {figures}.",
                        part=months_words(part.first, part.last), figures=told,
                    )  # fmt: skip
                    found.append((part.first, part.last, words))
    return tuple(words for _, _, words in sorted(found))


def _period(name: str) -> Period | None:
    try:
        return parse_period(name)
    except InvalidInput:
        return None


def _told(
    published: Published, period: Period, figures: Sequence[Figure], names: Mapping[str, str]
) -> str | None:  # fmt: skip
    """Return what is restated of a published period, None where nothing is."""
    found = restated(published, period, figures)
    if not found:
        return None
    told = "; ".join(
        tr(
            "{figure}, {site}: {before} published, {after} now",
            figure=title(each.figure), site=scope_words(each.figure.site, {**published.names, **names}),
            before=said(each.before), after=said(each.after),
        )
        for each in found[:NAMED_AT_MOST]
    )  # fmt: skip
    more = len(found) - NAMED_AT_MOST
    if more > 0:
        told = plural("{figures}; and {count} more figure", "{figures}; and {count} more figures", more, figures=told)
    return told


def said(figure: Figure | None) -> str:
    """Return what a figure says, or that it was not among the figures."""
    return tr("not given") if figure is None else result(figure)


def _name(figure: Figure) -> tuple[str, str, str | None]:
    return figure.measure, figure.figure, figure.site


def _same(one: Figure | None, other: Figure | None) -> bool:
    """Return whether two figures say the same; one that is not there says as little as one of nothing."""
    if one is None or other is None:
        return not any(figure and (figure.numerator or figure.denominator or figure.value) for figure in (one, other))
    return (one.numerator, one.denominator, one.value) == (other.numerator, other.denominator, other.value)
