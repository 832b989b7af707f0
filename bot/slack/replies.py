"""The reply to a report, as Slack blocks: a pure view of a verdict."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from bot.domain.articles import Article, KnowledgeBase
from bot.domain.escalations import Escalation
from bot.domain.matches import Match
from bot.domain.prose import Run, cut, plain, runs
from bot.domain.reports import Interaction
from bot.domain.verdicts import Abstain, Answer, Suggest, Verdict
from bot.slack import blocks, ids, wording
from bot.slack.blocks import Block

MAX_PARTS = 3
BUDGET = 6_000
"""Characters of article text in one reply. Slack refuses messages from about 13,200 characters of blocks, marks
included (bolt-js issue 2509); half of that leaves room for the marks."""
MAX_QUOTE = 300
NOTIFICATION = 300


@dataclass(frozen=True)
class Reply:
    """What Slack gets: blocks, and the text that stands alone in a notification or a screen reader."""

    text: str
    blocks: list[Block]


@dataclass(frozen=True)
class Footer:
    """What a reply shows besides the verdict. `token` names its interaction; empty: a reply outside Slack.

    `private`: only its asker sees it; `sharing`: it is on its way to the channel; `shared_by`: who put it there.
    """

    token: str = ""
    private: bool = False
    sharing: bool = False
    shared_by: str = ""
    escalation: Escalation | None = None
    picked: bool = False

    @classmethod
    def of(cls, interaction: Interaction, escalation: Escalation | None = None, *, sharing: bool = False) -> "Footer":
        """As the interaction stands."""
        return cls(
            token=interaction.token,
            private=interaction.report.private and interaction.reply_ts is None,
            sharing=sharing,
            shared_by=interaction.report.user if interaction.is_shared else "",
            escalation=escalation,
            picked=interaction.article_id is not None,
        )


def reply(verdict: Verdict, knowledge: KnowledgeBase, footer: Footer, *, empty: bool = False) -> Reply:
    """The reply to a verdict; `empty`: nothing was pasted."""
    made = _said(verdict, knowledge, footer, empty=empty)
    if not footer.shared_by:
        return made
    intro = wording.SHARED_BY.format(user=footer.shared_by)
    return Reply(f"{intro} {made.text}", [blocks.section(intro), *made.blocks])


def _said(verdict: Verdict, knowledge: KnowledgeBase, footer: Footer, *, empty: bool) -> Reply:
    match verdict:
        case Answer(matches):
            return _answer(matches, knowledge, footer)
        case Suggest(suggestions):
            titles = {s.article_id: plain(knowledge[s.article_id].title, {}) for s in suggestions}
            return _suggest(titles, footer)
        case Abstain() if empty:
            return Reply(wording.NOTHING_PASTED, [blocks.section(wording.NOTHING_PASTED), *_foot([], footer)])
        case Abstain(reason_missing=True):
            return _unknown(wording.CUT_OFF_TITLE, wording.CUT_OFF, footer)
        case _:
            return _unknown(wording.UNKNOWN_TITLE, wording.UNKNOWN, footer)


def _unknown(title: str, text: str, footer: Footer) -> Reply:
    body = [blocks.header(title), blocks.section(text)]
    if footer.escalation is None:
        body.append(blocks.section(wording.UNKNOWN_NEXT))
    return Reply(f"{title}.", [*body, *_foot([], footer)])


def _answer(matches: tuple[Match, ...], knowledge: KnowledgeBase, footer: Footer) -> Reply:
    shown, rest = matches[:MAX_PARTS], matches[MAX_PARTS:]
    body: list[Block] = []
    if len(matches) > 1:
        body.append(blocks.section(wording.SEVERAL_FIRST.format(count=len(matches))))
    for number, match in enumerate(shown, start=1):
        if number > 1:
            body.append(blocks.divider())
        place = f"{number}. " if len(matches) > 1 else ""
        body.extend(_part(match, knowledge[match.article_id], place, BUDGET // len(shown)))
    if rest:
        titles = [[Run(plain(knowledge[m.article_id].title, m.captures))] for m in rest]
        label = blocks.paragraph([Run(wording.AND_ALSO, bold=True)])
        body.append(blocks.rich_text(label, blocks.steps(titles, numbered=False)))
    evidence = " · ".join(_evidence(match, footer) for match in shown)
    body.append(blocks.context(evidence, _sources(matches, knowledge)))
    more = [
        blocks.button(
            wording.MORE if len(shown) == 1 else wording.MORE_OF.format(number=number), *_more(match, number, footer)
        )
        for number, match in enumerate(shown, start=1)
    ]
    return Reply(_notification(matches, knowledge), [*body, *_foot(more, footer)])


def _more(match: Match, number: int, footer: Footer) -> tuple[str, str]:
    return f"{ids.ACTION_READ_ALL}.{number}", f"{footer.token} {match.article_id}"


def _part(match: Match, article: Article, place: str, budget: int) -> Iterator[Block]:
    yield blocks.header(place + plain(article.title, match.captures))
    elements = [blocks.quote(cut(match.quote, MAX_QUOTE))] if match.quote else []
    reason = cut(article.reason, budget // 3, wording.CUT)
    elements.append(_labelled(wording.REASON, reason, match.captures, "\n"))
    elements.append(blocks.paragraph([Run(wording.ACTION, bold=True)]))
    elements.append(blocks.steps(_within(article.action, match.captures, budget // 2)))
    yield blocks.rich_text(*elements)
    notes = []
    if article.caution:
        caution = cut(article.caution, budget // 8, wording.CUT)
        notes.append(_labelled(f"⚠️ {wording.CAUTION}", caution, match.captures, "\n" if article.who else ""))
    if article.who:
        notes.append(_labelled(wording.WHO, cut(article.who, budget // 12, wording.CUT), match.captures))
    if notes:
        yield blocks.rich_text(*notes)


def _labelled(label: str, text: str, captures: Mapping[str, str], end: str = "") -> Block:
    return blocks.paragraph([Run(f"{label}\n", bold=True), *runs(text, captures), Run(end)])


def _within(steps: list[str], captures: Mapping[str, str], budget: int) -> list[list[Run]]:
    """The steps that fit, whole, and a last one that says that more follow."""
    shown: list[list[Run]] = []
    used = 0
    for step in steps:
        used += len(step)
        if used > budget:
            room = budget - (used - len(step))
            last = [*runs(cut(step, room, wording.CUT), captures)] if room > 80 else []
            shown.append([*last, Run(wording.STEPS_FOLLOW)])
            break
        shown.append(runs(step, captures))
    return shown


def _evidence(match: Match, footer: Footer) -> str:
    if footer.picked:
        return f"`{match.article_id}` · {wording.PICKED}"
    said = wording.WORD_FOR_WORD if match.score >= 100 else wording.NEARLY
    return f"`{match.article_id}` · {wording.score(match.score)}, {said}"


def _sources(matches: tuple[Match, ...], knowledge: KnowledgeBase) -> str:
    named = dict.fromkeys(knowledge[match.article_id].sources[0] for match in matches)
    return blocks.escape(cut(f"{wording.SOURCES}: {'; '.join(named)}", 600))


def _notification(matches: tuple[Match, ...], knowledge: KnowledgeBase) -> str:
    first = matches[0]
    article = knowledge[first.article_id]
    text = f"{plain(article.title, first.captures)}. {plain(article.reason, first.captures)}"
    return blocks.escape(cut(text, NOTIFICATION))


def _suggest(titles: dict[str, str], footer: Footer) -> Reply:
    listed = [[Run(title)] for title in titles.values()]
    ask = blocks.rich_text(
        blocks.paragraph([Run(wording.NOT_SURE, bold=True), Run(f" {wording.DID_YOU_MEAN}")]), blocks.steps(listed)
    )
    picks = [
        blocks.button(f"{number}. {title}", f"{ids.ACTION_PICK}.{number}", f"{footer.token} {article_id}")
        for number, (article_id, title) in enumerate(titles.items(), start=1)
    ]
    body = [ask, blocks.actions("picks", *picks)]
    if footer.escalation is None:
        body.append(blocks.context(wording.NONE_OF_THEM))
    return Reply(wording.SUGGEST_NOTIFICATION, [*body, *_foot([], footer)])


def _foot(more: list[Block], footer: Footer) -> Iterator[Block]:
    value = footer.token
    if more:
        good, bad = (wording.HELPED, f"{value} yes"), (wording.HELPED_NOT, f"{value} no")
        yield blocks.feedback("feedback", ids.ACTION_FEEDBACK, good, bad)
    if footer.escalation is not None:
        escalation = footer.escalation
        yield blocks.section(wording.ESCALATED_AS.format(name=escalation.name, user=escalation.requester))
    else:
        more = [blocks.button(wording.ESCALATE, ids.ACTION_ESCALATE, value, style="primary"), *more]
    if footer.private and not footer.sharing:
        more = [*more, blocks.button(wording.SHARE, ids.ACTION_SHARE, value)]
    if more:
        yield blocks.actions("foot", *more)
    if footer.sharing:
        yield blocks.context(wording.SHARING)


def whole(article: Article, captures: Mapping[str, str], related: Sequence[Article] = ()) -> Iterator[Block]:
    """All of an article, for a modal: nothing is cut, long text goes on in the next block."""
    yield blocks.header(plain(article.title, captures))
    yield from _pieces(wording.REASON, article.reason, captures)
    yield blocks.rich_text(blocks.paragraph([Run(wording.ACTION, bold=True)]))
    for first in range(0, len(article.action), 10):
        chunk = [runs(step, captures) for step in article.action[first : first + 10]]
        listed = blocks.steps(chunk)
        if first:
            listed["offset"] = first
        yield blocks.rich_text(listed)
    for label, text in (
        (wording.CAUTION, article.caution),
        (wording.WHO, article.who),
        (wording.PREVENT, article.prevent),
    ):
        if text:
            yield from _pieces(label, text, captures)
    yield blocks.divider()
    if related:
        others = [[Run(plain(other.title, {}))] for other in related]
        yield blocks.rich_text(blocks.label(wording.RELATED), blocks.steps(others, numbered=False))
    yield blocks.rich_text(
        blocks.paragraph([Run(f"{wording.WORDINGS}\n", bold=True), Run("\n".join(article.messages))])
    )
    if article.links:
        links = "\n".join(f"<{link.url}|{blocks.escape(link.title)}>" for link in article.links)
        yield blocks.section(f"*{wording.LINKS}*\n{links}")
    sources = cut("; ".join(article.sources), 1_800)
    yield blocks.context(blocks.escape(f"{article.id} · {wording.REVIEWED.format(date=article.reviewed)} · {sources}"))


def _pieces(label: str, text: str, captures: Mapping[str, str]) -> Iterator[Block]:
    while text:
        piece = cut(text, blocks.MAX_PLAIN, "")
        yield blocks.rich_text(_labelled(label, piece, captures) if label else blocks.paragraph(runs(piece, captures)))
        label, text = "", text[len(piece) :].lstrip()
