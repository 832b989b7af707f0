"""Search for the step of an article that names something: "where is Accounts receivable?". Pure."""

from collections import defaultdict
from collections.abc import Collection, Sequence
from math import log

from rapidfuzz import fuzz, process

from bot.domain.article_text import BOLD, plain_text
from bot.domain.articles import ShownArticle
from bot.domain.knowledge import KnowledgeBase
from bot.recognition.patterns import STOP_WORDS
from bot.recognition.suggestions import strip_ending
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


class StepSearch:
    """Searches an article's steps, and the names on the screen in all articles' steps."""

    def __init__(self, knowledge: KnowledgeBase) -> None:
        named: dict[frozenset[str], list[tuple[int, str, int]]] = defaultdict(list)
        for article in knowledge.values():
            for index, step in enumerate(article.steps):
                for name in BOLD.findall(step.do) if "*Escalate*" not in step.do else ():
                    named[frozenset(_words(name))].append((len(step.do), article.id, index))
        named.pop(frozenset(), None)
        self._named = {words: min(steps)[1:] for words, steps in named.items()}
        self._names = knowledge.names
        self._vocabulary = frozenset(word for words in self._named for word in words)

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

    def in_article(self, words: Sequence[str], article: ShownArticle) -> int | None:
        """Return the index of the step that names most of the words; None if none names half.

        A word counts the more, the fewer steps have it.
        """
        steps = [_words(step.do) for step in article.steps]
        known = {name for step in steps for name in step}
        shares = [0.0] * len(steps)
        total = 0.0
        for word in words:
            alike = _alike(word, known)
            having = [index for index, step in enumerate(steps) if alike in step]
            weight = log(1 + len(steps) / (1 + len(having)))
            total += weight
            for index in having:
                shares[index] += weight
        best = max(range(len(steps)), key=lambda index: (shares[index], -index))
        return best if shares[best] > 0 and shares[best] >= MIN_SHARE * total else None

    def by_name(self, words: Sequence[str]) -> tuple[str, int] | None:
        """Return article and index of the shortest step with a name on the screen.

        That is the longest name all of whose words are asked for; None if there is none. A name
        of one word counts only where nothing else is asked for: *Accounts* in "account code".
        """
        asked = {_alike(word, self._vocabulary) for word in words}
        found = [name for name in self._named if name <= asked and len(name) >= min(2, len(words))]
        best = max(found, key=lambda name: (len(name), sorted(name)), default=None)
        return None if best is None else self._named[best]


def _words(text: str) -> set[str]:
    stems = tokenise(plain_text(text, {})).stems
    return {strip_ending(word) for word in stems if word not in STOP_WORDS}


def _alike(word: str, known: Collection[str]) -> str | None:
    """Return the known word that is this one, or a misspelling of it; None if there is none."""
    if word in known:
        return word
    found = process.extractOne(word, known, scorer=fuzz.ratio, score_cutoff=MIN_SIMILARITY)
    return found[0] if found and len(word) > 3 else None
