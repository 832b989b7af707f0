"""The stores of interactions and votes, on either database."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import pytest
from sqlalchemy import make_url, select, text, update
from sqlalchemy.ext.asyncio import AsyncEngine

from bot.domain.attachments import FileText, ReadOutcome
from bot.domain.escalations import Details, Resolution, Step, Verb
from bot.domain.families import Family
from bot.domain.feedback import Rating, Reason, Vote
from bot.domain.jobs import Job, JobKind, Needs
from bot.domain.relays import RelayKind
from bot.domain.replies import Posted
from bot.domain.reports import Interaction, Report, Trigger
from bot.domain.verdicts import (
    Answer,
    FollowUp,
    Intent,
    Judgement,
    Suggest,
    Suggestion,
    matches_of,
)
from bot.storage.interactions import InteractionStore
from bot.storage.sql_functions import now
from bot.storage.sqlite import sqlite_engine
from bot.storage.tables import interactions
from bot.storage.tables import votes as votes_table
from bot.storage.verdict_rows import as_columns
from bot.storage.votes import VoteStore
from tests.builders import judged, thread_message
from tests.storage.conftest import Stores

DAY = 86_400
REPORT = Report("T1", "C1", "17.01", "U1", "Invoice could not be found", Trigger.HEARD, "17.01")

ANSWERED = judged(
    "invoice-not-found", "account-not-found", quote="Invoice # 7", captures={"number": "7"}
)
FOLLOW_UP = Judgement(
    FollowUp(
        Intent.WHERE,
        7,
        "token",
        matches_of(ANSWERED.verdict)[0],
        (0, 1),
        elsewhere=True,
        cause="usual",
    ),
    judged("invoice-not-found").articles,
)
SUGGESTED = Judgement(
    Suggest((Suggestion("invoice-not-found", 61.5),)), judged("invoice-not-found").articles
)

ASKED = Judgement(
    Suggest(
        (Suggestion("invoice-not-found", 61.5),),
        (Family("gone", "What is gone?", {"invoice-not-found": "A bill", "a-till": "A till"}),),
    ),
    judged("invoice-not-found", "a-till").articles,
)
"""Suggestions of a family, with an article of it that was not suggested."""


class TestInteractions:
    async def test_a_report_is_kept_once_with_its_job(self, stores: Stores) -> None:
        claimed: list[Job] = []
        with stores.jobs.listening(claimed.extend):
            kept = await stores.interactions.insert_with_job(REPORT, judged(), 60)
        assert kept is not None
        (job,) = claimed
        assert await stores.interactions.insert_with_job(REPORT, judged(), 60) is None
        assert await stores.interactions.get(kept.id) == kept
        assert await stores.interactions.by_token(kept.token) == kept
        assert await stores.interactions.by_token("another") is None
        assert (job.kind, job.subject_id, job.attempts, job.may_have_run) == (
            JobKind.POST_REPLY,
            kept.id,
            1,
            False,
        )
        assert await stores.jobs.is_claimed(job)
        assert await stores.claim() == [], "it is ours already"
        await stores.pass_time(61)
        (left,) = await stores.claim()
        assert (left.id, left.may_have_run) == (job.id, True), (
            "the process that began it is taken for dead"
        )

    async def test_a_report_made_without_a_message_has_a_key_and_no_ts(
        self, stores: Stores
    ) -> None:
        asked = replace(REPORT, key="1.2.abc", message_ts=None, private=True)
        answered_alone = replace(REPORT, private=True)
        for report in (asked, answered_alone):
            begun = await stores.interactions.insert(report, judged())
            assert begun is not None
            assert (await stores.interactions.get(begun.id)).report == report

    async def test_of_sixteen_deliveries_at_once_one_is_kept(self, stores: Stores) -> None:
        kept = await asyncio.gather(
            *(stores.interactions.insert_with_job(REPORT, judged(), 60) for _ in range(16))
        )
        assert len([interaction for interaction in kept if interaction]) == 1

    async def test_the_same_ts_in_another_channel_is_another_report(self, stores: Stores) -> None:
        for channel in ("C1", "C2"):
            assert (
                await stores.interactions.insert(
                    Report("T1", channel, "17.01", "U1", "x", Trigger.ADDRESSED)
                )
                is not None
            )

    async def test_it_is_found_by_its_message(self, stores: Stores) -> None:
        kept = await stores.interactions.insert(REPORT)
        assert await stores.interactions.by_key("C1", "17.01") == kept
        assert await stores.interactions.by_key("C1", "17.02") is None

    async def test_reply_question_and_choice_are_kept(self, stores: Stores) -> None:
        kept = await stores.interactions.insert(REPORT)
        assert kept is not None
        asked = replace(
            kept,
            report=replace(kept.report, text="what the thread says"),
            attachment_text="and its file",
        )
        await stores.interactions.save_files(replace(asked, judgement=judged("invoice-not-found")))
        await stores.interactions.mark_replied(kept, Posted("17.99"))
        await stores.interactions.set_choice(kept, "document-not-found")
        await stores.interactions.set_choice(kept, "invoice-not-found")
        found = await stores.interactions.get(kept.id)
        assert (found.report, found.attachment_text, found.reply_ts) == (
            asked.report,
            "and its file",
            "17.99",
        )
        assert found.article_id == "invoice-not-found"
        assert {job.kind for job in await stores.claim()} == {
            JobKind.POST_REPLY,
            JobKind.UPDATE_REPLY,
        }, "a pick has the reply redrawn"

    async def test_an_address_is_kept_until_the_reply_there_is_up_to_date(
        self, stores: Stores
    ) -> None:
        kept = await begun(stores, replace(REPORT, private=True))
        details = Details(error="e", store="s")
        store = stores.interactions
        await store.set_choice(kept, "invoice-not-found", "https://one")
        picked = await store.get(kept.id)
        await stores.escalations.open(kept.id, "U1", details, (), "https://two")
        assert [job.kind for job in await stores.claim()] == [JobKind.UPDATE_REPLY]
        await store.clear_ephemeral_url(picked)
        escalated = await store.get(kept.id)
        assert (picked.ephemeral_url, escalated.ephemeral_url) == ("https://one", "https://two")
        await store.clear_ephemeral_url(escalated)
        assert (await store.get(kept.id)).ephemeral_url == ""

    async def test_a_pick_after_an_edit_changes_nothing(self, stores: Stores) -> None:
        kept = await begun(stores)
        await stores.interactions.edit(
            kept, replace(kept.report, edited="18.01"), judged(), JobKind.UPDATE_REPLY
        )
        assert not await stores.interactions.set_choice(kept, "invoice-not-found")
        assert (await stores.interactions.get(kept.id)).article_id is None

    @pytest.mark.parametrize(
        "judgement",
        [
            *(ANSWERED, SUGGESTED, ASKED, judged(), FOLLOW_UP),
            *(Judgement(FollowUp(Intent.GREETING), {}), None),
        ],
        ids=["answer", "suggest", "ask", "abstain", "follow-up", "greeting", "unread"],
    )
    async def test_what_was_answered_is_kept_as_it_was_shown(
        self, stores: Stores, judgement: Judgement | None
    ) -> None:
        kept = await stores.interactions.insert(REPORT, judgement)
        assert kept is not None
        assert kept.judgement == judgement
        found = (await stores.interactions.get(kept.id)).judgement
        assert (found and found.verdict) == (judgement and judgement.verdict)
        versions = {one.version for one in (found.articles if found else {}).values()}
        assert versions == {
            one.version for one in (judgement.articles if judgement else {}).values()
        }

    async def test_suggestions_of_an_older_program_have_no_families(self, stores: Stores) -> None:
        kept = await stores.interactions.insert(REPORT, ASKED)
        assert kept is not None
        columns = as_columns(ASKED)
        old = json.loads(str(columns["verdict"]))
        del old["families"]
        changed = update(interactions).where(interactions.c.id == kept.id)
        async with stores.database.begin() as connection:
            await connection.execute(changed.values(verdict=json.dumps(old)))
        found = (await stores.interactions.get(kept.id)).judgement
        assert found is not None
        assert found.verdict == SUGGESTED.verdict

    async def test_of_two_updates_of_a_reply_only_the_first_is_stored(self, stores: Stores) -> None:
        kept = await begun(stores)
        assert await stores.interactions.mark_shown(kept, "one")
        assert not await stores.interactions.mark_shown(kept, "another")
        now = await stores.interactions.get(kept.id)
        assert now.shown == "one"
        assert await stores.interactions.mark_shown(now, "another")

    async def test_one_that_is_not_there_is_a_key_error(self, stores: Stores) -> None:
        with pytest.raises(KeyError):
            await stores.interactions.get(404)


class TestAnEditedMessage:
    async def test_replaces_the_old_one_and_has_its_reply_updated(self, stores: Stores) -> None:
        kept = await begun(stores)
        await stores.interactions.set_choice(kept, "document-not-found")
        edit = replace(
            kept.report, text="Account could not be found", edited="18.01", about_xero=True
        )
        assert await stores.interactions.edit(
            kept, edit, judged("account-not-found"), JobKind.UPDATE_REPLY
        )
        found = await stores.interactions.get(kept.id)
        assert (found.report, found.revision, found.article_id) == (edit, 1, None)
        assert [job.kind for job in await stores.claim()] == [JobKind.UPDATE_REPLY]
        assert await stores.interactions.most_asked(9) == ["account-not-found"]

    async def test_is_no_edit_when_a_later_one_is_kept(self, stores: Stores) -> None:
        kept = await begun(stores)
        later, older = (replace(kept.report, text=ts, edited=ts) for ts in ("18.02", "18.01"))
        assert await stores.interactions.edit(kept, later, judged(), JobKind.UPDATE_REPLY)
        assert not await stores.interactions.edit(kept, older, judged(), JobKind.UPDATE_REPLY)
        assert (await stores.interactions.get(kept.id)).report == later

    async def test_changes_nothing_of_the_answer_that_was_escalated(self, stores: Stores) -> None:
        kept = await stores.interactions.insert(REPORT, ANSWERED)
        assert kept is not None
        before = await stores.interactions.escalated(kept.id)
        await stores.escalations.open(kept.id, "U1", Details(error="e", store="s"), ())
        edit = replace(kept.report, text="Account could not be found", edited="18.01")
        assert await stores.interactions.edit(
            kept, edit, judged("account-not-found"), JobKind.UPDATE_REPLY
        )
        found = await stores.interactions.escalated(kept.id)
        assert found.judgement is not None
        assert found.judgement.verdict == ANSWERED.verdict
        assert (found.judgement, found.report) == (before.judgement, edit)

    async def test_changes_no_pick_and_no_omission_that_were_escalated(
        self, stores: Stores
    ) -> None:
        kept = await stores.interactions.insert(REPORT, SUGGESTED)
        assert kept is not None
        await stores.interactions.save_suppression(
            replace(kept, suppressed_articles=frozenset({"account-not-found"}))
        )
        await stores.interactions.set_choice(kept, "invoice-not-found")
        await stores.escalations.open(kept.id, "U1", Details(error="e", store="s"), ())
        edit = replace(kept.report, text="never mind", edited="18.01")
        assert await stores.interactions.edit(kept, edit, judged(), JobKind.UPDATE_REPLY)
        found, now = (
            await stores.interactions.escalated(kept.id),
            await stores.interactions.get(kept.id),
        )
        assert (found.article_id, found.suppressed_articles) == (
            "invoice-not-found",
            frozenset({"account-not-found"}),
        )
        assert (now.article_id, now.suppressed_articles) == (None, frozenset())

    async def test_is_what_was_escalated_where_nothing_was_kept_of_its_answer(
        self, stores: Stores
    ) -> None:
        kept = await stores.interactions.insert(REPORT)
        assert kept is not None
        await stores.escalations.open(kept.id, "U1", Details(error="e", store="s"), ())
        edit = replace(kept.report, text="Account could not be found", edited="18.01")
        assert await stores.interactions.edit(kept, edit, ANSWERED, JobKind.UPDATE_REPLY)
        assert await stores.interactions.escalated(kept.id) == await stores.interactions.get(
            kept.id
        )
        with pytest.raises(KeyError):
            await stores.interactions.escalated(404)

    async def test_forgets_the_text_of_removed_files(self, stores: Stores) -> None:
        kept = await begun(stores, replace(REPORT, files=("F1", "F2")))
        read = replace(
            kept,
            attachment_text="Account could not be found",
            file_results=(FileText("a.log", ReadOutcome.READ),),
        )
        await stores.interactions.save_files(read)
        same = replace(kept.report, text="another", edited="18.01")
        assert await stores.interactions.edit(kept, same, judged(), JobKind.UPDATE_REPLY)
        assert (await stores.interactions.get(kept.id)).file_results == read.file_results
        assert await stores.interactions.edit(
            kept, replace(same, files=("F2",), edited="18.02"), None, JobKind.READ_REPORT
        )
        found = await stores.interactions.get(kept.id)
        assert (found.report.files, found.attachment_text, found.file_results) == (("F2",), "", ())

    async def test_is_not_overwritten_by_what_was_found_out_before(self, stores: Stores) -> None:
        kept = await begun(stores)
        edit = replace(kept.report, text="Account could not be found", edited="18.01")
        await stores.interactions.edit(
            kept, edit, judged("account-not-found"), JobKind.UPDATE_REPLY
        )
        await stores.claim()
        await stores.interactions.save_files(
            replace(kept, attachment_text="old", judgement=judged("invoice-not-found"))
        )
        await stores.interactions.save_suppression(
            replace(kept, suppressed_articles=frozenset({"account-not-found"}))
        )
        found = await stores.interactions.get(kept.id)
        assert (found.attachment_text, found.suppressed_articles) == ("", frozenset())
        assert await stores.interactions.most_asked(9) == ["account-not-found"]
        assert await stores.claim() == []

    async def test_updates_a_reply_that_was_being_posted(self, stores: Stores) -> None:
        kept = await begun(stores)
        await stores.interactions.edit(
            kept, replace(kept.report, edited="18.01"), judged(), JobKind.UPDATE_REPLY
        )
        (job,) = await stores.claim()
        await stores.jobs.finish(job)
        await stores.interactions.mark_replied(kept, Posted("17.99"))
        assert [job.kind for job in await stores.claim()] == [JobKind.UPDATE_REPLY]

    async def test_brings_the_card_of_its_escalation_up_to_date(self, stores: Stores) -> None:
        kept = await begun(stores)
        await stores.escalations.open(kept.id, "U1", Details(error="e", store="s"), ())
        await stores.interactions.edit(
            kept, replace(kept.report, edited="18.01"), judged(), JobKind.UPDATE_REPLY
        )
        assert sorted(job.kind for job in await stores.claim()) == [
            JobKind.PUBLISH_ESCALATION,
            JobKind.UPDATE_REPLY,
        ]


class TestADeletedMessage:
    async def test_is_forgotten_and_its_reply_goes(self, stores: Stores) -> None:
        kept = await begun(stores)
        await stores.votes.save(kept.id, Vote("U1", helped=False, words="my words"))
        assert await stores.interactions.delete(kept.id)
        found = await stores.interactions.get(kept.id)
        assert (found.deleted, found.text, found.revision) == (True, "", 1)
        assert await stores.interactions.by_token(kept.token) is None
        assert (await stores.votes.for_interaction(kept.id))[0].words == ""
        assert [job.kind for job in await stores.claim()] == [JobKind.UPDATE_REPLY]
        late = replace(kept.report, text="late", edited="18.01")
        assert not await stores.interactions.edit(kept, late, judged(), JobKind.UPDATE_REPLY)

    async def test_stays_when_it_was_escalated(self, stores: Stores) -> None:
        kept = await begun(stores)
        await stores.escalations.open(kept.id, "U1", Details(error="e", store="s"), ())
        assert not await stores.interactions.delete(kept.id)
        assert await stores.interactions.get(kept.id) == kept
        assert await stores.claim() == []

    async def test_without_a_reply_leaves_nothing(self, stores: Stores) -> None:
        kept = await begun(stores)
        await stores.interactions.drop(replace(kept, revision=7))
        assert await stores.interactions.get(kept.id) == kept, "it has changed since"
        await stores.interactions.drop(kept)
        assert await stores.interactions.by_key("C1", "17.01") is None
        assert await stores.interactions.most_asked(9) == []
        assert await stores.interactions.insert(REPORT) is not None

    async def test_that_was_edited_meanwhile_is_not_dropped(self, stores: Stores) -> None:
        kept = await begun(stores)
        edited = replace(kept.report, text="an error after all", edited="18.01")
        assert await stores.interactions.edit(kept, edited, judged(), JobKind.POST_REPLY)
        await stores.interactions.drop(kept)
        assert (await stores.interactions.get(kept.id)).text == "an error after all"


class TestALink:
    async def test_is_looked_at_again_when_what_it_leads_to_changes_or_goes(
        self, stores: Stores
    ) -> None:
        first = await begun(stores, REPORT, ["a"])
        await stores.interactions.mark_replied(first, Posted("17.99"))
        linking = await begun(stores, replace(REPORT, key="18.01", message_ts="18.01"), ["a"])
        await stores.interactions.save_suppression(
            replace(linking, linked_reply=("C1", "17.99", "17.01"))
        )
        await stores.interactions.edit(
            first, replace(REPORT, text="b", edited="19.01"), judged(), JobKind.UPDATE_REPLY
        )
        assert sorted(job.subject_id for job in await stores.claim()) == [first.id, linking.id]


class TestWhatIsNotDropped:
    async def test_is_what_somebody_voted_on_or_called_a_person_for(self, stores: Stores) -> None:
        voted, called = (
            await begun(stores),
            await begun(stores, replace(REPORT, key="18.01", message_ts="18.01")),
        )
        await stores.votes.save(voted.id, Vote("U1", helped=True))
        await stores.escalations.open(called.id, "U1", Details(error="e", store="s"), ())
        for kept in (voted, called):
            await stores.interactions.drop(kept)
            assert await stores.interactions.get(kept.id) == kept


class TestThePast:
    async def test_is_the_answers_in_the_thread_and_to_the_author(self, stores: Stores) -> None:
        others = (
            (replace(REPORT, key="1.1", message_ts="1.1", user="U2"), ["a"]),
            (replace(REPORT, key="1.2", message_ts="1.2", user="U2", thread_ts="1.1"), ["b", "c"]),
            (replace(REPORT, key="2.1", message_ts="2.1", channel="C2"), ["d"]),
            (replace(REPORT, key="3.1", message_ts="3.1", user="U2"), ["of-others"]),
            (replace(REPORT, key="4.1", message_ts="4.1", team="T2"), ["of-another-team"]),
            (replace(REPORT, key="5.1", message_ts="5.1", private=True), ["private"]),
            (replace(REPORT, key="6.1", message_ts="6.1"), ()),
        )
        for report, articles in others:
            await begun(stores, report, articles)
        now = await begun(
            stores, replace(REPORT, key="1.3", message_ts="1.3", thread_ts="1.1"), ["e"]
        )
        await begun(
            stores, replace(REPORT, key="1.4", message_ts="1.4", thread_ts="1.1"), ["later"]
        )
        answered = await stores.interactions.prior_answers(now, {"d", "e"}, 600)
        assert sorted((one.thread, one.article_id or "") for one in answered) == [
            ("1.1", "a"), ("1.1", "b"), ("1.1", "c"), ("2.1", "d")
        ]  # fmt: skip
        assert [
            (one.match.message, one.text) for one in answered if one.match and one.article_id == "d"
        ] == [("Invoice could not be found.", REPORT.text)]
        answered = await stores.interactions.prior_answers(now, {"e"}, 600)
        assert sorted(one.article_id or "" for one in answered) == ["a", "b", "c"], (
            "nothing else is asked about"
        )
        await stores.pass_time(601)
        answered = await stores.interactions.prior_answers(now, {"d"}, 600)
        assert sorted(one.article_id or "" for one in answered) == ["a", "b", "c"], (
            "what its author heard is long ago"
        )

    async def test_knows_what_was_left_out(self, stores: Stores) -> None:
        first = await begun(stores, REPORT, ["a", "b"])
        await stores.interactions.save_suppression(
            replace(first, suppressed_articles=frozenset({"b"}))
        )
        linked = await begun(stores, replace(REPORT, key="18.01", message_ts="18.01"), ["a"])
        await stores.interactions.save_suppression(
            replace(linked, linked_reply=("C1", "17.99", "17.01"))
        )
        assert (await stores.interactions.get(first.id)).suppressed_articles == {"b"}
        assert (await stores.interactions.get(linked.id)).linked_reply == ("C1", "17.99", "17.01")
        third = await begun(
            stores, replace(REPORT, key="18.02", message_ts="18.02", thread_ts="18.01")
        )
        answered = await stores.interactions.prior_answers(third, {"a", "b"}, 600)
        assert [(one.ts, one.article_id, one.linked) for one in answered] == [
            ("17.01", "a", False),
            ("18.01", "a", True),
        ]


class TestWhatCameBefore:
    async def test_is_what_the_thread_has_the_last_first(self, stores: Stores) -> None:
        first = await stores.interactions.insert(REPORT, ANSWERED)
        assert first is not None
        reply = replace(REPORT, key="17.02", message_ts="17.02", thread_ts="17.01")
        second = await stores.interactions.insert(reply, judged())
        other = replace(REPORT, key="18.01", message_ts="18.01")
        private = replace(reply, key="17.03", message_ts="17.03", user="U2", private=True)
        for report in (other, private, replace(reply, channel="C2")):
            await stores.interactions.insert(report, judged())
        details = Details(error="an error", store="Ponsonby")
        await stores.escalations.open(first.id, "U1", details, ())
        later = replace(reply, key="17.09", message_ts="17.09")
        found = await stores.interactions.earlier(later, DAY)
        assert second is not None
        assert [(one.interaction.id, one.escalated) for one in found] == [
            (second.id, False),
            (first.id, True),
        ]
        assert [
            one.interaction.id
            for one in await stores.interactions.earlier(reply, DAY, before=second.id)
        ] == [first.id]

    async def test_is_what_the_channel_had_lately_without_a_thread(self, stores: Stores) -> None:
        old = await stores.interactions.insert(replace(REPORT, channel="D1"), ANSWERED)
        assert old is not None
        await stores.pass_time(2 * DAY)
        recent = replace(REPORT, channel="D1", key="18.01", message_ts="18.01")
        new = await stores.interactions.insert(recent, ANSWERED)
        assert new is not None
        now_asked = replace(recent, key="19.01", message_ts="19.01")
        found = await stores.interactions.earlier(now_asked, DAY)
        assert [one.interaction.id for one in found] == [new.id]


class TestVotes:
    async def test_are_one_a_person_and_may_change(self, stores: Stores) -> None:
        kept = await begun(stores)
        votes = (
            Vote("U1", helped=True, article_id="a"),
            Vote("U2", helped=True, article_id="a"),
            Vote("U1", helped=False, article_id="a", reason=Reason.UNCLEAR, words="step 2?"),
        )
        for vote in votes:
            await stores.votes.save(kept.id, vote)
        assert {vote.voter: vote for vote in await stores.votes.for_interaction(kept.id)} == {
            "U2": votes[1],
            "U1": votes[2],
        }
        assert await stores.votes.ratings() == {"a": Rating(1, 2)}
        assert await stores.votes.complaints(9) == [votes[2]]

    async def test_on_a_reply_without_an_article_rate_none(self, stores: Stores) -> None:
        kept = await begun(stores)
        await stores.votes.save(kept.id, Vote("U1", helped=True))
        assert await stores.votes.ratings() == {}

    async def test_that_it_did_not_help_leave_the_reason_that_was_given(
        self, stores: Stores
    ) -> None:
        kept = await begun(stores)
        why = Vote("U1", helped=False, reason=Reason.UNCLEAR, words="step 2?")
        for vote in (why, Vote("U1", helped=False)):
            await stores.votes.save(kept.id, vote)
        assert await stores.votes.for_interaction(kept.id) == [why]
        await stores.votes.save(kept.id, Vote("U1", helped=True))
        assert await stores.votes.for_interaction(kept.id) == [Vote("U1", helped=True)]

    async def test_lose_their_words_with_the_text(self, stores: Stores) -> None:
        kept = await begun(stores)
        await stores.votes.save(kept.id, Vote("U1", helped=False, words="mine"))
        await stores.pass_time(91 * DAY)
        await stores.interactions.forget(90)
        assert [vote.words for vote in await stores.votes.for_interaction(kept.id)] == [""]


async def begun(
    stores: Stores, report: Report = REPORT, articles: Sequence[str] = ()
) -> Interaction:
    made = await stores.interactions.insert(report, judged(*articles))
    assert made is not None
    return made


class TestADeletionThatComesFirst:
    async def test_keeps_the_message_from_being_stored(self, stores: Stores) -> None:
        await stores.interactions.save_deletion("C1", REPORT.key)
        assert await stores.interactions.insert_with_job(REPORT, judged("a"), 60) is None
        other = await stores.interactions.insert(replace(REPORT, key="17.02", message_ts="17.02"))
        assert other is not None

    async def test_changes_nothing_of_a_message_that_is_kept(self, stores: Stores) -> None:
        kept = await begun(stores)
        await stores.interactions.save_deletion("C1", REPORT.key)
        assert await stores.interactions.get(kept.id) == kept

    async def test_at_the_same_moment_as_the_message_wins_or_loses(self, stores: Stores) -> None:
        for number in range(8):
            report = replace(REPORT, key=f"17.{number}", message_ts=f"17.{number}")
            kept, _ = await asyncio.gather(
                stores.interactions.insert(report),
                stores.interactions.save_deletion("C1", report.key),
            )
            found = await stores.interactions.by_key("C1", report.key)
            assert found is not None
            assert found.deleted == (kept is None)

    async def test_is_forgotten_once_the_message_can_no_longer_come(
        self, database: AsyncEngine
    ) -> None:
        store = InteractionStore(database, "T1")
        await store.save_deletion("C1", "1.0")
        kept = await store.insert(replace(REPORT, key="2.0", message_ts="2.0"))
        assert kept is not None
        await store.forget(90)
        assert await store.by_key("C1", "1.0") is not None
        async with database.begin() as connection:
            await connection.execute(
                text("UPDATE interactions SET created_at = created_at - 200000")
            )
        await store.forget(90)
        assert await store.by_key("C1", "1.0") is None
        assert await store.get(kept.id) == kept


class TestForgetting:
    async def test_deletes_texts_that_are_old_and_keeps_that_they_were_answered(
        self, stores: Stores
    ) -> None:
        old = await stores.interactions.insert(REPORT)
        await stores.pass_time(90 * DAY)
        young = await stores.interactions.insert(replace(REPORT, key="17.02", message_ts="17.02"))
        assert old is not None
        assert young is not None
        assert await stores.interactions.forget(90.5) == 0
        await stores.pass_time(DAY)
        assert await stores.interactions.forget(90.5) == 1
        assert (await stores.interactions.get(old.id)).report.text == ""
        assert await stores.interactions.by_token(old.token) is None
        assert await stores.interactions.insert(REPORT) is None
        assert await stores.interactions.by_token(young.token) == young
        assert await stores.interactions.forget(90.5) == 0

    async def test_deletes_what_was_read_of_files(self, stores: Stores) -> None:
        for ts, days in (("17.01", True), ("17.02", False)):
            kept = await begun(stores, replace(REPORT, key=ts, message_ts=ts, files=("F1",)))
            read = replace(
                kept,
                attachment_text="a customer",
                file_results=(FileText("customer.log", ReadOutcome.READ),),
            )
            await stores.interactions.save_files(read)
            if days:
                await stores.pass_time(91 * DAY)
                await stores.interactions.forget(90)
            else:
                await stores.interactions.delete(kept.id)
            assert "customer" not in f"{await stores.interactions.get(kept.id)}"

    @pytest.mark.parametrize("deleted", [False, True])
    async def test_deletes_what_was_found_in_a_text_and_keeps_which_article_it_was(
        self, stores: Stores, *, deleted: bool
    ) -> None:
        kept = await stores.interactions.insert(REPORT, ANSWERED)
        assert kept is not None
        if deleted:
            await stores.interactions.delete(kept.id)
        else:
            await stores.pass_time(91 * DAY)
            await stores.interactions.forget(90)
        found = (await stores.interactions.get(kept.id)).judgement
        assert found is not None
        assert isinstance(found.verdict, Answer)
        assert [match.article_id for match in found.verdict.matches] == [
            "invoice-not-found",
            "account-not-found",
        ]
        assert [(match.quote, match.captures) for match in found.verdict.matches] == [("", {})] * 2

    async def test_keeps_a_follow_up_that_the_previous_release_can_read(self) -> None:
        """It knows three verdicts, and may run beside this one during an update."""
        assert json.loads(as_columns(FOLLOW_UP)["verdict"] or "")["abstain"] is False

    async def test_deletes_what_a_follow_up_quotes_of_an_answer(self, stores: Stores) -> None:
        kept = await stores.interactions.insert(REPORT, FOLLOW_UP)
        assert kept is not None
        await stores.pass_time(91 * DAY)
        await stores.interactions.forget(90)
        found = (await stores.interactions.get(kept.id)).judgement
        assert found is not None
        assert isinstance(found.verdict, FollowUp)
        assert found.verdict.match is not None
        assert (found.verdict.match.quote, found.verdict.match.captures) == ("", {})

    async def test_deletes_what_was_found_in_a_text_that_was_escalated(
        self, stores: Stores
    ) -> None:
        kept = await stores.interactions.insert(REPORT, ANSWERED)
        assert kept is not None
        opened, _ = await stores.escalations.open(kept.id, "U1", Details(error="e", store="s"), ())
        await stores.escalations.change(
            opened.id, Step(Verb.RESOLVE, "U2"), (), Resolution(cause="a cause")
        )
        await stores.pass_time(91 * DAY)
        assert await stores.interactions.forget(90) == 1
        found = (await stores.interactions.escalated(kept.id)).judgement
        assert found is not None
        assert isinstance(found.verdict, Answer)
        assert [(match.quote, match.captures) for match in found.verdict.matches] == [("", {})] * 2

    async def test_spares_what_an_unresolved_escalation_needs(self, stores: Stores) -> None:
        kept = await stores.interactions.insert(REPORT)
        assert kept is not None
        details = Details(error="secret words", store="Ponsonby", tried="everything")
        opened, _ = await stores.escalations.open(kept.id, "U1", details, ())
        await stores.relays.insert(opened.id, RelayKind.ANSWER, thread_message())
        await stores.pass_time(400 * DAY)
        assert await stores.interactions.forget(90) == 0
        await stores.escalations.change(
            opened.id, Step(Verb.RESOLVE, "U2"), (), Resolution(cause="a cause")
        )
        await stores.pass_time(89 * DAY)
        assert await stores.interactions.forget(90) == 0
        await stores.pass_time(2 * DAY)
        assert await stores.interactions.forget(90) == 1
        blank = await stores.escalations.get(opened.id)
        assert (blank.details, blank.resolution) == (Details(error="", store=""), None)
        assert (await stores.relays.get(1)).text == ""
        assert [change.verb for change in await stores.escalations.history(opened.id)] == [
            Verb.OPEN,
            Verb.RESOLVE,
        ]

    @pytest.mark.parametrize(
        "kind", [JobKind.POST_REPLY, JobKind.SYNC_TICKET, JobKind.RELAY_MESSAGE]
    )
    async def test_spares_what_still_waits_whatever_the_clock_says(
        self, stores: Stores, kind: JobKind
    ) -> None:
        needs = Needs(
            reports=(JobKind.POST_REPLY,),
            escalations=(JobKind.SYNC_TICKET,),
            relays=(JobKind.RELAY_MESSAGE,),
        )
        kept = await begun(stores)
        if kind != JobKind.POST_REPLY:
            opened, _ = await stores.escalations.open(
                kept.id, "U1", Details(error="words", store="Ponsonby"), ()
            )
            await stores.relays.insert(opened.id, RelayKind.ANSWER, thread_message())
            await stores.escalations.change(
                opened.id, Step(Verb.RESOLVE, "U2"), (), Resolution(cause="a cause")
            )
            for job in await stores.claim():
                await stores.jobs.finish(job)
        await stores.jobs.enqueue(kind, 1)
        await stores.pass_time(400 * DAY)
        assert await stores.interactions.forget(90, needs) == 0
        assert (await stores.interactions.get(kept.id)).report.text == REPORT.text
        (job,) = await stores.claim()
        await stores.jobs.finish(job)
        assert await stores.interactions.forget(90, needs) == 1

    async def test_does_not_wait_for_the_job_of_another_report(self, stores: Stores) -> None:
        await begun(stores)
        for kind, subject in ((JobKind.POST_REPLY, 2), (JobKind.SHARE_REPLY, 1)):
            await stores.jobs.enqueue(kind, subject)
        await stores.pass_time(91 * DAY)
        assert (
            await stores.interactions.forget(
                90, Needs(reports=(JobKind.POST_REPLY,), relays=(JobKind.RELAY_MESSAGE,))
            )
            == 1
        )


class TestTheDatabase:
    async def test_with_a_reason_that_this_program_does_not_know_has_the_vote_without_it(
        self, database: AsyncEngine
    ) -> None:
        kept = await InteractionStore(database, "T1").insert(REPORT)
        assert kept is not None
        store = VoteStore(database, "T1")
        await store.save(kept.id, Vote("U1", helped=False, reason=Reason.UNCLEAR, words="what?"))
        async with database.begin() as connection:
            await connection.execute(update(votes_table).values(reason="of next year"))
        assert await store.for_interaction(kept.id) == [Vote("U1", helped=False, words="what?")]

    async def test_tells_the_time_in_seconds(self, database: AsyncEngine) -> None:
        async with database.connect() as connection:
            seconds = (await connection.execute(select(now()))).scalar_one()
        assert seconds > 1_700_000_000


class TestSQLite:
    async def test_survives_a_power_cut_and_lets_readers_read(self, tmp_path: Path) -> None:
        engine = sqlite_engine(make_url(f"sqlite+aiosqlite:///{tmp_path}/bot.sqlite3"))
        async with engine.connect() as connection:
            synchronous = (await connection.execute(text("PRAGMA synchronous"))).scalar_one()
            journal = (await connection.execute(text("PRAGMA journal_mode"))).scalar_one()
        await engine.dispose()
        assert (synchronous, journal) == (2, "wal")
