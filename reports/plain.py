"""Plain text: what people typed, made safe to print on one kind of page or another."""

import unicodedata
from collections.abc import Collection

# Signs that people paste from Word or a telephone and that our font has no drawing for.
_SAME_IN_OTHER_SIGNS = {
    "\u2010": "-",
    "\u2011": "-",
    "\u2012": "–",
    "\u2015": "—",
    "\u2190": "<-",
    "\u2192": "->",
    "\u2260": "not equal to",
    "\u2264": "<=",
    "\u2265": ">=",
    "\u2713": "yes",
    "\u2714": "yes",
    "\u2717": "no",
    "\u2718": "no",
    "\u2028": "\n",
    "\u2029": "\n",
}
RUN = ("=", "+", "-", "@", "\t", "\r", "\n", "\uff1d", "\uff0b", "\uff0d", "\uff20")
"""What a text may not open with in a cell of a CSV file, as a spreadsheet program might run it; the last four are the
first as wide signs, which some take for the same (OWASP, "CSV Injection")."""
_DROPPED = {"Cc", "Cf", "Cs", "Co", "Cn"}  # control, format (zero width, right to left), surrogate, private, unassigned


def clean(text: str, drawable: Collection[int] | None = None) -> str:
    """Return `text` without control characters, its line ends single line feeds, every space an ordinary one.

    `drawable` holds the code points that the font can draw: a character outside it is replaced by one that says
    the same, by its letter without the accent, or by "?".
    """
    kept: list[str] = []
    for character in unicodedata.normalize("NFC", text.replace("\r\n", "\n").replace("\r", "\n")):
        if character == "\n":
            kept.append(character)
        elif character == "\t" or unicodedata.category(character) == "Zs":
            kept.append(" ")
        elif unicodedata.category(character) in _DROPPED or "\ufe00" <= character <= "\ufe0f":
            continue
        elif drawable is None or ord(character) in drawable:
            kept.append(character)
        else:
            kept.append(_nearest(character, drawable))
    return "".join(kept).strip()


def _nearest(character: str, drawable: Collection[int]) -> str:
    near = _SAME_IN_OTHER_SIGNS.get(character)
    if near is None:
        near = "".join(part for part in unicodedata.normalize("NFKD", character) if not unicodedata.combining(part))
    fits = near and all(ord(part) in drawable or part == "\n" for part in near)
    return near if fits else "?"


def markup(text: str, drawable: Collection[int] | None = None) -> str:
    """Return cleaned `text` for a paragraph that reads markup: nothing in it is a tag, line ends become breaks."""
    safe = clean(text, drawable).replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    return safe.replace("\n", "<br/>")


def shortened(text: str, longest: int) -> str:
    """Return `text` on one line of at most `longest` characters, an ellipsis in place of what was cut."""
    line = " ".join(text.split())
    return line if len(line) <= longest else line[: max(longest - 1, 0)].rstrip() + "…"


def cell(text: str) -> str:
    """Return `text` for a spreadsheet cell: what would run as a formula there is marked as text with an apostrophe."""
    return "'" + text if text.startswith(RUN) else text
