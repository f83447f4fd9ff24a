"""Frozen accounts: whatever an account holds comes back as it was, and hostile bodies give none."""

import json
from dataclasses import fields, is_dataclass
from datetime import date
from typing import Any, get_args, get_type_hints

from hypothesis import given, settings
from hypothesis import strategies as st

from icv_app.account import Account
from icv_app.counting.basis import Basis
from icv_app.figure import Period
from icv_app.summaries import frozen
from icv_app.summary import Summary

JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(), inner, max_size=4),
    max_leaves=20,
)
SMALL = Account(
    summary=Summary(period=Period(name="p", first=date(2025, 7, 1), last=date(2025, 9, 30)), figures=(), sites=(),
                    coverage=()),
    scheme="S",
)  # fmt: skip


def builds(kind: Any) -> st.SearchStrategy[Any]:
    """Accounts of anything that their types allow; all fields given, as a default tells nothing of the codec."""
    return st.builds(kind, **{part.name: of(get_type_hints(kind)[part.name]) for part in fields(kind)})


def of(kind: Any) -> st.SearchStrategy[Any]:
    if is_dataclass(kind):
        return builds(kind)
    inside = get_args(kind)
    if getattr(kind, "__origin__", None) is frozenset:
        return st.frozensets(of(inside[0]), max_size=3)
    if getattr(kind, "__origin__", None) is tuple and inside[-1] is ...:
        return st.lists(of(inside[0]), max_size=2).map(tuple)
    if inside and "Mapping" in str(getattr(kind, "__origin__", "")) + str(kind).split("[")[0]:
        return st.dictionaries(st.text(max_size=5), of(inside[1]), max_size=2)
    if inside and type(None) in inside:
        (other,) = (each for each in inside if each is not type(None))
        return st.none() | of(other)
    return st.text(max_size=8) if kind is str else st.from_type(kind)


@settings(max_examples=60, deadline=None)
@given(builds(Account))
def test_what_was_frozen_comes_back_exact(account):
    body = frozen.to_body(account)
    assert frozen.from_body(body) == account
    assert frozen.from_body(json.loads(json.dumps(body))) == account


@settings(max_examples=60, deadline=None)
@given(builds(Basis))
def test_what_was_counted_comes_back_exact_too(basis):
    assert frozen.read_as(Basis, json.loads(json.dumps(frozen.written(basis)))) == basis


@settings(max_examples=200, deadline=None)
@given(JSON)
def test_no_body_breaks_it(value):
    assert frozen.read_as(Basis, value) is None
    assert frozen.from_body(value) is None
    assert frozen.from_body({"frozen": frozen.VERSION, "account": value}) is None


@settings(max_examples=200, deadline=None)
@given(st.data(), JSON)
def test_one_odd_value_anywhere_gives_none_or_an_account(data, value):
    body = json.loads(json.dumps(frozen.to_body(SMALL)))
    at = body["account"]
    while isinstance(at, dict) and at and data.draw(st.booleans()):
        name = data.draw(st.sampled_from(sorted(at)))
        inner = at[name]
        if not isinstance(inner, dict) or not inner:
            at[name] = value
            break
        at = inner
    else:
        at[data.draw(st.sampled_from(sorted(at)))] = value
    found = frozen.from_body(body)
    assert found is None or isinstance(found, Account)
    if found is not None:  # it is as exact as any other
        assert frozen.from_body(frozen.to_body(found)) == found


def test_fields_that_are_missing_have_their_defaults_and_unknown_ones_are_passed_over():
    body = frozen.to_body(SMALL)
    del body["account"]["commentary"], body["account"]["left_out"]
    body["account"]["colour"] = "blue"
    assert frozen.from_body(body) == SMALL


def test_a_newer_form_is_not_guessed_at():
    assert frozen.from_body({**frozen.to_body(SMALL), "frozen": frozen.VERSION + 1}) is None
    assert frozen.from_body({**frozen.to_body(SMALL), "frozen": True}) is None


def test_a_missing_field_without_a_default_gives_none():
    body = frozen.to_body(SMALL)
    del body["account"]["scheme"]
    assert frozen.from_body(body) is None
