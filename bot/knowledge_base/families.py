"""Loader of families.yaml: articles that one question tells apart."""

from collections.abc import Iterator, Mapping, Set
from pathlib import Path

from bot.domain.articles import Article
from bot.domain.errors import Fault
from bot.domain.families import Families, Family
from bot.domain.names import SharedTexts
from bot.strict_yaml import FileSchema, SourceMap, read_yaml

FAMILIES_FILE = "families.yaml"
_FAMILIES = FileSchema(
    model=Families,
    name="families",
    shape="the file has one key, families, with the id of each family below it",
    depth="a family has question and answers",
    may_be_empty=True,
    texts=frozenset(Families.model_fields),
)


def load_families(
    directory: Path,
    articles: Mapping[str, Article],
    known_ids: Set[str],
    shared: SharedTexts,
    faults: list[Fault],
) -> list[Family]:
    """Return the families of a directory; none if it has no such file. Adds to `faults`.

    `known_ids` includes articles with faults, which are not among `articles`.
    """
    path = directory / FAMILIES_FILE
    if not path.exists():
        return []
    source = SourceMap(FAMILIES_FILE, _FAMILIES.name)
    found = read_yaml(path, source, _FAMILIES, faults, shared)
    if found is None:
        return []
    faults.extend(_misplaced(found, source, articles, known_ids))
    return [Family(key, one.question, one.answers) for key, one in found.families.items()]


def _misplaced(
    found: Families, source: SourceMap, articles: Mapping[str, Article], known_ids: Set[str]
) -> Iterator[Fault]:
    """Yield answers that lead to no article or belong to two families, and repeated questions."""
    merged = {old: one.id for one in articles.values() for old in one.formerly}
    owners: dict[str, str] = {}
    questions: dict[str, str] = {}
    for family_id, family in found.families.items():
        owner = questions.setdefault(family.question.casefold(), family_id)
        if owner != family_id:
            what = (
                f"{family.question!r} is the question of {owner} already; one question, one family"
            )
            yield source.fault(("families", family_id, "question"), what)
        for article_id in family.answers:
            path = ("families", family_id, "answers", article_id)
            owner = owners.setdefault(article_id, family_id)
            if article_id in known_ids:
                if owner != family_id:
                    what = f"is in the family {owner} already; one article, one family"
                    yield source.fault(path, what)
            elif today := merged.get(article_id):
                yield source.fault(path, f"was merged into {today} (allowed: {today})")
            else:
                yield source.fault(path, "is no article (allowed: ids of articles)")
