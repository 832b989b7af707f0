"""Texts that are messages and nothing else. Pure.

In a channel about Xero, a message alone needs nobody to say that it is Xero's.
"""

import re
from collections.abc import Iterable, Iterator, Sequence

from bot.domain.matches import Match
from bot.domain.shops import Shop
from bot.lazy_regex import lazy_regex
from bot.recognition.judging import Thresholds
from bot.recognition.text import Tokens

_COURTESY = lazy_regex(
    r":[\w+-]+:"
    r"|(?<![\w.])(?:\d{1,2}|[a-z])[.)](?=\s)"
    r"|\b(?:hi|hello|hey|hiya|kia ora|g'?day|(?:good )?(?:morning|afternoon|evening|day)|dear"
    r"|team|all|everyone|everybody|guys|folks|there|support|please|pls|plz|help(?: me)?"
    r"|thanks?(?: you)?|ta|cheers|sorry|(?:the )?error(?: message)?|message|msg)\b",
    re.IGNORECASE | re.MULTILINE,
)
"""Emoji, list marks, greetings, requests, and what a person calls the message."""
_LETTER = lazy_regex(r"[^\W_]")


def is_all_of(matches: Iterable[Match], tokens: Tokens, shop: Shop | None) -> bool:
    """Whether a text has no words besides matches that are sure.

    `shop` is the shop whose name the text may begin with: "Newmarket: …".
    """
    sure = [match for match in matches if match.score >= Thresholds().answer]
    if not sure:
        return False
    first, *others = map(_without_courtesy, _rest(sure, tokens))
    if any(map(_LETTER.search, others)):
        return False
    return not _LETTER.search(first) or (shop is not None and _is_label(first, shop))


def _rest(matches: Sequence[Match], tokens: Tokens) -> Iterator[str]:
    """Yield what is before the first match, between the others, and behind the last."""
    here = 0
    for match in sorted(matches, key=lambda one: one.start):
        yield tokens.text[here : tokens.starts[match.start]]
        here = tokens.ends[match.end]
    yield tokens.text[here:]


def _without_courtesy(text: str) -> str:
    return _COURTESY.sub(" ", text)


def _is_label(text: str, shop: Shop) -> bool:
    """Whether a text is the name of the shop, with a sign or a line break behind it."""
    return Shop(text).key == shop.key and not text.rstrip(" ")[-1:].isalnum()
