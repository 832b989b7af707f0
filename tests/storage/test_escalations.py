"""The store of escalations, on either database."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from itertools import product

import pytest

from bot.domain.cases import EscalationFilter
from bot.domain.escalations import (
    CLOCK,
    TRANSITIONS,
    Details,
    Escalation,
    Note,
    Resolution,
    Status,
    Step,
    Urgency,
    Verb,
)
from bot.domain.jobs import JobKind
from bot.domain.relays import RelayKind
from bot.domain.reports import Interaction, Report, Trigger
from tests.builders import thread_message
from tests.storage.conftest import Stores

REPORT = Report("T1", "C1", "17.01", "U1", "Invoice could not be found", Trigger.HEARD, "17.01")
CROWD = [f"U{number}" for number in range(16)]


@pytest.fixture
async def interaction(stores: Stores) -> Interaction:
    kept = await stores.interactions.insert(REPORT)
    assert kept is not None
    return kept


@pytest.fixture
async def opened(stores: Stores, interaction: Interaction) -> Escalation:
    made, _ = await stores.escalations.open(
        interaction.id, "U1", Details(error="e", store="s"), (JobKind.PUBLISH_ESCALATION,)
    )
    for job in await stores.claim():
        await stores.jobs.finish(job)
    return made


class TestOpening:
    async def test_of_sixteen_people_one_opens_it(
        self, stores: Stores, interaction: Interaction
    ) -> None:
        store = stores.escalations
        asks = [
            store.open(
                interaction.id,
                who,
                Details(error="e", store=who),
                (JobKind.PUBLISH_ESCALATION, JobKind.REMIND_CLAIM),
            )
            for who in CROWD
        ]
        results = await asyncio.gather(*asks)
        assert sum(made for _, made in results) == 1
        assert len({escalation.id for escalation, _ in results}) == 1
        winner = next(escalation for escalation, made in results if made)
        assert await store.for_interaction(interaction.id) == winner
        assert sorted(job.kind for job in await stores.claim()) == [
            JobKind.PUBLISH_ESCALATION,
            JobKind.REMIND_CLAIM,
        ]
        (only,) = await store.history(winner.id)
        assert (only.number, only.verb, only.actor) == (1, Verb.OPEN, winner.requester)

    async def test_card_and_note_are_kept(self, stores: Stores, opened: Escalation) -> None:
        store = stores.escalations
        await store.set_card(opened.id, "C9", "18.01")
        note = Note("D1", "18.02")
        await store.set_note(opened.id, note)
        found = await store.get(opened.id)
        assert (found.card_channel, found.card_ts, found.note) == ("C9", "18.01", note)
        assert found.details == Details(error="e", store="s")
        assert await store.by_card("C9", "18.01") == found
        assert await store.by_card("C9", "18.02") is None


WAY = {
    Status.OPEN: (),
    Status.CLAIMED: (Verb.CLAIM,),
    Status.RESOLVED: (Verb.CLAIM, Verb.RESOLVE),
    Status.WITHDRAWN: (Verb.WITHDRAW,),
}
"""How an escalation gets there."""


async def opened_again(stores: Stores, ts: str) -> Escalation:
    kept = await stores.interactions.insert(replace(REPORT, key=ts, message_ts=ts))
    assert kept is not None
    made, _ = await stores.escalations.open(kept.id, "U1", Details(error="e", store="s"), ())
    return made


def after_step(before: Escalation, verb: Verb) -> tuple[bool, Status, str | None, int, int]:
    """What the table says of a step by U3: is it made, status, claimant, last change, version."""
    if before.status not in TRANSITIONS[verb].origins:
        return False, before.status, before.claimant, before.version, before.version
    target, version = TRANSITIONS[verb].target, before.version + 1
    return True, target, "U3" if target is Status.CLAIMED else None, version, version


class TestChanging:
    async def test_of_sixteen_people_pressing_claim_at_once_one_wins(
        self, stores: Stores, opened: Escalation
    ) -> None:
        store = stores.escalations
        results = await asyncio.gather(
            *(
                store.change(opened.id, Step(Verb.CLAIM, who), (JobKind.PUBLISH_ESCALATION,))
                for who in CROWD
            )
        )
        (won,) = [escalation for escalation in results if escalation]
        assert won.claimant in CROWD
        assert await store.get(opened.id) == won
        assert [change.actor for change in await store.history(opened.id)] == ["U1", won.claimant]
        assert len(await stores.claim()) == 1

    async def test_goes_only_where_the_table_says(self, stores: Stores) -> None:
        gone, expected = {}, {}
        there: dict[Status, Escalation] = {}
        for number, (status, verb) in enumerate(product(Status, TRANSITIONS)):
            if status not in there:
                opened = await opened_again(stores, f"17.{number:02}")
                for step in WAY[status]:
                    assert await stores.escalations.change(opened.id, Step(step, "U2"), ())
                there[status] = await stores.escalations.get(opened.id)
            before = there[status]
            expected[verb, status] = after_step(before, verb)
            made = await stores.escalations.change(before.id, Step(verb, "U3"), ())
            after = await stores.escalations.get(before.id)
            last = (await stores.escalations.history(before.id))[-1].number
            gone[verb, status] = (
                made is not None,
                after.status,
                after.claimant,
                last,
                after.version,
            )
            if made is not None:
                del there[status]  # the next verb needs another one
        assert gone == expected

    async def test_a_resolution_is_kept_though_it_is_reopened(
        self, stores: Stores, opened: Escalation
    ) -> None:
        store = stores.escalations
        made = Resolution(cause="a lock date", helped="moved it", article=True)
        await store.change(opened.id, Step(Verb.CLAIM, "U2"), ())
        await store.change(opened.id, Step(Verb.RESOLVE, "U2"), (), made)
        assert (await store.get(opened.id)).resolution == made
        await store.change(opened.id, Step(Verb.REOPEN, "U1"), ())
        assert (await store.get(opened.id)).resolution == made

    async def test_is_refused_to_who_has_not_seen_the_last_step(
        self, stores: Stores, opened: Escalation
    ) -> None:
        store = stores.escalations
        await store.change(opened.id, Step(Verb.CLAIM, "U2"), ())
        await stores.relays.insert(opened.id, RelayKind.ANSWER, thread_message())
        await stores.relays.mark_sent(await stores.relays.get(1), ("C1", "19.0"))
        for verb in (Verb.RELEASE, Verb.CLAIM):
            await store.change(opened.id, Step(verb, "U3"), ())
        assert await store.change(opened.id, Step(Verb.RESOLVE, "U2", seen=2), ()) is None
        assert await store.change(opened.id, Step(Verb.RESOLVE, "U2", seen=5), ()) is not None

    async def test_history_is_never_rewritten(self, stores: Stores, opened: Escalation) -> None:
        store = stores.escalations
        seen = await store.history(opened.id)
        for verb in (
            Verb.CLAIM,
            Verb.RELEASE,
            Verb.CLAIM,
            Verb.RESOLVE,
            Verb.REOPEN,
            Verb.WITHDRAW,
        ):
            await stores.pass_time(60)
            assert await store.change(opened.id, Step(verb, "U2"), ())
            now = await store.history(opened.id)
            assert [(c.number, c.verb, c.actor) for c in now[:-1]] == [
                (c.number, c.verb, c.actor) for c in seen
            ]
            seen = now
        assert [change.number for change in seen] == list(range(1, 8))
        assert [change.at for change in seen] == sorted(change.at for change in seen)


class TestReminding:
    async def test_of_sixteen_processes_one_writes_it_down(
        self, stores: Stores, opened: Escalation
    ) -> None:
        store = stores.escalations
        wrote = await asyncio.gather(*(store.remind(opened.id, opened.version) for _ in range(16)))
        assert sum(wrote) == 1
        assert [change.actor for change in await store.history(opened.id)] == ["U1", CLOCK]

    async def test_a_claim_that_came_first_wins(self, stores: Stores, opened: Escalation) -> None:
        await stores.escalations.change(opened.id, Step(Verb.CLAIM, "U2"), ())
        assert not await stores.escalations.remind(opened.id, opened.version)
        assert not await stores.escalations.remind(opened.id, opened.version + 1)


class TestLists:
    @pytest.fixture
    async def seven(self, stores: Stores) -> list[int]:
        """Escalations of these urgencies, by two shops in turn."""
        made = []
        for number, urgency in enumerate(("week", "today", "now", "week", "today", "now", "today")):
            kept = await stores.interactions.insert(
                Report("T1", "C1", f"1.{number}", "U1", "x", Trigger.ADDRESSED)
            )
            assert kept is not None
            details = Details(error='"urgency":"now"', store="s", urgency=Urgency(urgency))
            opened, _ = await stores.escalations.open(kept.id, f"U{number % 2}", details, ())
            made.append(opened.id)
        return made

    async def test_have_the_most_urgent_on_top_and_of_these_the_oldest(
        self, stores: Stores, seven: list[int]
    ) -> None:
        listed = await stores.escalations.search(EscalationFilter((Status.OPEN,)))
        assert [seven.index(one.id) for one in listed.found] == [2, 5, 1, 4, 6, 0, 3]

    async def test_are_paged_to_their_end(self, stores: Stores, seven: list[int]) -> None:
        for offset, page, begins in (
            (0, [2, 5, 1], 0),
            (3, [4, 6, 0], 3),
            (6, [3], 6),
            (60, [3], 6),
        ):
            listed = await stores.escalations.search(
                EscalationFilter((Status.OPEN,), offset=offset, limit=3)
            )
            assert [seven.index(one.id) for one in listed.found] == page
            assert (listed.total, listed.offset) == (7, begins)
        none = await stores.escalations.search(
            EscalationFilter((Status.CLAIMED,), offset=30, limit=3)
        )
        assert (list(none.found), none.total, none.offset) == ([], 0, 0)

    async def test_of_what_somebody_asked_for_leave_out_what_they_claimed(
        self, stores: Stores, seven: list[int]
    ) -> None:
        await stores.escalations.change(seven[0], Step(Verb.CLAIM, "U1"), ())
        unresolved = (Status.OPEN, Status.CLAIMED)
        own = await stores.escalations.search(EscalationFilter(unresolved, requester="U1"))
        both = await stores.escalations.search(EscalationFilter(unresolved, person="U1"))
        assert {seven.index(one.id) for one in own.found} == {1, 3, 5}
        assert {seven.index(one.id) for one in both.found} == {0, 1, 3, 5}

    async def test_know_when_something_happened(self, stores: Stores) -> None:
        made = []
        for number in range(3):
            kept = await stores.interactions.insert(
                Report("T1", "C1", f"1.{number}", "U1", "x", Trigger.ADDRESSED)
            )
            assert kept is not None
            made.append(
                (await stores.escalations.open(kept.id, "U1", Details(error="e", store="s"), ()))[
                    0
                ].id
            )
        await stores.escalations.change(made[1], Step(Verb.CLAIM, "U2"), ())
        await stores.escalations.change(made[2], Step(Verb.WITHDRAW, "U1"), ())
        waiting = await stores.escalations.search(EscalationFilter((Status.OPEN, Status.CLAIMED)))
        assert waiting.total == 2
        assert [escalation.id for escalation in waiting.found] == made[:2]
        await stores.pass_time(1_000)
        await stores.escalations.change(made[0], Step(Verb.CLAIM, "U2"), ())
        last = (await stores.escalations.history(made[0]))[-1].at
        recent = await stores.escalations.search(EscalationFilter(tuple(Status), since=last - 500))
        assert [escalation.id for escalation in recent.found] == [made[0]]
        for person, ids in (("U1", made[:2]), ("U2", made[:2]), ("U9", [])):
            listed = await stores.escalations.search(
                EscalationFilter((Status.OPEN, Status.CLAIMED), person)
            )
            assert ([escalation.id for escalation in listed.found], listed.total) == (ids, len(ids))
