"""What the page of an issue asks for each step: the words of its button, and its questions in their order."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final, Literal

from forms.translation import later
from icv_app import issue_wording

Kind = Literal["words", "line", "day", "choice"]

YES_NO: Final[Mapping[str, str]] = {"yes": later("Yes"), "no": later("No")}


@dataclass(frozen=True, slots=True, kw_only=True)
class Ask:
    """One question: its name is that of the step's argument. `choices` are codes with their words."""

    name: str
    kind: Kind
    words: str
    hint: str = ""
    choices: Mapping[str, str] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class StepWords:
    """A step as the page offers it: its button, the button that saves it, and what is said once it is saved."""

    button: str
    save: str
    asks: tuple[Ask, ...]
    saved: str


_TODAY = later("Leave it empty for today. For example, 3/4/26")
_ON_SENT = Ask(name="on", kind="day", words=later("On which day was it sent?"), hint=_TODAY)
_NEW_DUE = Ask(
    name="due_on", kind="day", words=later("By when should they answer? (optional)"), hint=later("For example, 3/4/26")
)
_DONE = Ask(name="done", kind="words", words=later("What was done about it?"), hint=later("Name nobody."))
_OUTCOME = Ask(name="outcome", kind="choice", words=later("What came of it?"), choices=issue_wording.OUTCOMES)
_TOLD = Ask(
    name="told_on", kind="day", words=later("On which day were the visitors told?"),
    hint=later("It can be closed only once they know. For example, 3/4/26"),
)  # fmt: skip

STEPS: Final[Mapping[str, StepWords]] = {
    "send": StepWords(
        button=later("It was sent already…"), save=later("Note that it was sent"), saved=later("Noted as sent."),
        asks=(
            Ask(name="to", kind="choice", words=later("To whom?"), choices=issue_wording.RECIPIENTS), _ON_SENT,
            Ask(name="due_on", kind="day", words=later("By when should they answer?"),
                hint=later("Leave it empty for the scheme’s usual working days.")),
        ),
    ),
    "respond": StepWords(
        button=later("Enter the answer…"), save=later("Save the answer"), saved=later("The answer is saved."),
        asks=(
            Ask(name="response", kind="words", words=later("What do the police say?"),
                hint=later("In their words or in short. The visitors of the site read it: name nobody.")),
            Ask(name="accepted", kind="choice", words=later("Does the office accept that?"), choices=YES_NO),
            Ask(name="on", kind="day", words=later("On which day did it come?"), hint=_TODAY),
        ),
    ),
    "accept": StepWords(
        button=later("Accept the answer, or not…"), save=later("Save"), saved=later("Saved."),
        asks=(Ask(name="accepted", kind="choice", words=later("Does the office accept it?"), choices=YES_NO),),
    ),
    "escalate": StepWords(
        button=later("Take it further up…"), save=later("Save"), saved=later("Saved: it is taken further up."),
        asks=(
            Ask(name="to", kind="choice", words=later("To whom?"), choices=issue_wording.LEVELS),
            Ask(name="why", kind="words", words=later("Why?"), hint=later("Name nobody.")),
            Ask(name="on", kind="day", words=later("On which day?"), hint=_TODAY), _NEW_DUE,
        ),
    ),
    "put_off": StepWords(
        button=later("Another day for the answer…"), save=later("Save"), saved=later("Saved."),
        asks=(Ask(name="due_on", kind="day", words=later("By when should they answer?"),
                  hint=later("For example, 3/4/26")),),
    ),
    "do": StepWords(
        button=later("What was done…"), save=later("Save what was done"), saved=later("Saved."),
        asks=(
            _DONE,
            Ask(name="evidence", kind="words", words=later("What shows it?"),
                hint=later("A document and its number, a repair that was seen, a later visit. Needed for what is "
                           "serious.")),
        ),
    ),
    "verify": StepWords(
        button=later("Check it…"), save=later("Save the check"), saved=later("The check is saved."),
        asks=(Ask(name="adequate", kind="choice", words=later("Is what was done enough, by the evidence?"),
                  hint=later("Somebody else than who said what was done, and than who closes it."), choices=YES_NO),),
    ),
    "feed_back": StepWords(
        button=later("The visitors were told…"), save=later("Save"), saved=later("Saved."),
        asks=(Ask(name="on", kind="day", words=later("On which day were the visitors told?"), hint=_TODAY),),
    ),
    "share": StepWords(
        button=later("It was shared with the staff…"), save=later("Save, and close it"),
        saved=later("Saved: it is shared and closed."),
        asks=(Ask(name="on", kind="day", words=later("On which day was it shared?"), hint=_TODAY),),
    ),
    "close": StepWords(
        button=later("Close it…"), save=later("Close it"), saved=later("It is closed."), asks=(_OUTCOME, _DONE, _TOLD),
    ),
    "no_response": StepWords(
        button=later("Close it without an answer…"), save=later("Close it"), saved=later("It is closed."),
        asks=(_OUTCOME, _DONE, _TOLD),
    ),
    "reopen": StepWords(
        button=later("Open it again…"), save=later("Open it again"), saved=later("It is open again."),
        asks=(Ask(name="why", kind="words", words=later("Why?"), hint=later("Name nobody.")),),
    ),
    "link": StepWords(
        button=later("It is a repeat…"), save=later("Save"), saved=later("Saved."),
        asks=(Ask(name="repeat_of", kind="line", words=later("The reference of the earlier one"),
                  hint=later("Leave it empty if it is no repeat.")),),
    ),
    "summarise": StepWords(
        button=later("Words for a public report…"), save=later("Save"), saved=later("Saved."),
        asks=(Ask(name="words", kind="words", words=later("How may a public report put it?"),
                  hint=later("At most 300 characters. No person, no exact time.")),),
    ),
}  # fmt: skip
"""By the names that `issue_state.possible` gives."""
