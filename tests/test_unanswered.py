"""What a message that gets no answer makes the bot do, as amounts of work."""

from __future__ import annotations

from tests.slack_harness import Office, over_http
from tests.work_counts import UNANSWERED, counted


@over_http
async def test_it_is_judged_once_and_bolt_asks_no_listener(shop: Office) -> None:
    with counted() as work:
        await shop.ws.say(shop.alice, shop.support, UNANSWERED)
    assert (work["matcher runs"], work["listeners asked"]) == (1, 0)


@over_http
async def test_an_event_without_a_listener_is_taken(shop: Office) -> None:
    item = {"type": "message", "channel": shop.support}
    with counted() as work:
        await shop.ws.events.send({"type": "reaction_added", "user": shop.alice, "item": item})
    assert [sent.status for sent in shop.ws.transcript.delivered("reaction_added")] == [200]
    assert (work["matcher runs"], work["listeners asked"]) == (0, 0)
