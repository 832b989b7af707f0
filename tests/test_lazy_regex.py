"""Regular expressions that are compiled when they are first used."""

from __future__ import annotations

import importlib
import pkgutil
import re
from collections.abc import Iterator
from types import ModuleType

import pytest

import bot.domain
import bot.recognition
from bot.lazy_regex import lazy_regex

TEXT = "Invoice INV-71 and invoice INV-72"


def values_in(package: ModuleType) -> Iterator[object]:
    """All values of the modules of a package."""
    for module in pkgutil.walk_packages(package.__path__, f"{package.__name__}."):
        yield from vars(importlib.import_module(module.name)).values()


class TestALazyRegex:
    def test_finds_what_a_compiled_one_finds_each_time(self) -> None:
        lazy, compiled = lazy_regex(r"inv-(\d+)", re.IGNORECASE), re.compile(r"(?i)inv-(\d+)")
        for _ in range(2):
            assert lazy.findall(TEXT) == compiled.findall(TEXT) == ["71", "72"]
            assert lazy.sub("#", TEXT) == compiled.sub("#", TEXT)
        assert lazy.pattern == r"inv-(\d+)"

    def test_is_compiled_at_its_first_use_and_not_before(self) -> None:
        broken = lazy_regex("(")
        with pytest.raises(re.error):
            broken.search(TEXT)


class TestTheRecogniser:
    def test_compiles_nothing_where_it_is_imported(self) -> None:
        compiled = {value for value in values_in(bot.recognition) if isinstance(value, re.Pattern)}
        assert compiled <= {one for one in values_in(bot.domain) if isinstance(one, re.Pattern)}

    def test_has_no_expression_that_cannot_be_compiled(self) -> None:
        lazy = [one for one in values_in(bot.recognition) if type(one) is type(lazy_regex(""))]
        assert len(lazy) > 100
        for regex in lazy:
            assert regex.pattern
