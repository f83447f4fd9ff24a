"""Quality: the criteria a scheme is judged by, the evidence of them, and the command."""

from dataclasses import replace
from datetime import date

import pytest

from icv_app import quality_start
from icv_app.errors import InvalidInput
from icv_app.figure_name import MEASURES
from icv_app.periods import parse_period
from icv_app.public import disclosure
from icv_app.quality_criterion import LEVELS, Criterion
from icv_app.summaries import frozen, quality
from tests.icv_app.commands.test_command_line import Run, icv, start  # noqa: F401  (a fixture)

TODAY = date(2026, 11, 22)
QUARTER = parse_period("2026-27-Q2")


def add(store, what="The panel was told in October.", criterion="panel", on=date(2026, 10, 27), **more):
    return quality.add_evidence(store, criterion, what, on=on, today=TODAY, by="OFFICE", **more)


def test_a_scheme_begins_with_a_set_that_says_it_is_to_be_confirmed(scheme):
    found = quality.criteria(scheme.office.store.connection, TODAY)
    assert {"variety", "frequency", "feedback", "training", "pairs", "reprisals"} <= {each.code for each in found}
    assert not any(each.confirmed for each in found)
    assert {each.level for each in found} == {""}, "which level asks for what is ICVA's to say"
    areas = list(dict.fromkeys(each.area for each in found))
    assert [each.area for each in found] == sorted((each.area for each in found), key=areas.index), "area by area"


def test_every_figure_that_the_starting_set_names_is_a_figure_of_a_known_measure():
    named = [figure for each in quality_start.criteria() for figure in each.figures]
    assert named
    assert {measure for measure, _ in named} <= set(MEASURES)
    codes = [each.code for each in quality_start.criteria()]
    assert len(codes) == len(set(codes))


def test_the_office_words_a_criterion_and_keeps_what_it_left_alone(scheme):
    store = scheme.office.store
    held = quality.one(store.connection, "variety")
    made = quality.save_criterion(store, replace(held, words="Visits at all times.", level="gold"))
    assert (made.words, made.level, made.confirmed, made.area) == ("Visits at all times.", "gold", True, held.area)
    assert made.figures == held.figures, "what proves it by itself goes with it"
    new = Criterion(code="own_one", area="Visits", words="Our own criterion.", order=5)
    quality.save_criterion(store, new)
    assert quality.criteria(store.connection)[0].code == "own_one"


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"code": "Own One"}, "criterion"),
        ({"code": ""}, "criterion"),
        ({"area": " "}, "criterion"),
        ({"words": ""}, "criterion"),
        ({"words": "x" * 1001}, "criterion"),
        ({"level": "tin"}, "criterion"),
        ({"words": "Ask Sergeant Brown."}, "personal_data"),
        ({"first": date(2026, 5, 1), "last": date(2026, 4, 30)}, "dates"),
    ],
)
def test_what_is_no_criterion_is_refused_and_nothing_is_saved(scheme, change, code):
    store = scheme.office.store
    before = quality.criteria(store.connection)
    with pytest.raises(InvalidInput) as refused:
        quality.save_criterion(store, replace(Criterion(code="own", area="Visits", words="Ours."), **change))
    assert refused.value.code == code
    assert quality.criteria(store.connection) == before


def test_a_retired_criterion_keeps_its_evidence_and_leaves_the_list(scheme):
    store = scheme.office.store
    made = add(store)
    quality.retire(store, "panel", date(2026, 10, 31))
    codes = {each.code for each in quality.criteria(store.connection, TODAY)}
    assert "panel" not in codes
    assert "panel" in {each.code for each in quality.criteria(store.connection, date(2026, 10, 31))}
    assert quality.evidence(store.connection, "panel") == (made,)


