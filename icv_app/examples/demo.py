"""The demo: the main job done once, with two laptops and one shared file, from the bundled example."""

import json
import shutil
from pathlib import Path
from typing import Any

import resources
from forms.translation import tr
from icv_app.clock import Clock
from icv_app.encryption.faults import of_files
from icv_app.errors import Unavailable
from icv_app.examples import large_scheme
from icv_app.figure import Period
from icv_app.files import whole_file
from icv_app.laptop import Laptop
from icv_app.periods import parse_period
from icv_app.profiles.vault import Strength
from icv_app.program import Program
from icv_app.summary import Summary
from icv_app.wording import some

PERIOD = "2025-26-Q2"
PASSPHRASE = "three demo words"  # noqa: S105  (printed in the demo's README.txt: it protects nothing)
SCHEME = "Example scheme"
HUB = "example.icvhub"
_SENSITIVE, _PUBLIC = "OFFICIAL-SENSITIVE", "OFFICIAL"
_WRITTEN = (
    *(("summary", ending, _SENSITIVE) for ending in ("pdf", "html", "docx", "xlsx", "csv", "json")),
    ("panel-paper", "docx", _PUBLIC),
)
"""The documents that are made of the example quarter, each with its format and its marking: the paper is for a public
panel, the summary quotes reports."""
_OURS = ("office", "volunteer", HUB, f"{HUB}.packs", f"{HUB}.prev", f"{HUB}.lease", "volunteer.icvinvite", "README.txt",
         *(f"{marking} {name}-{PERIOD}.{ending}" for name, ending, marking in _WRITTEN))  # fmt: skip

_LARGE_HUB = "large.icvhub"
_LARGE_OURS = ("office", "folder", "README.txt",
               *(f"{_LARGE_HUB}{end}" for end in ("", ".packs", ".prev", ".lease")))  # fmt: skip
_LARGE_README = f"""This folder was made by "icv-app demo --large". Everything in it is invented, from a seed.

office/            the data of the office's laptop, encrypted. Passphrase: {PASSPHRASE}
{_LARGE_HUB}       the shared file, with its packs beside it
folder/            the interchange folder that the office imported

To look around: icv-app --profile office, or open it in the window.
"""

_README = f"""This folder was made by "icv-app demo".

office/, volunteer/       the data of two laptops, encrypted. Passphrase of both: {PASSPHRASE}
{HUB}            the one shared file that they exchange, with its packs beside it
{_SENSITIVE} summary-{PERIOD}.*
                          the compliance summary of July to September 2025: PDF, web page, Word, Excel, CSV, JSON
{_PUBLIC} panel-paper-{PERIOD}.docx
                          the paragraphs and the table for the Police and Crime Panel, as the public may have them

To look around: icv-app --profile office list
The quarter's totals are published figures; which days, people and numbers make them up is invented, and so are the four
reports captured on the volunteer's laptop. See the README of the bundled example.
"""


def run(folder: Path, program: Program, *, tell: Any = None) -> str:
    """Do the main job in `folder` and return a summary for the person that names each file.

    What an earlier demo left in the folder is replaced; other files are left alone. `tell` is called with a line of
    words before each step. Raises what the steps raise.
    """
    tell = tell or (lambda _words: None)
    _clear(folder, _OURS, _README)
    hub = folder.absolute() / HUB
    period = parse_period(PERIOD)

    tell("The office starts a scheme and imports the example quarter ...")
    common: dict[str, Any] = {
        "passphrase": PASSPHRASE,
        "hub": hub,
        "strength": program.strength or Strength.MODERATE,
        "clock": program.clock,
    }
    office = Laptop.start(folder / "office", scheme=SCHEME, person="OFFICE", role="coordinator", **common)
    with office:
        imported = office.import_folder(resources.path("example"))
        invitation = folder / "volunteer.icvinvite"
        office.invite(invitation, "ICV01", "visitor", PASSPHRASE, strength=common["strength"])
        before = office.summary(period)
        first = office.sync()

        tell("A volunteer joins by the invitation and captures one of each form ...")
        volunteer = Laptop.join(folder / "volunteer", invitation=invitation, invitation_passphrase=PASSPHRASE, **common)
        with volunteer:
            volunteer.sync()
            captured = [_capture(volunteer, name) for name, _ in volunteer.paperwork.forms()]
            sent = volunteer.sync()
            tell("The office receives them and writes the summary ...")
            received = office.sync()
            last = volunteer.sync()
            summary = office.summary(period)
            if summary.figures != before.figures:
                raise Unavailable(
                    "demo_differs", tr("The figures of the quarter are not what they were. Please run it again.")
                )
        files = _documents(folder, period, office, program)
    lines = [
        f"{SCHEME}: two laptops and one shared file in {folder}",
        f"  office: {sum(imported.added.values())} records imported, {some(first.sent, 'record')} sent",
        f"  volunteer: {', '.join(captured)} captured, {some(sent.sent, 'record')} sent",
        f"  office: {some(received.received, 'record')} received; everything is in the shared file, verified: "
        f"{'yes' if received.verified and last.verified else 'no'}",
        f"Compliance summary {PERIOD} (totals as published; the visits behind them are invented)",
        *_headlines(summary),
        "Files",
        *(f"  {path}" for path in files),
        *(f"  {folder / name}" for name in (HUB, f"{HUB}.packs", "office", "volunteer")),
        f"  {invitation} (used up: it brought the volunteer in)",
        f"  {folder / 'README.txt'} (passphrase of both laptops, and what is invented)",
    ]
    return "\n".join(lines)


