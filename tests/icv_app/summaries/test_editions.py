"""Editions: a published period is kept whole, reads the same for ever, and says what a further edition changed."""

import base64
import json
import shutil
from dataclasses import replace
from datetime import datetime

import pytest

import resources
from forms import translation
from icv_app import __version__
from icv_app.account import Account, LeftOut
from icv_app.clock import LONDON, Clock
from icv_app.errors import InvalidInput
from icv_app.figure import Figure
from icv_app.laptop import Laptop
from icv_app.periods import parse_period
from icv_app.storage.drafts import DraftRow
from icv_app.summaries import commentary, edition, frozen, published, still_out
from reports import making
from tests.laptops import PASSPHRASE, doctored, filed, founded, give, joined, meet

NOW = datetime(2026, 11, 22, 14, 2, tzinfo=LONDON)
TODAY = NOW.date()
CLOCK = Clock(lambda: NOW)
Q2 = parse_period("2025-26-Q2")
LATE = {
    "form": "custody_visit", "site": "beaumont-leys", "date": "2025-07-10", "status": "completed", "state": "accepted",
    "visitor_1": "ICV01", "visitor_2": "ICV02", "access": "admitted_immediately", "serious_issue": "no",
    "arrived": "10:00", "admitted": "10:00", "left": "11:00", "in_custody": 3, "offered": 2, "seen": 1, "declined": 1,
    "form_version": "2026.1",
}  # fmt: skip


@pytest.fixture(scope="module")
def founded_once(tmp_path_factory):
    folder = tmp_path_factory.mktemp("founded") / "office"
    with founded(folder, clock=CLOCK) as laptop:
        laptop.import_folder(resources.path("example"))
    return folder


@pytest.fixture
def office(founded_once, tmp_path):
    with Laptop.unlock(shutil.copytree(founded_once, tmp_path / "office"), PASSPHRASE, clock=CLOCK) as laptop:
        yield laptop


@pytest.fixture(scope="module")
def published_once(founded_once, tmp_path_factory):
    folder = shutil.copytree(founded_once, tmp_path_factory.mktemp("published") / "office")
    with Laptop.unlock(folder, PASSPHRASE, clock=CLOCK) as laptop:
        publish(laptop)
    return folder


@pytest.fixture
def publisher(published_once, tmp_path):
    """The office once it has published the quarter."""
    with Laptop.unlock(shutil.copytree(published_once, tmp_path / "office"), PASSPHRASE, clock=CLOCK) as laptop:
        yield laptop


def publish(office, make=making.make):
    return office.accounts.publish(office.store, Q2, make=make)


def formats(account: Account) -> dict[str, bytes]:
    return {ending: making.make("summary", account, ending) for ending in making.FORMATS}


def test_a_published_quarter_gives_the_same_bytes_on_every_laptop_of_the_office(office, tmp_path):
    live = office.accounts.of(Q2)
    publish(office)
    kept = office.accounts.published("2025-26-Q2")
    assert kept == replace(live, edition=1, published_on=TODAY)
    made = formats(kept)
    assert {"pdf", "csv", "json"} <= made.keys()
    assert made == formats(replace(live, edition=1, published_on=TODAY))
    with joined(office, tmp_path / "other", "OFFICE2", role="coordinator") as other:
        meet(office, other)
        assert other.accounts.published("2025-26-Q2", 1) == kept
        assert formats(other.accounts.published("2025-26-Q2")) == made
        assert published.check(other.store, "2025-26-Q2", make=making.make).sound


def test_an_edition_speaks_its_own_language_whoever_opens_it(publisher):
    office = publisher
    kept = office.accounts.published("2025-26-Q2")
    made = formats(kept)
    translation.use("cy", resources.catalogue("cy"))
    try:
        assert formats(office.accounts.published("2025-26-Q2")) == made
        assert formats(replace(kept, language="cy")) != made
    finally:
        translation.use("en")


