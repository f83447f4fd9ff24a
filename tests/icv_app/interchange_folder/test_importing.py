"""Import of an interchange folder: a wrong cell is named by file, line, column and reason, and nothing comes in."""

from datetime import date
from pathlib import Path

import pytest

import resources
from icv_app.errors import InvalidInput
from icv_app.interchange_folder.import_plan import Plan, plan
from icv_app.interchange_folder.importing import read
from icv_app.interchange_folder.remark import FolderRefused

TODAY = date(2026, 11, 22)
EXAMPLE = resources.path("example")

GOOD = {
    "sites.csv": "site,name,kind\nes,Euston,custody_suite\nkl,Keyham,custody_suite\ndog,Dogs,dog_unit_kennels\n",
    "site_status.csv": (
        "site,from,to,status,days,reason\nes,2025-01-01,,open,,\nkl,2025-01-01,2025-12-31,open_on_days,Mon;Tue,\n"
    ),
    "targets.csv": (
        "measure,site,number,per,from,to,reason\ncustody_visit,,1,week,2025-04-01,,\n"
        "custody_visit,kl,2,month,2025-04-01,2025-06-30,\n"
    ),
    "visitors.csv": "visitor,roles,status,from,to\nICV01,icv,active,2025-01-01,\nICV02,icv;awv,active,2025-01-01,\n",
    "slots.csv": (
        "slot,measure,site,period_start,status,reason,visitors\n"
        "S1,custody_visit,es,2025-07-07,completed,,ICV01;ICV02\nS2,custody_visit,es,2025-07-14,missed,ill,\n"
    ),
    "visits.csv": (
        "visit,form,slot,site,date,status,arrived,admitted,left,visitor_1,visitor_2,access,delay_reason,"
        "in_custody,offered,seen,declined,observed_only,not_available,denied,not_offered\n"
        "V1,custody_visit,S1,es,2025-07-07,completed,09:00,09:05,10:00,ICV01,ICV02,admitted_immediately,,5,3,2,1,1,1,0,0\n"
    ),
    "record_reviews.csv": (
        "session,date,kind,records,of_which_immigration,recommendations,recommended_to\n"
        "P1,2025-08-19,panel,35,15,7,Inspector\n"
    ),
    "issues.csv": (
        "issue,visit,kind,theme,severity,text,action,response,status,shared_with_staff_on\n"
        "I1,V1,issue,access,minor,Cold,,,open,\n"
    ),
    "throughput.csv": "from,to,persons_detained,source\n2025-07-01,2025-09-30,2400,Force\n",
}


def folder(tmp_path: Path, **changes: str | bytes) -> Path:
    """Make the good folder with some files replaced (visits= for visits.csv); an empty text leaves the file out."""
    for name, text in (GOOD | {f"{name.replace('__', '-')}.csv": text for name, text in changes.items()}).items():
        content = text if isinstance(text, bytes) else text.encode()
        if content:
            (tmp_path / name).write_bytes(content)
    return tmp_path


def planned(path: Path, held: dict[str, dict[str, dict[str, object]]] | None = None) -> Plan:
    held_forms = {key: str(body["form"]) for key, body in (held or {}).get("visit", {}).items()}
    return plan(read(path, forms={}, held_forms=held_forms, today=TODAY), held or {}, forms={}, today=TODAY)


def bodies(made: Plan) -> dict[str, dict[str, dict[str, object]]]:
    found: dict[str, dict[str, dict[str, object]]] = {}
    for kind, key, body in made.items:
        found.setdefault(kind, {})[key] = body
    return found


def faults(path: Path) -> list[tuple[str, int, str]]:
    with pytest.raises(FolderRefused) as caught:
        planned(path)
    assert caught.value.status == 2
    return [(fault.file, fault.line, fault.column) for fault in caught.value.faults]


def visit(**cells: str) -> str:
    """Return visits.csv with V1 changed."""
    head, row = GOOD["visits.csv"].splitlines()
    values = dict(zip(head.split(","), row.split(","), strict=True)) | cells
    return ",".join(values) + "\n" + ",".join(values.values()) + "\n"


def test_the_example_is_read_without_a_complaint() -> None:
    made = planned(EXAMPLE)
    assert made.warnings == ()
    assert len(made.items) == 104
    assert bodies(made)["visit"]["CV-2025-0002"]["in_custody"] == 5


