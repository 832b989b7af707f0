"""Families: articles that are easily taken for each other, and the question between them."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Annotated

from pydantic import AfterValidator, Field, StringConstraints, field_validator

from bot.domain.article_fields import ArticleId, NamedText, Strict

MAX_QUESTION, MAX_ANSWER = 75, 40
"""Characters; an answer is a button, of which a phone shows about 40."""
MIN_ANSWERS, MAX_ANSWERS = 2, 6


@dataclass(frozen=True)
class Family:
    """Articles that one question tells apart. `answers`: a button's words by id of the article."""

    id: str
    question: str
    answers: Mapping[str, str]


def _one_line(text: str) -> str:
    """Return a text without line breaks, and without bold: a button has neither."""
    line = " ".join(text.replace("*", "").split())
    if not line:
        raise ValueError("has no words")
    if "{" in line or "}" in line:
        raise ValueError(
            "braces around something else (allowed: {product}, and {pos.name} or {xero.name} of "
            "names.yaml)"
        )
    return line


def _short(text: str, limit: int) -> str:
    if len(text) > limit:
        raise ValueError(f"{len(text)} characters (allowed: at most {limit})")
    return text


def _question(text: str) -> str:
    if not text.endswith("?"):
        raise ValueError("not a question (allowed: a sentence that ends with ?)")
    return _short(text, MAX_QUESTION)


def _answer(text: str) -> str:
    return _short(text, MAX_ANSWER)


FamilyId = Annotated[str, StringConstraints(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$", max_length=40)]
_Question = Annotated[
    NamedText,
    AfterValidator(_one_line),
    AfterValidator(_question),
    Field(json_schema_extra={"maxLength": MAX_QUESTION, "pattern": r"\?$"}),
]
_Answer = Annotated[
    NamedText,
    AfterValidator(_one_line),
    AfterValidator(_answer),
    Field(json_schema_extra={"maxLength": MAX_ANSWER}),
]


class FamilyInFile(Strict):
    """A family in families.yaml, below its id."""

    question: _Question = Field(
        description=f"What tells its articles apart, at most {MAX_QUESTION} characters"
    )
    answers: dict[ArticleId, _Answer] = Field(
        description=f"{MIN_ANSWERS} to {MAX_ANSWERS} ids of articles, each with the words of its "
        f"button, at most {MAX_ANSWER} characters",
        json_schema_extra={"minProperties": MIN_ANSWERS, "maxProperties": MAX_ANSWERS},
    )

    @field_validator("answers")
    @classmethod
    def _tell_apart(cls, answers: dict[str, str]) -> dict[str, str]:
        if not MIN_ANSWERS <= len(answers) <= MAX_ANSWERS:
            raise ValueError(f"{len(answers)} answers (allowed: {MIN_ANSWERS} to {MAX_ANSWERS})")
        ids: dict[str, str] = {}
        for article_id, answer in answers.items():
            if (other := ids.setdefault(answer.casefold(), article_id)) != article_id:
                raise ValueError(f"{article_id}: {answer!r} is the answer of {other} already")
        return answers


class Families(Strict):
    """The content of families.yaml."""

    families: dict[FamilyId, FamilyInFile] = Field(
        default={}, description="Families by id: articles that are easily taken for each other"
    )
