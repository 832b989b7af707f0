"""From a paste to plain words. Pure.

`strip_markup` takes the wrapping off (HTML and JSON escapes, tags, Slack's markup); `Tokens` cuts what is left into
comparable words that remember where they stood, so that a quote can be taken from the text.
The shapes met in the wild: Xero's JSON and XML answers, logs, traces, form-encoded bodies, chat.
"""

import html
import re
import unicodedata
from bisect import bisect_right
from dataclasses import dataclass
from functools import cached_property, lru_cache

from bot.domain.html_references import bound_references

MAX_CHARACTERS = 40_000
"""Slack truncates a message's text after 40,000 characters (chat.postMessage); nothing longer is read."""

_CHUNK, _MAX_ACCENTS = 64, 30
"""Characters that are brought into common letters at once, and accents behind one letter that belong to it (UAX 15).

Sorting a run of accents takes time with its square: 40,000 of them at once would take fourteen seconds.
"""
MAX_WORD_LENGTH = 60
"""Letters; what is longer is no word but a key or a blob, and is not taken apart."""
_ESCAPE = re.compile(r"\\+([uU][0-9a-fA-F]{4}|[nrt\"'/\\])")
_PERCENT = re.compile(r"%([2-7][0-9A-Fa-f])")
_SLACK_LINK = re.compile(r"<(?:https?:|mailto:|tel:|[#@!])[^<>|\s]*\|([^<>]*)>")
_SLACK_MARK = re.compile(r"<(?:[@#!]|https?:|mailto:|tel:)[^<>|\s]*>")
_TAG = re.compile(r"</?[A-Za-z][^<>]{0,200}>|<[!?][^<>]{0,200}>")
_CDATA = re.compile(r"<!\[CDATA\[|\]\]>")
"""What stands in between is text, however it looks like a tag."""
_INVISIBLE = re.compile("[\u00ad\u200b-\u200f\u2060\ufeff]")
_WORD = re.compile(r"[^\W_]+(?:['\u2018\u2019`\u00b4][^\W\d_]+){0,2}")
CAMEL = re.compile(r"(?<=[a-z])(?=[A-Z][a-z])|(?<=[a-z]{2})(?=[A-Z]{2}\b)")
_APOSTROPHES = re.compile("['\u2018\u2019`\u00b4]")
_NEGATED = re.compile(
    r"(can)n{0,2}o{1,2}t$|(could|did|do|does|has|have|is|are|must|should|was|were|would)not$|(ca)n['\u2019`\u00b4]?t$"
    r"|(could|did|do|does|has|have|is|are|must|should|was|were|wo|would)(?:n['\u2019`\u00b4]?|['\u2019`\u00b4]n)t$",
    re.IGNORECASE,
)
_JUMBLED_CANNOT = frozenset(
    "".join(sorted(word)) for word in ("cannot", "canot", "cannnot", "cannoot", "cannott")
)
"""Slips in the one word of messages that is read as two."""
_MISSPELT_NOT = re.compile(r"([a-z]{2,6})n['\u2019`\u00b4]t$", re.IGNORECASE)
_HAVE = re.compile(r"(i|you|we|they)['\u2019`\u00b4]ve$", re.IGNORECASE)
_MISREAD = re.compile(r"[^\W\d_]*(?:[01][^\W\d_]*){1,2}")
"""A word in which a scanner saw a nought for an o or a one for an l: c0de, a1lowed."""
_SYNONYMS = {"can": "could"}
"""Forms that people put for each other when they retype a message."""
_TRUNCATION_MARK = re.compile(r"\s{0,3}(?:…|\.\.\.|\(truncated)")
_IZE = re.compile(r"(?<=\w\w\w)iz(?=(?:e|ed|es|er|ing|ation|ations)$)")


def _unescape(found: re.Match[str]) -> str:
    kind = found[1]
    if kind[0] in "uU":
        return chr(int(kind[1:], 16))
    return "\n" if kind in "nrt" else kind


