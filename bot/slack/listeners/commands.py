"""/xero-error, and the box it opens."""

import json

from bot.domain.articles import KnowledgeBase
from bot.domain.prose import Run, plain
from bot.domain.reports import Report
from bot.slack import blocks, cards, wording
from bot.slack.inbound import Click, private_report
from bot.slack.listeners.private import private_answer
from bot.slack.replies import Reply
from bot.slack.services import Services

MAX_LISTED = 100


async def on_command(report: Report, services: Services) -> Reply | None:
    """The reply that only the asker sees; None: no text, so a box opens."""
    match report.text.strip().lower():
        case "":
            return None
        case "help":
            return Reply(wording.HELP, [blocks.section(wording.HELP)])
        case "list":
            return known_errors(services.engine.knowledge)
        case _:
            return await private_answer(report, services)


async def on_command_without_text(click: Click, services: Services) -> None:
    """Open the box to paste into."""
    private = json.dumps({"channel": click.channel, "url": click.response_url})
    await services.outbound.open_modal(click.trigger, cards.paste_modal(private))


async def on_pasted(click: Click, error: str, services: Services) -> None:
    """The box was sent: reply where the command was typed."""
    carried = json.loads(click.value)
    report = private_report(click.team, carried["channel"], click.user, click.trigger, error)
    await services.outbound.respond(carried["url"], await private_answer(report, services), replace=False)


def known_errors(knowledge: KnowledgeBase) -> Reply:
    """The titles of all articles."""
    titles = [plain(article.title, {}) for article in knowledge.values()]
    intro = wording.LIST_INTRO.format(count=len(titles))
    listed = [[Run(title)] for title in titles[:MAX_LISTED]]
    if len(titles) > MAX_LISTED:
        listed.append([Run(wording.LIST_MORE.format(count=len(titles) - MAX_LISTED))])
    body = [
        blocks.header(wording.LIST_TITLE),
        blocks.section(intro),
        blocks.rich_text(blocks.steps(listed, numbered=False)),
    ]
    return Reply(intro, body)
