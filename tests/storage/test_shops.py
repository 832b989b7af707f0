"""The shop of a report, else that of its requester's last form in the same workspace."""

from __future__ import annotations

from dataclasses import replace

import pytest
from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncEngine

from bot.domain.escalations import Details
from bot.domain.jobs import JobKind
from bot.domain.reports import Interaction, Report, Trigger
from bot.domain.shops import Shop
from bot.storage.escalations import EscalationStore
from bot.storage.interactions import InteractionStore
from tests.builders import judged
from tests.storage.conftest import Stores

REPORT = Report("T1", "C1", "17.01", "U1", "Invoice could not be found", Trigger.HEARD, "17.01")
NEWMARKET, PONSONBY = Shop("Newmarket"), Shop("Ponsonby")


async def begun(store: InteractionStore, ts: str, **given: object) -> Interaction:
    report = replace(REPORT, key=ts, message_ts=ts, **given)  # type: ignore[arg-type]
    kept = await store.insert(report, judged("invoice-not-found"))
    assert kept is not None
    assert await store.get(kept.id) == kept
    return kept


async def wrote(store: EscalationStore, interaction: Interaction, name: str) -> None:
    user = interaction.report.user
    made, is_new = await store.open(interaction.id, user, Details(error="x", store=name), ())
    assert is_new
    assert made.shop == Shop(name)
    assert await store.get(made.id) == made


class TestAReport:
    async def test_keeps_its_shop(self, stores: Stores) -> None:
        kept = await begun(stores.interactions, "1.1", shop=NEWMARKET)
        assert kept.report.shop == NEWMARKET

    async def test_of_a_new_requester_has_none(self, stores: Stores) -> None:
        assert (await begun(stores.interactions, "1.1")).report.shop is None
        assert await stores.escalations.last_shop("U1") is None

    async def test_has_the_shop_of_its_requesters_last_form(self, stores: Stores) -> None:
        for ts, name in (("1.1", "Newmarket"), ("1.2", "Ponsonby")):
            await wrote(stores.escalations, await begun(stores.interactions, ts), name)
        other = await begun(stores.interactions, "1.3", user="U2")
        await wrote(stores.escalations, other, "Takapuna")
        assert (await begun(stores.interactions, "1.4")).report.shop == PONSONBY
        assert await stores.escalations.last_shop("U1") == PONSONBY
        assert await stores.escalations.last_shop("U3") is None

    async def test_has_no_shop_of_another_workspace(self, stores: Stores) -> None:
        await wrote(stores.escalations, await begun(stores.interactions, "1.1"), "Newmarket")
        engine = stores.database
        assert (await begun_elsewhere(engine)).report.shop is None
        assert await EscalationStore(engine, "T2").last_shop("U1") is None

    async def test_changes_its_shop_when_it_is_edited(self, stores: Stores) -> None:
        kept = await begun(stores.interactions, "1.1", shop=NEWMARKET)
        edited = replace(kept.report, edited="2.1", shop=PONSONBY)
        job = JobKind.UPDATE_REPLY
        assert await stores.interactions.edit(kept, edited, judged(), job)
        assert (await stores.interactions.get(kept.id)).report.shop == PONSONBY

    @pytest.mark.parametrize(("shop", "known"), [(NEWMARKET, 1), (PONSONBY, 0), (None, 0)])
    async def test_knows_what_its_author_heard_for_the_same_shop(
        self, stores: Stores, shop: Shop | None, known: int
    ) -> None:
        await begun(stores.interactions, "1.1", shop=NEWMARKET)
        second = await begun(stores.interactions, "1.2", shop=shop, channel="C2")
        answered = await stores.interactions.prior_answers(second, {"invoice-not-found"}, 600)
        assert len(answered) == known

    async def test_knows_what_its_author_heard_where_no_shop_is_known(self, stores: Stores) -> None:
        await begun(stores.interactions, "1.1")
        second = await begun(stores.interactions, "1.2", channel="C2")
        assert len(await stores.interactions.prior_answers(second, {"invoice-not-found"}, 600)) == 1


class TestAFormOfAnOlderProgram:
    async def test_counts_though_its_shop_is_among_the_answers_only(
        self, database: AsyncEngine
    ) -> None:
        reports, forms = InteractionStore(database, "T1"), EscalationStore(database, "T1")
        first = await begun(reports, "1.1")
        await wrote(forms, first, "Newmarket")
        async with database.begin() as connection:
            await connection.execute(text("UPDATE escalations SET shop = NULL"))
        old = await forms.for_interaction(first.id)
        assert old is not None
        assert (old.shop, old.shop_name) == (None, "Newmarket")
        assert (await begun(reports, "1.2")).report.shop == NEWMARKET

    async def test_that_is_forgotten_counts_no_more(self, database: AsyncEngine) -> None:
        reports, forms = InteractionStore(database, "T1"), EscalationStore(database, "T1")
        await wrote(forms, await begun(reports, "1.1"), "Newmarket")
        async with database.begin() as connection:
            empty = """UPDATE escalations SET shop = NULL, details = '{"error": "", "store": ""}'"""
            await connection.execute(text(empty))
        assert await forms.last_shop("U1") is None


async def begun_elsewhere(engine: AsyncEngine) -> Interaction:
    kept = await InteractionStore(engine, "T2").insert(REPORT, judged())
    assert kept is not None
    return kept
