"""The blocks of suggestions: the question of each family with its answers, and titles to press."""

from collections.abc import Iterator
from itertools import count

from bot.domain.article_text import Run, plain_text
from bot.domain.families import Family
from bot.domain.openings import Articles
from bot.domain.verdicts import Suggest
from bot.slack.views import blocks, ids, wording
from bot.slack.views.blocks import Block
from bot.slack.views.outgoing import OutgoingMessage

MAX_PICKS = 8
"""Buttons above which a family behind the first one has a menu of what was not suggested.

With *Escalate* these are the nine that a first view on a phone may have. A menu of one answer would
save nothing, so that three families may have two more.
"""
_TITLES = ""
"""In place of a family's id: the articles without one."""
_FIRST = (wording.DID_YOU_MEAN_THIS, wording.DID_YOU_MEAN)
_LATER = (wording.OR_THIS, wording.OR_ONE_OF)
"""What the titles follow, for one and for several: as the first subject, and behind a family."""


def suggestions(suggest: Suggest, articles: Articles, token: str) -> OutgoingMessage:
    """Return what may be meant, best first: questions with their answers, and titles in one row."""
    view = _Suggestions(suggest, articles, token)
    return OutgoingMessage(view.notification, list(view.blocks()))


class _Suggestions:
    def __init__(self, suggest: Suggest, articles: Articles, token: str) -> None:
        self._token = token
        self._numbers = count(1)
        self._rows = count(1)
        self._suggested = [one.article_id for one in suggest.suggestions]
        self._families = {family.id: family for family in suggest.families}
        family_ids = {one: family.id for family in suggest.families for one in family.answers}
        self._subjects = list(
            dict.fromkeys(family_ids.get(one, _TITLES) for one in self._suggested)
        )
        self._titles = {
            one: plain_text(articles[one].title, {})
            for one in self._suggested
            if one not in family_ids
        }

    @property
    def notification(self) -> str:
        """The text for notifications and screen readers: it asks what the blocks ask."""
        if not self._families:
            return wording.SUGGEST_NOTIFICATION
        asked = [self._families[one].question for one in self._subjects if one != _TITLES]
        return blocks.escape(" ".join([wording.SUGGEST_QUESTION, *asked]))

    def blocks(self) -> Iterator[Block]:
        """Yield the subjects, the best one first."""
        if not self._families:
            yield from self._only_titles()
            return
        yield blocks.rich_text(blocks.paragraph([Run(wording.NOT_SURE)]))
        picks = len(self._titles) + sum(len(one.answers) for one in self._families.values())
        best = next(one for one in self._subjects if one != _TITLES)
        for subject in self._subjects:
            if subject == _TITLES:
                yield from self._alone(is_first=subject == self._subjects[0])
            else:
                in_short = picks > MAX_PICKS and subject != best
                yield from self._asked(self._families[subject], in_short=in_short)

    def _alone(self, *, is_first: bool) -> Iterator[Block]:
        """Yield the titles of the articles without a family, beside families."""
        one, several = _FIRST if is_first else _LATER
        yield blocks.rich_text(blocks.label(one if len(self._titles) == 1 else several))
        yield self._row(self._buttons(self._titles))

    def _only_titles(self) -> Iterator[Block]:
        listed = [[Run(title)] for title in self._titles.values()]
        yield blocks.rich_text(
            blocks.paragraph([Run(wording.NOT_SURE, bold=True), Run(f" {wording.DID_YOU_MEAN}")]),
            blocks.steps(listed),
        )
        numbered = enumerate(self._titles.items(), start=1)
        picks = {article_id: f"{number}. {title}" for number, (article_id, title) in numbered}
        yield self._row(self._buttons(picks))

    def _asked(self, family: Family, *, in_short: bool) -> Iterator[Block]:
        """Yield a family's question and its answers, the suggested ones first."""
        first = [one for one in self._suggested if one in family.answers]
        others = [one for one in family.answers if one not in first]
        shown = first if in_short and len(others) > 1 else [*first, *others]
        answers = self._buttons({one: family.answers[one] for one in shown})
        row = [blocks.named(button, family.question) for button in answers]
        if len(shown) < len(family.answers):
            row.append(self._menu({one: family.answers[one] for one in others}))
        yield blocks.rich_text(blocks.label(family.question))
        yield self._row(row)

    def _row(self, elements: list[Block]) -> Block:
        number = next(self._rows)
        name = ids.BLOCK_PICKS if number == 1 else f"{ids.BLOCK_PICKS}.{number}"
        return blocks.actions(name, *elements)

    def _buttons(self, labels: dict[str, str]) -> list[Block]:
        return [
            blocks.button(text, self._action(), f"{self._token} {article_id}")
            for article_id, text in labels.items()
        ]

    def _menu(self, labels: dict[str, str]) -> Block:
        options = {f"{self._token} {article_id}": text for article_id, text in labels.items()}
        return blocks.menu(self._action(), wording.ANOTHER_ANSWER, options)

    def _action(self) -> str:
        return f"{ids.ACTION_PICK}.{next(self._numbers)}"
