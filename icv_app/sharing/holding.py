"""A holding: what one file has of one writer's rows, in a line that compares with another file's in a glance."""

from dataclasses import dataclass
from itertools import pairwise


@dataclass(frozen=True, slots=True, kw_only=True)
class Holding:
    """What a file holds of one replica: `n` rows whose ids XOR to `digest`, the last of them `max_rev` at `max_seq`.

    `first` is the lowest sequence number where the rows are one unbroken chain from there to `max_seq`, else 0. A
    chain commits to each of its rows by the last one, so two files that agree on that row agree on the common stretch.
    A count that equals the highest number is no proof of it (`sync.md` §0.6).
    """

    n: int
    max_seq: int
    max_rev: bytes
    digest: bytes
    first: int

    @property
    def linear(self) -> bool:
        """Whether the rows are exactly 1 to n, each naming the one before."""
        return self.first == 1

    def same(self, other: "Holding") -> bool:
        """Return whether both hold the same set of rows."""
        return (self.n, self.digest) == (other.n, other.digest)


Vector = dict[bytes, Holding]


def first_of(links: list[tuple[int, bytes, bytes | None]]) -> int:
    """Return the lowest number of ordered (seq, rev, prev) rows that are one unbroken chain from above 1, else 0."""
    for (seq, rev, _), (next_seq, _, prev) in pairwise(links):
        if next_seq != seq + 1 or prev != rev:
            return 0
    return links[0][0] if links and links[0][0] > 1 else 0
