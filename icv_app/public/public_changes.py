"""What a public document tells of what a later edition changed: figures and how many records, and none of these.

Pure. No issue, no record, no site and day of one; nothing of a kind of which small numbers are withheld.
"""

from collections.abc import Iterable, Iterator
from typing import Final

from forms.translation import plural, tr
from icv_app.account import Changed
from icv_app.figure import Figure
from icv_app.figure_name import result, title
from icv_app.public import withholding
from icv_app.small_numbers import small
from icv_app.wording import months_words

PRIVATE_THEMES: Final = ("children_and_young_people", "women_and_girls")
"""Findings about these are told without the place: with it they would be a count of one at a site."""


def words(changed: Iterable[Changed], smallest: int) -> Iterator[str]:
    """Yield what is told, a sentence each. `smallest`: the smallest difference that is told of a private theme."""
    for each in changed:
        if each.kind == "figure":
            if _is_told(each, smallest):
                yield _figure(each)
        elif each.kind == "counted":
            yield plural(
                "{count} record is counted now, and was not before.",
                "{count} records are counted now, and were not before.",
                each.count,
            )
        elif each.kind == "recounted":
            yield plural(
                "{count} record that is counted has changed since.",
                "{count} records that are counted have changed since.",
                each.count,
            )
        elif each.kind == "uncounted":
            yield plural(
                "{count} record was counted before, and is no longer.",
                "{count} records were counted before, and are no longer.",
                each.count,
            )


def _is_told(changed: Changed, smallest: int) -> bool:
    figure = changed.after or changed.before
    if figure is None or changed.period is None or withholding.is_of_few(figure):
        return False
    if figure.figure.removeprefix("raised_") not in PRIVATE_THEMES:
        return True
    return not small(abs(_number(changed.after) - _number(changed.before)), smallest)


def _number(figure: Figure | None) -> int:
    return 0 if figure is None else figure.value or 0


def _figure(changed: Changed) -> str:
    figure, period = changed.after or changed.before, changed.period
    assert figure is not None  # `_is_told` looked
    assert period is not None
    return tr(
        "{figure}, {site}, {period}: {before} becomes {after}",
        figure=title(figure), site=changed.place or tr("all sites"), period=months_words(period.first, period.last),
        before=_said(changed.before), after=_said(changed.after),
    )  # fmt: skip


def _said(figure: Figure | None) -> str:
    return tr("not given") if figure is None else result(figure)
