"""What somebody read where an answer says to look: "it's paid", "amount due 0.00". Pure.

A message is a reading if it has nothing but a cause's label or check, and words that name nothing.
"""

from functools import cached_property, lru_cache

from bot.domain.article_text import BOLD, plain_text
from bot.domain.articles import ShownArticle
from bot.domain.causes import Cause
from bot.domain.knowledge import KnowledgeBase
from bot.lazy_regex import lazy_regex
from bot.recognition.follow_ups.intents import is_question
from bot.recognition.step_search import alike
from bot.recognition.suggestions.terms import strip_ending
from bot.recognition.text import tokenise

MAX_WORDS = 12
"""Of a reading; longer messages say more than what was read."""
_NAMELESS = frozenset(
    """
    a an the it its is are be this that one all of to in on at as for so and but or well just
    already also only actually i we me my our yes yep yeah ok okay hi hey sorry please look looked
    check checked see saw found find say saying show shown read status invoice bill document record
    xero marked set listed under with got has have
    """.split()
)
"""Words that tell no cause."""
_VAGUE = frozenset({"right", "fine", "good", "none", "same", "not"})
"""Words that alone fit anything."""
_SAME = (
    (lazy_regex(r"\b(?:amount )?due (?:is )?0 00\b|\bnothing (?:left )?to pay\b"), "nothing left"),
    (lazy_regex(r"\bnothing (?:left |is )?(?:due|owing)\b"), "nothing left"),
    (lazy_regex(r"\b(?:missing|gone|nowhere)\b"), "not there"),
)
"""What people write in place of the words of a check."""
_NOTHING = lazy_regex(r"\b(?:zero|nil|0)\b(?! 00)")
_BRACKETS = lazy_regex(r"\([^)]*\)")
_OR = lazy_regex(r",? or ")


class Readings:
    """Tells quickly which texts may be readings of any article: few are."""

    def __init__(self, knowledge: KnowledgeBase) -> None:
        self._knowledge = knowledge

    @cached_property
    def _words(self) -> frozenset[str]:
        """The words of all names; collected when the first reply in a thread comes."""
        causes = (cause for article in self._knowledge.values() for cause in article.causes)
        return frozenset(word for cause in causes for name in _names(cause) for word in name)

    def may_be_one(self, text: str) -> bool:
        """Whether each word of a text is in a label or a check, or names nothing."""
        words = _stated(text)
        return bool(words) and all(alike(word, self._words) for word in words)


def cause_read(text: str, article: ShownArticle) -> Cause | None:
    """Return the cause that a message tells; None unless it is exactly one."""
    words = _stated(text)
    found = [cause for cause in article.causes if words and _tells(words, _names(cause))]
    return found[0] if len(found) == 1 else None


def asks_whether_there(article: ShownArticle) -> bool:
    """Whether an article's look line asks if something is there."""
    return article.look is not None and "there" in tokenise(article.look.at).stems


def _tells(words: frozenset[str], names: list[frozenset[str]]) -> bool:
    """Whether words are those of one or several names of a cause, and no others."""
    known = frozenset[str]().union(*names)
    if not all(alike(word, known) for word in words):  # nearly always the first is none
        return False
    named_words = {alike(word, known) for word in words}
    named = [name for name in names if name <= named_words]
    return bool(named) and named_words == frozenset[str]().union(*named)


def _names(cause: Cause) -> list[frozenset[str]]:
    """Return what a cause's label and check say, as words: each of several that "or" joins."""
    texts = filter(None, (cause.label, cause.check))
    return [words for text in texts for words in _names_in(text)]


@lru_cache(maxsize=4_096)
def _names_in(text: str) -> tuple[frozenset[str], ...]:
    names = _alternatives(_BRACKETS.sub("", text))
    return tuple(filter(None, (_content(plain_text(name, {})) for name in names)))


def _alternatives(text: str) -> list[str]:
    """Return the parts that "or" joins. Commas join them too in a list of names on the screen.

    Elsewhere a comma means *and*, and a part after it is no reading by itself.
    """
    parts = [part for joined in _OR.split(text) for part in joined.split(",")]
    is_list = all(BOLD.fullmatch(part.strip()) for part in parts[:-1])
    if "," not in _OR.sub(" or ", text) or is_list:
        return parts
    return [text]


@lru_cache(maxsize=8)  # each article is asked about the same text
def _stated(text: str) -> frozenset[str]:
    """Return the words of a statement that may tell a cause; none if it is no short statement."""
    if "@" in text or is_question(text) or len(text.split()) > MAX_WORDS:
        return frozenset()
    return _content(text)


def _content(text: str) -> frozenset[str]:
    """Return the words that may tell a cause; none if they fit anything.

    *There* is one with *not*, or if nothing else is.
    """
    plain = _NOTHING.sub("0 00", " ".join(tokenise(text).stems))
    for pattern, same in _SAME:
        plain = pattern.sub(same, plain)
    words = frozenset(plain.split()) - _NAMELESS
    if "not" not in words and len(words) > 1:
        words -= {"there"}
    return frozenset(map(strip_ending, words)) if words - _VAGUE else frozenset()
