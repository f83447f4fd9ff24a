"""Wording: one figure in plain British English, never more than it holds (`domain.md` B2)."""

from datetime import timedelta

from icv_app.figure import Figure, Period
from icv_app.summary import Summary
from icv_app.wording import some

NOT_APPLICABLE = "not applicable"
NOT_KNOWN = "not known"
WEEK_RULES = {
    "week-ending-sunday": "A week runs from Monday to Sunday and belongs to the period that holds its Sunday",
}


def find(summary: Summary, measure: str, figure: str, site: str | None = None) -> Figure | None:
    """Return the figure, or None where the summary has none of that name."""
    try:
        return summary.get(measure, figure, site)
    except KeyError:
        return None


def hours(minutes: int) -> str:
    """Return "15 hours 24 minutes" of whole minutes; a part that is none is left out."""
    whole, rest = divmod(minutes, 60)
    parts = [some(whole, "hour")] if whole else []
    return " ".join([*parts, some(rest, "minute")] if rest or not whole else parts)


def percent(figure: Figure | None) -> str:
    """Return "85.7%", or "not applicable" where nothing was due or nothing is known."""
    shown = figure.percent if figure else None
    return NOT_APPLICABLE if shown is None else f"{shown}%"


def fraction(figure: Figure | None) -> str:
    """Return "30 of 35", "none due" where the denominator is 0, or "not known" where there is no such figure."""
    if figure is None or figure.numerator is None or figure.denominator is None:
        return NOT_KNOWN
    if figure.denominator == 0:
        return f"{figure.numerator:,}, none due" if figure.numerator else "none due"
    return f"{figure.numerator:,} of {figure.denominator:,}"


def defended(figure: Figure) -> str:
    """Return "30 of 35 (85.7%)": the fraction always, the percentage where there is one."""
    return f"{fraction(figure)} ({percent(figure)})" if figure.percent is not None else fraction(figure)


def number(figure: Figure | None) -> str:
    """Return a count with thousands separated, or "not known"."""
    return NOT_KNOWN if figure is None or figure.value is None else f"{figure.value:,}"


def sentence(note: str) -> str:
    """Return a note as a sentence: a capital at its head and a full stop at its end; "" stays ""."""
    text = note.strip()
    return text and text[0].upper() + text[1:] + ("" if text.endswith((".", "!", "?")) else ".")


def over(summary: Summary) -> bool:
    """Return whether every unit of the coverage is judged: none is still to come."""
    return all(cell.state != "to_come" for cell in summary.coverage)


def words(code: str) -> str:
    """Return a stored code as words: "custody_detention_scrutiny_panel" gives "Custody detention scrutiny panel"."""
    text = code.replace("_", " ").strip()
    return text[:1].upper() + text[1:]


def document_name(period: Period) -> str:
    """Return "Quarterly compliance summary", "Annual compliance summary", or without such a word for a free range."""
    first, last = period.first, period.last
    ends_a_month = (last + timedelta(days=1)).day == 1
    months = (last.year - first.year) * 12 + last.month - first.month + 1
    if first.day == 1 and ends_a_month and first.month in (1, 4, 7, 10) and months == 3:
        return "Quarterly compliance summary"
    if first.day == 1 and ends_a_month and first.month == 4 and months == 12:
        return "Annual compliance summary"
    return "Compliance summary"


def units(figure: Figure | None, default: str) -> str:
    """Return the plural of what a coverage figure counts: its own unit ("suite-week" is "suite-weeks") or `default`."""
    unit = (figure.unit if figure else "").replace("_", "-").strip() or default
    return unit if unit.endswith("s") else unit + "s"


def one_of(plural: str) -> str:
    """Return the singular of a unit that `units` gave."""
    return plural.removesuffix("s")


def made_of(figure: Figure, one: str, verb: str = "made") -> str:
    """Return "30 of 35 suite-weeks due were covered (85.7%)" of a ratio with something due; `one`: the singular."""
    noun, were = (one, "was") if figure.denominator == 1 else (_plural(one), "were")
    return f"{fraction(figure)} {noun} {were} {verb} ({percent(figure)})"


def _plural(one: str) -> str:
    first, gap, rest = one.partition(" due")
    return f"{first}s{gap}{rest}"
