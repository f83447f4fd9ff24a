"""Attacks on a coordinator's week: what a doctored laptop cannot say of others' weeks, hours, swaps and slots."""

from datetime import UTC, date, datetime
from typing import Any

import pytest

from icv_app.counting import rulebook
from icv_app.errors import InvalidInput
from icv_app.laptop import Laptop
from icv_app.rotas import availability, planning, rota, rota_people, swap
from icv_app.rotas.rota_office import Rota
from icv_app.searching.search import Search
from icv_app.storage.revision import Body, record_id
from tests.icv_app.storage.test_attack import forge, heads, held
from tests.laptops import Scheme, doctored, filed

DAY = "2026-11-23"


def slots(scheme: Scheme) -> tuple[str, str]:
    """Two slots to come: ICV01 and ICV02 go to the first, ICV03 and ICV02 to the second."""
    site = next(iter(scheme.office.store.records("site"))).key
    for key, day, pair in (("S1", "2026-11-30", ["ICV01", "ICV02"]), ("S2", "2026-12-07", ["ICV03", "ICV02"])):
        scheme.office.store.save("slot", key, {
            "slot": key, "measure": "custody_visit", "site": site, "period_start": day, "status": "planned",
            "visitors": pair,
        })  # fmt: skip
    scheme.meet()
    return "S1", "S2"


def asked(state: str, asked_by: str = "ICV01", asked: str = "ICV03", **more: Any) -> Body:
    return {"slot": "S1", "asked_by": asked_by, "asked": asked, "state": state, **more}


def states(scheme: Scheme, key: str) -> list[Any]:
    found = (laptop.store.current("swap", key) for laptop in (scheme.office, scheme.one))
    return [None if record is None else record.body for record in found]


# Swaps ---------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("state", ["agreed", "declined", "asked", "done", "withdrawn"])
def test_nobody_says_that_somebody_else_asked_for_a_swap(scheme: Scheme, state: str) -> None:
    slots(scheme)
    forge(scheme.three, "swap", "S1|ICV01|ICV03", asked(state))
    scheme.meet()
    assert states(scheme, "S1|ICV01|ICV03") == [None, None]


@pytest.mark.parametrize("state", ["agreed", "done"])
def test_who_asked_does_not_agree_for_the_other(scheme: Scheme, state: str) -> None:
    slots(scheme)
    key = "S2|ICV03|ICV01"
    body = {**asked("asked", "ICV03", "ICV01"), "slot": "S2"}
    forge(scheme.three, "swap", key, body)
    forge(scheme.three, "swap", key, {**body, "state": state}, seen=heads(scheme.three, "swap", key))
    forge(scheme.three, "swap", key, {**body, "state": state})
    scheme.meet()
    assert states(scheme, key) == [body, body]


@pytest.mark.parametrize("more", [{"other_slot": ""}, {"other_slot": "S1"}, {"declined_by": "office"}])
def test_who_is_asked_answers_what_was_asked_and_nothing_else(scheme: Scheme, more: dict[str, Any]) -> None:
    slots(scheme)
    key, body = "S1|ICV01|ICV03", asked("asked", other_slot="S2")
    scheme.one.store.save("swap", key, body)
    scheme.meet()
    forge(scheme.three, "swap", key, {**body, "state": "agreed", **more}, seen=heads(scheme.three, "swap", key))
    scheme.meet()
    assert states(scheme, key) == [body, body]


def test_what_was_agreed_to_is_not_changed_afterwards(scheme: Scheme) -> None:
    slots(scheme)
    key, body = "S2|ICV03|ICV01", {**asked("asked", "ICV03", "ICV01"), "slot": "S2"}
    scheme.three.store.save("swap", key, body)
    scheme.meet()
    before = heads(scheme.three, "swap", key)
    scheme.one.store.save("swap", key, {**body, "state": "agreed"})
    scheme.meet()
    forge(scheme.three, "swap", key, {**body, "other_slot": "S1"}, seen=heads(scheme.three, "swap", key))
    forge(scheme.three, "swap", key, {**body, "other_slot": "S1"}, seen=before)  # as though nothing had been said
    scheme.meet()
    assert states(scheme, key) == [{**body, "state": "agreed"}] * 2


