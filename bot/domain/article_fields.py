"""Types of the texts in an article's file, and what their braces may hold."""

import re
from typing import Annotated, Any

from pydantic import (
    AfterValidator,
    BaseModel,
    ConfigDict,
    GetJsonSchemaHandler,
    StringConstraints,
    ValidationInfo,
    model_validator,
)
from pydantic.json_schema import JsonSchemaValue
from pydantic_core import CoreSchema

PLACEHOLDER = re.compile(r"\{([a-z][a-z0-9_]*)\}")
"""A variable part of a message."""
FILL_IN = re.compile(r"\{([a-z][a-z0-9_]*)\|([^{}|]+)\}")
"""A captured value in a sentence, and the words shown without it."""
_LEFTOVER_BRACE = re.compile(r"[{}]")
_NOTHING_KEPT: set[str] = set()


class Strict(BaseModel):
    """A part of a file: immutable, without unknown keys."""

    model_config = ConfigDict(extra="forbid", frozen=True, defer_build=True)

    def model_post_init(self, _context: Any, /) -> None:
        """Drop which keys were given: nothing asks for it, and all articles would keep 1.4 MB."""
        object.__setattr__(self, "__pydantic_fields_set__", _NOTHING_KEPT)


class TextOrKeys(Strict):
    """A part of a file for which a text alone is enough: the value of its first key."""

    @model_validator(mode="before")
    @classmethod
    def _of_text(cls, given: Any) -> Any:
        return {next(iter(cls.model_fields)): given} if isinstance(given, str) else given

    @classmethod
    def __get_pydantic_json_schema__(
        cls, core: CoreSchema, handler: GetJsonSchemaHandler
    ) -> JsonSchemaValue:
        return {"anyOf": [{"type": "string", "minLength": 1}, handler(core)]}


def _message(text: str) -> str:
    if _LEFTOVER_BRACE.search(PLACEHOLDER.sub("", text)):
        raise ValueError("braces around something else (allowed: {name}, in lower case)")
    if not re.search(r"[A-Za-z]{3}", PLACEHOLDER.sub("", text)):
        raise ValueError("has only variable parts; a message needs words of its own")
    return text


def _label(text: str) -> str:
    words, _, name = text.rpartition(" ")
    if (
        not PLACEHOLDER.fullmatch(name)
        or not re.search(r"[A-Za-z]{3}", words)
        or _LEFTOVER_BRACE.search(words)
    ):
        raise ValueError(
            "not a label (allowed: words and one variable part, such as Retry-After: {seconds})"
        )
    return text


def _named(text: str, info: ValidationInfo) -> str:
    """Return the text with the names of names.yaml; rows hold texts that have them already."""
    return str(info.context.names.filled(text)) if info.context else text


def _prose(text: str, info: ValidationInfo) -> str:
    if "{" not in text and "}" not in text:
        return text  # as most are
    text = _named(text, info)
    if _LEFTOVER_BRACE.search(FILL_IN.sub("", text)):
        raise ValueError(
            "braces around something else (allowed: {name|words shown without a value}, "
            "{product}, and {pos.name} or {xero.name} of names.yaml)"
        )
    return text


Text = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=12_000)]
NamedText = Annotated[Text, AfterValidator(_named)]
"""May hold `{product}` and other names of names.yaml."""
Prose = Annotated[Text, AfterValidator(_prose)]
"""May hold names and captured values, and `*bold*` for names on the screen."""
MessagePattern = Annotated[Text, AfterValidator(_message)]
NumberLabel = Annotated[Text, AfterValidator(_label)]
ArticleId = Annotated[str, StringConstraints(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$", max_length=80)]
Key = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_]*$", max_length=40)]
"""Name of a cause, a procedure or a menu."""
Url = Annotated[str, StringConstraints(pattern=r"^https://[^\s<>|]+$", max_length=3_000)]
