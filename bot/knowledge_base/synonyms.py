"""Loader of synonyms.yaml: words that shops use for the same thing."""

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from bot.domain.errors import Fault
from bot.domain.synonyms import SynonymGroups
from bot.recognition.suggestions.terms import words_of
from bot.recognition.text import tokenise
from bot.strict_yaml import FileSchema, SourceMap, read_yaml

SYNONYMS_FILE = "synonyms.yaml"
_SYNONYMS = FileSchema(
    model=SynonymGroups,
    name="synonyms",
    shape="the file has one key, groups, with the name of each group and its words below it",
    depth="a group is a list of words",
    may_be_empty=True,
    texts=frozenset(SynonymGroups.model_fields),
)


def load_synonyms(directory: Path, faults: list[Fault]) -> Mapping[str, Sequence[str]]:
    """Return the groups of a directory; none if it has no such file. Adds to `faults`."""
    path = directory / SYNONYMS_FILE
    if not path.exists():
        return {}
    source = SourceMap(SYNONYMS_FILE, _SYNONYMS.name)
    found = read_yaml(path, source, _SYNONYMS, faults)
    if found is None:
        return {}
    faults.extend(_misplaced(found, source))
    return found.groups


def _misplaced(found: SynonymGroups, source: SourceMap) -> Iterator[Fault]:
    """Yield expressions without a word, and those that are in two groups."""
    owners: dict[tuple[str, ...], str] = {}
    for name, expressions in found.groups.items():
        for index, expression in enumerate(expressions):
            path = ("groups", name, index)
            words = tuple(words_of(tokenise(expression).stems))
            if not words:
                yield source.fault(path, f"{expression!r} has no word (allowed: 1 to 5 words)")
            elif (owner := owners.setdefault(words, name)) != name:
                what = f"{expression!r} is in the group {owner} already; one word, one group"
                yield source.fault(path, what)
