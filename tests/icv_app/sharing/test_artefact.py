"""Artefacts: what is ours, what is foreign, what is damaged; and the union of sets of revisions."""

import os
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from icv_app.encryption import cipher
from icv_app.errors import Unavailable
from icv_app.sharing import artefact, union
from icv_app.sharing.artefact import Artefact, Damaged, Foreign, Holding
from icv_app.sharing.building import build
from icv_app.storage.revision import make, record_id
from tests.shared_folder import HUB_ID, HUB_KEY

META = {"hub_id": HUB_ID, "format": 1}


def chain(count, replica=b"r" * 16, start=1, prev=None, tag=""):
    """Rows `start` to `start + count - 1` of one writer, each naming the one before."""
    rows = []
    for seq in range(start, start + count):
        revision = make(
            record=record_id("visit", f"CV-{seq}"), replica=replica, seq=seq, prev=prev, parents=(), hlc=seq,
            author="ICV01", kind="visit", body={"seen": seq, "tag": tag},
        )  # fmt: skip
        rows.append(revision.as_columns())
        prev = revision.rev
    return rows


def made(path: Path, rows, meta=META, key=HUB_KEY):
    build(path, key, meta, [rows])
    return path


def test_a_built_artefact_is_whole_and_tells_what_it_holds(tmp_path):
    rows = chain(5)
    with Artefact.open(made(tmp_path / "a", rows), HUB_KEY, HUB_ID) as found:
        assert found.check() == 5
        assert found.meta("hub_id") == HUB_ID
        assert found.meta("nothing") is None
        (head,) = found.vector().values()
        assert (head.n, head.max_seq, head.max_rev, head.linear) == (5, 5, rows[-1][0], True)
        assert list(found.batches()) == [rows]
        assert list(found.batches(b"r" * 16, after=3)) == [rows[3:]]
        assert list(found.batches_of([rows[2][0], b"x" * 32])) == [[rows[2]]]
        assert found.holding([rows[0][0], b"x" * 32]) == {rows[0][0]}


def test_an_artefact_is_built_afresh_where_one_was_given_up(tmp_path):
    """A pass that finds another laptop faster leaves what it built, and the next pass builds in the same place."""
    rows = chain(5)
    made(tmp_path / "a", rows)
    with Artefact.open(made(tmp_path / "a", rows[:3]), HUB_KEY, HUB_ID) as found:
        assert found.check() == 3


def test_a_stretch_of_a_chain_is_known_by_its_first_and_last_number(tmp_path):
    rows = chain(9)
    for held, first in ((rows[3:7], 4), ([*rows[3:5], rows[6]], 0), (rows[:2] + rows[4:], 0), (rows, 1)):
        path = tmp_path / "a"
        path.unlink(missing_ok=True)
        with Artefact.open(made(path, held), HUB_KEY, HUB_ID) as found:
            assert found.vector(stretches=True)[b"r" * 16].first == first


def test_a_count_that_equals_the_highest_number_is_not_a_chain(tmp_path):
    rows = chain(2) + chain(1, start=2, prev=b"p" * 32, tag="fork") + chain(1, start=4, prev=b"q" * 32)
    with Artefact.open(made(tmp_path / "a", rows), HUB_KEY, HUB_ID) as found:
        for stretches in (False, True):
            (head,) = found.vector(stretches=stretches).values()
            assert head.n == head.max_seq == 4
            assert not head.linear
        assert found.rev_at(b"r" * 16, 2) is None


@pytest.mark.parametrize(
    "content", [b"hello", os.urandom(9000), b"SQLite format 3\0" + bytes(8000), b"\0" * 4096], ids=range(4)
)
def test_a_file_that_the_key_does_not_open_is_foreign_and_never_damaged(tmp_path, content):
    path = tmp_path / "a"
    path.write_bytes(content)
    with pytest.raises(Foreign):
        Artefact.open(path, HUB_KEY, HUB_ID)


