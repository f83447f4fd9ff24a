"""Likely names of people in a free text: what a title, a list of names, or the words around it give away.

Capital letters say less than they seem to: notes are written in capitals, or in none. So a word that is on a list of
names and is no English word counts however it is written, and any other needs a capital and company.
"""

import re
from collections.abc import Iterator

from forms import guard_words
from forms.guard_words import FIRST, PLACE, SURNAME, WORD

TITLES = guard_words.signs("titles")
RANKS = guard_words.signs("ranks")
_LOWER_RANKS = RANKS - guard_words.signs("vague_ranks")
PLACE_WORDS = guard_words.signs("place_words")
_PLACE_BEFORE = guard_words.signs("place_before")
_NAMING = guard_words.signs("naming")
_AFTER_NAMING = guard_words.signs("after_naming")
_NEAR = guard_words.signs("near")
_STRONG_NEAR = guard_words.signs("strong_near")
_VERBS = guard_words.signs("verbs")
_SAYING = guard_words.signs("saying")
_PARTICLES = guard_words.signs("particles")
_DOGS = guard_words.signs("dogs")
_NOT_MASTER = guard_words.signs("not_master")

_TOKEN = re.compile(r"[^\W_]+(?:['’‘`-][^\W_]+)*")


class _Word:
    """One word: where it stands, its folded key, how it is written (Title, UPPER, lower, Initial, "" for others)."""

    __slots__ = ("end", "flags", "gap", "key", "opens", "own", "shape", "start", "upper")

    def __init__(self, text: str, start: int, end: int, gap: str, loud: bool) -> None:
        raw = text[start:end]
        self.start = start
        self.own = False
        self.upper = len(raw) > 2 and raw.isupper()
        if len(raw) > 2 and raw[-1] in "sS" and raw[-2] in "'’‘`" and not guard_words.brand(raw):
            raw = raw[:-2]
            self.own = True
        elif raw[-1] in "sS" and text[end : end + 1] in ("'", "’") and len(raw) > 3:
            self.own = True
        self.end = start + len(raw)
        self.gap = gap
        if raw.islower():
            self.shape = "l"
        elif not raw.replace("-", "").replace("'", "").replace("’", "").isalpha():
            self.shape = ""
        elif len(raw) == 1:
            self.shape = "l" if loud and raw not in "ABCDEFGHJKLMNOPRSTW" else "I"
        elif raw.isupper():
            self.shape = "l" if loud else "U"
        elif raw[0].isupper():
            self.shape = "T"
        else:
            self.shape = "l" if raw[:2] != "al" else "T"
        self.key = raw.lower() if raw.isascii() else guard_words.folded(raw)
        self.flags = guard_words.flags(self.key)
        if self.shape == "U":  # in the midst of other text: a surname as the police write it, or an abbreviation
            self.shape = "T" if self.flags & (FIRST | SURNAME) and not self.flags & WORD and len(raw) > 2 else ""
        self.opens = (
            not gap or gap[0] in ".!?:;\n" or "\n" in gap or gap.strip(" ") in ("-", "–", "•", "*", '"', "“", "(", "'")
        )

    @property
    def sure(self) -> bool:
        """Whether it is on a list of names and is nothing else."""
        return bool(self.flags & (FIRST | SURNAME)) and not self.flags & (WORD | PLACE)


def names(text: str) -> Iterator[tuple[int, int]]:
    """Yield the spans of likely names, without their titles and ranks."""
    words = _words(text)
    at = 0
    while at < len(words):
        if _worth_it(words, at):
            found = _found(words, at)
            if found:
                first, last = found
                yield words[first].start, words[last].end
                at = last + 1
                continue
        at += 1


_TITLED = TITLES | RANKS
_BEFORE_ANY = _NAMING | _AFTER_NAMING


def _worth_it(words: list[_Word], at: int) -> bool:
    """Return whether a name can begin at a word: most words are told apart here, and cheaply."""
    word = words[at]
    if word.key in _TITLED:
        return True
    if word.shape == "l":
        return word.sure or (not word.flags and at > 0 and words[at - 1].key in _BEFORE_ANY)
    return word.shape == "I" or (bool(word.shape) and (not word.flags or bool(word.flags & (FIRST | SURNAME))))


def _words(text: str) -> list[_Word]:
    words: list[_Word] = []
    offset = 0
    for line in text.split("\n"):
        loud = line.isupper() and len(line) > 12
        last = 0
        for found in _TOKEN.finditer(line):
            start, end = found.span()
            gap = ("\n" if last == 0 else "") + line[last:start]
            words.append(_Word(text, offset + start, offset + end, gap, loud))
            last = end
        offset += len(line) + 1
    return words