def test_later_records_change_nothing_of_an_edition(publisher):
    office = publisher
    before = formats(office.accounts.published("2025-26-Q2"))
    office.store.save("visit", "CV-2025-0900", LATE)
    office.store.save("commentary", "2025-26-Q2", {"summary": "Later thoughts."})
    assert formats(office.accounts.published("2025-26-Q2")) == before
    assert formats(office.accounts.of(Q2)) != before


def test_it_keeps_what_it_was_counted_from(publisher):
    office = publisher
    (kept,) = published.editions(office.store, "2025-26-Q2")
    made_from = kept.basis
    named = {(each.kind, each.key): each for each in made_from.counted}
    assert not any(each.key for each in made_from.counted if each.kind in ("visitor", "duty"))
    assert "ICV01" not in json.dumps(frozen.written(made_from))
    assert {kind for kind, _ in named} >= {"visit", "slot", "issue", "site", "site_status", "target", "visitor",
                                           "record_review"}  # fmt: skip
    visit = named["visit", "CV-2025-0027"]
    held = office.store.current("visit", "CV-2025-0027")
    assert base64.b64decode(visit.heads) == b"".join(held.heads)
    assert bytes.fromhex(visit.id) == held.record
    assert (visit.site, visit.form) == ("beaumont-leys", "custody_visit")
    assert sum(each.reports for each in made_from.forms) == sum(kind == "visit" for kind, _ in named)
    assert made_from.settings["delay_threshold"] == "10"
    assert made_from.settings["bands"] == "00:00 07:00 11:00 15:00 19:00"
    assert made_from.settings["week_rule"] == "week-ending-sunday"
    assert "serious_issue_phone" not in made_from.settings
    assert {row.measure for row in made_from.targets} >= {"custody_visit", "kennel_visit"}
    assert "beaumont-leys" in {row.site for row in made_from.calendar}
    assert kept.program == __version__
    assert kept.documents.keys() >= {"summary.json", "summary.csv", "summary.pdf"}
    assert edition.signed(office.store, kept)
    assert kept.whole
    size = len(office.store.row(kept.rev)[-1])
    assert size < 200_000, size


def test_a_late_record_makes_an_edition_that_says_what_changed(publisher):
    office = publisher
    office.store.save("visit", "CV-2025-0900", LATE)
    record = office.store.current("visit", "CV-2025-0028")
    office.store.save("visit", record.key, {**record.body, "in_custody": 20})
    gone = office.store.current("visit", "CV-2025-0029")
    office.store.save("visit", gone.key, {**gone.body, "deleted": True})
    again = publish(office)
    assert again.edition == 2
    first, second = published.editions(office.store, "2025-26-Q2")
    assert (first.edition, first.changes) == (1, ())
    assert office.accounts.published("2025-26-Q2", 1).changes == ()
    assert office.accounts.published("2025-26-Q2").changes == second.changes
    told = "\n".join(second.changes)
    assert "Counted now, and not before: Custody visit CV-2025-0900, Beaumont Leys, 10 July 2025." in second.changes
    assert "Changed since: Custody visit CV-2025-0028, Beaumont Leys, " in told
    assert "Counted before, and no longer: Custody visit CV-2025-0029, Beaumont Leys, " in told
    assert "Custody visits: people in custody, Beaumont Leys, July to September 2025: " in told
    assert "ICV" not in told
    assert published.restated(office.store, office.store.connection, TODAY)[0].restated == ()


def test_the_same_is_refused_and_words_alone_are_not_the_same(publisher):
    office = publisher
    with pytest.raises(InvalidInput) as found:
        publish(office)
    assert found.value.code == "published"
    commentary.save(office.store, "2025-26-Q2", "custody", "A pair was ill in August.")
    assert publish(office).edition == 2
    assert published.editions(office.store, "2025-26-Q2")[1].changes == (
        "The commentary on “Custody visits” has changed.",
    )
    with pytest.raises(InvalidInput):
        publish(office)


