"""Disclosure: what a public document tells, and the check before anything is exported (`domain.md` B3, E5-E8).

Pure. `public` makes the account that is fit for a public paper; `check` says in plain words what it holds back, and
what somebody should look at before it goes. docs/disclosure.md says what is kept secret, and what cannot be.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Final

from forms.translation import plural, tr
from icv_app import commentary_section, figure_name
from icv_app.account import Account, Withheld
from icv_app.figure import Figure
from icv_app.public import public_reasons, public_words, withholding
from icv_app.public.public_account import column, is_restricted, not_told, public
from icv_app.public.public_changes import PRIVATE_THEMES
from icv_app.small_numbers import small
from icv_app.summary import Finding
from icv_app.wording import listed

__all__ = ["FIGURES", "SUMMARY", "Check", "check", "is_restricted", "marking", "public"]

SUMMARY: Final = "summary"
RETURN: Final = "icva-return"
QUALITY: Final = "quality"
FIGURES: Final = "figures"
"""What a document tells, by its name on the command line: the return totals alone, the evidence pack the figures of
its criteria and the evidence; the tables (CSV, JSON, XLSX) all figures. Each of these is without findings and
commentary; every other document may hold all that an account does."""
_OF_COUNTS: Final = (RETURN, QUALITY, FIGURES)


@dataclass(frozen=True, slots=True, kw_only=True)
class Check:
    """What is to be known before a document leaves the office, as sentences; an empty list says that there is nothing.

    `head`: its marking, and for whom it is. `withheld`: the numbers held back, and why. `texts`: the words held back.
    `guard`: what in the texts that stand looks like personal data, and where. `still`: what could yet tell of somebody.
    """

    public: bool
    head: str
    withheld: tuple[str, ...] = ()
    texts: tuple[str, ...] = ()
    guard: tuple[str, ...] = ()
    still: tuple[str, ...] = ()

    @property
    def words(self) -> tuple[str, ...]:
        """All of it, the head first."""
        return (self.head, *self.withheld, *self.texts, *self.guard, *self.still)

    @property
    def clear(self) -> bool:
        """Whether nothing is left that somebody should look at."""
        return not self.guard and not self.still


def check(account: Account, document: str = SUMMARY) -> Check:
    """Return the check of a document of an account: what a public one holds back, or what the office's own holds.

    `document`: its name on the command line, or FIGURES.
    """
    few = 0 if account.public else _few(account, document)
    marked = marking(account, document)
    account = _told_by(account, document)
    guard = (*_guard(account), *(_evidence(account) if document == QUALITY else ()))
    if account.public:
        return Check(
            public=True, head=tr("{marking}, for a public paper.", marking=marked), withheld=tuple(_withheld(account)),
            texts=tuple(_texts(account)), guard=guard, still=(*_still(account), *_reasons(account, document)),
        )  # fmt: skip
    head = tr("{marking}, for the office.", marking=marked)
    return Check(public=False, head=head, guard=guard, still=tuple(_held(account, few)))


def marking(account: Account, document: str) -> str:
    """Return the marking of a document: the scheme's own where it tells nothing for which the account has another."""
    if account.public or document not in (RETURN, QUALITY):
        return account.marking
    told = any(_evidence(account)) if document == QUALITY else False
    return (
        account.marking if told or _few(account, document, small=False) else account.public_marking or account.marking
    )


def _told_by(account: Account, document: str) -> Account:
    """Return an account without what a document does not tell."""
    if document not in _OF_COUNTS:
        return account
    summary = account.summary
    return replace(
        account,
        summary=replace(summary, figures=tuple(each for each in summary.figures if _is_in(each, account, document)),
                        findings=()),
        withheld=tuple(
            each for each in account.withheld
            if _is_in(each.figure, account, document) and (document == FIGURES or not _is_day(each))
        ),
        commentary={}, untold=0,
    )  # fmt: skip


def _is_in(figure: Figure, account: Account, document: str) -> bool:
    """Return whether a figure may stand in a document."""
    if document == QUALITY:
        wanted = {each for judged in account.quality for each in judged.criterion.figures}
        return figure.site is None and (figure.measure, figure.figure) in wanted
    return document != RETURN or figure.site is None


def _few(account: Account, document: str, *, small: bool = True) -> int:
    """Return how many figures of a document a public one would withhold; `small`: those of a few people alone."""
    found = withholding.verdict(column(account), account.small_number)
    return sum(
        _is_in(each, account, document)
        and withholding.is_withheld(each, found)
        and (not small or withholding.is_small(each, account.small_number))
        for each in account.summary.figures
    )


def _withheld(account: Account) -> Iterator[str]:
    """Yield a sentence for each kind that is withheld: where its number is small, and that it goes elsewhere, too."""
    if not account.withheld:
        yield tr("No number had to be withheld.")
        return
    names = {site.site: site.name for site in account.summary.sites}
    found: dict[str, list[Withheld]] = {}
    for each in account.withheld:
        found.setdefault(_kind(each), []).append(each)
    if all(each.why == "span" for each in account.withheld):
        yield tr(
            "Withheld, as the period is not made of whole quarters that are over, so that small numbers could be "
            "worked out: {figures}.",
            figures="; ".join(found),
        )
        return
    for kind, gone in found.items():
        placed = [each for each in gone if each.figure.site is not None or _is_day(each)]
        few = listed(dict.fromkeys(_place(each, names) for each in placed if each.why == "small"))
        if all(each.why != "small" for each in gone):
            yield tr("{figure}: withheld, as a small number could be worked out from it.", figure=kind)
        elif not few:
            yield tr("{figure}: withheld, as a number is small.", figure=kind)
        elif len(placed) < len(gone):
            yield tr("{figure}: withheld, the total too; small: {places}.", figure=kind, places=few)
        else:
            yield tr("{figure}: withheld everywhere but in the total; small: {places}.", figure=kind, places=few)


