"""The solver of a rota, against a second, simpler reading of the rules and against trying everything."""

from collections import Counter
from datetime import date, timedelta
from itertools import combinations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from icv_app.rotas.rota_problem import Limit, Opening, Problem, pair_of
from icv_app.rotas.rota_solver import solve

MONDAYS = tuple((date(2027, 1, 4) + timedelta(weeks=week)).isoformat() for week in range(13))


def opening(number, turn, may, site="euston", **more):
    return Opening(slot=f"S{number:02}", site=site, turn=turn, may=frozenset(may), **more)


def broken(problem, answer):
    """Yield every hard rule that an answer breaks, read straight off the rules."""
    by_slot = {each.slot: each for each in problem.openings}
    named = Counter()
    for slot, pair in answer.pairs.items():
        rules = by_slot[slot]
        if len(set(pair)) != 2:
            yield f"{slot}: not two people"
        if not set(rules.kept) <= set(pair):
            yield f"{slot}: {rules.kept} was named and is not"
        for person in pair:
            if person not in rules.kept and person not in rules.may:
                yield f"{slot}: {person} may not go"
            named[person, rules.turn] += 1
        if set(pair) <= rules.learners:
            yield f"{slot}: two learners"
    for (person, turn), times in named.items():
        if times > 1:
            yield f"{person} goes {times} times in {turn}"
    for limit in problem.limits:
        new = sum(
            limit.person in pair and limit.person not in by_slot[slot].kept
            for slot, pair in answer.pairs.items()
            if slot in limit.slots
        )
        if new > limit.most:
            yield f"{limit.person} goes {new} times, and wanted no more than {limit.most}"


def every_rota(problem):
    """Yield, for every rota there is, the pairs by slot: every choice of a pair or a gap, one opening after another."""

    def rest(at, pairs, used, loads):
        if at == len(problem.openings):
            yield dict(pairs)
            return
        rules = problem.openings[at]
        yield from rest(at + 1, pairs, used, loads)
        added = {
            each.slot: set(pairs[each.slot]).difference(each.kept)
            for each in problem.openings[:at]
            if each.slot in pairs
        }
        for pair in combinations(sorted(rules.may.union(rules.kept)), 2):
            new = [each for each in pair if each not in rules.kept]
            if not set(rules.kept) <= set(pair) or set(pair) <= rules.learners:
                continue
            if any((each, rules.turn) in used for each in pair):
                continue
            if any(
                limit.person in new
                and rules.slot in limit.slots
                and sum(limit.person in taken for slot, taken in added.items() if slot in limit.slots) >= limit.most
                for limit in problem.limits
            ):
                continue
            yield from rest(at + 1, {**pairs, rules.slot: pair}, used | {(each, rules.turn) for each in pair}, loads)

    return rest(0, {}, frozenset(), None)


def squares(problem, pairs):
    loads = Counter(problem.load)
    kept = {each.slot: each.kept for each in problem.openings}
    loads.update(person for slot, pair in pairs.items() for person in pair if person not in kept[slot])
    return sum(number * number for number in loads.values())


@st.composite
def problems(draw, people=6, openings=5, turns=3):
    names = [f"ICV{number:02}" for number in range(1, draw(st.integers(2, people)) + 1)]
    made, kept_in = [], {}
    for number in range(draw(st.integers(1, openings))):
        turn = MONDAYS[draw(st.integers(0, turns - 1))]
        may = set(draw(st.sets(st.sampled_from(names))))
        busy = kept_in.setdefault(turn, set())
        kept = tuple(draw(st.sets(st.sampled_from(names), max_size=1)) - busy) if draw(st.booleans()) else ()
        busy.update(kept)
        learners = frozenset(draw(st.sets(st.sampled_from(names), max_size=2)))
        site = draw(st.sampled_from(["euston", "keyham"]))
        made.append(opening(number, turn, may, site, kept=kept, learners=learners))
    # as whoever makes a problem sees to: nobody may go elsewhere in a turn in which they are named
    made = [
        Opening(slot=each.slot, site=each.site, turn=each.turn, may=each.may - kept_in[each.turn], kept=each.kept,
                learners=each.learners)
        for each in made
    ]  # fmt: skip
    limits = draw(
        st.lists(
            st.builds(
                Limit, person=st.sampled_from(names), most=st.integers(0, 2),
                slots=st.frozensets(st.sampled_from([each.slot for each in made])),
            ),
            max_size=2,
        )
    )  # fmt: skip
    return Problem(
        openings=tuple(made), load={name: draw(st.integers(0, 2)) for name in names}, limits=tuple(limits),
        pairs=draw(st.dictionaries(st.sampled_from(list(combinations(names, 2))), st.integers(1, 3))),
    )  # fmt: skip


