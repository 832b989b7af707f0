"""Redaction of secrets and contact details in texts. Pure.

A paste may have the token that opens a shop's Xero organisation. What is found is replaced by
`[redacted: kind]`. Two mistakes are possible: a secret that stays, and a number that is removed
although somebody needs it. So secrets are recognised by their name, their form or their check
digits, never by looking random alone: GUIDs, invoice numbers and barcodes look random too.

The detectors are rows of tables (`detectors`), each with an example and a counter-example. They
read the folded text (`folding`). Two libraries supply facts: python-stdnum the check digits and
bank lists of cards, IBANs and New Zealand accounts; phonenumbers Google's data on existing
numbers. Considered: detect-secrets and gitleaks (they report single lines of source files, and not
where a secret ends), presidio (needs a language model), scrubadub (unmaintained, heavy
dependencies).

Redacting twice changes nothing, and a JSON string stays a JSON string.
"""

import re
from collections.abc import Iterator

from bot.redaction.spans import MARK, Detector, Found, Span, merge_overlapping

Groups = tuple[tuple[Detector, ...], ...]

_LINK = re.compile(rf"<(?:mailto|tel):({MARK})(?:\|([^<>]{{0,400}}))?>")
_MARK = re.compile(MARK)
_MAX_REPEATED = 20
_MAX_ROUNDS = 4
"""Nearly always there are two, the second of which finds nothing."""


def secrets_redacted(text: str) -> str:
    """Return the text without keys, tokens, passwords, card and bank account numbers."""
    from bot.redaction.detectors import SECRETS  # noqa: PLC0415 - as in redacted

    return _redact_until_stable(SECRETS, text)


def redacted(text: str) -> str:
    """Return the text without secrets, e-mail addresses and phone numbers.

    This is done to every text that is stored or leaves the workspace.
    """
    # most messages get no answer, and are not redacted: a faster start
    from bot.redaction.detectors import PERSONAL, SECRETS  # noqa: PLC0415

    return _redact_until_stable(SECRETS + PERSONAL, text)


def without_redaction_marks(text: str) -> str:
    """Return the text without the marks of redaction."""
    return _MARK.sub(" ", text)


def _redact_until_stable(groups: Groups, text: str) -> str:
    """Apply the detectors until they find nothing: a new mark may complete another secret."""
    read = _Readings(text)
    for _ in range(_MAX_ROUNDS):
        before = text
        for rules in groups:
            spans = list(merge_overlapping(read.spans(rules)))
            if spans:
                text = _replace_spans(
                    text, list(merge_overlapping([*spans, *_repeated(text, spans)]))
                )
                read = _Readings(text)
        if text == before:
            break
        text = _LINK.sub(_link_text, text)
        read = _Readings(text)
    return text


class _Readings:
    """The folded forms of a text, with and without broken tokens joined."""

    def __init__(self, text: str) -> None:
        from bot.redaction.folding import readings  # noqa: PLC0415 - as in redacted

        # the words in a mark are no names of secrets, and would only cost time
        self._readings = [
            (reading, _MARK.sub(" ", reading.text.lower())) for reading in readings(text)
        ]

    def spans(self, rules: tuple[Detector, ...]) -> Iterator[Span]:
        """Yield the spans in the pasted text that the detectors find in any form of it."""
        for reading, lower in self._readings:
            for rule in rules:
                for start, end, kind in rule.spans(reading.text, lower):
                    yield *reading.origin(start, end), kind


def _repeated(text: str, spans: list[Span]) -> Iterator[Span]:
    """Yield the other occurrences of a password or token: "it is X now, try password X"."""
    from bot.redaction.detectors import REPEATED_KINDS  # noqa: PLC0415 - as in redacted

    kinds = {
        text[start:end]: kind
        for start, end, kind in spans[:_MAX_REPEATED]
        if kind in REPEATED_KINDS
    }
    for value, kind in kinds.items():
        if len(value) >= 8 and not value.isalpha() and text.count(value) > 1:
            for again in re.finditer(rf"(?<!\w){re.escape(value)}(?!\w)", text):
                yield *again.span(), kind


def _replace_spans(text: str, spans: list[Span]) -> str:
    made: list[str] = []
    done = 0
    for start, end, kind in spans:
        made += text[done:start], f"[redacted: {kind}]"
        done = end
    return "".join([*made, text[done:]])


def _link_text(found: Found) -> str:
    """Return the text of a link whose target was redacted; Slack links addresses and numbers."""
    words = found[2] or ""
    return words if found[1] in words else f"{words} {found[1]}".strip()
