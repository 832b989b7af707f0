"""Slack's markup as plain text: what a reader in Zendesk sees."""

from __future__ import annotations

import pytest

from bot.integrations import slack_text

NAMES = {"U0HANA": "Hana Lee"}


@pytest.mark.parametrize(
    ("marked", "plain"),
    [
        ("<@U0HANA> and <@U0ELSE>", "@Hana Lee and @somebody"),
        ("<@U0ELSE|eli>", "@eli"),
        ("see <https://xero.com/a|the invoice>", "see the invoice (https://xero.com/a)"),
        ("<https://xero.com/a>", "https://xero.com/a"),
        ("<https://xero.com|xero.com>", "https://xero.com"),
        ("<mailto:hana@example.com|hana@example.com>", "hana@example.com"),
        ("<tel:0215550199|021 555 0199>", "021 555 0199 (0215550199)"),
        ("in <#C012|general> or <#C013>", "in #general or #channel"),
        ("<!here> <!subteam^S1|@support> <!subteam^S2>", "@here @support @group"),
        ("<!date^1795301527^{date}|22 November>", "22 November"),
        ("2 &lt; 3 &amp;amp; 5 &gt; 4", "2 < 3 &amp; 5 > 4"),
        ("a &lt;@U0HANA&gt;", "a <@U0HANA>"),
    ],
)
def test_a_mark_becomes_what_people_see(marked: str, plain: str) -> None:
    assert slack_text.plain(marked, NAMES) == plain


def test_the_people_of_a_text_are_named_once_each() -> None:
    assert slack_text.people("<@U0HANA>, <@U0ELSE|eli>, <@U0HANA>") == ["U0HANA", "U0ELSE"]
