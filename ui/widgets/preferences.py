"""What this person prefers of the window: size of text, colours, language. Kept beside the profile, unlocked."""

from contextlib import suppress
from dataclasses import asdict, dataclass
from pathlib import Path

from icv_app.files import private

FILE = "window.json"


@dataclass(frozen=True, slots=True, kw_only=True)
class Preferences:
    """`scale` is a percentage, 100 to 200; `dark` None follows the system; `language` is an ISO code, "cy".

    `lock_after` is how many minutes without key or mouse lock the laptop, 2 to 60: it cannot be turned off.
    """

    scale: int = 100
    dark: bool | None = None
    language: str = "en"
    lock_after: int = 10


def read(folder: Path) -> Preferences:
    """Return what was kept in `folder`; the usual look where nothing was, or nothing that can be understood."""
    path = folder / FILE
    if not path.exists():
        return Preferences()
    import json  # most starts have nothing to read

    try:
        held = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return Preferences()
    if not isinstance(held, dict):
        return Preferences()
    scale, dark, language = held.get("scale"), held.get("dark"), held.get("language")
    lock_after = held.get("lock_after")
    return Preferences(
        scale=scale if type(scale) is int and 100 <= scale <= 200 else 100,
        dark=dark if type(dark) is bool else None,
        language=language if isinstance(language, str) and language.isalpha() and len(language) <= 3 else "en",
        lock_after=lock_after if type(lock_after) is int and 2 <= lock_after <= 60 else 10,
    )


def keep(folder: Path, preferences: Preferences) -> None:
    """Keep them for the next start. Where that cannot be, the window looks as usual then: nothing else is lost."""
    import json

    with suppress(OSError):
        private.folder(folder)
        private.file(folder / FILE).write_text(json.dumps(asdict(preferences)), encoding="utf-8")
