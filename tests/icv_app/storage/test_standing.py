"""Who may write what: a doctored program may save anything on its own laptop, and nobody else's lets it count."""

import shutil
from contextlib import ExitStack
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from icv_app.errors import InvalidInput
from icv_app.laptop import Laptop
from icv_app.profiles.vault import Strength
from icv_app.storage import audience, seals
from icv_app.storage.revision import from_columns, make, record_id
from icv_app.storage.standing import Row
from tests.laptops import CLOCK, PASSPHRASE, Scheme, doctored, filed, give, joined, opened


def withheld(laptop: Laptop) -> dict[str, str]:
    """Return why what a laptop keeps does not count, by kind."""
    rows = laptop.store.connection.execute(
        "SELECT r.kind, w.why FROM withheld w JOIN revision r ON r.rev = w.rev WHERE w.why <> 'closed'"
    )
    return dict(rows.fetchall())


DOCTORED = {
    "target": ("target", "custody_visit||2026-04-01", {"measure": "custody_visit", "number": 1, "per": "year"}),
    "site status": ("site_status", "EUS|2026-01-01", {"site": "EUS", "from": "2026-01-01", "status": "closed"}),
    "site": ("site", "XXX", {"site": "XXX", "name": "Nowhere", "kind": "custody_suite"}),
    "published form": ("form", "custody_visit 2099010101", {"form": "custody_visit", "origin": "scheme", "sheets": ""}),
    "figure": ("published_quarter", "2026-27-Q1", {"figures": []}),
    "throughput": ("throughput", "2026-01", {"from": "2026-01-01", "persons_detained": 3}),
    "setting": ("scheme", "scheme", {"name": "Another", "marking": "NONE"}),
    "volunteer": ("visitor", "ICV09|2026-01-01", {"visitor": "ICV09", "roles": ["icv"], "status": "active"}),
    "erasure": ("erase", "x", {"revs": [], "whole": ["00" * 16], "reason": "x", "ordered_by": "OFFICE", "at": ""}),
    "hold": ("hold", "x", {"record": "x"}),
    "device": ("device", "x 1", {"device": "x", "status": "approved"}),
    "keys": ("keys", "x", {"entries": {"office|2": {"name": "office", "epoch": 2, "public": "00" * 32}}}),
    "log of another": ("audit", "00000000|1", {"entries": []}),
}


@pytest.mark.parametrize("what", DOCTORED)
def test_what_only_the_office_may_write_is_refused_by_the_program_and_by_everybody_elses(
    scheme: Scheme, what: str
) -> None:
    kind, key, body = DOCTORED[what]
    before = [laptop.store.current(kind, key) for laptop in scheme]
    with pytest.raises(InvalidInput) as told:
        scheme.one.store.save(kind, key, body)
    assert told.value.code in ("office_only", "not_theirs")
    with doctored():
        scheme.one.store.save(kind, key, body)
    scheme.meet()
    for laptop, was in list(zip(scheme, before, strict=True)):
        if laptop is not scheme.one:
            now = laptop.store.current(kind, key)
            assert (now and (now.body, now.heads)) == (was and (was.body, was.heads)), laptop.identity.person
            if laptop.office or kind in audience.EVERYBODY:  # else it is sealed to others, and nobody here can tell
                assert set(withheld(laptop)) == {kind}
            held = laptop.store.connection.execute("SELECT count(*) FROM revision WHERE kind = ?", (kind,)).fetchone()
            assert held[0] >= 1


def test_another_visitors_report_is_changed_by_nobody_but_the_pair_and_the_office(scheme: Scheme) -> None:
    key = filed(scheme.one, visitor_1="ICV01", visitor_2="ICV02")
    scheme.meet()
    mine = scheme.one.store.current("visit", key)
    assert mine is not None
    with doctored():
        scheme.three.store.save("visit", key, {**mine.body, "seen": 99, "in_custody": 99}, seen=mine.heads)
    scheme.meet()
    for laptop in (scheme.office, scheme.one, scheme.two):
        found = laptop.store.current("visit", key)
        assert found is not None
        assert (found.body, found.conflicts) == (mine.body, {}), laptop.identity.person
    assert withheld(scheme.office) == {"visit": "not_theirs"}
    partner = scheme.two.store.current("visit", key)
    assert partner is not None
    scheme.two.store.save("visit", key, {**partner.body, "correction_reason": "Counted again"})
    scheme.meet()
    found = scheme.office.store.current("visit", key)
    assert found is not None
    assert found.body["correction_reason"] == "Counted again"


