"""Greetings: suggested prompts in the Messages tab, and a message in new channels."""

from collections.abc import Sequence

from bot.domain.article_text import plain_text, truncate
from bot.domain.channel_rules import Listen
from bot.domain.knowledge import KnowledgeBase
from bot.slack.client.views import Prompt
from bot.slack.context import ListenerContext
from bot.slack.incoming.workspace_events import MemberJoined, TabOpened
from bot.slack.listeners.home import show_home
from bot.slack.views import blocks, wording
from bot.slack.views.named import named, named_plainly
from bot.slack.views.outgoing import OutgoingMessage

MAX_PROMPTS = 4
"""Slack's limit (assistant.threads.setSuggestedPrompts)."""
MAX_TITLE = 75
AT_FIRST = (
    "payments-only-against-authorised",
    "invoice-not-found",
    "invoice-number-not-unique",
    "account-code-not-valid-for-document",
)
"""Articles that are suggested as long as nobody has asked."""


async def on_tab_opened(opened: TabOpened, context: ListenerContext) -> None:
    """Fill the tab that was opened: Home, or Messages (the conversation with the bot)."""
    if opened.tab == "home" and opened.user:
        await show_home(opened.user, opened.user_team, context)
    elif opened.tab == "messages" and opened.channel:
        await _suggest_prompts(opened.channel, context)


async def _suggest_prompts(channel: str, context: ListenerContext) -> None:
    """Set the most frequent errors as suggested prompts."""
    knowledge = context.recogniser.knowledge
    asked = await context.lookup.most_asked(len(knowledge))
    title = named_plainly(wording.PROMPTS_TITLE, knowledge.names)
    await context.views.set_suggested_prompts(
        channel, title, prompts(knowledge, (*asked, *AT_FIRST))
    )


def prompts(knowledge: KnowledgeBase, article_ids: Sequence[str]) -> list[Prompt]:
    """Return prompts for the first of these articles, each with a text that leads to it."""
    ids = dict.fromkeys(map(knowledge.current, article_ids))
    known = [knowledge[article_id] for article_id in ids if article_id in knowledge]
    return [
        Prompt(truncate(plain_text(one.title, {}), MAX_TITLE), one.sample)
        for one in known[:MAX_PROMPTS]
    ]


async def on_member_joined(joined: MemberJoined, context: ListenerContext) -> None:
    """Post the channel's greeting, if one is configured."""
    if joined.user != context.policy.bot_user:
        return
    channel = joined.channel
    rule = context.policy.rules.of(channel)
    if rule.greeting and rule.listen in {None, Listen.ALWAYS}:
        text = named(wording.GREETING, context.recogniser.knowledge.names)
        await context.messages.post(
            channel, OutgoingMessage(text, [blocks.section(text)]), f"greeting-{channel}"
        )
