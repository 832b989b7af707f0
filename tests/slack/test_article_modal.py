"""*More* and *Show me how* as views: their order, their limits, whatever an article holds."""

from __future__ import annotations

import json
from typing import Any

from hypothesis import example, given, settings
from hypothesis import strategies as st

from bot.domain.causes import Cause, Procedure, Step
from bot.domain.feedback import Rating
from bot.domain.matches import Match
from bot.domain.names import Basis, Menu, Role
from bot.domain.verdicts import Answer, Judgement
from bot.slack.views import ids, wording
from bot.slack.views.article_modal import article_modal
from bot.slack.views.article_words import Where, adapt_wording
from bot.slack.views.procedure_modal import procedure_modal
from bot.slack.views.reply import reply
from slack_sandbox import check_view
from tests.builders import NAMES, article, article_context, reply_context
from tests.shipped import ARTICLES
from tests.slack_harness import words_in

MOST = 250_000
"""Characters of a view, as the Web API gets it (Slack's documentation: view_too_large)."""
REMOVE = Procedure(
    title="Remove that payment",
    risk="It's gone for good",
    who=Role.BOOKKEEPER,
    basis=Basis.XERO,
    steps=[Step(do="Open the invoice"), Step(do="Choose *Remove*", risk="Not the batch")],
    link="https://central.xero.example/remove",
    menus=[Menu(shown="*Sales*", others=("*Business*", "*Trade*"))],
)
PAID = Cause(
    id="paid",
    label="Paid",
    check="*Paid*",
    reason="It was entered before",
    action=[Step(do="Look at the invoice"), Step(do="Remove that payment", how=REMOVE)],
    basis=Basis.OWN,
)
DRAFT = Cause(
    id="draft",
    label="Draft",
    check="*Draft*",
    usual=True,
    reason="Nobody has approved it",
    action=[Step(do="Approve it", risk="Check its total"), Step(do="Retry")],
    who=Role.APPROVER,
    done="the payment is on it",
    basis=Basis.PRODUCT,
)
LONG_BOLD = f"*{'bold ' * 20}* "
"""A long name, as each is a run of its own, and thousands of runs take seconds."""
TWO_CAUSES = article(causes=[PAID, DRAFT], prevent="Keep the order")


def fits(view: dict[str, Any]) -> None:
    assert check_view(view) == []
    assert len(json.dumps(view)) <= MOST


def order(view: dict[str, Any], *texts: str) -> list[str]:
    """The texts in the order in which a view shows them; each must be there once."""
    read = "\n".join(words_in(view["blocks"]))
    assert [text for text in texts if read.count(text) != 1] == []
    return sorted(texts, key=read.index)


def found(message: str = "Invoice could not be found.", score: float = 100.0) -> Match:
    return Match("invoice-not-found", message, score, "a paste", {})


