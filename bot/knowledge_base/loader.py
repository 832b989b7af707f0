"""Loader of the knowledge base: if a file has a fault, nothing is loaded."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from bot.domain.articles import Article
from bot.domain.errors import Fault, KnowledgeError
from bot.domain.knowledge import Area, KnowledgeBase
from bot.domain.names import SharedTexts
from bot.knowledge_base.families import load_families
from bot.knowledge_base.schemas import SCHEMAS
from bot.knowledge_base.shared_texts import SHARED_FILES, LoadedShared, load_shared
from bot.knowledge_base.synonyms import load_synonyms
from bot.recognition.text import tokenise
from bot.strict_yaml import FileSchema, SourceMap, read_yaml


def _shipped_directory() -> Path:
    """Return the directory of the articles in the installed package, or beside it in a clone.

    A path and no importlib.resources.Traversable, as the directory is watched for changes.
    """
    package = Path(__file__).resolve().parent.parent
    installed = package / "articles"
    return installed if installed.is_dir() else package.parent / "knowledge"


SHIPPED = _shipped_directory()
NOT_ARTICLES = SHARED_FILES | set(SCHEMAS)

_ARTICLE = FileSchema(
    model=Article,
    name="article",
    shape="an article is a list of `key: value` lines, beginning with id",
    depth="causes hold steps, and steps hold texts",
    texts=frozenset({"title", "messages", "nearby", "phrases", "look", "causes", "prevent"})
    | {"for_vendor", "sources", "links", "examples", "reason", "action", "caution", "who"},
)


@dataclass(frozen=True)
class Loaded:
    """The knowledge base, and where its parts come from; `sources`: by id of the article."""

    knowledge: KnowledgeBase
    sources: Mapping[str, SourceMap]
    shared: LoadedShared


def load(directory: Path) -> KnowledgeBase:
    """Return all articles under `directory/<area>/<id>.yaml`.

    Raises:
        KnowledgeError: with every fault of every file.
    """
    return load_with_sources(directory).knowledge


def load_with_sources(directory: Path) -> Loaded:
    """Return what `load` returns, with the lines of all keys."""
    faults: list[Fault] = []
    articles: dict[str, Article] = {}
    areas: dict[str, Area] = {}
    sources: dict[str, SourceMap] = {}
    paths = _article_files(directory, faults)
    shared = load_shared(directory, SHIPPED, faults)
    if shared is None:
        raise KnowledgeError(faults)
    for path in paths:
        source = SourceMap(path.relative_to(directory).as_posix(), _ARTICLE.name)
        article = _read_article(path, source, faults, shared.texts)
        if article is None:
            continue
        if article.id in articles:
            what = f"duplicate id {article.id!r}, also used by {sources[article.id].file}"
            faults.append(source.fault(("id",), what))
            continue
        articles[article.id] = article
        areas[article.id] = Area(path.parent.name)
        sources[article.id] = source
    known_ids = {path.stem for path in paths}
    faults.extend(_cross_article_faults(articles, sources, known_ids))
    families = load_families(directory, articles, known_ids, shared.texts, faults)
    synonyms = load_synonyms(directory, faults)
    if faults:
        raise KnowledgeError(faults)
    knowledge = KnowledgeBase(articles, areas, shared.texts.names, families, synonyms)
    return Loaded(knowledge, sources, shared)


def _article_files(directory: Path, faults: list[Fault]) -> list[Path]:
    if not directory.is_dir():
        what = "not found; set KNOWLEDGE_DIR to the directory of the articles"
        faults.append(Fault(str(directory), 1, "directory", what))
        return []
    paths: list[Path] = []
    for path in sorted(directory.rglob("*")):
        name = path.relative_to(directory).as_posix()
        if path.is_dir() or name in NOT_ARTICLES or path.name.startswith("."):
            continue
        if path.suffix != ".yaml":
            faults.append(Fault(name, 1, "file", "not an article (allowed: files named <id>.yaml)"))
        elif len(path.relative_to(directory).parts) != 2 or path.parent.name not in set(Area):
            what = f"not in the directory of an area (allowed: {', '.join(Area)})"
            faults.append(Fault(name, 1, "file", what))
        else:
            paths.append(path)
    if not paths and not faults:
        what = "has no articles (expected: <area>/<id>.yaml)"
        faults.append(Fault(str(directory), 1, "directory", what))
    return paths


def _read_article(
    path: Path, source: SourceMap, faults: list[Fault], shared: SharedTexts
) -> Article | None:
    before = len(faults)
    article = read_yaml(path, source, _ARTICLE, faults, shared)
    if article and article.id != path.stem:
        what = f"is {article.id!r}, but the file is named {path.name} (expected: {path.stem!r})"
        faults.append(source.fault(("id",), what))
    return article if len(faults) == before else None


def _cross_article_faults(
    articles: Mapping[str, Article], sources: Mapping[str, SourceMap], known_ids: set[str]
) -> Iterator[Fault]:
    """Yield messages that two articles share, and links to articles that do not exist.

    `known_ids` includes articles with faults: one faulty file must not make others look wrong.
    """
    owners: dict[tuple[str, ...], str] = {}
    for article in articles.values():
        for index, message in enumerate(article.wordings):
            owner = owners.setdefault(tuple(tokenise(message).stems), article.id)
            if owner != article.id:
                what = f"{message!r} is a message of {owner} already; one message, one article"
                yield sources[article.id].fault(("messages", index), what)
        for index, other in enumerate(article.related):
            if other not in known_ids or other == article.id:
                what = f"{other!r} is not another article (allowed: ids of other articles)"
                yield sources[article.id].fault(("related", index), what)
    yield from _merged_id_faults(articles, sources, known_ids)


def _merged_id_faults(
    articles: Mapping[str, Article], sources: Mapping[str, SourceMap], known_ids: set[str]
) -> Iterator[Fault]:
    """Yield ids in `formerly` that are still in use, or that lead to two articles."""
    merged: dict[str, str] = {}
    for article in articles.values():
        for index, old in enumerate(article.formerly):
            owner = merged.setdefault(old, article.id)
            if old in known_ids:
                what = f"{old!r} is an article (allowed: ids that no file has any more)"
                yield sources[article.id].fault(("formerly", index), what)
            elif owner != article.id:
                what = f"{old!r} was merged into {owner} already; one old id, one article"
                yield sources[article.id].fault(("formerly", index), what)
