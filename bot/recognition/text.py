"""Text normalisation: markup removal and tokens. Pure.

`strip_markup` removes HTML and JSON escapes, tags and Slack's markup; `Tokens` cuts the rest into
comparable words with their positions, so that a quote can be taken from the text. Pastes are Xero's
JSON and XML answers, logs, stack traces, form-encoded bodies and chat.
"""

import html
import re
import unicodedata
from bisect import bisect_right
from dataclasses import dataclass
from functools import cached_property, lru_cache
from urllib.parse import unquote

from bot.domain.html_references import bound_references
from bot.lazy_regex import lazy_regex
from bot.recognition.known_words import KnownWords
from bot.recognition.mail_wrapping import without_soft_breaks
from bot.recognition.tables import with_cells_joined

MAX_CHARACTERS = 40_000
"""Slack truncates a message's text after 40,000 characters (chat.postMessage)."""

_CHUNK, _MAX_ACCENTS = 64, 30
"""Characters that are normalised at once, and accents that may follow one letter (UAX 15).

Normalisation sorts runs of accents in quadratic time: 40,000 in one run take fourteen seconds.
"""
MAX_WORD_LENGTH = 60
"""Letters; longer ones are keys or encoded data, and are not split."""
_ESCAPE = lazy_regex(r"(?<!\\)\\++([uU][0-9a-fA-F]{4}|x[2-7][0-9a-fA-F]|[nrt\"'/])|\\{2,}+")
_PERCENT = lazy_regex(
    r"%(?:[2-7][0-9A-Fa-f]|0[9AaDd]|[C-Fc-f][0-9A-Fa-f](?:%[89ABab][0-9A-Fa-f]){1,3})"
)
_FORM_VALUE = lazy_regex(r"(?<==)[^\s&=\"'<>]+")
"""A value of a form-encoded body or address, in which + is a space."""
_SLACK_LINK = lazy_regex(r"<(?:https?:|mailto:|tel:|[#@!])[^<>|\s]*\|([^<>]*)>")
_SLACK_MARK = lazy_regex(r"<(?:[@#!]|https?:|mailto:|tel:)[^<>|\s]*>")
_TAG = lazy_regex(r"</?[A-Za-z][^<>]{0,200}>|<[!?][^<>]{0,200}>")
_MASK_TAG = lazy_regex(
    r"<(redacted|removed|masked|hidden|censored|omitted|snip(?:ped)?|truncated|cut)\b[^<>]{0,40}>",
    re.IGNORECASE,
)
"""What replaces a value, or the rest of a text; no tag."""
_INLINE_TAG = lazy_regex(
    r"</?(?:a|abbr|b|bd[io]|big|br|cite|code|del|em|font|i|img|ins|kbd|mark|q|s|small|span|strike|strong|su[bp]|tt|u|wbr)"
    r"(?:[\s/][^<>]{0,200})?>",
    re.IGNORECASE,
)
"""Tags inside a sentence; any other tag ends a field of an answer, or a paragraph."""
FIELD_BORDER = "\x1e"
"""The record separator of ASCII: what `strip_markup` leaves of a tag that ends a field."""
_CDATA = lazy_regex(r"<!\[CDATA\[|\]\]>")
"""The content of a CDATA section is text, even if it looks like a tag."""
_QUOTED_LINE = lazy_regex(r"^[^\S\n]*>[> \t]*", re.MULTILINE)
"""The mark before a line of another person's mail."""
_BARRED_LINES = lazy_regex(r"(?:^\|[ \t][^|\n]+(?:\n|\Z)){2,}", re.MULTILINE)
_BAR = lazy_regex(r"^\|[ \t]+", re.MULTILINE)
"""Another such mark, on neighbouring lines; those of a table have more than one."""
_INVISIBLE = lazy_regex("[\u00ad\u200b-\u200f\u2060\ufeff]")
_WORD = lazy_regex(r"[^\W_]+(?:['\u2018\u2019`\u00b4][^\W\d_]+){0,2}")
UNSPACED = "\u0590-\u05ff\u0600-\u06ff\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u2e80-\u9fff\uac00-\ud7af\uf900-\ufaff"
"""Letters of scripts whose words join on to a Latin word without a space."""
SCRIPTS = lazy_regex(rf"(?<=[A-Za-z0-9'\u2019])(?=[{UNSPACED}])|(?<=[{UNSPACED}])(?=[A-Za-z0-9])")
"""Between a Latin word and a word that joins on to it: "Xero\u3067", "\u0641\u064aXero"."""
CAMEL = lazy_regex(r"(?<=[a-z])(?=[A-Z][a-z])|(?<=[a-z]{2})(?=[A-Z]{2}\b)")
_APOSTROPHES = lazy_regex("['\u2018\u2019`\u00b4]")
_NEGATED = lazy_regex(
    r"(can)n{0,2}o{1,2}t$|(could|did|do|does|has|have|is|are|must|should|was|were|would)not$|(ca)n['\u2019`\u00b4]?t$"
    r"|(could|did|do|does|has|have|is|are|must|should|was|were|wo|would)(?:n['\u2019`\u00b4]?|['\u2019`\u00b4]n)t$",
    re.IGNORECASE,
)
_JUMBLED_CANNOT = frozenset(
    "".join(sorted(word)) for word in ("cannot", "canot", "cannnot", "cannoot", "cannott")
)
"""Misspellings of "cannot", the one word of messages that is read as two."""
_MISSPELT_NOT = lazy_regex(r"([a-z]{2,6})n['\u2019`\u00b4]t$", re.IGNORECASE)
_HAVE = lazy_regex(r"(i|you|we|they)['\u2019`\u00b4]ve$", re.IGNORECASE)
_MISREAD = lazy_regex(r"[^\W\d_]*(?:[01][^\W\d_]*){1,2}")
"""A word in which OCR read 0 for o, or 1 for l: c0de, a1lowed."""
_MISREAD_SMALL_WORDS = frozenset({"0f", "0n", "0r", "n0", "t0"})
"""The small words in which it did; another letter and digit are a code."""
_MISREAD_NAMES = {"lD": "ID", "1D": "ID"} | {"apl": "api", "APl": "API"}
_SYNONYMS = {"can": "could"}
"""Forms that people replace by each other when they retype a message."""
_NOWHERE: frozenset[int] = frozenset()
_TRUNCATION_MARKS = ("..", "…", "truncated", "***", "[cut", "[snip")
_TRUNCATION_MARK = lazy_regex(
    r"\s{0,3}(?:…|\.\.\.|\.\.(?!\w)|[(\[<](?:\w{1,9} )?(?:truncated|cut|snip(?:ped)?)\b)"
    r"|(?<=[A-Za-z])\*{3}"
)
_DOUBLED_APOSTROPHE = lazy_regex(r"(?<=[A-Za-z])''(?=(?:d|ll|re|s|t|ve)\b)")
"""An apostrophe as SQL and the formats of .NET escape it: can''t."""
_IZE = lazy_regex(r"(?<=\w\w\w)iz(?=(?:e|ed|es|er|ing|ation|ations)$)")


