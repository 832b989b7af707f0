"""A strict YAML reader: each fault names file, line and key, and what is allowed."""

import re
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any, Generic, TypeVar, cast

import yaml
from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from bot.domain.errors import Fault
from bot.quick_yaml import UnusualError, ordinary
from bot.schema_sentences import sentence_for

M = TypeVar("M", bound=BaseModel)
KeyPath = tuple[str | int, ...]
"""The keys and list indices that lead to a value, from the top of the file."""
_LineNumbers = dict[KeyPath, int]
_COMMENT = re.compile(r"#(?<=\s#)")  # a search for one sign is ten times as fast
_CUT_BY_COMMENT = (
    "the text after # is lost, as YAML takes it for a comment; put the complete text in quotes"
)
_TEXT, _LIST, _MAPPING = (f"tag:yaml.org,2002:{kind}" for kind in ("str", "seq", "map"))


class _StrictLoader(yaml.CSafeLoader if hasattr(yaml, "CSafeLoader") else yaml.SafeLoader):  # type: ignore[misc]
    """Loads every scalar as text, so that `yes`, `off` and `007` stay as they are; but dates."""

    def resolve(self, kind: type[yaml.Node], value: Any, implicit: Any) -> str:
        """Return a node's tag; only what begins with a digit may be a date."""
        if kind is yaml.ScalarNode and not value[:1].isdigit():
            return _TEXT
        return cast("str", super().resolve(kind, value, implicit))

    def descend_resolver(self, *_: object) -> None:
        """Do nothing: no tag depends on where a node is."""

    def ascend_resolver(self) -> None:
        """Do nothing, as above."""


_StrictLoader.yaml_implicit_resolvers = {
    first: [(tag, pattern) for tag, pattern in resolvers if tag == "tag:yaml.org,2002:timestamp"]
    for first, resolvers in yaml.SafeLoader.yaml_implicit_resolvers.items()
}


@dataclass(frozen=True)
class FileSchema(Generic[M]):
    """What a file must contain.

    name: replaces the key in faults that have none.
    shape: the sentence for a file that is not a mapping.
    depth: the sentence for a file that is nested too deeply.
    may_be_empty: an empty file sets nothing, and is no fault.
    texts: keys of sentences, in which YAML would take an unquoted ` #` for a comment.
    """

    model: type[M]
    name: str
    shape: str
    depth: str
    may_be_empty: bool = False
    texts: frozenset[str] = frozenset()


@dataclass
class SourceMap:
    """Where each key and list entry of a file is; `source`: its text, once it is read."""

    file: str
    name: str
    source: str = ""

    @cached_property
    def lines(self) -> _LineNumbers:
        """The line, from 1, of each key and list entry; looked for when somebody asks."""
        found: _LineNumbers = {}
        with suppress(yaml.YAMLError, RecursionError):
            if node := _StrictLoader(self.source).get_single_node():
                list(_collect_lines(node, (), found))
        return found

    def fault(self, path: KeyPath, what: str) -> Fault:
        """Return a fault with the line of the key, or of the nearest key above it."""
        nearest = self.in_file(path)
        key = "".join(
            f"[{part + 1}]" if isinstance(part, int) else f".{part}" for part in path
        ).lstrip(".")
        return Fault(self.file, self.lines.get(nearest, 1), key or self.name, what)

    def in_file(self, path: KeyPath) -> KeyPath:
        """Return the path without the keys at its end that the file leaves to the model."""
        prefixes = (path[:length] for length in range(len(path), -1, -1))
        return next((prefix for prefix in prefixes if prefix in self.lines), ())


def read_yaml(
    path: Path,
    source_map: SourceMap,
    schema: FileSchema[M],
    faults: list[Fault],
    context: object = None,
) -> M | None:
    """Return the content of a file, or None if it does not fit the schema.

    Adds what is wrong to `faults`, and the lines of all keys to `source_map`. `context`: what the
    model's validators need besides the file.
    """
    try:
        source_map.source = path.read_bytes().decode("utf-8")
        data, found = _parsed(source_map, schema)
    except (
        OSError,
        ValueError,
        yaml.YAMLError,
        RecursionError,
        AttributeError,
        LookupError,
    ) as error:
        faults.append(_unreadable(source_map.file, schema, error))
        return None
    faults.extend(found)
    try:
        return schema.model.model_validate(data, context=context)
    except ValidationError as error:
        details = error.errors(include_url=False)
        faults.extend(_fault(one, source_map, schema) for one in details)
        return None


