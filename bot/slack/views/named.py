"""Sentences of the wording modules with the product's name in place of `{product}`. Pure."""

from bot.domain.names import Names
from bot.slack.views.blocks import escape


def named(sentence: str, names: Names) -> str:
    """Return the sentence for a mrkdwn field or a message's `text`."""
    return sentence.replace("{product}", escape(names.product))


def named_plainly(sentence: str, names: Names) -> str:
    """Return the sentence for a plain_text object or a title, which have no entities."""
    return sentence.replace("{product}", names.product)