def _joined(words: list[_Word], at: int, *, dots: bool = False) -> bool:
    """Return whether word `at` follows the one before it with no more than spaces (or a full stop) between."""
    if at >= len(words):
        return False
    gap = words[at].gap
    return gap in (" ", "  ") or (dots and gap in (".", ". ", ".  "))


def _found(words: list[_Word], at: int) -> tuple[int, int] | None:
    word = words[at]
    if word.key in TITLES or word.key in RANKS:
        titled = _titled(words, at)
        if titled:
            return titled
    run = _run(words, at)
    if not run:
        return None
    last = run[-1]
    if _joined(words, last + 1) and words[last + 1].key in PLACE_WORDS:
        following = words[last + 1]
        if following.shape and (following.shape != "l" or word.shape == "l"):
            return None
    before = words[at - 1] if at and _joined(words, at) else None
    if before and before.key in _PLACE_BEFORE and before.key != "the":
        return None
    if len(run) == 1:
        return (at, at) if _lone(words, at) else None
    return _several(words, run)


# -- after a title -----------------------------------------------------------------------------------------------------


def _titled(words: list[_Word], at: int) -> tuple[int, int] | None:
    title = words[at]
    first = at + 1
    if not _joined(words, first, dots=True) and not (first < len(words) and words[first].gap in ("/", ": ", ":")):
        return None
    polite = title.key in TITLES
    while (
        first < len(words)
        and words[first].shape == "I"
        and first + 1 < len(words)
        and _joined(words, first + 1, dots=True)
    ):
        first += 1  # PC J Smith
    if first >= len(words):
        return None
    name = words[first]
    if name.shape == "T":
        good = _namely(name) or bool(
            name.flags & SURNAME and (title.key not in ("custody", "social", "detention", "do", "aa"))
        )
        good = good or bool(name.flags & FIRST and not name.flags & PLACE)
    elif name.shape == "l" and title.key not in _NOT_MASTER:
        if polite and title.key in ("mr", "mrs", "ms", "mx"):
            good = bool(name.flags & (FIRST | SURNAME)) or (
                not name.flags and len(name.key) > 2 and not guard_words.ordinary(name.key)
            )
        elif polite or title.key in _LOWER_RANKS:
            good = name.sure or guard_words.shaped(name.key)
        else:
            good = False
    elif name.shape == "l":
        good = name.sure
    else:
        good = False
    if not good:
        return None
    last = first
    while last + 1 < len(words) and last - first < 3 and _joined(words, last + 1) and not words[last].own:
        following = words[last + 1]
        if following.key in _PARTICLES and last + 2 < len(words) and words[last + 2].shape == "T":
            last += 2
        elif (following.shape == "T" and (following.flags & SURNAME or _namely(following))) or (
            following.shape == "l" and name.shape == "l" and following.sure
        ):
            last += 1
        else:
            break
    return at + 1, last


def _namely(word: _Word) -> bool:
    """Return whether a word with a capital may be a name though it is on no list."""
    return word.shape == "T" and (word.sure or (not word.flags and not guard_words.ordinary(word.key)))


# -- without one -------------------------------------------------------------------------------------------------------


def _run(words: list[_Word], at: int) -> list[int]:
    """Return the words from `at` on that may be one name together."""
    cased = words[at].shape in "TI"
    run: list[int] = []
    while at < len(words) and len(run) < 5:
        word = words[at]
        if run and (words[run[-1]].own or not _in_one_name(words, at)):
            break
        if run and word.key in PLACE_WORDS and word.shape == "T":
            break
        if word.shape == "I" and cased:
            if word.key == "i" and not run:
                break
        elif (
            run
            and word.key in _PARTICLES
            and at + 1 < len(words)
            and words[at + 1].shape == "T"
            and _joined(words, at + 1)
        ):
            pass
        elif word.shape == "T" and cased:
            if not (word.flags & (FIRST | SURNAME) or (not word.flags and not guard_words.ordinary(word.key))):
                break
        elif word.shape == "l" and not cased:
            if not (
                word.sure
                or (run and word.flags & SURNAME and word.key not in _MODAL)
                or (not run and word.own and word.sure)
            ):
                if not (run or not _after_naming(words, at) or word.flags & (WORD | PLACE)):
                    run.append(at)
                break
        else:
            break
        run.append(at)
        at += 1
    while run and words[run[-1]].shape == "I" and len(run) > 1:
        run.pop()
    return run


