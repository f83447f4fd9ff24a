"""The panel paper: the published paragraphs out of the example, counts in their grammar, nothing that is not known."""

import json
from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from icv_app.account import Compared, LeftOut
from icv_app.figure import Period
from icv_app.opening import Opening, Spell
from icv_app.paper_row import TYPES, Row, starting_at
from icv_app.summaries import frozen, paper_name, paper_template
from icv_app.summaries.paper_check import check
from icv_app.summaries.paper_logic import Words
from icv_app.summaries.paper_name import NAMES, PLACES, REPEATS
from icv_app.summary import NotMade, SiteName
from reports import making
from reports.document import Heading, Table
from reports.papers import filling, panel_paper, paper_word, paper_words
from tests.icv_app.small_scheme import small_scheme
from tests.reports import samples
from tests.reports.paper_example import FINDING, account_of, example, paper, put, told, whole

PUBLISHED = (  # domain.md B2, of the Police and Crime Panel's paper of 27 October 2025, with the data in place
    "The PCC has set a locally agreed target of a minimum of one custody visit per week per operational custody suite. "
    "ICVs completed 100% of scheduled visits, equating to 30 visits in Q2, July to September 2025. This includes four "
    "visits at Beaumont Leys, which opened on Thursdays during July and August 2025.",
    "No serious issues have been observed during these visits. One detainee requested medication. The response "
    "received was “Medication was requested and was waiting for mother to bring it in”.",
    "Both positive comments have been shared with the relevant staff via the Custody Inspector.",
    "The Custody Detention Scrutiny Panel met on 19 August 2025. 35 custody records were reviewed, including 15 of "
    "immigration detainees, and 7 recommendations were provided to the Custody Inspector.",
    "A minimum of one visit per month to the Dog Unit Kennels has been achieved; 3 visits were completed.",
    "We did not complete any off-site visits during Q2 as the confirmed date (23 July 2025) was cancelled due to other "
    "training requirements for the Dog Unit. We have agreed to complete 6 per year.",
)


def one(text, relevant="", repeat="", kind="paragraph"):
    return (Row(type="title", text="Paper"), Row(type=kind, text=text, relevant=relevant, repeat=repeat))


def said(account, text, relevant="", repeat=""):
    """The paragraphs that a template of one row makes."""
    return paper(account, one(text, relevant, repeat))


# The published quarter ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("paragraph", PUBLISHED)
def test_the_published_paragraphs_come_out_of_the_example_word_by_word(paragraph):
    assert paragraph in whole(example())


def test_the_scheduled_and_the_target_figure_stand_apart_each_under_its_name():
    visits = next(line for line in paper(example()) if line.startswith("1. "))
    assert "100% of scheduled visits" in visits
    assert visits.endswith(
        "Counted by the target, 30 of 35 suite-weeks (85.7%) had a visit; at the suites open throughout, 26 of 26. "
        "Below the target: Beaumont Leys (4 of 9)."
    )
    table = next(block for block in panel_paper.of(example()).flat() if isinstance(block, Table))
    assert ("4", "Scheduled custody visits completed", "100%", "30 of 30") in table.rows
    assert (
        "5", "Target: suite-weeks with a visit", "85.7%", "30 of 35; below the target: Beaumont Leys (4 of 9)",
    ) in table.rows  # fmt: skip


def test_what_only_a_person_knows_stands_as_a_blank_in_brackets():
    lines = paper(example())
    assert lines[:3] == [
        "Report date: [Report date]", "Report author: [Report author]", "Security classification: Official",
    ]  # fmt: skip
    for title in ("Purpose", "Request of the Panel", "Summary", "Section 3: Scrutiny and governance activity"):
        assert f"## {title}" in lines


def test_the_paragraphs_count_from_the_number_that_the_office_gives():
    rows = starting_at(paper_template.shipped("panel_paper"), 51)
    assert not check(rows)
    numbers = [line.partition(".")[0] for line in paper(example(), rows) if line[:1].isdigit() and ". " in line[:4]]
    assert numbers == [str(number) for number in range(51, 51 + len(numbers))]
    assert len(numbers) == 7
    no_target = put(example(), "custody_visit", "target_coverage", numerator=0, denominator=0)
    assert any(line.startswith("51. ICVs completed") for line in paper(no_target, rows))


