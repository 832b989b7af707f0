"""Listeners of what support sends to requesters: a card's reply box, and *Send to requester*."""

import json
from hashlib import sha256

from bot.domain.errors import UserError
from bot.domain.escalations import Verb
from bot.domain.relays import ThreadMessage
from bot.slack.context import ListenerContext
from bot.slack.incoming.clicks import InputClick, MessageShortcut, Submission
from bot.slack.listeners.escalations import allowed
from bot.slack.results import Close, FormResult, OpenModal, Shown
from bot.slack.views import (
    blocks,
    escalation_card,
    ids,
    relay_files,
    relays,
    support_wording,
    wording,
)


async def on_send_typed(click: InputClick, context: ListenerContext) -> str:
    """Send what is typed in a card's reply box to the requester.

    A click that Slack repeats, or that a person does, has the same box, author and words.
    """
    escalation = await allowed(Verb.RELAY, click.value, click, context)
    box = click.block.removeprefix(f"{ids.ACTION_SEND_TYPED}.")
    words = click.fields.text(f"{ids.BLOCK_BOX}.{box}")
    if not words:
        raise UserError(support_wording.BOX_EMPTY)
    if len(words) > escalation_card.MAX_BOX:
        raise UserError(support_wording.BOX_LONG.format(most=escalation_card.MAX_BOX))
    digest = sha256(words.encode()).hexdigest()[:16]
    key = f"box-{box}-{click.user}-{digest}"
    where = escalation.card_channel or click.channel
    answer = ThreadMessage(where, "", key, click.user, blocks.escape(words))
    is_new = await context.relaying.send_typed(escalation.id, answer)
    return support_wording.BOX_SENT if is_new else support_wording.BOX_SENT_ALREADY


async def on_send_to_requester(shortcut: MessageShortcut, context: ListenerContext) -> Shown:
    """Relay a reply under a card to the requester's thread, unchanged, with its files.

    If another company may get the files, the reply is stored, but waits for `on_files_confirmed`.
    """
    message = shortcut.message
    channels = (message.channel,)
    if not await context.responders.is_responder(shortcut.user, shortcut.user_team, channels):
        raise UserError(wording.NOT_A_RESPONDER)
    if message.thread_ts is None or message.thread_ts == message.ts:
        raise UserError(support_wording.SEND_WHERE)
    if message.bot_id or not message.user:
        raise UserError(support_wording.SEND_OWN_WORDS)
    files = message.remaining_files()
    if not message.text.strip() and not files:
        raise UserError(support_wording.SEND_EMPTY)
    if len(message.text) > relays.MAX_RELAY:
        raise UserError(support_wording.SEND_LONG.format(most=relays.MAX_RELAY))
    card = (message.channel, message.thread_ts)
    answer = ThreadMessage(
        *card, message.ts, shortcut.user, message.text, files, edited=message.edited
    )
    kept = await context.relaying.send(card, answer)
    if kept is None:
        raise UserError(support_wording.SEND_WHERE)
    if files and await context.relaying.is_held(answer):
        private = json.dumps({"channel": answer.channel, "ts": answer.ts})
        return OpenModal(relay_files.confirmation(private))
    return support_wording.SENT if kept else support_wording.SENT_ALREADY


async def on_files_confirmed(form: Submission[None], context: ListenerContext) -> FormResult:
    """Send the reply that waited; one that was deleted meanwhile, or is sent already, is not."""
    channel, ts = form.decode("channel", "ts")
    if not await context.responders.is_responder(form.user, form.user_team, (channel,)):
        raise UserError(wording.NOT_A_RESPONDER)
    await context.relaying.confirm(channel, ts)
    return Close()
