"""The volunteers: how many there are, who joined and left, and the time that they gave."""

from forms.translation import later, tr
from icv_app.account import Account
from icv_app.summary import Summary
from icv_app.wording import day_words
from reports import cells, wording
from reports.document import Blocks, heading, kept, table
from reports.summary.commentary import commentary

_HEADS = (
    (later("Volunteers currently visiting"), "currently_visiting"),
    (later("Besides the volunteers, in training"), "in_training"),
    (later("Joined in the period"), "joined"),
    (later("Left in the period"), "left"),
)
_AT_VISITS = (
    (later("Custody visits"), "custody_visit"),
    (later("Kennel visits"), "kennel_visit"),
    (later("Off-site training"), "training_observation"),
)
_BESIDE = (
    (later("Training"), "training_minutes"),
    (later("Meetings"), "meeting_minutes"),
    (later("Panels"), "panel_minutes"),
    (later("Other duties"), "other_minutes"),
)


def volunteers(account: Account) -> Blocks:
    """Return the section; nothing where the summary has no figure of it."""
    summary = account.summary
    title = tr("Volunteers")
    rows = [*_people(summary), *_time(summary)]
    head = [tr("Volunteers and their time"), tr("Number or time")]
    said = commentary(account, "volunteers")
    if not rows:
        return [heading(title), *said] if said else []
    return [*kept(heading(title), table(title, head, rows, (64, 36), numbers=(1,))), *said]


def _people(summary: Summary) -> list[list[str]]:
    people = wording.find(summary, "volunteers", "volunteers")
    day = day_words(summary.period.last)
    who = (
        tr("Volunteers on {day}", day=day)
        if summary.over
        else tr("Volunteers on {day}, by the dates known so far", day=day)
    )
    rows = [[who, wording.number(people)]] if people else []
    found = ((label, wording.find(summary, "volunteers", name)) for label, name in _HEADS)
    return rows + [[tr(label), wording.number(figure)] for label, figure in found if figure]


def _time(summary: Summary) -> list[list[str]]:
    rows = []
    for label, measure in _AT_VISITS:
        found = wording.find(summary, measure, "volunteer_minutes")
        if summary.unrecorded and not (found and found.value):
            continue  # no minutes of visits that nobody knows of
        if found and (found.value is not None or found.withheld):
            rows.append([tr("{visits}: time given, travel included", visits=tr(label)), cells.told(found)])
    together = wording.find(summary, "volunteers", "visit_minutes")
    if len(rows) > 1 and together and (together.value is not None or together.withheld):
        rows.append([tr("All visits together: time given, travel included"), cells.told(together)])
    for label, name in _BESIDE:
        found = wording.find(summary, "volunteers", name)
        if found and (found.value or found.withheld):  # what nobody entered says nothing
            rows.append([tr("{given}: time given, travel included", given=tr(label)), cells.told(found)])
    return rows
