"""A slot that calls something with a value fixed beforehand, whatever the signal itself carries."""

from collections.abc import Callable


class FixedCall:
    """Calls `function(value)`; made for buttons that stand in a list, one for each line."""

    def __init__(self, function: Callable[[str], object], value: str) -> None:
        self._function = function
        self._value = value

    def __call__(self, *_: object) -> None:
        self._function(self._value)
