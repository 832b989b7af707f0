"""The reply to a report, as Slack blocks: a pure view of a judgement."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from bot.domain.article_text import MAX_LISTED, MAX_NAMED, Run, Values, cut, names_in, plain, runs
from bot.domain.articles import ShownArticle
from bot.domain.attachments import Kind, Read, kind_of
from bot.domain.escalations import Escalation
from bot.domain.feedback import Ratings
from bot.domain.matches import Match
from bot.domain.replies import Telling
from bot.domain.reports import Trigger
from bot.domain.verdicts import Abstain, Answer, Judgement, Suggest
from bot.slack.views import blocks, ids, wording
from bot.slack.views.article_words import worded
from bot.slack.views.blocks import Block
from bot.slack.views.outgoing import OutgoingMessage

Articles = Mapping[str, ShownArticle]
"""By id."""
MAX_PARTS = 3
BUDGET = 6_000
"""Characters of article text in one reply, without captured values. Slack refuses messages from about 13,200 characters
of blocks, marks included (bolt-js issue 2509); half of that leaves room for the marks."""
MAX_QUOTE = 300
MAX_NAME = 80
MAX_CONTEXT = 10
NOTIFICATION = 300


@dataclass(frozen=True)
class ReplyContext:
    """What a reply shows besides the verdict. `token` names its interaction; empty: a reply outside Slack.

    `private`: only its asker sees it; `sharing` says where it is on its way to the channel; `intro` says who put it
    there;
    `edited`: nobody asked for it, and its message was edited; `earlier`: the address of a reply that says the same.
    """

    token: str = ""
    private: bool = False
    sharing: str = ""
    intro: str = ""
    escalation: Escalation | None = None
    picked: bool = False
    edited: bool = False
    earlier: str = ""
    reads: tuple[Read, ...] = ()
    ratings: Ratings = field(default_factory=dict)

    @classmethod
    def of(cls, telling: Telling, link: Callable[[str, str, str], str]) -> "ReplyContext":
        """As the interaction stands; `link` gives a message's address."""
        interaction = telling.interaction
        return cls(
            token=interaction.token,
            private=interaction.report.private and interaction.reply_ts is None,
            intro=shared_by(telling) if interaction.is_shared else "",
            escalation=telling.escalation,
            picked=interaction.article_id is not None,
            edited=interaction.report.trigger is Trigger.HEARD and interaction.revision > 0,
            earlier=link(*interaction.earlier) if interaction.earlier else "",
            reads=interaction.reads,
            ratings=telling.ratings,
        )


def shared_by(telling: Telling) -> str:
    """Who showed a private reply to all, and what they had asked."""
    report = telling.interaction.report
    return (wording.SHARED_BY if report.is_message else wording.SHARED_ASKED).format(
        user=report.user
    )


def reply(judgement: Judgement, footer: ReplyContext, *, empty: bool = False) -> OutgoingMessage:
    """The reply that a judgement calls for; `empty`: nothing was pasted."""
    if footer.earlier:
        text = wording.ANSWERED_EARLIER.format(link=blocks.escape(footer.earlier))
        return OutgoingMessage(text, [blocks.section(text)])
    made = _said(judgement, footer, empty=empty)
    if not footer.intro:
        return made
    return OutgoingMessage(
        f"{footer.intro} {made.text}", [blocks.section(footer.intro), *made.blocks]
    )


def _said(judgement: Judgement, footer: ReplyContext, *, empty: bool) -> OutgoingMessage:
    match judgement.verdict:
        case Answer(matches):
            return _answer(matches, judgement.articles, footer)
        case Suggest(suggestions):
            titles = {
                s.article_id: plain(judgement.articles[s.article_id].title, {}) for s in suggestions
            }
            return _suggest(titles, footer)
        case Abstain(reason_missing):
            return _nothing(footer, empty=empty, reason_missing=reason_missing)


def _nothing(footer: ReplyContext, *, empty: bool, reason_missing: bool) -> OutgoingMessage:
    """Where nothing is known of the text: what became of it, or what is missing."""
    if footer.edited:
        return OutgoingMessage(
            wording.VANISHED, [blocks.section(wording.VANISHED), *_escalated(footer)]
        )
    if unread := _unread(footer.reads):
        body = [blocks.header(wording.UNREAD_TITLE), blocks.section(unread)]
        return OutgoingMessage(f"{wording.UNREAD_TITLE}.", [*body, *_foot([], footer)])
    if empty:
        return _short(wording.NOTHING_PASTED, footer)
    if reason_missing:
        return _unknown(wording.CUT_OFF_TITLE, wording.CUT_OFF, footer)
    return _unknown(wording.UNKNOWN_TITLE, wording.UNKNOWN, footer)


