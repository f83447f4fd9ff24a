"""What there is to say about the laptops of a scheme: silence, missing entries, clocks, restored backups, versions."""

from collections.abc import Iterator, Sequence
from datetime import timedelta

from forms.translation import plural, tr
from icv_app import __version__
from icv_app.share_health.devices import MONTH, SKEW, Device
from icv_app.share_health.health import Health
from icv_app.share_health.health_wording import Level, Point, gap_words, span_words
from icv_app.wording import day_words


def points(health: Health) -> Iterator[Point]:
    """Yield what there is to say about each laptop."""
    for device in health.devices:
        who = name_of(device, health.devices)
        yield from _of_silence(device, who, health)
        if device.missing:
            yield Point(
                level="act", code="gap", about=who,
                words=plural(
                    "{who}: one entry has not arrived ({numbers}).",
                    "{who}: {count:,} entries have not arrived ({numbers}).",
                    device.missing, who=who, numbers=gap_words(device.gaps),
                ),
                advice=tr("They are on that laptop, or on one that it has shared with: ask for Share now there."),
            )  # fmt: skip
        yield from _of_clock(device, who)
        if len(device.writers) > 1:
            yield Point(
                level="know", code="restored", about=who,
                words=plural(
                    "{who}: this laptop was restored from a backup once.",
                    "{who}: this laptop was restored from a backup {count} times.", len(device.writers) - 1, who=who,
                ),
                advice=tr("Nothing is wrong. If you did not know of it, ask what happened."),
            )  # fmt: skip
        if device.forks:
            yield Point(
                level="know", code="fork", about=who,
                words=plural(
                    "{who}: one number was used twice; both entries are kept.",
                    "{who}: {count:,} numbers were used twice; all entries are kept.", device.forks, who=who,
                ),
                advice=tr("That comes of a backup that was worked on. If none was, ask who copied the laptop's data."),
            )  # fmt: skip
        said = device.presence
        if said and said.program and said.program != __version__:
            yield Point(
                level="know", code="version", about=who,
                words=tr("{who} uses version {theirs} of the program; this laptop has {ours}.", who=who,
                         theirs=said.program, ours=__version__),
                advice=tr("Bring all laptops to the same version when you can."),
            )  # fmt: skip


def _of_silence(device: Device, who: str, health: Health) -> Iterator[Point]:
    days = device.silent.days if device.silent else 0
    if device.overdue and device.own:
        yield Point(
            level="act", code="not_shared", about=who,
            words=plural(
                "This laptop last shared one day ago.", "This laptop last shared {count} days ago.", days
            ),
            advice=tr("Press Share now. Until then this page tells how things were."),
        )  # fmt: skip
    elif device.overdue:
        yield Point(
            level="act", code="silent", about=who,
            words=plural(
                "{who}: nothing has come for one day; the scheme allows {within}.",
                "{who}: nothing has come for {count} days; the scheme allows {within}.",
                days, who=who, within=health.within,
            ),
            advice=tr("Ask them to open the program and press Share now. Only backups help if that laptop is lost."),
        )  # fmt: skip
    said = device.presence
    if said and said.drafts and said.oldest and not device.own:
        age = (health.moment.date() - said.oldest).days
        if age > health.within:
            yield Point(
                level="act", code="drafts", about=who,
                words=plural(
                    "{who}: one report not sent for {days} days.",
                    "{who}: {count} reports not sent, one for {days} days.",
                    said.drafts, who=who, days=age,
                ),
                advice=tr("So that laptop said on {day}. Ask whether they need help.", day=day_words(said.at)),
            )  # fmt: skip


def _of_clock(device: Device, who: str) -> Iterator[Point]:
    advice = tr("Check the date, the time and the time zone of that laptop. Nothing is lost by it.")
    if device.fast is not None and abs(device.fast) > SKEW:
        by = span_words(abs(device.fast))
        words = (
            tr("{who}: the clock of the laptop is {span} fast.", who=who, span=by)
            if device.fast > timedelta(0)
            else tr("{who}: the clock of the laptop is {span} slow.", who=who, span=by)
        )
        level: Level = "act" if abs(device.fast) > timedelta(days=1) else "know"
        yield Point(level=level, code="clock_off", about=who, words=words, advice=advice)
    elif device.ahead is not None:
        words = tr("{who}: the last entry is dated {span} in the future.", who=who, span=span_words(device.ahead))
        level = "act" if device.ahead > MONTH else "know"
        yield Point(level=level, code="clock_ahead", about=who, words=words, advice=advice)
    if device.steps:
        furthest = max(timedelta(milliseconds=step.milliseconds) for step in device.steps)
        yield Point(
            level="know", code="clock_back", about=who,
            words=plural(
                "{who}: the clock of the laptop went back once, by {span}.",
                "{who}: the clock of the laptop went back {count} times, by up to {span}.",
                len(device.steps), who=who, span=span_words(furthest),
            ),
            advice=tr("Times shown for its entries may be wrong. Nothing is lost by it."),
        )  # fmt: skip


def name_of(device: Device, every: Sequence[Device]) -> str:
    """Return whose laptop it is, with the beginning of its id where a person has several."""
    person = device.person or tr("Nobody known")
    if device.own:
        return tr("{person} (this laptop)", person=person)
    if sum(each.person == device.person for each in every) > 1:
        return tr("{person} (laptop {id})", person=person, id=device.device[:6] or device.writers[0].hex()[:6])
    return person


def known_words(device: Device, health: Health) -> str:
    """Return what is known of a laptop: its entries, what is missing of them, and what it said last of itself."""
    parts = [plural("One entry of it is here", "{count:,} entries of it are here", device.entries)]
    if device.missing:
        parts.append(plural("one has not arrived", "{count:,} have not arrived", device.missing))
    told = [", ".join(parts) + "."]
    said = device.presence
    if said is not None and not device.own:
        drafts = (
            plural("one report begun and not sent", "{count} reports begun and not sent", said.drafts)
            if said.drafts
            else tr("no report in hand")
        )
        told.append(tr("On {day} it said: {drafts}.", day=day_words(said.at), drafts=drafts))
    if device.own and health.sharing.unshared:
        told.append(
            plural("One of them is not shared yet.", "{count:,} of them are not shared yet.", health.sharing.unshared)
        )
    return " ".join(told)