class TestMore:
    def test_reads_from_why_to_where_it_comes_from(self) -> None:
        context = article_context(
            match=found(), rating=Rating(4, 5), related=[article("look-alike", title="Another")]
        )
        made = article_modal(TWO_CAUSES, context)
        expected = (
            TWO_CAUSES.title,
            wording.WHY_THIS,
            "Nobody has approved it",
            "Approve it",
            "Check its total",
            wording.DONE_WHEN.format(done="the payment is on it"),
            "It was entered before",
            wording.SHOW_HOW,
            wording.PREVENT,
            wording.RELATED,
            "Another",
            wording.SOURCES,
            wording.REVIEWED.format(date=TWO_CAUSES.reviewed),
            wording.WORDINGS,
        )
        assert order(made, *expected) == list(expected)

    def test_says_how_the_message_was_recognised(self) -> None:
        made = words_in(article_modal(article(), article_context(match=found(score=91.4))))
        (why,) = [text for text in made if wording.NEARLY in text]
        assert "Invoice could not be found." in why
        assert wording.score(91.4) in why
        assert not any(wording.WORD_FOR_WORD in text.split(" · ") for text in made)

    def test_names_no_variable_part_of_the_message_by_its_key(self) -> None:
        known = article(messages=["Invoice # {number} must be unique"])
        match = found("Invoice # {number} must be unique")
        made = "".join(words_in(article_modal(known, article_context(match=match))))
        assert made.count("Invoice # … must be unique") == 2
        assert "{number}" not in made

    def test_quotes_the_message_with_its_value(self) -> None:
        known = article(messages=["Invoice # {number} must be unique"])
        message = "Invoice # {number} must be unique"
        match = Match(known.id, message, 100.0, "a paste", {"number": "INV-7"})
        made = "".join(words_in(article_modal(known, article_context(match=match))))
        assert "“Invoice # INV-7 must be unique”" in made

    def test_says_that_it_was_chosen(self) -> None:
        made = words_in(article_modal(article(), article_context(match=found("", 0.0))))
        assert wording.PICKED in made

    def test_of_a_list_says_nothing_about_a_message(self) -> None:
        assert not any(
            wording.WHY_THIS in text
            for text in words_in(article_modal(article(), article_context()))
        )

    def test_begins_with_the_cause_that_was_opened(self) -> None:
        made = article_modal(TWO_CAUSES, article_context(first="paid"))
        assert order(made, DRAFT.reason, PAID.reason) == [PAID.reason, DRAFT.reason]

    def test_says_what_kind_of_source_each_cause_has(self) -> None:
        made = " ".join(words_in(article_modal(TWO_CAUSES, article_context())))
        assert wording.FROM.format(basis=NAMES.basis[Basis.PRODUCT]) in made
        assert wording.FROM_OWN.format(basis=NAMES.basis[Basis.OWN]) in made

    def test_opens_the_procedure_of_the_step_it_is_for(self) -> None:
        made = article_modal(TWO_CAUSES, article_context(token="t", depth=2))
        (row,) = [block for block in made["blocks"] if block["type"] == "actions"]
        (button,) = row["elements"]
        assert button["action_id"] == f"{ids.ACTION_SHOW_HOW}.1"
        assert button["value"] == f"t {TWO_CAUSES.id} 1 2"
        assert REMOVE.title in button["accessibility_label"]

    def test_opens_the_right_one_where_two_causes_begin_alike(self) -> None:
        same = Step(do="Open the invoice")
        other = REMOVE.model_copy(update={"title": "Send it again"})
        known = article(
            causes=[
                PAID.model_copy(update={"action": [same, Step(do="Remove it", how=REMOVE)]}),
                DRAFT.model_copy(update={"action": [same, Step(do="Send it", how=other)]}),
            ]
        )
        made = article_modal(known, article_context(token="t"))
        answer = reply(Judgement(Answer((found(),)), {known.id: known}), reply_context("t"))
        for body in (made["blocks"], answer.blocks):
            pressed = next(
                element
                for block in body
                for element in block.get("elements", [])
                if str(element.get("action_id")).startswith(ids.ACTION_SHOW_HOW)
            )
            assert pressed["value"].split()[:3] == ["t", known.id, "3"]
        assert known.steps[3].how == other

    def test_has_the_other_names_of_its_menus_and_links_that_open_them(self) -> None:
        menus = [
            Menu(
                shown="Xero > *Sales*", others=("*Business*", "*Trade*"), link="https://x.example/s"
            ),
            Menu(shown="*Contacts*", others=()),
        ]
        made = article_modal(article(menus=menus), article_context())
        text = "".join(words_in(made))
        assert "Xero > Sales is also called Business or Trade" in text
        assert "Contacts" not in text
        assert links_of(made) == {"https://x.example/s": "Xero > Sales"}

    def test_shows_nobody_what_is_for_the_vendor(self) -> None:
        made = words_in(
            article_modal(article(for_vendor="Read the status first"), article_context())
        )
        assert not any("Read the status first" in text for text in made)

    def test_of_every_shipped_article_keeps_the_limits(self) -> None:
        for known in ARTICLES.values():
            related = ARTICLES.look_alikes(known)
            fits(article_modal(known, article_context(related=related, match=found())))

    @settings(max_examples=15)
    @given(
        st.sampled_from(["\N{PILE OF POO}", "word ", '"', "&<>", LONG_BOLD, "\x01"]),
        st.integers(1, 4_000),
        st.integers(1, 6),
        st.integers(1, 40),
    )
    @example("word ", 10, 1, 40)
    @example("*bold* ", 160, 6, 40)
    @example("\N{PILE OF POO}", 4_000, 6, 40)
    def test_keeps_the_limits_whatever_an_article_holds(
        self, sign: str, length: int, causes: int, many: int
    ) -> None:
        text = (f"a{sign * length}")[:length].strip() or "a"
        step = Step(do=text, risk=text, how=REMOVE)
        texts = {"reason": text, "check": text, "label": text, "done": text}
        parts: dict[str, Any] = {"action": [step] * many, "who": Role.SHOP, "basis": Basis.OWN}
        known = article(
            title=text[:150],
            messages=[f"abc {text}"[:12_000]] * many,
            causes=[
                Cause(id=f"c{number}", usual=number == 0, **texts, **parts)
                for number in range(causes)
            ],
            prevent=text,
            sources=[text] * many,
            links=[{"title": text[:150], "url": f"https://x.example/{n}"} for n in range(many)],
            menus=[Menu(shown=text, others=(text, text))] * many,
        )
        related = [article(f"a{number}", title=text[:150]) for number in range(many)]
        fits(article_modal(known, article_context(related=related, match=found(text), depth=3)))
        procedure = REMOVE.model_copy(update={"steps": [step] * 8, "risk": text, "title": text})
        fits(procedure_modal(procedure, NAMES, {}))