def test_another_key_another_scheme_and_another_kind_of_file_are_foreign(tmp_path):
    path = made(tmp_path / "a", chain(1))
    with pytest.raises(Foreign):
        Artefact.open(path, b"k" * 32, HUB_ID)
    with pytest.raises(Foreign):
        Artefact.open(path, HUB_KEY, "another")
    other = cipher.open_build(tmp_path / "b", HUB_KEY)
    other.execute("CREATE TABLE t(a)")
    other.close()
    with pytest.raises(Foreign):
        Artefact.open(tmp_path / "b", HUB_KEY, HUB_ID)


def test_a_file_that_is_not_there_or_cannot_be_read_is_away_not_damaged(tmp_path):
    for path in (tmp_path / "none", tmp_path):
        with pytest.raises(Unavailable) as caught:
            Artefact.open(path, HUB_KEY, HUB_ID)
        assert caught.value.code == "share_away"


def test_a_flip_in_the_first_page_looks_like_a_foreign_file(tmp_path):
    path = made(tmp_path / "a", chain(50))
    whole = path.read_bytes()
    path.write_bytes(whole[:100] + bytes([whole[100] ^ 1]) + whole[101:])
    with pytest.raises(Foreign):
        Artefact.open(path, HUB_KEY, HUB_ID)


@given(at=st.integers(0, 10**9), bit=st.integers(0, 7))
@settings(max_examples=40, deadline=None)
def test_no_flipped_bit_goes_unnoticed_and_no_bad_row_is_salvaged(tmp_path_factory, at, bit):
    folder = tmp_path_factory.getbasetemp() / "flips"
    folder.mkdir(exist_ok=True)
    rows = chain(40)
    whole = folder / "whole"
    if not whole.exists():
        made(whole, rows)
    content = bytearray(whole.read_bytes())
    content[at % len(content)] ^= 1 << bit
    path = folder / "flipped"
    path.write_bytes(bytes(content))
    try:
        with Artefact.open(path, HUB_KEY, HUB_ID) as found, pytest.raises(Damaged):
            found.check()
    except Damaged:
        pass
    except Foreign:
        assert at % len(content) < 4096
        return
    with Artefact.open(path, HUB_KEY, HUB_ID, salvage=True) as found:
        saved = [row for batch in found.salvaged(len(content)) for row in batch]
    assert set(saved) <= set(rows)
    assert len(saved) == len(set(saved))


@pytest.mark.parametrize("pages", [5, 8, 12])
def test_what_a_cut_file_still_holds_is_salvaged(tmp_path, pages):
    rows = chain(400)
    path = made(tmp_path / "a", rows)
    path.write_bytes(path.read_bytes()[: -pages * 4096 - 50])
    with pytest.raises(Damaged):
        Artefact.open(path, HUB_KEY, HUB_ID)
    with Artefact.open(path, HUB_KEY, HUB_ID, salvage=True) as found:
        saved = [row for batch in found.salvaged(path.stat().st_size) for row in batch]
    assert 0 < len(saved) <= 400
    assert set(saved) <= set(rows)


def test_every_kind_of_trouble_while_reading_is_damage(tmp_path):
    for number, statement in enumerate(
        (
            "DROP TABLE revision",
            "ALTER TABLE revision DROP COLUMN payload",
            "UPDATE revision SET author = CAST(x'ff' AS TEXT)",
            "UPDATE head SET n = 'many'",
            "UPDATE head SET n = 7",
            "UPDATE revision SET seq = 9223372036854775807",
            "UPDATE revision SET payload = NULL",
        )
    ):
        path = made(tmp_path / str(number), chain(3))
        connection = cipher.open_build(path, HUB_KEY)
        connection.execute("PRAGMA ignore_check_constraints = ON")
        connection.execute("PRAGMA writable_schema = ON")
        if "NULL" in statement:
            connection.execute("UPDATE sqlite_master SET sql = replace(sql, 'payload BLOB NOT NULL', 'payload BLOB')")
            connection.close()
            connection = cipher.open_build(path, HUB_KEY)
        connection.execute(statement)
        connection.close()
        with Artefact.open(path, HUB_KEY, HUB_ID) as found, pytest.raises(Damaged):
            found.check()


