"""The messages of articles that a text contains. Pure and deterministic.

Comparing letters does not work: "Account could not be found" and "Invoice could not be found"
share nearly all of them and differ in the one word that counts. So a message is compared word by
word, in order. Stop words (`the`, `be`, …) may be missing; a required word may have a typo, but
never be absent. An inverted index over the rarest words of each message keeps the work for a
text independent of the number of articles.
"""

from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from functools import partial
from math import log

from bot.domain.knowledge import KnowledgeBase
from bot.domain.matches import Match, best_per_article, without_bare_statuses, without_overlaps
from bot.domain.reports import Hearing
from bot.recognition.alignment import Aligner
from bot.recognition.anchors import Anchors, Posting
from bot.recognition.announcements import TECHNICAL_AREAS, without_announcements
from bot.recognition.area_records import are_alike, records_of
from bot.recognition.borders import crosses_border
from bot.recognition.captures import CapturedValues, capture_values, labelled_number
from bot.recognition.context import Attribution, Sign
from bot.recognition.cuts import MIN_TRUNCATED_SCORE
from bot.recognition.echoes import says, without_echoes
from bot.recognition.lone_messages import is_all_of
from bot.recognition.match_builders import cut_match, match_of, reworded_match, unanswered
from bot.recognition.misspellings import Misspellings
from bot.recognition.neighbours import has_neighbour
from bot.recognition.other_things import is_of_another, is_unknown_error
from bot.recognition.patterns import STOP_WORDS, Pattern, patterns_of
from bot.recognition.prefixes import PrefixIndex
from bot.recognition.refusals import is_remark
from bot.recognition.rewording_index import RewordingIndex
from bot.recognition.run_together import RunTogether
from bot.recognition.screening import Screen
from bot.recognition.sentence_starts import begins_at
from bot.recognition.split_words import SplitWords
from bot.recognition.statuses import Statuses
from bot.recognition.talk import without_talk
from bot.recognition.text import Tokens, tokenise

STOP_WORD_WEIGHT = 0.25
MAX_ALIGNMENTS = 60
"""Alignments of one message that are tried in one text; a log may repeat it a thousand times."""
MAX_ALIGNMENTS_IN_ALL = 2_000
"""Alignments of all messages in one text. A page of a log needs fifty; a text of nothing but
messages, as long as Slack lets through, would need ten thousand."""