def _parsed(source_map: SourceMap, schema: FileSchema[M]) -> tuple[Any, list[Fault]]:
    """Return what a file holds, and faults: keys that it has twice, texts that a # cuts."""
    source = source_map.source
    has_comment = "#" in source and _COMMENT.search(source)
    if not has_comment:
        with suppress(UnusualError):
            return ordinary(source), []
    loader = _StrictLoader(source)
    node = loader.get_single_node()
    if schema.may_be_empty and _is_empty(node):
        start = yaml.Mark(source_map.file, 0, 0, 0, None, 0)
        node = yaml.MappingNode("tag:yaml.org,2002:map", [], start)
    if not isinstance(node, yaml.MappingNode):
        raise ValueError(schema.shape)  # noqa: TRY004
    duplicates = list(_collect_lines(node, (), {}))
    data = _content(node, loader)
    found = [Fault(source_map.file, line, key, "duplicate key") for key, line in duplicates]
    if has_comment:
        cut = _texts_cut_by_comment(node, source.splitlines(), schema.texts)
        found.extend(source_map.fault(path, _CUT_BY_COMMENT) for path in cut)
    return data, found


def _fault(details: ErrorDetails, source_map: SourceMap, schema: FileSchema[M]) -> Fault:
    """Return the fault for an error of pydantic's."""
    path = tuple(part for part in details["loc"] if part != "[key]")
    if details["type"] != "missing":
        path = source_map.in_file(path)
    what = sentence_for(details, schema.model)
    # a validator of several keys names the one that is wrong: "causes: two have one id"
    key, _, about_key = what.partition(": ")
    if (*path, key) in source_map.lines:
        path, what = (*path, key), about_key
    return source_map.fault(path, what)


def _content(node: yaml.Node, loader: _StrictLoader) -> Any:
    """Return what a node holds. PyYAML's own constructors take four times as long."""
    match node:
        case yaml.ScalarNode(tag=tag) if tag == _TEXT:
            return node.value
        case yaml.SequenceNode(tag=tag) if tag == _LIST:
            return [_content(entry, loader) for entry in node.value]
        case yaml.MappingNode(tag=tag) if tag == _MAPPING:
            pairs = node.value
            if all(isinstance(key, yaml.ScalarNode) for key, _ in pairs):
                return {_content(key, loader): _content(value, loader) for key, value in pairs}
    return loader.construct_document(node)


def _is_empty(node: yaml.Node | None) -> bool:
    return node is None or (isinstance(node, yaml.ScalarNode) and not node.value)


def _unreadable(file: str, schema: FileSchema[M], error: Exception) -> Fault:
    match error:
        case OSError():
            return Fault(
                file, 1, schema.name, f"cannot be read: {error.strerror}; check path and rights"
            )
        case UnicodeDecodeError():
            return Fault(file, 1, "file", "not UTF-8 text; save it as UTF-8")
        case RecursionError():
            return Fault(file, 1, "file", f"nested too deeply, or in itself; {schema.depth}")
        case AttributeError() | LookupError():
            # PyYAML's constructors, for a tag such as !!int before something that is no number
            return Fault(file, 1, "file", "not readable as YAML: a tag does not fit its value")
        case yaml.MarkedYAMLError():
            line = error.problem_mark.line + 1 if error.problem_mark else 1
            return Fault(file, line, "file", f"not readable as YAML: {error.problem}")
        case _:
            return Fault(file, 1, "file", str(error).splitlines()[0])


def _collect_lines(
    node: yaml.Node, path: KeyPath, lines: _LineNumbers
) -> Iterator[tuple[str, int]]:
    """Add the line of every key and list entry to `lines`; yield duplicate keys with their line."""
    lines[path] = node.start_mark.line + 1
    if isinstance(node, yaml.SequenceNode):
        for index, entry in enumerate(node.value):
            yield from _collect_lines(entry, (*path, index), lines)
    elif isinstance(node, yaml.MappingNode):
        for key, value in node.value:
            here = (*path, str(key.value))
            if here in lines:
                yield str(key.value), key.start_mark.line + 1
            yield from _collect_lines(value, here, lines)
            lines[here] = key.start_mark.line + 1


def _texts_cut_by_comment(
    node: yaml.MappingNode, lines: list[str], keys: frozenset[str]
) -> Iterator[KeyPath]:
    """Yield the texts of which YAML drops the part behind a `#`, as a comment."""
    pending: list[tuple[yaml.Node, KeyPath]] = [
        (value, (key.value,)) for key, value in node.value if key.value in keys
    ]
    while pending:
        here, path = pending.pop()
        if isinstance(here, yaml.SequenceNode):
            pending += [(entry, (*path, index)) for index, entry in enumerate(here.value)]
        elif isinstance(here, yaml.MappingNode):
            pending += [(value, (*path, key.value)) for key, value in here.value]
        elif (
            isinstance(here, yaml.ScalarNode) and not here.style and here.end_mark.line < len(lines)
        ):
            rest = lines[here.end_mark.line][here.end_mark.column :]
            if rest[:1].isspace() and rest.lstrip().startswith("#"):
                yield path