def test_the_good_folder_is_good(tmp_path: Path) -> None:
    made = planned(folder(tmp_path))
    assert made.warnings == ()
    assert {kind: len(of_kind) for kind, of_kind in bodies(made).items()} == {
        "site": 3, "site_status": 2, "target": 2, "visitor": 2, "slot": 2, "visit": 1, "record_review": 1, "issue": 1,
        "throughput": 1,
    }  # fmt: skip


@pytest.mark.parametrize(
    ("changes", "place"),
    [
        ({"sites": "site,name,kind\nes,E,custody_suite\nkl,K,cells\ndog,D,dog_unit_kennels\n"}, "sites.csv:3:kind"),
        ({"sites": GOOD["sites.csv"] + "es,Again,custody_suite\n"}, "sites.csv:5:site"),
        ({"sites": GOOD["sites.csv"] + ",Nameless,custody_suite\n"}, "sites.csv:5:site"),
        ({"sites": GOOD["sites.csv"] + "\n\nnew,,custody_suite\n"}, "sites.csv:7:name"),
        ({"sites": GOOD["sites.csv"].replace("kind\n", "kind,rooms\n", 1)}, "sites.csv:1:rooms"),
        ({"sites": GOOD["sites.csv"].replace("site,name,kind", "site,kind,kind")}, "sites.csv:1:kind"),
        ({"sites": GOOD["sites.csv"] + "new,New,custody_suite,7\n"}, "sites.csv:5:"),
        ({"sites": GOOD["sites.csv"] + "new,New\n"}, "sites.csv:5:kind"),
        ({"sites": GOOD["sites.csv"] + '"new,New,custody_suite\n'}, "sites.csv:5:"),
        ({"sites": GOOD["sites.csv"].encode() + b"x,Caf\xe9,custody_suite\n"}, "sites.csv:5:name"),
        ({"sites": GOOD["sites.csv"].encode("utf-16")}, "sites.csv:1:"),
        ({"throughput": "\n"}, "throughput.csv:1:"),
        ({"throughput": "from,persons_detained\n"}, "throughput.csv:1:to"),
        ({"throughput": "from,to,persons_detained\n2025-07-01,2025-06-30,9\n"}, "throughput.csv:2:to"),
        ({"throughput": "from,to,persons_detained\n2026-10-01,2026-12-31,9\n"}, "throughput.csv:2:to"),
        ({"throughput": "from,to,persons_detained\n2025-07-01,2025-09-30,many\n"}, "throughput.csv:2:persons_detained"),
        ({"site_status": "site,from,to,status\nzz,2025-01-01,,open\n"}, "site_status.csv:2:site"),
        ({"site_status": "site,from,to,status\nes,2025-01-01,2024-01-01,open\n"}, "site_status.csv:2:to"),
        ({"site_status": "site,from,to,status,days\nes,2025-01-01,,open_on_days,\n"}, "site_status.csv:2:days"),
        ({"site_status": "site,from,to,status,days\nes,2025-01-01,,open_on_days,Monday\n"}, "site_status.csv:2:days"),
        ({"site_status": "site,from,status\nes,2025-01-01,open\nes,2025-01-01,closed\n"}, "site_status.csv:3:site"),
        ({"targets": GOOD["targets.csv"] + "custody_visit,,2,week,2026-04-01,,\n"}, "targets.csv:4:from"),
        ({"targets": GOOD["targets.csv"] + "custody_visit,kl,2,week,2025-06-30,,\n"}, "targets.csv:4:from"),
        ({"targets": GOOD["targets.csv"] + "custody_visit,dog,2,week,2025-06-30,,\n"}, "targets.csv:4:site"),
        ({"targets": GOOD["targets.csv"] + "kennel_visit,,1,fortnight,2025-06-30,,\n"}, "targets.csv:4:per"),
        ({"visitors": GOOD["visitors.csv"] + "ICV03,icv,retired,2025-01-01,\n"}, "visitors.csv:4:status"),
        ({"slots": GOOD["slots.csv"].replace("completed", "missed", 1)}, "slots.csv:2:status"),
        ({"slots": GOOD["slots.csv"].replace("missed", "completed", 1)}, "slots.csv:3:status"),
        ({"slots": GOOD["slots.csv"].replace("S1,custody_visit,es", "S1,custody_visit,kl")}, "visits.csv:2:slot"),
        ({"slots": GOOD["slots.csv"].replace("S2,custody_visit,es", "S2,kennel_visit,es")}, "slots.csv:3:site"),
        ({"slots": GOOD["slots.csv"].replace("S2,custody_visit,es", "S2,custody_visit,")}, "slots.csv:3:site"),
        ({"visits": visit(slot="S9")}, "visits.csv:2:slot"),
        ({"visits": visit(site="zz")}, "visits.csv:2:site"),
        ({"visits": visit(site="dog")}, "visits.csv:2:site"),
        ({"visits": visit(form="gaol_visit")}, "visits.csv:2:form"),
        ({"visits": visit(date="2026-11-23")}, "visits.csv:2:date"),
        ({"visits": visit(date="7 July")}, "visits.csv:2:date"),
        ({"visits": visit(arrived="25:00")}, "visits.csv:2:arrived"),
        ({"visits": visit(left="09:01")}, "visits.csv:2:left"),
        ({"visits": visit(in_custody="6")}, "visits.csv:2:in_custody"),
        ({"visits": visit(in_custody="4", not_offered="")}, "visits.csv:2:in_custody"),
        ({"visits": visit(offered="4")}, "visits.csv:2:offered"),
        ({"visits": visit(offered="1", declined="", in_custody="")}, "visits.csv:2:offered"),
        ({"visits": visit(access="admitted_after_delay")}, "visits.csv:2:delay_reason"),
        ({"visits": visit(access="admitted_after_delay", delay_reason="infection")}, "visits.csv:2:delay_reason"),
        ({"visits": visit(access="refused", delay_reason="other")}, "visits.csv:2:access"),
        ({"visits": visit(visitor_2="ICV01")}, "visits.csv:2:visitor_2"),
        ({"visits": visit(serious_issue="maybe")}, "visits.csv:2:serious_issue"),
        ({"visits": visit(deleted="true")}, "visits.csv:1:deleted"),
        ({"visits": visit(**{"what is it": "x"})}, "visits.csv:1:what is it"),
        ({"visits": visit(visit_type="mystery")}, "visits.csv:2:visit_type"),
        ({"issues": GOOD["issues.csv"].replace("I1,V1", "I1,V9")}, "issues.csv:2:visit"),
        ({"issues": GOOD["issues.csv"].replace("open,", "closed,2026-11-23")}, "issues.csv:2:shared_with_staff_on"),
        ({"record_reviews": "session,date,records,of_which_immigration\nP1,2025-08-19,5,6\n"},
         "record_reviews.csv:2:of_which_immigration"),
        ({"visits__rows": "visit,row,name\nV9,1,x\n"}, "visits-rows.csv:2:visit"),
        ({"visits__rows": "visit,row,name\nV1,1,x\nV1,1,y\n"}, "visits-rows.csv:3:row"),
        ({"visits__rows": "visit,name\nV1,x\n"}, "visits-rows.csv:1:row"),
    ],
)  # fmt: skip
def test_a_wrong_row_is_named_by_file_line_and_column(
    tmp_path: Path, changes: dict[str, str | bytes], place: str
) -> None:
    assert place in [":".join(map(str, fault)) for fault in faults(folder(tmp_path, **changes))]


