"""Checking an edition: what was forged in the file of a laptop passes nowhere, and a lawful erasure is no forgery."""

import json
import shutil
from dataclasses import replace
from datetime import date, datetime
from hashlib import sha256

import pytest

import resources
from forms import translation
from icv_app.clock import LONDON, Clock
from icv_app.errors import InvalidInput
from icv_app.laptop import Laptop
from icv_app.office import disposal
from icv_app.periods import parse_period
from icv_app.storage.revision import encode, header_hash
from icv_app.storage.store import Store
from icv_app.summaries import edition, frozen, paper_template, published, quality
from reports import making
from tests.laptops import PASSPHRASE, founded

NOW = datetime(2026, 11, 22, 14, 2, tzinfo=LONDON)
CLOCK = Clock(lambda: NOW)
NAME = "2025-26-Q2"
Q2 = parse_period(NAME)


@pytest.fixture(scope="module")
def published_once(tmp_path_factory):
    folder = tmp_path_factory.mktemp("published") / "office"
    with founded(folder, clock=CLOCK) as laptop:
        laptop.import_folder(resources.path("example"))
        laptop.accounts.publish(laptop.store, Q2, make=making.make)
    return folder


@pytest.fixture
def office(published_once, tmp_path):
    with Laptop.unlock(shutil.copytree(published_once, tmp_path / "office"), PASSPHRASE, clock=CLOCK) as laptop:
        yield laptop


def forged(store: Store, *, named: bool) -> None:
    """Have the edition say 35 visits, in the file of the laptop and by its key; `named`: with names to match."""
    (kept,) = published.editions(store, NAME)
    account = kept.account
    figures = [
        replace(each, value=35) if (each.figure, each.site) == ("visits_completed", None) else each
        for each in account.summary.figures
    ]
    other = replace(account, summary=replace(account.summary, figures=tuple(figures)))
    body = {
        **kept.body, **frozen.to_body(other), "figures": [each.as_row() for each in figures],
        "digest": edition.digest(other),
        "documents": {
            f"summary.{ending}": sha256(making.make("summary", other, ending)).hexdigest() for ending in making.FORMATS
        },
    }  # fmt: skip
    payload = store.trust.sealed(encode(body, NAME), ["office"])
    rev, row = kept.rev, list(store.row(kept.rev))
    row[-1] = payload
    if named:
        row[-2] = sha256(payload).digest()
        row[0] = header_hash(*row[1:11])
    store.connection.execute(
        "UPDATE revision SET rev = ?, payload_hash = ?, payload = ? WHERE rev = ?", (row[0], row[-2], row[-1], rev)
    )
    store.connection.execute("UPDATE seal SET rev = ? WHERE rev = ?", (row[0], rev))
    store.connection.commit()


@pytest.mark.parametrize("named", [False, True], ids=["payload", "names_too"])
def test_a_forged_edition_passes_nowhere(office, named):
    forged(office.store, named=named)
    (kept,) = published.editions(office.store, NAME)
    assert kept.account.summary.get("custody_visit", "visits_completed").value == 35  # it reads as one
    found = published.check(office.store, NAME, make=making.make)
    assert not found.signed
    assert not found.sound
    if not named:
        with pytest.raises(InvalidInput) as refused:
            office.accounts.published(NAME)
        assert refused.value.code == "altered"


def test_an_edition_that_others_followed_is_proved_by_every_name_up_to_the_signature(office):
    for number in range(5):
        office.store.save("commentary", "2025-26-Q1", {"summary": f"Thought {number}."})
    (kept,) = published.editions(office.store, NAME)
    assert edition.signed(office.store, kept)
    forged(office.store, named=True)
    (kept,) = published.editions(office.store, NAME)
    assert not edition.signed(office.store, kept)


def test_a_sum_of_an_earlier_program_holds_for_the_form_in_which_it_was_kept(office):
    (kept,) = published.editions(office.store, NAME)
    body = json.loads(json.dumps(kept.body))
    del body["account"]["replaces"], body["account"]["whole"]  # fields that came later
    held = json.dumps({name: body[name] for name in ("frozen", "account")}, sort_keys=True, separators=(",", ":"))
    body["digest"] = sha256(held.encode()).hexdigest()
    office.store.save("published", NAME, body)
    assert published.editions(office.store, NAME)[-1].whole
    assert office.accounts.published(NAME, "1b") == replace(kept.account, label="1b")


def erase_words(office, publication):
    issue = next(each for each in office.accounts.published(NAME).summary.findings if each.text)
    planned = disposal.whole(office.store, issue.issue)
    return disposal.carry_out(office.store, planned, act="erasure", reason="They asked for it", by="OFFICE")


def test_an_erasure_is_no_fault_and_is_told_by_its_certificate(office):
    record = office.store.current("visit", "CV-2025-0028")
    office.store.save("visit", record.key, {**record.body, "in_custody": 20})
    office.accounts.publish(office.store, Q2, make=making.make)
    number = erase_words(office, NAME)
    for label in ("1", "2"):
        found = published.check(office.store, NAME, label, make=making.make)
        assert found.sound
        assert (found.erased.day, found.erased.certificate) == (date(2026, 11, 22), number)
    assert published.check(office.store, NAME, "2").whole
    assert published.editions(office.store, NAME)[0].account is None


def test_what_merely_looks_like_an_erasure_is_a_fault(office):
    (kept,) = published.editions(office.store, NAME)
    bare = {name: kept.body[name] for name in edition.FIGURES if name in kept.body}
    office.store.save("published", NAME, {**bare, "edition": 2, "earlier": []})
    found = published.check(office.store, NAME, "2")
    assert found.erased is None
    assert not found.sound


def changes(office):
    return published.editions(office.store, NAME)[-1].changes


def test_to_publish_in_another_language_changes_nothing(office):
    translation.use("cy", resources.catalogue("cy"))
    try:
        with pytest.raises(InvalidInput) as found:
            office.accounts.publish(office.store, Q2)
    finally:
        translation.use("en")
    assert found.value.code == "published"


def test_the_scheme_s_own_template_is_a_change_in_any_language(office):
    rows = paper_template.read(office.store, "panel_paper")
    paper_template.save(office.store, "panel_paper", rows[:-1])
    translation.use("cy", resources.catalogue("cy"))
    try:
        office.accounts.publish(office.store, Q2)
    finally:
        translation.use("en")
    assert len(changes(office)) == 1


def test_new_evidence_of_quality_is_named(office):
    known = quality.criteria(office.store.connection, Q2.last)[0]
    quality.add_evidence(
        office.store, known.code, "The panel was told", on=date(2025, 9, 1), today=NOW.date(), by="OFFICE"
    )
    office.accounts.publish(office.store, Q2)
    assert changes(office) == (f"The evidence of “{known.words}” has changed.",)


def test_what_no_line_tells_of_is_told_beside_those_that_do(office):
    record = office.store.current("visit", "CV-2025-0028")
    office.store.save("visit", record.key, {**record.body, "in_custody": 20})
    site = office.store.current("site", "euston-street")
    office.store.save("site", site.key, {**site.body, "name": "Euston Road"})
    office.accounts.publish(office.store, Q2)
    told = changes(office)
    assert told[-1] == "Something else that the summary says has changed."
    assert any(each.startswith("Changed since: Custody visit CV-2025-0028") for each in told)


def test_nothing_else_is_told_of_where_the_lines_tell_of_all(office):
    record = office.store.current("visit", "CV-2025-0028")
    office.store.save("visit", record.key, {**record.body, "in_custody": 20})
    office.accounts.publish(office.store, Q2)
    assert "Something else that the summary says has changed." not in changes(office)
