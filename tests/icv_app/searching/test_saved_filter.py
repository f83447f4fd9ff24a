"""Saved filters: under a name of one's own, and nobody else's."""

import pytest

from icv_app.errors import InvalidInput
from icv_app.searching import saved_filter
from tests.laptops import founded, give, joined


@pytest.fixture(scope="module")
def laptops(tmp_path_factory):
    folder = tmp_path_factory.mktemp("filters")
    with founded(folder / "office") as office, joined(office, folder / "ICV01", "ICV01") as visitor:
        yield office, visitor


def test_a_search_is_saved_under_its_name_replaced_by_it_and_deleted(laptops):
    for laptop in laptops:
        person = laptop.identity.person
        for earlier in saved_filter.every(laptop.store, person):
            saved_filter.drop(laptop.store, person, earlier.name)
        saved_filter.save(laptop.store, person, " Cold  cells ", "cold kind:finding ")
        saved_filter.save(laptop.store, person, "cold cells", "cold status:open")
        saved_filter.save(laptop.store, person, "All", "from:1/1/26")
        found = saved_filter.every(laptop.store, person)
        assert [(each.name, each.words) for each in found] == [
            ("All", "from:1/1/26"),
            ("cold cells", "cold status:open"),
        ]
        saved_filter.drop(laptop.store, person, "COLD CELLS")
        saved_filter.drop(laptop.store, person, "never there")
        assert [each.name for each in saved_filter.every(laptop.store, person)] == ["All"]


def test_everybody_sees_their_own_alone(laptops):
    office, visitor = laptops
    saved_filter.save(office.store, "OFFICE", "Mine", "cell")
    saved_filter.save(visitor.store, "ICV01", "Hers", "cell")
    give(office, visitor)
    assert "Hers" not in [each.name for each in saved_filter.every(office.store, "OFFICE")]
    assert "Mine" not in [each.name for each in saved_filter.every(visitor.store, "ICV01")]
    assert visitor.store.current("filter", "OFFICE|mine") is None


@pytest.mark.parametrize(("name", "words"), [("", "cell"), ("Cells", "  "), ("x" * 61, "cell"), ("Cells", "x" * 501)])
def test_what_cannot_be_saved_is_refused_in_words(laptops, name, words):
    with pytest.raises(InvalidInput) as refused:
        saved_filter.save(laptops[0].store, "OFFICE", name, words)
    assert refused.value.code == "filter"


def test_odd_records_are_no_filters(laptops):
    office, _ = laptops
    office.store.save("filter", "OFFICE|odd", {"name": ["x"], "words": 4})
    assert "odd" not in [each.name for each in saved_filter.every(office.store, "OFFICE")]
