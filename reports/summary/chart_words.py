"""Control charts in words: what a chart shows, what it means and what a point says. Never a cause."""

from collections.abc import Sequence
from datetime import date
from fractions import Fraction

from forms.translation import later, plural, tr
from icv_app.wording import day_words, span_words
from icv_app.xmr import ENOUGH, LEAST, Chart, Direction, Mark, Number, Point, Rule, Signal, What

TITLES: dict[What, str] = {
    "days_between": later("Days between visits"),
    "access_delay": later("Minutes until let in"),
}
_MOST = 3  # points beyond a limit that are named one by one

_AVERAGE: dict[What, str] = {
    "days_between": later("On average {mean} days over {count} gaps between visits"),
    "access_delay": later("On average {mean} minutes over {count} visits"),
}
_BETWEEN = later("{average}; by chance alone each is likely to lie from {lower} to {upper}.")
_AT_MOST = later("{average}; by chance alone each is likely to be {upper} or less.")
_SAME = later("{average}, and the same every time.")
_SHOWN: dict[What, str] = {
    "days_between": later(
        "Control chart of days between visits, {name}: {count} gaps, ended by visits {span}, {low} to {high} days."
    ),
    "access_delay": later(
        "Control chart of minutes until let in, {name}: {count} visits, {span}, {low} to {high} minutes."
    ),
}
_RUNS: dict[tuple[What, Rule, Direction], str] = {
    ("days_between", "trend", "higher"): later("{count} visits in a row, each after more days than the one before"),
    ("days_between", "trend", "lower"): later("{count} visits in a row, each after fewer days than the one before"),
    ("days_between", "near", "higher"): later("{count} visits near the upper limit (more days)"),
    ("days_between", "near", "lower"): later("{count} visits well below the mean (fewer days)"),
    ("days_between", "shift", "higher"): later("{count} visits in a row, each after more days than the mean"),
    ("days_between", "shift", "lower"): later("{count} visits in a row, each after fewer days than the mean"),
    ("access_delay", "trend", "higher"): later("{count} visits in a row, each with a longer wait than the one before"),
    ("access_delay", "trend", "lower"): later("{count} visits in a row, each with a shorter wait than the one before"),
    ("access_delay", "near", "higher"): later("{count} visits near the upper limit (longer waits)"),
    ("access_delay", "near", "lower"): later("{count} visits well below the mean (shorter waits)"),
    ("access_delay", "shift", "higher"): later("{count} visits in a row, each with a longer wait than the mean"),
    ("access_delay", "shift", "lower"): later("{count} visits in a row, each with a shorter wait than the mean"),
}
"""Near the lower limit is said by the mean: a lower limit below 0 is not drawn."""
_BEYOND: dict[Direction, str] = {
    "higher": later("{value} on {day}, above the upper limit"),
    "lower": later("{value} on {day}, below the lower limit"),
}
_BEYOND_MANY: dict[Direction, str] = {
    "higher": later("{count} visits above the upper limit"),
    "lower": later("{count} visits below the lower limit"),
}
_POINT: dict[tuple[Rule, Direction], str] = {
    ("beyond", "higher"): later("above the upper limit"),
    ("beyond", "lower"): later("below the lower limit"),
    ("trend", "higher"): later("one of 7 or more in a row, each higher than the one before"),
    ("trend", "lower"): later("one of 7 or more in a row, each lower than the one before"),
    ("near", "higher"): later("one of two or three near the upper limit"),
    ("near", "lower"): later("one of two or three well below the mean"),
    ("shift", "higher"): later("one of 7 or more in a row above the mean"),
    ("shift", "lower"): later("one of 7 or more in a row below the mean"),
}


def rounded(number: Number, places: int = 1) -> str:
    """Return a number with one decimal or as many as are asked for, a half away from 0 ("7.1", "7.0")."""
    parts = int(abs(Fraction(number)) * 10**places + Fraction(1, 2))
    return f"{'-' if number < 0 and parts else ''}{parts // 10**places:,}.{parts % 10**places:0{places}}"


def limit(number: Fraction, values: Sequence[Number]) -> str:
    """Return a limit with one decimal; with two where one of the values would else seem to lie on it."""
    tenths = Fraction(rounded(number).replace(",", ""))
    return rounded(number, 2 if number != tenths and tenths in values else 1)


def value(what: What, number: int) -> str:
    """Return "9 days" or "12 minutes"."""
    if what == "days_between":
        return plural("{count:,} day", "{count:,} days", number)
    return plural("{count:,} minute", "{count:,} minutes", number)


def point(chart: Chart, which: Point, mark: Mark) -> str:
    """Return what a point says: "14 August 2025: 9 days since the visit before; within the limits"."""
    if chart.series.what == "days_between":
        said = plural("{count:,} day since the visit before", "{count:,} days since the visit before", which.value)
    else:
        said = plural("let in after {count:,} minute", "let in after {count:,} minutes", which.value)
    day = day_words(which.day)
    if chart.limits is None:
        return tr("{day}: {value}", day=day, value=said)
    direction = mark.direction
    if direction is None:
        return tr("{day}: {value}; within the limits", day=day, value=said)
    signal = "; ".join(tr(_POINT[rule, direction]) for rule in mark.rules[:1])
    return tr("{day}: {value}; signal: {signal}", day=day, value=said, signal=signal)


