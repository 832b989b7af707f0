"""Boxes in, text out."""

from __future__ import annotations

from math import cos, radians, sin

from bot.attachments.layout import Box, deskew, join_text

Cell = tuple[float, float, str]


def boxes(*cells: Cell) -> list[Box]:
    """Across, down, text; letters of 8 x 20 pixels."""
    return [Box(x, y, x + 8 * len(text), y + 20, text) for x, y, text in cells]


class TestAPicture:
    def test_is_read_row_by_row(self) -> None:
        assert join_text(
            boxes((300, 42, "INV-7"), (0, 0, "Xero"), (45, 1, "sync"), (0, 40, "Failed"))
        ) == ("Xero sync\nFailed   INV-7")

    def test_says_a_paragraph_once_where_its_rows_say_it(self) -> None:
        lines = boxes(
            (0, 0, "A Contact must be specified for"), (0, 22, "this type of transaction")
        )
        assert join_text(lines) == "A Contact must be specified for\nthis type of transaction"

    def test_joins_a_message_that_is_wrapped_in_a_column(self) -> None:
        text = join_text(
            boxes(
                (400, 0, "A Contact must be"),
                (0, 22, "09/05/2026"),
                (200, 22, "Error"),
                (400, 22, "specified for this"),
                (700, 22, "Retry"),
                (400, 44, "type of transaction"),
            )
        )
        assert "A Contact must be specified for this type of transaction" in text.split("\n")

    def test_joins_no_rows_of_a_table(self) -> None:
        rows = [
            (x, 24 * y, text)
            for y in range(5)
            for x, text in ((0, f"INV-{y}"), (200, "Contact updated in Xero"))
        ]
        assert len(join_text(boxes(*rows)).split("\n")) == 5

    def test_begins_a_paragraph_where_the_line_had_room(self) -> None:
        text = join_text(
            boxes(
                (0, 0, "Account"), (0, 21, "Invoice could not be found today"), (400, 10, "Retry")
            )
        )
        assert "Account Invoice" not in text

    def test_that_is_held_aslant_is_set_straight(self) -> None:
        slope = radians(6)
        read = []
        for box in boxes(
            (0, 0, "Date"),
            (600, 0, "Message"),
            (0, 40, "Monday"),
            (600, 40, "Invoice could not be found"),
        ):
            corners = (
                (box.left, box.top),
                (box.right, box.top),
                (box.right, box.bottom),
                (box.left, box.bottom),
            )
            turned = [
                (x * cos(slope) - y * sin(slope), x * sin(slope) + y * cos(slope))
                for x, y in corners
            ]
            read.append((turned, box.text, 0.9))
        assert join_text(deskew(read)) == "Date   Message\nMonday   Invoice could not be found"

    def test_without_words_is_no_text(self) -> None:
        assert join_text([]) == ""
        assert deskew([]) == []
