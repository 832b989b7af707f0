"""The escalation's modal, card and notes, as Slack blocks."""

from typing import Any

from bot.domain.articles import KnowledgeBase
from bot.domain.escalations import Details, Escalation, Scope, Urgency, XeroStatus
from bot.domain.facts import facts_in
from bot.domain.prose import cut, plain
from bot.domain.reports import Interaction
from bot.domain.text import unwrap
from bot.domain.verdicts import Answer, Verdict
from bot.slack import blocks, ids, wording
from bot.slack.blocks import Block
from bot.slack.inbound import storable
from bot.slack.replies import Reply

MAX_INPUT = 3_000
"""Slack's limit of a plain text input."""
MAX_CARD_ERROR = 2_400
MAX_CARD_TRIED = 1_500
MAX_SHORT = 200


def escalation_modal(interaction: Interaction, private: str) -> Block:
    """The form, filled with what the paste gives away; `private` comes back with the submission."""
    text = unwrap(interaction.report.text).strip()
    facts = facts_in(text)
    body = [
        blocks.section(wording.ESCALATE_INTRO),
        blocks.text_input(
            "error",
            wording.FIELD_ERROR,
            required=True,
            multiline=True,
            max_length=MAX_INPUT,
            initial_value=text[:MAX_INPUT],
        ),
        _short("store", wording.FIELD_STORE, hint=wording.FIELD_STORE_HINT, required=True),
        _short("organisation", wording.FIELD_ORGANISATION, hint=wording.FIELD_ORGANISATION_HINT),
        _short("record", wording.FIELD_RECORD, initial=facts.record),
        blocks.input_block(
            "date", wording.FIELD_DATE, {"type": "datepicker", **({"initial_date": facts.date} if facts.date else {})}
        ),
        _short("amount", wording.FIELD_AMOUNT, initial=facts.amount),
        blocks.select("xero_status", wording.FIELD_XERO_STATUS, wording.CHOOSE, wording.XERO_STATUSES),
        blocks.radio("scope", wording.FIELD_SCOPE, wording.SCOPES),
        blocks.text_input("tried", wording.FIELD_TRIED, multiline=True, max_length=MAX_INPUT),
        blocks.radio("urgency", wording.FIELD_URGENCY, wording.URGENCIES, initial=Urgency.TODAY),
        blocks.context(wording.ESCALATE_SECRETS),
    ]
    title, submit = wording.ESCALATE_TITLE, wording.ESCALATE_SUBMIT
    return blocks.modal(ids.VIEW_ESCALATE, title, body, close=wording.CANCEL, submit=submit, private=private)


def _short(block_id: str, label: str, *, hint: str = "", initial: str = "", required: bool = False) -> Block:
    return blocks.text_input(
        block_id, label, required=required, hint=hint, max_length=MAX_SHORT, initial_value=initial[:MAX_SHORT]
    )


def details(values: dict[str, Any]) -> Details:
    """What was submitted: Slack's `view.state.values`, block id = action id = field."""

    def said(field: str) -> Any:
        given = values.get(field, {}).get(field, {})
        option = given.get("selected_option")
        return option["value"] if option else storable(given.get("value") or given.get("selected_date") or "")

    return Details(
        error=said("error").strip(),
        store=said("store").strip(),
        organisation=said("organisation").strip(),
        record=said("record").strip(),
        date=said("date"),
        amount=said("amount").strip(),
        xero_status=XeroStatus(said("xero_status")) if said("xero_status") else None,
        scope=Scope(said("scope")) if said("scope") else None,
        tried=said("tried").strip(),
        urgency=Urgency(said("urgency") or Urgency.TODAY),
    )


def faults(given: Details) -> dict[str, str]:
    """Fields that hold only blanks, with what to do: block id -> sentence."""
    return {field: wording.FIELD_EMPTY for field in ("error", "store") if not getattr(given, field)}


def card(
    escalation: Escalation, link: str | None, mention: tuple[str, ...], verdict: Verdict, knowledge: KnowledgeBase
) -> Reply:
    """The escalation for those who take it up. Everything a person typed is plain text."""
    given = escalation.details
    notification = wording.CARD_NOTIFICATION.format(name=escalation.name, store=given.store)
    body: list[Block] = []
    if mention:
        body.append(blocks.section(" ".join(_mention(who) for who in mention)))
    body.append(blocks.header(wording.CARD_TITLE.format(name=escalation.name, store=given.store)))
    thread = f"<{link}|{wording.CARD_THREAD_LINK}>" if link else wording.CARD_PRIVATE
    body.append(blocks.fields((wording.CARD_REQUESTER, f"<@{escalation.requester}>"), (wording.CARD_THREAD, thread)))
    body.append(blocks.facts(_facts(given)))
    body.append(blocks.rich_text(blocks.label(wording.FIELD_ERROR), blocks.quote(cut(given.error, MAX_CARD_ERROR))))
    if given.tried:
        tried = blocks.quote(cut(given.tried, MAX_CARD_TRIED))
        body.append(blocks.rich_text(blocks.label(wording.FIELD_TRIED), tried))
    matches = verdict.matches if isinstance(verdict, Answer) else ()
    replied = "; ".join(f"{plain(knowledge[m.article_id].title, {})} ({m.article_id})" for m in matches)
    text = f"{wording.CARD_ARTICLES}: {cut(replied, 1_000) or wording.CARD_NO_ARTICLE}"
    body.append(blocks.context(blocks.escape(text)))
    return Reply(blocks.escape(cut(notification, 300)), body)


def _facts(given: Details) -> list[tuple[str, str]]:
    rows = [
        (wording.FIELD_STORE, given.store),
        (wording.FIELD_ORGANISATION, given.organisation),
        (wording.FIELD_RECORD, given.record),
        (wording.FIELD_DATE, given.date),
        (wording.FIELD_AMOUNT, given.amount),
        (wording.FIELD_XERO_STATUS, wording.XERO_STATUSES[given.xero_status] if given.xero_status else ""),
        (wording.FIELD_SCOPE, wording.SCOPES[given.scope] if given.scope else ""),
        (wording.FIELD_URGENCY, wording.URGENCIES[given.urgency]),
    ]
    return [(label, value) for label, value in rows if value]


def _mention(who: str) -> str:
    if who == "here":
        return "<!here>"
    return f"<!subteam^{who}>" if who.startswith("S") else f"<@{who}>"


def note(escalation: Escalation, *, private: bool) -> Reply:
    """What the requester is told."""
    sent = wording.NOTE_PRIVATE if private else wording.NOTE
    text = (sent if escalation.card_ts else wording.NOTE_WAITING).format(
        user=escalation.requester, name=escalation.name
    )
    return Reply(text, [blocks.section(text)])


def paste_modal(private: str) -> Block:
    """The box that `/xero-error` without text opens."""
    box = blocks.text_input(
        "error", wording.PASTE_LABEL, required=True, hint=wording.PASTE_HINT, multiline=True, max_length=MAX_INPUT
    )
    title, submit = wording.PASTE_TITLE, wording.PASTE_SUBMIT
    return blocks.modal(ids.VIEW_PASTE, title, [box], close=wording.CANCEL, submit=submit, private=private)
