"""synonyms.yaml: strictly checked, and what it is worth for descriptions."""

from __future__ import annotations

import json
from pathlib import Path

import jsonschema
import pytest

from bot.domain.errors import KnowledgeError
from bot.domain.knowledge import Area, KnowledgeBase
from bot.domain.synonyms import MAX_WORDS
from bot.knowledge_base.loader import load
from bot.knowledge_base.schemas import SCHEMAS, SYNONYMS_SCHEMA
from bot.knowledge_base.synonyms import SYNONYMS_FILE
from bot.recognition.suggestions.index import SuggestionIndex
from bot.recognition.suggestions.terms import Synonyms, words_of
from bot.recognition.text import tokenise
from tests.shipped import ARTICLES
from tests.test_knowledge_base import GOOD

GROUPS = """\
groups:
  cancelled: [cancelled, voided, got rid of]
  missing: [missing, not there]
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "invoices").mkdir()
    (tmp_path / "invoices" / "invoice-not-found.yaml").write_text(GOOD, encoding="utf-8")
    return tmp_path


def write(folder: Path, text: str) -> None:
    (folder / SYNONYMS_FILE).write_text(text, encoding="utf-8")


def faults(folder: Path) -> list[str]:
    with pytest.raises(KnowledgeError) as caught:
        load(folder)
    return [str(fault) for fault in caught.value.faults]


def groups(text: str) -> list[str]:
    synonyms = Synonyms({"cancelled": ["cancelled", "got rid of"], "missing": ["not there"]})
    return list(synonyms.terms(words_of(tokenise(text).stems)).groups)


class TestTheFile:
    def test_has_groups_by_name(self, folder: Path) -> None:
        write(folder, GROUPS)
        found = load(folder).synonyms
        assert found["cancelled"] == ["cancelled", "voided", "got rid of"]

    def test_may_be_missing_or_empty(self, folder: Path) -> None:
        assert load(folder).synonyms == {}
        write(folder, "")
        assert load(folder).synonyms == {}

    @pytest.mark.parametrize(
        ("line", "fault"),
        [
            ("  gone: [Missing]", "is in the group missing already; one word, one group"),
            ("  gone: ['?']", "has no word"),
            (f"  gone: [{'a ' * MAX_WORDS}b]", f"(allowed: at most {MAX_WORDS})"),
            ("  gone: []", "groups.gone"),
            ("  Gone Away: [lost]", "groups.Gone Away"),
        ],
    )
    def test_is_refused_with_its_line(self, folder: Path, line: str, fault: str) -> None:
        write(folder, f"{GROUPS}{line}\n")
        (found,) = faults(folder)
        assert found.startswith(f"{SYNONYMS_FILE}:4: ")
        assert fault in found

    def test_refuses_an_ending_of_a_word_of_another_group(self, folder: Path) -> None:
        write(folder, f"{GROUPS}  gone: [void]\n")
        (found,) = faults(folder)
        assert "'void' is in the group cancelled already" in found

    def test_has_a_schema(self) -> None:
        schema = json.loads(SCHEMAS[SYNONYMS_SCHEMA]())
        jsonschema.validate({"groups": {"cancelled": ["voided"]}}, schema)
        with pytest.raises(jsonschema.ValidationError):
            jsonschema.validate({"groups": {"cancelled": []}}, schema)


class TestAGroup:
    @pytest.mark.parametrize(
        ("text", "found"),
        [
            ("she cancels it", ["~cancelled"]),
            ("we got rid of them", ["~cancelled"]),
            ("it isn't there", ["~missing"]),
            ("got rid", []),
            ("there", []),
            ("", []),
        ],
    )
    def test_is_found_by_each_of_its_words(self, text: str, found: list[str]) -> None:
        assert groups(text) == found

    def test_finds_an_article_that_has_another_of_its_words(self) -> None:
        """The group is the only thing in common: without it another article is first."""
        articles = {one: ARTICLES[one] for one in ("invoice-not-found", "lock-date-period")}
        changed = articles["lock-date-period"].model_copy(update={"phrases": ["binned the docket"]})
        articles["lock-date-period"] = changed
        areas = dict.fromkeys(articles, Area.INVOICES)
        found = []
        for synonyms in ({}, {"cancelled": ["binned", "scrapped"]}):
            known = KnowledgeBase(articles, areas, ARTICLES.names, (), synonyms)
            ranked = SuggestionIndex(known).ranked(tokenise("scrapped"))
            found.append([one.article_id for one in ranked])
        assert found == [[], ["lock-date-period"]]
