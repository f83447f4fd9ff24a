"""Choosing by typing: the number of a choice, or the first letters of its words, as on a paper form."""

from collections.abc import Sequence

from forms.form import Choice
from forms.translation import tr


def pick(choices: Sequence[Choice], text: str, language: str = "") -> str:
    """Return the name of the choice that a text means: "2" the second, "not c" the only one that begins so.

    Raises ValueError, with words for the person, where it means none or more than one.
    """
    typed = " ".join(text.split()).casefold()
    if typed.isdecimal():
        if 1 <= int(typed) <= len(choices):
            return choices[int(typed) - 1].name
        raise ValueError(tr("There is no answer {number}. They go from 1 to {last}.", number=typed, last=len(choices)))
    labels = [(" ".join(choice.label(language).split()).casefold(), choice.name) for choice in choices]
    exact = [name for label, name in labels if label == typed]
    begun = exact or [name for label, name in labels if typed and label.startswith(typed)]
    begun = begun or [name for _, name in labels if name.casefold() == typed]
    # "No" is also how "Not applicable" begins: the shortest wins only where it is typed in full.
    if len(begun) == 1:
        return begun[0]
    if begun:
        raise ValueError(tr("More than one answer begins with “{text}”. Type its number.", text=text.strip()))
    raise ValueError(tr("No answer begins with “{text}”. Type its number.", text=text.strip()))


def pick_several(choices: Sequence[Choice], text: str, language: str = "") -> str:
    """Return the names, parted by spaces, of what "1, 3" or "1 3" or "fo, he" means. Raises ValueError as `pick`."""
    if all(part.isdecimal() for part in text.split()):
        parts = text.split()
    else:
        parts = [part.strip() for part in text.split(",") if part.strip()]
    return " ".join(dict.fromkeys(pick(choices, part, language) for part in parts))
