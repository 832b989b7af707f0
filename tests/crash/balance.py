"""The count of one kind of thing."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass
class Balance:
    """The count of one kind of thing.

    `wrong`: what is lost or doubled, in words. `word`: what to call a fault where nothing can be
    doubled.
    """

    word: str = ""
    expected: int = 0
    lost: int = 0
    doubled: int = 0
    wrong: list[str] = field(default_factory=list)

    def book(self, name: str, found: int, expected: int = 1) -> None:
        """Count the things that there are, and those that there should be."""
        self.expected += expected
        self.lost += max(0, expected - found)
        self.doubled += max(0, found - expected)
        if found != expected:
            self.wrong.append(f"{name}: {found} in place of {expected}")

    def __add__(self, other: Balance) -> Balance:
        return Balance(
            other.word,
            self.expected + other.expected,
            self.lost + other.lost,
            self.doubled + other.doubled,
            self.wrong + other.wrong,
        )

    def __str__(self) -> str:
        return (
            f"{self.word} {self.lost}" if self.word else f"lost {self.lost} doubled {self.doubled}"
        )