class Matcher:
    """Finds the messages of a knowledge base in texts. Keeps nothing of a text but single words."""

    def __init__(self, knowledge: KnowledgeBase) -> None:
        unweighted = patterns_of(knowledge)
        self._knowledge = knowledge
        self.attribution = Attribution(knowledge.names)
        self._pattern_counts = Counter(
            stem for pattern in unweighted for stem in set(pattern.stems)
        )
        self._misspellings = Misspellings(
            {one for pattern in unweighted for one in pattern.required}
        )
        self._aligner = Aligner(self._pattern_counts)
        self._run_together = RunTogether(
            self._pattern_counts, [pattern.stems for pattern in unweighted]
        )
        self._labels = {
            article.id: [Pattern.of(article.id, label) for label in article.nearby]
            for article in knowledge.values()
        }
        count = len(unweighted)
        weights = {
            stem: STOP_WORD_WEIGHT if stem in STOP_WORDS else 1 + log(1 + count / number) / 2
            for stem, number in self._pattern_counts.items()
        }
        patterns = [
            pattern.weighted(tuple(weights[stem] for stem in pattern.stems))
            for pattern in unweighted
        ]
        self._anchors = Anchors(patterns, self._pattern_counts)
        self._prefixes = PrefixIndex(patterns)
        self._statuses = Statuses(patterns)
        self._split_words = SplitWords(self._pattern_counts.keys())
        self._rewordings = RewordingIndex(
            self._anchors.postings, partial(records_of, knowledge), partial(are_alike, knowledge)
        )

    def match(self, text: str) -> list[Match]:
        """Return the messages in a text, one match per article, the one to fix first on top.

        Of two that overlap the one that explains more words wins; a close second is named as its
        `rival`. Only the first `MAX_CHARACTERS` characters are read.
        """
        return self.match_tokens(tokenise(text), text)

    def match_tokens(
        self, tokens: Tokens, text: str, hearing: Hearing | None = None
    ) -> list[Match]:
        """Return what `match` does, for a text whose tokens are known.

        In a channel about Xero (`hearing`), a message that is all of the text is Xero's.
        """
        tokens = self._split_words.joined(tokens)
        matches = self._found_in(tokens)
        separated = self._run_together.separated(tokens)
        if separated is not tokens:
            more = self._found_in(separated)
            if sum(match.weight for match in more) > sum(match.weight for match in matches):
                tokens, matches = separated, more
        if all(match.generic or match.score < MIN_TRUNCATED_SCORE for match in matches):
            matches = self._with_rewordings(tokens, matches)
        unknown = [unanswered(one) for one in matches if is_unknown_error(one, tokens)]
        matches = [match for match in matches if not is_of_another(match, tokens)]
        matches = matches or self._status_in(tokens, text)
        if not matches:
            return unknown
        matches = [self._with_status(match, tokens) for match in matches]
        found_there = matches
        matches = self._without_announcements(matches, tokens)
        matches = without_bare_statuses(matches, MIN_TRUNCATED_SCORE)
        found = best_per_article(self._with_nearby(match, tokens) for match in matches)
        found = without_echoes(found, self._knowledge)
        found = without_talk(found, tokens)
        # one message that is surely Xero's vouches for the others in the same paste
        if all(
            self._is_ambiguous(match, tokens, text, has_neighbour(match, matches, tokens))
            for match in found
        ) and not (hearing and hearing.about_xero and is_all_of(found_there, tokens, hearing.shop)):
            found = [replace(match, ambiguous_origin=True) for match in found]
        rank = self._knowledge.fix_order
        return sorted(found, key=lambda match: (rank(match.article_id), -match.score, match.start))

    def _without_announcements(self, matches: list[Match], tokens: Tokens) -> list[Match]:
        areas = [self._knowledge.area_of(match.article_id) for match in matches]
        return without_announcements(matches, tokens, areas, MIN_TRUNCATED_SCORE)

    def _found_in(self, tokens: Tokens) -> list[Match]:
        return without_overlaps([*self._full_matches(tokens), *self._truncated_matches(tokens)])

    def _status_in(self, tokens: Tokens, text: str) -> list[Match]:
        """Return the match of the HTTP status of Xero's that a text tells by its number, if any."""
        found = self._statuses.find(tokens)
        if found is None or not self.attribution.is_about_xero(text) or is_remark(text):
            return []
        pattern, index = found
        values = CapturedValues({}, index, index, tokens.ends[index])
        return [match_of(tokens, pattern, 100.0, pattern.total_weight, values)]

    def _with_status(self, match: Match, tokens: Tokens) -> Match:
        """Return the match with the article that says the same beside the status of the text."""
        found = self._statuses.beside_status(match.message, match.article_id, tokens, match.start)
        return (
            replace(match, article_id=found.article_id, message=found.message) if found else match
        )

    def candidates(self, text: str) -> list[Pattern]:
        """Return the messages that share a rare word with a text, contained in it or not."""
        tokens = self._run_together.separated(tokenise(text))
        stems = dict.fromkeys(tokens.stems)
        found = {id(pattern): pattern for stem in stems for pattern, _ in self._anchors.of(stem)}
        reworded = (one.pattern for one in self._rewordings.find(tokens))
        return list((found | {id(pattern): pattern for pattern in reworded}).values())

    def _with_nearby(self, match: Match, tokens: Tokens) -> Match:
        """Return the match with the waiting times beside it that its article asks for."""
        captures = match.captures
        for label in self._labels[match.article_id]:
            (name,) = label.gaps[-1]
            if name in captures:
                continue
            if value := labelled_number(tokens, label, match.start, match.end):
                captures = captures | {name: value}
        return match if captures == match.captures else replace(match, captures=captures)

    def _with_rewordings(self, tokens: Tokens, matches: list[Match]) -> list[Match]:
        """Return what the text says in other words, or the matches where that is less.

        A message that other software uses too may be a part of a longer one in other words.
        """
        reworded = [reworded_match(tokens, one) for one in self._rewordings.find(tokens)]
        sure = [match for match in matches if match.score >= MIN_TRUNCATED_SCORE]
        if not sure:
            return reworded or matches
        longer = [
            one
            for one in reworded
            if any(one.replaces(match) for match in sure)
            and not any(one.replaces(match) and not says(one, match) for match in sure)
        ]
        return without_overlaps([*longer, *matches])

    def _is_ambiguous(self, match: Match, tokens: Tokens, text: str, vouched: bool) -> bool:
        if not match.generic:
            return self.attribution.names_other_system(tokens, match.start, match.end)
        # a long message in other words begins with its article, which is no part of the match
        is_long = match.reworded and not match.fully_generic
        start = begins_at(tokens, match.start) if is_long else match.start
        return not self.attribution.points_to_xero(
            tokens, text, start, match.end, self._sign_needed(match, vouched)
        )

    def _sign_needed(self, match: Match, vouched: bool) -> Sign:
        """Return what must show that a message is Xero's that other software uses too.

        `vouched`: another message of its article is right beside it.
        """
        if not match.fully_generic:
            return Sign.LITTLE_ELSE
        if self._knowledge.area_of(match.article_id) in TECHNICAL_AREAS:
            return Sign.NAME  # any program says these, also between words of trade
        return Sign.LITTLE_ELSE if vouched else Sign.SHOP

    def _admitted(self, tokens: Tokens) -> dict[str, list[Posting]]:
        """Return the patterns that a text leads to, and that may be in it, by its stems."""
        leads = self._anchors.among(tokens)
        if not leads:
            return {}
        screen = Screen(tokens, self._pattern_counts, self._misspellings)
        return {
            stem: admitted
            for stem, lead in leads.items()
            if screen.has(lead.others, lead.least)
            and (admitted := [one for one in lead.messages if screen.admits(one[0])])
        }

    def _full_matches(self, tokens: Tokens) -> Iterator[Match]:
        postings = self._admitted(tokens)
        if not postings:
            return
        aligned: set[tuple[int, int, int]] = set()
        tries: Counter[int] = Counter()
        left = MAX_ALIGNMENTS_IN_ALL
        for position, stem in enumerate(tokens.stems):
            for pattern, index in postings.get(stem, ()):
                if (id(pattern), index, position) in aligned:
                    continue
                tries[id(pattern)] += 1
                if tries[id(pattern)] > MAX_ALIGNMENTS or not left:
                    continue
                left -= 1
                found = self._aligner.align(tokens, pattern, index, position)
                if found is None or not found.is_enough(pattern):
                    continue
                if crosses_border(tokens, pattern, found.positions):
                    continue
                if found.cut and self._prefixes.leads_elsewhere(pattern, found.cut):
                    continue
                # its other anchor would only find the same again
                aligned.update((id(pattern), i, there) for i, there in found.positions.items())
                values = capture_values(tokens, pattern, found.positions)
                if values is not None:
                    match = match_of(tokens, pattern, found.score(pattern), found.weight, values)
                    yield cut_match(match, pattern, found.cut) if found.cut else match

    def _truncated_matches(self, tokens: Tokens) -> Iterator[Match]:
        for found in self._prefixes.matches(tokens):
            values = capture_values(tokens, found.pattern, found.positions)
            if values is not None:
                match = match_of(tokens, found.pattern, found.score, found.weight, values)
                yield cut_match(match, found.pattern, found.cut)
