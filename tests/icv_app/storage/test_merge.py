"""Source: sync.md §5. Histories are built as people build them: each save knows the heads that its author saw."""

import random
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from icv_app.storage.merge import heads, in_order, merge
from icv_app.storage.revision import Body, Revision, make, record_id

RECORD = record_id("visit", "CV-1")
FIELDS = ("seen", "offered", "detainees/a/group", "detainees/b/group")
ABSENT = object()


class History:
    """Saves of one record by several laptops; each save gets a clock one later than the last."""

    def __init__(self) -> None:
        self.all: list[Revision] = []
        self.seq: dict[str, int] = {}

    def save(self, author: str, body: Body, *parents: Revision, hlc: int | None = None) -> Revision:
        self.seq[author] = self.seq.get(author, 0) + 1
        revision = make(
            record=RECORD,
            replica=author.encode().ljust(16),
            seq=self.seq[author],
            prev=None,
            parents=tuple(parent.rev for parent in parents),
            hlc=len(self.all) if hlc is None else hlc,
            author=author,
            kind="visit",
            body=body,
            key="CV-1",
        )
        self.all.append(revision)
        return revision


def flat(body: Body, prefix: str = "") -> dict[str, object]:
    leaves: dict[str, object] = {}
    for name, value in body.items():
        if isinstance(value, dict) and value:
            leaves |= flat(value, f"{prefix}{name}/")
        else:
            leaves[prefix + name] = value
    return leaves


def nested(leaves: dict[str, object]) -> Body:
    body: Body = {}
    for path, value in leaves.items():
        *above, name = path.split("/")
        inner = body
        for step in above:
            inner = inner.setdefault(step, {})
        inner[name] = value
    return body


def test_a_record_with_one_head_is_that_heads_body() -> None:
    h = History()
    first = h.save("ICV01", {"seen": 1, "empty": {}})
    last = h.save("ICV02", {"seen": 2, "empty": {}}, first)
    merged = merge(h.all)
    assert (merged.body, merged.heads, merged.conflicts) == ({"seen": 2, "empty": {}}, (last.rev,), {})
    assert (merged.hlc, merged.author) == (last.hlc, "ICV02")


def test_different_fields_merge_silently() -> None:
    h = History()
    first = h.save("ICV01", {"seen": 1, "offered": 1, "note": "x"})
    h.save("ICV01", {"seen": 2, "offered": 1, "note": "x"}, first)
    h.save("ICV02", {"seen": 1, "offered": 3}, first)
    merged = merge(h.all)
    assert merged.body == {"seen": 2, "offered": 3}
    assert not merged.conflicts
    assert len(merged.heads) == 2


def test_rows_added_by_two_people_are_both_there() -> None:
    h = History()
    first = h.save("ICV01", {"detainees": {}})
    h.save("ICV01", {"detainees": {"a": {"group": "adult"}}}, first)
    h.save("ICV02", {"detainees": {"b": {}}}, first)
    merged = merge(h.all)
    assert merged.body == {"detainees": {"a": {"group": "adult"}, "b": {}}}
    assert not merged.conflicts


def test_the_same_field_changed_twice_is_a_conflict_that_lists_every_value_and_author() -> None:
    h = History()
    first = h.save("ICV01", {"seen": 1})
    mine = h.save("ICV01", {"seen": 2}, first)
    yours = h.save("ICV02", {"seen": 3}, first)
    cleared = h.save("ICV03", {}, first)
    merged = merge(h.all)
    found = merged.conflicts["seen"]
    assert [(each.value, each.missing, each.author, each.hlc) for each in found] == [
        (None, True, "ICV03", cleared.hlc),
        (3, False, "ICV02", yours.hlc),
        (2, False, "ICV01", mine.hlc),
    ]
    assert merged.body == {}, "the latest stands meanwhile"


def test_the_provisional_value_is_the_latest_by_clock_then_replica_then_name() -> None:
    h = History()
    h.save("ICV09", {"seen": 1}, hlc=5)
    h.save("ICV01", {"seen": 2}, hlc=9)
    h.save("ICV02", {"seen": 3}, hlc=9)
    assert merge(h.all).body == {"seen": 3}


def test_one_and_true_are_different_answers() -> None:
    h = History()
    h.save("ICV01", {"seen": 1})
    h.save("ICV02", {"seen": True})
    assert "seen" in merge(h.all).conflicts


def test_a_save_that_knew_every_head_settles_a_conflict_for_everybody() -> None:
    h = History()
    first = h.save("ICV01", {"seen": 1})
    mine = h.save("ICV01", {"seen": 2}, first)
    yours = h.save("ICV02", {"seen": 3}, first)
    h.save("ICV03", {"seen": 2}, mine, yours)
    merged = merge(h.all)
    assert (merged.body, merged.conflicts) == ({"seen": 2}, {})
    # and a later edit beside it, by somebody who knew only one side, disputes the settlement and nothing older
    h.save("ICV02", {"seen": 9}, yours)
    assert sorted(each.value for each in merge(h.all).conflicts["seen"]) == [2, 9]


