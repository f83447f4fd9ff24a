"""The office pursues an issue: step by step, on disk each time, with a history, repeats and a list for the police."""

from datetime import UTC, date, datetime

import pytest

from icv_app import follow_up, issue_state
from icv_app.clock import Clock
from icv_app.errors import InvalidInput, Unavailable
from icv_app.issues import issue_list, issue_thread, repeats, sent_list
from icv_app.issues.pursuit import Pursuit
from icv_app.storage.audit import entries
from tests.laptops import founded, joined

TODAY = date(2026, 11, 22)  # a Sunday


def clock():
    """A clock that stands still on that day."""
    return Clock(lambda: datetime(2026, 11, 22, 12, tzinfo=UTC))


@pytest.fixture
def laptop(tmp_path):
    with founded(tmp_path / "office", person="OFFICE1", clock=clock()) as office:
        store = office.store
        for site, name, kind in (
            ("EUS", "Euston Street", "custody_suite"), ("KEY", "Keyham Lane", "custody_suite"),
            ("DOG", "Dog Unit Kennels", "dog_unit_kennels"),
        ):  # fmt: skip
            store.save("site", site, {"site": site, "name": name, "kind": kind})
        store.save("visitor", "ICV07|2025-04-01", {"visitor": "ICV07", "from": "2025-04-01", "status": "active"})
        yield office


def put(laptop, key, day="2026-11-02", site="EUS", **more):
    body = {
        "issue": key, "visit": key.rpartition("-")[0], "kind": "issue", "theme": "hygiene", "severity": "minor",
        "text": "No towels", "status": "open", "site": site, "form": "custody_visit", "date": day, "source": "issues/1",
    }  # fmt: skip
    laptop.store.save("issue", key, {**body, **more})
    return key


def body(laptop, key):
    return laptop.store.current("issue", key).body


def thread(laptop, key):
    return issue_thread.of(laptop.store, key, TODAY, person=laptop.identity.person)


def test_an_issue_from_its_report_to_its_end_with_every_step_told(laptop):
    key, office = put(laptop, "CV-1-1"), Pursuit(laptop)
    assert thread(laptop, key).next[0] == "send"
    office.take(key, "send", {"to": "custody_inspector", "on": date(2026, 11, 6)})
    assert body(laptop, key)["due_on"] == "2026-11-20", "ten working days from a Friday"
    assert thread(laptop, key).line.overdue
    office.take(key, "respond", {"response": "Ordered", "accepted": False})
    office.take(key, "escalate", {"to": "chief_inspector", "why": "Ordered since March"})
    office.take(key, "respond", {"response": "They are here", "accepted": True})
    office.take(key, "close", {"outcome": "resolved", "done": "Fifty towels", "told_on": TODAY})
    found = thread(laptop, key)
    assert [(each.did, each.words) for each in found.steps] == [
        ("Raised by the report CV-1", ()),
        ("Sent to the custody inspector on 6 November 2026", ("An answer is due by 20 November 2026.",)),
        ("The police answered on 22 November 2026", ("Ordered", "The answer was not accepted.")),
        ("Taken further up, to the chief inspector or head of custody, on 22 November 2026", ("Ordered since March",)),
        ("The police answered on 22 November 2026", ("They are here", "The answer was accepted.")),
        ("What was done", ("Fifty towels",)),
        ("The visitors were told on 22 November 2026", ()),
        ("Closed", ("Put right",)),
    ]
    assert {each.by for each in found.steps} == {"OFFICE1"}
    assert all("2026 at " in each.when for each in found.steps)
    assert found.next == ("reopen", "summarise")
    assert found.line.age == 20


def test_a_step_on_what_has_changed_meanwhile_is_refused_and_writes_nothing(laptop):
    key, office = put(laptop, "CV-1-1"), Pursuit(laptop)
    seen = laptop.store.current("issue", key).heads
    office.take(key, "do", {"done": "Towels were brought"})
    before = laptop.store.current("issue", key)
    with pytest.raises(InvalidInput, match="has changed since you opened it") as error:
        office.take(key, "send", {"to": "estates"}, seen=seen)
    assert error.value.code == "changed_since"
    assert laptop.store.current("issue", key) == before


