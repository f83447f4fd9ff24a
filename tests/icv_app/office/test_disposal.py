"""Retention, legal hold, disposal and its certificate: what is due goes, what is held stays, and no figure changes."""

from datetime import date

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from icv_app.counting import figures
from icv_app.errors import InvalidInput
from icv_app.office import certificate, disposal
from icv_app.periods import parse_period
from icv_app.scheme import reduction, retention
from icv_app.storage import audit, erasure, holds
from icv_app.storage.holds import Hold
from icv_app.storage.revision import record_id
from tests.shared_folder import Desk

TODAY = date(2026, 11, 22)
NOTES = "somebody was unwell"


@pytest.fixture
def office(tmp_path):
    desk = Desk(tmp_path, "OFFICE1")
    desk.save("D1", kind="enrolment", person="OFFICE1", role="coordinator", device="D1")
    desk.save("scheme", kind="scheme", name="Testshire")
    yield desk
    desk.close()


def visit(desk, key, day, **more):
    body = {
        "visit": key, "form": "custody_visit", "site": "euston", "date": day, "status": "completed",
        "state": "accepted", "access": "admitted_immediately", "arrived": "10:00", "left": "11:00",
        "visitor_1": "ICV01", "visitor_2": "ICV02", "in_custody": 3, "seen": 2, "notes": NOTES,
    }  # fmt: skip
    return desk.save(key, **{**body, **more})


def hold(desk, *, key="", reason="complaint", words="", **what):
    return disposal.hold(
        desk.store, Hold(key=key, reason=reason, words=words, by="OFFICE1", since="2026-11-01", **what)
    )


def applied(desk, person="A1", status="applicant", first="2025-01-01", last="2025-03-01"):
    body = {"visitor": person, "roles": "icv", "status": status, "from": first, "to": last}
    desk.store.save("visitor", f"{person}|{first}", body)


def lines(desk, today=TODAY):
    return [(line.name, line.key, line.since.isoformat()) for line in retention.due(desk.store, today)]


def dispose(desk, today=TODAY, **more):
    planned = disposal.changes(desk.store, [line for line in retention.due(desk.store, today) if line.ready], today)
    return disposal.carry_out(desk.store, planned, act="retention", reason="kept long enough", by="OFFICE1", **more)


def words_left(desk):
    """Everything that can still be read in any revision."""
    found = []
    for record in desk.store.records():
        if record.kind not in ("disposal", "erase"):
            found += [str(each.body) for each in desk.store.history(record.record)]
    return " ".join(found)


def test_each_class_is_due_from_its_own_day(office):
    visit(office, "CV-1", "2020-11-22")
    visit(office, "CV-2", "2020-11-23")
    visit(office, "CV-3", "2025-03-31", detainees={"a": {"custody_no": "AB/1"}})
    visit(office, "CV-4", "2025-04-01", detainees={"a": {"custody_no": "AB/2"}})
    visit(office, "RR-1", "2024-10-01", form="record_review")
    office.save("CV-1-1", kind="issue", visit="CV-1", text="x")
    for first, status in (("2010-01-01", "active"), ("2020-06-01", "left")):
        office.save(f"ICV09|{first}", kind="visitor", visitor="ICV09", roles="icv", status=status, **{"from": first})
    applied(office)
    assert lines(office) == [
        ("detainee_rows", "CV-3", "2026-09-30"),
        ("record_reviews", "RR-1", "2026-09-30"),
        ("visits", "CV-1", "2026-11-22"),
        ("issues", "CV-1-1", "2026-11-22"),
        ("volunteers", "ICV09|2010-01-01", "2026-06-01"),
        ("volunteers", "ICV09|2020-06-01", "2026-06-01"),
        ("applicants", "A1|2025-01-01", "2026-03-01"),
    ]


def test_the_office_sets_the_periods_and_the_days_of_the_reports(office):
    visit(office, "CV-3", "2025-03-31", detainees={"a": {"custody_no": "AB/1"}})
    assert retention.rules(office.store).confirmed == frozenset()
    assert retention.due(office.store, TODAY)[0].assumed
    retention.save(office.store, {"visits": 12}, {"annual_report": {"2024-25": date(2025, 12, 1)}})
    (line,) = retention.due(office.store, TODAY)
    assert (line.name, line.assumed) == ("visits", False)
    assert retention.rules(office.store).confirmed == {"visits"}
    with pytest.raises(InvalidInput):
        retention.save(office.store, {"visits": -1})
    with pytest.raises(InvalidInput):
        retention.save(office.store, {"nothing": 1})


