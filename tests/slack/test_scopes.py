"""The Web API methods that the code calls, found in its syntax tree, and the scopes they need."""

from __future__ import annotations

import ast
import inspect
import re
from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path

import pytest
from slack_sdk.web.async_client import AsyncWebClient

from bot.slack.client.error_codes import explain_refusal
from bot.slack.client.scopes import ALL, METHODS, OPTIONAL, REQUIRED, OptionalScope

BOT = Path(__file__).resolve().parents[2] / "bot"
NO_METHODS = {"response_url"}
"""What `calling` names besides Web API methods."""
CLIENT = {
    name: name.replace("_", ".")
    for name, member in inspect.getmembers(AsyncWebClient, inspect.iscoroutinefunction)
    if "_" in name
    and not name.startswith("_")
    and name != "api_call"  # what all the others go through
}


NAMING = {"calling", "_answering_click"}
"""Functions whose first argument is a method's name."""


@cache
def sources() -> list[str]:
    return [path.read_text(encoding="utf-8") for path in BOT.rglob("*.py")]


def with_one_of(names: Iterable[str]) -> Iterator[ast.AST]:
    """The syntax trees of the modules that mention one of these names; few do."""
    mention = re.compile(rf"\b(?:{'|'.join(names)})\b")
    return (ast.parse(source) for source in sources() if mention.search(source))


def called(tree: ast.AST) -> set[str]:
    """Yields slack_sdk's methods that a module mentions; some are in a variable before the call."""
    return {
        CLIENT[node.attr]
        for node in ast.walk(tree)
        if isinstance(node, ast.Attribute) and node.attr in CLIENT
    }


def named(tree: ast.AST) -> set[str]:
    """Methods that a module names to `calling`; either branch of a conditional."""
    first = [
        node.args[0]
        for node in ast.walk(tree)
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in NAMING
    ]
    return {
        part.value
        for argument in first
        for part in ast.walk(argument)
        if isinstance(part, ast.Constant) and isinstance(part.value, str)
    }


class TestTheTableOfMethods:
    def test_knows_every_method_that_the_code_calls_and_no_other(self) -> None:
        assert set().union(*map(called, with_one_of(CLIENT))) == set(METHODS)

    def test_knows_every_method_by_which_the_code_names_a_call(self) -> None:
        assert set().union(*map(named, with_one_of(NAMING))) - NO_METHODS == set(METHODS)

    def test_finds_a_method_that_is_new(self) -> None:
        tree = ast.parse(
            "await self._client.chat_scheduleMessage(channel=c)\nasync with calling('pins.add'): ..."
        )
        assert called(tree) == {"chat.scheduleMessage"}
        assert named(tree) == {"pins.add"}


class TestAPage:
    def test_of_the_method_is_named_where_a_refusal_has_no_advice_of_its_own(self) -> None:
        page = "https://docs.slack.dev/reference/methods/chat.update"
        assert explain_refusal("chat.update", "cant_update_message").endswith(
            f"cant_update_message; see {page}"
        )
        assert explain_refusal("response_url", "status 404").endswith(
            "see https://docs.slack.dev/reference/methods/"
        )


class TestOptionalScopes:
    def test_are_among_those_that_something_needs(self) -> None:
        assert {optional.scope for optional in OPTIONAL} < ALL
        assert REQUIRED | {optional.scope for optional in OPTIONAL} == ALL

    @pytest.mark.parametrize("optional", OPTIONAL, ids=lambda optional: optional.scope)
    def test_say_what_happens_without_them(self, optional: OptionalScope) -> None:
        assert optional.feature
        assert optional.without.endswith(".")

    def test_are_listed_in_the_documents(self) -> None:
        page = (BOT.parent / "docs" / "connecting.md").read_text(encoding="utf-8")
        rows = [
            f"| `{optional.scope}` | {optional.feature} | {optional.without} |"
            for optional in OPTIONAL
        ]
        assert [row for row in rows if row not in page] == []
