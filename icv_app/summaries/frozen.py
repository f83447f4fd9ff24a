"""Frozen: an account as a body of plain JSON and back, exact, so that what was published reads the same for ever.

The form follows the types of `account`: an object has its fields by name, a tuple of objects is a table (`columns` and
`rows`), a day is ISO text. Nothing is left out of what is written. Reading passes over fields that it does not know and
gives a field that is missing its default, so that fields may be added; anything else that does not fit makes the whole
unreadable, never a guess. Pure.
"""

from collections.abc import Callable, Mapping
from dataclasses import MISSING, fields, is_dataclass
from datetime import date, datetime
from functools import cache
from math import isfinite
from types import NoneType, UnionType
from typing import Any, Final, Literal, TypeVar, Union, get_args, get_origin, get_type_hints

from icv_app.account import Account

VERSION: Final = 1
"""Raised when an account is written in a form that this program could not read."""

T = TypeVar("T")
Body = dict[str, Any]
Codec = Callable[[Any], Any]


def to_body(account: Account) -> Body:
    """Return an account as JSON: {"frozen": VERSION, "account": {...}}."""
    return {"frozen": VERSION, "account": _writer(Account)(account)}


def from_body(body: Any) -> Account | None:
    """Return the account that a body holds; None where it holds none, or one of a newer form. Never raises."""
    if not isinstance(body, dict) or type(body.get("frozen")) is not int or body["frozen"] != VERSION:
        return None
    return read_as(Account, body.get("account"))


def written(value: Any) -> Any:
    """Return any object made of the same types as JSON."""
    return _writer_of(type(value))(value)


def read_as(kind: type[T], value: Any) -> T | None:
    """Return the object of a type that JSON holds; None where it holds none. Never raises."""
    try:
        found = _reader_of(kind)(value)
    except (ValueError, TypeError, KeyError, OverflowError, RecursionError):
        return None
    return found if isinstance(found, kind) else None


def _writer_of(kind: Any) -> Codec:
    return _writer(kind)


def _reader_of(kind: Any) -> Codec:
    return _reader(kind)


# Writing -------------------------------------------------------------------------------------------------------------


@cache
def _writer(kind: Any) -> Codec:
    """Return what turns a value of a type into JSON. Raises TypeError for a type that has no form here."""
    if kind in (str, int, bool, float, NoneType) or get_origin(kind) is Literal:
        return lambda value: value
    if kind in (date, datetime):
        return lambda value: value.isoformat()
    if is_dataclass(kind):
        parts = [(name, _writer(inner)) for name, inner in _parts(kind)]
        return lambda value: {name: write(getattr(value, name)) for name, write in parts}
    origin, inside = get_origin(kind), get_args(kind)
    if origin in (Union, UnionType):
        write = _writer(_beside_none(inside))
        return lambda value: None if value is None else write(value)
    if origin is tuple and inside[-1:] == (...,):
        return _table_writer(inside[0]) if is_dataclass(inside[0]) else _list_writer(_writer(inside[0]))
    if origin is frozenset:
        of_one = _writer(inside[0])
        return lambda value: [of_one(one) for one in sorted(value)]
    if origin is tuple:
        each = [_writer(one) for one in inside]
        return lambda value: [write(one) for write, one in zip(each, value, strict=True)]
    if isinstance(origin, type) and issubclass(origin, Mapping):
        _only_text(inside[0])
        of_value = _writer(inside[1])
        return lambda value: {name: of_value(one) for name, one in value.items()}
    raise TypeError(f"no frozen form for {kind}")


def _list_writer(write: Codec) -> Codec:
    return lambda value: [write(one) for one in value]


def _table_writer(kind: Any) -> Codec:
    parts = [(name, _writer(inner)) for name, inner in _parts(kind)]
    columns = [name for name, _ in parts]
    return lambda value: {
        "columns": list(columns),
        "rows": [[write(getattr(one, name)) for name, write in parts] for one in value],
    }


# Reading -------------------------------------------------------------------------------------------------------------


