"""The guard's lists of words: first names, surnames, ordinary words and places, read from the files beside this one.

The files were written from general knowledge for this program: words apart by spaces, `#` begins a remark.
"""

import re
import unicodedata
from functools import cache
from pathlib import Path

FIRST, SURNAME, WORD, PLACE = 1, 2, 4, 8
_FILES = {"guard_first_names": FIRST, "guard_surnames": SURNAME, "guard_ordinary": WORD, "guard_places": PLACE}
_STROKES = str.maketrans(
    {"ł": "l", "ø": "o", "đ": "d", "ß": "ss", "æ": "ae", "œ": "oe", "ı": "i", "ð": "d", "þ": "th", "’": "'"}
)
_WORD_ENDS = (
    "ing", "tion", "sion", "ness", "ment", "ments", "ly", "able", "ible", "ity", "ous", "ful", "less", "ship",
    "ism", "ence", "ance", "ical", "ology", "wise", "wards", "room", "rooms", "time", "times", "day", "days",
    "board", "cell", "cells", "paper", "work", "ted", "sed", "ped", "red", "ded", "ked", "ned", "ged", "ved",
    "tic", "ium", "cillin", "pam", "zepam",
)  # fmt: skip
_NAME_ENDS = (
    "owski", "ewski", "inski", "ynski", "owska", "ewska", "inska", "ynska", "wicz", "czyk", "czak", "enko",
    "escu", "eanu", "poulos", "idis", "akis", "ovic", "evic", "ullah", "uddin", "zadeh", "shvili", "adze",
    "chukwu", "preet", "inder", "jeet", "murthy", "oglu", "bhai", "sdottir", "sdotter", "quist", "gaard",
    "kowska", "kowski",
)  # fmt: skip


def folded(word: str) -> str:
    """Return a word in small letters without accents: "Łukasz" is "lukasz"."""
    plain = unicodedata.normalize("NFKD", word.lower().translate(_STROKES))
    return "".join(letter for letter in plain if not unicodedata.combining(letter))


@cache
def lexicon() -> dict[str, int]:
    """Return every word of the lists with what it is: FIRST, SURNAME, WORD and PLACE, added up."""
    known: dict[str, int] = {}
    for name, flag in _FILES.items():
        for line in (Path(__file__).parent / f"{name}.txt").read_text(encoding="utf-8").splitlines():
            for word in line.partition("#")[0].lower().split():
                key = word if word.isascii() else folded(word)
                known[key] = known.get(key, 0) | flag
    return known


@cache
def _signs() -> dict[str, frozenset[str]]:
    found = {}
    text = (Path(__file__).parent / "guard_signs.txt").read_text(encoding="utf-8")
    for paragraph in re.sub(r"#.*", "", text).split("\n\n"):
        name, _, words = paragraph.partition(":")
        found[name.strip()] = frozenset(words.split())
    return found


def signs(name: str) -> frozenset[str]:
    """Return one list of `guard_signs.txt`: words that stand around names."""
    return _signs()[name]


def flags(key: str) -> int:
    """Return what a folded word is; 0 for one on no list. Mc-, O'- and double-barrelled names are put together."""
    found = lexicon().get(key)
    if found is not None:
        return found
    if len(key) > 4 and (key.startswith("o'") or (key.startswith("mc") and key[2:] in lexicon())):
        return SURNAME
    if "-" in key:
        parts = [lexicon().get(part, 0) for part in key.split("-")]
        if any(part & WORD for part in parts) and not all(part & (FIRST | SURNAME) for part in parts):
            return WORD
        if any(part & (FIRST | SURNAME) and not part & (WORD | PLACE) for part in parts):
            return SURNAME | FIRST
    return 0


def brand(word: str) -> bool:
    """Return whether a word with its 's is a firm's or a place's name: McDonald's."""
    return bool(lexicon().get(folded(word), 0) & PLACE)


def ordinary(key: str) -> bool:
    """Return whether a word that is on no list of names looks like an English one."""
    known = lexicon()
    if known.get(key, 0) & (WORD | PLACE) or key.endswith(_WORD_ENDS) or "'" in key:
        return True
    for end in ("s", "es", "ed", "er", "ers", "d", "al"):
        if key.endswith(end) and known.get(key[: -len(end)], 0) & WORD:
            return True
    return False


def shaped(key: str) -> bool:
    """Return whether a word ends as only surnames do: -owski, -ullah, -escu."""
    return len(key) > 5 and key.endswith(_NAME_ENDS)
