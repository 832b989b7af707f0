"""Files that people write in YAML: strict, each fault with its line, its key and what is allowed."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Annotated, Any, Generic, TypeVar, cast, get_args, get_origin

import yaml
from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from bot.domain.errors import Fault

M = TypeVar("M", bound=BaseModel)
At = tuple[str | int, ...]
_Lines = dict[At, int]


class _StrictLoader(yaml.CSafeLoader if hasattr(yaml, "CSafeLoader") else yaml.SafeLoader):  # type: ignore[misc]
    """YAML without surprises: what reads like a number, `yes` or `off` stays as it was written, dates excepted."""


_StrictLoader.yaml_implicit_resolvers = {
    first: [(tag, pattern) for tag, pattern in resolvers if tag == "tag:yaml.org,2002:timestamp"]
    for first, resolvers in yaml.SafeLoader.yaml_implicit_resolvers.items()
}


@dataclass(frozen=True)
class Form(Generic[M]):
    """What a file holds. `name` stands for a key where a fault has none; `shape` and `depth` say what such a file is.

    `owners`: whose keys those of a model are, such as "an article's". `may_be_empty`: an empty file is one with nothing
    set. `texts`: keys whose values are sentences, where a ` #` without quotes is not meant as a comment.
    """

    model: type[M]
    name: str
    shape: str
    depth: str
    owners: Mapping[type[BaseModel], str]
    may_be_empty: bool = False
    texts: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Place:
    """Where a file's content stands: its name, and the line of each key and list entry."""

    file: str
    name: str
    lines: _Lines = field(default_factory=dict)

    def fault(self, at: At, what: str) -> Fault:
        """A fault at a key, or at the nearest key above it that is there."""
        near = next((at[:upto] for upto in range(len(at), -1, -1) if at[:upto] in self.lines), ())
        key = "".join(
            f"[{part + 1}]" if isinstance(part, int) else f".{part}" for part in at
        ).lstrip(".")
        return Fault(self.file, self.lines.get(near, 1), key or self.name, what)


def read(path: Path, place: Place, form: Form[M], faults: list[Fault]) -> M | None:
    """What a file holds; None when it cannot be made out. Adds to `faults`, and to the lines of `place`."""
    try:
        source = path.read_bytes().decode("utf-8")
        loader = _StrictLoader(source)
        node = loader.get_single_node()
        if form.may_be_empty and (
            node is None or (isinstance(node, yaml.ScalarNode) and not node.value)
        ):
            node = yaml.MappingNode(
                "tag:yaml.org,2002:map", [], yaml.Mark(place.file, 0, 0, 0, None, 0)
            )
        if not isinstance(node, yaml.MappingNode):
            raise ValueError(form.shape)  # noqa: TRY004, TRY301
        twice = list(_walk(node, (), place.lines))
        data = loader.construct_document(node)
    except (
        OSError,
        ValueError,
        yaml.YAMLError,
        RecursionError,
        AttributeError,
        LookupError,
    ) as error:
        faults.append(_unreadable(place.file, form, error))
        return None
    faults.extend(
        Fault(place.file, line, key, "stands twice; a key stands once") for key, line in twice
    )
    faults.extend(place.fault(at, _CUT) for at in _cut_texts(node, source.splitlines(), form.texts))
    try:
        return form.model.model_validate(data)
    except ValidationError as error:
        for details in error.errors(include_url=False):
            at = tuple(part for part in details["loc"] if part != "[key]")
            faults.append(place.fault(at, _in_words(details, form)))
        return None


