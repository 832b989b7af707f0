"""Recognition with the names of another vendor's product."""

from __future__ import annotations

import pytest

from bot.domain.names import Names
from bot.domain.reports import Trigger
from bot.domain.verdicts import Abstain, Answer, Intent
from bot.recognition.recogniser import Recogniser
from bot.recognition.same_error import has_new_names
from tests.builders import NAMES, article, knowledge

EXPIRED = article(
    "expired", messages=["The access token has expired"], action=["Open *Till setup*."]
)


def named(product: str, *also_called: str) -> Names:
    return Names(**NAMES.model_dump() | {"product": product, "also_called": also_called})


ACME = named("Acme Till", "AT3")
RECOGNISER = Recogniser(knowledge(EXPIRED, names=ACME))


class TestAMessageThatOtherSoftwareUsesToo:
    @pytest.mark.parametrize(
        "name", ["Acme Till", "acme  till", "ACMETILL", "acme-till", "AT3", "Xero"]
    )
    def test_is_answered_beside_the_products_name(self, name: str) -> None:
        found = RECOGNISER.verdict(
            f"{name} shows this: The access token has expired", Trigger.HEARD
        )
        assert isinstance(found, Answer)

    @pytest.mark.parametrize("name", ["ClickPOS", "Acme", "Acme Tiller", "Flat3", "the website"])
    def test_is_left_alone_beside_any_other_name(self, name: str) -> None:
        found = RECOGNISER.verdict(
            f"{name} shows this: The access token has expired", Trigger.HEARD
        )
        assert found == Abstain()

    def test_is_attributed_by_the_knowledge_base_in_use(self) -> None:
        replaced = Recogniser(knowledge(EXPIRED, names=ACME))
        text = "ClickPOS shows this: The access token has expired"
        assert replaced.verdict(text, Trigger.HEARD) == Abstain()
        replaced.replace_knowledge(knowledge(EXPIRED))
        assert isinstance(replaced.verdict(text, Trigger.HEARD), Answer)

    def test_without_its_reason_is_seen_beside_the_products_name(self) -> None:
        text = "{}: 400 bad request"
        seen = [
            RECOGNISER.verdict(text.format(name), Trigger.ADDRESSED) for name in ("AT3", "ClickPOS")
        ]
        assert seen == [Abstain(reason_missing=True), Abstain()]


class TestTheProductsName:
    def test_names_no_other_shop(self) -> None:
        assert not has_new_names("Same in Acme Till: it fails", "it fails", ACME)
        assert has_new_names("Same in ClickPOS: it fails", "it fails", ACME)

    def test_names_nothing_that_is_asked_for(self) -> None:
        assert RECOGNISER.steps.named_words("where in Acme Till is the till setup") == [
            "till",
            "setup",
        ]

    @pytest.mark.parametrize("name", ["Acme Till", "acme till", "at3"])
    def test_is_somebody_whom_a_person_is_asked_of(self, name: str) -> None:
        assert RECOGNISER.intent(f"can {name} call", addressed=True) is Intent.PERSON

    def test_may_be_made_of_signs(self) -> None:
        assert named("C++ (POS)").spoken.search("our c++ (pos) says")
        assert not named("-").spoken.search("nothing here")