def test_what_may_tell_who_somebody_is_has_to_be_looked_at(laptop):
    key, office = put(laptop, "CV-1-1"), Pursuit(laptop)
    with pytest.raises(InvalidInput) as error:
        office.take(key, "do", {"done": "Rang her on 07700 900123"})
    assert error.value.code == "personal_data"
    assert "done" not in body(laptop, key)
    office.take(key, "do", {"done": "Rang her on 07700 900123"}, looked=True)
    assert body(laptop, key)["done"]


def test_a_visitor_takes_no_step(laptop, tmp_path):
    key = put(laptop, "CV-1-1")
    with joined(laptop, tmp_path / "one", "ICV01") as visitor:
        office = Pursuit(visitor)
        for call in (
            lambda: office.take(key, "do", {"done": "x"}), lambda: office.prepare(["EUS"]),
            lambda: office.mark(Pursuit(laptop).prepare(["EUS"])),
        ):  # fmt: skip
            with pytest.raises(InvalidInput) as error:
                call()
            assert error.value.code == "office_only"


@pytest.mark.parametrize("step", sorted(follow_up.STEPS))
def test_no_step_is_taken_with_what_is_not_there(laptop, step):
    with pytest.raises(InvalidInput) as error:
        Pursuit(laptop).take("CV-9-9", step, {})
    assert error.value.code == "no_issue"


# Repeats


def test_the_same_theme_at_the_same_site_within_a_year_is_pointed_out(laptop):
    put(laptop, "CV-0-1", day="2025-11-01")  # a year and a day before
    put(laptop, "CV-1-1", day="2025-11-02")
    put(laptop, "CV-2-1", day="2026-10-01")
    put(laptop, "CV-3-1", day="2026-10-05", site="KEY")
    put(laptop, "CV-4-1", day="2026-10-06", theme="staffing")
    put(laptop, "CV-5-1", day="2026-10-07", kind="positive_comment")
    put(laptop, "CV-6-1", day="2026-10-07", status="withdrawn")
    new = put(laptop, "CV-7-1", day="2026-11-02")
    put(laptop, "CV-8-1", day="2026-11-03")
    assert [each.key for each in thread(laptop, new).earlier] == ["CV-2-1", "CV-1-1"]
    counted = {line.key: line.earlier for line in issue_list.lines(laptop.store, TODAY)}
    assert (counted[new], counted["CV-8-1"], counted["CV-2-1"], counted["CV-3-1"], counted["CV-5-1"]) == (2, 2, 2, 0, 0)
    for key, count in counted.items():
        assert len(thread(laptop, key).earlier) == count, key


def test_other_is_no_theme_that_two_share(laptop):
    put(laptop, "CV-1-1", day="2026-10-01", theme="other")
    assert thread(laptop, put(laptop, "CV-2-1", theme="other")).earlier == ()


def test_a_repeat_is_linked_to_an_earlier_one_and_never_in_a_ring(laptop):
    office = Pursuit(laptop)
    one, two, three = put(laptop, "CV-1-1"), put(laptop, "CV-2-1"), put(laptop, "CV-3-1", day="2026-11-09")
    office.take(two, "link", {"repeat_of": one})
    assert "Marked as a repeat of CV-1-1" in [each.did for each in thread(laptop, two).steps]
    for key, of, code in ((one, two, "in_a_ring"), (one, three, "later"), (one, one, "itself"), (one, "x", "no_issue")):
        with pytest.raises(InvalidInput) as error:
            office.take(key, "link", {"repeat_of": of})
        assert error.value.code in (code, "in_a_ring"), code
    office.take(two, "link", {"repeat_of": ""})
    assert "repeat_of" not in body(laptop, two)


def test_a_year_before_a_leap_day():
    assert repeats.a_year_before(date(2024, 2, 29)) == date(2023, 2, 28)


# The list


