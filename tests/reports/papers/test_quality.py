"""The evidence pack: gaps first, dated evidence, and figures as evidence."""

from dataclasses import replace
from datetime import date

from icv_app.public import disclosure
from icv_app.quality_criterion import Criterion, Evidence, Judged
from reports import document, making
from tests.reports import samples


def criterion(code, area="Visits", **more):
    return Criterion(code=code, area=area, words=f"What {code} asks for.", **more)


SHOWN = Evidence(
    key="QE-1", criterion="panel", date=date(2025, 9, 1), what="The panel was told.", source="Minutes", by="OFFICE1"
)
PACK = (
    Judged(criterion=criterion("coverage", figures=(("custody_visit", "target_coverage"),))),
    Judged(criterion=criterion("pairs")),
    Judged(criterion=criterion("panel", "Reports", level="gold", confirmed=True), evidence=(SHOWN,)),
    Judged(criterion=criterion("unknown", "Reports", figures=(("issues", "no_such"),))),
)


def pack(judged=PACK, **about):
    return making.document("quality", replace(samples.account(), quality=judged, **about))


def test_criteria_without_evidence_come_first():
    blocks = pack().flat()
    first = next(block for block in blocks if isinstance(block, document.Heading))
    assert first.text == "Criteria without evidence"
    bullets = blocks[blocks.index(first) + 1]
    assert bullets.items == tuple(
        f"What {name} asks for (starting set, to be confirmed)" for name in ("pairs", "unknown")
    )
    confirmed = [replace(each, criterion=replace(each.criterion, confirmed=True)) for each in PACK]
    confirmed[1] = replace(confirmed[1], criterion=replace(confirmed[1].criterion, level="gold"))
    assert ["What pairs asks for (Gold)", "What unknown asks for."] in [
        list(block.items) for block in pack(tuple(confirmed)).flat() if isinstance(block, document.Bullets)
    ]


def test_a_set_of_which_nothing_is_confirmed_says_so_once():
    start = tuple(replace(each, criterion=replace(each.criterion, confirmed=False)) for each in PACK)
    assert repr(pack(start).blocks).count("starting set") == 1


def test_figures_say_that_nothing_was_due_beside_others_and_minutes_in_hours():
    figures = (
        samples.ratio("issues", "answered_in_time", 0, 0),
        samples.plain("issues", "open_over_84_days", 13),
        samples.plain("volunteers", "training_minutes", 2440),
    )
    named = tuple((each.measure, each.figure) for each in figures)
    base = samples.reference()
    others = tuple(each for each in base.figures if (each.measure, each.figure) not in named)
    account = samples.account(replace(base, figures=(*others, *figures)))

    def told(*names):
        judged = (Judged(criterion=criterion("answers", figures=names)),)
        blocks = making.document("quality", replace(account, quality=judged)).flat()
        return [item for block in blocks if isinstance(block, document.Bullets) for item in block.items]

    assert told(*named) == [
        "Issues: answered in time: none due", "Issues: open for more than 84 days: 13",
        "Volunteers: minutes of training: 2,440 (40 hours 40 minutes)",
    ]  # fmt: skip
    assert told(named[0]) == ["What answers asks for."]  # that none was due is no evidence


def test_it_says_how_many_criteria_have_evidence_and_that_the_set_is_to_be_confirmed():
    told = [block.text for block in pack().flat() if isinstance(block, document.Paragraph)]
    assert told[0] == (
        "The scheme is judged by 4 criteria. Up to 30 September 2025 there is dated evidence of 1 of them. There "
        "are figures alone, which may speak for or against, of 1, and nothing of 2."
    )
    assert "3 criteria are this program’s starting set" in told[1]
    assert "starting set" in "".join(told)
    confirmed = tuple(replace(each, criterion=replace(each.criterion, confirmed=True)) for each in PACK)
    told = [block.text for block in pack(confirmed).flat() if isinstance(block, document.Paragraph)]
    assert "starting set" not in "".join(told)


def test_each_criterion_stands_under_its_area_with_dated_evidence_and_figures():
    blocks = pack().flat()
    heads = [(block.level, block.text) for block in blocks if isinstance(block, document.Heading)][1:]
    assert heads == [
        (2, "Visits"), (3, "What coverage asks for."), (2, "Reports"), (3, "What panel asks for."),
    ]  # fmt: skip
    (evidence,) = [block for block in blocks if isinstance(block, document.Table)]
    assert evidence.rows == (("1 September 2025", "The panel was told.", "Minutes"),)
    figures = [item for block in blocks if isinstance(block, document.Bullets) for item in block.items]
    assert "Custody visits: target coverage: 30 of 35 (85.7%)" in figures


def test_without_any_dated_evidence_it_says_none():
    told = [block.text for block in pack(PACK[:2]).flat() if isinstance(block, document.Paragraph)]
    assert "there is dated evidence of none of them." in told[0]


def test_a_pack_of_a_scheme_without_criteria_says_so():
    assert [block.text for block in pack(()).flat()] == ["No criterion was in use at the end of the period."]


def test_it_is_a_marked_document_of_its_period_in_pdf_too():
    found = pack(marking="OFFICIAL-SENSITIVE")
    assert found.file_name("pdf") == "OFFICIAL-SENSITIVE Quality evidence 2025-26-Q2.pdf"
    account = replace(samples.account(), quality=PACK)
    assert making.make("quality", account, "pdf") == making.make("quality", account, "pdf")


def test_who_added_it_stands_on_no_document():
    assert "OFFICE1" not in repr(pack().blocks)
    assert "OFFICE1" not in repr(disclosure.public(replace(samples.account(), quality=PACK)))
