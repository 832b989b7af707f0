"""Reading the knowledge base from disk: strict, whole or not at all."""

import json
from collections.abc import Iterator, Mapping
from pathlib import Path

from bot.domain.articles import Area, Article, Example, Examples, KnowledgeBase, Link
from bot.domain.errors import Fault, KnowledgeError
from bot.recognition.text import tokenise
from bot.strict_yaml import Form, Place, read


def _shipped() -> Path:
    """The folder of the articles that come with the bot: in the installed package, or beside it in a clone.

    A path, not an importlib.resources.Traversable: the folder is watched for changes.
    """
    package = Path(__file__).resolve().parent.parent
    installed = package / "articles"
    return installed if installed.is_dir() else package.parent / "knowledge"


SHIPPED = _shipped()
SCHEMA_FILE = "article.schema.json"

_ARTICLE = Form(
    model=Article,
    name="article",
    shape="an article is a list of `key: value` lines, beginning with id",
    depth="an article is flat",
    texts=frozenset(Article.model_fields) - {"id", "formerly", "related", "reviewed"},
    owners={
        Article: "an article's",
        Example: "an example's",
        Examples: "the examples'",
        Link: "a link's",
    },
)


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
        place = Place(path.relative_to(directory).as_posix(), _ARTICLE.name)
        article = _read(path, place, faults)
        if article is None:
            continue
        if article.id in articles:
            what = f"{article.id!r} is taken by {places[article.id].file}; an id stands once"
            faults.append(place.fault(("id",), what))
            continue
        articles[article.id], areas[article.id], places[article.id] = (
            article,
            Area(path.parent.name),
            place,
        )
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
        faults.append(
            Fault(
                str(directory),
                1,
                "directory",
                "not found; KNOWLEDGE_DIR names the folder of articles",
            )
        )
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
            faults.append(
                Fault(name, 1, "file", f"an article lies in one of the folders {allowed}")
            )
        else:
            paths.append(path)
    if not paths and not faults:
        faults.append(
            Fault(str(directory), 1, "directory", "holds no articles; expected <area>/<id>.yaml")
        )
    return paths


def _read(path: Path, place: Place, faults: list[Fault]) -> Article | None:
    before = len(faults)
    article = read(path, place, _ARTICLE, faults)
    if article and article.id != path.stem:
        faults.append(
            place.fault(("id",), f"is {article.id!r}; the file's name says {path.stem!r}")
        )
    return article if len(faults) == before else None


def _between(
    articles: Mapping[str, Article], places: Mapping[str, Place], known: set[str]
) -> Iterator[Fault]:
    """Faults that show only with all articles at hand: shared messages, links to articles that are not there.

    `known` has the faulty ones as well: one bad file must not make the others look bad.
    """
    taken: dict[tuple[str, ...], str] = {}
    for article in articles.values():
        for index, message in enumerate(article.messages):
            words = tuple(tokenise(message).stems)
            owner = taken.setdefault(words, article.id)
            if owner != article.id:
                what = f"{message!r} is a message of {owner} already; one message, one article"
                yield places[article.id].fault(("messages", index), what)
        for index, other in enumerate(article.related):
            if other not in known or other == article.id:
                what = f"{other!r} is no other article; related names ids of articles"
                yield places[article.id].fault(("related", index), what)
    yield from _formerly(articles, places, known)


def _formerly(
    articles: Mapping[str, Article], places: Mapping[str, Place], known: set[str]
) -> Iterator[Fault]:
    """Faults of `formerly`: an old id leads to one article, and belongs to none any more."""
    merged: dict[str, str] = {}
    for article in articles.values():
        for index, old in enumerate(article.formerly):
            owner = merged.setdefault(old, article.id)
            if old in known:
                what = f"{old!r} is an article; formerly names ids that no file has any more"
                yield places[article.id].fault(("formerly", index), what)
            elif owner != article.id:
                what = f"{old!r} was merged into {owner} already; one old id, one article"
                yield places[article.id].fault(("formerly", index), what)
