"""Signs around a message without Xero's name that show whose it is, over all messages."""

# ruff: noqa: RUF001

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

import pytest

from bot.domain.knowledge import Area
from bot.recognition.patterns import Pattern
from tests.recognition.pasted import ALL, FIFTH, SHORT, Pasted, heard, one_in, share
from tests.shipped import ARTICLES

TECHNICAL = (Area.CONNECTION, Area.INTEGRATION)


def is_anybodys(one: Pasted) -> bool:
    return all(form.fully_generic for form in Pattern.case_variants("", one.message))


TECHNICAL_MESSAGES = {
    message
    for article in ARTICLES.values()
    if ARTICLES.area_of(article.id) in TECHNICAL
    for message in article.wordings
}


OF_RECORDS = [one for one in ALL if one.message not in TECHNICAL_MESSAGES]
IN_OTHER_LANGUAGES = (
    'Hallo zusammen, beim Abgleich des Lieferanten kommt heute immer diese Meldung: "@" Gruß, Antje',
    "Ao enviar o pedido ao fornecedor veio: @ Alguém sabe?",
    "Al guardar la factura sale: @",
    "Le fournisseur ne passe pas : « @ »",
    "Bij de factuur van gisteren: @",
    "Nel negozio esce: @",
)
ROWS = (
    "| 04/06 | Glebe | CP-2291 | @ |",
    "04/06\tGlebe\tCP-2291\t@\t",
    '2025-05-02,Coogee,line 3,"@"',
    "2025-05-02;Coogee;3;@",
)


@cache
def anybodys_of_records() -> list[Pasted]:
    return [one for one in OF_RECORDS if is_anybodys(one)]


@cache
def anybodys_of_programs() -> list[Pasted]:
    return [
        one
        for one in ALL
        if one.message in TECHNICAL_MESSAGES and is_anybodys(one) and not heard(one.text)
    ]


def silent(envelope: str, messages: Sequence[Pasted]) -> list[str]:
    texts = [(envelope.replace("@", one.text), one) for one in messages]
    return [text for text, one in texts if one.right.isdisjoint(heard(text))]


def test_numbers_around_a_message_are_no_words_of_another_text() -> None:
    sum_above = (
        "Quantity = 1, unit 0.01, rate 50%\n1 * 0.01 * ((100 - 50) / 100) = 0.004, 0.5 * 3 = 1.5\n"
    )
    tried = one_in(2, OF_RECORDS)
    missed = [one.text for one in tried if one.right.isdisjoint(heard(sum_above + one.text))]
    # some are not answered alone either
    assert [text for text in missed if heard(text)] == []
    assert len(missed) < 0.1 * len(tried)


class TestTheWordsOfAShop:
    """Vouch for what any form may say of its fields."""

    @pytest.mark.parametrize(
        "envelope",
        [
            'supplier "Greenleaf Imports" – @',
            "Trade invoices stopped. Screen says “@” against every one of them since Monday.",
            "@ (tried to save an invoice for the caterer)",
            "refund for the Kumeu customer, @",
            "till 2 after the weekend: @",
        ],
    )
    def test_vouch_for_a_message_about_records(self, envelope: str) -> None:
        assert len(anybodys_of_records()) > 10
        assert silent(envelope, anybodys_of_records()) == []

    @pytest.mark.parametrize(
        "envelope", ["the customer waits, @", "invoice run stopped: @", "@ on the payment screen"]
    )
    def test_do_not_vouch_for_what_any_program_says(self, envelope: str) -> None:
        texts = [envelope.replace("@", one.text) for one in anybodys_of_programs()]
        assert len(texts) > 20
        assert [text for text in texts if heard(text)] == []

    def test_vouch_in_other_languages(self) -> None:
        for number, envelope in enumerate(IN_OTHER_LANGUAGES):
            assert silent(envelope, share(OF_RECORDS, number, 2 * FIFTH)) == []

    @pytest.mark.parametrize(
        "envelope",
        ["Unser Fitnessstudio schreibt: @", "El gimnasio dice: @", "L'appli du club affiche : @"],
    )
    def test_of_nobody_are_no_sign_in_other_languages(self, envelope: str) -> None:
        texts = [envelope.replace("@", one.text) for one in anybodys_of_records()]
        assert [text for text in texts if heard(text)] == []


class TestARowOfATable:
    """Has values in its other columns, and no speaker."""

    def test_leaves_its_message_as_if_it_were_alone(self) -> None:
        for number, row in enumerate(ROWS):
            tried = share(OF_RECORDS, number, 2 * FIFTH)
            missed = [one for one in tried if silent(row, [one])]
            # some are not answered alone either
            assert [one for one in missed if not silent("@", [one])] == []
            assert len(missed) < 0.2 * len(tried)