def test_a_visitor_cannot_accept_their_own_report(scheme: Scheme) -> None:
    key = filed(scheme.one)
    held = scheme.one.store.current("visit", key)
    assert held is not None
    with doctored():
        scheme.one.store.save("visit", key, {**held.body, "state": "accepted"})
    scheme.meet()
    found = scheme.office.store.current("visit", key)
    assert found is not None
    assert found.body["state"] == "submitted"


def test_a_row_that_bears_another_persons_name_does_not_count(scheme: Scheme) -> None:
    scheme.one.store.author = "OFFICE"
    with doctored():
        scheme.one.store.save("visit", "CV-2026-FORGED", {"visit": "CV-2026-FORGED", "state": "submitted"})
    scheme.meet()
    assert scheme.office.store.current("visit", "CV-2026-FORGED") is None
    assert withheld(scheme.office) == {"visit": "forged"}


def test_a_row_put_into_another_writers_chain_does_not_count_and_does_no_harm_to_the_chain(scheme: Scheme) -> None:
    key = filed(scheme.office)
    (last,) = scheme.office.store.rows(scheme.office.store.current("visit", key).heads)  # type: ignore[union-attr]
    true = from_columns(last)
    forged = make(
        record=record_id("target", "t"), replica=true.replica, seq=true.seq + 1, prev=true.rev, parents=(),
        hlc=true.hlc + 1, author="OFFICE", kind="target", body={"number": 1}, key="t",
    )  # fmt: skip
    fork = make(
        record=record_id("target", "u"), replica=true.replica, seq=true.seq, prev=true.prev, parents=(),
        hlc=true.hlc, author="OFFICE", kind="target", body={"number": 1}, key="u",
    )  # fmt: skip
    scheme.meet()
    for laptop in (scheme.one, scheme.two):
        laptop.store.ingest([forged.as_columns(), fork.as_columns()])
    scheme.meet()
    for laptop in (scheme.office, scheme.one, scheme.two):
        assert laptop.store.current("target", "t") is None
        assert laptop.store.current("target", "u") is None
    assert set(withheld(scheme.one).values()) == {"unsealed"}
    again = filed(scheme.office, visitor_1="ICV03", visitor_2="ICV02")
    scheme.meet()
    assert scheme.one.store.current("visit", again) is None  # sealed to others
    assert scheme.two.store.current("visit", again) is not None
    assert scheme.one.store.connection.execute(
        "SELECT count(*) FROM revision WHERE record = ?", (record_id("visit", again),)
    ).fetchone() == (1,)


def test_a_laptop_that_nobody_let_in_is_kept_marked_and_left_out_until_the_office_approves_it(
    scheme: Scheme, tmp_path: Path
) -> None:
    """It joined by an invitation that brought another laptop in already."""
    invitation = tmp_path / "scheme" / "ICV01.icvinvite"
    with Laptop.join(
        tmp_path / "copy", invitation=invitation, invitation_passphrase=PASSPHRASE,
        passphrase=PASSPHRASE, strength=Strength.LIGHT, clock=CLOCK,
    ) as copy:  # fmt: skip
        give(scheme.office, copy)
        key = filed(copy)
        give(scheme.office, copy)
        assert scheme.office.store.current("visit", key) is None
        assert withheld(scheme.office)["visit"] == "unknown_device"
        scheme.office.doorkeeper.approve(copy.identity.device)
        assert scheme.office.store.current("visit", key) is not None
        assert withheld(scheme.office) == {}


def test_what_a_laptop_wrote_after_it_was_locked_out_is_kept_and_does_not_count(scheme: Scheme) -> None:
    before = filed(scheme.one)
    scheme.meet()
    scheme.office.doorkeeper.revoke(scheme.one.identity.device)
    after = filed(scheme.one)
    scheme.meet()
    for laptop in (scheme.office,):
        assert laptop.store.current("visit", before) is not None
        assert laptop.store.current("visit", after) is None
        assert withheld(laptop)["visit"] == "revoked"


def test_locking_out_as_of_a_day_takes_back_what_was_written_since(scheme: Scheme) -> None:
    key = filed(scheme.one)
    scheme.meet()
    assert scheme.office.store.current("visit", key) is not None
    scheme.office.doorkeeper.revoke(scheme.one.identity.device, datetime(2026, 11, 22, 11, tzinfo=UTC))
    assert scheme.office.store.current("visit", key) is None
    assert not [row for row in scheme.office.visits() if row.key == key]
    assert scheme.office.store.connection.execute(
        "SELECT count(*) FROM revision WHERE record = ?", (record_id("visit", key),)
    ).fetchone() == (1,)


