"""The highlights: a summary in a few plain sentences at its head, made of the figures and never more than they say."""

from forms.translation import plural, tr
from icv_app.account import Account
from icv_app.summary import Summary
from icv_app.wording import day_words
from reports.document import Blocks, heading, paragraph
from reports.summary import sentences
from reports.summary.commentary import commentary
from reports.wording import annual, hours, known, percent, sentence


def highlights(account: Account) -> Blocks:
    """Return the section: a labelled paragraph for each measure that has figures, then the officer's commentary."""
    told = [paragraph(text, label) for label, text in said(account.summary, over=account.over)]
    nothing = paragraph(tr("There is nothing recorded for this period."))
    return [heading(tr("Summary")), *(told or [nothing]), *commentary(account, "summary")]


def said(summary: Summary, *, over: bool = True) -> list[tuple[str, str]]:
    """Return (label, sentences) of what there is; about 180 words where every measure has something to tell.

    `over`: the period is.
    """
    parts = [
        (tr("The year.") if over else tr("The year so far."), year(summary) if annual(summary.period) else ""),
        (tr("Custody visits."), sentences.custody(summary)),
        (tr("People in custody."), "" if annual(summary.period) else people(summary)),
        (tr("Issues."), issues(summary)),
        (tr("Dog unit kennels."), sentences.kennels(summary)),
        (tr("Off-site training."), sentences.training(summary)),
        (tr("Custody records."), sentences.records(summary)),
        (tr("Volunteers."), sentences.volunteers(summary)),
    ]
    return [(label, text) for label, text in parts if text]


def year(summary: Summary) -> str:
    """Return the paragraph of an annual report, in its usual wording (`domain.md` B2)."""
    made, there = known(summary, "custody_visit", "visits_completed"), _number(summary, "detainees_in_custody")
    if made is None or not made.value or there is None:
        return ""
    told = [
        plural(
            "{count:,} custody visit was made with {present:,} detainees in cells at the time",
            "{count:,} custody visits were made with {present:,} detainees in cells at the time",
            made.value,
            present=there,
        )
    ]
    reach = known(summary, "custody_visit", "reach")
    if reach and reach.percent is not None:
        told = [
            tr(
                "{visits}, out of {detained:,} persons detained during the year ({percent})",
                visits=told[0],
                detained=reach.denominator,
                percent=percent(reach),
            )
        ]
    told = [tr("{fact}.", fact=told[0])]
    present = known(summary, "custody_visit", "detainees_in_custody")
    if present and present.note:
        told.append(sentence(present.note))
    if seen := _number(summary, "detainees_seen"):
        told.append(plural("Visitors saw {count:,} detainee.", "Visitors saw {count:,} detainees.", seen))
    kennels, dogs = known(summary, "kennel_visit", "visits_completed"), known(summary, "kennel_visit", "dogs_seen")
    if kennels and kennels.value and dogs and dogs.value and not dogs.note:  # a note: not every visit gave the number
        told.append(
            plural(
                "{count:,} dog was seen at {visits}.",
                "{count:,} dogs were seen at {visits}.",
                dogs.value,
                visits=plural("{count:,} kennel visit", "{count:,} kennel visits", kennels.value),
            )
        )
    given = known(summary, "volunteers", "visit_minutes")
    if given and given.value:
        told.append(tr("Volunteers gave {time} at visits, travel included.", time=hours(given.value)))
    return " ".join(told)


def people(summary: Summary) -> str:
    """Return how many were in custody at the visits, how many of them were offered one and how many were seen."""
    there, offered, seen = (_number(summary, f"detainees_{part}") for part in ("in_custody", "offered", "seen"))
    if not there or offered is None or seen is None:
        return ""
    return plural(
        "{count:,} person was in custody at the visits; {offered:,} were offered a visit and {seen:,} seen.",
        "{count:,} people were in custody at the visits; {offered:,} were offered a visit and {seen:,} seen.",
        there,
        offered=offered,
        seen=seen,
    )


def issues(summary: Summary) -> str:
    """Return how many issues were raised, how many of them serious, and how many are open, whenever raised."""
    raised, still = known(summary, "issues", "raised"), known(summary, "issues", "open_at_end")
    if raised is None or still is None or raised.value is None or still.value is None:
        return ""
    if not raised.value and not still.value:
        return ""
    new = plural(
        "{count:,} issue, request or question was raised",
        "{count:,} issues, requests and questions were raised",
        raised.value,
    )
    if not raised.value:
        new = tr("No issue was raised") if summary.over else tr("No issue has been raised yet")
    serious = known(summary, "issues", "raised_serious")
    if serious and serious.value:
        new = plural(
            "{raised}, {count:,} of them marked as serious",
            "{raised}, {count:,} of them marked as serious",
            serious.value,
            raised=new,
        )
    closed = known(summary, "issues", "closed")
    if closed and closed.value:
        ended = plural("{count:,} was closed", "{count:,} were closed", closed.value)
        new = tr("{raised}; {closed}", raised=new, closed=ended)
    return tr("{raised}; {open}.", raised=new, open=_open(summary, still.value))


def _open(summary: Summary, number: int) -> str:
    """Return how many issues were open on the last day; of a period that is not over, on the last that was seen."""
    if summary.over or summary.as_of is None:
        left = plural(
            "{count:,} was open at the end, whenever it was raised",
            "{count:,} were open at the end, whenever they were raised",
            number,
        )
        return left if number else tr("none was open at the end")
    day = day_words(summary.as_of)
    left = plural(
        "{count:,} was open on {day}, whenever it was raised",
        "{count:,} were open on {day}, whenever they were raised",
        number,
        day=day,
    )
    return left if number else tr("none was open on {day}", day=day)


def _number(summary: Summary, figure: str) -> int | None:
    found = known(summary, "custody_visit", figure)
    return found.value if found else None
