"""Search: what is found is what a walk through all records would find, whatever was saved, merged, deleted, erased."""

import os
from datetime import date, datetime

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from forms import outline
from icv_app.clock import LONDON, Clock
from icv_app.encryption import cipher
from icv_app.errors import InvalidInput
from icv_app.form_versions.form_book import FormBook
from icv_app.searching import search_query
from icv_app.searching.search import KINDS, Search
from icv_app.searching.search_text import GROUPS, Texts
from icv_app.storage import erasure, schema, search_index
from icv_app.storage.revision import record_id
from icv_app.storage.store import Store
from tests.icv_app.storage.test_erasure import pages
from tests.laptops import founded

TODAY = date(2026, 11, 22)
KEY = bytes(range(32))
WORDS = ("cold", "Blanket", "blankets", "café", "drain", "33/EU/0012/26", "no", "the cell")
SITES = {"EUS": "Euston Street", "KEY": "Keyham Lane"}


class Noon(Clock):
    def now(self):
        return datetime(2026, 11, 22, 12, tzinfo=LONDON)


def opened(path):
    connection = cipher.open_local(path, KEY)
    schema.prepare_local(connection)
    store = Store(connection, author="OFFICE", clock=Noon())
    for site, name in SITES.items():
        store.save("site", site, {"name": name, "kind": "custody_suite"})
    return store


@pytest.fixture
def store(tmp_path):
    with opened(tmp_path / "local.icvdb") as found:
        yield found


def searching(store):
    return Search(store, FormBook(store))


def caught_up(store):
    search = searching(store)
    while search.catch_up():
        pass
    return search


def keys(store, text):
    search = caught_up(store)
    return [result.key for result in search.find(search.parse(text, TODAY), most=1000).results]


def visit(store, key, **more):
    body = {"form": "custody_visit", "site": "EUS", "date": "2026-11-01", "status": "completed", **more}
    return store.save("visit", key, {name: value for name, value in body.items() if value is not None})


def issue(store, key, **more):
    body = {"visit": "CV-1", "kind": "issue", "theme": "hygiene", "severity": "minor", "text": "The drain was blocked"}
    return store.save("issue", key, {**body, **more})


# What a record is found by


@pytest.mark.parametrize(
    "text",
    [
        "blanket", "BLANK", "blankets cold", '"cold blankets"', "cv-1", "CV1", "kind:report euston", "icv07", "cafe",
        "EU/26/0012", "eu 26 12", "33/eu/0012/26", "33EU001226", "33-eu-0012-26",
    ],
)  # fmt: skip
def test_a_report_is_found_by_what_was_written_where_when_and_by_whom(store, text):
    visit(
        store, "CV-1", visitor_1="ICV07", serious_text="Cold blankets in the café, EU/26/0012, cell 12",
        people={"a": {"custody_no": "33/EU/0012/26"}},
    )  # fmt: skip
    assert keys(store, text) == ["CV-1"]


@pytest.mark.parametrize("text", ["lankets", '"blankets cold"', "blankets warm", "sergeant", "2026-11-01", "custody_v"])
def test_it_is_not_found_by_what_is_not_in_it(store, text):
    visit(store, "CV-1", remarks="Cold blankets")
    assert keys(store, text) == []


def test_the_words_of_a_question_find_only_the_reports_in_which_its_answer_may_be_raised(tmp_path):
    with founded(tmp_path / "office") as laptop:
        form = laptop.paperwork.book.present("custody_visit")
        rows = [entry.row for entry in outline.of(form).entries.values() if not entry.repeat]
        row = next(each for each in rows if each.list_name == "ynna" and each.binds.get("icv:raise_issue"))
        words = search_index.tokens(row.label())
        for key, given_answer in (("CV-1", "yes"), ("CV-2", "no")):
            visit(laptop.store, key, form_version=form.version, **{row.name: given_answer})
        search = Search(laptop.store, laptop.paperwork.book)
        while search.catch_up():
            pass
        found = search.find(search.parse(f'"{" ".join(words)}"', TODAY))
        assert [result.key for result in found.results] == ["CV-2"]


def test_a_code_is_found_in_plain_words_and_a_yes_or_no_by_nothing(store):
    issue(store, "CV-1-1", theme="health_and_wellbeing", status="with_police", response_accepted="yes")
    assert keys(store, "health wellbeing") == ["CV-1-1"]
    assert keys(store, '"with the police"') == ["CV-1-1"]
    assert keys(store, "yes") == []


def test_a_finding_has_the_site_and_day_of_its_report_also_when_that_is_corrected(store):
    issue(store, "CV-1-1")
    visit(store, "CV-1")
    assert keys(store, "site:euston drain") == ["CV-1-1"]
    visit(store, "CV-1", site="KEY")
    assert keys(store, "site:euston drain") == []
    assert keys(store, "site:keyham drain from:1/11/26 to:1/11/26") == ["CV-1-1"]


