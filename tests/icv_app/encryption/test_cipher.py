"""Guards what the program leans on without a promise: sqlite-utils over SQLCipher (a shim), and the bundled SQLite."""

import contextlib
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
import sqlite_utils.db
import sqlite_utils.utils

from icv_app.encryption import cipher
from icv_app.encryption.cipher import Connection, Database, Migrations

KEY = bytes(range(32))


@pytest.fixture
def connection(tmp_path: Path) -> Iterator[Connection]:
    with contextlib.closing(cipher.open_local(tmp_path / "a.icvdb", KEY)) as opened:
        yield opened


@pytest.fixture
def db(connection: Connection) -> Database:
    return Database(connection)


def test_the_bundled_sqlite_has_the_wal_reset_fix(connection: Connection) -> None:
    (version,) = connection.execute("SELECT sqlite_version()").fetchone()
    assert tuple(int(part) for part in version.split(".")) >= (3, 51, 3)
    (cipher_version,) = connection.execute("PRAGMA cipher_version").fetchone()
    assert cipher_version.startswith("4.")


def test_sqlite_utils_uses_the_exceptions_of_sqlcipher() -> None:
    assert sqlite_utils.utils.OperationalError is cipher.OperationalError


def test_a_row_with_a_new_column_is_inserted_by_altering_the_table(db: Database) -> None:
    db.table("visit").insert({"id": 1, "site": "BL"}, pk="id")
    db.table("visit").insert({"id": 2, "seen": 3}, pk="id", alter=True)  # falls back on OperationalError
    assert list(db.table("visit").rows) == [{"id": 1, "site": "BL", "seen": None}, {"id": 2, "site": None, "seen": 3}]
    with pytest.raises(cipher.OperationalError):
        db.table("visit").insert({"id": 3, "nothing": 1})


def test_upserts_updates_and_deletes_work(db: Database) -> None:
    table = db.table("visit")
    table.insert_all(({"id": number, "site": "BL"} for number in range(250)), pk="id")
    table.upsert_all([{"id": 1, "site": "EU"}, {"id": 999, "site": "KV"}], pk="id")
    table.update(2, {"site": "EU"})
    table.delete(3)
    table.delete_where("id > 500")
    assert (table.count, table.get(1)["site"], table.get(2)["site"]) == (249, "EU", "EU")
    with pytest.raises(sqlite_utils.db.NotFoundError):
        table.get(3)
    table.insert({"id": 1, "site": "XX"}, ignore=True)
    table.insert({"id": 2, "site": "YY"}, replace=True)
    assert [row["site"] for row in table.rows_where("id in (1, 2)", order_by="id")] == ["EU", "YY"]


def test_a_table_is_transformed_with_its_rows(db: Database) -> None:
    db.table("visit").insert({"id": 1, "seen": "3", "old": "x"}, pk="id")
    db.table("visit").create_index(["seen"])
    db.table("visit").transform(types={"seen": int}, rename={"id": "visit"}, drop={"old"}, not_null={"seen"})
    assert db.table("visit").columns_dict == {"visit": int, "seen": int}
    assert list(db.table("visit").rows) == [{"visit": 1, "seen": 3}]
    assert db.table("visit").pks == ["visit"]


def test_text_is_searched_in_an_encrypted_file(db: Database) -> None:
    db.table("issue").insert_all([{"id": 1, "text": "no blanket"}, {"id": 2, "text": "cold meal"}], pk="id")
    db.table("issue").enable_fts(["text"], create_triggers=True)
    db.table("issue").insert({"id": 3, "text": "two blankets, one blanket"})
    assert {row["id"] for row in db.table("issue").search("blanket")} == {1, 3}


def test_migrations_run_once_and_a_failed_one_leaves_nothing(db: Database) -> None:
    steps = Migrations("test")

    @steps()
    def m001(db: Database) -> None:
        db.table("a").create({"id": int}, pk="id")

    steps.apply(db)
    steps.apply(db)

    @steps()
    def m002(db: Database) -> None:
        db.table("b").create({"id": int}, pk="id")
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        steps.apply(db)
    assert "a" in db.table_names()
    assert "b" not in db.table_names()
    assert [step.name for step in steps.pending(db)] == ["m002"]


