"""Answers that only the asker sees."""

import json
from dataclasses import replace

from bot.domain.escalations import Escalation
from bot.domain.reports import Interaction, Report
from bot.slack.inbound import Click
from bot.slack.replies import Footer, Reply, reply
from bot.slack.services import Services


async def private_answer(report: Report, services: Services) -> Reply:
    """Keep the report and give the reply to show."""
    interaction, verdict = await services.triage.ask(report)
    return reply(verdict, services.engine.knowledge, Footer(interaction.id, private=True))


def as_shown(interaction: Interaction, services: Services, escalation: Escalation | None = None) -> Reply:
    """The reply to an interaction as it stands now."""
    footer = Footer(
        interaction.id,
        private=interaction.report.private and interaction.reply_ts is None,
        escalation=escalation,
        picked=interaction.article_id is not None,
    )
    return reply(services.engine.verdict(interaction), services.engine.knowledge, footer)


async def answer_to(click: Click, text: str, services: Services) -> None:
    """Tell the person who pressed something a sentence that only they see."""
    if click.response_url:
        await services.outbound.respond(click.response_url, Reply(text, []), replace=False)
    elif click.channel:
        await services.outbound.whisper(click.channel, click.user, text, click.thread)


def travelling(click: Click, interaction_id: int) -> str:
    """What a modal carries: the interaction, and where to replace the private reply it was opened from."""
    url = click.response_url if click.ephemeral else ""
    return json.dumps({"interaction": interaction_id, "url": url})


def travelled(value: str) -> tuple[int, str]:
    """What a modal brought back."""
    carried = json.loads(value)
    return int(carried["interaction"]), str(carried["url"])


def privately(report: Report, trigger: str) -> Report:
    """The same report, asked for by one person's click: nobody else sees the reply."""
    return replace(report, ts=trigger, thread_ts=None, private=True)
