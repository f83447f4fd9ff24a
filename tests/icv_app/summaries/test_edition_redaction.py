"""What is erased goes from what was published, and every figure of it stays."""

import shutil
from datetime import datetime

import pytest

import resources
from icv_app.clock import LONDON, Clock
from icv_app.laptop import Laptop
from icv_app.office import disposal
from icv_app.periods import parse_period
from icv_app.scheme import retention
from icv_app.summaries import published
from tests.laptops import PASSPHRASE, founded

Q2 = parse_period("2025-26-Q2")
CHILDREN = {"groups_present": "under_18", "in_custody": 20}
LATER = datetime(2026, 11, 22, 12, tzinfo=LONDON)
AGES = datetime(2034, 11, 22, 12, tzinfo=LONDON)


@pytest.fixture(scope="module")
def published_twice(tmp_path_factory):
    folder = tmp_path_factory.mktemp("published") / "office"
    with founded(folder, clock=Clock(lambda: LATER)) as laptop:
        laptop.import_folder(resources.path("example"))
        laptop.accounts.publish(laptop.store, Q2)
        record = laptop.store.current("visit", "CV-2025-0028")
        laptop.store.save("visit", record.key, {**record.body, "in_custody": 20})
        laptop.accounts.publish(laptop.store, Q2)
    return folder


def opened(folder, place, now=LATER):
    return Laptop.unlock(shutil.copytree(folder, place), PASSPHRASE, clock=Clock(lambda: now))


def told(laptop):
    """Every word that any revision of the publication can still say."""
    found = laptop.store.connection.execute("SELECT rev, payload FROM revision WHERE kind = 'published'").fetchall()
    return "".join(
        str(each.opened()) for each in laptop.store.history(laptop.store.current("published", Q2.name).record)
    ), [payload for _, payload in found if payload is not None]


def test_an_erased_issue_goes_from_every_edition_and_the_figures_stay(published_twice, tmp_path):
    with opened(published_twice, tmp_path / "office") as office:
        was = [each.published.figures for each in published.editions(office.store, Q2.name)]
        account = office.accounts.published(Q2.name)
        issue = next(each for each in account.summary.findings if each.text)
        assert issue.text in told(office)[0]
        planned = disposal.whole(office.store, issue.issue)
        assert ("published", Q2.name) in {(each.kind, each.key) for each in planned}
        disposal.carry_out(office.store, planned, act="erasure", reason="They asked for it", by="OFFICE")
        words, payloads = told(office)
        assert issue.text not in words
        assert len(payloads) == 1  # the content of all earlier revisions is gone
        editions = published.editions(office.store, Q2.name)
        assert [each.edition for each in editions] == [1, 2]
        assert [each.published.figures for each in editions] == was
        cleared = {each.issue: each for each in editions[1].account.summary.findings}
        assert cleared[issue.issue].text == "[erased]"
        assert {each.text for each in cleared.values()} - {"[erased]"}
        check = published.check(office.store, Q2.name)
        assert check.whole
        assert check.counted
        assert check.gone >= 1


def test_what_was_handed_out_before_an_erasure_tells_nothing_by_the_difference_after_it(published_twice, tmp_path):
    with opened(published_twice, tmp_path / "office") as office:
        record = office.store.current("visit", "CV-2025-0028")
        office.store.save("visit", record.key, {**record.body, **CHILDREN, "number_under_18": 9})
        office.accounts.publish(office.store, Q2)
        office.store.save("visit", record.key, {**record.body, **CHILDREN, "number_under_18": 11})
        office.accounts.publish(office.store, Q2)
        issue = next(each for each in office.accounts.published(Q2.name).summary.findings if each.text)
        planned = disposal.whole(office.store, issue.issue)
        disposal.carry_out(office.store, planned, act="erasure", reason="They asked for it", by="OFFICE")
        earlier = published.editions(office.store, Q2.name)[-2]
        assert earlier.account is None
        known = next(each for each in earlier.published.figures if each.figure == "detainees_children")
        assert (known.site, known.value) == (None, 9)
        told = office.accounts.public(office.accounts.published(Q2.name)).summary
        assert told.get("custody_visit", "detainees_children").withheld


def test_what_a_redaction_takes_out_of_a_report_goes_too(published_twice, tmp_path):
    with opened(published_twice, tmp_path / "office") as office:
        account = office.accounts.published(Q2.name)
        issue = next(each for each in account.summary.findings if each.text and each.visit.startswith("CV-"))
        planned = disposal.whole(office.store, issue.visit)
        assert ("published", Q2.name) in {(each.kind, each.key) for each in planned}
        disposal.carry_out(office.store, planned, act="erasure", reason="They asked for it", by="OFFICE")
        assert issue.text not in told(office)[0]


def test_nothing_is_touched_where_nothing_of_it_was_published(published_twice, tmp_path):
    with opened(published_twice, tmp_path / "office") as office:
        spoken = {each.visit for each in office.accounts.published(Q2.name).summary.findings}
        silent = next(
            each.key
            for each in office.store.records("visit")
            if each.key not in spoken and each.body.get("form") == "custody_visit"
        )
        assert "published" not in {each.kind for each in disposal.whole(office.store, silent)}


def test_when_their_time_is_over_the_words_go_and_the_figures_stay(published_twice, tmp_path):
    with opened(published_twice, tmp_path / "office", AGES) as office:
        lines = [each for each in retention.due(office.store, AGES.date()) if not each.held]
        planned = disposal.changes(office.store, lines, AGES.date())
        assert [each.name for each in planned if each.kind == "published"] == [retention.ISSUES]
        before = [each.published.figures for each in published.editions(office.store, Q2.name)]
        disposal.carry_out(office.store, planned, act="retention", reason="Their time is over", by="OFFICE")
        editions = published.editions(office.store, Q2.name)
        assert [each.published.figures for each in editions] == before
        assert {each.text for each in editions[1].account.summary.findings} <= {"[erased]", ""}