def _kind(withheld: Withheld) -> str:
    if withheld.figure.figure in withholding.HELD:
        return tr("How long immigration detainees were held")
    return figure_name.title(withheld.figure)


def _is_day(withheld: Withheld) -> bool:
    return withheld.figure.unit == "session"


def _place(withheld: Withheld, names: dict[str, str]) -> str:
    """Return a site, or the day of a session, in words."""
    site = withheld.figure.site
    return withheld.figure.note if site is None else names.get(site, site)


def _texts(account: Account) -> Iterator[str]:
    findings = account.summary.findings
    if count := account.untold + sum(finding.text == not_told() for finding in findings):
        yield plural(
            "{count} finding is counted and not told: the office wrote no words for the public about it.",
            "{count} findings are counted and not told: the office wrote no words for the public about them.",
            count,
        )
    if count := sum("[" in finding.response for finding in findings):
        yield plural(
            "In {count} answer of the police, what looked like personal data is masked.",
            "In {count} answers of the police, what looked like personal data is masked.",
            count,
        )
    if findings or account.untold:
        yield tr("The days of findings, what visitors wrote and references are left out.")


def _guard(account: Account) -> Iterator[str]:
    """Yield what stands in a document as a person wrote it and looks like personal data."""
    for section, text in account.commentary.items():
        if hits := public_words.found(text):
            yield tr("The commentary on “{section}” may hold personal data: {found}.",
                     section=commentary_section.title(section), found=listed(hits))  # fmt: skip
    for finding in account.summary.findings:
        if hits := public_words.found(finding.public_summary):
            yield tr("Words for the public about {theme} may hold personal data: {found}.",
                     theme=_theme(finding), found=listed(hits))  # fmt: skip


def _evidence(account: Account) -> Iterator[str]:
    """Yield what in the evidence of quality looks like personal data."""
    for judged in account.quality:
        for each in judged.evidence:
            if hits := public_words.found(f"{each.what} {each.source}"):
                yield tr("Evidence for “{criterion}” may hold personal data: {found}.",
                         criterion=judged.criterion.words, found=listed(hits))  # fmt: skip


def _theme(finding: Finding) -> str:
    return figure_name.theme(finding.theme or "other").lower()


def _still(account: Account) -> Iterator[str]:
    """Yield what a public document says all the same and could point to somebody."""
    summary = account.summary
    names = {site.site: site.name for site in summary.sites}
    once = {
        figure.site
        for figure in summary.figures
        if figure.figure == "visits_completed" and figure.value == 1 and figure.site is not None
    }
    told = dict.fromkeys(finding.site for finding in summary.findings if finding.site in once)
    if told:
        yield tr("Visited only once, so that a finding there is of a known visit: {sites}.",
                 sites=listed(names.get(site, site) for site in told))  # fmt: skip
    serious = sum(finding.severity == "serious" for finding in summary.findings)
    if serious:
        yield plural(
            "{count} finding is serious: read what is said of it.",
            "{count} findings are serious: read what is said of them.",
            serious,
        )
    answered = sum(bool(finding.response and finding.public_summary) for finding in summary.findings)
    if answered:
        yield plural(
            "{count} answer of the police stands in their own words: read it.",
            "{count} answers of the police stand in their own words: read them.",
            answered,
        )
    for figure in summary.figures:
        theme = figure.figure.removeprefix("raised_")
        if theme in PRIVATE_THEMES and figure.value is not None and small(figure.value, account.small_number):
            yield plural(
                "{count} issue is about {theme}: its place is left out.",
                "{count} issues are about {theme}: their place is left out.",
                figure.value, theme=figure_name.theme(theme).lower(),
            )  # fmt: skip
    if not account.edition:
        yield tr(
            "These figures are not published, and no copy of them is kept: one that is made later could tell of a few "
            "people by what differs. For the public, publish the period first."
        )
    if not (account.over and withholding.is_of_quarters(account.period)):
        yield tr(
            "The period is not made of whole quarters that are over: set beside a paper on other days, it could tell "
            "the day and the place of a finding."
        )
    if account.edition > 1 or account.changes:
        yield tr(
            "This period was published before. What differs between the two could tell of a few people: compare them."
        )


def _reasons(account: Account, document: str) -> Iterator[str]:
    """Yield which reasons stand as somebody wrote them, and of which criteria of quality the evidence does."""
    if document == QUALITY:
        if told := [each.criterion.words for each in account.quality if each.evidence]:
            yield tr("The evidence stands in the words of whoever wrote it. Read it, of: {criteria}.",
                     criteria="; ".join(told))  # fmt: skip
        return
    found = () if document == RETURN else public_reasons.standing(account)
    if found:
        yield plural(
            "{count} reason stands in the words of whoever wrote it. Read it: {reasons}.",
            "{count} reasons stand in the words of whoever wrote them. Read them: {reasons}.",
            len(found), reasons="; ".join(tr("{place}: “{words}”", place=place, words=words) for place, words in found),
        )  # fmt: skip


def _held(account: Account, few: int) -> Iterator[str]:
    """Yield why a document of the office's own account must not be published; `few`: its numbers of a few people."""
    if few:
        yield plural(
            "The figures of this period hold {count} small number of people: do not publish this document.",
            "The figures of this period hold {count} small numbers of people: do not publish this document.",
            few,
        )
    raw = sum(bool(finding.text or finding.action) for finding in account.summary.findings)
    if raw:
        yield plural(
            "{count} finding of this period stands in the words of its report: do not publish this document.",
            "{count} findings of this period stand in the words of reports: do not publish this document.",
            raw,
        )