_MODAL = guard_words.signs("modal")
_OPENERS = guard_words.signs("openers")


def _in_one_name(words: list[_Word], at: int) -> bool:
    """Return whether a word may go on a name: after a space, an initial's full stop, or as in "SMITH, John"."""
    if _joined(words, at, dots=words[at - 1].shape == "I"):
        return True
    after_surname = words[at - 1].upper and words[at].gap in (", ", ",", "/") and words[at - 1].shape == "T"
    return after_surname and bool(words[at].flags & FIRST)


def _several(words: list[_Word], run: list[int]) -> tuple[int, int] | None:
    parts = [words[at] for at in run]
    if parts[0].shape == "l":
        if not parts[0].sure:
            return None
        if parts[0].flags & FIRST:
            return run[0], run[-1]
        return (run[0], run[-1]) if parts[1].sure else None
    if _of_a_dog(words, run[0]) and len(run) == 1:
        return None
    first = 0
    while (
        first < len(parts) - 1
        and parts[first].shape == "T"
        and parts[first].opens
        and (not parts[first].flags or (parts[first].flags & WORD and not parts[first].flags & FIRST))
        and (parts[first + 1].flags & FIRST and len(parts) - first > 2)
    ):
        first += 1
    parts = parts[first:]
    sure = [part for part in parts if part.shape == "T" and (part.sure or guard_words.shaped(part.key))]
    lead, tail = parts[0], parts[-1]
    if lead.shape == "I":
        dotted = parts[1].gap.startswith(".")
        good = bool(sure) or (dotted and (bool(tail.flags & SURNAME) or _namely(tail)))
    elif sure:
        good = True
    elif lead.flags & FIRST and tail.flags & SURNAME:
        good = not lead.flags & PLACE or not lead.opens
    elif lead.flags & FIRST and not tail.flags:
        good = not lead.opens or lead.key not in _OPENERS
    elif all(not part.flags and len(part.key) > 2 for part in parts):
        good = not lead.opens and not _the(words, run[0]) and len(parts) == 2
    else:
        good = _after_naming(words, run[0])
    return (run[first], run[-1]) if good else None


def _the(words: list[_Word], at: int) -> bool:
    return at > 0 and words[at - 1].key in ("the", "a", "an", "at", "in", "of", "near")


def _lone(words: list[_Word], at: int) -> bool:
    """Return whether a single word is a likely name, by what it is or by what stands around it."""
    word = words[at]
    if word.shape == "I" or _of_a_dog(words, at):
        return False
    naming = _after_naming(words, at)
    before = words[at - 1].key if at and words[at].gap in (" ", "  ", ", ", "/") else ""
    after = words[at + 1].key if at + 1 < len(words) and _joined(words, at + 1) else ""
    if word.shape == "l":
        if word.sure:
            return (bool(word.flags & FIRST) and len(word.key) > 3) or naming or before in _NEAR
        return naming and not word.flags and not guard_words.ordinary(word.key)
    if word.sure or guard_words.shaped(word.key):
        return True
    if word.flags & PLACE:
        return bool(word.flags & FIRST) and (naming or after in _SAYING)
    if word.flags & FIRST:
        if naming or (before in _NEAR and not word.opens) or word.own:
            return True
        return after in _SAYING or (after in _VERBS and not word.opens)
    if word.flags & SURNAME:
        return naming or (before in _STRONG_NEAR and not word.opens)
    return (
        (naming or before in _STRONG_NEAR or (after in _SAYING and not word.opens))
        and len(word.key) > 2
        and not word.opens
    )


def _after_naming(words: list[_Word], at: int) -> bool:
    """Return whether "called", "name is" and the like stand right before."""
    if not at or words[at].gap not in (" ", "  ", ": ", ":", " - ", ' "', " “", " '", " ‘"):
        return False
    before = words[at - 1].key
    if before in _NAMING and before not in ("known", "names"):
        return True
    return before in _AFTER_NAMING and at > 1 and words[at - 2].key in _NAMING - {"called", "named"}


def _of_a_dog(words: list[_Word], at: int) -> bool:
    """Return whether a lone name is a dog's, which is no personal data: one of the last three words speaks of a dog."""
    for back in range(at - 1, max(-1, at - 4), -1):
        if words[back].key in ("handler", "handlers", "by", "with", "owner"):
            return False
        if words[back].key in _DOGS:
            return True
        if words[back + 1].gap.strip(" ,"):
            return False
    return False
