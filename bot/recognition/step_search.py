"""Search for the step of an article that names something: "where is Accounts receivable?". Pure."""

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from math import log

from rapidfuzz import fuzz, process

from bot.domain.article_text import BOLD, plain_text
from bot.domain.articles import ShownArticle
from bot.domain.causes import Cause, Step
from bot.domain.knowledge import KnowledgeBase
from bot.recognition.patterns import STOP_WORDS
from bot.recognition.suggestions.terms import strip_ending
from bot.recognition.text import stem, tokenise

MIN_SIMILARITY = 88.0
"""Of two words, 0 to 100, from which one is a misspelling of the other."""
MIN_SHARE = 0.5
"""Of what a question names, by weight, that the step must name."""
_QUESTION_WORDS = frozenset(
    stem(word)
    for word in """
    i im me my mine we us he she they them you u ya someone where wheres whereabouts how hows what
    whats which who when why do does did doing done find found see look looking get got go going
    gone know tell show give guide walk talk take teach explain need want would like help again ok
    though then now just so but also only still thing stuff bit part place step steps option button
    menu tab page screen section link video screenshots instructions process way here up out off
    about heck exactly actually else hi hey hello thank thanks cheers pls plz heaps not no never
    xero under inside into if anywhere somewhere thru through first after before supposed
    idea sounds good new job being blind say call called moved location without best quick easy
    am are locate mean meant sure one two press often order many
    """.split()
)
"""Words that name nothing, in the form in which they are compared."""


Position = tuple[str, tuple[int, ...]]
"""Id of an article, and the index of a step among those of all its causes; none: its look line."""


@dataclass(frozen=True)
class _Part:
    """A part of an article that may say where something is.

    `steps`: index of a step among those of all causes; empty: the look line. `layers`: the words
    of its text; with the other names of the menus in it; with the procedure that it names.
    """

    steps: tuple[int, ...]
    layers: tuple[frozenset[str], ...]


class StepSearch:
    """Searches an article's steps, and the names on the screen in all articles."""

    def __init__(self, knowledge: KnowledgeBase) -> None:
        self._knowledge = knowledge
        self._names = knowledge.names

    @cached_property
    def _named(self) -> Mapping[frozenset[str], Position]:
        """Where each name on the screen is; collected when somebody first asks for one."""
        named: dict[frozenset[str], list[tuple[bool, int, Position]]] = defaultdict(list)
        for article in self._knowledge.values():
            for text, is_direct, position in _texts(article):
                for name in BOLD.findall(text) if "*Escalate*" not in text else ():
                    named[_words(name)].append((not is_direct, len(text), position))
        named.pop(frozenset(), None)
        return {words: min(positions)[2] for words, positions in named.items()}

    @cached_property
    def _vocabulary(self) -> frozenset[str]:
        return frozenset(word for words in self._named for word in words)

    def named_words(self, question: str) -> list[str]:
        """Return the words that name what a question asks for, as they are compared.

        The product's name is in all of it, and names nothing.
        """
        asked = tokenise(self._names.spoken.sub(" ", question))
        return [
            strip_ending(word)
            for word in dict.fromkeys(asked.stems)
            if word not in STOP_WORDS and word not in _QUESTION_WORDS and len(word) > 1
        ]

    def in_article(
        self, words: Sequence[str], article: ShownArticle, opened: Cause
    ) -> tuple[int, ...] | None:
        """Return the index of the step that names most of the words; empty: the look line does.

        None if nothing names half of them. A word counts the more, the fewer parts have it. A
        step of the opened cause comes first, and a part's own words before those of its procedure.
        """
        parts = list(_parts(article, opened))
        known = {name for part in parts for name in part.layers[-1]}
        shares = [[0.0] * len(part.layers) for part in parts]
        total = 0.0
        for word in words:
            found = alike(word, known)
            having = sum(found in part.layers[-1] for part in parts)
            weight = log(1 + len(parts) / (1 + having))
            total += weight
            for part, share in zip(parts, shares, strict=True):
                for layer, names in enumerate(part.layers):
                    share[layer] += weight * (found in names)
        rank, layer = max(
            ((rank, layer) for layer in range(len(shares[0])) for rank in range(len(parts))),
            key=lambda at: shares[at[0]][at[1]],
        )
        best = shares[rank][layer]
        return parts[rank].steps if best > 0 and best >= MIN_SHARE * total else None

    def by_name(self, words: Sequence[str]) -> Position | None:
        """Return the shortest step with a name on the screen, else a procedure or a look line.

        The name is the longest one all of whose words are asked for; None if there is none. A name
        of one word counts only where nothing else is asked for: *Accounts* in "account code".
        """
        asked = {alike(word, self._vocabulary) for word in words}
        found = [name for name in self._named if name <= asked and len(name) >= min(2, len(words))]
        best = max(found, key=lambda name: (len(name), sorted(name)), default=None)
        return None if best is None else self._named[best]


def _texts(article: ShownArticle) -> Iterator[tuple[str, bool, Position]]:
    """Yield the texts that name what is on the screen, and whether it is a step that does."""
    if article.look:
        yield article.look.where, False, (article.id, ())
    for index, step in enumerate(article.steps):
        yield step.do, True, (article.id, (index,))
        for text in _procedure_texts(step):
            yield text, False, (article.id, (index,))


def _parts(article: ShownArticle, opened: Cause) -> Iterator[_Part]:
    """Yield the steps of the opened cause, the look line, and the steps of the other causes."""
    first = article.indices_of(opened)
    yield from (_part_of(article, index) for index in first)
    if article.look:
        yield _Part((), _layers(article, f"{article.look.where} {article.look.at}"))
    others = (index for index in range(len(article.steps)) if index not in first)
    yield from (_part_of(article, index) for index in others)


def _part_of(article: ShownArticle, index: int) -> _Part:
    step = article.steps[index]
    return _Part((index,), _layers(article, step.do, *_procedure_texts(step)))


def _layers(article: ShownArticle, text: str, *procedure: str) -> tuple[frozenset[str], ...]:
    own = _words(text)
    others = (name for menu in article.menus if menu.shown in text for name in menu.others)
    menus = own.union(*map(_words, others))
    return own, menus, menus.union(*map(_words, procedure))


def _procedure_texts(step: Step) -> list[str]:
    if step.how is None:
        return []
    others = (name for menu in step.how.menus for name in menu.others)
    return [step.how.title, *(one.do for one in step.how.steps), *others]


def _words(text: str) -> frozenset[str]:
    stems = tokenise(plain_text(text, {})).stems
    return frozenset(strip_ending(word) for word in stems if word not in STOP_WORDS)


def alike(word: str, known: Collection[str]) -> str | None:
    """Return the known word that is this one, or a misspelling of it; None if there is none."""
    if word in known:
        return word
    found = process.extractOne(word, known, scorer=fuzz.ratio, score_cutoff=MIN_SIMILARITY)
    return found[0] if found and len(word) > 4 else None
