"""The words of a list for the police, which are the same in the PDF and in the Word document."""

from collections.abc import Iterator

from forms.translation import later, plural, tr
from icv_app.issues.sent_list import Item, SentList
from icv_app.wording import day_words

ANSWER = (
    later("Your answer: what was done, or will be done, and when"), later("Answered by (role)"), later("Date"),
)  # fmt: skip
PASSED_ON = later("Passed on to the staff on")
COLUMNS = (later("No."), later("What"), later("Where"), later("Found"), later("Reference"))


def subtitle(made: SentList) -> str:
    """Return whom it is for, of which sites, and which list it is."""
    lines = (
        tr("For {who}", who=made.to_words), made.places,
        tr("{day}, {reference}", day=day_words(made.day), reference=made.reference),
    )  # fmt: skip
    return "\n".join(filter(None, lines))


def intro(made: SentList) -> Iterator[str]:
    """Yield what is asked of whoever gets it."""
    due = day_words(made.due)
    if made.asked:
        yield plural(
            "Please answer the {count} entry below by {due}: what was done about it, or what will be done and when.",
            "Please answer each of the {count} entries below by {due}: what was done about it, or what will be done "
            "and when.",
            len(made.asked), due=due,
        )  # fmt: skip
    if made.praise:
        yield plural(
            "Please pass the praise at the end on to the staff, and tell us on which day.",
            "Please pass each word of praise at the end on to the staff, and tell us on which day.",
            len(made.praise),
        )
    yield tr(
        "Send your answers to the office of the scheme, with the reference of each. People in custody are told by "
        "custody number alone. Visitors are not named."
    )


def heading(item: Item) -> str:
    """Return the heading of an entry."""
    return tr("{number}. {what}", number=item.number, what=item.what)


def about(item: Item) -> str:
    """Return where and when it was found, and its reference."""
    parts = (
        item.where, tr("found {day}", day=item.found) if item.found else "", item.severity,
        tr("reference {key}", key=item.key),
    )  # fmt: skip
    return tr(", ").join(filter(None, parts))


def row(item: Item) -> tuple[str, ...]:
    """Return an entry in the order of `COLUMNS`."""
    return str(item.number), item.what, item.where, item.found, item.key