def test_what_an_early_program_published_still_reads_and_gives_way_to_an_edition(office):
    summary = office.summary(Q2)
    early = {
        "period": "2025-26-Q2", "from": "2025-07-01", "to": "2025-09-30", "notes": list(summary.notes),
        "figures": [each.as_row() for each in summary.figures], "sites": {"beaumont-leys": "Beaumont Leys"},
        "program": "0.5.0", "by": "OFFICE", "on": "2025-11-03", "edition": 1,
    }  # fmt: skip
    office.store.save("published", "2025-26-Q2", early)
    (held,) = published.editions(office.store, "2025-26-Q2")
    assert (held.account, held.basis, held.changes) == (None, None, ())
    assert published.edition_words(held) == "Edition 1, published on 3 November 2025 by OFFICE"
    with pytest.raises(InvalidInput) as found:
        office.accounts.published("2025-26-Q2")
    assert found.value.code == "not_kept"
    assert not published.check(office.store, "2025-26-Q2").sound
    with pytest.raises(InvalidInput):
        publish(office)
    office.store.save("visit", "CV-2025-0900", LATE)
    assert publish(office).edition == 2
    changes = published.editions(office.store, "2025-26-Q2")[1].changes
    assert changes[-1] == "Which records edition 1 was counted from was not kept."
    assert "visits" in changes[0]


def test_two_laptops_that_publish_beside_each_other_are_never_mixed(office, tmp_path):
    with joined(office, tmp_path / "other", "OFFICE2", role="coordinator") as other:
        meet(office, other)
        publish(office, make=None)
        other.store.save("visit", "CV-2025-0900", LATE)
        publish(other, make=None)
        give(office, other)
        for laptop in (office, other):
            record = laptop.store.current("published", "2025-26-Q2")
            assert not record.conflicts
            one, two = published.editions(laptop.store, "2025-26-Q2")
            assert (one.edition, two.edition) == (1, 1)
            assert {one.by, two.by} == {"OFFICE", "OFFICE2"}
            assert one.whole
            assert two.whole
            held = frozen.from_body(record.body)
            assert held in (one.account, two.account)
        office.store.save("visit", "CV-2025-0901", {**LATE, "date": "2025-07-17"})
        assert publish(office, make=None).edition == 2


def test_editions_of_one_number_tell_nothing_by_the_difference_between_them(office, tmp_path):
    several = {**LATE, "in_custody": 20, "not_available": 17, "groups_present": "under_18", "number_under_18": 9}
    with joined(office, tmp_path / "other", "OFFICE2", role="coordinator") as other:
        meet(office, other)
        office.store.save("visit", "CV-2025-0900", several)
        give(office, other)
        publish(office, make=None)
        assert told_of_children(office) == [9]
        other.store.save("visit", "CV-2025-0901", {**several, "date": "2025-07-17", "number_under_18": 2})
        publish(other, make=None)
        give(office, other)
        assert [each.edition for each in published.editions(office.store, "2025-26-Q2")] == [1, 1]
        assert told_of_children(office) == told_of_children(other) == [None, None]


def told_of_children(laptop):
    """What the public is told of children at all suites, by each edition."""
    each = [one.account for one in published.editions(laptop.store, "2025-26-Q2")]
    found = [laptop.accounts.public(one).summary.get("custody_visit", "detainees_children") for one in each]
    return [figure.value for figure in found]


def test_what_was_altered_is_told(publisher):
    office = publisher
    body = office.store.current("published", "2025-26-Q2").body
    altered = json.loads(json.dumps(body))
    altered["account"]["scheme"] = "Another scheme"
    altered["basis"]["counted"]["rows"][0][2] = "CV-2025-9999"
    office.store.save("published", "2025-26-Q2", altered)
    found = published.check(office.store, "2025-26-Q2", make=making.make)
    assert (found.whole, found.counted, found.sound) == (False, False, False)
    assert not found.documents["summary.pdf"]


def test_a_document_that_comes_out_otherwise_is_told(publisher):
    office = publisher
    found = published.check(office.store, "2025-26-Q2", make=lambda name, account, ending: b"other")
    assert found.documents
    assert not any(found.documents.values())
    assert not found.sound


def test_another_program_s_documents_are_not_compared(publisher, monkeypatch):
    office = publisher
    monkeypatch.setattr(published, "__version__", "99")
    found = published.check(office.store, "2025-26-Q2", make=making.make)
    assert found.documents == {}
    assert found.sound