def _short(text: str, footer: ReplyContext) -> OutgoingMessage:
    return OutgoingMessage(text, [blocks.section(text), *_foot([], footer)])


def _unknown(title: str, text: str, footer: ReplyContext) -> OutgoingMessage:
    body = [blocks.header(title), blocks.section(text), *_read_in(footer.reads)]
    if any(read.is_read and kind_of(read.name) is Kind.PICTURE for read in footer.reads):
        body.append(blocks.section(wording.READ_WITHOUT))
    if footer.escalation is None:
        body.append(blocks.section(wording.UNKNOWN_NEXT))
    return OutgoingMessage(f"{title}.", [*body, *_foot([], footer)])


def _answer(
    matches: tuple[Match, ...], articles: Articles, footer: ReplyContext
) -> OutgoingMessage:
    made = blocks.fitting(lambda share: _answered(matches, articles, footer, share))
    return OutgoingMessage(_notification(matches, articles), made)


def _answered(
    matches: tuple[Match, ...], articles: Articles, footer: ReplyContext, share: float
) -> list[Block]:
    """The blocks of an answer. `share` of its text and of the values that it names is shown, 0 to 1."""
    shown, rest = matches[:MAX_PARTS], matches[MAX_PARTS:]
    body: list[Block] = []
    if len(matches) > 1:
        body.append(blocks.section(wording.SEVERAL_FIRST.format(count=len(matches))))
    for number, match in enumerate(shown, start=1):
        if number > 1:
            body.append(blocks.divider())
        place = f"{number}. " if len(matches) > 1 else ""
        article = worded(articles[match.article_id], footer.escalation)
        body.extend(
            _part(
                match,
                article,
                place,
                int(BUDGET * share / len(shown)),
                max(1, int(MAX_LISTED * share)),
            )
        )
    if rest:
        titles = [
            [Run(cut(plain(articles[m.article_id].title, m.values), blocks.MAX_HEADER))]
            for m in rest
        ]
        label = blocks.paragraph([Run(wording.AND_ALSO, bold=True)])
        body.append(blocks.rich_text(label, blocks.steps(titles, numbered=False)))
    evidence = " · ".join(_evidence(match, footer) for match in shown)
    body.append(blocks.context(evidence, _sources(matches, articles)))
    body += _read_in(footer.reads)
    more = [
        blocks.button(
            wording.MORE if len(shown) == 1 else wording.MORE_OF.format(number=number),
            *_more(match, number, footer),
        )
        for number, match in enumerate(shown, start=1)
    ]
    return [*body, *_foot(more, footer)]


def _more(match: Match, number: int, footer: ReplyContext) -> tuple[str, str]:
    return f"{ids.ACTION_READ_ALL}.{number}", f"{footer.token} {match.article_id}"


