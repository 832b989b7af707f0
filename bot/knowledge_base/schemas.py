"""JSON schemas of the files under `knowledge/`, for editors and other programs."""

import json
from collections.abc import Callable, Mapping
from functools import partial
from pathlib import Path

from pydantic import BaseModel

from bot.domain.articles import Article
from bot.domain.families import Families
from bot.domain.names import Names
from bot.domain.synonyms import SynonymGroups
from bot.knowledge_base.shared_texts import Procedures

ARTICLE_SCHEMA = "article.schema.json"
NAMES_SCHEMA = "names.schema.json"
PROCEDURES_SCHEMA = "procedures.schema.json"
FAMILIES_SCHEMA = "families.schema.json"
SYNONYMS_SCHEMA = "synonyms.schema.json"


def _schema(model: type[BaseModel]) -> str:
    document = {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        **model.model_json_schema(),
    }
    return json.dumps(document, indent=2, ensure_ascii=False) + "\n"


SCHEMAS: Mapping[str, Callable[[], str]] = {
    ARTICLE_SCHEMA: partial(_schema, Article),
    NAMES_SCHEMA: partial(_schema, Names),
    PROCEDURES_SCHEMA: partial(_schema, Procedures),
    FAMILIES_SCHEMA: partial(_schema, Families),
    SYNONYMS_SCHEMA: partial(_schema, SynonymGroups),
}
"""What returns the content of a schema, by its file's name."""


def write_schemas(directory: Path) -> None:
    """Write the schemas into a directory of articles."""
    for name, schema in SCHEMAS.items():
        (directory / name).write_text(schema(), encoding="utf-8")
