"""The reviews of custody records: the sessions, and how long immigration detainees were held (`domain.md` B17, B26)."""

from forms.translation import later, tr
from icv_app.account import Account
from icv_app.summary import Summary
from icv_app.wording import day_words
from reports import cells, wording
from reports.document import Blocks, heading, note, paragraph, table, together
from reports.summary import sentences
from reports.summary.commentary import commentary
from reports.wording import defended, find, hours, known, sentence

MEASURE = "record_review"
_BANDS = (
    (later("Up to 24 hours"), "held_up_to_24"),
    (later("24 to 48 hours"), "held_24_to_48"),
    (later("48 to 72 hours"), "held_48_to_72"),
    (later("72 to 96 hours"), "held_72_to_96"),
    (later("96 to 120 hours"), "held_96_to_120"),
    (later("More than 120 hours"), "held_over_120"),
)


def record_reviews(account: Account) -> Blocks:
    """Return the section; nothing where the summary has no figure of it."""
    summary = account.summary
    text = sentences.records(summary)
    said = commentary(account, "records")
    rows = _sessions(summary)
    if not text and not said and not rows:
        return []
    parts: Blocks = [heading(tr("Custody-record reviews"))]
    told = " ".join(filter(None, [text if len(rows) != 1 else "", answered(summary)]))
    if told:
        parts.append(paragraph(told))
    if rows:
        head = [
            tr("Date"),
            tr("Reviewed by"),
            tr("Records"),
            tr("Immigration detainees"),
            tr("Recommendations"),
            tr("Made to"),
        ]
        widths = (17, 22, 9.5, 13.5, 18.5, 19.5)
        parts.append(table(tr("Custody-record reviews"), head, rows, widths, numbers=(2, 3, 4)))
    return [*parts, *_waits(summary), *said]


def answered(summary: Summary) -> str:
    """Return how many of the recommendations were answered, "" where none was made."""
    found = known(summary, "issues", "recommendations_answered")
    if found is None:
        return ""
    share = tr("Recommendations answered: {share}.", share=defended(found)) if found.denominator else ""
    return " ".join(filter(None, [share, sentence(found.note)]))


def _sessions(summary: Summary) -> list[list[str]]:
    return [
        [
            day_words(session.date),
            wording.words(session.kind),
            f"{session.records:,}",
            wording.WITHHELD if session.of_which_immigration is None else f"{session.of_which_immigration:,}",
            f"{session.recommendations:,}",
            session.recommended_to or cells.UNKNOWN,
        ]
        for session in summary.sessions
    ]


def _waits(summary: Summary) -> Blocks:
    """Return how long those were held whose records tell it, by bands, and of how many of the records that is."""
    bands = [(tr(label), find(summary, MEASURE, name)) for label, name in _BANDS]
    title = tr("How long immigration detainees were held")
    of = known(summary, MEASURE, "held_over_24_hours")
    share = [note(sentence(of.note))] if of and of.note else []
    if not any(found and (found.value or found.withheld) for _, found in bands):
        return [together(heading(title, 3), *share)] if share else []
    shown = table(
        title,
        [tr("From arrival to leaving"), *(label for label, _ in bands)],
        [[tr("Records"), *(cells.value(found) for _, found in bands)]],
        (19, *(13.5 for _ in bands)),
        numbers=range(1, len(bands) + 1),
    )
    told = [paragraph(text) for text in [held(summary)] if text]
    withheld = any(found and found.withheld for _, found in bands)
    below = [*share, *([note(wording.withheld_words())] if withheld else [])]
    return [together(heading(title, 3), *told, shown, *below)]


def held(summary: Summary) -> str:
    """Return the median and the longest time held, the share over a day, and the authority on the record."""
    said = []
    usual, longest = known(summary, MEASURE, "held_median_minutes"), known(summary, MEASURE, "held_longest_minutes")
    if usual and longest and usual.value is not None and longest.value is not None:
        said.append(
            tr(
                "The usual (median) time held was {usual}, the longest {longest}.",
                usual=hours(usual.value),
                longest=hours(longest.value),
            )
        )
    over = known(summary, MEASURE, "held_over_24_hours")
    if over and over.denominator:
        said.append(tr("Held for more than 24 hours: {share}.", share=defended(over)))
    authority = known(summary, MEASURE, "is91_on_record")
    if authority and authority.denominator:
        said.append(
            tr("The authority to detain (form IS91) was on the custody record: {share}.", share=defended(authority))
        )
    return " ".join(said)