def _unreadable(file: str, form: Form[M], error: Exception) -> Fault:
    match error:
        case OSError():
            return Fault(file, 1, "file", f"cannot be read: {error.strerror}")
        case UnicodeDecodeError():
            return Fault(file, 1, "file", "not UTF-8 text; save it as UTF-8")
        case RecursionError():
            return Fault(file, 1, "file", f"nested too deeply, or in itself; {form.depth}")
        case (
            AttributeError() | LookupError()
        ):  # PyYAML's constructors, of a tag such as !!int before something else
            return Fault(
                file, 1, "file", "not readable as YAML: a tag does not fit what it stands before"
            )
        case yaml.MarkedYAMLError():
            line = error.problem_mark.line + 1 if error.problem_mark else 1
            return Fault(file, line, "file", f"not readable as YAML: {error.problem}")
        case _:
            return Fault(file, 1, "file", str(error).splitlines()[0])


def _walk(node: yaml.Node, at: At, lines: _Lines) -> Iterator[tuple[str, int]]:
    """Note the line of every key and list entry; yields keys that stand twice."""
    lines[at] = node.start_mark.line + 1
    if isinstance(node, yaml.SequenceNode):
        for index, entry in enumerate(node.value):
            yield from _walk(entry, (*at, index), lines)
    elif isinstance(node, yaml.MappingNode):
        for key, value in node.value:
            here = (*at, str(key.value))
            if here in lines:
                yield str(key.value), key.start_mark.line + 1
            yield from _walk(value, here, lines)
            lines[here] = key.start_mark.line + 1


def _cut_texts(node: yaml.MappingNode, lines: list[str], keys: frozenset[str]) -> Iterator[At]:
    """Keys and list entries whose text goes on behind a `#`, where YAML takes it for a comment and drops it."""
    pending: list[tuple[yaml.Node, At]] = [
        (value, (key.value,)) for key, value in node.value if key.value in keys
    ]
    while pending:
        here, at = pending.pop()
        if isinstance(here, yaml.SequenceNode):
            pending += [(entry, (*at, index)) for index, entry in enumerate(here.value)]
        elif isinstance(here, yaml.MappingNode):
            pending += [(value, (*at, key.value)) for key, value in here.value]
        elif (
            isinstance(here, yaml.ScalarNode) and not here.style and here.end_mark.line < len(lines)
        ):
            behind = lines[here.end_mark.line][here.end_mark.column :]
            if behind[:1].isspace() and behind.lstrip().startswith("#"):
                yield at


def _in_words(details: ErrorDetails, form: Form[M]) -> str:
    context = cast("Mapping[str, Any]", details.get("ctx", {}))
    match details["type"]:
        case "extra_forbidden":
            model = _model_at(form.model, details["loc"][:-1])
            return f"unknown key; {form.owners[model]} keys are {', '.join(model.model_fields)}"
        case "string_pattern_mismatch":
            return f"has the wrong form; allowed is {context['pattern']}"
        case "value_error":
            return str(context["error"])
    return _WORDS.get(details["type"]) or details["msg"][0].lower() + details["msg"][1:]


_CUT = "the text behind # is lost, as YAML takes it for a comment; put the whole text in quotes"
_NO_DATE = "not a date; allowed is YYYY-MM-DD"
_NO_KEYS = "not a list of `key: value` lines"
_WORDS = {
    "missing": "missing; it is required",
    "date_from_datetime_parsing": _NO_DATE,
    "date_type": _NO_DATE,
    "date_parsing": _NO_DATE,
    "mapping_type": _NO_KEYS,
    "dict_type": _NO_KEYS,
    "model_type": _NO_KEYS,
    "tuple_type": "not a list; a list is written [one, two]",
    "string_type": "not a text; put it in quotes",
}


def _model_at(model: type[BaseModel], at: At) -> type[BaseModel]:
    """The model whose keys stand at a place: the last one on the way there."""
    here: Any = model
    for part in at:
        if isinstance(here, type) and issubclass(here, BaseModel):
            model, here = here, here.model_fields[str(part)].annotation
        else:
            here = get_args(here)[-1]
            here = get_args(here)[0] if get_origin(here) is Annotated else here
    return here if isinstance(here, type) and issubclass(here, BaseModel) else model
