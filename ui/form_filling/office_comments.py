"""What the office asks to have put right in the report that is being corrected: each comment at its question."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from forms.draft import Draft
from forms.form import Place
from forms.translation import tr
from icv_app.clock import LONDON
from icv_app.storage.report_state import Comment
from icv_app.wording import day_words


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """One comment: `place` is its question, None where it is about the whole report or its question is gone."""

    place: Place | None
    words: str


class OfficeComments:
    """The comments of one draft, by place; none for a report that nobody sent back."""

    def __init__(self, draft: Draft, comments: Sequence[Comment] = ()) -> None:
        self._draft = draft
        self.every = tuple(Asked(place=self._place(each.path), words=_words(each)) for each in comments)
        self._at: dict[Place, list[str]] = {}
        for asked in self.every:
            if asked.place is not None:
                self._at.setdefault(asked.place, []).append(asked.words)

    def at(self, place: Place) -> str:
        """Return what is asked at a question, a line each; "" where nothing is."""
        return "\n".join(self._at.get(place, ()))

    def of_the_whole(self) -> str:
        """Return what is asked of the report as a whole, a line each."""
        return "\n".join(each.words for each in self.every if each.place is None)

    def count(self, section: str) -> int:
        """Return how many comments stand at questions of a section."""
        return sum(len(lines) for place, lines in self._at.items() if self._draft.section_of(place) == section)

    def _place(self, path: str) -> Place | None:
        repeat, _, rest = path.partition("/")
        row, _, name = rest.partition("/")
        try:
            place = Place(name, repeat, row) if rest else Place(path)
            if path and self._draft.label(place) and (not rest or row in self._draft.rows(repeat)):
                return place
        except (KeyError, IndexError):
            pass
        return None


def _words(comment: Comment) -> str:
    try:
        day = day_words(datetime.fromisoformat(comment.at).astimezone(LONDON))
    except (ValueError, OverflowError):
        day = comment.at
    return tr("Comment by {person}, {date}: {words}", person=comment.by, date=day, words=comment.words)