def test_evidence_is_dated_and_stands_up_to_the_end_of_a_period(scheme):
    store = scheme.office.store
    old, late = add(store, on=date(2026, 7, 4), source="Minutes, item 3"), add(store, "The panel was told again.")
    assert quality.evidence(store.connection) == (late, old), "the latest first"
    judged = {each.criterion.code: each.evidence for each in quality.of_period(store.connection, QUARTER)}
    assert judged["panel"] == (old,)
    assert judged["reprisals"] == ()
    quality.withdraw_evidence(store, old.key)
    assert quality.evidence(store.connection, "panel") == (late,)
    with pytest.raises(InvalidInput):
        quality.withdraw_evidence(store, old.key)


@pytest.mark.parametrize(
    ("given", "code"),
    [
        ({"criterion": "no_such"}, "criterion"),
        ({"what": "  "}, "evidence"),
        ({"what": "x" * 1001}, "evidence"),
        ({"source": "x" * 201}, "evidence"),
        ({"on": date(2026, 11, 23)}, "future"),
        ({"what": "Told by Sergeant Brown."}, "personal_data"),
        ({"source": "Mail to jo@example.org"}, "personal_data"),
    ],
)
def test_what_is_no_evidence_is_refused_and_nothing_is_saved(scheme, given, code):
    with pytest.raises(InvalidInput) as refused:
        add(scheme.office.store, **given)
    assert refused.value.code == code
    assert quality.evidence(scheme.office.store.connection) == ()


def test_who_looked_at_what_the_guard_points_out_may_keep_it(scheme):
    assert add(scheme.office.store, "Told by Sergeant Brown.", looked=True).what == "Told by Sergeant Brown."


def test_visitors_neither_write_nor_read_it(scheme):
    add(scheme.office.store)
    scheme.meet()
    assert quality.evidence(scheme.one.store.connection) == ()
    with pytest.raises(InvalidInput):
        add(scheme.one.store)
    assert scheme.one.accounts.of(QUARTER).quality == ()


def test_the_account_of_a_period_carries_it_frozen_too(scheme):
    add(scheme.office.store, on=date(2026, 7, 4))
    account = scheme.office.accounts.of(QUARTER)
    panel = next(each for each in account.quality if each.criterion.code == "panel")
    assert [each.what for each in panel.evidence] == ["The panel was told in October."]
    assert frozen.from_body(frozen.to_body(account)) == account


def test_a_public_account_names_nobody_in_its_evidence(scheme):
    add(scheme.office.store, "Sergeant Brown met ICV07 at 14:10.", on=date(2026, 7, 4), looked=True)
    told = repr(disclosure.public(scheme.office.accounts.of(QUARTER)).quality)
    for secret in ("Brown", "ICV07", "14:10", "OFFICE"):
        assert secret not in told


def test_the_command_lists_adds_and_withdraws(icv: Run):  # noqa: F811
    start(icv, "office")
    office = ("--profile", "office")
    listed = icv("quality", "--json", *office).json
    assert {"criterion", "area", "words", "level", "order", "from", "to", "confirmed"} == set(listed[0])
    made = icv("quality", "add", "panel", "--words", "Told in public.", "--source", "Minutes", "--json", *office)
    assert made.status == 0, made.err
    (row,) = icv("quality", "evidence", "panel", "--json", *office).json
    assert (row["what"], row["source"]) == ("Told in public.", "Minutes")
    changed = icv("quality", "criterion", "panel", "--level", "silver", "--to", "2026-03-31", "--json", *office).json
    assert changed[0]["level"] == "silver"
    assert changed[0]["confirmed"]
    assert "panel" not in {each["criterion"] for each in icv("quality", "--json", *office).json}
    assert "panel" in {each["criterion"] for each in icv("quality", "criteria", "--all", "--json", *office).json}
    assert icv("quality", "withdraw", row["evidence"], *office).status == 0
    assert icv("quality", "evidence", "--json", *office).json == []
    assert icv("quality", "add", "--words", "For nothing.", *office).status == 2
    assert icv("quality", "add", "panel", "--words", "Told.", "--on", "soon", *office).status == 2
    assert "Visits: " in icv("quality", *office).out


def test_the_levels_are_those_of_the_framework():
    assert list(LEVELS) == ["", "code_compliant", "silver", "gold", "platinum"]