@cache
def _reader(kind: Any) -> Codec:
    """Return what turns JSON into a value of a type; it raises ValueError where the JSON is no such value."""
    if kind in (str, int, bool, NoneType):
        return lambda value: value if type(value) is kind else _refuse(kind, value)
    if kind is float:
        return lambda value: value if type(value) is float and isfinite(value) else _refuse(kind, value)
    if kind in (date, datetime):
        return _day_reader(kind)
    if get_origin(kind) is Literal:
        known = get_args(kind)
        return lambda value: value if type(value) is type(known[0]) and value in known else _refuse(kind, value)
    if is_dataclass(kind):
        return _object_reader(kind)
    origin, inside = get_origin(kind), get_args(kind)
    if origin in (Union, UnionType):
        read = _reader(_beside_none(inside))
        return lambda value: None if value is None else read(value)
    if origin is tuple and inside[-1:] == (...,):
        return _table_reader(inside[0]) if is_dataclass(inside[0]) else _list_reader(_reader(inside[0]))
    if origin is frozenset:
        read_one = _list_reader(_reader(inside[0]))
        return lambda value: frozenset(read_one(value))
    if origin is tuple:
        each = [_reader(one) for one in inside]
        return lambda value: tuple(read(one) for read, one in zip(each, _list(value), strict=True))
    if isinstance(origin, type) and issubclass(origin, Mapping):
        of_value = _reader(inside[1])
        return lambda value: {_text(name): of_value(one) for name, one in _object(value).items()}
    raise TypeError(f"no frozen form for {kind}")


def _day_reader(kind: Any) -> Codec:
    def read(value: Any) -> Any:
        found = kind.fromisoformat(_text(value))
        return found if found.isoformat() == value else _refuse(kind, value)  # one spelling, so that it is exact

    return read


def _object_reader(kind: Any) -> Codec:
    parts = [(name, _reader(inner), _default(kind, name)) for name, inner in _parts(kind)]

    def read(value: Any) -> Any:
        held, found = _object(value), {}
        for name, read_part, usual in parts:
            if name in held:
                found[name] = read_part(held[name])
            elif usual is MISSING:
                _refuse(kind, value)
            else:
                found[name] = usual()
        return kind(**found)

    return read


def _list_reader(read: Codec) -> Codec:
    return lambda value: tuple(read(one) for one in _list(value))


def _table_reader(kind: Any) -> Codec:
    read = _object_reader(kind)

    def rows(value: Any) -> Any:
        table = _object(value)
        columns = [_text(name) for name in _list(table.get("columns"))]
        return tuple(read(dict(zip(columns, _list(row), strict=True))) for row in _list(table.get("rows")))

    return rows


def _parts(kind: Any) -> list[tuple[str, Any]]:
    hints = get_type_hints(kind)
    return [(part.name, hints[part.name]) for part in fields(kind)]


def _default(kind: Any, name: str) -> Any:
    """Return what makes the default of a field, MISSING where it has none."""
    part = next(part for part in fields(kind) if part.name == name)
    if part.default_factory is not MISSING:
        return part.default_factory
    return MISSING if part.default is MISSING else lambda: part.default


def _beside_none(kinds: tuple[Any, ...]) -> Any:
    """Return the one type that a value has where it is not None."""
    others = [kind for kind in kinds if kind is not NoneType]
    if len(others) != 1:
        raise TypeError(f"no frozen form for one of {kinds}")
    return others[0]


def _only_text(kind: Any) -> None:
    if kind is not str:
        raise TypeError(f"no frozen form for keys of {kind}")


def _text(value: Any) -> str:
    return value if isinstance(value, str) else str(_refuse(str, value))


def _list(value: Any) -> list[Any]:
    return value if isinstance(value, list) else list(_refuse(list, value))


def _object(value: Any) -> dict[str, Any]:
    return value if isinstance(value, dict) else dict(_refuse(dict, value))


def _refuse(kind: Any, value: Any) -> Any:
    raise ValueError(f"{kind}: {type(value)}")
