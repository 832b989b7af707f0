"""Reading the knowledge base from disk: strict, whole or not at all."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, cast

import yaml
from pydantic import ValidationError
from pydantic_core import ErrorDetails

from bot.domain.articles import Area, Article, KnowledgeBase
from bot.domain.errors import Fault, KnowledgeError
from bot.domain.text import Words, unwrap

SHIPPED = Path(__file__).resolve().parent.parent / "knowledge"
SCHEMA_FILE = "article.schema.json"

_Lines = dict[tuple[str | int, ...], int]


class _StrictLoader(yaml.CSafeLoader if hasattr(yaml, "CSafeLoader") else yaml.SafeLoader):  # type: ignore[misc]
    """YAML without surprises: a message that reads like a number or `yes` stays as it was written, dates excepted."""


_StrictLoader.yaml_implicit_resolvers = {
    first: [(tag, pattern) for tag, pattern in resolvers if tag == "tag:yaml.org,2002:timestamp"]
    for first, resolvers in yaml.SafeLoader.yaml_implicit_resolvers.items()
}


@dataclass(frozen=True)
class Place:
    """Where an article stands: its file, and the line of each key and list entry."""

    file: str
    lines: _Lines

    def fault(self, at: tuple[str | int, ...], what: str) -> Fault:
        """A fault at a key, or at the nearest key above it that is there."""
        near = next((at[:upto] for upto in range(len(at), -1, -1) if at[:upto] in self.lines), ())
        key = "".join(f"[{part + 1}]" if isinstance(part, int) else f".{part}" for part in at).lstrip(".")
        return Fault(self.file, self.lines.get(near, 1), key or "article", what)


def load(directory: Path) -> KnowledgeBase:
    """All articles under `directory/<area>/<id>.yaml`.

    Raises:
        KnowledgeError: listing every fault of every file; nothing is half loaded.
    """
    return load_with_places(directory)[0]


def load_with_places(directory: Path) -> tuple[KnowledgeBase, dict[str, Place]]:
    """What `load` gives, and where each article stands, by id."""
    faults: list[Fault] = []
    articles: dict[str, Article] = {}
    areas: dict[str, Area] = {}
    places: dict[str, Place] = {}
    paths = _files(directory, faults)
    for path in paths:
        place = Place(path.relative_to(directory).as_posix(), {})
        article = _read(path, place, faults)
        if article is None:
            continue
        if article.id in articles:
            what = f"{article.id!r} is taken by {places[article.id].file}; an id stands once"
            faults.append(place.fault(("id",), what))
            continue
        articles[article.id], areas[article.id], places[article.id] = article, Area(path.parent.name), place
    stems = {path.stem for path in paths}
    faults.extend(_between(articles, places, stems))
    if faults:
        raise KnowledgeError(faults)
    return KnowledgeBase(articles, areas), places


def schema() -> str:
    """The JSON schema of an article file, for editors; `knowledge/article.schema.json` holds it."""
    document = Article.model_json_schema()
    document = {"$schema": "https://json-schema.org/draft/2020-12/schema", **document}
    return json.dumps(document, indent=2, ensure_ascii=False) + "\n"


def _files(directory: Path, faults: list[Fault]) -> list[Path]:
    if not directory.is_dir():
        faults.append(Fault(str(directory), 1, "directory", "not found; KNOWLEDGE_DIR names the folder of articles"))
        return []
    paths: list[Path] = []
    for path in sorted(directory.rglob("*")):
        name = path.relative_to(directory).as_posix()
        if path.is_dir() or name == SCHEMA_FILE or path.name.startswith("."):
            continue
        if path.suffix != ".yaml":
            faults.append(Fault(name, 1, "file", "not an article; a file here ends in .yaml"))
        elif len(path.relative_to(directory).parts) != 2 or path.parent.name not in set(Area):
            allowed = ", ".join(Area)
            faults.append(Fault(name, 1, "file", f"an article lies in one of the folders {allowed}"))
        else:
            paths.append(path)
    if not paths and not faults:
        faults.append(Fault(str(directory), 1, "directory", "holds no articles; expected <area>/<id>.yaml"))
    return paths


def _read(path: Path, place: Place, faults: list[Fault]) -> Article | None:
    before = len(faults)
    try:
        loader = _StrictLoader(path.read_bytes().decode("utf-8"))
        node = loader.get_single_node()
        if not isinstance(node, yaml.MappingNode):
            raise ValueError("an article is a list of `key: value` lines, beginning with id")  # noqa: TRY004, TRY301
        twice = list(_walk(node, (), place.lines))
        data = loader.construct_document(node)
    except (OSError, ValueError, yaml.YAMLError, RecursionError) as error:
        faults.append(_unreadable(place.file, error))
        return None
    faults.extend(Fault(place.file, line, key, "stands twice; a key stands once") for key, line in twice)
    try:
        article = Article.model_validate(data)
    except ValidationError as error:
        faults.extend(place.fault(d["loc"], _in_words(d)) for d in error.errors(include_url=False))
        return None
    if article.id != path.stem:
        faults.append(place.fault(("id",), f"is {article.id!r}; the file's name says {path.stem!r}"))
    return article if len(faults) == before else None


def _unreadable(file: str, error: Exception) -> Fault:
    match error:
        case OSError():
            return Fault(file, 1, "file", f"cannot be read: {error.strerror}")
        case UnicodeDecodeError():
            return Fault(file, 1, "file", "not UTF-8 text; save it as UTF-8")
        case RecursionError():
            return Fault(file, 1, "file", "nested too deeply, or in itself; an article is flat")
        case yaml.MarkedYAMLError():
            line = error.problem_mark.line + 1 if error.problem_mark else 1
            return Fault(file, line, "file", f"not readable as YAML: {error.problem}")
        case _:
            return Fault(file, 1, "file", str(error).splitlines()[0])


def _walk(node: yaml.Node, at: tuple[str | int, ...], lines: _Lines) -> Iterator[tuple[str, int]]:
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


def _in_words(details: ErrorDetails) -> str:
    context = cast("Mapping[str, Any]", details.get("ctx", {}))
    match details["type"]:
        case "extra_forbidden":
            allowed = ", ".join(Article.model_fields)
            return f"unknown key; an article's keys are {allowed}"
        case "missing":
            return "missing; it is required"
        case "string_pattern_mismatch":
            return f"has the wrong form; allowed is {context['pattern']}"
        case "value_error":
            return str(context["error"])
        case "date_from_datetime_parsing" | "date_type" | "date_parsing":
            return "not a date; allowed is YYYY-MM-DD"
    return details["msg"][0].lower() + details["msg"][1:]


def _between(articles: Mapping[str, Article], places: Mapping[str, Place], known: set[str]) -> Iterator[Fault]:
    """Faults that show only with all articles at hand: shared messages, links to articles that are not there.

    `known` has the faulty ones as well: one bad file must not make the others look bad.
    """
    taken: dict[tuple[str, ...], str] = {}
    for article in articles.values():
        for index, message in enumerate(article.messages):
            words = tuple(Words.of(unwrap(message)).stems)
            owner = taken.setdefault(words, article.id)
            if owner != article.id:
                what = f"{message!r} is a message of {owner} already; one message, one article"
                yield places[article.id].fault(("messages", index), what)
        for index, other in enumerate(article.related):
            if other not in known or other == article.id:
                what = f"{other!r} is no other article; related names ids of articles"
                yield places[article.id].fault(("related", index), what)