class TestShowMeHow:
    def test_says_what_to_be_careful_about_before_the_steps(self) -> None:
        made = procedure_modal(REMOVE, NAMES, {})
        expected = (
            REMOVE.title,
            "It's gone for good",
            "Open the invoice",
            "Choose ",
            "Not the batch",
            wording.FROM.format(basis=NAMES.basis[Basis.XERO]),
            "Business",
            wording.XERO_PAGE,
        )
        assert order(made, *expected) == list(expected)
        assert links_of(made) == {str(REMOVE.link): wording.XERO_PAGE}

    def test_of_every_shipped_procedure_keeps_the_limits(self) -> None:
        procedures = [step.how for known in ARTICLES.values() for step in known.steps if step.how]
        assert len(procedures) > 10
        for procedure in procedures:
            fits(procedure_modal(procedure, ARTICLES.names, {}))


class TestTheButtonThatATextNames:
    def test_is_the_one_that_is_there_in_procedures_too(self) -> None:
        press = "Press *Escalate* and give the code"
        asking = REMOVE.model_copy(update={"steps": [Step(do=press, risk=press)], "risk": press})
        step = Step(do=press, risk=press, how=asking)
        cause = PAID.model_copy(update={"reason": press, "done": press, "action": [step]})
        known = article(causes=[cause], prevent=press)
        for where in Where:
            words = str(adapt_wording(known, where).model_dump(include={"causes", "prevent"}))
            assert words.count(where.value[1:]) == 8
            assert press not in words

    def test_changes_nothing_else(self) -> None:
        for known in ARTICLES.values():
            if "*Escalate*" not in known.content:
                assert adapt_wording(known, Where.LISTED).model_dump() == known.model_dump()


def links_of(view: dict[str, Any]) -> dict[str, str]:
    """The texts of all links in a view, by address."""
    lists = [element for block in view["blocks"] for element in block.get("elements", [])]
    items = [item for each in lists for item in each.get("elements", []) if "elements" in item]
    return {
        run["url"]: run["text"]
        for item in items
        for run in item["elements"]
        if run["type"] == "link"
    }