def test_a_paper_is_a_document_like_any_other():
    made = panel_paper.of(example())
    assert made.title == "Independent custody visiting: Q2, July to September 2025"
    assert made.file_name("docx") == "OFFICIAL Panel paper 2025-26-Q2.docx"
    assert making.make("panel-paper", example(), "pdf")[:5] == b"%PDF-"
    assert making.document("panel-paper", example()) == made


def test_the_example_of_every_name_is_what_the_example_quarter_says():
    words, shown = paper_words.words(example()), paper_word.example()
    leys = [item["site"].said for item in words.rows["suites"]].index("Beaumont Leys")
    for name in NAMES:
        if name.example is None:
            continue
        at = str(leys) if name.repeat == "suites" else "0"
        for placeholder in name.placeholders:
            assert words.word(placeholder, at) == shown.word(placeholder, "0"), placeholder


def test_the_sample_is_the_paper_of_the_example():
    rows = paper_template.shipped("panel_paper")
    sample, real = told(panel_paper.sample(rows)), paper(example())
    assert [line for line in sample if line in real] == sample
    assert panel_paper.sample(rows, example()) == panel_paper.of(example(), rows)


# Periods --------------------------------------------------------------------------------------------------------------


def test_a_financial_year_has_the_paragraphs_of_the_annual_report():
    year = put(example("2025-26"), "custody_visit", "reach", numerator=224, denominator=13168)
    told = whole(year)
    assert (
        "1. 30 visits were made with 224 detainees in cells at the time, out of 13,168 persons detained during 2025/26."
    ) in told
    assert "Report author" not in told
    assert panel_paper.of(year).title == "Paragraphs for the annual report, April 2025 to March 2026"
    assert panel_paper.of(year).file_name("pdf") == "OFFICIAL Annual report paragraphs 2025-26.pdf"
    assert "out of" not in whole(example("2025-26")).split("\n")[1]  # how many were detained is not known


def test_two_months_have_the_same_paragraphs_as_a_quarter():
    assert "ICVs completed 100% of scheduled visits, equating to 22 visits in July and August 2025." in whole(
        example("2025-07-01..2025-08-31")
    )


# Grammar --------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("made", "scheduled", "sentence"),
    [
        (0, 0, "No custody visits were scheduled in Q2"),
        (0, 2, "ICVs completed 0% of scheduled visits (0 of 2), equating to no visits in Q2"),
        (1, 1, "ICVs completed 100% of scheduled visits, equating to 1 visit in Q2"),
        (29, 30, "ICVs completed 96.7% of scheduled visits (29 of 30), equating to 29 visits in Q2"),
    ],
)
def test_scheduled_visits_none_one_and_many(made, scheduled, sentence):
    account = put(example(), "custody_visit", "scheduled_completed", numerator=made, denominator=scheduled)
    assert sentence in whole(account)
    assert ("100%" in whole(account)) is (made == scheduled > 0)


@pytest.mark.parametrize(
    ("number", "words"),
    [
        (0, ("0", "none", "no visits", "no visits", "no visits were")),
        (1, ("1", "one", "1 visit", "one visit", "1 visit was")),
        (4, ("4", "four", "4 visits", "four visits", "4 visits were")),
        (1026, ("1,026", "1,026", "1,026 visits", "1,026 visits", "1,026 visits were")),
    ],
)
def test_a_count_has_its_words(number, words):
    account = put(example(), "custody_visit", "visits_completed", value=number)
    found = paper_words.words(account)
    assert (
        tuple(found.word(each).said for each in ("visits", *(f"visits{end}" for end in paper_name.VARIANTS))) == words
    )
    assert found.word("visits").value == number


def test_each_session_has_a_paragraph_and_several_have_a_sum():
    first = example().summary.sessions[0]
    second = replace(first, session="S2", date=date(2025, 9, 2), records=1, of_which_immigration=0, recommendations=0,
                     kind="icv_review_session")  # fmt: skip
    account = replace(example(), summary=replace(example().summary, sessions=(first, second)))
    lines = paper(account)
    assert f"5. {PUBLISHED[3]}" in lines
    assert (
        "6. The Icv review session met on 2 September 2025. 1 custody record was reviewed, none of immigration "
        "detainees, and no recommendations were made."
    ) in lines
    assert (
        "7. In Q2, July to September 2025, 35 custody records were reviewed in all, 15 of immigration detainees, and "
        "7 recommendations were made."
    ) in lines


