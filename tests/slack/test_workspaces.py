"""The workspace of a payload: Slack Connect, Enterprise Grid, and other workspaces."""

from __future__ import annotations

import pytest

from bot.domain.escalations import Status
from bot.slack.views import wording
from tests.shipped import AUTHORISED_TITLE
from tests.slack.escalated_case import escalated
from tests.slack.payload_samples import GONE, Payload, changed, deliver, samples_about
from tests.slack_harness import AUTHORISED, Office, words_of

TITLE = AUTHORISED_TITLE
ORGANISATION = "E0KAURI"
SIBLING = "T0SIBLING"
NO_TOKEN = "1"
"""Nobody presses its buttons where they count."""


@pytest.fixture
async def grid(http_shop: Office) -> Office:
    """The bot in a workspace of an Enterprise Grid organisation."""
    http_shop.ws.directory.join_organisation(ORGANISATION)
    await http_shop.restart()
    return http_shop


def new_event(shop: Office) -> Payload:
    """Returns a message that was not delivered yet."""
    return changed(samples_about(shop, NO_TOKEN)[0], ("event", "ts"), "1700000009.000100")


async def kept(shop: Office, event: Payload, *teams: str) -> list[str]:
    """The workspaces for which the message of an event is kept."""
    where = (event["event"]["channel"], event["event"]["ts"])
    found = await shop.interactions.by_key(*where)
    return [team for team in teams if found and found.report.team == team]


class TestAnInstallation:
    async def test_that_is_not_ours_is_not_answered(
        self, http_shop: Office, caplog: pytest.LogCaptureFixture
    ) -> None:
        event = new_event(http_shop)
        assert (
            await deliver(http_shop, changed(event, ("authorizations", 0, "team_id"), "T99OTHER"))
            == 200
        )
        assert await kept(http_shop, event, "T99OTHER", http_shop.ws.team_id) == []
        assert [line for line in caplog.messages if "another workspace" in line]

    async def test_without_authorizations_is_known_by_the_context(self, http_shop: Office) -> None:
        event = changed(new_event(http_shop), ("authorizations",), GONE)
        assert await deliver(http_shop, changed(event, ("context_team_id",), "T99OTHER")) == 200
        assert await kept(http_shop, event, "T99OTHER", http_shop.ws.team_id) == []

    async def test_of_a_guests_message_in_a_shared_channel_is_ours(self, http_shop: Office) -> None:
        event = new_event(http_shop)
        assert await deliver(http_shop, changed(event, ("team_id",), "T99GUESTS")) == 200
        assert await kept(http_shop, event, "T99GUESTS", http_shop.ws.team_id) == [
            http_shop.ws.team_id
        ]

    async def test_is_the_persons_own_where_a_shortcut_names_none(self, http_shop: Office) -> None:
        ts = await http_shop.ws.say(
            http_shop.alice, http_shop.support, "`null`: document could not be found, or so"
        )
        payload = next(
            p
            for p in samples_about(http_shop, NO_TOKEN)
            if p.get("callback_id") == "explain_xero_error"
        )
        payload = changed(payload, ("team",), None)
        payload["message"] = {
            "type": "message",
            "user": http_shop.alice,
            "ts": ts,
            "text": AUTHORISED,
        }
        assert await deliver(http_shop, payload) == 200
        assert TITLE in words_of(await http_shop.reply_to(ts))

    async def test_for_an_organisation_is_known_by_its_id_where_slack_names_no_team(
        self, grid: Office
    ) -> None:
        event = new_event(grid)
        event = changed(event, ("authorizations", 0, "team_id"), None)
        assert await deliver(grid, event) == 200
        assert await kept(grid, event, grid.ws.team_id) == [grid.ws.team_id]

    async def test_of_another_organisation_gets_no_answer(self, grid: Office) -> None:
        event = new_event(grid)
        event = changed(event, ("authorizations", 0, "team_id"), None)
        event = changed(event, ("authorizations", 0, "enterprise_id"), "E0OTHER")
        assert await deliver(grid, event) == 200
        assert await kept(grid, event, "E0OTHER", grid.ws.team_id) == []

    async def test_of_a_click_in_another_workspace_is_dropped(
        self, http_shop: Office, caplog: pytest.LogCaptureFixture
    ) -> None:
        payloads = samples_about(http_shop, NO_TOKEN)
        pressed = next(p for p in payloads if p.get("type") == "block_actions")
        pressed = changed(pressed, ("team", "id"), "T99OTHER")
        assert await deliver(http_shop, pressed) == 200
        assert [line for line in caplog.messages if "another workspace" in line]


class TestAColleagueInASiblingWorkspace:
    async def test_may_claim_and_a_guest_may_not(self, grid: Office) -> None:
        case = await escalated(grid)
        colleague = grid.ws.add_user("Sina", team_id=SIBLING, enterprise_id=ORGANISATION)
        guest = grid.ws.add_user("Mia", team_id="T0GUESTS", enterprise_id="E0OTHER")
        for user in (colleague, guest):
            grid.ws.directory.join(grid.escalations, user)
        await case.press(guest, "claim")
        await grid.whisper_to(guest, wording.NOT_A_RESPONDER)
        await case.press(colleague, "claim")
        await case.until_status(Status.CLAIMED)
        assert f"<@{colleague}>" in words_of(case.card)
