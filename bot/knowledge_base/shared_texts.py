"""Loader of names.yaml and procedures.yaml: what many articles share."""

from dataclasses import dataclass
from pathlib import Path

from pydantic import RootModel

from bot.domain.article_fields import Key
from bot.domain.causes import Procedure
from bot.domain.errors import Fault
from bot.domain.names import Names, SharedTexts
from bot.knowledge_base.families import FAMILIES_FILE
from bot.knowledge_base.synonyms import SYNONYMS_FILE
from bot.strict_yaml import FileSchema, SourceMap, read_yaml

NAMES_FILE = "names.yaml"
PROCEDURES_FILE = "procedures.yaml"
SHARED_FILES = frozenset({NAMES_FILE, PROCEDURES_FILE, FAMILIES_FILE, SYNONYMS_FILE})
"""Files directly in the directory of the articles."""


class Procedures(RootModel[dict[Key, Procedure]]):
    """All procedures by name."""


_NAMES = FileSchema(
    model=Names,
    name="names",
    shape="the file is a list of `key: value` lines, beginning with product",
    depth="pos and xero have one level of names, each with shown, variants, page, link",
    texts=frozenset(Names.model_fields),
)
_PROCEDURES = FileSchema(
    model=Procedures,
    name="procedures",
    shape="the file has the name of each procedure, with its title and steps below",
    depth="a procedure has title, steps, risk, who, basis, link",
    may_be_empty=True,
)


@dataclass(frozen=True)
class LoadedShared:
    """What articles share, and the lines of the keys of procedures.yaml."""

    texts: SharedTexts
    procedures: SourceMap


def load_shared(directory: Path, shipped: Path, faults: list[Fault]) -> LoadedShared | None:
    """Return the names and procedures of a directory; a file that it lacks is the shipped one.

    None if a file has faults, which are added to `faults`.
    """
    names_file = _file(NAMES_FILE, directory, shipped)
    names = read_yaml(names_file, SourceMap(NAMES_FILE, _NAMES.name), _NAMES, faults)
    if names is None:
        return None
    procedures_file = _file(PROCEDURES_FILE, directory, shipped)
    source = SourceMap(PROCEDURES_FILE, _PROCEDURES.name)
    found = read_yaml(procedures_file, source, _PROCEDURES, faults, SharedTexts(names))
    return LoadedShared(SharedTexts(names, found.root), source) if found else None


def _file(name: str, directory: Path, shipped: Path) -> Path:
    own = directory / name
    return own if own.exists() else shipped / name
