"""What can go wrong, in three branches: the input, the surroundings, and our own bugs (which are never caught).

Every error carries the words that a person is shown and a stable code that tests and messages rely on. The exit
statuses are those of `interfaces.md` §1.
"""


class IcvError(Exception):
    """A failure that the program expected. `str(error)` is plain British English for the person at the laptop."""

    status = 1  # exit status of the command line

    def __init__(self, code: str, words: str) -> None:
        super().__init__(words)
        self.code = code
        self.words = words


class InvalidInput(IcvError):
    """The answer, the file or the command is wrong; nothing was written. Exit status 2."""

    status = 2


class Unavailable(IcvError):
    """The surroundings are at fault: share away, disk full, profile in use, newer format. Nothing is lost. Status 3."""

    status = 3
