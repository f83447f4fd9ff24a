"""Which keystrokes belong together, so that undo takes back a sentence and not a page, nor one letter."""

_ENDS = (". ", "! ", "? ", "\n")


class Strokes:
    """Follows the typing in one box after another."""

    def __init__(self) -> None:
        self._direction = 0  # 1: letters come, -1: they go, 0: whatever comes next is new

    def begins(self, before: str, after: str) -> bool:
        """Return whether the step from `before` to `after` starts an edit of its own.

        A paste and a cut do, a turn from writing to deleting, and a new sentence or line.
        """
        step = len(after) - len(before)
        turned = self._direction not in (0, step)
        fresh = abs(step) != 1 or turned or (step == 1 and before.endswith(_ENDS))
        self._direction = step if abs(step) == 1 else 2  # 2: nothing goes on from a paste
        return fresh

    def rest(self) -> None:
        """Forget the last stroke: the focus went elsewhere, or something was undone."""
        self._direction = 0