def cancelled(*days, reason="other_training"):
    slots = tuple(
        NotMade(slot=f"T{day}", measure="training_observation", site="x", period_start=date(2025, 7, day),
                status="cancelled", reason=reason) for day in days
    )  # fmt: skip
    return replace(example(), summary=replace(example().summary, not_made=slots))


def test_training_that_was_not_made_says_why_as_far_as_that_is_known():
    assert "as the confirmed date (2 July 2025) was cancelled due to DCU away." in whole(
        cancelled(2, reason="DCU away.")
    )
    assert "as the confirmed date (2 July 2025) was cancelled. We have agreed" in whole(cancelled(2, reason=""))
    told = whole(cancelled(2, reason="Cancelled by the visitors: Visitor ill"))
    assert "was cancelled by the visitors (visitor ill). We" in told
    assert "was cancelled by the Dog Unit. We" in whole(cancelled(2, reason="Cancelled by the Dog Unit"))
    assert (
        "; the confirmed dates were cancelled: 2 July 2025 (other training) and 9 July 2025 (other training). We"
    ) in whole(cancelled(2, 9))
    by = cancelled(2, 9, reason="Cancelled by the visitors: Visitor ill")
    assert "cancelled: 2 July 2025 (by the visitors: visitor ill) and 9 July 2025 (by the visitors: " in whole(by)
    assert "were cancelled: 2 July 2025 and 9 July 2025. We" in whole(cancelled(2, 9, reason=""))
    assert "7. We did not complete any off-site visits during Q2. We have agreed to complete 6 per year." in whole(
        cancelled()
    )


def test_training_that_was_made_is_counted_and_what_was_cancelled_told_beside():
    account = put(cancelled(9, reason="Rain"), "training_observation", "visits_completed", value=1)
    account = put(account, "training_observation", "target_coverage", numerator=1, denominator=6)
    assert (
        "7. We completed one visit to off-site training during Q2. The confirmed date (9 July 2025) was cancelled due "
        "to rain. We have agreed to complete 6 per year. So far in 2025/26, 1 visit was completed."
    ) in whole(account)
    account = put(cancelled(2, 9, reason="Rain"), "training_observation", "visits_completed", value=2)
    assert (
        "We completed two visits to off-site training during Q2. Two confirmed dates were cancelled: 2 July 2025 "
        "(rain) and 9 July 2025 (rain). We"
    ) in whole(account)


def test_kennels_below_their_target_are_not_said_to_have_met_it():
    account = put(example(), "kennel_visit", "target_coverage", numerator=2, denominator=3, unit="months")
    assert (
        "6. A minimum of one visit per month to the Dog Unit Kennels has not been achieved throughout: 2 of 3 months "
        "(66.7%) had enough visits; 3 visits were completed."
    ) in whole(account)
    assert "has been achieved" not in whole(account)


@pytest.mark.parametrize(
    ("spells", "words"),
    [
        ((Spell(first=date(2025, 7, 1), last=date(2025, 8, 31), status="open_on_days", days=(0, 3)),),
         "opened on Mondays and Thursdays during July and August 2025"),
        ((Spell(first=date(2025, 7, 9), last=date(2025, 9, 30), status="open"),),
         "was open from 9 July 2025 to 30 September 2025"),
        ((Spell(first=date(2025, 7, 9), last=date(2025, 7, 9), status="open"),
          Spell(first=date(2025, 7, 10), last=date(2025, 7, 20), status="closed"),
          Spell(first=date(2025, 8, 1), last=date(2025, 8, 31), status="open_on_days", days=(4,))),
         "was open on 9 July 2025 and opened on Fridays during August 2025"),
        ((Spell(first=date(2025, 7, 1), last=date(2025, 9, 30), status="open_on_days", days=(0,)),),
         "opened on Mondays from July to September 2025"),
        ((Spell(first=date(2025, 7, 1), last=date(2025, 7, 9), status="open"),
          Spell(first=date(2025, 9, 1), last=date(2025, 9, 3), status="open")),
         "was open from 1 July 2025 to 9 July 2025 and from 1 September 2025 to 3 September 2025"),
        (tuple(Spell(first=date(2025, 7, day), last=date(2025, 7, day), status="open") for day in range(1, 12, 2)), ""),
        ((Spell(first=date(2025, 7, 1), last=date(2025, 9, 30), status="open"),
          Spell(first=date(2025, 8, 1), last=date(2025, 8, 31), status="closed")), ""),
        ((Spell(first=date(2025, 7, 1), last=date(2025, 8, 31), status="open_on_days"),), ""),
        ((Spell(first=date(2025, 7, 1), last=date(2025, 7, 20), status="open"),
          Spell(first=date(2025, 7, 20), last=date(2025, 8, 31), status="open_on_days", days=(4,))), ""),
    ],
)  # fmt: skip
def test_when_a_part_time_suite_was_open_is_said_where_its_calendar_is_plain(spells, words):
    openings = (Opening(site="beaumont-leys", operational=9, days=92, spells=spells),)
    account = replace(example(), openings=openings)
    assert paper_words.words(account).word("site_opening", "0").said == words
    assert (f"at Beaumont Leys, which {words}." if words else "Leys, which was not open throughout.") in whole(account)


