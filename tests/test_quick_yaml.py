"""Ordinary YAML, which is read without PyYAML's composer, is read as the composer reads it."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path
from typing import Any
from unittest import mock

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st
from pydantic import BaseModel, ConfigDict

from bot import strict_yaml
from bot.domain.errors import Fault
from bot.knowledge_base.loader import SHIPPED
from bot.quick_yaml import UnusualError, ordinary
from bot.strict_yaml import FileSchema, SourceMap, read_yaml

ANYTHING = st.recursive(
    st.text(max_size=8) | st.sampled_from(["2026-11-30", "yes", "007", "1.5", "~", "<<", "x #y"]),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner),
    max_leaves=8,
)
UNUSUAL = {
    "an anchor": "a: &x 1\nb: *x\n",
    "a tag": "a: !!int 5\n",
    "a key twice": "a: x\na: y\n",
    "a key that is a list": "? [a, b]\n: c\n",
    "a date as a key": "2026-11-30: a\n",
    "a time": "a: 2026-11-30 10:00:00\n",
    "no such day": "a: 2026-13-40\n",
    "two documents": "a: b\n---\nc: d\n",
    "a list": "- a\n",
    "nothing": "",
    "no YAML": "a: [b\n",
    "depth": "a: " + "[" * 5_000 + "]" * 5_000,
}


class Free(BaseModel):
    model_config = ConfigDict(extra="allow")


FREE = FileSchema(model=Free, name="file", shape="no mapping", depth="too deep")


def composed(source: str, folder: Path) -> tuple[Any, list[Fault]]:
    """What PyYAML's composer makes of a text, and its faults."""
    path, faults = folder / "file.yaml", list[Fault]()
    path.write_bytes(source.encode("utf-8", "surrogatepass"))
    with mock.patch.object(strict_yaml, "ordinary", side_effect=UnusualError):
        found = read_yaml(path, SourceMap(path.name, "file"), FREE, faults)
    return found and found.model_extra, faults


def test_nearly_every_article_is_ordinary_and_the_same(tmp_path: Path) -> None:
    sources = [path.read_text(encoding="utf-8") for path in sorted(SHIPPED.glob("*/*.yaml"))]
    quick: dict[str, dict[str, Any]] = {}
    for source in sources:
        with suppress(UnusualError):
            quick[source] = ordinary(source)
    assert len(quick) > 0.9 * len(sources)
    for source, found in list(quick.items())[::8]:
        assert composed(source, tmp_path)[0] == found


@given(content=st.dictionaries(st.text(max_size=5), ANYTHING), flow=st.booleans())
def test_whatever_is_ordinary_is_the_same(
    content: dict[str, Any], flow: bool, tmp_path_factory: pytest.TempPathFactory
) -> None:
    source = yaml.safe_dump(content, allow_unicode=True, default_flow_style=flow)
    with suppress(UnusualError):
        found = ordinary(source)
        assert composed(source, tmp_path_factory.getbasetemp()) == (found, [])


@pytest.mark.parametrize("what", UNUSUAL)
def test_the_rest_is_left_to_pyyaml(what: str) -> None:
    with pytest.raises(UnusualError):
        ordinary(UNUSUAL[what])


def test_a_fault_of_an_ordinary_file_has_its_line(tmp_path: Path) -> None:
    class Strict(BaseModel):
        a: str
        b: list[str]

    path, faults = tmp_path / "file.yaml", list[Fault]()
    path.write_text("a: x\nb:\n  - y\n  - [z]\n", encoding="utf-8")
    schema = FileSchema(model=Strict, name="file", shape="no mapping", depth="too deep")
    assert read_yaml(path, SourceMap(path.name, "file"), schema, faults) is None
    assert [(fault.line, fault.key) for fault in faults] == [(4, "b[2]")]