def test_what_the_office_has_done_is_not_opened_again_by_the_one_who_was_asked(scheme: Scheme) -> None:
    slots(scheme)
    key, body = "S1|ICV01|ICV03", asked("asked")
    scheme.one.store.save("swap", key, body)
    scheme.meet()
    scheme.three.store.save("swap", key, {**body, "state": "agreed"})
    scheme.meet()
    scheme.office.store.save("swap", key, {**body, "state": "done"})
    scheme.meet()
    forge(scheme.three, "swap", key, {**body, "state": "agreed"}, seen=heads(scheme.three, "swap", key))
    scheme.meet()
    assert states(scheme, key) == [{**body, "state": "done"}] * 2


def test_who_asks_anew_for_another_slot_meanwhile_is_not_agreed_with(scheme: Scheme) -> None:
    slots(scheme)
    key, body = "S2|ICV03|ICV01", {**asked("asked", "ICV03", "ICV01"), "slot": "S2"}
    scheme.three.store.save("swap", key, body)
    scheme.meet()
    people = rota_people.read(scheme.one.store, rulebook.read(scheme.one.store.connection), (), date(2026, 11, 22))
    swap.answer(scheme.one.store, key, "ICV01", "agreed")
    scheme.three.store.save("swap", key, {**body, "state": "withdrawn"})
    scheme.three.store.save("swap", key, {**body, "other_slot": "S1"})
    scheme.meet()
    assert [each.state for each in swap.every(scheme.office.store) if each.other_slot == "S1"] == ["asked"]
    with pytest.raises(InvalidInput, match="not agreed"):
        swap.confirm(scheme.office.store, people, key)


def test_a_swap_that_ended_can_be_asked_for_anew(scheme: Scheme) -> None:
    slots(scheme)
    key, body = "S1|ICV01|ICV03", asked("asked")
    scheme.one.store.save("swap", key, body)
    scheme.meet()
    scheme.three.store.save("swap", key, {**body, "state": "declined"})
    scheme.meet()
    scheme.one.store.save("swap", key, {**body, "other_slot": "S2"})
    scheme.meet()
    scheme.three.store.save("swap", key, {**body, "other_slot": "S2", "state": "agreed"})
    scheme.meet()
    assert states(scheme, key) == [{**body, "other_slot": "S2", "state": "agreed"}] * 2


# Others' weeks, hours and searches -----------------------------------------------------------------------------------


OWN = [
    ("availability", "2026-27-Q3", {"period": "2026-27-Q3", "weeks": [DAY]}),
    ("duty", "1", {"date": "2026-11-01", "kind": "panel", "minutes": 60}),
    ("filter", "mine", {"name": "mine", "words": "blankets"}),
]


@pytest.mark.parametrize(("kind", "name", "body"), OWN)
def test_nobody_writes_or_reads_what_is_another_visitors(scheme: Scheme, kind: str, name: str, body: Body) -> None:
    key, body = f"ICV01|{name}", {"visitor": "ICV01", **body}
    scheme.one.store.save(kind, key, body)
    scheme.meet()
    for laptop in (scheme.two, scheme.three):
        assert held(laptop, kind, key) is None
    before = held(scheme.office, kind, key)
    (seen,) = scheme.one.store.current(kind, key).heads  # type: ignore[union-attr]
    for parents in (None, (seen,)):
        for changed in ({**body, "deleted": True}, {**body, "visitor": "ICV03"}, {}):
            forge(scheme.three, kind, key, changed, seen=parents)
            forge(scheme.three, kind, f"ICV03|{name}", {**body, "visitor": "ICV01"})
    scheme.meet()
    assert held(scheme.office, kind, key) == before
    assert [record.key for record in scheme.office.store.records(kind)] == [key]
    assert held(scheme.one, kind, key) == before
    with pytest.raises(InvalidInput):
        scheme.three.store.save(kind, key, body)


