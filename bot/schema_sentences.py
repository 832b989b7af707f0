"""Sentences for what pydantic finds wrong in a file: what is wrong, and what is allowed."""

from collections.abc import Mapping
from types import UnionType
from typing import Annotated, Any, Union, cast, get_args, get_origin

from pydantic import BaseModel, RootModel
from pydantic_core import ErrorDetails

_NO_DATE = "not a date (allowed: YYYY-MM-DD)"
_NO_KEYS = "not a list of `key: value` lines"
_EXPLANATIONS = {
    "missing": "missing; it is required",
    "date_from_datetime_parsing": _NO_DATE,
    "date_type": _NO_DATE,
    "date_parsing": _NO_DATE,
    "mapping_type": _NO_KEYS,
    "dict_type": _NO_KEYS,
    "model_type": _NO_KEYS,
    "tuple_type": "not a list (allowed: [one, two])",
    "string_type": "not a text; put it in quotes",
}


def sentence_for(details: ErrorDetails, model: type[BaseModel]) -> str:
    """Return what is wrong, and what is allowed, for an error of pydantic's."""
    context = cast("Mapping[str, Any]", details.get("ctx", {}))
    match details["type"]:
        case "extra_forbidden":
            part = _model_at(model, details["loc"][:-1])
            return f"unknown key (allowed: {', '.join(_keys(part))})"
        case "string_pattern_mismatch":
            return f"has the wrong form (allowed: {context['pattern']})"
        case "value_error":
            return str(context["error"])
    return _EXPLANATIONS.get(details["type"]) or details["msg"][0].lower() + details["msg"][1:]


def _keys(model: type[BaseModel]) -> list[str]:
    """Return the keys that a file may have; others are filled by validators."""
    return [
        name
        for name, field_info in model.model_fields.items()
        if not any(type(one).__name__ == "SkipJsonSchema" for one in field_info.metadata)
    ]


def _model_at(model: type[BaseModel], path: tuple[str | int, ...]) -> type[BaseModel]:
    """Return the innermost model on the way to a value."""
    here: Any = model
    for part in path:
        if isinstance(here, type) and issubclass(here, RootModel):
            here = here.model_fields["root"].annotation
        if isinstance(here, type) and issubclass(here, BaseModel):
            model, here = here, here.model_fields[str(part)].annotation
        else:
            here = get_args(here)[-1]
        here = _without_wrapping(here)
    return here if isinstance(here, type) and issubclass(here, BaseModel) else model


def _without_wrapping(annotation: Any) -> Any:
    """Return the type in `Annotated[type, …]` or `type | None`."""
    while get_origin(annotation) in {Annotated, Union, UnionType}:
        annotation = get_args(annotation)[0]
    return annotation