def _unescape(found: re.Match[str]) -> str:
    kind = found[1]
    if not kind:
        return "\\"
    if kind[0] in "uUx":
        return chr(int(kind[1:], 16))
    return "\n" if kind in "nrt" else kind


def _unquoted(found: re.Match[str]) -> str:
    code = found[0]
    # thousands of spaces in one text are faster so
    return chr(int(code[1:], 16)) if len(code) == 3 else unquote(code)


def _with_spaces(found: re.Match[str]) -> str:
    value = found[0]
    return value.replace("+", " ") if value.count("+") > 1 else value


def _normalised(text: str) -> str:
    """Return at most `MAX_CHARACTERS` characters of the text in NFKC.

    NFKC can make a text longer: U+FDFA becomes eighteen letters.
    """
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


def _decoded(text: str) -> str:
    if "=" in text and "+" in text:
        text = _FORM_VALUE.sub(_with_spaces, text)
    if "%" in text:
        text = _PERCENT.sub(_unquoted, text)
    return html.unescape(bound_references(text)) if "&" in text else text


def _without_tags(text: str) -> str:
    text = _MASK_TAG.sub(r"[\1]", _CDATA.sub("\n", text))
    text = _INLINE_TAG.sub("\n", text)
    return _TAG.sub(f"\n{FIELD_BORDER}\n", text)


def strip_markup(text: str) -> str:
    """Return a text of at most `MAX_CHARACTERS`, escapes decoded, tags replaced by line breaks.

    A tag that is a border between fields is a line of `FIELD_BORDER`.
    """
    text = without_soft_breaks(_normalised(text))
    if "<" in text:
        text = _SLACK_MARK.sub(" ", _SLACK_LINK.sub(r"\1", text))
    text = _decoded(_decoded(text))
    if "\\" in text:
        text = _ESCAPE.sub(_unescape, text)
    if "''" in text:
        text = _DOUBLED_APOSTROPHE.sub("'", text)
    if "<" in text:
        text = _without_tags(text)
    if ">" in text:
        text = _QUOTED_LINE.sub("", text)
    if "\n| " in text:
        text = _BARRED_LINES.sub(lambda found: _BAR.sub("", found[0]), text)
    if "\n" in text:
        text = with_cells_joined(text)
    if text.isascii():
        return text  # nothing invisible, and no half of a character
    return _INVISIBLE.sub("", text).encode("utf-8", "ignore").decode()