def test_a_detainees_rows_go_from_every_version_and_the_report_stays(office):
    visit(office, "CV-3", "2024-03-31", detainees={"a": {"custody_no": "AB/1", "said": "unwell in cell 4"}})
    visit(office, "CV-3", "2024-03-31", detainees={}, correction_reason="x")
    assert lines(office) == [("detainee_rows", "CV-3", "2025-09-30")]
    dispose(office)
    assert "AB/1" not in words_left(office)
    assert office.store.current("visit", "CV-3").body["notes"] == NOTES
    assert lines(office) == []


def test_an_old_report_keeps_its_numbers_and_loses_its_words_and_its_sign_off(office):
    visit(office, "CV-1", "2019-05-01", issues={"r": {"issue_text": NOTES}}, returns={"x": {"words": NOTES}})
    office.save("CV-1|ICV02", kind="sign_off", report="CV-1", visitor="ICV02", agrees="no", dissent=NOTES)
    number = dispose(office)
    body = office.store.current("visit", "CV-1").body
    assert body.pop("disposed") == {"visits": "2026-11-22"}
    assert body == {
        "visit": "CV-1", "form": "custody_visit", "site": "euston", "date": "2019-05-01", "status": "completed",
        "state": "accepted", "access": "admitted_immediately", "arrived": "10:00", "left": "11:00", "visitor_1": "1",
        "visitor_2": "2", "in_custody": 3, "seen": 2,
    }  # fmt: skip
    assert office.store.current("sign_off", "CV-1|ICV02") is None
    assert NOTES not in words_left(office)
    assert "ICV02" not in words_left(office)
    told = certificate.one(office.store, number)
    assert [(each["class"], each["records"], each["versions"]) for each in told.classes] == [("visits", 2, 2)]
    assert told.genuine
    assert not told.complete


def test_volunteers_entries_are_counted_on_under_another_reference(office):
    for first, status in (("2010-01-01", "active"), ("2019-06-01", "left")):
        office.save(f"ICV09|{first}", kind="visitor", visitor="ICV09", roles="icv", status=status, **{"from": first})
    before = _figures(office, ["2012-13", "2019-20-Q1"])
    dispose(office)
    assert _figures(office, ["2012-13", "2019-20-Q1"]) == before
    assert "ICV09" not in words_left(office)
    assert erasure.is_erased(office.store.connection, record_id("visitor", "ICV09|2010-01-01"))
    assert {record.body["visitor"][:7] for record in office.store.records("visitor")} == {"former-"}


@pytest.mark.parametrize(
    "what",
    [
        {"record": "CV-1"},
        {"site": "euston"},
        {"site": "euston", "first": date(2019, 1, 1), "last": date(2019, 12, 31)},
        {"custody_number": "ab 77"},
    ],
)
def test_what_is_on_hold_is_neither_due_nor_erased_nor_what_goes_with_it(office, what):
    visit(office, "CV-1", "2019-05-01", detainees={"a": {"custody_no": "AB/77"}})
    office.save("CV-1-1", kind="issue", visit="CV-1", text="x")
    key = hold(office, reason="death_in_custody", **what)
    assert not any(line.ready for line in retention.due(office.store, TODAY))
    for record in ("CV-1", "CV-1-1"):
        with pytest.raises(InvalidInput) as refused:
            disposal.carry_out(
                office.store, disposal.whole(office.store, record), act="erasure", reason="asked", by="OFFICE1"
            )
        assert refused.value.code == "held"
        assert key in refused.value.words
    disposal.lift(office.store, key, by="OFFICE1", today=TODAY)
    assert all(line.ready for line in retention.due(office.store, TODAY))


