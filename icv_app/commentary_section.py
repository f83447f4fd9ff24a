"""The sections of the documents that may have a commentary of the officer's own."""

from collections.abc import Mapping
from typing import Final

from forms.translation import later, tr

SECTIONS: Final[Mapping[str, str]] = {
    "summary": later("Summary"),
    "custody": later("Custody visits"),
    "detainees": later("Detainees"),
    "access": later("Access and delays"),
    "charts": later("Charts"),
    "kennels": later("Kennel visits"),
    "training": later("Training observations"),
    "records": later("Custody records reviewed"),
    "issues": later("Issues and requests"),
    "volunteers": later("Volunteers"),
}
"""The sections that may have a commentary, in the order of the documents, as people call them."""


def title(section: str) -> str:
    """Return what people call a section; of one that this program does not know, its name."""
    return tr(SECTIONS[section]) if section in SECTIONS else section.replace("_", " ")
