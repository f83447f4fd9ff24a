"""Brings the message catalogues up to date with the program: `python .ci/catalogue.py` (with Babel, from the dev lock).

Every literal of `tr`, `plural` and `later` goes into `resources/locale/*/LC_MESSAGES/icv.po`; what is gone leaves it;
a message that is only similar to an old one is never guessed. Then each catalogue is compiled beside itself.
`--check` writes nothing and ends with 1 where something would change.
"""

import ast
import io
import sys
from collections.abc import Iterator
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

ROOT = Path(__file__).resolve().parent.parent
LOCALES = ROOT / "resources" / "locale"
PACKAGES = ("forms", "icv_app", "reports", "ui")
TEXTS = {"tr": 1, "later": 1, "plural": 2}
"""How many of its first arguments are messages."""


def messages_of(source: str) -> Iterator[tuple[str, ...]]:
    """Yield the literals of every call in `source`; one inside another too, which Babel itself passes over."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Call):
            name = node.func.id if isinstance(node.func, ast.Name) else getattr(node.func, "attr", "")
            literals = tuple(
                argument.value
                for argument in node.args[: TEXTS.get(name, 0)]
                if isinstance(argument, ast.Constant) and isinstance(argument.value, str)
            )
            if literals and literals[0] and len(literals) == TEXTS[name]:
                yield literals


def found() -> Catalog:
    """Return every message of the program."""
    catalogue = Catalog(project="icv-app", charset="utf-8")
    for package in PACKAGES:
        for path in sorted((ROOT / package).rglob("*.py")):
            for literals in messages_of(path.read_text(encoding="utf-8")):
                place = (path.relative_to(ROOT).as_posix(), 0)
                catalogue.add(literals if len(literals) > 1 else literals[0], None, [place])
    return catalogue


def updated(po: Path, messages: Catalog) -> tuple[bytes, bytes]:
    """Return the text of a catalogue brought up to date with `messages`, and its compiled form."""
    with po.open("rb") as stream:
        catalogue = read_po(stream, locale=po.parent.parent.name)
    catalogue.update(messages, no_fuzzy_matching=True, update_header_comment=False, update_creation_date=False)
    catalogue.obsolete.clear()
    text, compiled = io.BytesIO(), io.BytesIO()
    write_po(text, catalogue, width=120, sort_output=True, include_lineno=False, omit_header=False)
    write_mo(compiled, catalogue)
    return text.getvalue(), compiled.getvalue()


def main(arguments: list[str]) -> int:
    """Update every catalogue, or check that none needs it; return the exit status."""
    messages = found()
    stale = []
    for po in sorted(LOCALES.glob("*/LC_MESSAGES/icv.po")):
        for path, content in zip((po, po.with_suffix(".mo")), updated(po, messages), strict=True):
            if not path.exists() or path.read_bytes() != content:
                stale.append(path)
                if "--check" not in arguments:
                    path.write_bytes(content)
    for path in stale:
        print(f"{path.relative_to(ROOT)}: {'is not up to date' if '--check' in arguments else 'written'}")
    return 1 if stale and "--check" in arguments else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
