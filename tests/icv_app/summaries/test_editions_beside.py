"""Two laptops of the office publish beside each other: each edition has a name of its own, and both are told of."""

import shutil
from datetime import datetime

import pytest

import resources
from icv_app.clock import LONDON, Clock
from icv_app.errors import InvalidInput
from icv_app.laptop import Laptop
from icv_app.office import disposal
from icv_app.periods import parse_period
from icv_app.summaries import edition, publication_state, published, quarter_end
from reports import making
from tests.icv_app.summaries.test_editions import LATE
from tests.laptops import PASSPHRASE, founded, give, joined, meet

NOW = datetime(2026, 11, 22, 14, 2, tzinfo=LONDON)
CLOCK = Clock(lambda: NOW)
NAME = "2025-26-Q2"
Q2 = parse_period(NAME)


@pytest.fixture(scope="module")
def published_beside(tmp_path_factory):
    """The office, once it published 30 visits and OFFICE2, unknowing, 31; both have met since."""
    folder = tmp_path_factory.mktemp("beside")
    with founded(folder / "office", clock=CLOCK) as office:
        office.import_folder(resources.path("example"))
        with joined(office, folder / "other", "OFFICE2", role="coordinator") as other:
            meet(office, other)
            office.accounts.publish(office.store, Q2)
            other.store.save("visit", "CV-2025-0900", LATE)
            other.accounts.publish(other.store, Q2)
            give(office, other)
    return folder / "office"


@pytest.fixture
def office(published_beside, tmp_path):
    with Laptop.unlock(shutil.copytree(published_beside, tmp_path / "office"), PASSPHRASE, clock=CLOCK) as laptop:
        yield laptop


def made(account):
    return account.summary.get("custody_visit", "visits_completed").value


def of(office, person):
    return next(each for each in published.editions(office.store, NAME) if each.by == person)


def test_each_of_them_is_asked_for_by_a_name_of_its_own(office):
    one, two = published.editions(office.store, NAME)
    assert ((one.label, one.stands), (two.label, two.stands)) == (("1a", True), ("1b", True))
    assert made(office.accounts.published(NAME, of(office, "OFFICE").label)) == 30
    assert made(office.accounts.published(NAME, of(office, "OFFICE2").label)) == 31
    assert edition.one(office.store.connection, NAME, "1B").rev == two.rev
    for each in (one, two):
        assert published.check(office.store, NAME, each.label, make=making.make).edition.rev == each.rev


@pytest.mark.parametrize("asked", [None, 0, "", 1], ids=["none", "last", "empty", "number"])
def test_nobody_gets_one_for_the_other(office, asked):
    with pytest.raises(InvalidInput) as found:
        office.accounts.published(NAME, asked)
    assert found.value.code == "which_edition"
    assert "Edition 1a, published on 22 November 2026 by " in str(found.value)
    assert "Edition 1b, published on 22 November 2026 by " in str(found.value)


def test_one_that_is_not_there_is_refused_with_what_there_is(office):
    with pytest.raises(InvalidInput) as found:
        office.accounts.published(NAME, "1c")
    assert str(found.value) == "There is no edition 1c of 2025-26-Q2. There are: 1a and 1b."


def test_what_came_out_otherwise_of_either_is_told(office):
    restated = {
        each.published.by: len(each.restated)
        for each in published.restated(office.store, office.store.connection, NOW.date())
    }
    assert restated["OFFICE"] > 0
    assert restated["OFFICE2"] == 0
    (note,) = [each for each in office.accounts.of(Q2).summary.notes if each.startswith("Restated since")]
    assert note.startswith(f"Restated since edition {of(office, 'OFFICE').label} was published: ")
    assert "Custody visits: made, all sites: 30 published, 31 now" in note
    state = publication_state.of(office.store.connection, Q2, office.summary(Q2).figures)
    assert state.published.by == "OFFICE"
    assert publication_state.is_overtaken(state)
    year = office.accounts.of(parse_period("2025-26")).summary.notes
    assert any(
        each.startswith("This period holds July to September 2025, published before and restated") for each in year
    )


def test_the_next_one_takes_the_place_of_both_and_says_what_it_changed_of_each(office):
    office.store.save("visit", "CV-2025-0901", {**LATE, "date": "2025-07-17"})
    office.accounts.publish(office.store, Q2)
    one, two, three = published.editions(office.store, NAME)
    assert [each.label for each in (one, two, three)] == ["1a", "1b", "2"]
    assert [each.stands for each in (one, two, three)] == [False, False, True]
    assert office.accounts.published(NAME).replaces == ("1a", "1b")
    told = "\n".join(three.changes)
    assert "by OFFICE: this is what became of it." in told
    assert "by OFFICE2: this is what became of it." in told
    assert "Custody visits: made, all sites, July to September 2025: 30 becomes 32" in told
    assert "Custody visits: made, all sites, July to September 2025: 31 becomes 32" in told
    assert made(office.accounts.published(NAME, 0)) == made(office.accounts.published(NAME)) == 32
    assert made(office.accounts.published(NAME, of(office, "OFFICE").label)) == 30


def test_to_publish_what_one_of_them_says_already_settles_which_is_the_last(office):
    office.accounts.publish(office.store, Q2)
    assert "Nothing in it has changed." in published.editions(office.store, NAME)[-1].changes
    assert made(office.accounts.published(NAME)) == 31
    with pytest.raises(InvalidInput) as found:
        office.accounts.publish(office.store, Q2)
    assert found.value.code == "published"


def test_both_stand_after_an_erasure_too(office):
    labels = {each.by: each.label for each in published.editions(office.store, NAME)}
    issue = next(each for each in office.accounts.published(NAME, "1b").summary.findings if each.text)
    planned = disposal.whole(office.store, issue.issue)
    disposal.carry_out(office.store, planned, act="erasure", reason="They asked for it", by="OFFICE")
    editions = published.editions(office.store, NAME)
    assert {each.by: each.label for each in editions} == labels
    assert all(each.stands for each in editions)
    assert {each.published.by for each in published.restated(office.store, office.store.connection, NOW.date())} == {
        "OFFICE", "OFFICE2"
    }  # fmt: skip


def test_the_office_is_reminded_until_one_edition_stands_for_both(office):
    reminders = quarter_end.beside(office.store.connection)
    assert [(each.period.name, each.kind) for each in reminders] == [(NAME, "beside")]
    assert reminders[0].words == (
        "July to September 2025 was published on two laptops of the office before they had shared: editions 1a and 1b. "
        "Each tells its own figures. Publish it once more, so that one edition stands for both."
    )
    assert reminders[0] in quarter_end.due(office.store.connection, NOW.date())
    office.accounts.publish(office.store, Q2)
    assert quarter_end.beside(office.store.connection) == ()