def test_a_deletion_beside_an_edit_is_a_conflict_and_the_whole_record_stays_visible() -> None:
    for tombstone in ({"deleted": True}, {"deleted": True, "seen": 1, "offered": 4}):
        h = History()
        first = h.save("ICV01", {"seen": 1, "offered": 4})
        h.save("ICV02", {"seen": 2, "offered": 4}, first)
        h.save("ICV01", tombstone, first)  # the later one, and still not the one that is shown
        merged = merge(h.all)
        assert merged.body == {"seen": 2, "offered": 4}
        assert list(merged.conflicts) == ["deleted"]
        assert [(each.value, each.author) for each in merged.conflicts["deleted"]] == [(None, "ICV02"), (True, "ICV01")]


def test_a_deletion_that_knew_the_edit_stands() -> None:
    h = History()
    first = h.save("ICV01", {"seen": 1})
    edit = h.save("ICV02", {"seen": 2}, first)
    h.save("ICV01", {"deleted": True}, edit)
    h.save("ICV03", {"deleted": True}, first)
    merged = merge(h.all)
    assert merged.body["deleted"] is True
    assert not merged.conflicts


def test_two_deletions_agree() -> None:
    h = History()
    first = h.save("ICV01", {"seen": 1})
    h.save("ICV01", {"deleted": True}, first)
    h.save("ICV02", {"deleted": True}, first)
    merged = merge(h.all)
    assert merged.body["deleted"] is True
    assert not merged.conflicts


def test_a_settled_conflict_stays_settled_beside_an_edit_of_another_field_that_did_not_know_of_it() -> None:
    h = History()
    first = h.save("ICV01", {"seen": 1, "offered": 0})
    mine = h.save("ICV01", {"seen": 2, "offered": 0}, first)
    yours = h.save("ICV02", {"seen": 3, "offered": 0}, first)
    h.save("ICV03", {"seen": 2, "offered": 0}, mine, yours)
    h.save("ICV04", {"seen": 1, "offered": 5}, first)
    merged = merge(h.all)
    assert (merged.body, merged.conflicts) == ({"seen": 2, "offered": 5}, {})


def test_a_criss_cross_keeps_what_each_side_settled() -> None:
    h = History()
    first = h.save("ICV01", {"seen": 0, "offered": 0})
    a = h.save("ICV01", {"seen": 1, "offered": 0}, first)
    b = h.save("ICV02", {"seen": 0, "offered": 2}, first)
    h.save("ICV01", {"seen": 1, "offered": 2, "note": "a"}, a, b)
    h.save("ICV02", {"seen": 1, "offered": 5}, b, a)
    merged = merge(h.all)
    assert merged.body == {"seen": 1, "offered": 5, "note": "a"}
    assert not merged.conflicts


def test_a_child_whose_parent_has_not_arrived_is_shown_and_settles_when_it_does() -> None:
    h = History()
    first = h.save("ICV01", {"seen": 1})
    late = h.save("ICV02", {"seen": 2}, first)
    child = h.save("ICV03", {"seen": 3}, late)
    assert merge([child]).body == {"seen": 3}
    early = merge([first, child])
    assert early.body == {"seen": 3}
    assert set(early.conflicts) == {"seen"}
    assert merge([child, late, first]) == merge([child])


def test_a_plain_value_and_a_row_under_one_name_do_not_hide_each_other() -> None:
    h = History()
    h.save("ICV01", {"detainees": "none"})
    h.save("ICV02", {"detainees": {"a": {"group": "adult"}}})
    merged = merge(h.all)
    assert merged.body == {"detainees": {"a": {"group": "adult"}}}
    assert [each.value for each in merged.conflicts["detainees"]] == [{"a": {"group": "adult"}}, "none"]


def test_a_slash_in_a_name_is_told_from_a_level() -> None:
    h = History()
    h.save("ICV01", {"a/b": 1, "a": {"b": 1}})
    h.save("ICV02", {"a/b": 2, "a": {"b": 2}})
    assert set(merge(h.all).conflicts) == {"a~1b", "a/b"}


def test_no_revisions_make_no_record() -> None:
    with pytest.raises(ValueError):
        merge([])


# Properties --------------------------------------------------------------------------------------------------------

values = st.sampled_from([1, 2, 3, "x", True])
leaves = st.dictionaries(st.sampled_from([*FIELDS, "deleted"]), values, max_size=4).map(
    lambda found: {name: (True if name == "deleted" else value) for name, value in found.items()}
)


