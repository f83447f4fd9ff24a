"""One section of a paper form as one table: numbers, questions, and beside them room to answer.

The commonest short list of choices (Yes, No, Not applicable, Not checked) has columns of its own, named in the head of
the table on each page. A repeat has them for each of its rows: three people, three issues. Other choices stand below
their question; in a repeat each has a letter, and every row the letters to mark.
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import groupby
from string import ascii_uppercase
from typing import Any

from reportlab.pdfbase.pdfmetrics import stringWidth
from reportlab.platypus import Flowable

from forms.translation import tr
from reports.formats.grid import DataTable, Joined, Plan, grid
from reports.formats.lettering import QUIET, RULE, colour
from reports.formats.page import BODY_WIDTH
from reports.formats.text import keyed, paragraph, stacked
from reports.formats.typeface import SEMIBOLD, drawable
from reports.plain import clean
from reports.sheets.answer_space import Figures, Letters, Lines, Mark, Options, Upright
from reports.sheets.blank import Part, Question

NUMBER = 37.0
"""Points for the number before a question."""
SIDE_BY_SIDE = 3
"""How many rows of a repeat stand side by side; more take another table."""
_BESIDE = 184.0  # room beside a question of a part without shared columns
_TICK, _NARROW = 46.0, 21.5
_MOST_SHARED = 4
_FIGURES = 60.0  # room for the boxes of a number, where two numbers stand side by side
_BRIEF = 40  # letters of an answer printed beforehand that stands beside its question
_TALL = 1200  # letters of a question that no page may hold whole: it must break wherever the page ends
_HEAD, _PART, _WHITE = "#e6e9ec", "#f1f3f5", "#ffffff"
_PATTERNS = {
    "integer": "000",
    "decimal": "00.0",
    "time": "00:00",
    "date": "00/00/0000",
    "dateTime": "00/00/0000 00:00",
}


def tables(part: Part, copies: int) -> list[Any]:
    """Return the tables of a part; a repeat has room for `copies` rows."""
    if not part.repeated:
        return [Sheet(part, range(1, 2)).table()]
    return [
        Sheet(part, range(first, min(first + SIDE_BY_SIDE, copies + 1))).table()
        for first in range(1, max(copies, 1) + 1, SIDE_BY_SIDE)
    ]


def _every(part: Part) -> Iterator[Question]:
    for item in part.items:
        if isinstance(item, Question):
            yield item
        elif isinstance(item, Part):
            yield from _every(item)


def _tick(choices: Sequence[str]) -> float:
    """Return the points for the column of a choice: as many as the longest word over them needs, Welsh ones too."""
    words = [word for choice in choices for word in clean(choice, drawable()).split()]
    widest = float(max(stringWidth(word, SEMIBOLD, 9) for word in ("", *words)))
    return min(max(_TICK, widest + 7), 2 * _TICK)


class Sheet:
    """Lays out one table; `rows` are the numbers of a repeat's rows that it has columns for."""

    def __init__(self, part: Part, rows: range) -> None:
        self.part, self.rows, self.single = part, rows, not part.repeated
        self.tall = any(len(one.label) + len(one.small) + len(one.filled) > _TALL for one in _every(part))
        lists = Counter(
            one.choices for one in _every(part) if one.kind == "select_one" and 2 <= len(one.choices) <= _MOST_SHARED
        )
        best, count = (lists.most_common(1) or [((), 0)])[0]
        self.shared: tuple[str, ...] = best if count > 1 and not (self.tall and self.single) else ()
        self.each = max(len(self.shared), 1)
        if self.single:
            self.width = 1.0 if self.tall else _tick(self.shared) * len(self.shared) if self.shared else _BESIDE
        else:
            self.width = max(86.0, _NARROW * len(self.shared))
        self.wide = BODY_WIDTH - NUMBER - self.width * len(rows)
        self.cells: list[list[Any]] = []
        self.look: list[tuple[Any, ...]] = []

    def table(self) -> Any:
        """Return the table."""
        self._head()
        heads = len(self.cells)
        self._items(self.part.items)
        if len(self.cells) == heads:
            self._line("", "")
        lines = [
            ("LINEBEFORE", (2 + self.each * place, 0), (2 + self.each * place, -1), 0.9, colour(QUIET))
            for place in range(0 if not self.single else len(self.rows), len(self.rows))
        ]
        return grid(
            self.cells,
            [NUMBER, self.wide, *([self.width / self.each] * (self.each * len(self.rows)))],
            DataTable(heads, headed=2, summary=clean(self.part.title)) if heads else Joined(),
            [
                ("LEFTPADDING", (2, 0), (-1, -1), 1),
                ("RIGHTPADDING", (2, 0), (-1, -1), 1),
                ("LINEBELOW", (0, 0), (-1, -1), 0.5, colour(RULE)),
                *([("BACKGROUND", (0, 0), (-1, heads - 1), colour(_HEAD))] if heads else []),
                *lines,
                *self.look,
            ],
            padding=(2.5, 4, 3.5, 2),
            repeatRows=heads,
            splitInRow=int(self.tall),
            spaceAfter=2,
        )

    # -- lines of the table --------------------------------------------------------------------------------------------

    def _line(self, first: Any, second: Any, answers: Sequence[Any] = ()) -> int:
        rest = [*answers, *([""] * (self.each * len(self.rows) - len(answers)))]
        self.cells.append([first, second, *rest])
        return len(self.cells) - 1

    def _style(self, row: int, *commands: tuple[Any, ...]) -> None:
        """Add commands (name, first column, last column, values ...) for one line of the table."""
        for name, first, last, *values in commands:
            if not (self.tall and name == "SPAN" and first == 1):  # reportlab loses words where a span is split
                self.look.append((name, (first, row), (last, row), *values))

    def _together(self, first: int, last: int) -> None:
        """Keep lines of the table on one page, if there is a page that holds them."""
        if not self.tall:
            self.look.append(("NOSPLIT", (0, first), (0, last)))

    def _merged(self, row: int) -> None:
        """Give each of the rows one wide cell in this line."""
        for place in range(len(self.rows)):
            start = 2 + place * self.each
            self._style(row, ("SPAN", start, start + self.each - 1), ("LINEBEFORE", start, start, 0.9, colour(QUIET)))
        self._style(row, ("LEFTPADDING", 2, -1, 6), ("RIGHTPADDING", 2, -1, 4))

    def _spread(self, things: Sequence[Any]) -> list[Any]:
        return [cell for thing in things for cell in (thing, *([""] * (self.each - 1)))]

    def _head(self) -> None:
        if not self.single:
            titles = [
                paragraph(tr("{title} {number}", title=self.part.title, number=row), "column") for row in self.rows
            ]
            self._merged(self._line("", "", self._spread(titles)))
        if self.shared and self.single:
            row = self._line("", "", [paragraph(choice, "column") for choice in self.shared])
            self._style(row, ("VALIGN", 2, -1, "MIDDLE"))
        elif self.shared:
            tall = max(stringWidth(clean(choice, drawable()), SEMIBOLD, 9) for choice in self.shared) + 4
            row = self._line("", "", [Upright(choice, min(tall, 70)) for _ in self.rows for choice in self.shared])
            self._style(row, ("VALIGN", 2, -1, "BOTTOM"))

    # -- what stands in them -------------------------------------------------------------------------------------------

    def _items(self, items: Sequence[str | Question | Part]) -> None:
        figures: list[Question] = []
        for item in _once(items):
            if self.single and isinstance(item, Question) and item.kind == "integer" and not item.filled:
                figures.append(item)
                continue
            self._figures(figures)
            figures = []
            if isinstance(item, Question):
                self._question(item)
            elif isinstance(item, Part):
                small = " ".join(filter(None, (*item.conditions, item.hint)))
                row = self._line(stacked(item.title, small, "asked_part"), "")
                self._style(row, ("SPAN", 0, -1), ("BACKGROUND", 0, -1, colour(_PART)))
                self._together(row, row + 1)
                self._items(item.items)
            else:
                row = self._line(paragraph(item, "asked"), "")
                self._style(row, ("SPAN", 0, -1))
                self._together(row, row + 1)
        self._figures(figures)

    def _figures(self, questions: Sequence[Question]) -> None:
        """Set numbers two by two."""
        if len(questions) == 1:
            self._question(questions[0])
            return
        half = BODY_WIDTH / 2
        for first in range(0, len(questions), 2):
            pair = questions[first : first + 2]
            cells = [cell for one in pair for cell in (_number(one), self._words(one), Figures(_PATTERNS["integer"]))]
            widths = [NUMBER, half - NUMBER - _FIGURES, _FIGURES] * len(pair)
            inner = grid([cells], widths, Plan(), padding=(0, 4, 0, 2), splitInRow=1)
            row = self._line(inner, "")
            self._style(row, ("SPAN", 0, -1), ("LEFTPADDING", 0, 0, 0))

    def _words(self, question: Question) -> list[Any]:
        told = f"{question.label} *" if question.required else question.label
        found = [paragraph(told, "asked")]
        if question.small:
            found.append(paragraph(question.small, "asked_hint"))
        return found

    def _question(self, question: Question) -> None:
        if question.choices and question.kind == "select_one" and set(question.choices) <= set(self.shared):
            self._shared(question)
        elif self.single:
            self._single(question)
        elif question.choices:
            keys = list(zip(ascii_uppercase, question.choices, strict=False))
            words = [*self._words(question), keyed(keys, "asked_key")]
            marks = [
                Letters([letter for letter, _ in keys], several=question.kind == "select_multiple") for _ in self.rows
            ]
            self._merged(self._line(_number(question), words, self._spread(marks)))
        elif question.kind in ("integer", "time"):
            boxes = [Figures(_PATTERNS[question.kind]) for _ in self.rows]
            self._merged(self._line(_number(question), self._words(question), self._spread(boxes)))
        elif question.kind == "text" and question.lines == 1:
            lines = [Lines(1) for _ in self.rows]
            self._merged(self._line(_number(question), self._words(question), self._spread(lines)))
        else:
            self._for_each(question)

    def _shared(self, question: Question) -> None:
        marks = [Mark(choice, several=False) if choice in question.choices else "" for choice in self.shared]
        row = self._line(_number(question), self._words(question), marks * len(self.rows))
        for place in range(len(self.rows)):
            start = 2 + place * self.each
            self._style(row, ("LINEBEFORE", start, start, 0.9 if not self.single else 0.4, colour(QUIET)))
            if self.each > 1:
                self._style(row, ("LINEBEFORE", start + 1, start + self.each - 1, 0.4, colour(RULE)))

    def _single(self, question: Question) -> None:
        answer = _room(question)
        fits = isinstance(answer, (Figures, Options)) and answer.natural() <= self.width - 8
        if not self.tall and (fits or (question.filled and len(question.filled) <= _BRIEF)):
            row = self._line(_number(question), self._words(question), [answer])
            self._style(row, ("SPAN", 2, -1), ("LEFTPADDING", 2, -1, 6))
            return
        told = f"{question.label} *" if question.required else question.label
        start = self._line(_number(question), stacked(told, question.small, "asked"))
        row = self._line("", answer)
        self._style(start, ("SPAN", 1, -1), ("LINEBELOW", 0, -1, 0, colour(_WHITE)), ("BOTTOMPADDING", 0, -1, 1))
        self._style(row, ("SPAN", 1, -1), ("TOPPADDING", 0, -1, 3))
        self._together(start, row)

    def _for_each(self, question: Question) -> None:
        """Give each row of a repeat lines across the page."""
        told = f"{question.label} *" if question.required else question.label
        start = self._line(_number(question), stacked(told, question.small, "asked"))
        if question.kind == "text":
            rooms: list[Flowable] = [Lines(max(question.lines - 1, 1), str(row)) for row in self.rows]
        else:
            rooms = [Figures(_PATTERNS.get(question.kind, "000"), str(row)) for row in self.rows]
        row = self._line("", rooms)
        self._style(start, ("SPAN", 1, -1), ("LINEBELOW", 0, -1, 0, colour(_WHITE)), ("BOTTOMPADDING", 0, -1, 0))
        self._style(row, ("SPAN", 1, -1), ("TOPPADDING", 0, -1, 0))
        self._together(start, row)


def _once(items: Sequence[str | Question | Part]) -> Iterator[str | Question | Part]:
    """Yield the items; what three or more in a row hang on, a tick of their own in one question, is said once above."""
    for ticked, run in groupby(items, key=lambda item: item.ticked_in if isinstance(item, Question) else ""):
        asked = list(run)
        if ticked and len(asked) > 2:
            yield tr("Only for what is ticked in {question}.", question=ticked)
            yield from (replace(item, conditions=()) if isinstance(item, Question) else item for item in asked)
        else:
            yield from asked


def _number(question: Question) -> Any:
    return paragraph(question.number, "asked_number")


def _room(question: Question) -> Any:
    """Return the room for the answer to a question that is asked once."""
    if question.filled:
        return paragraph(question.filled, "answered")
    if question.choices:
        return Options(question.choices, several=question.kind == "select_multiple")
    match question.kind:
        case "time":
            return Figures(_PATTERNS["time"], tr("hh:mm"))
        case "date":
            return Figures(_PATTERNS["date"])
        case "integer" | "decimal" | "dateTime":
            return Figures(_PATTERNS[question.kind])
    return Lines(question.lines)