def test_the_views_of_the_list_hold_what_they_say(laptop):
    put(laptop, "CV-1-1")
    put(laptop, "CV-2-1", status="with_police", sent_on="2026-11-03", due_on="2026-11-17")
    put(laptop, "CV-3-1", status="with_police", sent_on="2026-11-03", due_on="2026-12-01")
    put(laptop, "CV-4-1", status="responded", response="x")
    put(laptop, "CV-5-1", severity="serious", status="responded", done="x", evidence="y")
    put(laptop, "CV-6-1", kind="positive_comment", severity="praise")
    put(laptop, "CV-7-1", kind="recommendation", addressed_to="home_office")
    put(laptop, "CV-8-1", status="closed", closed_on="2026-11-10")
    put(laptop, "CV-9-1", status="withdrawn")
    put(laptop, "CV-10-1", severity="serious", status="closed")
    found = issue_list.lines(laptop.store, TODAY)
    views = {
        name: {line.key.removesuffix("-1").removeprefix("CV-") for line in found if test(line)}
        for name, (_, test) in issue_list.VIEWS.items()
    }
    assert views == {
        "open": {"1", "2", "3", "4", "5", "7", "10"}, "unsent": {"1", "6"}, "with_police": {"2", "3"},
        "overdue": {"2"}, "answered": {"4", "5"}, "to_check": {"5"}, "praise": {"6"}, "recommendations": {"7"},
        "closed": {"8"}, "all": {"1", "2", "3", "4", "5", "6", "7", "8", "10"},
    }  # fmt: skip
    assert [line.key for line in found][:3] == ["CV-2-1", "CV-10-1", "CV-5-1"], "overdue first, then what is serious"
    said = {line.key: line.stands for line in found}
    assert said["CV-10-1"] == "Closed, not yet checked"
    assert said["CV-6-1"] == "Not yet shared with the staff"


@pytest.mark.parametrize(
    ("due", "words"),
    [
        (date(2026, 11, 22), "answer due today"),
        (date(2026, 11, 23), "answer due 23 November 2026, in 1 working day"),
        (date(2026, 12, 4), "answer due 4 December 2026, in 10 working days"),
        (date(2026, 11, 19), "answer overdue since 19 November 2026, by 1 working day"),
        (None, ""),
    ],
)
def test_due_days_in_words(due, words):
    assert issue_list.due_words(due, TODAY) == words


# What goes to the police


def test_a_list_holds_what_waits_and_is_marked_only_when_told_so(laptop):
    for number in (1, 2):
        put(laptop, f"CV-{number}-1")
    put(laptop, "CV-3-1", site="KEY", kind="positive_comment", severity="praise", text="A patient sergeant")
    put(laptop, "CV-4-1", site="DOG")
    put(laptop, "CV-5-1", site="DOG", kind="positive_comment", may_be_shared="no")
    put(laptop, "CV-6-1", status="with_police", sent_on="2026-11-03")
    put(laptop, "CV-7-1", kind="recommendation", addressed_to="opcc")
    office = Pursuit(laptop)
    assert [(each.site, each.to, each.waiting) for each in sent_list.places(laptop.store, TODAY)] == [
        ("DOG", "dog_unit_sergeant", 1), ("EUS", "custody_inspector", 2), ("KEY", "custody_inspector", 1),
    ]  # fmt: skip
    made = office.prepare(["EUS", "KEY"])
    assert ([each.key for each in made.asked], [each.key for each in made.praise]) == (["CV-1-1", "CV-2-1"], ["CV-3-1"])
    assert (made.to, made.due, made.places) == ("custody_inspector", date(2026, 12, 4), "Euston Street and Keyham Lane")
    assert issue_state.is_unsent(body(laptop, "CV-1-1")), "nothing is marked by making a list"
    assert list(sent_list.sent(laptop.store)) == []
    told = office.mark(made)
    assert (told.sent, told.changed) == (("CV-1-1", "CV-2-1", "CV-3-1"), ())
    first = body(laptop, "CV-1-1")
    assert (first["status"], first["sent_to"], first["sent_on"], first["due_on"], first["sent_list"]) == (
        "with_police", "custody_inspector", "2026-11-22", "2026-12-04", made.reference,
    )  # fmt: skip
    assert "due_on" not in body(laptop, "CV-3-1"), "praise waits for no answer"
    (listed,) = sent_list.sent(laptop.store)
    assert (listed.reference, listed.issues, listed.by) == (made.reference, told.sent, "OFFICE1")
    with pytest.raises(InvalidInput) as error:
        office.prepare(["EUS"])
    assert error.value.code == "nothing_to_send"


