"""Texts in an article's file that test whether it is recognised."""

from pydantic import Field

from bot.domain.article_fields import Strict, Text, TextOrKeys


class Example(TextOrKeys):
    """A paste, with the values that must be captured from it; in YAML, a text alone is enough."""

    text: Text
    captures: dict[str, Text | list[Text]] = Field(
        default={},
        description="Value of each {name} in the paste, or a list where it holds several",
    )

    @property
    def values(self) -> dict[str, tuple[str, ...]]:
        """The expected values, in the form of `Match.values`."""
        return {
            name: (one,) if isinstance(one, str) else tuple(one)
            for name, one in self.captures.items()
        }


class Examples(Strict):
    """Texts that test whether the article is recognised."""

    match: list[Example] = Field(
        description="Pastes that this article must answer, at least one with the value of each variable part"
    )
    near_miss: list[Text] = Field(
        description="Texts that look alike and must not be answered with this article"
    )
