"""Synonyms: words that shops use for the same thing."""

from typing import Annotated

from pydantic import AfterValidator, Field, StringConstraints

from bot.domain.article_fields import Strict, Text

MAX_WORDS = 5
GroupName = Annotated[str, StringConstraints(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$", max_length=40)]


def _short(text: str) -> str:
    if len(text.split()) > MAX_WORDS:
        raise ValueError(f"{len(text.split())} words (allowed: at most {MAX_WORDS})")
    return text


_Expression = Annotated[Text, AfterValidator(_short)]
_Group = Annotated[list[_Expression], Field(min_length=1)]


class SynonymGroups(Strict):
    """The content of synonyms.yaml."""

    groups: dict[GroupName, _Group] = Field(
        default={},
        description=f"Groups of words that mean the same, each of 1 to {MAX_WORDS} words; a word "
        "is in one group only. They help to find articles for descriptions, and answer nothing",
    )
