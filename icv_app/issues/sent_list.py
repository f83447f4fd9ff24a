"""The list for the police: what is to be sent to one of them, in words that may leave the office, and what was sent.

A list is made from what no list had yet (`issue_state.is_unsent`), written as a document, and only then marked as sent,
all of it in one save. No volunteer stands in it: no code, no number or address, no planned day (`domain.md` E6).
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from forms import guard
from forms.translation import plural, tr
from icv_app import issue_state, issue_wording, working_days
from icv_app.encryption.faults import in_words
from icv_app.errors import InvalidInput
from icv_app.issues import issue_list, police_words, repeats
from icv_app.issues.issue_list import Line
from icv_app.scheme import scheme_settings
from icv_app.storage.store import Store
from icv_app.wording import day_words, listed

KIND: Final = "sent_list"
RECIPIENT_OF: Final[Mapping[str, str]] = {
    "custody_suite": "custody_inspector", "dog_unit_kennels": "dog_unit_sergeant",
    "training_venue": "dog_unit_sergeant",
}  # fmt: skip
"""Who gets what was found at a site of a kind."""
REVIEWS: Final = ""
"""The place of what a record review found: it names no site, and goes to the custody inspector."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """A site with what waits there to be sent; `site` is `REVIEWS` for record reviews."""

    site: str
    name: str
    to: str
    waiting: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """One entry of a list, in words. `found` is "" where the day is not known; `again`: how often it came before.

    `severity` is "" where `what` says it.
    """

    number: int
    key: str
    where: str
    found: str
    what: str
    severity: str
    text: str
    action: str
    again: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SentList:
    """A list that is ready to be written: `asked` wait for an answer by `due`, `praise` for being passed on.

    `warnings` are for the person who sends it and stand in no document. `heads`: the versions it was made from, by key.
    """

    reference: str
    to: str
    to_words: str
    places: str
    sites: tuple[str, ...]
    day: date
    due: date
    scheme: str
    marking: str
    asked: tuple[Item, ...]
    praise: tuple[Item, ...]
    warnings: tuple[str, ...]
    heads: Mapping[str, tuple[bytes, ...]]

    @property
    def items(self) -> tuple[Item, ...]:
        """All entries, in the order of the document."""
        return (*self.asked, *self.praise)

    @property
    def title(self) -> str:
        """What stands at the head of the document."""
        return tr("What the visitors found")

    def file_name(self, ending: str) -> str:
        """Return the name under which it is offered to be kept, with its marking (`domain.md` E5)."""
        plain = re.sub(r"[^\w() -]+", " ", f"{self.marking} {self.reference}")
        return f"{' '.join(plain.split())}.{ending}"


def places(store: Store, today: date) -> tuple[Place, ...]:
    """Return where something waits to be sent, by name."""
    waiting = [line for line in issue_list.lines(store, today) if issue_state.is_unsent(line.body)]
    kinds = _kinds(store)
    found = []
    for site in dict.fromkeys(line.site for line in waiting):
        of_site = [line for line in waiting if line.site == site]
        name = of_site[0].site_name if site else tr("Custody-record reviews")
        to = RECIPIENT_OF.get(kinds.get(site, ""), "custody_inspector")
        found.append(Place(site=site, name=name, to=to, waiting=len(of_site)))
    return tuple(sorted(found, key=lambda place: (place.site == REVIEWS, place.name)))


def prepare(
    store: Store, sites: Sequence[str], today: date, *, scheme: str, to: str = "", due: date | None = None
) -> SentList:
    """Return the list of what waits at `sites`, for one recipient.

    `to`: a code of `issue_wording.RECIPIENTS`, "": whoever gets what is found at these sites. `due`: when an answer is
    due, None: by the scheme's setting. Raises InvalidInput: "no_site", "unknown", "two_recipients", "nothing_to_send",
    "due_before".
    """
    known = {place.site: place for place in places(store, today)}
    kinds = _kinds(store)
    if not sites:
        raise InvalidInput("no_site", tr("Choose at least one site."))
    for site in sites:
        if site != REVIEWS and site not in kinds and site not in known:
            raise InvalidInput("no_site", tr("There is no site {site}.", site=site))
    usual = dict.fromkeys(RECIPIENT_OF.get(kinds.get(site, ""), "custody_inspector") for site in sites)
    if to and to not in issue_wording.RECIPIENTS:
        codes = ", ".join(issue_wording.RECIPIENTS)
        raise InvalidInput("unknown", tr("{code} is not known. Use one of: {names}.", code=to, names=codes))
    if not to and len(usual) > 1:
        told = listed(issue_wording.words(issue_wording.RECIPIENTS, code) for code in usual)
        raise InvalidInput("two_recipients", tr("These sites go to {people}. Make a list for each.", people=told))
    settings, to = scheme_settings.read(store), to or next(iter(usual))
    until = due or working_days.after(today, settings.response_days)
    if until < today:
        raise InvalidInput("due_before", tr("An answer cannot be due before the list is sent."))
    chosen = [
        line for line in issue_list.lines(store, today) if line.site in sites and issue_state.is_unsent(line.body)
    ]
    if not chosen:
        raise InvalidInput("nothing_to_send", tr("Nothing waits to be sent from there."))
    people = police_words.people(store)
    warnings: list[str] = []
    chosen.sort(key=_place_in_list)
    items = [_item(number, line, people, settings.custody_number, warnings) for number, line in enumerate(chosen, 1)]
    praised = sum(issue_state.is_praise(line.body) for line in chosen)
    names = [known[site].name for site in dict.fromkeys(sites) if site in known]
    return SentList(
        reference=_reference(store, to, today), to=to, to_words=issue_wording.words(issue_wording.RECIPIENTS, to),
        places=listed(names), sites=tuple(dict.fromkeys(sites)), day=today, due=until, scheme=scheme,
        marking=settings.report_marking, asked=tuple(items[: len(items) - praised]),
        praise=tuple(items[len(items) - praised :]), warnings=tuple(warnings),
        heads={line.key: line.record.heads for line in chosen},
    )  # fmt: skip


def _place_in_list(line: Line) -> tuple[bool, bool, str, date, str]:
    """Return where an entry stands: what is serious first, praise last, else by site and day."""
    body = line.body
    praise, minor = issue_state.is_praise(body), not issue_state.is_serious(body)
    return praise, minor, line.site_name, line.found or date.max, line.key


def _severity(line: Line) -> str:
    return issue_wording.words(issue_wording.SEVERITIES, line.severity)


def _kinds(store: Store) -> dict[str, str]:
    with in_words():
        return dict(store.connection.execute("SELECT site, coalesce(kind, '') FROM fact_site"))


def _reference(store: Store, to: str, today: date) -> str:
    """Return "List 2026-11-22 custody inspector 1", which no list of this laptop has yet."""
    names = {"custody_inspector": "custody inspector", "dog_unit_sergeant": "Dog Unit sergeant", "estates": "estates"}
    held = {record.key for record in store.records(KIND)}
    number = 1
    while (name := f"List {today.isoformat()} {names[to]} {number}") in held:
        number += 1
    return name


# Words that may leave ------------------------------------------------------------------------------------------------


def _item(number: int, line: Line, people: re.Pattern[str] | None, pattern: str, warnings: list[str]) -> Item:
    body = line.body
    praise = issue_state.is_praise(body)
    text = police_words.may_leave(line.text, people, pattern, keep_names=praise)
    action = police_words.may_leave(str(body.get("action") or ""), people, pattern, keep_names=False)
    if praise and (named := [hit.text for hit in guard.look(text, custody_number=pattern) if hit.kind == "name"]):
        warnings.append(tr("The praise {key} seems to name somebody: {names}. Nobody but staff may stand there.",
                           key=line.key, names=listed(named)))  # fmt: skip
    if (text, action) != (line.text, str(body.get("action") or "")):
        warnings.append(tr("In {key} something was left out of the words, because it may tell who somebody is.",
                           key=line.key))  # fmt: skip
    again = ""
    if line.earlier and not praise:
        again = plural(
            "This theme came up here once before, within {months} months.",
            "This theme came up here {count} times before, within {months} months.",
            line.earlier, months=repeats.MONTHS,
        )  # fmt: skip
    return Item(
        number=number, key=line.key, where=line.site_name or tr("Custody-record reviews"),
        found=day_words(line.found) if line.found else "", what=line.what,
        severity="" if praise or issue_state.is_serious(body) else _severity(line),
        text=text, action=action, again=again,
    )  # fmt: skip


# What was sent -------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class Sent:
    """A list that was sent: to whom, when, from which sites, by whom, and the issues in it."""

    reference: str
    to_words: str
    on: date | None
    sites: tuple[str, ...]
    by: str
    issues: tuple[str, ...]


def sent(store: Store) -> Iterator[Sent]:
    """Yield the lists that were sent, the latest first."""
    found = []
    for record in store.records(KIND):
        body = record.body
        found.append(
            Sent(
                reference=record.key, to_words=issue_wording.words(issue_wording.RECIPIENTS, body.get("to")),
                on=issue_state.day(body.get("on")), sites=_texts(body.get("sites")), by=str(body.get("by") or ""),
                issues=_texts(body.get("issues")),
            )
        )  # fmt: skip
    yield from sorted(found, key=lambda each: (each.on or date.min, each.reference), reverse=True)


def _texts(value: object) -> tuple[str, ...]:
    return tuple(map(str, value)) if isinstance(value, Iterable) and not isinstance(value, str) else ()
