"""The refusal of a form definition: which sheet, row, column and construct, and why."""

from forms.translation import tr


class ConstructRefused(ValueError):
    """An expression holds something that this program does not know: the `construct`, and why, in plain words."""

    def __init__(self, construct: str, reason: str) -> None:
        super().__init__(f"{construct}: {reason}" if construct else reason)
        self.construct = construct
        self.reason = reason


class FormRefused(ValueError):
    """A form cannot be loaded. `row` is the number in the survey or choices sheet, from 1 (0: the whole sheet)."""

    def __init__(
        self, reason: str, *, sheet: str = "survey", row: int = 0, column: str = "", construct: str = ""
    ) -> None:
        self.reason = reason
        self.sheet = sheet
        self.row = row
        self.column = column
        self.construct = construct
        place = ", ".join(
            part
            for part in (
                sheet and tr("{sheet} sheet", sheet=sheet),
                row and tr("row {row}", row=row),
                column and tr("column {column}", column=column),
            )
            if part
        )
        super().__init__(": ".join(part for part in (place, construct, reason) if part))