def run_large(folder: Path, program: Program, *, tell: Any = None) -> str:
    """Make a large invented scheme in `folder` (`large_scheme`): a year of 6 suites, 60 volunteers and 600 visits.

    Returns a summary for the person. The year ends on the day before today. Raises what the steps raise.
    """
    tell = tell or (lambda _words: None)
    _clear(folder, _LARGE_OURS, _LARGE_README)
    hub, today = folder.absolute() / _LARGE_HUB, (program.clock or Clock()).today()
    office = Laptop.start(
        folder / "office", scheme="Large example scheme", person="OFFICE", role="coordinator", passphrase=PASSPHRASE,
        hub=hub, strength=program.strength or Strength.MODERATE, clock=program.clock,
    )  # fmt: skip
    with office:
        tell("A year of visits is invented and imported ...")
        with of_files():
            large_scheme.write_folder(folder / "folder", today)
        imported = office.import_folder(folder / "folder")
        saved = office.store.save_all(large_scheme.records(today))
        tell("Everything goes into the shared file ...")
        outcome = office.sync()
    return "\n".join(
        (
            f"Large example scheme: one laptop and the shared file in {folder}",
            f"  {sum(imported.added.values())} records imported, among them {some(imported.added['visit'], 'visit')}",
            f"  {some(saved.added, 'record')} of findings, volunteers' files and hours",
            f"  everything is in the shared file, verified: {'yes' if outcome.verified else 'no'}",
            *(f"  {folder / name}" for name in ("office", _LARGE_HUB, f"{_LARGE_HUB}.packs", "folder")),
            f"  {folder / 'README.txt'} (the passphrase)",
        )
    )


def _clear(folder: Path, names: tuple[str, ...], readme: str) -> None:
    """Take away what an earlier demo left in `folder`, and say there what it holds."""
    with of_files():
        folder.mkdir(parents=True, exist_ok=True)
        for name in names:
            old = folder / name
            shutil.rmtree(old) if old.is_dir() else old.unlink(missing_ok=True)
        (folder / "README.txt").write_text(readme, encoding="utf-8")


def _capture(laptop: Laptop, form: str) -> str:
    answers = json.loads(resources.text(f"example/captured/{form}.json"))
    saved, _ = laptop.paperwork.file(form, answers)
    record = laptop.store.by_id(saved.record)
    return record.key if record else form


def _documents(folder: Path, period: Period, laptop: Laptop, program: Program) -> tuple[Path, ...]:
    account = laptop.accounts.of(period)
    marked = {one.marking: one for one in (account, laptop.accounts.public(account))}
    return tuple(
        whole_file.put(
            folder / f"{marking} {name}-{PERIOD}.{ending}", program.documents.make(name, marked[marking], ending)
        )
        for name, ending, marking in _WRITTEN
    )


def _headlines(summary: Summary) -> list[str]:
    """Return the main figures, one a line."""
    lines = []
    for measure, figure, words in (
        ("custody_visit", "visits_completed", "Custody visits completed"),
        ("custody_visit", "scheduled_completed", "Custody visits of those scheduled"),
        ("custody_visit", "target_coverage", "Suite-weeks covered"),
        ("kennel_visit", "target_coverage", "Kennel-months covered"),
        ("training_observation", "target_coverage", "Off-site observations this year"),
        ("record_review", "records_reviewed", "Custody records reviewed"),
        ("record_review", "immigration_records_reviewed", "  of immigration detainees"),
        ("record_review", "recommendations", "Recommendations made"),
    ):
        found = summary.get(measure, figure)
        said = str(found.value)
        if found.value is None:
            said = f"{found.numerator}/{found.denominator}" + (f" ({found.percent}%)" if found.percent else "")
        lines.append(f"  {words + ':':<36}{said}")
    return lines
