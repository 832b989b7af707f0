"""HTTP statuses of Xero's that libraries tell by their number, each in its own words."""

from __future__ import annotations

import pytest

from bot.recognition.statuses import Statuses
from bot.recognition.text import tokenise
from tests.recognition.pasted import heard
from tests.shipped import ARTICLES

URL = "https://api.xero.com/api.xro/2.0/Contacts"
STATUSES = {
    "401": ("Unauthorized", "authentication-unsuccessful-401"),
    "403": ("Forbidden", "authentication-unsuccessful-403"),
    "404": ("Not Found", "resource-cannot-be-found"),
    "429": ("Too Many Requests", "rate-limit-sdk-text"),
    "500": ("Internal Server Error", "error-occurred-in-xero"),
    "502": ("Bad Gateway", "xero-gateway-timeout"),
    "503": ("Service Unavailable", "xero-gateway-timeout"),
    "504": ("Gateway Timeout", "xero-gateway-timeout"),
}
LIBRARIES = (
    "requests.exceptions.HTTPError: {s} {side} Error: {reason} for url: {url}",
    "AxiosError: Request failed with status code {s} ({url})",
    "Server returned HTTP response code: {s} for URL: {url}",
    "HTTPError: Response code {s} ({reason}) {url}",
    "Exception: Request failed for {url} returned code {s}. Truncated server response",
    "httpx.HTTPStatusError: {side} error '{s} {reason}' for url '{url}'",
    "HTTP request returned status code {s}: {url}",
    "the server responded with status {s} (xero)",
    "Xero API returned {s}",
    "Xero responded with HTTP {s}",
    "curl: (22) The requested URL returned error: {s} {url}",
    "aiohttp.client_exceptions.ClientResponseError: {s}, message='{reason}', url=URL('{url}')",
    "ApiException: [{s}] {side} error: {url}",
    'Error calling GetContacts: {{"statusCode":{s},"message":"{reason}"}} {url}',
    "HTTP/1.1 {s} {reason} {url}",
    "Xero request failed ({s})",
    'Error: GET call failed with: {s} and exception: "" at node_modules/xero-node/oauth.js:421',
)
WITHOUT_NUMBERS = (
    "Xero API error: {reason}",
    "Xero API returned error http code: {joined}",
    "com.xero.api.XeroApiException: {reason}",
    "An unhandled exception of type 'Xero.Api.Infrastructure.Exceptions.{joined}Exception' occurred",
    "Failed to fetch from Xero: statusText: '{reason}'",
)
NO_STATUSES = (
    "Xero invoice status: unauthorised",
    "Message : Forbidden\nSource:  Xero.NetStandard.OAuth2Client",
    "who is unauthorised in Xero?",
    "our Xero login page has the word Forbidden on it",
    "the Xero report says the bad gateway street address is right",
)
OTHER_NUMBERS = (
    "order {s} in Xero is for 40 dollars",
    "see line {s} of the Xero import file",
    "Xero sync done, {s} records sent",
    "account code {s} is for bank fees in Xero",
    "Xero returned {s} contacts",
    "Xero call failed: {s} contacts",
    "Xero gave a {s} error yesterday, fine now",
    'Xero callback "GET /link HTTP/1.1" {s} -',
)


