"""What an enrolled device may put on the share, and what must not come of it: an exchange that fails for everybody."""

import json
import zlib
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest

from icv_app.encryption import cipher
from icv_app.errors import InvalidInput
from icv_app.sharing.verification import verify_hub, verify_profile
from icv_app.storage import chain, schema
from icv_app.storage.revision import encode, header_hash, intact, record_id
from tests.shared_folder import HUB_ID, HUB_KEY, Desk, packs_of, revs_on

RECORD = record_id("visit", "CV-1")
Row = tuple[Any, ...]


def row(text: str = '{"~key":"CV-1","seen":1}', **changes: Any) -> Row:
    """A revision whose hashes are right, whatever else it holds."""
    payload = zlib.compress(text.encode())
    given: dict[str, Any] = {
        "record": RECORD, "replica": b"h" * 16, "seq": 1, "prev": None, "parents": b"", "hlc": 1 << 50,
        "author": "ICV66", "kind": "visit", "schema_v": 1, "payload_hash": sha256(payload).digest(),
    }  # fmt: skip
    given |= changes
    return (header_hash(**given), *given.values(), payload)


def put(hub: Path, rows: list[Row], head: Row | None = None) -> Path:
    """Put a pack on the share as a program of one's own might write it: without the rules of the tables."""
    pack = hub.with_name(f"{hub.name}.packs") / "hostile.pack"
    connection = cipher.open_build(pack, HUB_KEY)
    schema.prepare_artefact(connection)
    for table in ("revision", "head"):
        (sql,) = connection.execute("SELECT sql FROM sqlite_master WHERE name = ?", (table,)).fetchone()
        names = [part.split()[0] for part in sql[sql.index("(") + 1 :].split(",\n")]
        connection.execute(f"DROP TABLE {table}")
        connection.execute(f"CREATE TABLE {table}({', '.join(names)}{', UNIQUE(replica)' * (table == 'head')})")
    connection.execute("INSERT INTO meta VALUES ('hub_id', ?)", (HUB_ID,))
    connection.executemany(f"INSERT INTO revision VALUES ({','.join('?' * 12)})", rows)
    if head is None:
        for replica in {each[2] for each in rows}:
            links = [(each[3], each[0], each[4]) for each in rows if each[2] == replica]
            chain.write(connection, replica, chain.extend(chain.Head(), links))
    else:
        connection.execute("INSERT INTO head VALUES (?, ?, ?, ?, ?, ?)", head)
    connection.close()
    return pack


@pytest.fixture
def hub(tmp_path: Path) -> Path:
    (tmp_path / "share").mkdir()
    return tmp_path / "share" / "Scheme.icvhub"


@pytest.fixture
def desk(tmp_path: Path, hub: Path) -> Any:
    made = Desk(tmp_path, "ICV01")
    made.save("CV-1", seen=3)
    made.sync(hub)
    yield made
    made.close()


def goes_on(desk: Desk, hub: Path) -> None:
    """The laptop can save and sync, and the shared file can be made anew, as if nothing had happened."""
    for _ in range(2):
        rev = desk.save("CV-2", moment=str(desk.moment))
        assert desk.sync(hub).verified
        assert rev in revs_on(hub)
        hub.unlink()
    assert desk.sync(hub).verified


@pytest.mark.parametrize(
    "changes",
    [
        {"record": b"r" * 15}, {"replica": b"h"}, {"seq": 0}, {"prev": b""}, {"prev": ""}, {"prev": b"p" * 32},
        {"seq": 2}, {"seq": 2, "prev": b"p" * 31}, {"parents": b"p" * 33},
    ],
)  # fmt: skip
def test_a_row_that_breaks_the_rules_of_the_table_is_put_aside_as_damage(
    desk: Desk, hub: Path, changes: dict[str, Any]
) -> None:
    bad = row(**changes)
    assert not intact(bad)
    put(hub, [bad, row(replica=b"i" * 16)])
    outcome = desk.sync(hub)
    assert outcome.received == 1  # the other one
    assert len(outcome.quarantined) == 1
    goes_on(desk, hub)


def test_a_row_linked_to_a_wrong_one_is_its_writers_fault_and_no_damage_of_the_file(desk: Desk, hub: Path) -> None:
    other = row(replica=b"i" * 16)
    put(hub, [other, row(), row(seq=2, prev=other[0])])
    assert desk.sync(hub).quarantined == ()
    goes_on(desk, hub)
    assert len(packs_of(hub)) > 1
    words = "does not follow the one before it"
    assert words in verify_hub(hub, HUB_KEY, HUB_ID).flaws[0].words
    assert words in verify_profile(desk.store).flaws[0].words


DEEP = '{"~key":"CV-1","a":' + "[" * 900 + "]" * 900 + "}"
NUMBERS = ["NaN", "-Infinity", "1e999", "-1e999"]


@pytest.mark.parametrize("text", [DEEP, *(f'{{"~key":"CV-1","seen":{number}}}' for number in NUMBERS)])
def test_a_body_that_could_not_be_written_again_is_kept_and_shown_to_nobody(desk: Desk, hub: Path, text: str) -> None:
    put(hub, [row(text)])
    assert desk.sync(hub).received == 1
    record = desk.store.current("visit", "CV-1")
    assert record is not None
    assert record.body == {"seen": 3}
    desk.save("CV-1", seen=4)
    goes_on(desk, hub)


def test_a_summary_of_other_types_is_damage(desk: Desk, hub: Path) -> None:
    good = row()
    for head in (
        ("text", 1, 1, good[0], bytes(32), 1), (good[2], 1, 1, 10**15, bytes(32), 1), (good[2], "x", 1, b"", b"", 1)
    ):  # fmt: skip
        put(hub, [good], head)
        assert len(desk.sync(hub).quarantined) == 1
    goes_on(desk, hub)


def test_a_body_of_many_small_maps_is_not_taken_for_a_deep_one(desk: Desk) -> None:
    rows = {str(number): {"group": number, "list": [{}, [1]]} for number in range(200)}
    desk.store.save("visit", "CV-9", {"detainees": rows})
    record = desk.store.current("visit", "CV-9")
    assert record is not None
    assert record.body == {"detainees": rows}


@pytest.mark.parametrize("body", [{"a": json.loads("[" * 64 + "]" * 64)}, {"a": "x" * (64 << 20)}])
def test_what_could_not_be_read_again_is_not_saved(desk: Desk, body: dict[str, Any]) -> None:
    with pytest.raises(InvalidInput, match="too large"):
        encode(body)
    with pytest.raises(InvalidInput):
        desk.save("CV-1", **body)
    record = desk.store.current("visit", "CV-1")
    assert record is not None
    assert record.body == {"seen": 3}


def test_half_a_character_in_a_key_makes_a_record_all_the_same(desk: Desk) -> None:
    desk.save("CV-\ud800", seen=1)
    assert desk.store.current("visit", "CV-\ud800") is not None
