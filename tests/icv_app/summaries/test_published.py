"""Published figures: kept as they were handed out, and told apart from what comes out later."""

from dataclasses import replace
from datetime import datetime

import pytest

import resources
from icv_app import __version__
from icv_app.clock import LONDON, Clock
from icv_app.counting import restatement
from icv_app.errors import InvalidInput
from icv_app.figure import Figure
from icv_app.periods import parse_period
from icv_app.scheme import site_register, site_rows
from icv_app.scheme.site_register import Edit
from icv_app.storage.revision import record_id
from icv_app.summaries import published
from tests.laptops import founded, give, joined

NOW = datetime(2026, 11, 22, 14, 2, tzinfo=LONDON)
TODAY = NOW.date()
Q2 = parse_period("2025-26-Q2")


@pytest.fixture
def office(tmp_path):
    with founded(tmp_path / "office", clock=Clock(lambda: NOW)) as laptop:
        laptop.import_folder(resources.path("example"))
        yield laptop


def close_beaumont_leys(store):
    row = next(each for each in site_rows.status_rows(store, "beaumont-leys") if each.status == "open_on_days")
    site_register.save(store, Edit(row=replace(row, status="closed"), was=row))


def publish(office, period=Q2):
    return published.publish(office.store, period, by="OFFICE", today=TODAY)


def test_what_is_published_is_kept_whole(office):
    kept = publish(office)
    assert kept.figures == office.summary(Q2).figures
    assert (kept.on, kept.by, kept.program, kept.edition) == (TODAY, "OFFICE", __version__, 1)
    assert kept.names["beaumont-leys"] == "Beaumont Leys"
    body = office.store.current("published", "2025-26-Q2").body
    assert body["figures"] == [figure.as_row() for figure in office.summary(Q2).figures]
    assert tuple(body["notes"]) == office.summary(Q2).notes
    assert published.restated(office.store, office.store.connection, TODAY)[0].restated == ()


def test_a_later_change_alters_no_published_figure_and_the_summary_says_so(office):
    kept = publish(office)
    close_beaumont_leys(office.store)
    assert published.every(office.store) == (kept,)
    (standing,) = published.restated(office.store, office.store.connection, TODAY)
    told = [(each.figure.figure, each.figure.site) for each in standing.restated]
    assert told[:2] == [("target_coverage", None), ("missed_periods", None)]
    assert {("target_coverage", "beaumont-leys"), ("missed_periods", "beaumont-leys")} < set(told)
    assert all(site in (None, "beaumont-leys") for _, site in told)
    assert (
        office.summary(Q2)
        .notes[0]
        .startswith(
            "Restated since these figures were published on 22 November 2026: Custody visits: target coverage, "
            "all sites: 30 of 35 (85.7%) published, 26 of 26 (100.0%) now; Custody visits: weeks due and not covered, "
            "all sites: 5 published, 0 now; Custody visits: "
        )
    )


def test_publishing_again_makes_a_version_and_keeps_the_first(office):
    publish(office)
    with pytest.raises(InvalidInput) as found:
        publish(office)
    assert found.value.code == "published"
    close_beaumont_leys(office.store)
    again = publish(office)
    assert again.edition == 2
    assert not any(note.startswith("Restated") for note in (*again.notes, *office.summary(Q2).notes))
    history = office.store.history(record_id("published", "2025-26-Q2"))
    assert [len(each.opened()[1]["figures"]) > 0 for each in history] == [True, True]
    assert [each.opened()[1]["edition"] for each in history] == [1, 2]


def test_a_period_that_lasts_is_not_published(office):
    with pytest.raises(InvalidInput) as found:
        publish(office, parse_period("2026-27-Q3"))
    assert found.value.code == "not_over"


def test_only_the_office_publishes_and_reads_it(office, tmp_path):
    publish(office)
    with joined(office, tmp_path / "visitor", "ICV01") as visitor:
        give(office, visitor)
        assert published.every(visitor.store) == ()
        with pytest.raises(InvalidInput) as found:
            published.publish(visitor.store, parse_period("2025-26-Q1"), by="ICV01", today=TODAY)
        assert found.value.code == "office_only"


@pytest.mark.parametrize(
    "body", [{}, {"figures": "none"}, {"figures": [None, 3, {"measure": "x"}], "notes": 4, "sites": 5}]
)
def test_an_odd_record_breaks_nothing(office, body):
    office.store.save("published", "2025-26-Q2", body)
    office.store.save("published", "no period", {"figures": []})
    assert office.summary(Q2).figures
    assert len(published.restated(office.store, office.store.connection, TODAY)) == ("notes" in body)


def test_a_figure_that_is_new_since_is_no_restatement_and_one_that_is_gone_is():
    one, other = (Figure(measure="custody_visit", figure="x", site=site, value=1) for site in (None, "a"))
    kept = restatement.Published(name="2025-26-Q2", figures=(one,), names={})
    assert restatement.restated(kept, Q2, (one, other)) == ()
    (gone,) = restatement.restated(kept, Q2, ())
    assert gone.words({}).endswith("1 becomes not given")


def test_not_recorded_is_not_the_same_as_none():
    none, unknown = (Figure(measure="custody_visit", figure="serious_issues", value=value) for value in (0, None))
    (found,) = restatement.differences(Q2, (unknown,), (none,))
    assert found.words({}).endswith("not recorded becomes 0")
