"""The files' tables: made once, upgraded in one transaction, and never touched where a newer program wrote them."""

import contextlib
import threading
from pathlib import Path

import pytest

from icv_app.encryption import cipher, faults
from icv_app.errors import Unavailable
from icv_app.storage import meta, schema

KEY = bytes(range(32))


def tables(connection: cipher.Connection) -> list[tuple[str, str]]:
    return list(connection.execute("SELECT name, sql FROM sqlite_master ORDER BY name"))


def test_a_second_preparation_changes_nothing(tmp_path: Path) -> None:
    with contextlib.closing(cipher.open_local(tmp_path / "a.icvdb", KEY)) as connection:
        schema.prepare_local(connection)
        made = tables(connection)
        (version,) = connection.execute("PRAGMA data_version").fetchone()
        schema.prepare_local(connection)
        assert tables(connection) == made
        assert connection.execute("PRAGMA data_version").fetchone() == (version,)
        assert connection.execute("PRAGMA application_id").fetchone() == (schema.APPLICATION_ID,)
        assert connection.execute("PRAGMA user_version").fetchone() == (schema.LOCAL_FORMAT,)


def test_an_artefact_has_the_revisions_and_nothing_of_the_laptop(tmp_path: Path) -> None:
    with contextlib.closing(cipher.open_build(tmp_path / "a.pack", KEY)) as connection:
        schema.prepare_artefact(connection)
        names = {name for name, sql in tables(connection) if sql and sql.startswith("CREATE TABLE")}
    assert {"meta", "revision", "head"} <= names
    assert not names & {"current", "draft", "shared", "fact_visit"}


def test_two_openings_at_once_prepare_the_file_once(tmp_path: Path) -> None:
    failed: list[BaseException] = []

    def prepare() -> None:
        try:
            with contextlib.closing(cipher.open_local(tmp_path / "a.icvdb", KEY)) as connection:
                schema.prepare_local(connection)
        except cipher.Error as error:
            failed.append(error)

    cipher.open_local(tmp_path / "a.icvdb", KEY).close()
    threads = [threading.Thread(target=prepare) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert not failed


def test_a_preparation_that_fails_leaves_no_half_tables(tmp_path: Path) -> None:
    with contextlib.closing(cipher.open_local(tmp_path / "a.icvdb", KEY)) as connection:
        connection.execute("PRAGMA max_page_count = 12")
        with pytest.raises(Unavailable) as told, faults.in_words():
            schema.prepare_local(connection)
        assert told.value.code == "disk_full"
        assert tables(connection) == []
        connection.execute("PRAGMA max_page_count = 10000")
        schema.prepare_local(connection)


def test_a_newer_file_is_refused_and_left(tmp_path: Path) -> None:
    with contextlib.closing(cipher.open_local(tmp_path / "a.icvdb", KEY)) as connection:
        connection.execute(f"PRAGMA user_version = {schema.LOCAL_FORMAT + 1}")
        with pytest.raises(Unavailable, match="newer version") as told:
            schema.prepare_local(connection)
        assert told.value.code == "newer_format"
        assert tables(connection) == []


def test_settings_are_kept(tmp_path: Path) -> None:
    with contextlib.closing(cipher.open_local(tmp_path / "a.icvdb", KEY)) as connection:
        schema.prepare_local(connection)
        assert meta.get(connection, "hub", "none") == "none"
        for value in ("x", b"\x00\xff", 7, None):
            meta.put(connection, "hub", value)
            assert meta.get(connection, "hub", "none") == value
