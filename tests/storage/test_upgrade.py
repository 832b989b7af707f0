"""Today's bot, started on the database and the posts of a killed bot of an earlier version."""

from __future__ import annotations

import json
import re
import time
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from bot.domain.jobs import JobKind
from bot.slack.views import support_wording
from slack_sandbox import Message
from tests.slack_harness import Office, buttons, office, words_of
from tests.storage.test_migrations import KILLED, OLD, ended, sqlite_with, written


@dataclass
class Upgraded:
    """The workspace after the upgrade. `ids`: those of this workspace, by those in the files."""

    shop: Office
    ids: dict[str, str] = field(default_factory=dict)

    def thread(self, channel: str, ts: str) -> list[Message]:
        """The bot's replies. Here the bot has posted what people wrote, too."""
        found = self.shop.replies_to(self.ids[ts], self.ids[channel])
        return [message for message in found if message.is_reply]

    def cards(self) -> list[Message]:
        return [m for m in self.shop.ws.messages(self.shop.escalations) if not m.is_reply]


@pytest.fixture
async def upgraded(tmp_path: Path) -> AsyncIterator[Upgraded]:
    async with office(tmp_path) as shop:
        made = Upgraded(shop, {"T1": shop.ws.team_id, "U1": shop.alice, "U2": shop.bob})
        tills = shop.ws.add_channel("tills", [shop.alice, shop.bob])
        made.ids |= {"C1": shop.support, "C2": tills, "C9": shop.escalations}
        await _post_again(made)
        (tmp_path / "old").mkdir()
        left = _as_of_now(_translated(written(KILLED, "sqlite"), made.ids))
        await shop.restart(database_url=sqlite_with(left, tmp_path / "old"))
        yield made


async def _post_again(made: Upgraded) -> None:
    """Post every message as it was, with its buttons and its metadata."""
    for line in (OLD / f"{KILLED}.posts.jsonl").read_text(encoding="utf-8").splitlines():
        post = json.loads(_translated(line, made.ids))
        ts = str(json.loads(line)["ts"])
        shown = {name: post[name] for name in ("thread_ts", "blocks", "metadata") if name in post}
        shown["text"] = post.get("text", "a file")
        answer = await made.shop.bot.client.chat_postMessage(channel=post["channel"], **shown)
        made.ids[ts] = str(answer["ts"])


def _translated(text: str, ids: dict[str, str]) -> str:
    for old, new in ids.items():
        text = re.sub(rf"\b{re.escape(old)}\b", new, text)
    return text


def _as_of_now(statements: str) -> str:
    """Change all times to the last hour, as if the bot had been killed just now."""
    hour_ago = time.time() - 3600 - 1_700_000_000
    return re.sub(
        r"(?<=,)17000\d{5}\.\d{3}(?=[,)])", lambda at: f"{float(at[0]) + hour_ago:.3f}", statements
    )


async def test_the_post_under_way_is_found_by_its_key_and_the_other_one_is_posted(
    upgraded: Upgraded,
) -> None:
    await ended(
        {(JobKind.POST_REPLY, 4), (JobKind.POST_REPLY, 5)}, upgraded.shop.settings.database_url
    )
    (found,) = upgraded.thread("C1", "1700000004.001100")
    (posted,) = upgraded.thread("C2", "1700000005.001300")
    kept = await upgraded.shop.interactions.by_key(
        upgraded.shop.support, upgraded.ids["1700000004.001100"]
    )
    assert kept is not None
    assert (kept.reply_ts, found.ts) == (found.ts, upgraded.ids["1700000005.001200"])
    assert posted.ts not in upgraded.ids.values()


async def test_buttons_on_old_posts_work_and_numbers_go_on(upgraded: Upgraded) -> None:
    shop = upgraded.shop
    await ended({(JobKind.POST_REPLY, 4)}, shop.settings.database_url)
    first, second = upgraded.cards()
    assert "ESC-1" in words_of(first)
    await shop.ws.click(shop.bob, first, "claim")
    await shop.ws.until(lambda: support_wording.RELEASE in buttons(upgraded.cards()[0]))
    await shop.ws.click(shop.bob, second, "release")
    await shop.ws.until(lambda: support_wording.CLAIM in buttons(upgraded.cards()[1]))
    (reply,) = upgraded.thread("C1", "1700000004.001100")
    await shop.escalate(shop.alice, reply)
    await shop.ws.until(lambda: len(upgraded.cards()) == 3)
    assert "ESC-3" in words_of(upgraded.cards()[2])
