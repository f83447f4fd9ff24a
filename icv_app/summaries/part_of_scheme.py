"""Part of a scheme: what a reader is told where the laptop that counted may read only some of the scheme's reports."""

from forms.translation import tr


def words() -> str:
    """Return the caveat of everything that is counted on a visitor's laptop."""
    return tr(
        "Made on a visitor's laptop, which may read only some of the scheme's reports: these are not the scheme's "
        "figures. The office's summary counts them all."
    )