def test_a_full_disk_while_building_is_told_in_words(tmp_path):
    class Full(list):
        def __iter__(self):
            error = cipher.OperationalError("database or disk is full")
            error.sqlite_errorcode, error.sqlite_errorname = 13, "SQLITE_FULL"
            raise error

    with pytest.raises(Unavailable) as caught:
        build(tmp_path / "a", HUB_KEY, META, Full())
    assert caught.value.code == "disk_full"


# The union ------------------------------------------------------------------------------------------------------------


def story(pieces):
    """Rows of two writers, one of whom forked: any subset of them may be what a file holds."""
    trunk = chain(6)
    fork = chain(3, start=4, prev=trunk[2][0], tag="fork")
    other = chain(4, replica=b"s" * 16)
    return [row for row, chosen in zip(trunk + fork + other, pieces, strict=True) if chosen]


SUBSETS = st.lists(st.booleans(), min_size=13, max_size=13)


class Kept:
    """What the exchange gives `union.missing`, over an open artefact."""

    def __init__(self, opened):
        self.opened = opened
        self.vector = opened.vector(stretches=True)

    def revs(self, replica):
        return self.opened.revs(replica)

    def rev_at(self, replica, seq):
        return self.opened.rev_at(replica, seq)


@given(mine=SUBSETS, theirs=SUBSETS, third=SUBSETS, stretches=st.booleans())
@example(  # as many rows as the highest number, on one side a fork and a gap
    mine=[True] * 4 + [False] * 9,
    theirs=[True, True, False, True] + [False] * 2 + [True] + [False] * 6,
    third=[False] * 13,
    stretches=False,
)
@settings(max_examples=80, deadline=None)
def test_the_union_is_the_union_of_the_sets_whatever_the_files_hold(tmp_path_factory, mine, theirs, third, stretches):
    folder = tmp_path_factory.mktemp("union")
    held = [story(pieces) for pieces in (mine, theirs, third)]
    opened = [Artefact.open(made(folder / str(n), rows), HUB_KEY, HUB_ID) for n, rows in enumerate(held)]
    ids = [{row[0] for row in rows} for rows in held]
    try:
        ours, other, another = opened
        got = [
            row[0]
            for rows in union.lacking(ours, ours.vector(), other, other.vector(stretches=stretches))
            for row in rows
        ]
        assert ids[0] | set(got) == ids[0] | ids[1]
        assert set(got) <= ids[1]
        found = union.missing(ours, ours.vector(), [Kept(other), Kept(another)])
        assert {rev for links in found.values() for _, rev in links} == ids[0] - ids[1] - ids[2]
        if union.contains(ours, ours.vector(), other.vector(), another.vector(stretches=True)) and ids[2] <= ids[0]:
            assert ids[2] <= ids[1] | (ids[1] & ids[0])
    finally:
        for each in opened:
            each.close()


@given(
    covered=st.lists(st.tuples(st.integers(1, 12), st.integers(1, 12)).map(sorted).map(tuple)), last=st.integers(0, 12)
)
def test_gaps_are_what_no_stretch_reaches(covered, last):
    reached = {number for first, end in covered for number in range(first, end + 1)}
    found = [number for first, end in union.gaps(covered, last) for number in range(first, end + 1)]
    assert found == [number for number in range(1, last + 1) if number not in reached]
    assert all(first <= last for first, last in pairwise(found))


def test_equal_summaries_are_the_same_set():
    one = Holding(n=2, max_seq=2, max_rev=b"a", digest=b"d", first=1)
    assert one.same(Holding(n=2, max_seq=9, max_rev=b"b", digest=b"d", first=0))
    assert not one.same(Holding(n=3, max_seq=2, max_rev=b"a", digest=b"d", first=1))


def test_batches_stay_small_enough_for_memory():
    assert artefact.BATCH <= 10_000
