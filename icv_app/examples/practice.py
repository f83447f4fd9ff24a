"""The practice scheme: the bundled example on this laptop alone, to try things with. It is never shared."""

from pathlib import Path

from icv_app.laptop import Laptop
from icv_app.profiles.vault import Strength
from resources import path

FOLDER = "practice"  # inside the profile's folder
SCHEME = "Practice scheme"
PERSON = "ICV01"
PASSPHRASE = "practice only"  # noqa: S105  (it locks nothing but invented reports)


def open_practice(folder: Path) -> Laptop:
    """Open the practice scheme inside the profile folder `folder`, made from the example on first use."""
    inside = folder / FOLDER
    if Laptop.exists(inside):
        return Laptop.unlock(inside, PASSPHRASE)
    laptop = Laptop.start(
        inside, scheme=SCHEME, person=PERSON, role="coordinator", passphrase=PASSPHRASE, strength=Strength.LIGHT
    )
    laptop.import_folder(path("example/visits.csv").parent)
    return laptop


def is_practice(laptop: Laptop) -> bool:
    """Return whether `laptop` is the practice scheme, in which nothing may be shared or handed over."""
    return laptop.profile.folder.name == FOLDER and laptop.identity.scheme == SCHEME
