"""Checks of an article's examples: each is judged as the bot would judge it."""

from collections.abc import Iterator, Mapping, Sequence

from bot.domain.articles import Article
from bot.domain.knowledge import KnowledgeBase
from bot.domain.reports import Trigger
from bot.domain.verdicts import article_ids, matches_of
from bot.knowledge_base.article_checks import Finding
from bot.recognition.recogniser import Recogniser

NearMisses = Mapping[str, Sequence[Sequence[str]]]
"""By id of an article, for each of its near misses the ids of the articles that answer it."""


def answered_near_misses(knowledge: KnowledgeBase, recogniser: Recogniser) -> NearMisses:
    """Return which articles answer the near misses where the bot is not addressed."""
    return {
        article.id: [
            article_ids(recogniser.verdict(text, Trigger.HEARD))
            for text in article.examples.near_miss
        ]
        for article in knowledge.values()
    }


def example_faults(
    article: Article, near_misses: Sequence[Sequence[str]], recogniser: Recogniser
) -> Iterator[Finding]:
    """Yield the examples that are not judged as they must be, and values without an example."""
    yield from _match_faults(article, recogniser)
    captured = (example.captures for example in article.examples.match)
    if unchecked := article.variable_parts.difference(*captured):
        names = ", ".join(sorted(unchecked))
        what = f"no example has captures of {names}; each variable part needs one"
        yield ("examples", "match"), what
    for number, answers in enumerate(near_misses):
        if article.id in answers:
            what = "is answered with this article, but must not be"
            yield ("examples", "near_miss", number), what


def _match_faults(article: Article, recogniser: Recogniser) -> Iterator[Finding]:
    unanswered = 0
    for number, example in enumerate(article.examples.match):
        path = ("examples", "match", number)
        verdict = recogniser.verdict(example.text, Trigger.ADDRESSED)
        found = {match.article_id: match for match in matches_of(verdict)}
        if article.id not in found:
            unanswered += 1
            instead = f"answered with {', '.join(found)}" if found else "not answered"
            yield path, f"must be answered with this article, but is {instead}"
        elif example.captures and example.values != found[article.id].values:
            values = found[article.id].values
            what = f"expected {_describe(example.values)}, but captured {_describe(values)}"
            yield (*path, "captures"), what
    if article.messages and unanswered == len(article.examples.match):
        what = "no example is answered with this article; check its messages"
        yield ("examples", "match"), what


def _describe(values: Mapping[str, Sequence[str]]) -> str:
    named = (f"{name} {' + '.join(map(repr, found))}" for name, found in sorted(values.items()))
    return ", ".join(named) or "nothing"