def _part(
    match: Match, article: ShownArticle, place: str, budget: int, most: int
) -> Iterator[Block]:
    """One error of the text, in `budget` characters of its article; `most` values of a variable part are named."""
    yield blocks.header(place + plain(article.title, match.values))
    elements = [blocks.quote(cut(match.quote, min(MAX_QUOTE, budget)))] if match.quote else []
    reason = cut(article.reason, budget // 3, wording.CUT)
    # in its steps an article names the values that have to be looked up; where it has none there, the reason does
    also = MAX_NAMED if names_in(reason) <= names_in(*article.action) else most
    elements.append(labelled(wording.REASON, reason, match.values, "\n", most=min(also, most)))
    elements.append(blocks.paragraph([Run(wording.ACTION, bold=True)]))
    elements.append(blocks.steps(_within(article.action, match.values, budget // 2, most)))
    yield blocks.rich_text(*elements)
    notes = []
    if article.caution:
        caution = cut(article.caution, budget // 8, wording.CUT)
        end = "\n" if article.who else ""
        notes.append(
            labelled(f"⚠️ {wording.CAUTION}", caution, match.values, end, most=min(MAX_NAMED, most))
        )
    if article.who:
        notes.append(
            labelled(wording.WHO, cut(article.who, budget // 12, wording.CUT), match.values)
        )
    if notes:
        yield blocks.rich_text(*notes)


def labelled(
    label: str, text: str, values: Values, end: str = "", *, most: int = MAX_NAMED
) -> Block:
    """A heading and an article's text under it, as part of a rich_text block. `most` as in `runs`."""
    return blocks.paragraph(
        [Run(f"{label}\n", bold=True), *runs(text, values, most=most), Run(end)]
    )


def _within(steps: list[str], values: Values, budget: int, most: int) -> list[list[Run]]:
    """The steps that fit, whole, and a last one that says that more follow."""
    shown: list[list[Run]] = []
    used = 0
    for step in steps:
        used += len(step)
        if used > budget:
            room = budget - (used - len(step))
            last = (
                [*runs(cut(step, room, wording.CUT), values, step=True, most=most)]
                if room > 80
                else []
            )
            shown.append([*last, Run(wording.STEPS_FOLLOW)])
            break
        shown.append(runs(step, values, step=True, most=most))
    return shown


def _evidence(match: Match, footer: ReplyContext) -> str:
    if footer.picked:
        return f"`{match.article_id}` · {wording.PICKED}{_rated(match, footer)}"
    said = wording.WORD_FOR_WORD if match.score >= 100 else wording.NEARLY
    return f"`{match.article_id}` · {wording.score(match.score)}, {said}{_rated(match, footer)}"


def _rated(match: Match, footer: ReplyContext) -> str:
    rating = footer.ratings.get(match.article_id)
    return f" · {wording.RATED.format(rating=rating)}" if rating and rating.tells else ""


def _read_in(reads: Sequence[Read]) -> list[Block]:
    """Which files the words above are from, and which were not read."""
    lines = [
        wording.READ_IN.get(r.outcome, wording.NOT_READ).format(name=_name(r), size=r.size / 1e6)
        for r in reads
    ]
    return [blocks.context(*lines[:MAX_CONTEXT])] if lines else []


def _unread(reads: Sequence[Read]) -> str:
    """Why there was nothing to read, where no file gave any words."""
    if any(read.is_read for read in reads):
        return ""
    return "\n".join(
        dict.fromkeys(wording.UNREAD[read.outcome].format(name=_name(read)) for read in reads)
    )


def _name(read: Read) -> str:
    return f"*{blocks.escape(cut(read.name, MAX_NAME))}*" if read.name else wording.FILE


def _sources(matches: tuple[Match, ...], articles: Articles) -> str:
    named = dict.fromkeys(articles[match.article_id].sources[0] for match in matches)
    return blocks.escape(cut(f"{wording.SOURCES}: {'; '.join(named)}", 600))


def _notification(matches: tuple[Match, ...], articles: Articles) -> str:
    first = matches[0]
    article = articles[first.article_id]
    text = f"{plain(article.title, first.values)}. {plain(article.reason, first.values)}"
    return blocks.escape(cut(text, NOTIFICATION))


def _suggest(titles: dict[str, str], footer: ReplyContext) -> OutgoingMessage:
    listed = [[Run(title)] for title in titles.values()]
    ask = blocks.rich_text(
        blocks.paragraph([Run(wording.NOT_SURE, bold=True), Run(f" {wording.DID_YOU_MEAN}")]),
        blocks.steps(listed),
    )
    picks = [
        blocks.button(
            f"{number}. {title}", f"{ids.ACTION_PICK}.{number}", f"{footer.token} {article_id}"
        )
        for number, (article_id, title) in enumerate(titles.items(), start=1)
    ]
    body = [ask, blocks.actions("picks", *picks), *_read_in(footer.reads)]
    if footer.escalation is None:
        body.append(blocks.context(wording.NONE_OF_THEM))
    return OutgoingMessage(wording.SUGGEST_NOTIFICATION, [*body, *_foot([], footer)])


def _foot(more: list[Block], footer: ReplyContext) -> Iterator[Block]:
    value = footer.token
    if more:
        good, bad = (wording.HELPED, f"{value} yes"), (wording.HELPED_NOT, f"{value} no")
        yield blocks.feedback("feedback", ids.ACTION_FEEDBACK, good, bad)
    yield from _escalated(footer)
    if footer.escalation is None:
        more = [blocks.button(wording.ESCALATE, ids.ACTION_ESCALATE, value, style="primary"), *more]
    if footer.private and not footer.sharing:
        more = [*more, blocks.button(wording.SHARE, ids.ACTION_SHARE, value)]
    if more:
        yield blocks.actions("foot", *more)
    if footer.sharing:
        yield blocks.context(footer.sharing)


def _escalated(footer: ReplyContext) -> Iterator[Block]:
    if footer.escalation is not None:
        text = wording.ESCALATED_AS.format(
            name=footer.escalation.name, user=footer.escalation.requester
        )
        yield blocks.section(text)