def test_a_visit_that_was_not_admitted_has_no_numbers_and_no_times_inside(tmp_path: Path) -> None:
    text = visit(status="not_admitted", access="refused", delay_reason="other", slot="")
    slots = GOOD["slots.csv"].replace("completed", "missed", 1)
    found = faults(folder(tmp_path, visits=text, slots=slots))
    assert ("visits.csv", 2, "admitted") in found
    assert ("visits.csv", 2, "in_custody") in found
    assert ("visits.csv", 2, "arrived") not in found


def test_visitors_who_withdrew_may_have_been_there_for_a_time(tmp_path: Path) -> None:
    slots = GOOD["slots.csv"].replace("completed", "missed", 1)
    text = visit(status="abandoned", access="withdrew", delay_reason="staff_shortage", slot="")
    planned(folder(tmp_path, visits=text, slots=slots))
    text = visit(status="completed", access="withdrew", delay_reason="staff_shortage")
    assert faults(folder(tmp_path, visits=text, slots=GOOD["slots.csv"])) == [("visits.csv", 2, "access")]


def test_every_fault_is_listed_and_one_does_not_hide_another(tmp_path: Path) -> None:
    path = folder(
        tmp_path,
        visits=visit(date="2026-13-01", in_custody="x", left="26:00"),
        issues=GOOD["issues.csv"] + "I2,V7,,,,,,,,\n",
    )
    assert faults(path) == [
        ("visits.csv", 2, "date"),
        ("visits.csv", 2, "in_custody"),
        ("visits.csv", 2, "left"),
        ("issues.csv", 3, "visit"),
    ]