def test_the_opening_of_a_site_follows_from_its_calendar():
    leys = next(each for each in example().openings if each.site == "beaumont-leys")
    assert (leys.operational, leys.days, leys.whole) == (9, 92, False)
    assert leys.plain == (Spell(first=date(2025, 7, 1), last=date(2025, 8, 31), status="open_on_days", days=(3,)),)
    assert all(each.whole for each in example().openings if each.site in ("euston-street", "keyham-lane"))


def test_two_targets_in_a_period_are_not_told_as_one():
    with small_scheme() as scheme:
        scheme.site()
        scheme.target(1, "week", first="2025-01-01", last="2025-07-31")
        scheme.target(2, "month", first="2025-08-01")
        scheme.visit("2025-07-01")
        account = account_of(scheme, "2025-26-Q2")
        assert "minimum of one" not in whole(account)
        assert "Counted by the target" in whole(account)
        assert "minimum of two" in whole(account_of(scheme, "2025-26-Q3")).replace(" custody visits", "")


def test_a_suite_with_a_target_of_its_own_leaves_no_one_target_to_name():
    with small_scheme() as scheme:
        scheme.site()
        scheme.site("keyham")
        scheme.target(1, "week", first="2025-01-01")
        scheme.visit("2025-07-01")
        assert "minimum of one custody visit per week" in whole(account_of(scheme, "2025-26-Q2"))
        scheme.target(2, "month", first="2025-01-01", site="keyham")
        assert "minimum of" not in whole(account_of(scheme, "2025-26-Q2"))


# What is not known, or not said ---------------------------------------------------------------------------------------


def test_of_a_scheme_without_records_nothing_is_claimed():
    lines = paper(samples.account(samples.empty()))
    assert not any(word in "\n".join(lines) for word in ("${", "achieved", "No serious", "completed 100%", "None"))
    assert "### Custody record reviews" not in lines  # a heading with nothing under it
    assert "1 | Number of volunteers | not known | " in lines


def test_what_a_public_paper_withholds_is_shown_as_such_and_explained():
    account = put(example(), "record_review", "immigration_records_reviewed", withheld=True)
    lines = said(account, "${records} records, ${immigration} of immigration detainees; ${immigration_counted}.")
    assert lines == [
        "35 records, [c] of immigration detainees; [c].",
        "[c]: withheld, as a small number could point to a person.",
    ]
    assert said(account, "More than none.", "${immigration} > 0") == []
    assert "[c]" not in whole(example())


def test_a_row_that_names_what_is_not_known_is_not_said():
    assert said(example(), "${dogs_were} seen by ${edition}.") == []
    assert said(example(), "Unknown.", "${edition} = ''") == ["Unknown."]
    assert said(example(), "${note}", repeat="changes") == []


def test_what_was_left_out_and_what_changed_is_told_at_the_end():
    account = replace(
        example(), left_out=LeftOut(returned=2), edition=2, published_on=date(2025, 11, 3), changes=("29 becomes 30",)
    )
    lines = paper(account)
    at = lines.index("## How this was counted")
    assert lines[at + 1 : at + 3] == [
        "These are the figures of edition 2, published on 3 November 2025.",
        "2 reports were not counted, having gone back for correction.",
    ]
    assert lines[-2:] == ["### Changed since the figures were first published", "- 29 becomes 30."]


