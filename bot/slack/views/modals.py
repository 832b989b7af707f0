"""Modals with forms, and the parsers of their submissions."""

from collections.abc import Sequence
from dataclasses import dataclass

from bot.domain import escalation_labels
from bot.domain.escalations import Details, Escalation, Resolution, Scope, Urgency, XeroStatus
from bot.domain.feedback import Reason
from bot.domain.matches import Match
from bot.domain.shops import Shop
from bot.recognition.record_details import RecordDetails, extract_record_details
from bot.recognition.text import strip_markup
from bot.slack.incoming.forms import FormValues
from bot.slack.incoming.payloads import reading
from bot.slack.views import blocks, ids, requester_wording, support_wording, wording
from bot.slack.views.blocks import Block

MAX_INPUT = 3_000
"""Slack's limit of a plain text input."""
MAX_SHORT = 200
MAX_WORDS = 1_000
PASTE_FIELD = "error"


def escalation_modal(
    paste: str, private: str, matches: Sequence[Match] = (), shop: Shop | None = None
) -> Block:
    """Return the escalation form, filled in from the shop, the paste and its `matches`.

    `private`: its private_metadata.
    """
    text = strip_markup(paste).strip()
    body = [
        blocks.section(requester_wording.ESCALATE_INTRO),
        *_error_and_shop_fields(text, shop),
        *_record_fields(extract_record_details(text, matches)),
        blocks.radio("scope", escalation_labels.SCOPE, escalation_labels.SCOPES),
        blocks.text_input("tried", escalation_labels.TRIED, multiline=True, max_length=MAX_INPUT),
        blocks.radio(
            "urgency", escalation_labels.URGENCY, escalation_labels.URGENCIES, initial=Urgency.TODAY
        ),
        blocks.context(requester_wording.ESCALATE_SECRETS),
    ]
    title, submit = requester_wording.ESCALATE_TITLE, requester_wording.ESCALATE_SUBMIT
    return blocks.modal(
        ids.VIEW_ESCALATE, title, body, close=wording.CANCEL, submit=submit, private=private
    )


def _error_and_shop_fields(text: str, shop: Shop | None) -> list[Block]:
    return [
        blocks.text_input(
            "error",
            escalation_labels.ERROR,
            required=True,
            multiline=True,
            max_length=MAX_INPUT,
            initial_value=text[:MAX_INPUT],
        ),
        _short(
            "store",
            escalation_labels.STORE,
            hint=requester_wording.FIELD_STORE_HINT,
            initial=shop.name if shop else "",
            required=True,
        ),
        _short(
            "organisation",
            escalation_labels.ORGANISATION,
            hint=requester_wording.FIELD_ORGANISATION_HINT,
        ),
    ]


def _record_fields(found: RecordDetails) -> list[Block]:
    date = {"initial_date": found.date} if found.date else {}
    return [
        _short("record", escalation_labels.RECORD, initial=joined(found.records)),
        blocks.input_block("date", escalation_labels.DATE, {"type": "datepicker", **date}),
        _short("amount", escalation_labels.AMOUNT, initial=found.amount),
        blocks.select(
            "xero_status",
            escalation_labels.XERO_STATUS,
            wording.CHOOSE,
            escalation_labels.XERO_STATUSES,
        ),
    ]


@dataclass(frozen=True)
class Complaint:
    """Why an answer did not help: `reason` and `words` are optional."""

    reason: Reason | None
    words: str


def complaint_modal(token: str) -> Block:
    """Return the form after "This did not help"; `token`: of the interaction."""
    body = [
        blocks.section(wording.FEEDBACK_INTRO),
        blocks.radio("reason", wording.FIELD_REASON, wording.REASONS),
        blocks.text_input(
            "words",
            wording.FIELD_WORDS,
            multiline=True,
            max_length=MAX_WORDS,
            hint=wording.FIELD_WORDS_HINT,
        ),
    ]
    title, submit = wording.FEEDBACK_TITLE, wording.FEEDBACK_SUBMIT
    return blocks.modal(
        ids.VIEW_FEEDBACK, title, body, close=wording.CLOSE, submit=submit, private=token
    )