@pytest.mark.parametrize("status", STATUSES)
class TestAStatus:
    def test_of_xeros_is_answered_in_the_words_of_any_library(self, status: str) -> None:
        reason, article_id = STATUSES[status]
        side = "Client" if status < "500" else "Server"
        texts = [one.format(s=status, reason=reason, side=side, url=URL) for one in LIBRARIES]
        assert [(text, heard(text)) for text in texts if heard(text) != [article_id]] == []

    def test_of_xeros_is_answered_by_its_name_where_a_library_presents_one(
        self, status: str
    ) -> None:
        reason, article_id = STATUSES[status]
        joined = reason.replace(" ", "")
        texts = [one.format(reason=reason, joined=joined) for one in WITHOUT_NUMBERS]
        assert [(text, heard(text)) for text in texts if heard(text) != [article_id]] == []

    def test_of_another_api_is_left_alone(self, status: str) -> None:
        reason, _ = STATUSES[status]
        url = "https://api.example.com/contacts"
        texts = [one.format(s=status, reason=reason, side="Client", url=url) for one in LIBRARIES]
        assert [text for text in texts if "ero" not in text and heard(text)] == []

    def test_is_no_other_number_and_no_remark(self, status: str) -> None:
        texts = [one.format(s=status) for one in OTHER_NUMBERS]
        assert [text for text in texts if heard(text)] == []

    def test_yields_to_what_the_answer_says(self, status: str) -> None:
        text = f"Request failed with status code {status} {URL}"
        assert heard(f"{text}\nThe contact name cannot be empty") in ([], ["contact-required"])
        assert heard(f"{text} oauth_problem=signature_method_rejected") == []


@pytest.mark.parametrize("text", NO_STATUSES)
def test_a_name_that_nothing_presents_is_no_status(text: str) -> None:
    assert heard(text) == []


def test_a_number_of_two_articles_is_none() -> None:
    matcher_patterns = Statuses([])
    assert matcher_patterns.find(tokenise("status code 401")) is None
    assert matcher_patterns.beside_status("No", "one", tokenise("status code 401"), 0) is None
    assert "404 Not Found" in ARTICLES["resource-cannot-be-found"].wordings


def test_what_xeros_answers_contain_is_not_xeros_name() -> None:
    assert heard('{"validationErrors":null,"httpStatus":"401","errorMsg":"No"}') == []


@pytest.mark.parametrize(
    ("text", "article_id"),
    [
        (
            "Xero responded with status 403 and AuthenticationUnsuccessful",
            "authentication-unsuccessful-403",
        ),
        ("Xero, status code 403: AuthenticationUnsuccessful", "authentication-unsuccessful-403"),
        ("Xero, status code 401: AuthenticationUnsuccessful", "authentication-unsuccessful-401"),
        (
            "xero connector detail=AuthenticationUnsuccessful status=403 path=/Invoices",
            "authentication-unsuccessful-403",
        ),
        (
            "xero: AuthenticationUnsuccessful, status: 403 reason: Forbidden",
            "authentication-unsuccessful-403",
        ),
        ("Xero gives us a 403: AuthenticationUnsuccessful", "authentication-unsuccessful-403"),
        ("Xero: AuthenticationUnsuccessful (403)", "authentication-unsuccessful-403"),
        ("xero code=403 detail=AuthenticationUnsuccessful", "authentication-unsuccessful-403"),
        ("403\nAuthenticationUnsuccessful (Xero)", "authentication-unsuccessful-403"),
        ("Forbidden, Xero says AuthenticationUnsuccessful", "authentication-unsuccessful-403"),
        ("Xero says AuthenticationUnsuccessful, order 403", "authentication-unsuccessful-401"),
        ("Xero, line 403 says AuthenticationUnsuccessful", "authentication-unsuccessful-401"),
        (
            "Xero: status 401, then status 403, AuthenticationUnsuccessful",
            "authentication-unsuccessful-401",
        ),
    ],
)
def test_what_two_statuses_say_is_known_by_the_status_beside_it(text: str, article_id: str) -> None:
    assert heard(text) == [article_id]


