"""Wording: one figure in plain British English, never more than it holds (`domain.md` B2)."""

from forms.translation import later, plural, tr
from icv_app.figure import Figure, Period
from icv_app.periods import financial_year, quarter_of
from icv_app.summary import Summary

NOT_APPLICABLE = later("not applicable")
NOT_KNOWN = later("not known")
WITHHELD = "[c]"
"""What stands for a number that a public document does not say; the notes explain it once."""
COUNTED = (
    later("suite-weeks"), later("suite-week due"), later("suite-weeks due"), later("weeks"), later("months"),
    later("month due"), later("months due"), later("scheduled visits"), later("scheduled observations"),
    later("agreed observations"), later("made"),
)  # fmt: skip
"""What ratios count, beside the texts at their calls: a figure's unit is data, and these are its words to translate."""
CODES = (
    later("rights and entitlements"), later("health and wellbeing"), later("food drink and rest"), later("hygiene"),
    later("clothing bedding and temperature"), later("faith and diversity"), later("children and young people"),
    later("women and girls"), later("dignity and safety"), later("conditions and estate"), later("staffing"),
    later("access for visitors"), later("length of detention and transfer"), later("record keeping"),
    later("animal welfare environment"), later("animal welfare diet"), later("animal welfare behaviour"),
    later("animal welfare company"), later("animal welfare health"), later("animal welfare training methods"),
    later("animal welfare transport"), later("custody detention scrutiny panel"), later("icv review session"),
    later("other session"), later("planned"), later("completed"), later("missed"), later("cancelled"),
    later("withdrawn"), later("open"), later("closed"),
)  # fmt: skip
"""What `words` makes of the codes of themes, sessions and outcomes: those of the program's own forms and lists."""
WEEK_RULES = {
    "week-ending-sunday": later("A week runs from Monday to Sunday and belongs to the period that holds its Sunday."),
}


def find(summary: Summary, measure: str, figure: str, site: str | None = None) -> Figure | None:
    """Return the figure, or None where the summary has none of that name."""
    try:
        return summary.get(measure, figure, site)
    except KeyError:
        return None


def known(summary: Summary, measure: str, figure: str, site: str | None = None) -> Figure | None:
    """Return the figure for a sentence: None also where it is withheld, as sentences leave such a number out."""
    found = find(summary, measure, figure, site)
    return None if found is None or found.withheld else found


def withheld_words(*, span: bool = False) -> str:
    """Return what "[c]" means: said where it is first met, and among the notes.

    `span`: all that is withheld is so because the period is not made of whole quarters that are over.
    """
    if span:
        return tr(
            "{sign}: withheld, as the period is not made of whole quarters that are over: set against those, the "
            "number could tell of a few people.",
            sign=WITHHELD,
        )
    return tr("{sign}: withheld, as a small number could point to a person.", sign=WITHHELD)


def hours(minutes: int) -> str:
    """Return "15 hours 24 minutes" of whole minutes; a part that is none is left out."""
    whole, rest = divmod(minutes, 60)
    parts = [plural("{count:,} hour", "{count:,} hours", whole)] if whole else []
    return " ".join([*parts, plural("{count} minute", "{count} minutes", rest)] if rest or not whole else parts)


def percent(figure: Figure | None) -> str:
    """Return "85.7%", or "not applicable" where nothing was due or nothing is known."""
    if figure is not None and figure.withheld:
        return WITHHELD
    shown = figure.percent if figure else None
    return tr(NOT_APPLICABLE) if shown is None else f"{shown}%"


def fraction(figure: Figure | None) -> str:
    """Return "30 of 35", "none due" where the denominator is 0, or "not known" where there is no such figure."""
    if figure is not None and figure.withheld:
        return WITHHELD
    if figure is None or figure.numerator is None or figure.denominator is None:
        return tr(NOT_KNOWN)
    if figure.denominator == 0:
        return tr("{number:,}, none due", number=figure.numerator) if figure.numerator else tr("none due")
    return tr("{part:,} of {whole:,}", part=figure.numerator, whole=figure.denominator)


def defended(figure: Figure) -> str:
    """Return "30 of 35 (85.7%)": the fraction always, the percentage where there is one."""
    if figure.percent is None:
        return fraction(figure)
    return tr("{fraction} ({percent})", fraction=fraction(figure), percent=percent(figure))


def number(figure: Figure | None) -> str:
    """Return a count with thousands separated, "not known", or "[c]" where it is withheld."""
    if figure is not None and figure.withheld:
        return WITHHELD
    return tr(NOT_KNOWN) if figure is None or figure.value is None else f"{figure.value:,}"


def sentence(note: str) -> str:
    """Return a note as a sentence: a capital at its head and a full stop at its end; "" stays ""."""
    text = note.strip()
    return text and text[0].upper() + text[1:] + ("" if text.endswith((".", "!", "?")) else ".")


def over(summary: Summary) -> bool:
    """Return whether the period is, with every unit of its coverage judged: none is still to come."""
    return summary.over and all(cell.state != "to_come" for cell in summary.coverage)


def several(summary: Summary, measure: str) -> bool:
    """Return whether a unit of the measure had to have more than one visit, so that "a visit" is not what covers it."""
    return any(cell.measure == measure and cell.needed > 1 for cell in summary.coverage)


def words(code: str) -> str:
    """Return a stored code as words: "custody_detention_scrutiny_panel" gives "Custody detention scrutiny panel"."""
    text = tr(code.replace("_", " ").strip())
    return text[:1].upper() + text[1:]


def document_name(period: Period) -> str:
    """Return "Quarterly compliance summary", "Annual compliance summary", or without such a word for a free range."""
    if _is(period, quarter_of(period.first)):
        return tr("Quarterly compliance summary")
    return tr("Annual compliance summary") if annual(period) else tr("Compliance summary")


def annual(period: Period) -> bool:
    """Return whether a period is a financial year."""
    return _is(period, financial_year(period.first))


def _is(period: Period, other: Period) -> bool:
    return (period.first, period.last) == (other.first, other.last)


def units(figure: Figure | None, default: str) -> str:
    """Return the plural of what a coverage figure counts: its own unit ("suite-week" is "suite-weeks") or `default`."""
    unit = (figure.unit if figure else "").replace("_", "-").strip() or default
    return unit if unit.endswith("s") else unit + "s"


def one_of(plural: str) -> str:
    """Return the singular of a unit that `units` gave."""
    return plural.removesuffix("s")


def made_of(figure: Figure, one: str, verb: str = "made") -> str:
    """Return "30 of 35 suite-weeks due were covered (85.7%)" of a ratio with something due; `one`: the singular."""
    return plural(
        "{fraction} {thing} was {made} ({percent})",
        "{fraction} {things} were {made} ({percent})",
        figure.denominator or 0,
        fraction=fraction(figure),
        thing=tr(one),
        things=tr(_plural(one)),
        made=tr(verb),
        percent=percent(figure),
    )


def _plural(one: str) -> str:
    first, gap, rest = one.partition(" due")
    return f"{first}s{gap}{rest}"
