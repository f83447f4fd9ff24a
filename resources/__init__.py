"""Files that travel with the program: fonts, icons, the example scheme, help pages."""

from gettext import GNUTranslations
from importlib.resources import as_file, files
from pathlib import Path


def path(name: str) -> Path:
    """Return the path of the resource `name`, a relative path with forward slashes, such as "fonts/x.ttf".

    Raises FileNotFoundError where the program was installed without it.
    """
    with as_file(files("resources").joinpath(name)) as found:
        if not found.exists():
            raise FileNotFoundError(name)
        return found


def text(name: str, language: str = "") -> str:
    """Return the text of the UTF-8 resource `name`: "help.txt" in `language` "cy" is help.cy.txt, if there is one.

    Raises FileNotFoundError where it is missing.
    """
    stem, _, ending = name.rpartition(".")
    if language:
        try:
            return path(f"{stem}.{language}.{ending}").read_text(encoding="utf-8")
        except FileNotFoundError:
            pass
    return path(name).read_text(encoding="utf-8")


def catalogue(language: str) -> GNUTranslations | None:
    """Return the program's messages in `language` (an ISO code, "cy"); None for English and where there are none."""
    try:
        compiled = path(f"locale/{language}/LC_MESSAGES/icv.mo")
    except FileNotFoundError:
        return None
    with compiled.open("rb") as stream:
        return GNUTranslations(stream)
