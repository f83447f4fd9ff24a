"""What changed: the headline figures beside the period before and the same period a year earlier, and to date.

Differences are said as numbers and never as better or worse: two numbers always differ a little, and whether they
differ by more than chance is what the control charts tell.
"""

from collections.abc import Collection, Iterable, Iterator, Sequence
from datetime import timedelta
from decimal import Decimal
from fractions import Fraction

from forms.translation import later, plural, tr
from icv_app.account import Account, Compared
from icv_app.figure import Figure, Period
from icv_app.periods import a_year_earlier, before
from icv_app.storage.difference import between
from icv_app.summary import Summary
from icv_app.wording import day_words, listed, months_words, when_words
from reports import cells, wording
from reports.document import Block, Blocks, Bullets, heading, note, paragraph, table
from reports.wording import WITHHELD, find, known, units, withheld_words

HEADLINES = (
    (later("Custody visits made"), "custody_visit", "visits_completed"),
    (later("Scheduled visits made"), "custody_visit", "scheduled_completed"),
    (later("Suite-weeks with a visit (the target)"), "custody_visit", "target_coverage"),
    (later("Let in without delay"), "custody_visit", "admitted_immediately"),
    (later("People in custody at the visits"), "custody_visit", "detainees_in_custody"),
    (later("People seen"), "custody_visit", "detainees_seen"),
    (later("Visits that reported a serious issue"), "custody_visit", "serious_issues"),
    (later("Issues, requests and questions raised"), "issues", "raised"),
    (later("Issues open at the end"), "issues", "open_at_end"),
    (later("Kennel visits made"), "kennel_visit", "visits_completed"),
    (later("Off-site training visits made"), "training_observation", "visits_completed"),
    (later("Custody records reviewed"), "record_review", "records_reviewed"),
    (later("Custody records of immigration detainees"), "record_review", "immigration_records_reviewed"),
    (later("Volunteers currently visiting"), "volunteers", "currently_visiting"),
    (later("Time given at visits"), "volunteers", "visit_minutes"),
)
_TARGET = ("custody_visit", "target_coverage")
IN_WORDS = 3
"""How many of the headlines, the first ones, are also compared in a sentence each."""
_BEGUN = timedelta(days=7)  # a scheme whose first record is later than this in a period has not recorded all of it


def comparison(account: Account) -> Blocks:
    """Return the section; nothing where the summary has no figures."""
    if not account.summary.figures or account.summary.unrecorded:
        return []
    parts: Blocks = []
    if not account.over:
        parts.append(paragraph(tr("The period is not over. It is compared with others when it is.")))
    else:
        others = [other for other in (account.before, account.year_before) if other and _whole(account, other)]
        if others:
            parts += _compared(account, others)
        parts += [note(text) for text in _without(account)]
    parts += to_date(account)
    return [heading(tr("What changed")), *parts]


def to_date(account: Account) -> Blocks:
    """Return the line of all that the scheme has on record, up to the end of the period."""
    compared = account.to_date
    if compared is None:
        return []
    told = [
        plural("{count:,} custody visit", "{count:,} custody visits", number)
        if measure == "custody_visit"
        else plural("{count:,} kennel visit", "{count:,} kennel visits", number)
        if measure == "kennel_visit"
        else plural("{count:,} off-site training visit", "{count:,} off-site training visits", number)
        for measure in ("custody_visit", "kennel_visit", "training_observation")
        if (number := _value(compared, measure, "visits_completed")) is not None
    ]
    if reviewed := _value(compared, "record_review", "records_reviewed"):
        told.append(plural("{count:,} custody record reviewed", "{count:,} custody records reviewed", reviewed))
        immigration = _value(compared, "record_review", "immigration_records_reviewed")
        if immigration is not None:
            told[-1] = tr("{records}, {number:,} of immigration detainees", records=told[-1], number=immigration)
    if not told:
        return []
    since = day_words(compared.period.first)
    text = tr("Since {day}, when the records begin: {things}.", day=since, things=listed(told))
    return [paragraph(text, tr("The scheme to date."))]


def sentence(label: str, now: Figure, others: list[tuple[Figure, Period]], by_another: Collection[Period] = ()) -> str:
    """Return "Custody visits made: 30, 2 more than in April to June 2025"; "" where nothing can be compared.

    `by_another`: the periods in which another target applied. Theirs stands beside it, as nothing can be taken away.
    """
    said = []
    for then, period in others:
        apart = between(now, then)
        if apart is None:
            continue
        when = when_words(period.first, period.last)
        if period in by_another:
            said.append(tr("against {number} {when}, when another target applied", number=_in_units(then), when=when))
        elif not apart.sign:
            said.append(tr("the same as {when}", when=when))
        elif apart.points:
            more = (
                tr("{points} percentage points more than {when}", points=apart.amount, when=when)
                if apart.amount != Decimal(1)
                else tr("{points} percentage point more than {when}", points=apart.amount, when=when)
            )
            less = (
                tr("{points} percentage points less than {when}", points=apart.amount, when=when)
                if apart.amount != Decimal(1)
                else tr("{points} percentage point less than {when}", points=apart.amount, when=when)
            )
            said.append(more if apart.sign > 0 else less)
        elif apart.sign > 0:
            said.append(tr("{number:,} more than {when}", number=int(apart.amount), when=when))
        else:
            said.append(tr("{number:,} fewer than {when}", number=int(apart.amount), when=when))
    if not said:
        return ""
    number = _in_units(now) if by_another else cells.told(now)
    return tr("{figure}: {number}, {differences}.", figure=label, number=number, differences=listed(said))


