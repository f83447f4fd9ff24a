"""Brings the message catalogues up to date with the program: `python .ci/catalogue.py` (with Babel, from the dev lock).

Every literal of `tr`, `plural` and `later` goes into `resources/locale/*/LC_MESSAGES/icv.po`; what is gone leaves it;
a message that is only similar to an old one is never guessed. Then each catalogue is compiled beside itself.
`--check` writes nothing and ends with 1 where something would change.
"""

import io
import sys
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

ROOT = Path(__file__).resolve().parent.parent
LOCALES = ROOT / "resources" / "locale"
PACKAGES = ("forms", "icv_app", "reports", "ui")
KEYWORDS = {"tr": None, "later": None, "plural": (1, 2)}


def found() -> Catalog:
    """Return every message of the program."""
    catalogue = Catalog(project="icv-app", charset="utf-8")
    for package in PACKAGES:
        for file, _line, message, comments, context in extract_from_dir(
            ROOT / package, method_map=[("**.py", "python")], keywords=KEYWORDS, comment_tags=("Translators:",)
        ):
            catalogue.add(message, None, [(f"{package}/{file}", 0)], auto_comments=comments, context=context)
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