def test_a_hold_elsewhere_holds_nothing_here(office):
    visit(office, "CV-1", "2019-05-01")
    others = ({"record": "CV-2"}, {"site": "keyham"}, {"site": "euston", "first": date(2019, 5, 2)},
              {"custody_number": "AB/78"})  # fmt: skip
    for number, other in enumerate(others):
        hold(office, key=f"H-{number}", **other)
    assert [line.ready for line in retention.due(office.store, TODAY)] == [True]


@pytest.mark.parametrize(
    "wrong",
    [
        {},
        {"record": "CV-1", "site": "euston"},
        {"custody_number": "1"},
        {"site": "e", "first": TODAY, "last": date(2020, 1, 1)},
    ],
)
def test_a_hold_that_says_nothing_clear_is_refused(office, wrong):
    with pytest.raises(InvalidInput):
        hold(office, **wrong)


def test_a_report_with_differing_entries_waits_until_they_are_settled(office, tmp_path):
    rev = visit(office, "CV-1", "2019-05-01")
    visit(office, "CV-1", "2019-05-01", seen=1)
    body = {**office.store.current("visit", "CV-1").body, "seen": 0}
    office.store.save("visit", "CV-1", body, seen=[rev])
    (line,) = retention.due(office.store, TODAY)
    assert line.disputed
    with pytest.raises(InvalidInput) as refused:
        disposal.carry_out(
            office.store, disposal.changes(office.store, [line], TODAY), act="retention", reason="old", by="OFFICE1"
        )
    assert refused.value.code == "disputed"


def test_an_erased_report_takes_with_it_what_was_made_of_it(office):
    visit(office, "CV-1", "2026-05-01")
    office.save("CV-1-1", kind="issue", visit="CV-1", text=NOTES)
    office.save("CV-1|ICV02", kind="sign_off", report="CV-1", visitor="ICV02", agrees="no", dissent=NOTES)
    visit(office, "CV-2", "2026-05-02", notes="")
    disposal.carry_out(office.store, disposal.whole(office.store, "CV-1"), act="erasure", reason="asked", by="OFFICE1")
    assert NOTES not in words_left(office)
    assert [record.key for record in office.store.records("visit")] == ["CV-2"]
    with pytest.raises(InvalidInput):
        disposal.whole(office.store, "CV-1")


def test_answers_can_be_taken_out_of_all_versions_and_their_copies(office):
    issues = {"r": {"issue_text": NOTES, "issue_kind": "concern"}, "s": {"issue_text": "cold food"}}
    visit(office, "CV-1", "2026-05-01", notes="plain", issues=issues)
    visit(office, "CV-1", "2026-05-01", notes="plainer", issues=issues)
    office.save("CV-1-1", kind="issue", visit="CV-1", text=NOTES, source="issues/r", response="seen to")
    office.save("CV-1-2", kind="issue", visit="CV-1", text="cold food", source="issues/s")
    planned = disposal.redaction(office.store, "CV-1", ["issues/r/issue_text"])
    disposal.carry_out(office.store, planned, act="redaction", reason="asked", by="OFFICE1")
    assert NOTES not in words_left(office)
    assert office.store.current("visit", "CV-1").body["issues"]["r"] == {"issue_kind": "concern"}
    assert office.store.current("issue", "CV-1-1").body["response"] == "seen to"
    assert office.store.current("issue", "CV-1-2").body["text"] == "cold food"
    with pytest.raises(InvalidInput):
        disposal.redaction(office.store, "CV-1", ["nothing"])


def test_a_reason_is_needed_and_may_name_nobody(office):
    visit(office, "CV-1", "2026-05-01")
    planned = disposal.whole(office.store, "CV-1")
    for reason, code in (("  ", "no_reason"), ("born 12/03/1961, phone 07700 900123", "personal_data")):
        with pytest.raises(InvalidInput) as refused:
            disposal.carry_out(office.store, planned, act="erasure", reason=reason, by="OFFICE1")
        assert refused.value.code == code
    assert office.store.current("visit", "CV-1") is not None


