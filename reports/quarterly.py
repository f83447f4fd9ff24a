"""The compliance summary as a PDF: what a panel reads, every headline with its fraction and its rule."""

from dataclasses import dataclass
from datetime import date
from functools import partial
from pathlib import Path

from forms.translation import tr
from icv_app import whole_file
from icv_app.summary import Summary
from icv_app.wording import day_words, span_words
from reports import page, sections, wording


@dataclass(frozen=True, slots=True, kw_only=True)
class About:
    """What the document says about itself: whose it is, its marking, how far its records reach, which program made it.

    No date of making: the same records must give the same bytes on any day.
    """

    scheme: str
    marking: str = "OFFICIAL"
    records_to: date | None = None  # the last day that a held record tells of; None: there is none
    program_version: str = ""


def write(summary: Summary, about: About, path: Path) -> Path:
    """Write the summary to `path`, replacing it in one step, and return `path`.

    The same summary and about give the same bytes. Raises Unavailable("document_not_written") where it cannot be
    written.
    """
    return whole_file.put(path, render(summary, about))


def render(summary: Summary, about: About) -> bytes:
    """Return the PDF of the summary."""
    period = span_words(summary.period.first, summary.period.last)
    name = wording.document_name(summary.period)
    title = tr("{document}, {period}", document=name, period=period)
    furniture = page.Furniture(
        title=title,
        scheme=about.scheme,
        marking=about.marking,
        program_version=about.program_version,
        records_to=about.records_to,
    )
    return page.build(partial(sections.story, summary, about.scheme, title, _origin(about)), furniture)


def _origin(about: About) -> str:
    version, day = about.program_version, day_words(about.records_to) if about.records_to else ""
    if day and version:
        return tr("Produced from the scheme's records up to {day} by icv-app {version}.", day=day, version=version)
    if day:
        return tr("Produced from the scheme's records up to {day}.", day=day)
    if version:
        return tr("Produced from the scheme's records by icv-app {version}.", version=version)
    return tr("Produced from the scheme's records.")
