"""The names that the templates of papers may use, as `${name}`: what each stands for, with an example.

The examples are those of July to September 2025, which comes with the program. A count brings five names: `visits`
("4"), `visits_words` ("four"), `visits_counted` ("4 visits"), `visits_counted_words` ("four visits") and `visits_were`
("4 visits were", "1 visit was").
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType
from typing import Final, Literal

from forms.translation import later
from icv_app.summaries.commentary import SECTIONS

Kind = Literal["count", "number", "percent", "hours", "day", "truth", "text"]
Raw = int | str | date | bool | None
"""A value before it is put into words: counts and minutes are int, a percentage is a text such as "85.7"."""
VARIANT_MEANINGS: Final[Mapping[str, str]] = MappingProxyType(
    {
        "_words": later("of a count: in words below ten, such as “four”"),
        "_counted": later("of a count: with what it counts, such as “4 visits”"),
        "_counted_words": later("of a count: both, such as “four visits”"),
        "_were": later("of a count: with its verb, such as “4 visits were”"),
    }
)
VARIANTS: Final = tuple(VARIANT_MEANINGS)


@dataclass(frozen=True, slots=True, kw_only=True)
class Name:
    """One name. `repeat`: it stands only in rows repeated for that. `noun`: what a count is of, by its singular."""

    name: str
    kind: Kind
    meaning: str
    example: Raw = None
    repeat: str = ""
    noun: str = ""

    @property
    def placeholders(self) -> tuple[str, ...]:
        """The names as templates write them: a count has variants."""
        return (self.name, *(self.name + ending for ending in VARIANTS)) if self.kind == "count" else (self.name,)


def _count(name: str, noun: str, meaning: str, example: Raw = None, repeat: str = "") -> Name:
    return Name(name=name, kind="count", meaning=meaning, example=example, repeat=repeat, noun=noun)


def _name(name: str, kind: Kind, meaning: str, example: Raw = None, repeat: str = "") -> Name:
    return Name(name=name, kind=kind, meaning=meaning, example=example, repeat=repeat)


REPEATS: Final[Mapping[str, str]] = MappingProxyType(
    {
        "suites": later("each custody suite that was open on at least one day of the period"),
        "requests": later("each request of a detainee"),
        "serious_issues": later("each issue marked as serious of which something may be told"),
        "cancellations": later("each training observation that was cancelled"),
        "sessions": later("each session at which custody records were reviewed"),
        "themes": later("each theme about which an issue was raised"),
        "notes": later("each note on how the figures were counted"),
        "changes": later("each change since the figures were first published"),
    }
)
"""What a row may be repeated for."""

_PERIOD: Final = (
    _name("scheme", "text", later("the scheme’s name"), "Example Office of the Police and Crime Commissioner"),
    _name("classification", "text", later("the marking of the document"), "Official"),
    _name("period", "text", later("the period, with its quarter or year"), "Q2, July to September 2025"),
    _name("months", "text", later("the period without that"), "July to September 2025"),
    _name("period_short", "text", later("the quarter or year alone, where the period is one"), "Q2"),
    _name("in_period", "text", later("the period as it stands after a verb: “in …”, “on …” or “from … to …”"),
          "in Q2, July to September 2025"),
    _name("during_period", "text", later("the same of the quarter or year alone"), "during Q2"),
    _name("financial_year", "text", later("the financial year of the last day"), "2025/26"),
    _name("period_kind", "text", later("quarter, year, months or days"), "quarter"),
    _name("last_day", "day", later("the last day of the period"), date(2025, 9, 30)),
    _name("as_of", "day", later("the last day of the period, or that of counting where it is not over"),
          date(2025, 9, 30)),
    _name("period_over", "truth", later("whether the period was over when it was counted"), example=True),
    _name("unrecorded", "truth", later("whether nothing is known of the period, as the records begin after it"),
          example=False),
    _name("not_begun", "truth", later("whether the period begins after the day of counting"), example=False),
    _name("records_from", "day", later("the day of the scheme’s first record"), date(2025, 7, 1)),
    _name("records_to", "day", later("the last day that a record tells of"), date(2025, 9, 24)),
)  # fmt: skip
_CUSTODY: Final = (
    _count("visits", "visit", later("custody visits completed, by the date of arrival"), 30),
    _count("attempted", "visit", later("custody visits attempted, the completed ones among them"), 30),
    _count("not_admitted", "visit", later("of these, those at which nobody was let in"), 0),
    _count("abandoned", "visit", later("of those attempted, those that were cut short"), 0),
    _count("scheduled_made", "visit", later("scheduled custody visits that were completed"), 30),
    _count("scheduled_due", "visit", later("scheduled custody visits, less those withdrawn"), 30),
    _count("scheduled_to_come", "visit", later("of these, those whose week or month is not over yet"), 0),
    _name("scheduled_percent", "percent", later("the share of scheduled visits that were completed"), "100.0"),
    _name("target", "text", later("what the target asks for"), "one custody visit per week per operational custody "
                                                                "suite"),
    _name("target_covered", "number", later("suite-weeks (or months) due that were covered"), 30),
    _name("target_due", "number", later("suite-weeks (or months) due under the target"), 35),
    _name("target_percent", "percent", later("the share of those due that were covered"), "85.7"),
    _name("target_unit", "text", later("what the target is counted in"), "suite-weeks"),
    _name("target_enough", "text", later("what each of these had to have: “a visit”, or “enough visits” where a target "
                                         "asks for more than one"), "a visit"),
    _name("missed", "number", later("of those due, those not covered"), 5),
    _name("before_records", "number", later("of those due, those that ended before the scheme’s records begin"), 0),
    _name("all_judged", "truth", later("whether the period is over, with no unit of it still to come"), example=True),
    _name("below_target", "text", later("the suites below their target, with their numbers"), "Beaumont Leys (4 of 9)"),
    _name("whole_suites", "text", later("the suites that were open on every day"), "Euston Street and Keyham Lane"),
    _name("whole_covered", "number", later("of what was due at these, what was covered"), 26),
    _name("whole_due", "number", later("what was due at these"), 26),
    _count("part_suites", "suite", later("suites open on some days of the period only"), 1),
    _count("serious", "serious_issue", later("custody visits that reported a serious issue"), 0),
    _name("no_serious", "truth", later("whether it may be said that there was none: every visit answered, none did"),
          example=True),
    _name("immediate_made", "number", later("custody visits at which visitors were let in at once"), 28),
    _name("immediate_percent", "percent", later("their share of the visits attempted"), "93.3"),
    _count("in_custody", "detainee", later("people in custody at the visits; one who was there at two counts twice"),
           224),
    _count("offered", "detainee", later("of these, those offered a visit"), 151),
    _count("seen", "detainee", later("of these, those seen"), 64),
    _count("declined", "detainee", later("of those offered a visit, those who declined"), 87),
    _count("detained", "person", later("people detained in the period, where that is known in full"), None),
    _name("reach_percent", "percent", later("the share of these who were in custody at the visits"), None),
)  # fmt: skip
_FOUND: Final = (
    _count("issues", "issue", later("issues and requests raised"), 1),
    _count("issues_open", "issue", later("issues of any age open at the end of the period, or when it was counted"), 0),
    _count("issues_open_new", "issue", later("of these, those raised in the period"), 0),
    _count("issues_before", "issue", later("issues open when the period began"), 0),
    _count("issues_closed", "issue", later("issues closed in the period, whenever they were raised"), 1),
    _name("top_themes", "text", later("the themes raised most often, three at the most, with their numbers"), None),
    _count("serious_marked", "issue", later("issues and requests that are marked as serious"), 0),
    _count("serious_untold", "issue", later("of these, those of which a public paper tells no more"), 0),
    _count("requests_made", "request", later("requests of detainees"), 1),
    _count("praise", "positive_comment", later("positive comments"), 2),
    _count("praise_shared", "positive_comment", later("of these, those shared with the staff"), 2),
    _count("praised_visits", "visit", later("custody visits whose report has a positive comment"), 2),
    _name("request", "text", later("what the detainee asked for, as the head of a sentence"),
          "one detainee requested medication", "requests"),
    _name("request_action", "text", later("what was done"), "Raised with the custody officer during the visit",
          "requests"),
    _name("request_response", "text", later("the response received"),
          "Medication was requested and was waiting for mother to bring it in", "requests"),
    _name("request_answered_on", "day", later("the day of the response, where that is known"), None, "requests"),
    _name("request_put_right", "truth", later("whether the report says that it was put right at the visit"), None,
          "requests"),
    _name("request_waits", "truth", later("whether it still waits for an answer: none came, and it is not closed"),
          example=False, repeat="requests"),
    _name("request_serious", "truth", later("whether it is marked as serious, so that it is among those as well"),
          example=False, repeat="requests"),
    _name("serious_at", "text", later("where and when it was found"), None, "serious_issues"),
    _name("serious_text", "text", later("what was found"), None, "serious_issues"),
    _name("serious_action", "text", later("what was done"), None, "serious_issues"),
    _name("serious_response", "text", later("the response received"), None, "serious_issues"),
    _name("serious_answered_on", "day", later("the day of the response, where that is known"), None, "serious_issues"),
    _name("serious_put_right", "truth", later("whether the report says that it was put right at the visit"), None,
          "serious_issues"),
    _name("serious_waits", "truth", later("whether it still waits for an answer: none came, and it is not closed"),
          None, "serious_issues"),
    _name("theme", "text", later("the theme"), "health and wellbeing", "themes"),
    _count("theme_issues", "issue", later("issues about it"), 1, "themes"),
)  # fmt: skip
_SUITES: Final = (
    _name("site", "text", later("the suite’s name"), "Beaumont Leys", "suites"),
    _name("site_whole", "truth", later("whether it was open on every day"), example=False, repeat="suites"),
    _name("site_opening", "text", later("when it was open, where that can be said"),
          "opened on Thursdays during July and August 2025", "suites"),
    _name("site_first", "truth", later("whether it is the first with a visit of those open on some days only"),
          example=True, repeat="suites"),
    _count("site_visits", "visit", later("visits completed there"), 4, "suites"),
    _count("site_scheduled_made", "visit", later("scheduled visits completed there"), 4, "suites"),
    _count("site_scheduled_due", "visit", later("scheduled visits there"), 4, "suites"),
    _name("site_covered", "number", later("of what was due there, what was covered"), 4, "suites"),
    _name("site_due", "number", later("what was due there under the target"), 9, "suites"),
    _name("site_percent", "percent", later("the share of that"), "44.4", "suites"),
)  # fmt: skip
_OTHERS: Final = (
    _count("records", "custody_record", later("custody records reviewed"), 35),
    _count("immigration", "custody_record", later("of these, those of immigration detainees"), 15),
    _count("recommendations", "recommendation", later("recommendations made"), 7),
    _count("sessions_held", "session", later("sessions at which records were reviewed"), 1),
    _name("session_date", "day", later("the day of the session"), date(2025, 8, 19), "sessions"),
    _name("session_kind", "text", later("what met"), "Custody Detention Scrutiny Panel", "sessions"),
    _count("session_records", "custody_record", later("records reviewed there"), 35, "sessions"),
    _count("session_immigration", "custody_record", later("of these, those of immigration detainees"), 15, "sessions"),
    _count("session_recommendations", "recommendation", later("recommendations made there"), 7, "sessions"),
    _name("session_to", "text", later("to whom they were made"), "Custody Inspector", "sessions"),
    _count("kennel_visits", "visit", later("visits completed to the kennels"), 3),
    _count("kennel_attempted", "visit", later("visits attempted"), 3),
    _name("kennel_target", "text", later("what the target asks for"), "one visit per month"),
    _name("kennel_sites", "text", later("the kennels, their names up to a comma"), "Dog Unit Kennels"),
    _name("kennel_covered", "number", later("months due that were covered"), 3),
    _name("kennel_due", "number", later("months due under the target"), 3),
    _name("kennel_unit", "text", later("what the kennels’ target is counted in"), "months"),
    _name("kennel_enough", "text", later("what each of these had to have: “a visit”, or “enough visits” where a target "
                                         "asks for more than one"), "a visit"),
    _name("kennel_percent", "percent", later("the share of these"), "100.0"),
    _name("kennel_before", "number", later("of the months due, those that ended before the scheme’s records begin"), 0),
    _count("dogs", "dog", later("dogs seen"), None),
    _count("observations", "visit", later("off-site training observations completed"), 0),
    _count("observations_year", "visit", later("those completed in the financial year so far"), 0),
    _name("observations_agreed", "number", later("the number agreed for the financial year"), 6),
    _count("cancelled", "visit", later("training observations cancelled"), 1),
    _name("cancelled_days", "text", later("their days"), "23 July 2025"),
    _name("cancelled_each", "text", later("their days, each with how it was cancelled"),
          "23 July 2025 (other training requirements for the Dog Unit)"),
    _name("cancelled_on", "day", later("its day"), date(2025, 7, 23), "cancellations"),
    _name("cancelled_how", "text", later("how it was cancelled, after “was”"),
          "cancelled due to other training requirements for the Dog Unit", "cancellations"),
    _name("cancelled_reason", "text", later("the reason, as it goes on in a sentence"),
          "other training requirements for the Dog Unit", "cancellations"),
    _count("volunteers", "volunteer", later("volunteers on the last day"), 18),
    _count("visiting", "volunteer", later("of these, those currently visiting"), 18),
    _name("hours", "hours", later("hours given at visits, travel included; minutes where conditions compare"), 6766),
    _name("training_hours", "hours", later("hours given to training"), 0),
    _name("meeting_hours", "hours", later("hours given to meetings"), 0),
    _name("panel_hours", "hours", later("hours given to panels"), 0),
    _name("other_hours", "hours", later("hours given to anything else"), 0),
    _name("beside_hours", "text", later("the hours given to each of these, as far as there are any"), None),
    _count("before_visits", "visit", later("custody visits completed in the period before"), None),
    _count("year_before_visits", "visit", later("custody visits completed in the same period a year earlier"), None),
    _name("to_date_from", "day", later("the first day of the scheme’s records"), None),
    _count("to_date_visits", "visit", later("custody visits completed since then"), None),
    _count("to_date_records", "custody_record", later("custody records reviewed since then"), None),
    _count("to_date_immigration", "custody_record", later("of these, those of immigration detainees"), None),
)  # fmt: skip
_COUNTING: Final = (
    _name("note", "text", later("the note"), repeat="notes"),
    _count("returned", "report", later("reports not counted, as they went back to their authors for correction"), 0),
    _name("edition", "number", later("which edition of the period’s published figures; none: not published yet")),
    _name("published_on", "day", later("when that was published")),
    _name("change", "text", later("what changed"), repeat="changes"),
)
_COMMENTARY: Final = tuple(
    _name(f"commentary_{section}", "text", later("what the officer wrote on this section")) for section in SECTIONS
)
NAMES: Final = (*_PERIOD, *_CUSTODY, *_FOUND, *_SUITES, *_OTHERS, *_COUNTING, *_COMMENTARY)
"""Every name, in the order in which they are listed for people."""
PLACES: Final[Mapping[str, str]] = MappingProxyType(
    {placeholder: name.repeat for name in NAMES for placeholder in name.placeholders}
)
"""Every name as templates write it, variants included, with the repeat in which it stands ("": everywhere)."""