def test_what_hangs_on_a_row_that_cannot_be_read_is_not_blamed_as_well(tmp_path: Path) -> None:
    found = faults(folder(tmp_path, sites=GOOD["sites.csv"].replace("es,Euston,custody_suite", "es,Euston,nick")))
    assert found == [("sites.csv", 2, "kind")]
    found = faults(folder(tmp_path, sites=GOOD["sites.csv"].encode("utf-16")))
    assert found == [("sites.csv", 1, "")]


def test_the_message_names_file_line_column_and_reason(tmp_path: Path) -> None:
    with pytest.raises(FolderRefused) as caught:
        planned(folder(tmp_path, visits=visit(in_custody="6")))
    assert str(caught.value) == (
        "Nothing was imported: 1 thing in the folder is wrong.\n"
        "visits.csv, line 2, column in_custody: 6 in custody, but 5 accounted for "
        "(seen 2 + declined 1 + observed_only 1 + not_available 1 + denied 0 + not_offered 0)"
    )


def test_a_long_list_of_faults_is_cut_and_counted(tmp_path: Path) -> None:
    rows = "".join(f"X{number},2025-13-01\n" for number in range(70))
    with pytest.raises(FolderRefused) as caught:
        planned(folder(tmp_path, record_reviews="session,date\n" + rows))
    assert len(caught.value.faults) == 70
    assert "... and 20 more." in str(caught.value)


def test_a_byte_order_mark_and_windows_line_ends_are_accepted(tmp_path: Path) -> None:
    windows = {
        name.removesuffix(".csv"): b"\xef\xbb\xbf" + text.replace("\n", "\r\n").encode() for name, text in GOOD.items()
    }
    plain, other = tmp_path / "plain", tmp_path / "windows"
    plain.mkdir()
    other.mkdir()
    assert bodies(planned(folder(other, **windows))) == bodies(planned(folder(plain)))


def test_any_file_may_be_missing_where_the_rest_is_held(tmp_path: Path) -> None:
    held = bodies(planned(folder(tmp_path)))
    later = tmp_path / "later"
    later.mkdir()
    (later / "visits.csv").write_text(visit(visit="V2", date="2025-07-08", slot=""))
    assert list(bodies(planned(later, held))["visit"]) == ["V2"]


@pytest.mark.parametrize("text", ["", "x.txt"])
def test_a_folder_with_nothing_to_read_is_refused(tmp_path: Path, text: str) -> None:
    if text:
        (tmp_path / text).write_text("hello")
    with pytest.raises(InvalidInput, match="holds none of"):
        planned(tmp_path)
    with pytest.raises(InvalidInput, match="There is no folder"):
        planned(tmp_path / "nowhere")


def warned(path: Path) -> list[tuple[str, int, str]]:
    return [(warning.file, warning.line, warning.column) for warning in planned(path).warnings]


def test_one_visitor_is_reported_and_kept(tmp_path: Path) -> None:
    assert warned(folder(tmp_path, visits=visit(visitor_2=""))) == [("visits.csv", 2, "visitor_2")]


def test_a_visit_on_a_day_when_the_site_was_not_operational_is_reported(tmp_path: Path) -> None:
    text = visit(site="kl", date="2025-07-09", slot="")  # a Wednesday
    slots = GOOD["slots.csv"].replace("completed", "missed", 1)
    assert warned(folder(tmp_path, visits=text, slots=slots)) == [("visits.csv", 2, "date")]