@st.composite
def histories(draw: st.DrawFn) -> list[Revision]:
    """A random history: each save knows a random set of earlier revisions that none of them knew of each other."""
    h = History()
    for step in range(draw(st.integers(1, 9))):
        seen = draw(st.sets(st.integers(0, step - 1), max_size=3)) if step else set()
        parents = heads(h.all[at] for at in seen)
        h.save(f"ICV0{draw(st.integers(1, 3))}", nested(draw(leaves)), *parents, hlc=draw(st.integers(0, 5)))
    return h.all


@given(histories(), st.randoms(use_true_random=False))
@settings(max_examples=200, deadline=None)
def test_the_order_and_the_number_of_arrivals_do_not_matter(history: list[Revision], chance: random.Random) -> None:
    shuffled = history + chance.sample(history, len(history) // 2)
    chance.shuffle(shuffled)
    assert merge(shuffled) == merge(history)


@given(histories(), st.integers(0, 9))
@settings(max_examples=100, deadline=None)
def test_knowledge_gathered_in_any_grouping_is_the_same(history: list[Revision], cut: int) -> None:
    one, two = history[:cut], history[cut // 2 :]
    assert merge([*two, *one]) == merge(history)


@given(histories())
@settings(max_examples=200, deadline=None)
def test_no_standing_value_vanishes(history: list[Revision]) -> None:
    """What a head says of a field is shown, or is listed in its conflict, or was replaced by one who knew of it."""
    merged = merge(history)
    ancestors: dict[bytes, set[bytes]] = {}
    for each in in_order(history):
        ancestors[each.rev] = set(each.parents).union(*(ancestors[parent] for parent in each.parents))
    by_rev = {each.rev: each for each in history}
    tips = [by_rev[rev] for rev in merged.heads]
    shown = flat(merged.body)
    for tip in tips:
        for path, value in flat(tip.body).items():
            if path == "deleted":
                continue
            listed = [each.value for each in merged.conflicts.get(path, ())]
            replaced = any(
                flat(other.body).get(path, ABSENT) != value
                and any(
                    flat(by_rev[rev].body).get(path, ABSENT) == value
                    for rev in ancestors[other.rev] & (ancestors[tip.rev] | {tip.rev})
                )
                for other in tips
            )
            assert shown.get(path, ABSENT) == value or value in listed or replaced


@given(histories())
@settings(max_examples=200, deadline=None)
def test_equal_values_never_conflict_and_a_conflict_shows_one_of_its_values(history: list[Revision]) -> None:
    merged = merge(history)
    shown = flat(merged.body)
    for path, found in merged.conflicts.items():
        assert len({(each.missing, repr(each.value)) for each in found}) > 1
        first = found[0]
        assert (path not in shown) if first.missing else (shown[path] == first.value)


@given(histories(), leaves)
@settings(max_examples=100, deadline=None)
def test_a_save_with_all_heads_as_parents_settles_everything(history: list[Revision], body: dict[str, object]) -> None:
    by_rev = {each.rev: each for each in history}
    h = History()
    h.all = list(history)
    h.seq = {each.author: 100 for each in history}
    h.save("ICV01", nested(body), *(by_rev[rev] for rev in merge(history).heads))
    merged = merge(h.all)
    assert merged.body == nested(body)
    assert not merged.conflicts


simple = st.dictionaries(st.sampled_from(FIELDS), values)


@given(simple, simple, simple)
@settings(max_examples=200, deadline=None)
def test_a_simple_fork_is_the_textbook_three_way_merge(
    base: dict[str, object], ours: dict[str, object], theirs: dict[str, object]
) -> None:
    h = History()
    first = h.save("ICV01", nested(base))
    h.save("ICV01", nested(ours), first)
    h.save("ICV02", nested(theirs), first)  # the later one: provisional
    expected: dict[str, object] = {}
    disputed = set()
    for path in {*base, *ours, *theirs}:
        was, our, their = (side.get(path, ABSENT) for side in (base, ours, theirs))
        our_change, their_change = (
            repr(our) != repr(was) or type(our) is not type(was),
            repr(their) != repr(was),
        )
        if our_change and their_change and repr(our) != repr(their):
            disputed.add(path)
        value = their if their_change else our
        if value is not ABSENT:
            expected[path] = value
    merged = merge(h.all)
    assert flat(merged.body) == expected
    assert set(merged.conflicts) == disputed


def test_history_is_told_parents_first_even_where_a_clock_was_wrong() -> None:
    h = History()
    first = h.save("ICV01", {"seen": 1}, hlc=900)
    second = h.save("ICV02", {"seen": 2}, first, hlc=100)
    third = h.save("ICV02", {"seen": 3}, second, hlc=101)
    other = replace(h.save("ICV03", {"seen": 4}, hlc=50))
    assert in_order([third, second, other, first]) == (other, first, second, third)
