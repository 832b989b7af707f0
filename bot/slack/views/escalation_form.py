"""The escalation form, short at first, and the parser of its submissions."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from bot.domain import escalation_labels
from bot.domain.escalations import Details, Scope, Urgency, XeroStatus
from bot.domain.matches import Match
from bot.domain.shops import Shop
from bot.recognition.record_details import extract_record_details
from bot.recognition.text import strip_markup
from bot.slack.incoming.forms import FormValues
from bot.slack.incoming.payloads import reading
from bot.slack.views import blocks, ids, requester_wording, wording
from bot.slack.views.blocks import Block

MAX_INPUT = 3_000
"""Slack's limit of a plain text input."""
MAX_SHORT = 200
MAX_FILES = 5
_FOLDED_FIELD = "record"
"""A field that only the long form has."""


@dataclass(frozen=True)
class FilledForm:
    """What somebody entered. `is_short`: the form had only the fields that everybody fills in."""

    details: Details
    is_short: bool


def prefilled(
    paste: str,
    matches: Iterable[Match] = (),
    shop: Shop | None = None,
    status: XeroStatus | None = None,
) -> Details:
    """Return the answers that are known. `status`: that of the cause that somebody opened."""
    text = strip_markup(paste).strip()
    found = extract_record_details(text, matches)
    return Details(
        error=text[:MAX_INPUT],
        store=shop.name[:MAX_SHORT] if shop else "",
        record=joined(found.records),
        date=found.date,
        amount=found.amount[:MAX_SHORT],
        xero_status=status,
    )


def escalation_form(
    filled: Details, private: str, *, is_short: bool = True, with_files: bool = True
) -> Block:
    """Return the form, filled in; the short one has a button that shows the other fields.

    `private`: its private_metadata. `with_files`: the app may read files (scope files:read).
    """
    body = [
        *_asked_of_everybody(filled),
        *([_more_button()] if is_short else _rest(filled, with_files=with_files)),
        blocks.context(requester_wording.ESCALATE_SECRETS),
    ]
    title, submit = requester_wording.ESCALATE_TITLE, requester_wording.ESCALATE_SUBMIT
    return blocks.modal(
        ids.VIEW_ESCALATE, title, body, close=wording.CANCEL, submit=submit, private=private
    )


def _asked_of_everybody(filled: Details) -> list[Block]:
    return [
        blocks.text_input(
            "error",
            escalation_labels.ERROR,
            required=True,
            multiline=True,
            max_length=MAX_INPUT,
            initial_value=filled.error,
        ),
        _short("store", escalation_labels.STORE, filled.store, required=True),
        blocks.radio(
            "urgency", escalation_labels.URGENCY, escalation_labels.URGENCIES, filled.urgency
        ),
    ]


def _more_button() -> Block:
    button = blocks.button(requester_wording.MORE_DETAILS, ids.ACTION_MORE_DETAILS, "more")
    return blocks.actions("more", button)


def _rest(filled: Details, *, with_files: bool) -> list[Block]:
    date = {"initial_date": filled.date} if filled.date else {}
    picker = {"type": "file_input", "max_files": MAX_FILES}
    hint = requester_wording.FIELD_FILES_HINT.format(most=MAX_FILES)
    files = blocks.input_block("files", escalation_labels.FILES, picker, hint=hint)
    return [
        _short(
            "callback",
            escalation_labels.CALLBACK,
            filled.callback,
            hint=requester_wording.FIELD_CALLBACK_HINT,
        ),
        *([files] if with_files else []),
        blocks.text_input(
            "tried",
            escalation_labels.TRIED,
            multiline=True,
            max_length=MAX_INPUT,
            initial_value=filled.tried,
        ),
        _short(
            "organisation",
            escalation_labels.ORGANISATION,
            filled.organisation,
            hint=requester_wording.FIELD_ORGANISATION_HINT,
        ),
        _short("record", escalation_labels.RECORD, filled.record),
        blocks.input_block("date", escalation_labels.DATE, {"type": "datepicker", **date}),
        _short("amount", escalation_labels.AMOUNT, filled.amount),
        blocks.select(
            "xero_status",
            escalation_labels.XERO_STATUS,
            wording.CHOOSE,
            escalation_labels.XERO_STATUSES,
            filled.xero_status,
        ),
        blocks.radio("scope", escalation_labels.SCOPE, escalation_labels.SCOPES),
    ]


def _short(
    block_id: str, label: str, initial: str, *, hint: str = "", required: bool = False
) -> Block:
    return blocks.text_input(
        block_id,
        label,
        required=required,
        hint=hint,
        max_length=MAX_SHORT,
        initial_value=initial[:MAX_SHORT],
    )


def joined(numbers: Sequence[str]) -> str:
    """Return as many numbers as fit into a short field; only a single one is ever cut."""
    shown = ", ".join(numbers)
    end = MAX_SHORT if len(shown) <= MAX_SHORT else shown.rfind(",", 0, MAX_SHORT + 1)
    return shown[: end if end > 0 else MAX_SHORT]


@reading("an escalation's form")
def parse_form(values: FormValues) -> FilledForm:
    """Return what was entered into `escalation_form`, or into the form of an older version."""
    status, scope, urgency = map(values.option, ("xero_status", "scope", "urgency"))
    details = Details(
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
        callback=values.text("callback"),
        files=values.files("files"),
    )
    return FilledForm(details, is_short=not values.has(_FOLDED_FIELD))


def with_record_of(details: Details, found: Details) -> Details:
    """Return the answers of a short form, with what is known about the record already."""
    known = ("record", "date", "amount", "xero_status")
    return details.model_copy(update={name: getattr(found, name) for name in known})


def empty_fields(details: Details) -> dict[str, str]:
    """Return errors for required fields that contain only blanks: sentences by block id."""
    return {
        field: requester_wording.FIELD_EMPTY
        for field in ("error", "store")
        if not getattr(details, field)
    }