def test_a_certificate_lists_references_and_what_stays_and_never_content(office):
    visit(office, "CV-1", "2019-05-01")
    applied(office)
    number = dispose(office, left_out={"CV-9": "the inspector still reads it"}, confirmed="dispose of 2 records")
    told = certificate.one(office.store, number)
    assert told.kept == ({"reference": "CV-9", "reason": "the inspector still reads it"},)
    assert {each["reference"] for each in told.references} == {"CV-1", record_id("visitor", "A1|2025-01-01").hex()[:12]}
    assert NOTES not in str(office.store.current("disposal", number).body)
    assert told.confirmed == "dispose of 2 records"
    [action] = office.store.connection.execute("SELECT DISTINCT action FROM audit WHERE action = 'disposed'").fetchall()
    assert action == ("disposed",)


def _figures(desk, periods):
    found = [figures.of(parse_period(period), desk.store.connection, TODAY) for period in periods]
    return [(each.period, each.figures, each.coverage) for each in found]


DAYS = st.dates(date(2018, 4, 1), date(2019, 3, 31)).map(date.isoformat)
PEOPLE = st.sampled_from(["ICV01", "ICV02", "ICV03", ""])
VISITS = st.fixed_dictionaries(
    {
        "form": st.sampled_from(["custody_visit", "kennel_visit", "training_observation", "record_review"]),
        "site": st.sampled_from(["euston", "kennels", "elsewhere"]),
        "date": DAYS,
        "status": st.sampled_from(["completed", "abandoned", "not_admitted"]),
        "state": st.sampled_from(["submitted", "accepted", "returned"]),
        "access": st.sampled_from(["admitted_immediately", "refused"]),
        "arrived": st.sampled_from(["10:00", "23:30", ""]),
        "left": st.sampled_from(["10:50", "00:10"]),
        "visitor_1": PEOPLE,
        "visitor_2": PEOPLE,
    },
    optional={
        "slot": st.sampled_from(["S1", "S2"]),
        "visit_type": st.sampled_from(["standard", "tact", "training"]),
        "mode": st.sampled_from(["in_person", "telephone"]),
        "serious_issue": st.sampled_from(["yes", "no"]),
        "travel_minutes_1": st.sampled_from([20, "30"]),
        "in_custody": st.integers(0, 9),
        "offered": st.integers(0, 9),
        "seen": st.integers(0, 9),
        "declined": st.integers(0, 9),
        "session": st.sampled_from(["one", "none"]),
        "recommendation_list": st.just({"a": {"recommendation_text": NOTES}, "b": {}}),
        "recommendations": st.sampled_from([3, "4"]),
        "of_which_immigration": st.integers(0, 1),
        "observed_only": st.integers(0, 9),
        "not_available": st.integers(0, 9),
        "groups_present": st.sampled_from(["none", "female", "female under_18", "s136"]),
        "number_female": st.integers(0, 9),
        "na_reasons": st.sampled_from(["asleep", "asleep interview"]),
        "na_asleep": st.integers(0, 4),
        "positive_comments": st.just(NOTES),
        "dogs_seen": st.integers(0, 9),
        "training_status": st.sampled_from(["took_place", "cancelled_by_dog_unit", NOTES]),
        "t2_arrival": st.sampled_from(["2018-07-01T10:00", "2018-07-09T10:00"]),
        "t16_left": st.sampled_from(["2018-07-02T10:01", "2018-07-05T10:00"]),
        "is91_complete": st.sampled_from(["yes", "no", "not_checked", NOTES]),
        "authority_shown": st.just("is91_complete"),
        "notes": st.just(NOTES),
    },
)


@settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture]
)
@given(visits=st.lists(VISITS, min_size=1, max_size=8), sessions=st.lists(DAYS, max_size=2), data=st.data())
def test_no_figure_of_any_period_changes_when_everything_old_is_disposed_of(tmp_path_factory, visits, sessions, data):
    desk = Desk(tmp_path_factory.mktemp("figures"), "OFFICE1")
    try:
        desk.save("D1", kind="enrolment", person="OFFICE1", role="coordinator", device="D1")
        for site, kind in (("euston", "custody_suite"), ("kennels", "dog_unit_kennels")):
            desk.store.save("site", site, {"site": site, "name": site, "kind": kind})
        for measure in ("custody_visit", "kennel_visit", "training_observation"):
            desk.save(measure, kind="target", measure=measure, number=1, per="month", **{"from": "2000-01-01"})
        for slot in ("S1", "S2"):
            desk.save(
                slot, kind="slot", measure="custody_visit", site="euston", period_start="2018-07-02", status="planned"
            )
        for number, body in enumerate(visits):
            desk.save(f"V{number}", visit=f"V{number}", **body)
        for number, day in enumerate(sessions):
            desk.save(("one", "two")[number], kind="record_review", date=day, records=5, of_which_immigration=2,
                      recommendations=1, recommended_to=NOTES, state="accepted")  # fmt: skip
        for person in ("ICV01", "ICV02"):
            status = data.draw(st.sampled_from(["active", "on_leave", "applicant", "in_training"]), label=person)
            applied(desk, person, status, "2018-01-01", "2018-12-01")
        periods = ["2018-19", "2018-19-Q1", "2018-19-Q2", "2018-19-Q3", "2018-19-Q4", "2018-07-01..2018-08-15"]
        before = _figures(desk, periods)
        dispose(desk)
        assert _figures(desk, periods) == before
        assert NOTES not in words_left(desk)
        assert lines(desk) == []
    finally:
        desk.close()