def test_a_site_that_has_another_name_is_found_with_its_reports_by_the_new_one(store):
    visit(store, "CV-1")
    assert keys(store, "euston") == ["EUS", "CV-1"]
    store.save("site", "EUS", {"name": "Mansfield House", "kind": "custody_suite"})
    assert keys(store, "mansfield") == ["EUS", "CV-1"]
    assert keys(store, "euston") == []


def test_drafts_forms_and_what_the_program_keeps_for_itself_are_not_searched(store):
    store.save("form", "custody_visit 9", {"title": "drain"})
    store.save("filter", "OFFICE|drain", {"words": "drain"})
    store.save("presence", "x", {"note": "drain"})
    assert keys(store, "drain") == []


# Order, filters, quotations


def test_the_latest_stands_first_what_lasts_before_it_and_what_has_no_day_last(store):
    for key, day in (("CV-1", "2026-11-01"), ("CV-2", "2026-11-20"), ("CV-3", None), ("CV-4", "2025-01-01")):
        visit(store, key, date=day)
    assert keys(store, "euston") == ["EUS", "CV-2", "CV-1", "CV-4", "CV-3"]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("kind:finding", ["CV-1-1"]), ("kind:report", ["CV-2", "CV-1"]), ("site:keyham kind:report", ["CV-2"]),
        ('site:"Euston Street" kind:report', ["CV-1"]), ("from:5/11/26 to:2026-11-30", ["CV-2"]),
        ("to:1/11/26 kind:report", ["CV-1"]), ("status:open", ["CV-1-1"]), ("status:with-the-police", []),
        ("status:abandoned", ["CV-2"]), ("theme:hygiene", ["CV-1-1"]), ("person:icv02", ["CV-2"]),
        ("person:ICV99", []), ("form:custody kind:report site:euston site:keyham", ["CV-2", "CV-1"]),
        ("kind:report kind:finding drain", ["CV-1-1"]), ("kind:", []), ("  ", []), ('"', []), ("…", []),
    ],
)  # fmt: skip
def test_filters_hold_together_and_two_of_one_name_either(store, text, found):
    visit(store, "CV-1")
    visit(store, "CV-2", site="KEY", date="2026-11-10", status="abandoned", visitor_2="ICV02")
    issue(store, "CV-1-1")
    assert keys(store, text) == found


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("sight:euston", "There is no filter “sight:”. There are kind, site, form"),
        ("site:nowhere", "Nothing is called “nowhere” after “site:”. It can be: Euston Street and Keyham Lane."),
        ("from:soon", "“soon” after “from:” is not a day. Write it like 3/4/26."),
        ("from:2/4/26 to:1/4/26", "Nothing can lie between."),
        ("kind:thing", "It can be:"),
    ],
)
def test_what_cannot_be_understood_is_said_in_words(store, text, says):
    with pytest.raises(InvalidInput) as refused:
        searching(store).parse(text, TODAY)
    assert says in refused.value.words


def test_a_quotation_marks_what_was_looked_for(store):
    visit(store, "CV-1", remarks="The drain was blocked, and the cell was cold")
    search = caught_up(store)
    (result,) = search.find(search.parse("drain cold", TODAY)).results
    assert [piece for piece, bold in result.quoted if bold] == ["drain", "cold"]
    assert result.words == (
        "Custody visit CV-1. Euston Street · 1 November 2026 · Completed. The drain was blocked, and the cell was cold"
    )


def test_odd_values_are_passed_over(store):
    deep = {}
    for _ in range(40):
        deep = {"a": deep, "words": "deep"}
    visit(
        store, "CV-1", remarks=["a list", {"b": None}], site=7, date=[1], visitor_1={"x": 1}, issues="none", deep=deep
    )
    visit(store, "CV-2", form="unknown", remarks="half \ud800 a letter \x02 and a sign", status=["odd"])
    issue(store, "CV-1-1", status=4, theme=["x"], raised_on="soon")
    assert keys(store, "half letter") == ["CV-2"]
    assert keys(store, "kind:finding") == ["CV-1-1"]


def test_what_can_be_typed_next_is_offered(store):
    values = searching(store).values()
    assert search_query.complete("drain si", values) == ("drain site:",)
    assert search_query.complete("site:", values) == ('site:"Euston Street"', 'site:"Keyham Lane"')
    assert search_query.complete('cold site:"key', values) == ('cold site:"Keyham Lane"',)
    assert search_query.complete("cold ", values) == ()
    assert search_query.complete("", values) == ()


def test_a_control_changes_its_filter_and_leaves_the_rest():
    text = search_query.with_filter('cold "a b" site:EUS from:1/1/26', "site", "Keyham Lane")
    assert text == 'cold "a b" from:1/1/26 site:"Keyham Lane"'
    assert search_query.with_filter(text, "site", "") == 'cold "a b" from:1/1/26'
    assert search_query.filters_in(text) == {"from": "1/1/26", "site": "Keyham Lane"}


