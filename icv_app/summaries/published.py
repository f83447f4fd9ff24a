"""Published figures: a period as it was handed out, kept for good (`domain.md` A7, B0).

A record of the office's own for each period, known by its name. Publishing again adds an edition; the history keeps
all. An edition holds the whole account (`frozen`), what it was counted from (`basis`) and what it changed.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from hashlib import sha256
from typing import Final

from forms.translation import language, plural, tr
from icv_app import __version__
from icv_app.account import Account
from icv_app.counting import basis, figures, publication, restatement
from icv_app.counting.publication import KIND, Published
from icv_app.counting.record_words import Behind, names_of
from icv_app.counting.restatement import Difference
from icv_app.encryption.cipher import Connection
from icv_app.errors import InvalidInput
from icv_app.figure import Figure, Period
from icv_app.periods import known_as, parse_period
from icv_app.records import visit_list
from icv_app.scheme import scheme_settings
from icv_app.storage.store import Store
from icv_app.summaries import commentary, edition, edition_changes, likeness, still_out, written_since
from icv_app.summaries.edition import Edition, Erased
from icv_app.wording import day_words, months_words

Make = Callable[[str, Account, str], bytes]
"""Makes a document of a name from an account, in a format: `reports.making.make`."""
MADE: Final = ("json", "csv", "pdf", "html", "docx", "xlsx")
"""The formats of the summary whose sums an edition keeps, where something is there to make them."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """A published period, which of its figures come out differently now, and in how many sections its commentary."""

    period: Period
    published: Published
    restated: tuple[Difference, ...]
    rewritten: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Check:
    """What came of checking an edition. Documents by their names, and whether each came out as it was made then.

    `whole`: the account is as it was kept; `signed`: the signature of the laptop that published covers it; `counted`:
    the list of records is as it was kept. `changed` and `gone`: how many of these records are so since. `program`: of
    another version than this one's, documents are not compared, and `documents` is empty. `erased`: where words were
    erased of it since, when; what went with them is no fault: the sums of its documents, and of an edition that had
    been replaced all but the figures.
    """

    edition: Edition
    whole: bool
    signed: bool
    counted: bool
    changed: int
    gone: int
    documents: Mapping[str, bool]
    erased: Erased | None = None

    @property
    def sound(self) -> bool:
        """Whether everything that could be checked is as it was published, or as an erasure left it."""
        bare = self.erased is not None and self.edition.account is None and self.edition.basis is None
        return self.signed and (bare or (self.whole and self.counted)) and all(self.documents.values())


def publish(
    store: Store, period: Period, *, by: str, today: date, account: Account | None = None, make: Make | None = None
) -> Published:  # fmt: skip
    """Keep `period` as it comes out now; on disk when this returns.

    `account`: what documents say of it, with its comparisons; None: its figures, records and commentary alone. `make`:
    makes the documents whose sums are kept. Raises InvalidInput: "not_over" while the period lasts, "published" where
    the same is published already, and "office_only" on a laptop that does not speak for the office.
    """
    refuse_unfinished(period, today)
    connection = store.connection
    account = _alone(connection, period, today) if account is None else account
    names = {site.site: site.name for site in account.summary.sites}
    told = restatement.notes(connection, period, account.summary.figures, names)
    notes = tuple(note for note in account.summary.notes if note not in told)
    account = replace(account, summary=replace(account.summary, notes=notes))
    standing = tuple(each for each in edition.every(connection, period.name) if each.stands)
    if len(standing) == 1:  # of several the next one takes the place, whatever has changed
        _refuse_the_same(standing[0], account)
    made_from = basis.read(connection, account.summary, today)
    account = replace(
        account, edition=_next(connection, period), published_on=today,
        changes=edition_changes.since(standing, account, made_from), replaces=tuple(each.label for each in standing),
        changed=tuple(edition_changes.values(standing, account, made_from)),
    )  # fmt: skip
    kept = {
        "period": period.name,
        "from": period.first.isoformat(),
        "to": period.last.isoformat(),
        "figures": [figure.as_row() for figure in account.summary.figures],
        "notes": list(notes),
        "sites": names,
        "program": __version__,
        "by": by,
        "on": today.isoformat(),
        "edition": account.edition,
    }
    body = edition.body(kept, account, made_from, {} if make is None else _sums(account, make))
    store.save(KIND, period.name, body)
    found = publication.read(body, period.name)
    assert found is not None
    return replace(found, label=str(account.edition))


def refuse_unfinished(period: Period, today: date) -> None:
    """Raise InvalidInput("not_over") while a period lasts."""
    if today <= period.last:
        words = tr("The period is not over: it ends on {day}. Publish it after that.", day=day_words(period.last))
        raise InvalidInput("not_over", words)


def before_publishing(store: Store, period: Period, today: date) -> tuple[str, ...]:
    """Return what is still out or undecided in `period`, each in a sentence (`still_out`); it keeps nobody from it."""
    return still_out.before_publishing(store.connection, period, today)


def _alone(connection: Connection, period: Period, today: date) -> Account:
    return Account(
        summary=figures.of(period, connection, today), scheme="", marking=scheme_settings.held(connection).marking,
        records_to=visit_list.latest(connection, today, reviews=True), program_version=__version__,
        language=language(), commentary=commentary.read(connection, period.name),
    )  # fmt: skip


def _refuse_the_same(before: Edition, account: Account) -> None:
    if restatement.differences(account.period, before.published.figures, account.summary.figures):
        return
    if before.account is not None and not likeness.same(before.account, account):
        return
    day = day_words(before.published_on) if before.published_on else tr("an earlier day")
    raise InvalidInput("published", tr("The same figures were published on {day}. Nothing is new.", day=day))


def _next(connection: Connection, period: Period) -> int:
    return max((each.edition for each in edition.every(connection, period.name)), default=0) + 1


def _sums(account: Account, make: Make) -> dict[str, str]:
    """Return the SHA-256 sums of the summary in every format that can be made."""
    found = {}
    for ending in MADE:
        try:
            found[f"summary.{ending}"] = sha256(make("summary", account, ending)).hexdigest()
        except InvalidInput as error:
            if error.code != "format":
                raise
    return found


def editions(store: Store, name: str) -> tuple[Edition, ...]:
    """Return the editions of the period of that name, the earliest first."""
    return edition.every(store.connection, name)


def kept_as(store: Store, period: Period) -> Period:
    """Return a period under the name that its editions are kept by: that of its quarter or year, or its own days.

    An earlier program kept a quarter under its days where it was given by them.
    """
    return period if edition.every(store.connection, period.name) else known_as(period)


def edition_words(found: Edition) -> str:
    """Return "Edition 2, published on 3 November 2025 by OFFICE1"."""
    return edition.words(found)


def check(store: Store, name: str, label: str | int | None = None, *, make: Make | None = None) -> Check:
    """Return whether an edition is as it was published, and what of its records has changed since.

    With `make`, its documents are made again and compared with those of then, where this is the same program. Raises
    InvalidInput("no_edition", "which_edition").
    """
    found = edition.one(store.connection, name, label)
    made_from = found.basis
    states = [] if made_from is None else [basis.now(store.connection, each) for each in made_from.counted]
    documents = {}
    if make is not None and found.account is not None and found.program == __version__:
        again = _sums(found.account, make)
        documents = {each: again.get(each) == held for each, held in found.documents.items()}
    return Check(
        edition=found, whole=found.whole, signed=edition.signed(store, found),
        counted=made_from is not None and basis.root(made_from.counted) == made_from.root,
        changed=states.count("changed"), gone=states.count("gone"), documents=documents,
        erased=edition.erased(store.connection, found),
    )  # fmt: skip


def records(connection: Connection, found: Edition, figure: Figure) -> tuple[Behind, ...]:
    """Return the records that a published figure was made from, and how each stands now.

    Raises KeyError where the edition has no such figure, InvalidInput("not_kept") where it does not tell its records.
    """
    account, made_from = found.told(), found.basis
    if made_from is None:
        raise InvalidInput("not_kept", tr("Which records edition {number} was counted from was not kept.",
                                          number=found.label))  # fmt: skip
    named = [(each.measure, each.figure, each.site) for each in account.summary.figures]
    wanted = (figure.measure, figure.figure, figure.site)
    if wanted not in named:
        raise KeyError(wanted)
    names = {**names_of(connection), **found.published.names}
    return tuple(basis.told(connection, names, each) for each in made_from.of(named.index(wanted)))


def every(store: Store) -> tuple[Published, ...]:
    """Return what was published of each period and not replaced, the latest period first."""
    found = [each for record in store.records(KIND) for each in publication.standing(store.connection, record.key)]
    known = [each for each in found if _period(each) is not None]
    return tuple(sorted(known, key=lambda each: each.name, reverse=True))


def restated(store: Store, connection: Connection, today: date) -> tuple[Standing, ...]:
    """Return every published period with what comes out differently now, the latest first.

    `connection` is counted from: the store's own, or another of the same laptop.
    """
    standings = []
    for each in every(store):
        period = _period(each)
        assert period is not None
        now = figures.of(period, connection, today).figures
        standings.append(
            Standing(
                period=period, published=each, restated=restatement.restated(each, period, now),
                rewritten=len(written_since.sections(store.connection, each.name)),
            )
        )  # fmt: skip
    return tuple(standings)


def words(standing: Standing) -> str:
    """Return "July to September 2025: published on 3 November 2025 by OFFICE1; 2 figures are restated since"."""
    kept = standing.published
    day = day_words(kept.on) if kept.on else tr("a day that is not recorded")
    period = months_words(standing.period.first, standing.period.last)
    said = tr("{period}: published on {day} by {person}", period=period, day=day, person=kept.by or tr("the office"))
    count = len(standing.restated)
    if not count and standing.rewritten:
        return tr("{published}; no figure is restated, but its commentary was changed since", published=said)
    if not count:
        return tr("{published}; nothing is restated", published=said)
    return plural(
        "{published}; {count} figure is restated since", "{published}; {count} figures are restated since", count,
        published=said,
    )  # fmt: skip


def _period(published: Published) -> Period | None:
    try:
        return parse_period(published.name)
    except InvalidInput:
        return None