def test_people_in_two_places_at_once_and_two_visits_at_one_are_reported(tmp_path: Path) -> None:
    first = visit()
    row = first.splitlines()[1]
    elsewhere = row.replace("V1,custody_visit,S1,es", "V2,custody_visit,,kl")
    again = row.replace("V1,custody_visit,S1", "V3,custody_visit,").replace("ICV01,ICV02", "ICV03,ICV04")
    people = GOOD["visitors.csv"] + "ICV03,icv,active,2025-01-01,\nICV04,icv,active,2025-01-01,\n"
    path = folder(tmp_path, visits=f"{first}{elsewhere}\n{again}\n", visitors=people)
    made = planned(path)
    assert len(bodies(made)["visit"]) == 3
    reasons = [warning.reason for warning in made.warnings]
    assert "ICV01 and ICV02 would be in two places at once: V2 and V1" in reasons
    assert "V3 and V1 are at es at the same time" in reasons


def test_a_visit_past_midnight_meets_the_one_of_the_next_morning(tmp_path: Path) -> None:
    night = visit(arrived="23:30", admitted="23:40", left="00:40")
    row = night.splitlines()[1].replace("V1,custody_visit,S1,es,2025-07-07", "V2,custody_visit,,kl,2025-07-08")
    row = row.replace("23:30,23:40,00:40", "00:30,00:31,01:00")
    assert ("visits.csv", 3, "arrived") in warned(folder(tmp_path, visits=night + row + "\n"))


def test_visits_one_after_the_other_are_not_reported(tmp_path: Path) -> None:
    row = visit().splitlines()[1].replace("V1,custody_visit,S1,es", "V2,custody_visit,,kl")
    row = row.replace("09:00,09:05,10:00", "10:00,10:05,11:00")
    assert warned(folder(tmp_path, visits=visit() + row + "\n")) == []


def test_an_unknown_visitor_role_and_file_are_reported(tmp_path: Path) -> None:
    (tmp_path / "rota.csv").write_text("x\n")
    path = folder(
        tmp_path, visits=visit(visitor_2="ICV77"), visitors=GOOD["visitors.csv"].replace("icv;awv", "icv;avw")
    )
    assert warned(path) == [("visitors.csv", 3, "roles"), ("visits.csv", 2, "visitor_2"), ("rota.csv", 0, "")]


def test_overlapping_rows_of_a_site_or_a_visitor_are_reported(tmp_path: Path) -> None:
    path = folder(
        tmp_path,
        site_status=GOOD["site_status.csv"] + "es,2025-12-24,2025-12-26,closed,,Christmas\n",
        visitors=GOOD["visitors.csv"] + "ICV01,icv,on_leave,2025-08-01,2025-08-31\n",
    )
    assert warned(path) == [("site_status.csv", 4, "from"), ("visitors.csv", 4, "from")]


def test_a_column_that_the_file_lacks_leaves_the_held_answer_and_an_empty_cell_takes_it_away(tmp_path: Path) -> None:
    held = bodies(planned(folder(tmp_path, visits=visit(overall="fine", note="to go"))))
    again = tmp_path / "again"
    again.mkdir()
    (again / "visits.csv").write_text("visit,form,site,date,status,note\nV1,custody_visit,es,2025-07-07,completed,\n")
    body = bodies(planned(again, held))["visit"]["V1"]
    assert body["overall"] == "fine"
    assert body["in_custody"] == 5
    assert "note" not in body


def test_the_same_folder_again_changes_nothing_even_where_a_number_is_held_as_one(tmp_path: Path) -> None:
    held = bodies(planned(folder(tmp_path, visits=visit(extra="7"))))
    held["visit"]["V1"]["extra"] = 7
    assert bodies(planned(tmp_path, held)) == held


def test_rows_of_a_repeating_part_join_their_visit(tmp_path: Path) -> None:
    made = planned(folder(tmp_path, visits__rows="visit,row,name,age\nV1,a,x,\nV1,b,y,9\nV1,c,,\n"))
    assert bodies(made)["visit"]["V1"]["rows"] == {"a": {"name": "x"}, "b": {"name": "y", "age": "9"}}


def test_a_formula_like_text_stays_text(tmp_path: Path) -> None:
    made = planned(folder(tmp_path, issues=GOOD["issues.csv"].replace("Cold", "=HYPERLINK(1)")))
    assert bodies(made)["issue"]["I1"]["text"] == "=HYPERLINK(1)"
    made = planned(folder(tmp_path, issues=GOOD["issues.csv"].replace("Cold", "'=HYPERLINK(1)")))
    assert bodies(made)["issue"]["I1"]["text"] == "=HYPERLINK(1)"