def _normalised(text: str) -> str:
    """Return at most `MAX_CHARACTERS` of the text in NFKC, which may make eighteen letters of one (U+FDFA)."""
    if text.isascii():
        return text[:MAX_CHARACTERS]
    made: list[str] = []
    length = start = 0
    while start < len(text) and length < MAX_CHARACTERS:
        end = start + _CHUNK
        while end < min(len(text), start + _CHUNK + _MAX_ACCENTS) and unicodedata.combining(
            text[end]
        ):
            end += 1
        made.append(unicodedata.normalize("NFKC", text[start:end]))
        length += len(made[-1])
        start = end
    return "".join(made)[:MAX_CHARACTERS]


def strip_markup(text: str) -> str:
    """The text without its wrapping: at most `MAX_CHARACTERS` characters, escapes decoded, tags as line breaks."""
    text = _normalised(text)
    text = _SLACK_MARK.sub(" ", _SLACK_LINK.sub(r"\1", text))
    text = html.unescape(bound_references(html.unescape(bound_references(text))))
    text = _ESCAPE.sub(_unescape, text)
    text = _PERCENT.sub(lambda found: chr(int(found[1], 16)), text)
    text = _TAG.sub("\n", _CDATA.sub("\n", text))
    return _INVISIBLE.sub("", text).encode("utf-8", "ignore").decode()


@lru_cache(maxsize=65_536)
def stem(word: str) -> str:
    """A word as it is compared: lower case, no apostrophe, -ise for -ize, no plural s."""
    word = _APOSTROPHES.sub("", word).casefold()
    if len(word) > 3 and word[-1] == "s" and word[-2] not in "siu":
        word = word[:-1]
    word = _IZE.sub("is", word)
    return _SYNONYMS.get(word, word)


def same_words(text: str, other: str) -> bool:
    """Whether two texts are the same to the recogniser: wrapping, case and spaces do not count."""
    return (
        text == other or Tokens.of(strip_markup(text)).stems == Tokens.of(strip_markup(other)).stems
    )


@dataclass(frozen=True)
class Tokens:
    """The words of a text, and where each stands: `text[starts[i]:ends[i]]` is word i as written."""

    text: str
    stems: list[str]
    starts: list[int]
    ends: list[int]

    @classmethod
    def of(cls, text: str) -> "Tokens":
        """Cut an unwrapped text into words; `DueDate`, `due_date` and `due date` are the same two."""
        stems: list[str] = []
        starts: list[int] = []
        ends: list[int] = []
        for found in _WORD.finditer(text):
            start = found.start()
            for part in _split_word(found[0]):
                stems.append(stem(part))
                starts.append(start)
                start += len(part)
                ends.append(start)
            # a part may be longer than what was written: can't is read as "can not"
            ends[-1] = found.end()
        return cls(text, stems, starts, ends)

    @cached_property
    def truncation_points(self) -> frozenset[int]:
        """The words behind which the text shows that it was cut: "…", "..." or "(truncated"."""
        places = (
            bisect_right(self.ends, found.start()) - 1
            for found in _TRUNCATION_MARK.finditer(self.text)
        )
        return frozenset(i for i in places if i >= 0)

    def __len__(self) -> int:
        return len(self.stems)

    def between(self, first: int, last: int) -> str:
        """The text from word `first` to word `last`, both included, as it was written."""
        return self.text[self.starts[first] : self.ends[last]] if first <= last else ""


@lru_cache(maxsize=65_536)
def _split_word(word: str) -> tuple[str, ...]:
    """`DueDate` is two words, and so are `cannot`, `doesn't` and `you've`: people write them apart as well."""
    if len(word) > MAX_WORD_LENGTH:
        return (word,)
    if sum(map(str.isalpha, word)) >= 2 and _MISREAD.fullmatch(word):
        word = word.replace("0", "O" if word.isupper() else "o").replace(
            "1", "L" if word.isupper() else "l"
        )
    if "".join(sorted(word.lower())) in _JUMBLED_CANNOT:
        return ("can", "not")
    if negated := _NEGATED.match(word):
        verb = str(negated[negated.lastindex or 1])
        return ({"ca": "can", "wo": "will"}.get(verb.lower(), verb), "not")
    if misspelt := _MISSPELT_NOT.match(word):
        return (misspelt[1], "not")
    if having := _HAVE.match(word):
        return (having[1], "have")
    return tuple(CAMEL.split(word)) if not word.islower() else (word,)
