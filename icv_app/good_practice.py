"""Good practice: the positive comments of a period, counted by what they are about. Pure; no text of anybody's."""

from collections import Counter
from collections.abc import Iterable

from icv_app.summary import Finding


def by_theme(findings: Iterable[Finding]) -> tuple[tuple[str, int], ...]:
    """Return each theme with the number of positive comments about it, the commonest first; no theme is "other"."""
    found = Counter(finding.theme or "other" for finding in findings if finding.kind == "positive_comment")
    return tuple(sorted(found.items(), key=lambda each: (-each[1], each[0])))
