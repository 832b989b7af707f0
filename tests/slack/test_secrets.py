"""Secrets pasted with an error: in no reply, form, card or table, though lines are broken."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.redaction.made_up.values import CLIENT_SECRET, jwt, wrapped
from tests.slack_harness import AUTHORISED, Office, words_of

TOKEN = jwt()
PASTES = [
    f"Xero: {AUTHORISED}\nAuthorization: Bearer\n{wrapped(TOKEN, 40)}\nthanks",
    f"Xero: {AUTHORISED}\nClient secret 1\n{wrapped(CLIENT_SECRET, 30)}\n",
]


def parts_of(secret: str) -> list[str]:
    return [secret[at : at + 8] for at in range(0, len(secret) - 8, 4)]


def database_in(directory: Path) -> str:
    return b"".join(file.read_bytes() for file in directory.glob("bot.sqlite3*")).decode(
        "utf-8", "replace"
    )


@pytest.mark.parametrize("paste", PASTES)
async def test_a_secret_in_a_paste_goes_nowhere(
    http_shop: Office, tmp_path: Path, paste: str
) -> None:
    shop = http_shop
    ts = await shop.ws.say(shop.alice, shop.support, paste)
    reply = await shop.reply_to(ts)
    await shop.ws.click(shop.alice, reply, "escalate")
    form = str((await shop.modal(shop.alice)).blocks)
    assert AUTHORISED in form
    await shop.all_fields(shop.alice)
    answers = {
        "store": "Ponsonby",
        "tried": paste,
        "callback": paste[:200],
        "files": [{"name": paste[:80], "content": b"x"}],
    }
    assert await shop.ws.submit(shop.alice, answers) == {}
    card = await shop.card()
    await shop.ws.until(lambda: len(shop.replies_to(ts)) == 2)
    await shop.ws.settled()
    kept = database_in(tmp_path)
    assert "Ponsonby" in kept
    shown = [form, words_of(card), *map(words_of, shop.replies_to(ts)), kept]
    left = [
        part
        for part in (*parts_of(TOKEN), *parts_of(CLIENT_SECRET))
        for text in shown
        if part in text
    ]
    assert left == []
