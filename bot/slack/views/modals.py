"""Modals with forms, and the parsers of their submissions."""

from dataclasses import dataclass

from bot.domain.escalations import Escalation, Resolution
from bot.domain.feedback import Reason
from bot.domain.names import Names
from bot.slack.incoming.forms import FormValues
from bot.slack.incoming.payloads import reading
from bot.slack.views import blocks, ids, support_wording, wording
from bot.slack.views.blocks import Block
from bot.slack.views.escalation_form import MAX_INPUT
from bot.slack.views.named import named_plainly

MAX_WORDS = 1_000
PASTE_FIELD = "error"


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


def paste_modal(private: str, names: Names) -> Block:
    """Return the form that `/xero-error` without text opens; `private`: its private_metadata."""
    box = blocks.text_input(
        PASTE_FIELD,
        named_plainly(wording.PASTE_LABEL, names),
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