# The index and a walk through all records


def walk(store, words):
    """Find what has all `words`, each beginning one of its words, by reading every record."""
    texts, found = Texts(store.connection, FormBook(store)), set()
    for kind in sorted(search_index.KINDS):
        for record in store.records(kind):
            document = texts.document(record)
            there = search_index.tokens(f"{document.words} {document.about}")
            if all(any(each.startswith(word) for each in there) for word in words):
                found.add((kind, record.key))
    return found


STEP = st.one_of(
    st.tuples(st.just("save"), st.integers(0, 3), st.lists(st.sampled_from(WORDS), max_size=3)),
    st.tuples(st.just("fork"), st.integers(0, 3), st.lists(st.sampled_from(WORDS), max_size=3)),
    st.tuples(st.just("issue"), st.integers(0, 3), st.lists(st.sampled_from(WORDS), max_size=2)),
    st.tuples(st.just("site"), st.sampled_from(tuple(SITES)), st.lists(st.sampled_from(WORDS), max_size=1)),
    st.tuples(st.just("delete"), st.integers(0, 3), st.just([])),
    st.tuples(st.just("erase"), st.integers(0, 3), st.just([])),
    st.tuples(st.just("read"), st.integers(1, 3), st.just([])),
)


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    steps=st.lists(STEP, max_size=14),
    asked=st.lists(st.sampled_from(("cold", "blank", "cafe", "eu", "lane", "cv")), min_size=1, max_size=2),
)
def test_the_index_finds_what_a_walk_through_all_records_finds(tmp_path_factory, steps, asked):
    with opened(tmp_path_factory.mktemp("walk") / "local.icvdb") as store:
        for number, (step, which, words) in enumerate(steps):
            take(store, number, step, which, " ".join(words))
        search = caught_up(store)
        found = search.find(search.parse(" ".join(asked), TODAY), most=1000)
        assert {(result.kind, result.key) for result in found.results} == walk(store, asked)
        assert found.total == len(found.results)
        assert found.behind == 0


def take(store, number, step, which, words):
    key = f"CV-{which}"
    held = store.current("visit", key)
    if step == "read":
        searching(store).catch_up(which)
    elif step == "site":
        store.save("site", which, {"name": f"{words} Lane"})
    elif step == "issue":
        store.save("issue", f"{key}-1", {"visit": key, "text": words})
    elif step == "erase":
        order = erasure.order(whole=[record_id("visit", key)], reason="asked", by="OFFICE", at=store.clock.now())
        store.save("enrolment", "D", {"person": "OFFICE", "role": "coordinator"})
        store.save("erase", f"E-{number}", order)
    elif not erasure.is_erased(store.connection, record_id("visit", key)):
        body = {"form": "custody_visit", "site": "EUS", "date": f"2026-11-{number + 1:02d}", "remarks": words}
        if step == "delete":
            body = {**body, "deleted": True}
        store.save("visit", key, body, seen=() if step == "fork" and held is not None else None)


# What is erased


def test_nothing_of_an_erased_report_stays_in_any_page_of_the_file(tmp_path):
    path = tmp_path / "local.icvdb"
    secrets = ("Xylophonium", "Quetzalcoatl", "Zwieback")
    with opened(path) as store:
        for number in range(60):
            visit(store, f"CV-{number}", remarks=f"ordinary words about cell {number}")
        visit(store, "CV-100", remarks=secrets[0], pad=os.urandom(10).hex())
        assert keys(store, secrets[0]) == ["CV-100"]
        visit(store, "CV-100", remarks=f"{secrets[1]} {secrets[2]}")
        assert keys(store, secrets[1][:6]) == ["CV-100"]
        visit(store, "CV-100", deleted=True)
        assert keys(store, secrets[1][:6]) == []
        before = pages(path, KEY)
        assert any(letters in before for letters in forms_of(secrets))  # of the index: payloads are compressed
        store.save("enrolment", "D", {"person": "OFFICE", "role": "coordinator"})
        order = erasure.order(whole=[record_id("visit", "CV-100")], reason="x", by="OFFICE", at=store.clock.now())
        store.save("erase", "E-1", order)
        after = pages(path, KEY)
        assert [letters for letters in forms_of(secrets) if letters in after] == []
        assert len(keys(store, "ordinary")) == 60


def forms_of(secrets):
    """The words as written, and as an index holds them after a shared beginning of two letters."""
    return [each.encode() for word in secrets for each in (word, word.lower(), word.lower()[2:])]


def test_every_kind_that_is_searched_has_words_for_people():
    assert {GROUPS.get(kind, kind) for kind in search_index.KINDS} <= set(KINDS)