@reading("a complaint's form")
def parse_complaint(values: FormValues) -> Complaint:
    """Return what was submitted with `complaint_modal`."""
    reason = values.option("reason")
    return Complaint(Reason(reason) if reason else None, values.text("words"))


def joined(numbers: Sequence[str]) -> str:
    """Return as many numbers as fit into a short field; only a single one is ever cut."""
    shown = ", ".join(numbers)
    end = MAX_SHORT if len(shown) <= MAX_SHORT else shown.rfind(",", 0, MAX_SHORT + 1)
    return shown[: end if end > 0 else MAX_SHORT]


def _short(
    block_id: str, label: str, *, hint: str = "", initial: str = "", required: bool = False
) -> Block:
    return blocks.text_input(
        block_id,
        label,
        required=required,
        hint=hint,
        max_length=MAX_SHORT,
        initial_value=initial[:MAX_SHORT],
    )


@reading("an escalation's form")
def parse_details(values: FormValues) -> Details:
    """Return what was submitted with `escalation_modal`."""
    status, scope, urgency = map(values.option, ("xero_status", "scope", "urgency"))
    return Details(
        error=values.text("error"),
        store=values.text("store"),
        organisation=values.text("organisation"),
        record=values.text("record"),
        date=values.date("date"),
        amount=values.text("amount"),
        xero_status=XeroStatus(status) if status else None,
        scope=Scope(scope) if scope else None,
        tried=values.text("tried"),
        urgency=Urgency(urgency or Urgency.TODAY),
    )


def empty_fields(details: Details) -> dict[str, str]:
    """Return errors for required fields that contain only blanks: sentences by block id."""
    return {
        field: requester_wording.FIELD_EMPTY
        for field in ("error", "store")
        if not getattr(details, field)
    }


def paste_modal(private: str) -> Block:
    """Return the form that `/xero-error` without text opens; `private`: its private_metadata."""
    box = blocks.text_input(
        PASTE_FIELD,
        wording.PASTE_LABEL,
        required=True,
        hint=wording.PASTE_HINT,
        multiline=True,
        max_length=MAX_INPUT,
    )
    title, submit = wording.PASTE_TITLE, wording.PASTE_SUBMIT
    return blocks.modal(
        ids.VIEW_PASTE, title, [box], close=wording.CANCEL, submit=submit, private=private
    )


def resolution_modal(escalation: Escalation, private: str) -> Block:
    """Return the form of *Resolve*; `private`: its private_metadata."""
    body = [
        blocks.section(support_wording.RESOLVE_INTRO),
        blocks.text_input(
            "cause", support_wording.FIELD_CAUSE, multiline=True, max_length=MAX_INPUT
        ),
        blocks.text_input(
            "helped", support_wording.FIELD_HELPED, multiline=True, max_length=MAX_INPUT
        ),
        blocks.checkbox(
            "article", support_wording.FIELD_ARTICLE, support_wording.FIELD_ARTICLE_YES
        ),
    ]
    title = support_wording.RESOLVE_TITLE.format(name=escalation.name)
    return blocks.modal(
        ids.VIEW_RESOLVE,
        title,
        body,
        close=wording.CANCEL,
        submit=support_wording.RESOLVE,
        private=private,
    )


@reading("a resolution's form")
def parse_resolution(values: FormValues) -> Resolution:
    """Return what was submitted with `resolution_modal`."""
    return Resolution(
        cause=values.text("cause"),
        helped=values.text("helped"),
        article=values.is_ticked("article"),
    )


def parse_paste(values: FormValues) -> str:
    """Return the pasted text; may be empty."""
    return values.text(PASTE_FIELD)


def notice(title: str, text: str) -> Block:
    """Return a modal with a sentence."""
    return blocks.modal("notice", title, [blocks.section(text)], close=wording.CLOSE)
