"""The blocks of suggestions: the question of the best family, and titles beside it. Pure."""

from collections.abc import Iterator
from itertools import count

from bot.domain.article_text import Run, plain_text
from bot.domain.families import Family
from bot.domain.openings import Articles
from bot.domain.verdicts import Suggest
from bot.slack.views import blocks, ids, wording
from bot.slack.views.blocks import Block
from bot.slack.views.outgoing import OutgoingMessage


def suggestions(suggest: Suggest, articles: Articles, token: str) -> OutgoingMessage:
    """Return what may be meant: one question with its answers, and titles of what is not in it.

    Only the best family is asked: each question is one more thing to think about. As a family has
    at most six answers, there are no more than eight buttons. A menu has the answers of the others.
    """
    view = _Suggestions(suggest, articles, token)
    if not suggest.families:
        return OutgoingMessage(wording.SUGGEST_NOTIFICATION, list(view.only_titles()))
    asked, *others = suggest.families
    text = blocks.escape(f"{wording.SUGGEST_QUESTION} {asked.question}")
    return OutgoingMessage(text, list(view.asked(asked, others)))


class _Suggestions:
    """The rows of a message, whose buttons are numbered from its first one on."""

    def __init__(self, suggest: Suggest, articles: Articles, token: str) -> None:
        self._token = token
        self._titles = {
            one.article_id: plain_text(articles[one.article_id].title, {})
            for one in suggest.suggestions
        }
        """Of the suggested articles, the best one first."""
        self._buttons = count(1)
        self._rows = count(1)

    def only_titles(self) -> Iterator[Block]:
        """Yield the titles, listed and as numbered buttons."""
        yield blocks.rich_text(
            blocks.paragraph([Run(wording.NOT_SURE, bold=True), Run(f" {wording.DID_YOU_MEAN}")]),
            blocks.steps([[Run(title)] for title in self._titles.values()]),
        )
        numbered = enumerate(self._titles.items(), start=1)
        yield self._row(
            *(self._button(f"{number}. {title}", one) for number, (one, title) in numbered)
        )

    def asked(self, family: Family, others: list[Family]) -> Iterator[Block]:
        """Yield a family's question and the other titles; what has the best article comes first."""
        yield blocks.rich_text(blocks.paragraph([Run(wording.NOT_SURE)]))
        titles = [one for one in self._titles if one not in family.answers]
        is_ahead = bool(titles) and titles[0] == next(iter(self._titles))
        if is_ahead:
            yield from self._beside(titles, others, is_ahead=True)
        yield from self._question(family)
        if titles and not is_ahead:
            yield from self._beside(titles, others, is_ahead=False)

    def _question(self, family: Family) -> Iterator[Block]:
        """Yield a family's question and its answers, the suggested ones first."""
        suggested = [one for one in self._titles if one in family.answers]
        answers = [
            self._button(family.answers[one], one)
            for one in {**dict.fromkeys(suggested), **family.answers}
        ]
        yield blocks.rich_text(blocks.label(family.question))
        yield self._row(*(blocks.named(one, family.question) for one in answers))

    def _beside(
        self, titles: list[str], others: list[Family], *, is_ahead: bool
    ) -> Iterator[Block]:
        """Yield titles, and a menu of what else the families of their articles have."""
        one, several = _AHEAD if is_ahead else _BEHIND
        yield blocks.rich_text(blocks.label(one if len(titles) == 1 else several))
        buttons = [self._button(self._titles[one], one) for one in titles]
        groups = {
            family.question: {
                self._value(one): answer
                for one, answer in family.answers.items()
                if one not in titles
            }
            for family in others
        }
        menus = (
            [blocks.grouped_menu(self._action(), wording.ANOTHER_ANSWER, groups)]
            if any(groups.values())
            else []
        )
        yield self._row(*buttons, *menus)

    def _row(self, *elements: Block) -> Block:
        number = next(self._rows)
        name = ids.BLOCK_PICKS if number == 1 else f"{ids.BLOCK_PICKS}.{number}"
        return blocks.actions(name, *elements)

    def _button(self, text: str, article_id: str) -> Block:
        return blocks.button(text, self._action(), self._value(article_id))

    def _value(self, article_id: str) -> str:
        return f"{self._token} {article_id}"

    def _action(self) -> str:
        return f"{ids.ACTION_PICK}.{next(self._buttons)}"


_AHEAD = (wording.DID_YOU_MEAN_THIS, wording.DID_YOU_MEAN)
_BEHIND = (wording.OR_THIS, wording.OR_ONE_OF)
"""What comes before the titles, for one and for several: ahead of a question, and behind it."""