def alt(chart: Chart, name: str, since: date | None = None) -> str:
    """Return what a chart shows and means, for those who cannot see it."""
    points = chart.series.points
    values = [each.value for each in points]
    shown = tr(
        _SHOWN[chart.series.what],
        name=name, count=len(points), span=span_words(points[0].day, points[-1].day),
        low=f"{min(values):,}", high=f"{max(values):,}",
    )  # fmt: skip
    return f"{shown} {sentence(chart, since)}"


def sentence(chart: Chart, since: date | None = None) -> str:
    """Return what a chart means, in plain words, from the mean to the signals.

    `since`: the first day of the period that is reported on; signals that ended before it are told apart.
    """
    limits, count = chart.limits, len(chart.series.points)
    if limits is None and count >= LEAST:
        return _mostly_none(chart)
    if limits is None and chart.series.what == "days_between":
        return plural(
            "Only {count} gap between visits to show, and at least {least} are needed to tell a change from chance: "
            "the points alone are drawn.",
            "Only {count} gaps between visits to show, and at least {least} are needed to tell a change from chance: "
            "the points alone are drawn.",
            count, least=LEAST,
        )  # fmt: skip
    if limits is None:
        return plural(
            "Only {count} visit to show, and at least {least} are needed to tell a change from chance: the points "
            "alone are drawn.",
            "Only {count} visits to show, and at least {least} are needed to tell a change from chance: the points "
            "alone are drawn.",
            count, least=LEAST,
        )  # fmt: skip
    values = [each.value for each in chart.series.points]
    average = tr(_AVERAGE[chart.series.what], mean=rounded(limits.mean), count=count)
    if not limits.moving_range:
        said = [tr(_SAME, average=average)]
    elif limits.lower > 0:
        said = [tr(_BETWEEN, average=average, lower=limit(limits.lower, values), upper=limit(limits.upper, values))]
    else:
        said = [tr(_AT_MOST, average=average, upper=limit(limits.upper, values))]
    if limits.trial:
        said.append(tr("These are trial limits: there are fewer than {enough} points.", enough=ENOUGH))
    said.append(verdict(chart, since))
    return " ".join(said)


def _mostly_none(chart: Chart) -> str:
    """Return what is said of a chart without limits, as most of its numbers are 0: how many, and the largest."""
    what, points = chart.series.what, chart.series.points
    most = max(points, key=lambda each: each.value)
    if what == "days_between":
        said = tr(
            "{none} of {count} gaps are of 0 days, as two visits fell on one day: too many for limits, so the points "
            "alone are drawn.",
            none=chart.none, count=len(points),
        )  # fmt: skip
    else:
        said = tr(
            "At {none} of {count} visits there was no wait at all: too many for limits, so the points alone are drawn.",
            none=chart.none, count=len(points),
        )  # fmt: skip
    if not most.value:
        return said
    return tr("{sentence} The most was {value}, on {day}.", sentence=said, value=value(what, most.value),
              day=day_words(most.day))  # fmt: skip


def verdict(chart: Chart, since: date | None = None) -> str:
    """Return the signals of a chart as a sentence, or that there is none; "" without limits."""
    if chart.limits is None:
        return ""
    now = [signal for signal in chart.signals if since is None or _last(chart, signal) >= since]
    earlier = [signal for signal in chart.signals if signal not in now]
    if not now and not earlier:
        return tr("No signal: the differences are no more than chance could bring.")
    before = tr("Before this period: {signals}.", signals=_listed(chart, earlier)) if earlier else ""
    if not now:
        return f"{tr('No signal in this period: its differences are no more than chance could bring.')} {before}"
    return f"{tr('Signal: {signals}.', signals=_listed(chart, now))} {before}".rstrip()


def _last(chart: Chart, signal: Signal) -> date:
    return chart.series.points[signal.places[-1]].day


def _listed(chart: Chart, signals: Sequence[Signal]) -> str:
    said: list[str] = []
    for direction in ("higher", "lower"):
        beyond = [each.places[0] for each in signals if (each.rule, each.direction) == ("beyond", direction)]
        said += _beyond(chart, beyond, "higher" if direction == "higher" else "lower")
    for signal in signals:
        if signal.rule != "beyond" and not _told(signal, signals):
            words = tr(_RUNS[chart.series.what, signal.rule, signal.direction], count=len(signal.places))
            said.append(_when(chart, words, signal.places))
    return "; ".join(said)


def _told(signal: Signal, others: Sequence[Signal]) -> bool:
    """Return whether the points of a signal are all part of a longer one to the same side, which says enough."""
    return signal.rule == "near" and any(
        other.rule in ("trend", "shift")
        and other.direction == signal.direction
        and set(signal.places) <= set(other.places)
        for other in others
    )


def _beyond(chart: Chart, places: Sequence[int], direction: Direction) -> list[str]:
    if len(places) > _MOST:
        return [_when(chart, tr(_BEYOND_MANY[direction], count=len(places)), places)]
    points = [chart.series.points[place] for place in places]
    return [
        tr(_BEYOND[direction], value=value(chart.series.what, each.value), day=day_words(each.day)) for each in points
    ]


def _when(chart: Chart, words: str, places: Sequence[int]) -> str:
    """Return the words with the days from the first to the last of the points."""
    points = chart.series.points
    span = span_words(points[places[0]].day, points[places[-1]].day)
    return tr("{signal}, {span}", signal=words, span=span)