class TestWhatIsGluedToAMessage:
    def test_is_no_part_of_it_if_it_is_a_number(self) -> None:
        begun = [one for one in OF_RECORDS if re.match(r"(?!Can)[A-Z][a-z]+ ", one.text)]
        assert len(begun) > 200
        assert silent("Integrate Payment TendersStore 2 14/06@ Retry", one_in(2, begun)) == []

    def test_is_a_part_of_it_if_it_is_a_word(self) -> None:
        assert heard("sale CONNECTAccount could not be found (payments)") == []


@pytest.mark.parametrize(
    "envelope",
    [
        '{"Type":null,"Title":"Unauthorized","Status":401,"Detail":"@"',
        '{"items":[{"feedConnectionId":"7bd4ff8c-7a3c","status":"REJECTED","errors":[{"detail":"@"}]}]}',
        '{"Message":"@","LineItemID":"91b6efb2-34fc-48db-9425-fa1d681e540d"}',
        "it printed oauth problem token expired, advice @",
        "developer page, Send 'Intent to receive', and then: @",
        "I should allow access to my organisation, but: @",
        '{"StatusAttributeString":"ERROR","text":"@"}',
        "LineAmount = 0.00 UnitAmount = 795.00 and then: @",
        "PUT /api.xro/2.0/Things says @",
        "Sorry\n\nError code: 500\nError: access_denied : @",
        "<h1>Sorry</h1>Error code: 500<br/>Error: access_denied : @",
        "Error: unauthorized_client : @\nError code: 500",
        "PostDataInvalidException and then: @",
        "NoDataProcessedException and then: @",
        "TokenExpired: token expired at 07/14/2020 21:26:02 and then: @",
    ],
)
def test_names_of_xeros_answers_vouch_for_any_message(envelope: str) -> None:
    assert silent(envelope, anybodys_of_records()) == []


@pytest.mark.parametrize(
    "text",
    [
        '{"type":null,"title":"Not Found","status":404,"detail":"Invoice could not be found","instance":"/a"}',
        "we had an oauth problem with the booking page: Due date cannot be empty.",
        "hotel booking engine: Website must be valid.",
        'the "Bookly" plugin says: Website must be valid.',
        "Magento, old script against /oauth/initiate: 401 Unauthorized oauth_problem=signature_invalid",
        "our demo login\n[500]   unauthorized_client\n\nInvalid redirect_uri",
        "/Items/main.m3u8/PlaybackInfo of the telly failed: 500 - Unrecognized Guid format",
        '{"error":"Bad Request","message":"Validation error","email":"Email address must be valid."}',
        "members.models.ValidationError: Email address must be valid.",
        "Error code: 500\nError: Email address must be valid.",
        "business online of the bank, new payee: Please enter a valid Bank Account Number",
        "shop.auth.TokenExpired: token expired at 1000",
        "roster app: token expired at 07/14/2020 21:26:02",
        "TokenExpired: token expired at 2020-07-14T21:26:02Z, says the door lock's app",
    ],
)
def test_the_like_of_them_do_not(text: str) -> None:
    assert heard(text) == []


@pytest.mark.parametrize("program", ["", "dashboard tile is empty, backend has "])
def test_the_end_of_a_pass_as_xero_dates_it_needs_no_name(program: str) -> None:
    text = f'{program}"TokenExpired: token expired at 08/17/2025 11:59:08" since lunch'

    assert heard(text) == ["token-expired"]


NEEDS_A_SIGN = [one for one in SHORT if not is_anybodys(one)]