def test_praise_in_a_reports_own_list_stays_counted_when_the_list_goes(office):
    office.store.save("site", "euston", {"site": "euston", "name": "Euston", "kind": "custody_suite"})
    visit(office, "CV-1", "2018-07-02", issues={"a": {"issue_kind": "positive_comment", "issue_text": NOTES}})
    visit(office, "CV-2", "2018-07-03", issues={"a": {"issue_kind": "issue", "issue_text": NOTES}})
    dispose(office)
    summary = figures.of(parse_period("2018-19-Q2"), office.store.connection, TODAY)
    praise = summary.get("custody_visit", "visits_with_praise")
    assert (praise.numerator, praise.denominator) == (1, 2)
    assert NOTES not in words_left(office)


def test_statistics_hold_no_text_that_is_not_counted_by():
    body = {
        "notes": NOTES,
        "delay_reason": NOTES,
        "visitor_1": "ICV01",
        "visitor_2": "ICV01",
        "~why": {"a": 1},
        "seen": 3,
    }
    assert reduction.statistics(body) == {"visitor_1": "1", "visitor_2": "1", "seen": 3}


def test_holds_are_read_back_as_they_were_made(office):
    made = Hold(
        key="H-1", reason="claim", words="claim 12", by="OFFICE1", since="2026-11-01", site="euston", first=TODAY
    )
    disposal.hold(office.store, made)
    assert holds.read(office.store.connection) == (made,)


def test_a_report_that_the_office_took_words_out_of_does_not_ask_its_writer_to_sign(tmp_path):
    from icv_app.records import sign_off

    desk = Desk(tmp_path, "ICV01")
    try:
        desk.save("D1", kind="enrolment", person="OFFICE1", role="coordinator", device="D1")
        visit(desk, "CV-1", "2026-05-01", state="submitted", notes="plain")
        desk.store.author = "OFFICE1"
        disposal.carry_out(
            desk.store, disposal.redaction(desk.store, "CV-1", ["notes"]), act="redaction", reason="asked", by="OFFICE1"
        )
        assert [each.key for each in sign_off.waiting(desk.store, "ICV02")] == ["CV-1"]
        assert sign_off.waiting(desk.store, "ICV01") == ()
    finally:
        desk.close()


def test_what_figures_and_reports_rest_on_is_not_erased(office):
    for kind in ("site", "target", "form", "scheme"):
        office.save(f"the-{kind}", kind=kind, name="x")
        with pytest.raises(InvalidInput) as refused:
            disposal.whole(office.store, f"the-{kind}")
        assert refused.value.code == "no_record"


def test_the_log_names_each_record_that_is_erased_on_request(office):
    visit(office, "CV-1", "2026-05-01")
    office.save("CV-1-1", kind="issue", visit="CV-1", text="x")
    number = disposal.carry_out(
        office.store, disposal.whole(office.store, "CV-1"), act="erasure", reason="asked for", by="OFFICE1"
    )
    told = [entry for entry in audit.entries(office.store.connection) if entry.action == "erased"]
    assert [(entry.kind, entry.key) for entry in told] == [("visit", "CV-1"), ("issue", "CV-1-1")]
    assert told[0].detail == {"certificate": number, "class": "erasure", "reason": "asked for"}