@pytest.mark.parametrize(
    ("title", "article_id"),
    [
        ("Forbidden", "authentication-unsuccessful-403"),
        ("Unauthorized", "authentication-unsuccessful-401"),
    ],
)
@pytest.mark.parametrize(
    "answer",
    [
        '{{"Type":null,"Title":"{title}","Detail":"AuthenticationUnsuccessful"}}',
        "[Title] => {title}\n[Detail] => AuthenticationUnsuccessful",
        "Title: {title}\nDetail: AuthenticationUnsuccessful\nXero, second shop",
        "yesterday Xero had status 401 and status 403, today\n"
        "{{'Title': '{title}', 'Detail': 'AuthenticationUnsuccessful'}}",
    ],
)
def test_what_two_statuses_say_is_known_by_the_title_of_the_answer(
    answer: str, title: str, article_id: str
) -> None:
    assert heard(f"Xero: {answer.format(title=title)}") == [article_id]


@pytest.mark.parametrize(
    ("text", "article_id"),
    [
        ("Xero export 403 AuthenticationUnsuccessful at 7:10", "authentication-unsuccessful-403"),
        ("Xero export [401] AuthenticationUnsuccessful", "authentication-unsuccessful-401"),
        ("Xero sync: 403 - AuthenticationUnsucc...", "authentication-unsuccessful-403"),
    ],
)
def test_what_two_statuses_say_is_known_by_the_number_right_before_it(
    text: str, article_id: str
) -> None:
    assert heard(text) == [article_id]


@pytest.mark.parametrize("key", ["status_code = 502", "status_code=502,", "status_code: 502"])
def test_a_status_may_be_the_value_of_a_key(key: str) -> None:
    assert heard(f"Xero contacts job stopped, response.{key}") == ["xero-gateway-timeout"]


@pytest.mark.parametrize(
    "page",
    [
        "500 error logging into the Xero bridge, second user",
        "500 error when signing in to our Xero portal of the club",
        "500 error on login to the Xero middleware",
    ],
)
def test_a_status_at_the_sign_in_of_another_program_is_that_programs(page: str) -> None:
    assert heard(page) == []
    assert heard("500 error logging into Xero") == ["error-occurred-in-xero"]


@pytest.mark.parametrize(
    "text",
    [
        "Xero API error calling CreateInvoices:",
        "Sync of 3 May:\n\nXero API error calling GetContacts: \n\nthat is all it has",
    ],
)
def test_an_opening_of_xeros_library_with_nothing_behind_it_says_no_more_than_a_status(
    text: str,
) -> None:
    assert heard(text) == ["error-occurred-in-xero"]


@pytest.mark.parametrize(
    "text",
    [
        "Xero API error calling CreateInvoices: something about widgets",
        "Xero API error calling CreateInvoices:\n{",
        "the courier's API error calling GetRates:\n\nnothing else",
    ],
)
def test_an_opening_with_something_behind_it_is_none(text: str) -> None:
    assert heard(text) == []


@pytest.mark.parametrize(
    ("text", "article_id"),
    [
        (
            'HTTP 403 {"Title":"Forbidden","Status":403,"Detail":"AuthenticationUnsuccessful"}\n'
            "our Odoo shop, since the new bookkeeper",
            "authentication-unsuccessful-403",
        ),
        (
            "{title: Unauthorized, status: 401, detail: AuthenticationUnsuccessful} in Dynamics",
            "authentication-unsuccessful-401",
        ),
    ],
)
def test_a_detail_that_only_xero_writes_is_xeros_in_any_program(text: str, article_id: str) -> None:
    assert heard(text) == [article_id]


@pytest.mark.parametrize(
    "text",
    [
        "Odoo: AuthenticationUnsuccessful, status 403",
        '{"title":"Forbidden","status":403,"detail":"Authentication unsuccessful"} in Odoo',
    ],
)
def test_a_detail_that_others_write_too_is_theirs(text: str) -> None:
    assert heard(text) == []


def test_the_status_of_a_page_for_people_is_none_of_an_answer() -> None:
    page = "Sorry, something went wrong. Error code: {}"
    for code, article_id in (
        ("500", "error-occurred-in-xero"),
        ("404", "resource-cannot-be-found"),
    ):
        assert article_id not in heard(f"I press Connect to Xero, page: {page.format(code)}")