def test_published_figures_open_their_records_as_they_were_counted(publisher):
    office = publisher
    (kept,) = published.editions(office.store, "2025-26-Q2")
    connection = office.store.connection
    made = Figure(measure="custody_visit", figure="visits_completed", site="beaumont-leys")
    assert [each.key for each in published.records(connection, kept, made)] == [
        "CV-2025-0027", "CV-2025-0028", "CV-2025-0029", "CV-2025-0030"
    ]  # fmt: skip
    record = office.store.current("visit", "CV-2025-0028")
    office.store.save("visit", record.key, {**record.body, "site": "keyham-lane"})
    gone = office.store.current("visit", "CV-2025-0029")
    office.store.save("visit", gone.key, {**gone.body, "deleted": True})
    states = {each.key: each.state for each in published.records(connection, kept, made)}
    assert states == {"CV-2025-0027": "", "CV-2025-0028": "changed", "CV-2025-0029": "gone", "CV-2025-0030": ""}
    for figure in kept.account.summary.figures:
        found = published.records(connection, kept, figure)
        assert found or not (figure.value or figure.numerator), figure
    with pytest.raises(KeyError):
        published.records(connection, kept, replace(made, figure="shoe_size"))


def test_a_year_names_the_quarters_within_it_that_are_restated(publisher):
    office = publisher
    year = parse_period("2025-26")
    assert not any("published before" in note for note in office.accounts.of(year).summary.notes)
    office.store.save("visit", "CV-2025-0900", LATE)
    (note, *others) = office.accounts.of(year).summary.notes
    assert note.startswith(
        "This period holds July to September 2025, published before and restated since: Custody visits: made, all "
        "sites: 30 published, 31 now; "
    )
    assert not any("published before" in each for each in others)
    assert office.summary(year).notes[0] == note
    assert not any("published before" in each for each in office.summary(Q2).notes)


@pytest.mark.parametrize(
    "odd",
    [
        {"basis": None}, {"basis": {"counted": 3}}, {"documents": [1]}, {"digest": 5}, {"earlier": "x"},
        {"earlier": [None, {}, {"figures": 3}]}, {"account": {"scheme": 3}}, {"frozen": 99}, {"edition": "two"},
        {"on": "yesterday"}, {"by": {}}, {"notes": {}},
    ],
)  # fmt: skip
def test_an_odd_body_breaks_nothing(publisher, odd):
    office = publisher
    body = office.store.current("published", "2025-26-Q2").body
    office.store.save("published", "2025-26-Q2", {**body, **odd})
    for each in published.editions(office.store, "2025-26-Q2"):
        assert published.edition_words(each)
        assert isinstance(dict(each.documents), dict)
        assert isinstance(each.changes, tuple)
    found = published.check(office.store, "2025-26-Q2")
    assert found.sound or odd.keys() & {"basis", "digest", "account", "frozen"}
    assert published.restated(office.store, office.store.connection, TODAY)
    office.store.save("visit", "CV-2025-0900", LATE)
    publish(office, make=None)


def test_odd_places_and_days_of_what_was_counted_break_nothing(publisher):
    office = publisher
    (kept,) = published.editions(office.store, "2025-26-Q2")
    made_from = kept.basis
    strange = replace(
        made_from, sets=((10**30, -5, 2),) * len(made_from.sets),
        counted=tuple(replace(each, day="soon", id="no id", heads="?") for each in made_from.counted),
    )  # fmt: skip
    body = {**kept.body, "basis": frozen.written(strange)}
    office.store.save("published", "2025-26-Q2", body)
    last = published.editions(office.store, "2025-26-Q2")[-1]
    for figure in last.account.summary.figures:
        assert all(each.state == "gone" for each in published.records(office.store.connection, last, figure))
    assert not published.check(office.store, "2025-26-Q2").counted