def test_the_scheme_to_date_has_its_line():
    span = Period(name="x", first=date(2025, 4, 1), last=date(2025, 9, 30))
    figures = tuple(
        replace(figure, value=31 if figure.figure == "immigration_records_reviewed" else 70)
        for figure in example().summary.figures if figure.measure == "record_review"
    )  # fmt: skip
    account = replace(example(), to_date=Compared(period=span, figures=figures))
    assert "6. Since 1 April 2025, 70 custody records were reviewed, 31 of immigration detainees." in whole(account)


# Templates as they may be ---------------------------------------------------------------------------------------------


def test_the_templates_that_are_shipped_have_no_mistakes():
    for name in paper_template.TEMPLATES:
        assert check(paper_template.shipped(name)) == ()


def test_a_template_of_the_account_stands_in_place_of_the_shipped_one():
    account = replace(example(), papers={"panel_paper": one("${visits_counted_words}!")})
    assert paper(account) == ["30 visits!"]


def test_a_sentence_opens_a_paragraph_where_its_own_was_not_said():
    rows = (
        Row(type="title", text="T"),
        Row(type="numbered", text="One.", number="7"),
        Row(type="numbered", text="Two.", relevant="no"),
        Row(type="sentence", text="Goes on."),
        Row(type="sentence", text="And on."),
        Row(type="paragraph", text="Plain."),
        Row(type="sentence", text="More."),
        Row(type="numbered", text="${site}.", repeat="suites"),
        Row(type="sentence", text="${site_visits}.", repeat="suites"),
    )
    assert paper(example(), rows) == [
        "7. One.", "8. Goes on. And on.", "Plain. More.", "9. Beaumont Leys. 4.", "10. Euston Street. 13.",
        "11. Keyham Lane. 13.",
    ]  # fmt: skip


def test_the_condition_of_a_heading_holds_for_all_under_it():
    rows = (
        Row(type="title", text="T"),
        Row(type="heading", text="A", relevant="${visits} > 100"),
        Row(type="paragraph", text="Not said."),
        Row(type="heading 3", text="B"),
        Row(type="paragraph", text="Not said either."),
        Row(type="heading", text="C"),
        Row(type="heading 3", text="D"),
        Row(type="paragraph", text="Said."),
        Row(type="heading", text="Empty"),
    )
    assert paper(example(), rows) == ["## C", "### D", "Said."]


def test_what_this_program_cannot_read_in_a_template_is_told_in_brackets():
    lines = said(example(), "There were ${visitz} and ${visits}, ${site} ${")
    assert lines == ["There were [not known: visitz] and 30, [not known: site] [not known: …]"]
    assert said(example(), "x", "${visits} >")[0].startswith("[Left out: this program cannot read")
    assert "${" not in "".join(said(example(), "a ${ b", repeat=""))


TEXTS = st.one_of(
    st.sampled_from([*(f"${{{name}}}" for name in PLACES), "${", "${}", "${ visits }", "}", "${${visits}}", "${a.b}"]),
    st.text(max_size=20),
)
ROWS = st.builds(
    Row, type=st.sampled_from(TYPES) | st.text(max_size=5), text=st.lists(TEXTS, max_size=4).map("".join),
    label=TEXTS, number=st.sampled_from(["", "51", "0", "x", "٣", "-1", "9" * 30]), commentary=TEXTS,
    repeat=st.sampled_from(["", *REPEATS, "nothing"]),
    relevant=st.sampled_from(["", "${visits} > 0", "${", "not(", "yes", "today() > 1", "sum(${site_visits}) > 1"])
    | TEXTS,
)  # fmt: skip


@settings(max_examples=150, deadline=None)
@given(rows=st.lists(ROWS, max_size=8))
def test_no_template_breaks_a_paper_or_shows_its_signs(rows):
    check(rows)
    document = panel_paper.of(example(), rows)
    assert "${" not in "\n".join([document.title, *told(document)])
    levels = [block.level for block in document.flat() if isinstance(block, Heading)]
    if not check(rows):
        assert all(after <= before + 1 for before, after in zip([1, *levels], levels, strict=False))


@settings(max_examples=60, deadline=None)
@given(text=st.text(max_size=40).filter(lambda text: len(f"a{text}b".splitlines()) == 1))
def test_what_somebody_wrote_is_never_read_as_a_template(text):
    words = Words(top={}, rows={"requests": ({"request": paper_word.said({"scheme": f"a{text}b"})["scheme"]},)})
    (block,) = filling.fill(one("${request}!", repeat="requests"), words).blocks
    assert block.text[1:] == f"{text}b!"


