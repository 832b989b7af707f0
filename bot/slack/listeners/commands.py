"""/xero-error, and the box it opens."""

import json

from bot.domain.articles import Area, KnowledgeBase
from bot.domain.errors import GaveUpError
from bot.domain.prose import Run, plain
from bot.domain.reports import Report
from bot.slack import blocks, forms, ids, wording
from bot.slack.inbound import Click, private_report
from bot.slack.listeners.home import open_escalations
from bot.slack.listeners.private import private_answer
from bot.slack.replies import Reply
from bot.slack.services import Services

MAX_LISTED = 60
"""Titles of 150 characters at the most: more of them would be over what Slack takes in one message."""


async def on_command(report: Report, click: Click, services: Services) -> Reply | None:
    """The reply that only the asker sees; None: no text, so a box opens."""
    match report.text.strip().lower():
        case "":
            return None
        case "help":
            return Reply(wording.HELP, [blocks.section(wording.HELP)])
        case "list":
            return known_errors(services.engine.knowledge)
        case "open":
            return await open_escalations(click.user, click.user_team, services)
        case _:
            return await private_answer(report, services)


async def on_command_without_text(click: Click, services: Services) -> None:
    """Open the box to paste into."""
    private = json.dumps({"channel": click.channel, "url": click.response_url})
    await services.outbound.open_modal(click.trigger, forms.paste_modal(private))


async def on_pasted(click: Click, error: str, services: Services) -> None:
    """The box was sent: reply where the command was typed."""
    carried = json.loads(click.value)
    report = private_report(click.team, carried["channel"], click.user, click.trigger, error)
    made = await private_answer(report, services)
    try:
        await services.outbound.respond(carried["url"], made, replace=False)
    except GaveUpError:
        # the command was typed more than 30 minutes ago, so its address is gone
        await services.outbound.post(await services.outbound.direct(click.user), made, f"paste-{click.trigger}")


async def on_area(click: Click, services: Services) -> None:
    """A subject was chosen under `/xero-error list`: its errors take the list's place."""
    made = known_errors(services.engine.knowledge, Area(click.value))
    await services.outbound.respond(click.response_url, made, replace=True)


def known_errors(knowledge: KnowledgeBase, area: Area | None = None) -> Reply:
    """The subjects to choose from and, once one is chosen, the titles of its articles."""
    counts = {a: len(knowledge.about(a)) for a in Area}
    options = {a: f"{wording.AREAS[a]} ({count})" for a, count in counts.items() if count}
    intro = wording.LIST_INTRO.format(count=len(knowledge))
    menu = blocks.menu(ids.ACTION_AREA, wording.LIST_CHOOSE, options, area)
    body = [blocks.header(wording.LIST_TITLE), blocks.section(intro), blocks.actions("areas", menu)]
    if area is not None:
        titles = [[Run(plain(article.title, {}))] for article in knowledge.about(area)]
        body += [blocks.rich_text(blocks.label(wording.AREAS[area]), blocks.steps(titles[:MAX_LISTED], numbered=False))]
    return Reply(intro, body)
