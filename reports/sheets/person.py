"""Everything held on one person, for a request for access: a page to read (HTML) and the same as data (JSON)."""

import contextlib
import json
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from html import escape
from pathlib import Path

from forms import translation
from forms.translation import plural, tr
from icv_app.files.whole_file import put
from icv_app.office.subject import Item, Occurrence, Subject, Version
from reports.plain import clean

_STYLE = """
body { font: 1rem/1.5 Verdana, Arial, sans-serif; color: #000; background: #fff; max-width: 46rem; margin: 0 auto;
  padding: 0 1rem; }
h1, h2, h3 { line-height: 1.25; } h3 { margin-top: 2rem; border-top: 1px solid #595959; padding-top: 0.5rem; }
dt { font-weight: bold; margin-top: 0.75rem; } dd { margin: 0 0 0 1rem; white-space: pre-wrap; }
.marking { font-weight: bold; text-align: center; } .when { color: #404040; }
table { border-collapse: collapse; width: 100%; } th, td { border: 1px solid #595959; padding: 0.3rem; text-align: left;
  vertical-align: top; overflow-wrap: anywhere; }
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class About:
    """What stands on the copy beside what was found: the scheme, the marking, the day in words, the program."""

    scheme: str
    marking: str
    day: str
    program_version: str


def names(marking: str) -> tuple[str, str]:
    """Return the names of the two files; both carry the marking, and neither the person's reference."""
    safe = "".join(letter if letter.isalnum() or letter in " -" else "-" for letter in marking)
    return f"{safe} person.html", f"{safe} person.json"


def write(found: Subject, folder: Path, about: About) -> tuple[Path, Path]:
    """Write the page and the data into `folder`, which is made, and return where they are.

    Raises Unavailable("document_not_written").
    """
    page, data = (folder / name for name in names(about.marking))
    with contextlib.suppress(OSError):  # writing into it says why
        folder.mkdir(parents=True, exist_ok=True)
    return put(page, html(found, about).encode()), put(data, json_text(found, about).encode())


def json_text(found: Subject, about: About) -> str:
    """Return the JSON document."""
    log = [dict(zip(("when", "who", "did", "more"), row, strict=True)) for row in found.log]
    document = {"marking": about.marking, "scheme": about.scheme, "made_on": about.day, **asdict(found), "log": log}
    return json.dumps(document, ensure_ascii=False, indent=2) + "\n"


def html(found: Subject, about: About) -> str:
    """Return the page: one heading for each record, in order; no script, nothing from elsewhere."""
    title = tr("What is held on {person}", person=found.reference)
    marking = f'<p class="marking">{_safe(about.marking)}</p>'
    parts = [
        "<!DOCTYPE html>",
        f'<html lang="{_safe(translation.language())}"><head><meta charset="utf-8">',
        '<meta name="viewport" content="width=device-width">',
        f"<title>{_safe(title)}. {_safe(about.marking)}</title><style>{_STYLE}</style></head><body>",
        f"<header>{marking}</header><main><h1>{_safe(title)}</h1>",
        *_summary(found, about),
        *_records(found),
        *_log(found.log),
        *_left_out(found.not_searched),
        f"</main><footer>{marking}</footer></body></html>",
    ]
    return "\n".join(parts) + "\n"


def _summary(found: Subject, about: About) -> Iterator[str]:
    yield _p(tr("{scheme}, on {day}. Made with icv-app {version}.", scheme=about.scheme, day=about.day,
                version=about.program_version))  # fmt: skip
    yield _p(
        tr("In this copy, what points to anybody else was taken out and says so in square brackets.")
        if found.masked
        else tr("This copy is for the office's own check: other people's details stand in it. Do not give it away.")
    )
    searched = found.searched
    yield _p(plural("{count:,} version was searched.", "{count:,} versions and drafts were searched.", searched))
    if not found.items:
        yield _p(tr("Nothing on this person was found in them."))


def _records(found: Subject) -> Iterator[str]:
    if found.items:
        yield f"<h2>{_safe(tr('Records'))}</h2>"
    for item in found.items:
        yield f"<h3>{_safe(item.title)}</h3>"
        yield from _item(item)


def _item(item: Item) -> Iterator[str]:
    if item.state:
        yield _p(tr("This is {state}.", state=item.state))
    if item.occurrences:
        yield "<dl>"
        for each in item.occurrences:
            yield from _occurrence(each)
        yield "</dl>"
    if item.about:
        yield f"<h4>{_safe(tr('What stands beside it about the same person'))}</h4><dl>"
        for question, words in item.about:
            yield f"<dt>{_safe(question)}</dt><dd>{_safe(words)}</dd>"
        yield "</dl>"
    if item.written:
        yield _p(tr("Written by this person: {versions}.", versions=_versions(item.written)))


def _occurrence(each: Occurrence) -> Iterator[str]:
    yield f"<dt>{_safe(each.question)}</dt><dd>{_safe(each.words)}</dd>"
    yield f'<dd class="when">{_safe(tr("In the version of {versions}", versions=_versions(each.versions)))}</dd>'


def _versions(versions: Sequence[Version]) -> str:
    return "; ".join(f"{each.at} ({each.author})" if each.author else each.at for each in versions)


def _log(log: Sequence[Sequence[str]]) -> Iterator[str]:
    if not log:
        return
    yield f"<h2>{_safe(tr('In the log of who did what'))}</h2><table><thead><tr>"
    for words in (tr("When"), tr("Who"), tr("What"), tr("More")):
        yield f'<th scope="col">{_safe(words)}</th>'
    yield "</tr></thead><tbody>"
    for row in log:
        yield "<tr>" + "".join(f"<td>{_safe(cell)}</td>" for cell in row) + "</tr>"
    yield "</tbody></table>"


def _left_out(not_searched: Sequence[str]) -> Iterator[str]:
    yield f"<h2>{_safe(tr('What was not searched'))}</h2><ul>"
    for words in not_searched:
        yield f"<li>{_safe(words)}</li>"
    yield "</ul>"


def _p(words: str) -> str:
    return f"<p>{_safe(words)}</p>"


def _safe(words: str) -> str:
    return escape(clean(words))