def test_a_sentence_leaves_out_what_is_withheld_and_the_table_shows_that_it_is():
    few = replace(example().summary.sessions[0], of_which_immigration=None)
    account = put(example(), "record_review", "immigration_records_reviewed", withheld=True)
    account = replace(account, summary=replace(account.summary, sessions=(few,)))
    told = whole(account)
    assert (
        "5. The Custody Detention Scrutiny Panel met on 19 August 2025. 35 custody records were reviewed, and "
        "7 recommendations were provided to the Custody Inspector."
    ) in told
    assert "- Custody records reviewed: 35." in told
    assert [line for line in paper(account) if "[c]" in line] == [
        "8 | Custody records reviewed | 35 | [c] of immigration detainees; 7 recommendations", paper(account)[-1],
    ]  # fmt: skip
    assert paper(account)[-1].startswith("[c]: withheld")
    two = replace(account.summary, sessions=(few, replace(few, session="S2", recommendations=0)))
    told = whole(replace(account, summary=two))
    assert "2025. 35 custody records were reviewed, and no recommendations were made." in told
    assert "7. In Q2, July to September 2025, 35 custody records were reviewed in all, and 7 recommend" in told


def test_more_than_five_suites_below_the_target_are_counted_not_listed():
    suites = tuple(SiteName(site=f"s{number}", name=f"Suite {number}", kind="custody_suite") for number in range(6))
    account = replace(example(), summary=replace(example().summary, sites=suites))
    for number in range(5):
        account = put(account, "custody_visit", "target_coverage", f"s{number}", numerator=0, denominator=13)
    assert "Below the target: Suite 0 (0 of 13), Suite 1 (0 of 13)," in whole(account)
    account = put(account, "custody_visit", "target_coverage", "s5", numerator=12, denominator=13)
    assert "Below the target: 6 suites." in whole(account)


def test_each_paragraph_of_a_commentary_has_its_number():
    account = replace(example(), commentary={"custody": "First.\n\n Second. "})
    assert paper(account, one("${commentary_custody}", kind="numbered")) == ["1. First.", "2. Second."]
    assert "2. First." in paper(account)


def test_a_frozen_account_gives_the_same_paper():
    rows = starting_at(paper_template.shipped("panel_paper"), 51)
    account = replace(example(), papers={"panel_paper": rows}, commentary={"custody": "Said."})
    again = frozen.from_body(json.loads(json.dumps(frozen.to_body(account))))
    assert panel_paper.of(again) == panel_paper.of(account)
    assert whole(again).count("51. ") == 1


def test_an_account_of_figures_alone_claims_nothing_about_openings():
    account = replace(example(), openings=(), targets=())
    assert "1. ICVs completed 100% of scheduled visits, equating to 30 visits in Q2" in whole(account)
    assert "Counted by the target, 30 of 35 suite-weeks (85.7%) had a visit. Below" in whole(account)
    assert "open throughout" not in whole(account)
    assert "five visits" not in whole(account)


def test_what_is_too_many_for_a_paragraph_is_counted():
    base = example()
    many = tuple(replace(FINDING, issue=f"I{number}") for number in range(6))
    account = replace(base, summary=replace(base.summary, findings=many[:5]))
    assert whole(account).count("One detainee asked for a blanket.") == 5
    account = replace(base, summary=replace(base.summary, findings=many))
    assert "blanket" not in whole(account)
    assert "Detainees made 6 requests." in whole(account)
    suites = tuple(SiteName(site=f"s{number}", name=f"Suite {number}", kind="custody_suite") for number in range(6))
    openings = tuple(Opening(site=site.site, operational=9, days=92) for site in suites)
    account = replace(base, summary=replace(base.summary, sites=suites), openings=openings)
    for site in suites:
        account = put(account, "custody_visit", "visits_completed", site.site, value=2)
    assert "This includes" not in whole(account)
    assert "6 suites were open on some days only." in whole(account)
    account = replace(account, openings=openings[:5])
    assert whole(account).count("This includes two visits at Suite") == 1
    assert whole(account).count("It also includes two visits at Suite") == 4