@pytest.mark.parametrize(("kind", "name", "body"), OWN)
def test_a_record_that_its_owner_saved_a_thousand_times_is_judged(
    scheme: Scheme, kind: str, name: str, body: Body
) -> None:
    key, body = f"ICV03|{name}", {"visitor": "ICV03", **body}
    with scheme.three.store.writing() as pen:
        for number in range(1000):
            pen.write(record_id(kind, key), kind, key, {**body, "note": str(number)})
    rows = list(scheme.three.store.rows(rev for (rev,) in scheme.three.store.connection.execute(
        "SELECT rev FROM revision WHERE kind = ? ORDER BY hlc DESC", (kind,))))  # fmt: skip
    scheme.office.store.take_seals(scheme.three.store.seals_of({}, scheme.three.store.vector()))
    scheme.office.store.ingest(rows[::-1])
    scheme.office.doorkeeper.tend()
    record = scheme.office.store.current(kind, key)
    assert record is not None
    assert record.body["note"] == "999"


def test_a_volunteer_says_one_thing_of_a_period_and_no_more_than_the_page_takes(scheme: Scheme) -> None:
    body = {"visitor": "ICV03", "period": "2026-27-Q3", "weeks": [], "months": [], "note": "x" * 5000}
    for name in ("2026-27-Q3", "other", "2026-27-Q4"):
        forge(scheme.three, "availability", f"ICV03|{name}", body)
    scheme.meet()
    (said,) = availability.every(scheme.office.store)
    assert len(said.note) == availability.LONGEST_NOTE


# The office's own ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("kind", "key", "body"),
    [
        ("slot", "S1", {"slot": "S1", "status": "cancelled", "reason": "x"}),
        ("volunteer", "ICV01", {"visitor": "ICV01", "vetting_until": "2020-01-01"}),
        ("volunteer", "ICV03", {"visitor": "ICV03", "vetting_until": "2099-01-01"}),
        ("visitor", "ICV01|2020-01-01", {"visitor": "ICV01", "status": "left", "from": "2020-01-01"}),
        ("published", "2026-27-Q2", {"figures": []}),
        ("sent_list", "List 1", {"to": "custody_inspector", "issues": []}),
        ("adopted_rota", "2026-27-Q3|x", {"period": "2026-27-Q3", "state": "adopted", "slots": {}}),
        ("overrule", "S1", {"slot": "S1", "reason": "x"}),
        ("scheme", "scheme", {"expenses": "yes", "bands": []}),
    ],
)
def test_what_is_the_offices_own_is_written_by_nobody_else(scheme: Scheme, kind: str, key: str, body: Body) -> None:
    slots(scheme)
    before = [held(laptop, kind, key) for laptop in scheme.honest]
    forge(scheme.three, kind, key, body)
    forge(scheme.three, kind, key, body, seen=heads(scheme.three, kind, key))
    scheme.meet()
    assert [held(laptop, kind, key) for laptop in scheme.honest] == before
    with pytest.raises(InvalidInput):
        scheme.three.store.save(kind, key, body)


def test_what_is_the_offices_own_is_read_by_nobody_else(scheme: Scheme) -> None:
    office = scheme.office.store
    slots(scheme)
    office.save("volunteer", "ICV01", {"visitor": "ICV01", "vetting_until": "2027-01-02", "note": "Afternoons"})
    office.save("duty", "ICV01|9", {"visitor": "ICV01", "date": "2026-11-01", "kind": "panel", "expenses_pence": 99})
    office.save("overrule", "S1", {"slot": "S1", "visitors": ["ICV01", "ICV02"], "reason": "x", "against": ["away"]})
    office.save("adopted_rota", "2026-27-Q3|x", {"period": "2026-27-Q3", "slots": {"S1": {"after": ["ICV01"]}}})
    office.save("published", "2026-27-Q2", {"figures": []})
    office.save("sent_list", "List 1", {"to": "custody_inspector", "issues": []})
    office.save("swap", "S1|ICV01|ICV02", {"slot": "S1", "asked_by": "ICV01", "asked": "ICV02", "state": "asked"})
    office.save("plan", "S1", {"slot": "S1", "visitors": ["ICV01", "ICV02"], "day": "2026-12-02", "time": "21:45"})
    scheme.meet()
    for laptop, theirs in ((scheme.three, set()), (scheme.two, {"swap", "plan"}),
                           (scheme.one, {"swap", "plan", "volunteer", "duty"})):  # fmt: skip
        kinds = ("volunteer", "duty", "overrule", "adopted_rota", "published", "sent_list", "swap", "plan")
        assert {kind for kind in kinds if list(laptop.store.records(kind))} == theirs
    assert rota.read(scheme.three.store, whole=False)
    assert swap.every(scheme.three.store) == ()
    assert date(2026, 12, 2).isoformat() not in str([r.body for r in scheme.three.store.records("slot")])
    with doctored():
        assert list(scheme.three.store.records("plan")) == []


