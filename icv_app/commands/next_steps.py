"""What the person at this laptop can do next, while the scheme is not set up yet; in words for the home page."""

from collections.abc import Iterator

from forms.translation import later, plural, tr
from icv_app.examples.practice import is_practice
from icv_app.laptop import Laptop
from icv_app.profiles import access, recovery
from icv_app.scheme import scheme_settings
from icv_app.sharing.reminder import reminder

PRACTICE = later(
    "This is for practice. Every report here is made up, nothing leaves this laptop, and you cannot break anything. "
    "When you have finished, choose Lock in the menu Scheme."
)
NO_LISTS_YET = later("Nothing can be due before this laptop knows the suites and their targets.")


def next_steps(laptop: Laptop) -> tuple[str, ...]:
    """Return the steps still to be taken, the first one first; none once the laptop knows sites and has shared."""
    if is_practice(laptop):
        return (tr(PRACTICE),)
    steps = [words for words in (access.own_words(laptop.store), reminder(laptop.store)) if words]
    office = laptop.identity.role != "visitor"
    if not knows_sites(laptop):
        if office:
            steps.append(tr("Bring in the lists of suites, targets and visitors: menu Office, Import a folder."))
        else:
            steps.append(tr("This laptop does not know the suites yet. It fetches them when you press Share now."))
    if laptop.hub is None:
        if office:
            steps.append(tr("Choose where everyone's reports will meet: menu Scheme, Choose the shared file."))
        else:
            steps.append(tr("Ask the office where the shared file is, then: menu Scheme, Choose the shared file."))
    elif laptop.sharing().checked is None and knows_sites(laptop):
        steps.append(tr("Press Share now, so that the others of the scheme have what you have."))
    if office and sum(1 for _ in laptop.store.records("enrolment")) < 2:
        steps.append(tr("Invite the first person: menu Office, Invite a person."))
    steps += _of_the_key(laptop)
    if office and not scheme_settings.read(laptop.store).serious_issue_phone:
        steps.append(tr("Enter whom to phone about a serious issue: menu Office, Settings."))
    return tuple(steps)


def _of_the_key(laptop: Laptop) -> Iterator[str]:
    """Yield what the laptop that holds the office key should do."""
    if laptop.profile.keyring.holder is None:
        return
    if count := access.waiting(laptop.store):
        yield plural(
            "A laptop waits for you to let it in: menu Office, Who takes part.",
            "{count} laptops wait for you to let them in: menu Office, Who takes part.", count,
        )  # fmt: skip
    if recovery.waits_for_sheets(laptop.profile, laptop.store):
        yield tr("Print the recovery sheets, without which a lost laptop takes the scheme with it: menu Office, "
                 "Recovery sheets.")  # fmt: skip


def knows_sites(laptop: Laptop) -> bool:
    """Return whether the laptop holds any site, without which nothing can be due."""
    return next(iter(laptop.store.records("site")), None) is not None