@lru_cache(maxsize=65_536)
def stem(word: str) -> str:
    """Return a word in the form that is compared: lower case, no apostrophe, -ise, no plural s."""
    if not word.isalnum():
        word = _APOSTROPHES.sub("", word)
    word = word.casefold()
    if len(word) > 3 and word[-1] == "s" and word[-2] not in "siu":
        word = word[:-1]
    if "iz" in word:
        word = _IZE.sub("is", word)
    return _SYNONYMS.get(word, word)


def tokenise(text: str) -> "Tokens":
    """Return the tokens of a text after its markup was stripped."""
    return Tokens.of(strip_markup(text))


def same_words(text: str, other: str) -> bool:
    """Whether two texts are the same to the recogniser; markup, case and spaces do not count."""
    return text == other or tokenise(text).stems == tokenise(other).stems


@dataclass(frozen=True)
class Tokens:
    """The words of a text. `text[starts[i]:ends[i]]` is word i as written, `stems[i]` its stem."""

    text: str
    stems: list[str]
    starts: list[int]
    ends: list[int]

    @classmethod
    def of(cls, text: str) -> "Tokens":
        """Return the tokens of a text without markup; `DueDate` and `due date` are equal."""
        stems: list[str] = []
        starts: list[int] = []
        ends: list[int] = []
        for found in _WORD.finditer(text):
            start, end = found.span()
            parts = _PARTS[found[0]]
            if len(parts) == 1:
                stems.append(parts[0][0])
                starts.append(start)
                ends.append(end)
                continue
            for made, length in parts:
                stems.append(made)
                starts.append(start)
                start += length
                ends.append(start)
            # a part may be longer than what was written: "can't" is read as "can not"
            ends[-1] = end
        return cls(text, stems, starts, ends)

    @cached_property
    def truncation_points(self) -> frozenset[int]:
        """Indices of the words that a sign of truncation follows: … or ... or (truncated."""
        text = self.text
        if not any(mark in text for mark in _TRUNCATION_MARKS):
            return _NOWHERE
        before = (
            bisect_right(self.ends, found.start()) - 1
            for found in _TRUNCATION_MARK.finditer(self.text)
        )
        return frozenset(i for i in before if i >= 0)

    def __len__(self) -> int:
        return len(self.stems)

    def first(self, count: int) -> "Tokens":
        """Return the first words of the text, at most `count`."""
        if len(self) <= count:
            return self
        return Tokens(self.text, self.stems[:count], self.starts[:count], self.ends[:count])


def _split_word(word: str) -> tuple[str, ...]:
    """Return the words in a word: `DueDate`, `cannot`, `doesn't` and `you've` are two each."""
    if not word.isascii() and (parts := SCRIPTS.split(word))[1:]:
        return tuple(made for part in parts for made in _split_word(part))
    if len(word) > MAX_WORD_LENGTH:
        return (word,)
    is_suspect = "0" in word or "1" in word
    if is_suspect and (
        word.lower() in _MISREAD_SMALL_WORDS
        or (sum(map(str.isalpha, word)) >= 2 and _MISREAD.fullmatch(word))
    ):
        word = word.replace("0", "O" if word.isupper() else "o").replace(
            "1", "L" if word.isupper() else "l"
        )
    word = _MISREAD_NAMES.get(word, word)
    return _split_contraction(word) or (tuple(CAMEL.split(word)) if not word.islower() else (word,))


def _split_contraction(word: str) -> tuple[str, str] | None:
    lower = word.lower()
    if 5 <= len(word) <= 7 and "".join(sorted(lower)) in _JUMBLED_CANNOT:
        return ("can", "not")
    if lower[-1] == "e":
        having = _HAVE.match(word)
        return (having[1], "have") if having else None
    if lower[-1] != "t":
        return None
    if negated := _NEGATED.match(word):
        verb = str(negated[negated.lastindex or 1])
        return ({"ca": "can", "wo": "will"}.get(verb.lower(), verb), "not")
    if misspelt := _MISSPELT_NOT.match(word):
        return (misspelt[1], "not")
    return None


_PARTS = KnownWords(lambda word: tuple((stem(part), len(part)) for part in _split_word(word)))
"""The stem of each word in a word, and its length as it is read."""
