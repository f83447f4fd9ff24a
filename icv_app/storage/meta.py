"""The settings that a file keeps about itself, in its table `meta`: a name and a value (text, integer or bytes)."""

from typing import Any

from icv_app.encryption.cipher import Connection


def get(connection: Connection, name: str, default: Any = None) -> Any:
    """Return the value of a setting, or `default` where the file has none."""
    row = connection.execute("SELECT v FROM meta WHERE k = ?", (name,)).fetchone()
    return default if row is None else row[0]


def put(connection: Connection, name: str, value: Any) -> None:
    """Set a setting, within the caller's transaction if there is one."""
    connection.execute(
        "INSERT INTO meta(k, v) VALUES (?, ?) ON CONFLICT(k) DO UPDATE SET v = excluded.v", (name, value)
    )