@pytest.mark.parametrize(
    ("refused", "cut", "told"),
    [
        (5, 0, "At five, nobody let the visitors in."),
        (0, 1, "At one, the visitors had to leave before they had seen enough."),
        (1, 2, "At one, nobody let the visitors in. At two, the visitors had to leave before they had seen enough."),
        (0, 0, ""),
    ],
)
def test_what_became_of_the_visits_not_completed_is_told_of_each_kind_alone(refused, cut, told):
    account = put(example(), "custody_visit", "visits_attempted", value=30 + refused + cut)
    account = put(account, "custody_visit", "visits_not_admitted", value=refused)
    account = put(account, "custody_visit", "visits_abandoned", value=cut)
    (line,) = [line for line in paper(account) if line.startswith("2. ")]
    assert line.startswith("2. By their reports, the visitors were let in without delay at 28 of ")
    assert line.partition("%).")[2].strip() == told


def test_hours_beside_visits_are_told_of_every_kind_in_a_year():
    account = example("2025-26")
    for kind, minutes in (("training", 90), ("meeting", 60), ("panel", 0), ("other", 5)):
        account = put(account, "volunteers", f"{kind}_minutes", value=minutes)
    assert "They gave a further 1 hour 30 minutes to training, 1 hour to meetings and 5 minutes to other d" in whole(
        account
    )
    assert "all of them currently visiting. They gave" in whole(account)


# Targets of more than one visit, and targets that changed -------------------------------------------------------------


def of_two(account, measure):
    """The account as it would be if every unit of the measure had asked for two visits, and had one."""
    cells = tuple(
        replace(cell, needed=2, state="missed" if cell.state == "covered" else cell.state)
        if cell.measure == measure
        else cell
        for cell in account.summary.coverage
    )
    found = account.summary.get(measure, "target_coverage")
    base = put(account, measure, "target_coverage", numerator=0, denominator=found.denominator, unit=found.unit)
    return replace(base, summary=replace(base.summary, coverage=cells))


def test_a_week_that_had_one_visit_of_two_is_not_said_to_have_had_none():
    text = whole(of_two(example(), "custody_visit"))
    assert "Counted by the target, 0 of 35 suite-weeks (0%) had enough visits" in text
    assert "By the target, suite-weeks with enough visits: 0 of 35 (0%)." in text
    assert "5 | Target: suite-weeks with enough visits | 0% | 0 of 35" in text
    assert "6 | Kennel visits: months with a visit | 3 of 3" in text


def test_of_kennels_too_a_month_short_of_two_is_not_called_one_without_a_visit():
    text = whole(of_two(example(), "kennel_visit"))
    assert "By the kennels’ target, months with enough visits: 0 of 3." in text
    assert "6 | Kennel visits: months with enough visits | 0 of 3" in text
    assert "Counted by the target, 30 of 35 suite-weeks (85.7%) had a visit" in text


@pytest.mark.parametrize("template", ["panel_paper", "annual_paragraphs"])
@pytest.mark.parametrize(("covered", "told"), [(1, "1 of 3 months (33.3%)"), (3, "3 of 3 months (100%)")])
def test_of_kennels_whose_target_changed_in_the_period_the_paragraph_stays(template, covered, told):
    base = put(example(), "kennel_visit", "target_coverage", numerator=covered, denominator=3, unit="kennel-months")
    (target,) = [row for row in base.targets if row.measure == "kennel_visit"]
    two = (
        replace(target, last=date(2025, 8, 10)),
        replace(target, number=2, first=date(2025, 8, 11), reason="more"),
    )
    others = tuple(row for row in base.targets if row.measure != "kennel_visit")
    lines = paper(replace(base, targets=(*others, *two)), paper_template.shipped(template))
    (line,) = [each for each in lines if "By the targets in force" in each]
    assert line.endswith(
        f"By the targets in force, {told} had a visit; 3 visits were completed to the Dog Unit Kennels."
    )


def test_where_no_number_of_observations_is_agreed_none_is_set_against_it():
    none = put(example(), "training_observation", "target_coverage", numerator=0, denominator=0)
    assert "7 | Off-site training observations | 0 | No number is agreed for 2025/26" in paper(none)


def test_of_visits_made_while_a_suite_was_closed_its_opening_is_not_told():
    base = example()
    assert "four visits at Beaumont Leys, which opened on Thursdays" in whole(base)
    cells = tuple(
        replace(cell, state="closed", completed=1) if (cell.site, cell.state) == ("beaumont-leys", "missed") else cell
        for cell in base.summary.coverage
    )
    text = whole(replace(base, summary=replace(base.summary, coverage=cells)))
    assert "four visits at Beaumont Leys, which was not open throughout" in text
    assert "opened on Thursdays" not in text