@settings(max_examples=150, deadline=None)
@given(problem=problems())
def test_no_hard_rule_is_broken_and_as_much_is_filled_as_evenly_as_trying_everything_finds(problem):
    answer = solve(problem)
    assert list(broken(problem, answer)) == []
    assert answer.most_filled
    assert answer.even
    every = list(every_rota(problem))
    most = max(map(len, every))
    assert len(answer.pairs) == most
    assert squares(problem, answer.pairs) == min(squares(problem, pairs) for pairs in every if len(pairs) == most)


@settings(max_examples=15, deadline=None)
@given(problem=problems(people=14, openings=25, turns=8))
def test_no_hard_rule_is_broken_in_larger_rotas_either(problem):
    answer = solve(problem)
    assert list(broken(problem, answer)) == []
    assert solve(problem) == answer


@settings(max_examples=6, deadline=None)
@given(people=st.integers(4, 10), sites=st.integers(1, 2), weeks=st.integers(1, 6), before=st.integers(0, 2))
def test_where_everybody_may_always_go_nobody_has_two_visits_more_than_another(people, sites, weeks, before):
    names = [f"ICV{number:02}" for number in range(people)]
    openings = [
        opening(week * sites + site, MONDAYS[week], names, f"site {site}")
        for week in range(weeks)
        for site in range(sites)
    ]
    answer = solve(Problem(openings=tuple(openings), load={**dict.fromkeys(names, 1), names[0]: before}))
    assert len(answer.pairs) == len(openings)
    assert max(answer.loads.values()) - min(answer.loads.values()) <= 1


def test_pairs_vary_even_where_one_pair_goes_a_week():
    names = ["ICV01", "ICV02", "ICV03", "ICV04"]
    openings = tuple(opening(week, MONDAYS[week], names) for week in range(6))
    answer = solve(Problem(openings=openings, load=dict.fromkeys(names, 0)))
    assert len(set(answer.pairs.values())) == 6  # each of the six pairs that four people make, once
    assert set(answer.loads.values()) == {3}


def test_a_pair_that_went_together_lately_is_not_sent_again_where_another_is_to_be_had():
    names = ["ICV01", "ICV02", "ICV03", "ICV04"]
    went = {pair_of("ICV01", "ICV02"): 2, pair_of("ICV03", "ICV04"): 2, pair_of("ICV01", "ICV03"): 1,
            pair_of("ICV02", "ICV04"): 1}  # fmt: skip
    openings = (opening(1, MONDAYS[0], names), opening(2, MONDAYS[0], names, "keyham"))
    answer = solve(Problem(openings=openings, load=dict.fromkeys(names, 0), pairs=went))
    assert set(answer.pairs.values()) == {("ICV01", "ICV04"), ("ICV02", "ICV03")}


def test_people_change_sites():
    names = ["ICV01", "ICV02", "ICV03", "ICV04"]
    been = {("ICV01", "euston"): 1, ("ICV02", "euston"): 1, ("ICV03", "keyham"): 1, ("ICV04", "keyham"): 1}
    openings = (opening(1, MONDAYS[0], names), opening(2, MONDAYS[0], names, "keyham"))
    answer = solve(Problem(openings=openings, load=dict.fromkeys(names, 0), sites=been))
    assert answer.pairs == {"S01": ("ICV03", "ICV04"), "S02": ("ICV01", "ICV02")}


def test_a_persons_weeks_lie_apart_where_they_can():
    names = ["ICV01", "ICV02", "ICV03", "ICV04", "ICV05"]
    openings = tuple(opening(week, MONDAYS[week], names) for week in range(3))
    answer = solve(Problem(openings=openings, load=dict.fromkeys(names, 0)))
    (twice,) = (person for person, visits in answer.loads.items() if visits == 2)
    assert twice in answer.pairs["S00"]
    assert twice in answer.pairs["S02"]


@pytest.mark.parametrize("may", [(), ("ICV01",)])
def test_where_fewer_than_two_may_go_nobody_does(may):
    answer = solve(Problem(openings=(opening(1, MONDAYS[0], may),), load=dict.fromkeys(may, 0)))
    assert answer.pairs == {}
    assert answer.most_filled
    assert answer.loads == dict.fromkeys(may, 0)


def test_a_rota_of_no_openings_is_empty():
    assert solve(Problem(openings=(), load={"ICV01": 3})).loads == {"ICV01": 3}


def test_a_rota_of_six_suites_and_sixty_people_for_a_quarter_is_full_even_and_varied():
    names = [f"ICV{number:02}" for number in range(60)]
    openings = tuple(
        opening(6 * week + site, MONDAYS[week], names[week % 5 :: 1 + week % 2], f"site {site}")
        for week in range(13) for site in range(6)
    )  # fmt: skip
    answer = solve(Problem(openings=openings, load=dict.fromkeys(names, 0)))
    assert list(broken(Problem(openings=openings, load={}), answer)) == []
    assert len(answer.pairs) == 78
    assert max(answer.loads.values()) - min(answer.loads.values()) <= 1
    assert max(Counter(answer.pairs.values()).values()) == 1