def test_atomic_blocks_roll_back_and_nest_in_an_immediate_transaction(db: Database) -> None:
    db.table("a").create({"id": int}, pk="id")
    db.conn.execute("BEGIN IMMEDIATE")
    with pytest.raises(cipher.DatabaseError), db.atomic():
        db.table("a").insert_all([{"id": 1}, {"id": 1}])
    with db.atomic():
        db.table("a").insert({"id": 2})
    db.conn.execute("COMMIT")
    assert list(db.table("a").rows) == [{"id": 2}]


def test_other_operations_work(db: Database) -> None:
    db.table("site").insert({"site": "BL"}, pk="site")
    db.table("visit").insert({"id": 1, "site": "BL", "body": {"seen": [1]}}, pk="id", foreign_keys=[("site", "site")])
    assert db.table("visit").foreign_keys[0].other_table == "site"
    assert db.table("visit").get(1)["body"] == '{"seen": [1]}'
    db.table("visit").add_column("note", str)
    db.create_view("seen", "SELECT id FROM visit")
    assert db.view_names() == ["seen"]
    assert list(db.query("SELECT count(*) AS n FROM seen")) == [{"n": 1}]
    db.table("visit").lookup({"site": "BL", "id": 1})
    assert db.table("visit").schema.startswith("CREATE TABLE")
    db.table("visit").drop()
    assert db.table_names() == ["site"]


def test_the_file_tells_nothing_without_its_key(tmp_path: Path, connection: Connection) -> None:
    connection.execute("CREATE TABLE secret(word)")
    connection.execute("INSERT INTO secret VALUES ('blanket')")
    connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    stored = (tmp_path / "a.icvdb").read_bytes()
    assert not stored.startswith(b"SQLite format 3")
    assert b"blanket" not in stored
    assert b"secret" not in stored
    with pytest.raises(cipher.DatabaseError) as wrong:
        cipher.open_local(tmp_path / "a.icvdb", bytes(32)).close()
    assert wrong.value.sqlite_errorname == "SQLITE_NOTADB"


def test_nothing_is_printed_about_a_wrong_key(tmp_path: Path, connection: Connection, capfd: pytest.CaptureFixture[str]) -> None:  # fmt: skip  # noqa: E501
    connection.execute("CREATE TABLE a(b)")
    with pytest.raises(cipher.DatabaseError):
        cipher.open_local(tmp_path / "a.icvdb", bytes(32)).close()
    assert capfd.readouterr() == ("", "")


def test_a_shared_file_is_read_without_a_lock_or_a_file_beside_it(tmp_path: Path) -> None:
    path = tmp_path / "a.pack"
    with contextlib.closing(cipher.open_build(path, KEY)) as building:
        building.execute("CREATE TABLE a(b)")
        building.execute("INSERT INTO a VALUES (1)")
    with contextlib.closing(cipher.open_shared(path, KEY)) as reading:
        assert reading.execute("SELECT b FROM a").fetchone() == (1,)
        with pytest.raises(cipher.OperationalError):
            reading.execute("INSERT INTO a VALUES (2)")
    assert [each.name for each in tmp_path.iterdir()] == ["a.pack"]


def test_a_key_of_another_length_is_our_own_mistake(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="32 bytes"):
        cipher.open_local(tmp_path / "a.icvdb", b"short")


def test_a_power_cut_that_spoils_the_first_page_amid_a_checkpoint_is_mended_from_the_journal(tmp_path: Path) -> None:
    """The first 16 bytes are the salt, without which nothing can be read: they must be known without the file."""
    path, cut = tmp_path / "a.icvdb", tmp_path / "cut.icvdb"
    with contextlib.closing(cipher.open_local(path, KEY)) as connection:
        connection.execute("CREATE TABLE note(words)")
        connection.execute("INSERT INTO note VALUES ('seen by two visitors')")
        connection.execute("PRAGMA wal_checkpoint")
        connection.execute("UPDATE note SET words = 'seen by both'")
        connection.execute("CREATE TABLE other(words)")  # the first page stands in the journal, too
        cut.write_bytes(bytes(512) + path.read_bytes()[512:])
        shutil.copyfile(f"{path}-wal", f"{cut}-wal")
    with contextlib.closing(cipher.open_local(cut, KEY)) as connection:
        assert connection.execute("SELECT words FROM note").fetchall() == [("seen by both",)]
        assert connection.execute("PRAGMA quick_check").fetchall() == [("ok",)]