def _compared(account: Account, others: list[Compared]) -> Iterator[Block]:
    summary = account.summary
    sentences, rows = [], []
    for label, measure, figure in HEADLINES:
        now = find(summary, measure, figure)
        then = [other.get(measure, figure) for other in others]
        if now is None or not any(_says(each) for each in (now, *then)):
            continue
        said, shown, by_another = tr(label), cells.told, tuple[Period, ...]()
        if (measure, figure) == _TARGET:
            by_another = tuple(other.period for other in others if _by_another(summary, other))
            said = _target_label(summary, others)
            shown = _in_units if len(_units(summary, others)) > 1 else shown
        rows.append([said, shown(now), *(shown(each) for each in then)])
        if len(rows) <= IN_WORDS and known(summary, measure, figure):
            pairs = [(each, other.period) for each, other in zip(then, others, strict=True) if each]
            sentences.append(sentence(said, now, pairs, by_another))
    told = tuple(text for text in sentences if text)
    if told:
        yield Bullets(items=told)
    names = [months_words(period.first, period.last) for period in (account.period, *(each.period for each in others))]
    head = [tr("Headline figure"), *names]
    widths = (37, *(21 for _ in names))
    yield table(tr("What changed"), head, rows, widths, numbers=range(1, len(head)))
    yield note(
        tr(
            "Two periods nearly always differ a little. These numbers do not tell whether that is more than chance, "
            "nor why. Percentages are compared in percentage points, as they are printed."
        )
    )
    if any(WITHHELD in row for row in rows):
        yield note(withheld_words())


def _units(summary: Summary, others: Iterable[Compared]) -> list[str]:
    """Return what the target is counted in, in the period and in those beside it: the plurals, each once."""
    found = (find(summary, *_TARGET), *(other.get(*_TARGET) for other in others))
    return list(dict.fromkeys(units(each, "suite-weeks") for each in found if each and each.denominator))


def _needed(holder: Summary | Compared) -> Fraction | None:
    """Return how many visits the targets asked for in each unit due, None where that is not known."""
    due, asked = (
        find(holder, measure, figure) if isinstance(holder, Summary) else holder.get(measure, figure)
        for measure, figure in (_TARGET, ("custody_visit", "visits_against_number"))
    )
    if due is None or asked is None or not due.denominator or asked.denominator is None:
        return None
    return Fraction(asked.denominator, due.denominator)


def _by_another(summary: Summary, other: Compared) -> bool:
    """Return whether another target applied then: per another unit, or by another number.

    Where suites have different numbers, theirs in all may differ with the suites that were open: of that nothing is
    said.
    """
    if len(_units(summary, [other])) > 1:
        return True
    numbers = {_needed(summary), _needed(other)}
    return len(numbers) > 1 and all(number is not None and number.denominator == 1 for number in numbers)


def _target_label(summary: Summary, others: Sequence[Compared]) -> str:
    """Return what the figure of the target is called: by its unit, where it is the same in all the periods."""
    held: tuple[Summary | Compared, ...] = (summary, *others)
    counted = _units(summary, others)
    several = wording.several(summary, "custody_visit") or any((_needed(each) or 0) > 1 for each in held)
    if len(counted) > 1 or counted == ["units"]:
        return tr("Covered, by the target")
    weeks = tr(counted[0] if counted else "suite-weeks").capitalize()
    if several:
        return tr("{weeks} with enough visits (the target)", weeks=weeks)
    if counted and counted != ["suite-weeks"]:
        return tr("{weeks} with a visit (the target)", weeks=weeks)
    return tr("Suite-weeks with a visit (the target)")


def _in_units(found: Figure | None) -> str:
    """Return "9 of 13 suite-weeks (69.2%)"; as every other figure where nothing was due or it is not known."""
    if found is None or found.withheld or found.percent is None:
        return cells.told(found)
    return tr(
        "{fraction} {weeks} ({percent})",
        fraction=wording.fraction(found),
        weeks=tr(units(found, "suite-weeks")),
        percent=wording.percent(found),
    )


def _without(account: Account) -> Iterator[str]:
    """Yield a sentence on each period that is not compared, with the reason."""
    missing = [
        (other, period)
        for other, period in (
            (account.before, before(account.period)),
            (account.year_before, a_year_earlier(account.period)),
        )
        if other is None or not _whole(account, other)
    ]
    none = dict.fromkeys(months_words(period.first, period.last) for other, period in missing if other is None)
    if len(none) == 2:
        earlier, later = none
        yield tr("There are no records of {one} or of {other} to compare with.", one=earlier, other=later)
    for name in none if len(none) == 1 else ():
        yield tr("There are no records of {periods} to compare with.", periods=name)
    for name in dict.fromkeys(months_words(period.first, period.last) for other, period in missing if other):
        begun = day_words(account.to_date.period.first) if account.to_date else ""
        yield tr("The records begin on {day}, so {period} is not compared.", day=begun, period=name)


def _whole(account: Account, other: Compared) -> bool:
    """Return whether the scheme's records go back to the beginning of a period."""
    return account.to_date is None or account.to_date.period.first <= other.period.first + _BEGUN


def _says(found: Figure | None) -> bool:
    return found is not None and (found.withheld or found.value is not None or bool(found.denominator))


def _value(compared: Compared, measure: str, figure: str) -> int | None:
    found = compared.get(measure, figure)
    return found.value if found else None