def test_only_the_office_reads_editions(scheme):
    scheme.office.accounts.publish(scheme.office.store, Q2)
    give(*scheme)
    assert published.editions(scheme.one.store, "2025-26-Q2") == ()
    with pytest.raises(InvalidInput) as found:
        scheme.one.accounts.published("2025-26-Q2")
    assert found.value.code == "no_edition"
    with pytest.raises(InvalidInput) as found:
        scheme.one.accounts.publish(scheme.one.store, parse_period("2025-26-Q1"))
    assert found.value.code == "office_only"


def test_a_doctored_laptop_publishes_nothing_that_counts(scheme):
    with doctored():
        scheme.three.accounts.publish(scheme.three.store, Q2)
    give(*scheme)
    assert published.editions(scheme.office.store, "2025-26-Q2") == ()


# What is still out ----------------------------------------------------------------------------------------------------


def draft(office, number, answers, **more):
    office.store.put_draft(
        DraftRow(draft=f"D{number}", form="custody_visit", version="1", answers=answers, started=NOW, saved=NOW, **more)
    )


def test_drafts_and_returned_reports_are_left_out_and_counted(office):
    connection = office.store.connection
    assert still_out.read(connection, Q2) == LeftOut()
    draft(office, 1, {"date": "2025-07-03", "site": "beaumont-leys"})
    draft(office, 2, {"date": "2025-10-01"})
    draft(office, 3, {"site": "keyham-lane"})
    draft(office, 4, {"date": "2025-07-04"}, corrects="CV-2025-0027")
    draft(office, 5, {"date": "2025-07-05"})
    office.store.bin_draft("D5", NOW)
    office.returning.send_back("CV-2025-0027", [("", "Please look at the times again.")])
    assert still_out.read(connection, Q2) == LeftOut(returned=1, drafts=1)
    assert still_out.read(connection, parse_period("2025-26-Q3")) == LeftOut(drafts=1)
    assert office.accounts.of(Q2).left_out == LeftOut(returned=1, drafts=1)


def test_what_is_still_out_is_told_before_publishing_and_keeps_nobody_from_it(office):
    assert published.before_publishing(office.store, Q2, TODAY) == ()
    draft(office, 1, {"date": "2025-07-03", "site": "beaumont-leys"})
    draft(office, 2, {"site": "keyham-lane"})
    office.returning.send_back("CV-2025-0027", [("", "Please look at the times again.")])
    office.store.save("visit", "CV-2025-0900", {key: value for key, value in LATE.items() if key != "serious_issue"})
    body = {"measure": "custody_visit", "site": "keyham-lane", "period_start": "2025-08-04", "status": "planned"}
    office.store.save("slot", "S-LATE", body)
    assert published.before_publishing(office.store, Q2, TODAY) == (
        "1 report is still a draft on this laptop: Beaumont Leys, 3 July 2025.",
        "1 draft on this laptop has no day yet.",
        "1 report was returned for correction and is not back: CV-2025-0027.",
        "1 planned visit has no report, and nobody called it off: Keyham Lane, from 4 August 2025.",
        "1 report does not say whether there was a serious issue: CV-2025-0900.",
    )
    assert publish(office, make=None).edition == 1
    assert office.accounts.published("2025-26-Q2").left_out == LeftOut(returned=1, drafts=1)


def test_an_undecided_dispute_is_told_before_publishing(scheme):
    office = scheme.office
    key = filed(scheme.one)
    meet(office, *scheme)
    for laptop, seen in ((scheme.one, 41), (office, 42)):
        record = laptop.store.current("visit", key)
        laptop.store.save("visit", key, {**record.body, "in_custody": seen})
    give(*scheme)
    assert office.store.current("visit", key).conflicts
    day = str(office.store.current("visit", key).body["date"])[:10]
    period = parse_period(f"{day}..{day}")
    assert any(f"entries in {key} differ" in each for each in published.before_publishing(office.store, period, TODAY))


def test_many_are_not_all_named(office):
    for number in range(9):
        draft(office, number, {"date": f"2025-07-0{number + 1}", "site": "keyham-lane"})
    (told,) = published.before_publishing(office.store, Q2, TODAY)
    assert told.startswith("9 reports are still drafts on this laptop: Keyham Lane, 1 July 2025, ")
    assert told.endswith("Keyham Lane, 6 July 2025 and 3 more.")
