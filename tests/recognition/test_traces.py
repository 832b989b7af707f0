"""Messages that any program may say, in stack traces that show which program it was."""

from __future__ import annotations

import functools

import pytest

from bot.recognition.traces import frames_around
from tests.recognition.pasted import SHORT, Pasted, heard, share

FILLER = {
    "php": "#{n} /var/www/html/shop/vendor/league/oauth2-client/src/Provider/AbstractProvider.php(62{n}): "
    "League\\OAuth2\\Client\\Provider\\AbstractProvider->getParsedResponse(Object(Request))",
    "python": '  File "/usr/lib/python3/site-packages/requests/sessions.py", line 6{n}0, in send',
    "dotnet": "   at System.Net.Http.HttpClient.SendAsyncCore(HttpRequestMessage request) in step {n}",
    "java": "\tat org.glassfish.jersey.client.JerseyInvocation.translate(JerseyInvocation.java:9{n})",
    "node": "    at processTicksAndRejections (node:internal/process/task_queues:9{n}:5)",
    "ruby": "/usr/lib/ruby/gems/3.2/net-http-0.3/lib/net/http/request.rb:1{n}:in `perform'",
}
NAMING = {
    "php": "#9 /var/www/html/shop/vendor/webfox/laravel-{name}-oauth2/src/FileStore.php(86): refresh()",
    "python": '  File "/srv/shop/lib/{name}_python/api_client.py", line 350, in call_api',
    "dotnet": "   at {name}.Api.Infrastructure.Http.HttpClient.PostAsync(String endpoint)",
    "java": "\tat com.{name}.api.ApiClient.execute(ApiClient.java:101)",
    "node": "    at {name}Client.refresh (/srv/shop/node_modules/{name}-client/dist/index.js:80:3)",
    "ruby": "/srv/shop/gems/{name}-ruby-3.2/lib/client.rb:88:in `call'",
}

NAMES = ("Canva", "QuickBooks", "Acme")


@functools.cache
def unanswered() -> list[Pasted]:
    return [one for one in SHORT if not heard(one.text)]


def traced(message: str, language: str, name: str) -> str:
    frames = [FILLER[language].format(n=n) for n in range(8)]
    return "\n".join([message, "Stack trace:", *frames, NAMING[language].format(name=name)])


@pytest.mark.parametrize(("number", "language"), list(enumerate(FILLER)), ids=list(FILLER))
class TestATrace:
    def test_that_names_xero_far_below_makes_the_message_xeros(
        self, number: int, language: str
    ) -> None:
        missed = [
            one.text
            for one in share(SHORT, number, len(FILLER))
            if one.right.isdisjoint(heard(traced(one.text, language, "Xero")))
        ]
        assert missed == []

    @pytest.mark.parametrize("name", NAMES)
    def test_of_another_program_does_not(self, number: int, language: str, name: str) -> None:
        messages = share(unanswered(), number + NAMES.index(name), len(FILLER))
        assert [m.text for m in messages if heard(traced(m.text, language, name))] == []

    def test_that_names_another_system_too_does_not(self, number: int, language: str) -> None:
        messages = share(unanswered(), number, len(FILLER))
        texts = [traced(m.text, language, "QuickBooks.Xero") for m in messages]
        assert [text for text in texts if heard(text)] == []


def test_frames_are_no_sentences() -> None:
    text = "it failed\nat home (Xero)\nfrom Xero, at the till: 3\nFile it under Xero\n# 1 in Xero"
    assert frames_around(text, 0, 2) == ""