def test_a_slot_that_everybody_reads_never_tells_the_day_of_a_visit_that_has_its_week(scheme: Scheme) -> None:
    site = next(iter(scheme.office.store.records("site"))).key
    office = Rota(scheme.office.store, scheme.office.identity, scheme.office.clock, office=True)
    made = office.add("custody_visit", site, date(2026, 12, 17), tact=True)
    scheme.meet()
    record = scheme.three.store.current("slot", made.slot)
    assert record is not None
    assert "2026-12-14" in str((record.key, record.body))
    assert "2026-12-17" not in str((record.key, record.body))


# The index of words --------------------------------------------------------------------------------------------------


def found(laptop: Laptop, words: str) -> list[str]:
    search = Search(laptop.store, laptop.paperwork.book)
    while search.catch_up():
        pass
    return [result.kind for result in search.find(search.parse(words, laptop.clock.today())).results]


def test_what_may_not_be_read_or_counts_no_more_is_not_found_by_its_words(scheme: Scheme) -> None:
    office, one, _, three = scheme
    slots(scheme)
    note = {"visitor": "ICV01", "period": "2026-27-Q3", "weeks": [], "months": [], "note": "Quokka at home"}
    one.store.save("availability", "ICV01|2026-27-Q3", note)
    office.store.save(
        "plan", "S1", {"slot": "S1", "visitors": ["ICV01", "ICV02"], "day": "2026-12-02", "note": "Axolotl"}
    )
    key = filed(
        three, visitor_1="ICV03", visitor_2="ICV02", positive_comments="Numbat helped", positive_may_be_shared="yes"
    )
    scheme.meet()
    assert [found(laptop, "quokka") for laptop in scheme] == [["availability"], ["availability"], [], []]
    assert [found(laptop, "axolotl") for laptop in scheme] == [["plan"], ["plan"], ["plan"], []]
    assert "visit" in found(office, "numbat")
    assert "visit" not in found(one, "numbat")
    office.doorkeeper.revoke(three.identity.device, datetime(2026, 1, 1, tzinfo=UTC))
    scheme.meet()
    assert held(office, "visit", key) is None
    assert "visit" not in found(office, "numbat")
    office.store.save("plan", "S1", {"slot": "S1", "visitors": ["ICV01", "ICV03"], "deleted": True})
    scheme.meet()
    assert [found(laptop, "axolotl") for laptop in (office, one)] == [[], []]


# Days that a pair agreed ---------------------------------------------------------------------------------------------


def test_nobody_puts_a_day_of_their_own_beside_the_one_that_a_pair_agreed(scheme: Scheme) -> None:
    slots(scheme)
    planning.plan(scheme.one.store, "S1", date(2026, 12, 2), None, today=date(2026, 11, 22))
    scheme.meet()
    for number, visitors in enumerate((["ICV03"], ["ICV03", "ICV01"], ["ICV03", "ICV02", "ICV01"])):
        forge(scheme.three, "plan", "S1", {"slot": "S1", "visitors": visitors, "day": f"2026-12-0{number + 4}"})
        forge(scheme.three, "plan", f"no-{number}", {"slot": "S1", "visitors": visitors, "day": "2026-12-03"})
    scheme.meet()
    for laptop in scheme.honest:
        assert [(each.slot, each.day) for each in planning.plans(laptop.store)] == [("S1", date(2026, 12, 2))]
    planning.drop(scheme.one.store, "S1")
    scheme.meet()
    for laptop in scheme.honest:
        assert list(planning.plans(laptop.store)) == []