# In any order --------------------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def story(scheme_that_met: Path, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, list[Row], list[Any]]:
    """A scheme after much that is right and wrong happened on it, and all rows and seals of it.

    A visitor locked out, one whose program was doctored, one let in later, and a report that its pair changed.
    """
    folder = shutil.copytree(scheme_that_met, tmp_path_factory.mktemp("story") / "scheme")
    with ExitStack() as stack:
        scheme = stack.enter_context(opened(folder))
        own = filed(scheme.one, visitor_1="ICV01", visitor_2="ICV02")
        scheme.meet()
        partner = scheme.two.store.current("visit", own)
        assert partner is not None
        scheme.two.store.save("visit", own, {**partner.body, "correction_reason": "Counted again"})
        with doctored():
            scheme.three.store.save("visit", own, {**partner.body, "in_custody": 99}, seen=partner.heads)
            scheme.three.store.save("target", "t", {"measure": "custody_visit", "number": 1, "per": "year"})
        scheme.meet()
        scheme.office.doorkeeper.revoke(scheme.one.identity.device)
        filed(scheme.one)
        invitation = folder / "ICV01.icvinvite"
        copy = stack.enter_context(
            Laptop.join(
                folder / "copy", invitation=invitation, invitation_passphrase=PASSPHRASE, passphrase=PASSPHRASE,
                strength=Strength.LIGHT, clock=CLOCK,
            )
        )  # fmt: skip
        give(scheme.office, copy)
        filed(copy)
        give(scheme.office, copy)
        scheme.office.doorkeeper.approve(copy.identity.device)
        scheme.meet()
        stack.enter_context(joined(scheme.office, folder / "second", "SECOND", "coordinator"))
        revs = [rev for (rev,) in scheme.office.store.connection.execute("SELECT rev FROM revision")]
        rows = list(scheme.office.store.rows(revs))
        seals = scheme.office.store.seals_of({}, scheme.office.store.vector())
    return folder, rows, seals


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_what_counts_is_the_same_in_whatever_order_rows_and_seals_arrive(
    story: tuple[Path, list[Row], list[Any]], tmp_path_factory: pytest.TempPathFactory, data: st.DataObject
) -> None:
    folder, rows, seals = story
    order = data.draw(st.permutations(range(12)))
    late = data.draw(st.booleans())
    parts = [rows[each::12] for each in order]
    place = tmp_path_factory.mktemp("order")
    seen = []
    for name, batches in (("plain", [rows]), ("mixed", parts)):
        laptop_folder = shutil.copytree(folder / "second", place / name)
        with Laptop.unlock(laptop_folder, PASSPHRASE, clock=CLOCK) as laptop:
            if not late:
                laptop.store.take_seals(seals)
            for batch in batches:
                laptop.store.ingest(batch)
            if late:
                laptop.store.take_seals(seals)
            held = [(each.kind, each.key, each.heads, each.body) for each in laptop.store.records()]
            why = laptop.store.connection.execute("SELECT rev, why FROM withheld ORDER BY rev").fetchall()
            facts = laptop.store.connection.execute("SELECT visit, status FROM fact_visit ORDER BY visit").fetchall()
            seen.append((held, why, facts))
    assert seen[0] == seen[1]
    assert {word for _, word in seen[0][1]} == {"not_theirs", "not_allowed", "revoked"}


def test_a_laptop_that_was_locked_out_cannot_write_its_past_anew(scheme: Scheme) -> None:
    """It still holds its signing key, and may go on from any row that it wrote."""
    key = filed(scheme.one)
    scheme.meet()
    scheme.office.doorkeeper.revoke(scheme.one.identity.device)
    store = scheme.one.store
    record = store.current("visit", key)
    assert record is not None
    last = from_columns(next(iter(store.rows(record.heads))))
    trust = store.trust
    assert trust is not None
    forged = make(
        record=record_id("visit", "CV-2026-FORGED"), replica=last.replica, seq=last.seq, prev=last.prev, parents=(),
        hlc=last.hlc, author="ICV01", kind="visit", body={"visit": "CV-2026-FORGED", "state": "submitted"},
        key="CV-2026-FORGED",
    )  # fmt: skip
    seal = seals.made(trust.me, trust.hub_id, last.replica, last.seq, forged.rev)
    scheme.office.store.take_seals([seal])
    scheme.office.store.ingest([forged.as_columns()])
    assert scheme.office.store.current("visit", "CV-2026-FORGED") is None
    assert scheme.office.store.current("visit", key) is not None
    assert withheld(scheme.office) == {"visit": "revoked"}
