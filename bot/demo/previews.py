"""The try-out's channel for writers: each article that is saved, as the bot answers with it."""

import asyncio
from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from bot.app import Bot
from bot.domain.article_text import Run
from bot.domain.articles import Article
from bot.knowledge_base.lint import check
from bot.knowledge_base.reload import Reload
from bot.knowledge_base.shared_texts import SHARED_FILES
from bot.slack.views import blocks
from bot.slack.views.blocks import Block
from bot.slack.views.first_view import view_faults
from slack_sandbox import SlackSandbox

CHANNEL = "article-preview"
AUTHOR = "Article preview"
"""Who pastes the example of an article that was saved."""
VERSION = "version {number}"
"""Behind the example: an edited message is answered again, in the same thread."""
FAULTS = "{file}: {count} to mend"
MAX_FAULTS = 20
"""Faults of one file that are shown."""


@dataclass
class _Shown:
    """An article in the channel: the message with its example, and how often it was saved."""

    article: Article
    ts: str
    version: int = 1


class Previews:
    """Shows each saved article in a channel: the bot's reply to its sample, and its faults.

    A saved article that is shown already is answered again in the same thread. One that cannot be
    loaded is replaced by its faults.
    """

    def __init__(self, ws: SlackSandbox, channel: str, author: str) -> None:
        self._ws = ws
        self._channel = channel
        self._author = author
        self._articles: dict[str, _Shown] = {}
        self._notes: dict[str, str] = {}
        """The ts of the message with a file's faults, by the file's name."""
        self._reloads: asyncio.Queue[Reload] = asyncio.Queue()

    def add(self, reload: Reload) -> None:
        """Show what was saved as soon as what was saved before is shown."""
        self._reloads.put_nowait(reload)

    @asynccontextmanager
    async def running(self, bot: Bot, directory: Path) -> AsyncIterator[None]:
        """Show what is saved in a directory, as long as the context lasts."""
        showing = asyncio.create_task(self._run(bot, directory), name="previews")
        try:
            yield
        finally:
            showing.cancel()
            with suppress(asyncio.CancelledError):
                await showing

    async def _run(self, bot: Bot, directory: Path) -> None:
        while True:
            reload = await self._reloads.get()
            found = await asyncio.to_thread(check, directory, view_faults=view_faults)
            saved = [_in_directory(path) for path in sorted(reload.files)]
            # while one file cannot be loaded, the others are not checked, and keep their faults
            noted = self._notes if found.knowledge is not None else ()
            for name in sorted({*saved, *noted}):
                lines = [str(fault) for fault in found.faults if fault.file == name]
                await self._show_faults(bot, name, lines)
                if lines and found.knowledge is None:
                    await self._remove(Path(name).stem)
            if found.knowledge is not None:
                await self._show_articles(found.knowledge, {Path(name).stem for name in saved})

    async def _show_articles(self, knowledge: Mapping[str, Article], saved: set[str]) -> None:
        """Show the saved articles, and again those in the channel that others' texts changed."""
        for article_id in self._articles.keys() - knowledge.keys():
            await self._remove(article_id)
        for article_id in sorted(saved & knowledge.keys() | self._articles.keys()):
            shown, article = self._articles.get(article_id), knowledge[article_id]
            if article_id in saved or (shown and shown.article != article):
                await self._show(article, shown)

    async def _show(self, article: Article, shown: _Shown | None) -> None:
        example = f"<@{self._ws.bot_user_id}> {article.sample}"
        if shown is None:
            ts = await self._ws.say(self._author, self._channel, example)
            self._articles[article.id] = _Shown(article, ts)
            return
        shown.article, shown.version = article, shown.version + 1
        text = f"{example}\n{VERSION.format(number=shown.version)}"
        await self._ws.edit(self._author, self._channel, shown.ts, text)

    async def _remove(self, article_id: str) -> None:
        if shown := self._articles.pop(article_id, None):
            await self._ws.delete(self._author, self._channel, shown.ts)

    async def _show_faults(self, bot: Bot, name: str, lines: Sequence[str]) -> None:
        """Show a file's faults, in place of those before; without any, remove these."""
        ts = self._notes.get(name)
        title = FAULTS.format(file=name, count=len(lines))
        body = _faults(title, lines)
        if not lines:
            if ts:
                await bot.client.chat_delete(channel=self._channel, ts=ts)
                del self._notes[name]
        elif ts:
            await bot.client.chat_update(channel=self._channel, ts=ts, text=title, blocks=body)
        else:
            posted = await bot.client.chat_postMessage(
                channel=self._channel, text=title, blocks=body
            )
            self._notes[name] = str(posted["ts"])


def _in_directory(path: Path) -> str:
    """Return the name of a file as faults have it: an article's with its area."""
    return path.name if path.name in SHARED_FILES else f"{path.parent.name}/{path.name}"


def _faults(title: str, lines: Sequence[str]) -> list[Block]:
    listed = [[Run(line)] for line in lines[:MAX_FAULTS]]
    heading = blocks.paragraph([Run(title, bold=True)])
    return [blocks.rich_text(heading, blocks.steps(listed, numbered=False))]
