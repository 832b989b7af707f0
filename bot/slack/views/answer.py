"""The blocks of an answer: for each error found, its article."""

from collections.abc import Iterator, Mapping, Sequence

from bot.domain.article_text import (
    MAX_VALUES_IN_LIST,
    MAX_VALUES_IN_SENTENCE,
    Run,
    Values,
    placeholder_names,
    plain_text,
    render_runs,
    truncate,
)
from bot.domain.articles import ShownArticle
from bot.domain.matches import Match
from bot.slack.views import blocks, ids, wording
from bot.slack.views.article_words import adapt_wording
from bot.slack.views.blocks import Block
from bot.slack.views.file_notes import read_in
from bot.slack.views.reply_context import ReplyContext

Articles = Mapping[str, ShownArticle]
"""By id."""
MAX_PARTS = 3
BUDGET = 6_000
"""Characters of article text in one reply, without captured values.

Slack refuses messages from about 13,200 characters of blocks, marks included (bolt-js issue 2509);
half leaves room for them.
"""
MAX_QUOTE = 300
MAX_NOTIFICATION = 300


def answer_blocks(
    matches: tuple[Match, ...], articles: Articles, context: ReplyContext, share: float
) -> list[Block]:
    """Return the blocks of an answer, without its buttons.

    `share`: the part of its text and of its captured values that is shown, 0 to 1.
    """
    shown, rest = matches[:MAX_PARTS], matches[MAX_PARTS:]
    body: list[Block] = []
    if len(matches) > 1:
        body.append(blocks.section(wording.SEVERAL_FIRST.format(count=len(matches))))
    for number, match in enumerate(shown, start=1):
        if number > 1:
            body.append(blocks.divider())
        ordinal = f"{number}. " if len(matches) > 1 else ""
        article = adapt_wording(articles[match.article_id], context.escalation)
        body.extend(
            _part(
                match,
                article,
                ordinal,
                int(BUDGET * share / len(shown)),
                max(1, int(MAX_VALUES_IN_LIST * share)),
            )
        )
    if rest:
        titles = [
            [Run(truncate(plain_text(articles[m.article_id].title, m.values), blocks.MAX_HEADER))]
            for m in rest
        ]
        label = blocks.paragraph([Run(wording.AND_ALSO, bold=True)])
        body.append(blocks.rich_text(label, blocks.steps(titles, numbered=False)))
    evidence = " · ".join(_evidence(match, context) for match in shown)
    body.append(blocks.context(evidence, _sources(matches, articles)))
    return [*body, *read_in(context.reads)]


def more_buttons(matches: tuple[Match, ...], context: ReplyContext) -> list[Block]:
    """Return a button for each article shown, which opens the full article."""
    shown = matches[:MAX_PARTS]
    return [
        blocks.button(
            wording.MORE if len(shown) == 1 else wording.MORE_OF.format(number=number),
            f"{ids.ACTION_READ_ALL}.{number}",
            f"{context.token} {match.article_id}",
        )
        for number, match in enumerate(shown, start=1)
    ]


def _part(
    match: Match, article: ShownArticle, ordinal: str, budget: int, max_values: int
) -> Iterator[Block]:
    """Yield the blocks of one error, with up to `budget` characters of its article.

    `max_values`: how many values of one placeholder are listed.
    """
    yield blocks.header(ordinal + plain_text(article.title, match.values))
    elements = [blocks.quote(truncate(match.quote, min(MAX_QUOTE, budget)))] if match.quote else []
    reason = truncate(article.reason, budget // 3, wording.CUT)
    # values to look up are named in the steps; in the reason only if the steps have no placeholder
    max_in_reason = (
        MAX_VALUES_IN_SENTENCE
        if placeholder_names(reason) <= placeholder_names(*article.action)
        else max_values
    )
    elements.append(
        labelled(
            wording.REASON, reason, match.values, "\n", max_values=min(max_in_reason, max_values)
        )
    )
    elements.append(blocks.paragraph([Run(wording.ACTION, bold=True)]))
    elements.append(
        blocks.steps(steps_within(article.action, match.values, budget // 2, max_values))
    )
    yield blocks.rich_text(*elements)
    notes = list(cautions(article, match.values, budget, max_values))
    if notes:
        yield blocks.rich_text(*notes)


def cautions(
    article: ShownArticle, values: Values, budget: int, max_values: int
) -> Iterator[Block]:
    """Yield what to be careful about, and who can do it, as rich_text sections."""
    if article.caution:
        caution = truncate(article.caution, budget // 8, wording.CUT)
        end = "\n" if article.who else ""
        yield labelled(
            f"⚠️ {wording.CAUTION}",
            caution,
            values,
            end,
            max_values=min(MAX_VALUES_IN_SENTENCE, max_values),
        )
    if article.who:
        yield labelled(wording.WHO, truncate(article.who, budget // 12, wording.CUT), values)


def labelled(
    label: str,
    text: str,
    values: Values,
    end: str = "",
    *,
    max_values: int = MAX_VALUES_IN_SENTENCE,
) -> Block:
    """Return a heading and an article's text as a rich_text section.

    `max_values`: see `render_runs`.
    """
    return blocks.paragraph(
        [Run(f"{label}\n", bold=True), *render_runs(text, values, max_values=max_values), Run(end)]
    )


def steps_within(
    steps: Sequence[str], values: Values, budget: int, max_values: int
) -> list[list[Run]]:
    """Return the steps that fit into `budget` characters; the last says whether more follow."""
    shown: list[list[Run]] = []
    used = 0
    for step in steps:
        used += len(step)
        if used > budget:
            left = budget - (used - len(step))
            last = (
                [
                    *render_runs(
                        truncate(step, left, wording.CUT), values, step=True, max_values=max_values
                    )
                ]
                if left > 80
                else []
            )
            shown.append([*last, Run(wording.STEPS_FOLLOW)])
            break
        shown.append(render_runs(step, values, step=True, max_values=max_values))
    return shown


def _evidence(match: Match, context: ReplyContext) -> str:
    if context.picked:
        return f"`{match.article_id}` · {wording.PICKED}{_rated(match, context)}"
    closeness = wording.WORD_FOR_WORD if match.score >= 100 else wording.NEARLY
    return (
        f"`{match.article_id}` · {wording.score(match.score)}, {closeness}{_rated(match, context)}"
    )


def _rated(match: Match, context: ReplyContext) -> str:
    rating = context.ratings.get(match.article_id)
    return f" · {wording.RATED.format(rating=rating)}" if rating and rating.tells else ""


def _sources(matches: tuple[Match, ...], articles: Articles) -> str:
    named = dict.fromkeys(articles[match.article_id].sources[0] for match in matches)
    return blocks.escape(truncate(f"{wording.SOURCES}: {'; '.join(named)}", 600))


def notification(matches: tuple[Match, ...], articles: Articles) -> str:
    """Return the notification's text: title and reason of the first article."""
    first = matches[0]
    article = articles[first.article_id]
    text = f"{plain_text(article.title, first.values)}. {plain_text(article.reason, first.values)}"
    return blocks.escape(truncate(text, MAX_NOTIFICATION))
