"""Menus with several names, in procedures and articles."""

from __future__ import annotations

from typing import Any

import pytest
from pydantic import ValidationError

from bot.domain.causes import Procedure
from bot.domain.names import Menu, Name, SharedTexts
from tests.builders import NAMES

CHART = "https://go.xero.example/chart"
SHARED = SharedTexts(
    NAMES.model_copy(
        update={
            "xero": {
                "sales": Name(shown="Xero > *Sales*", variants=["*Business*"], page="Business"),
                "chart": Name(shown="*Chart of accounts*", link=CHART),
                "users": Name(shown="*Users*"),
            }
        }
    )
)


def procedure(**given: Any) -> Procedure:
    texts = {"title": "Find it", "steps": ["Open {xero.sales}", {"do": "Open {xero.users}"}]}
    return Procedure.model_validate({**texts, **given}, context=SHARED)


class TestAProceduresMenus:
    def test_are_those_with_another_name_or_a_link(self) -> None:
        found = procedure(risk="Not under {xero.chart}").menus
        assert found == [
            Menu(shown="Xero > *Sales*", others=("Business",)),
            Menu(shown="*Chart of accounts*", others=(), link=CHART),
        ]

    def test_are_read_from_a_row_as_they_are(self) -> None:
        stored = procedure().model_dump(mode="json")
        assert Procedure.model_validate(stored) == procedure()

    def test_may_not_be_in_a_file(self) -> None:
        with pytest.raises(ValidationError, match=r"menus comes from names\.yaml"):
            procedure(menus=[])