@pytest.mark.parametrize(
    ("sites", "wishes", "code"),
    [
        ([], {}, "no_site"), (["XXX"], {}, "no_site"), (["EUS", "DOG"], {}, "two_recipients"),
        (["KEY"], {}, "nothing_to_send"),
        (["EUS"], {"to": "nobody"}, "unknown"), (["EUS"], {"due": date(2026, 11, 21)}, "due_before"),
    ],
)  # fmt: skip
def test_each_refusal_of_a_list(laptop, sites, wishes, code):
    put(laptop, "CV-1-1")
    with pytest.raises(InvalidInput) as error:
        Pursuit(laptop).prepare(sites, **wishes)
    assert error.value.code == code


def test_sites_of_two_recipients_go_to_one_who_is_named(laptop):
    put(laptop, "CV-1-1")
    put(laptop, "CV-2-1", site="DOG")
    made = Pursuit(laptop).prepare(["EUS", "DOG"], to="estates")
    assert [each.key for each in made.items] == ["CV-2-1", "CV-1-1"]


def test_what_changed_since_the_list_was_made_is_not_marked_and_told(laptop):
    put(laptop, "CV-1-1")
    put(laptop, "CV-2-1")
    office = Pursuit(laptop)
    made = office.prepare(["EUS"])
    laptop.store.save("issue", "CV-2-1", {**body(laptop, "CV-2-1"), "text": "There were towels"})
    told = office.mark(made)
    assert (told.sent, told.changed) == (("CV-1-1",), ("CV-2-1",))
    assert body(laptop, "CV-2-1")["status"] == "open"


def test_all_of_a_list_is_marked_or_nothing(laptop, monkeypatch):
    for number in range(1, 4):
        put(laptop, f"CV-{number}-1")
    office = Pursuit(laptop)
    made = office.prepare(["EUS"])
    monkeypatch.setattr(
        "icv_app.storage.pen.Pen.finish", lambda _: (_ for _ in ()).throw(Unavailable("disk_full", "Full."))
    )
    with pytest.raises(Unavailable):
        office.mark(made)
    monkeypatch.undo()
    assert {body(laptop, each.key)["status"] for each in made.items} == {"open"}
    assert list(sent_list.sent(laptop.store)) == []


def test_a_list_that_leaves_is_in_the_log(laptop):
    put(laptop, "CV-1-1")
    office = Pursuit(laptop)
    made = office.prepare(["EUS"])
    office.leave(made, to="pdf")
    (entry,) = [each for each in entries(laptop.store.connection) if each.action == "exported"]
    assert (entry.kind, entry.key, entry.detail["to"], entry.detail["count"]) == ("issue", made.reference, "pdf", 1)


def test_no_volunteer_stands_in_a_list(laptop):
    text = (
        "ICV07 (icv 07, Icv-07) rang 07700 900123, wrote to jo@example.org, LE1 6TH; born 3/4/1990. About LE/12345/26"
    )
    put(laptop, "CV-1-1", text=text, action="The office told OFFICE1 and ICV07", raised_by="visitor")
    made = Pursuit(laptop).prepare(["EUS"])
    (item,) = made.asked
    said = f"{item}".lower()
    for gone in ("icv07", "icv 07", "icv-07", "900123", "jo@", "le1 6th", "1990", "office1"):
        assert gone not in said, gone
    assert "LE/12345/26" in item.text, "a custody number is the force's own"
    assert "The office told" in item.action
    assert len(made.warnings) == 1


def test_a_name_stands_in_praise_alone_and_is_pointed_out(laptop):
    put(laptop, "CV-1-1", text="Mr Peter Walker had no blanket")
    put(laptop, "CV-2-1", kind="positive_comment", severity="praise", text="Mr Peter Walker was patient")
    made = Pursuit(laptop).prepare(["EUS"])
    assert "Walker" not in made.asked[0].text
    assert "Walker" in made.praise[0].text
    assert any("Walker" in words for words in made.warnings)


def test_the_file_is_named_by_its_marking(laptop):
    put(laptop, "CV-1-1")
    made = Pursuit(laptop).prepare(["EUS"])
    assert made.file_name("pdf") == "OFFICIAL-SENSITIVE List 2026-11-22 custody inspector 1.pdf"