class TestWhatIsInFrontOfAMessage:
    """Is its speaker only if it says who speaks, not what happened, when and to which record."""

    @pytest.mark.parametrize(
        "envelope",
        [
            "Failed to insert the COGS journal for this batch: @",
            'A Connection message appears: Response Code 503, "@"',
            "ManualJournals void of journal 2c360c58: HTTP 400 error response ('@')",
            "2 of 40 refused in the chart of accounts: @",
            'Got it again Sunday. "@"',
            "Contact Glenelg Bowls Club: @",
            "new customer Lorne Bakehouse, problem: @",
            "push of SO-1189: @",
            "Error: createInvoice: @",
            "accounting alerts APP  7:02 AM\nsupplier `Trade Tools Ltd`\n@",
            "@\nit's the refund for the beds",
            "jetzt kommt immer diese Fehlermeldung: @",
            'Newtown shop: "Sale 88 was left out. @"',
            'got this: "Nothing was saved. @"',
            "posted=False error='@'",
            "ok: false, error: '@'",
            "Result(ok=False, id=None, error='@')",
            'level=error msg="@" attempt=3',
        ],
    )
    def test_tells_what_happened(self, envelope: str) -> None:
        assert len(NEEDS_A_SIGN) > 30
        assert silent(envelope, NEEDS_A_SIGN) == []

    @pytest.mark.parametrize(
        "envelope",
        [
            "Glenelg Bowls Club: @",
            "order_id: '@'",
            "planner=stalled error='@'",
            "the planner APP says: @",
            "jetzt kommt im Fitnessstudio: @",
            "@ - that's the gym's page",
            "Telstra, 12 November: @",
            "@ from the NZ Post endpoint, second time today",
            "@ - that's our bug tracker, the page with my issues",
            "Starshipit label run stopped, log shows @",
            "mirror of the depot failed, reason: @",
            "@ on the Bidfood ordering site",
            "stamp club page, stamps.new: 'You wrote a name that is known. @'",
            'library catalogue shows "Nothing was saved. @"',
        ],
    )
    def test_says_who_speaks(self, envelope: str) -> None:
        texts = [envelope.replace("@", one.text) for one in NEEDS_A_SIGN]
        assert [text for text in texts if heard(text)] == []


class TestTwoMessagesOfOneArticle:
    """Vouch for each other where they are right beside each other, as any form says one of them."""

    CODE, NAME = "Please enter a unique Code", "Please enter a unique Name"

    @pytest.mark.parametrize("joint", [", ", ".\n", '", "', " / "])
    def test_are_answered_together(self, joint: str) -> None:
        text = f"Two red events this morning, both the same text:\n{self.CODE}{joint}{self.NAME}"
        assert heard(text) == ["account-unique-code"]

    def test_are_not_answered_alone_or_apart_or_where_another_program_says_them(self) -> None:
        for text in (
            f"Two red events this morning:\n{self.CODE}",
            f"Two red events this morning:\n{self.CODE}, {self.CODE}",
            f"Two red events this morning:\n{self.CODE} and later today {self.NAME}",
            f"Our loyalty app: {self.CODE}, {self.NAME}",
            "Sign up again please: Email address must be valid. Website must be valid.",
        ):
            assert heard(text) == [], text


@pytest.mark.parametrize(
    "text",
    [
        "HTTP/1.1 503\nThe Organisation is offline\nthe other two sync",
        "till 2, last sale: The organisation is offline",
        "> The Organisation is offline\n\nboth tills since nine",
    ],
)
def test_the_article_of_the_organisation_is_no_longer_sentence(text: str) -> None:
    assert heard(text) == ["api-offline-maintenance"]


@pytest.mark.parametrize(
    "text",
    [
        "is the organisation offline today, or may I sync",
        "The Account could not be found, it says where the till is",
        "Stripe: The Organisation is offline\nthe other two sync",
        "The Organisation is offline (CRM of our supplier)",
    ],
)
def test_the_article_of_what_others_have_too_is(text: str) -> None:
    assert heard(text) == []


class TestAnErrorOfTheProtocolOfConnections:
    """Is Xero's, unless its provider is named: others speak the protocol too."""

    @pytest.mark.parametrize(
        "text",
        [
            "Flickr upload of the catalogue: 401 oauth_problem=token_expired",
            "oauth_problem=token_rejected from the Bricklink api",
            "api.discogs.com gives 401 oauth_problem=token_rejected",
            "GET https://rest.example.com/v2/user 401 oauth_problem=signature_invalid",
            "withings scale app: 401 oauth_problem=token_rejected",
            "photos.example.com/sys/clients answered 401, oauth_problem=token_expired",
        ],
    )
    def test_is_that_of_a_provider_that_is_named(self, text: str) -> None:
        assert heard(text) == []

    @pytest.mark.parametrize(
        "text",
        [
            "oauth_problem=token_rejected",
            "our till log says oauth_problem=token_expired since Monday",
            "https://shop.example.com/xr/callback?x=1 and then oauth_problem=token_rejected",
            "Flickr upload worked, Xero sync: 401 oauth_problem=token_expired",
            "Sync of last night, error 401 oauth_problem=token_expired",
            "GET https://api.xero.com/api.xro/2.0/Invoices 401 oauth_problem=token_rejected",
            "https://rest.example.com/push oauth_problem=token_rejected"
            "&oauth_problem_advice=The Request could not be verified",
        ],
    )
    def test_is_xeros_elsewhere_and_with_xeros_advice(self, text: str) -> None:
        assert heard(text) == ["token-expired-oauth1"]
