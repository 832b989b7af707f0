"""The blocks of replies, cards and forms, with any article and any paste."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from hypothesis import example, given, settings
from hypothesis import strategies as st

from bot.domain.article_fields import PLACEHOLDER
from bot.domain.article_text import MAX_VALUES_IN_LIST
from bot.domain.attachments import FileText, ReadOutcome
from bot.domain.cases import Case, EscalationPage
from bot.domain.escalations import Change, Details, Escalation, Resolution, Status, Verb
from bot.domain.feedback import Reason, Vote
from bot.domain.matches import Match
from bot.domain.reports import Interaction, Report, Trigger
from bot.domain.verdicts import Abstain, Answer, Judgement, Suggest, Suggestion
from bot.recognition.matcher import Matcher
from bot.recognition.value_wrapping import MAX_VALUE_CHARACTERS
from bot.slack.views import (
    escalation_card,
    home,
    relays,
    requester_messages,
    wording,
)
from bot.slack.views.article_modal import article_modal
from bot.slack.views.escalation_form import MAX_SHORT, escalation_form, joined, prefilled
from bot.slack.views.fitting import MAX_JSON, length
from bot.slack.views.reply import reply
from slack_sandbox import MAX_BLOCK_CHARACTERS, blocks_length, check_blocks, check_view
from tests.builders import NAMES as SHARED
from tests.builders import article, article_context, knowledge, relay, reply_context
from tests.shipped import ARTICLES
from tests.slack_harness import words_in

words = st.text(
    st.characters(codec="utf-8", exclude_categories=["Cs", "Cc"], exclude_characters="{}*"),
    min_size=1,
)
prose = (
    words.map(lambda text: (text + ". ") * 40)
    .map(lambda text: text[:12_000])
    .filter(lambda text: text.strip())
)
SENTENCES = "Open the invoice in Xero and look at its status. " * 200

NAMES = {
    each.id: [name for message in each.wordings for name in PLACEHOLDER.findall(message)]
    for each in ARTICLES.values()
}
VARIABLE = [article_id for article_id, names in NAMES.items() if names]

ABOUT_CODES = [
    "account-code-archived-or-deleted",
    "account-code-not-valid-for-document",
    "account-code-removed-warning",
]


def match(article_id: str, quote: str = "a quote") -> Match:
    return Match(article_id, "m", 100.0, quote, {})


def fits(made: list[dict[str, Any]]) -> None:
    assert check_blocks(made, "message") == []
    assert blocks_length(made) <= MAX_BLOCK_CHARACTERS


class TestAReply:
    @settings(max_examples=25)
    @given(
        prose,
        prose,
        st.lists(prose, min_size=1, max_size=30),
        words,
        st.integers(1, 6),
        st.booleans(),
    )
    def test_keeps_slacks_limits_whatever_the_length(
        self, reason: str, caution: str, action: list[str], quote: str, count: int, private: bool
    ) -> None:
        known = knowledge(
            *(
                article(
                    f"a{n}",
                    title="t" * 150,
                    reason=reason,
                    action=[{"do": step, "risk": caution} for step in action],
                )
                for n in range(count)
            )
        )
        verdict = Answer(tuple(match(f"a{n}", quote * 50) for n in range(count)))
        fits(reply(Judgement(verdict, known), reply_context("t", private=private)).blocks)
        for entry in known.values():
            assert check_view(article_modal(entry, article_context())) == []

    def test_is_cut_at_a_sentence_and_says_so(self) -> None:
        known = knowledge(article(reason=SENTENCES, action=[SENTENCES, "Last step."]))
        made = words_in(
            reply(
                Judgement(Answer((match("invoice-not-found"),)), known), reply_context("t")
            ).blocks
        )
        assert any(text.endswith("its status. …") for text in made)
        assert any(text.endswith(wording.STEPS_FOLLOW) for text in made)
        assert wording.MORE in made

    def test_shows_the_first_error_and_a_button_for_each_other(self) -> None:
        known = knowledge(*(article(f"a{n}", title=f"Title {n}") for n in range(5)))
        made = words_in(
            reply(
                Judgement(Answer(tuple(match(f"a{n}") for n in range(5))), known),
                reply_context("t"),
            ).blocks
        )
        others = made.index(f"*{wording.AND_ALSO}*")
        assert made.index("Title 0") < others < made.index("Title 1") < made.index("Title 4")
        assert made.count(wording.SHOW) == 4

    def test_is_complete_as_a_notification(self) -> None:
        known = knowledge(article(title="A & B", reason="Because of <this>."))
        made = reply(Judgement(Answer((match("invoice-not-found"),)), known), reply_context("t"))
        assert made.text == "A &amp; B. Because of &lt;this&gt;."

    def test_shows_captured_values_in_bold_and_as_they_are(self) -> None:
        known = knowledge(
            article(
                messages=["Invoice # {number} must be unique"],
                reason="Number {number|of the invoice} is taken.",
            )
        )
        found = Match("invoice-not-found", "m", 100.0, "q", {"number": "<!channel> *7*"})
        made = reply(Judgement(Answer((found,)), known), reply_context("t"))
        assert {"type": "text", "text": "<!channel> *7*", "style": {"bold": True}} in _runs(
            made.blocks
        )
        without = reply(Judgement(Answer((match("invoice-not-found"),)), known), reply_context("t"))
        assert "Number of the invoice is taken." in "".join(words_in(without.blocks))

    def test_names_every_record_of_a_log(self) -> None:
        numbers = [f"INV-{70 + n}" for n in range(MAX_VALUES_IN_LIST + 2)]
        log = "\n".join(f"ERROR Invoice # {number} must be unique" for number in numbers)
        known = ARTICLES
        (found,) = Matcher(known).match(log)
        made = "".join(
            words_in(reply(Judgement(Answer((found,)), known), reply_context("t")).blocks)
        )
        assert f"search for each of {', '.join(numbers[:MAX_VALUES_IN_LIST])} and 2 more" in made
        in_full = "".join(
            words_in(article_modal(known[found.article_id], article_context(match=found)))
        )
        assert f"search for each of {', '.join(numbers[:MAX_VALUES_IN_LIST])} and 2 more" in in_full

    def test_names_values_in_its_reason_where_no_step_does(self) -> None:
        codes = [str(200 + n) for n in range(9)]
        known = ARTICLES
        log = "".join(
            f"Account code '{code}' has been archived, or deleted (Xero)\n" for code in codes
        )
        (found,) = Matcher(known).match(log)
        listed = f"each of {', '.join(codes[:8])} and 208"
        assert listed in "".join(
            words_in(reply(Judgement(Answer((found,)), known), reply_context("t")).blocks)
        )
        assert listed in "".join(
            words_in(article_modal(known[found.article_id], article_context(match=found)))
        )

    @settings(max_examples=60)
    @given(
        st.lists(
            st.sampled_from(['"', "\\", "\N{PILE OF POO}", "\x01", "<x>", "INV-1", "word "]),
            min_size=1,
            max_size=3,
        ),
        st.integers(1, 80),
        st.lists(st.sampled_from(VARIABLE), min_size=1, max_size=6, unique=True),
        st.booleans(),
    )
    @example(["\x01"], 1, ABOUT_CODES, False)
    def test_keeps_slacks_limits_whatever_the_values(
        self, signs: list[str], count: int, ids: list[str], private: bool
    ) -> None:
        values = [
            (f"{n}" + "".join(signs) * MAX_VALUE_CHARACTERS)[:MAX_VALUE_CHARACTERS]
            for n in range(count)
        ]
        found = tuple(
            Match(
                article_id,
                "m",
                100.0,
                values[0] * 10,
                {},
                all_captures=tuple(dict.fromkeys(NAMES[article_id], value) for value in values),
            )
            for article_id in ids
        )
        made = reply(
            Judgement(Answer(found), ARTICLES),
            reply_context("t", private=private, intro="by <@U1>"),
        )
        fits(made.blocks)
        assert "|" not in "".join(words_in(made.blocks))
        for match in found:
            view = article_modal(ARTICLES[match.article_id], article_context(match=match))
            assert check_view(view) == []

    def test_of_suggestions_and_of_nothing_keep_the_limits(self) -> None:
        known = knowledge(*(article(f"a{n}", title="t" * 150) for n in range(3)))
        fits(
            reply(
                Judgement(Suggest(tuple(Suggestion(f"a{n}", 9.0) for n in range(3))), known),
                reply_context("t"),
            ).blocks
        )
        fits(reply(Judgement(Abstain(), known), reply_context("t", private=True)).blocks)
        fits(reply(Judgement(Abstain(), known), reply_context("t"), empty=True).blocks)

    def test_of_suggestions_and_of_nothing_has_a_plain_escalate(self) -> None:
        one = article()
        suggest = Judgement(Suggest((Suggestion(one.id, 50),)), {one.id: one})
        for judgement in (suggest, Judgement(Abstain(), {})):
            foot = reply(judgement, reply_context("token")).blocks[-1]
            assert foot["elements"][-1]["text"]["text"] == wording.ESCALATE
            assert "style" not in foot["elements"][-1]

    def test_of_every_shipped_article_keeps_the_limits(self) -> None:
        known = ARTICLES
        for article_id in known:
            fits(reply(Judgement(Answer((match(article_id),)), known), reply_context("t")).blocks)


class TestACard:
    @settings(max_examples=25)
    @given(words, words)
    def test_keeps_slacks_limits_whatever_was_typed(self, typed: str, long: str) -> None:
        details = Details(
            error=(long * 3_000)[:3_000],
            store=typed[:200],
            tried=(typed * 3_000)[:3_000],
            record=typed[:200],
        )
        resolution = Resolution(
            cause=(long * 3_000)[:3_000], helped=(typed * 3_000)[:3_000], article=True
        )
        known = knowledge(article(title="t" * 150))
        verdict = Answer((match("invoice-not-found"),))
        history = [
            Change(number, Verb.REMIND if number else Verb.OPEN, "U1", 1.0) for number in range(30)
        ]
        interaction = Interaction(
            1, Report("T1", "C1", "1.0", "U1", typed, Trigger.HEARD, "1.0"), "t"
        )
        for status in Status:
            escalation = Escalation(1, 1, "U1", details, status, "U2", resolution, number=1)
            case = Case(escalation, interaction, Judgement(verdict, known), history, names=SHARED)
            fits(escalation_card.card(case, "https://example.com/p1", ("U1", "S1", "here")).blocks)
            fits(requester_messages.note(case, private=True, begins_thread=True).blocks)
            fits(escalation_card.reminder(case, history[0], ("U1",)).blocks)
        fits(relays.answer(case, relay((long * relays.MAX_RELAY)[: relays.MAX_RELAY])).blocks)
        page = EscalationPage(
            [replace(escalation, card_channel="C1", card_ts="1.0")] * home.PAGE_SIZE, 250, 30
        )
        tab = home.home([("Open", page)] * 3, lambda *_: "https://x.example", support=True)
        assert check_view(tab) == []
        fits(home.open_list(page, lambda *_: "https://x.example", all_of_them=True).blocks)

    @settings(max_examples=25)
    @given(
        st.lists(
            st.sampled_from(['"', "\\", "\n", "\t", "&", "<", "x", "\N{PILE OF POO}", "\x01"]),
            min_size=11,
            max_size=11,
        )
    )
    def test_fits_however_slack_escapes_what_was_typed(self, signs: list[str]) -> None:
        typed = [sign * 3_000 for sign in signs]
        store, organisation, record, day, amount = (text[:200] for text in typed[:5])
        details = Details(
            error=typed[5],
            tried=typed[6],
            store=store,
            organisation=organisation,
            record=record,
            date=day,
            amount=amount,
        )
        resolution = Resolution(cause=typed[7], helped=typed[8], article=True)
        votes = [
            Vote(f"U{n}", helped=False, reason=Reason.UNCLEAR, words=typed[9][:1_000])
            for n in range(4)
        ]
        history = [
            Change(number, Verb.REMIND if number else Verb.OPEN, "U1", 1.0) for number in range(30)
        ]
        interaction = Interaction(
            1, Report("T1", "C1", "1.0", "U1", typed[5], Trigger.HEARD, "1.0"), "t"
        )
        escalation = Escalation(1, 1, "U1", details, Status.RESOLVED, "U2", resolution, number=1)
        case = Case(escalation, interaction, Judgement(Abstain(), {}), history, votes, names=SHARED)
        made = escalation_card.card(case, "https://example.com/p1", ("U1", "S1", "here")).blocks
        fits(made)
        assert blocks_length(made) == length(made)
        assert length(made) > MAX_JSON / 3  # the next smaller share is at least a third
        answer = relays.answer(
            case,
            relay(typed[10] + typed[10][: relays.MAX_RELAY - 3_000]),
        )
        fits(answer.blocks)

    def test_that_fits_is_not_cut_more_than_before(self) -> None:
        details = Details(error="x " * 700, store="s", tried="y " * 300)
        interaction = Interaction(
            1, Report("T1", "C1", "1.0", "U1", "e", Trigger.HEARD, "1.0"), "t"
        )
        history = [Change(0, Verb.OPEN, "U1", 1.0)]
        case = Case(
            Escalation(1, 1, "U1", details, number=1),
            interaction,
            Judgement(Abstain(), {}),
            history,
            names=SHARED,
        )
        shown = words_in(escalation_card.card(case, None, ()).blocks)
        assert details.error in shown
        assert details.tried in shown


class TestOtherPeoplesWords:
    def test_are_taken_for_no_mention_and_no_link(self) -> None:
        name = "@channel www.evil.example.txt"
        details = Details(error="@here #general", store="@everyone")
        escalation = Escalation(1, 1, "U1", details, number=1)
        interaction = Interaction(
            1, Report("T1", "C1", "1.0", "U1", "e", Trigger.ADDRESSED, "1.0"), "t"
        )
        case = Case(
            escalation,
            interaction,
            Judgement(Abstain(), {}),
            [Change(0, Verb.OPEN, "U1", 1.0)],
            names=SHARED,
        )
        made = [
            reply(
                Judgement(Abstain(), {}),
                reply_context("t", reads=(FileText(name, ReadOutcome.TOO_LARGE),)),
            ),
            escalation_card.card(case, None, ()),
            relays.answer(case, relay("@channel")),
            home.open_list(
                EscalationPage([escalation], 1, 0),
                lambda *_: "https://x.example",
                all_of_them=True,
            ),
        ]
        texts = [text for each in made for text in markup(each.blocks)]
        assert [text["text"] for text in texts if text.get("verbatim") is not True] == []
        for word in (name, "@here #general", "@everyone", "@channel"):
            assert any(word in text["text"] for text in texts), word


def markup(made: object) -> Iterator[dict[str, Any]]:
    if isinstance(made, list):
        for each in made:
            yield from markup(each)
    elif isinstance(made, dict):
        if made.get("type") == "mrkdwn":
            yield made
        for each in made.values():
            yield from markup(each)


class TestTheForm:
    @settings(max_examples=25)
    @given(words, st.booleans())
    def test_keeps_slacks_limits_whatever_was_pasted(self, text: str, is_short: bool) -> None:
        form = escalation_form(prefilled(text * 200), "{}", is_short=is_short)
        assert check_view(form) == []

    def test_contains_the_numbers_that_fit_completely(self) -> None:
        assert joined([f"INV-{n:05}" for n in range(40)]) == ", ".join(
            f"INV-{n:05}" for n in range(18)
        )
        assert joined(["x" * 300]) == "x" * MAX_SHORT
        assert joined([]) == ""


def _runs(made: Any) -> list[Any]:
    if isinstance(made, list):
        return [run for part in made for run in _runs(part)]
    if isinstance(made, dict):
        return [made, *(run for part in made.values() for run in _runs(part))]
    return []
