"""What `doctor` says about tokens, scopes, the clock, channels and people."""

from __future__ import annotations

import time
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from email.utils import formatdate

import pytest
from aiohttp import web

from bot.slack.client.scopes import OPTIONAL
from bot.slack.manifest import manifest
from slack_sandbox import Failure
from tests.doctor.conftest import Clinic

NEED_SLACK = ("scopes", "clock", "channels")


class TestTheToken:
    async def test_names_the_workspace(self, clinic: Clinic) -> None:
        found = await clinic.examine()
        assert clinic.ws.team_id in found.one("token")[1]

    async def test_says_to_reinstall_when_it_was_revoked(self, clinic: Clinic) -> None:
        clinic.ws.api.revoke_token()
        found = await clinic.examine(RESPONDERS="U0123")
        level, text = found.one("token")
        assert (level, found.exit_code) == ("fail", 1)
        assert "SLACK_BOT_TOKEN" in text
        assert "reinstall the app and copy the new one" in text
        for subject in (*NEED_SLACK, "people"):
            assert found.one(subject)[0] == "warn"
            assert found.one(subject)[1].startswith("not checked: ")

    async def test_says_where_to_look_when_slack_is_away(self, clinic: Clinic) -> None:
        found = await clinic.examine(SLACK_API_URL="http://127.0.0.1:1/api/")
        level, text = found.one("token")
        assert level == "fail"
        assert text.startswith("SLACK_API_URL: ")
        (text,) = found.texts("app-level token", "fail")
        assert text == (
            "SLACK_APP_TOKEN: not accepted yet: apps.connections.open: ClientConnectorError; "
            "check the network and a proxy, and try again"
        )

    async def test_says_to_wait_when_slack_limits_the_rate(self, clinic: Clinic) -> None:
        clinic.ws.api.fail_next("auth.test", Failure.rate_limited(retry_after=30))
        clinic.ws.api.fail_next("apps.connections.open", Failure.rate_limited(retry_after=30))
        found = await clinic.examine()
        for subject, method in (
            ("token", "auth.test"),
            ("app-level token", "apps.connections.open"),
        ):
            (text,) = found.texts(subject, "fail")
            assert text.endswith(f"Slack limits {method}; wait a minute, and try again")

    async def test_says_which_token_is_missing(self, clinic: Clinic) -> None:
        found = await clinic.examine(SLACK_BOT_TOKEN="")
        assert any(
            text.startswith("SLACK_BOT_TOKEN: missing") for text in found.texts("settings", "fail")
        )
        assert found.one("token") == ("warn", "not checked: SLACK_BOT_TOKEN is wrong or missing")


class TestTheScopes:
    async def test_that_are_needed_are_named_with_what_needs_them(self, clinic: Clinic) -> None:
        clinic.ws.api.scopes.remove("chat:write")
        clinic.ws.api.scopes.remove("commands")
        found = await clinic.examine()
        first, second = found.texts("scopes", "fail")
        assert "chat:write is missing, needed for chat.delete, chat.postEphemeral" in first
        assert "commands is missing, needed for shortcuts, slash_commands" in second
        assert all("manifest.yaml" in text for text in (first, second))

    async def test_that_were_declined_are_named_with_what_follows(self, clinic: Clinic) -> None:
        clinic.ws.api.scopes.difference_update(one.scope for one in OPTIONAL)
        found = await clinic.examine()
        assert found.texts("scopes", "fail") == []
        for one, text in zip(OPTIONAL, found.texts("scopes", "warn"), strict=True):
            assert one.scope in text
            assert one.without in text
        assert found.exit_code == 0

    async def test_are_all_there(self, clinic: Clinic) -> None:
        clinic.ws.api.scopes.add("reactions:read")  # somebody's own, which nothing needs
        found = await clinic.examine()
        asked_for = manifest()["oauth_config"]["scopes"]["bot"]
        expected = f"all {len(asked_for)} that the manifest asks for"
        assert found.one("scopes") == ("ok", expected)


class TestTheAppLevelToken:
    async def test_says_how_to_make_another_one(self, clinic: Clinic) -> None:
        found = await clinic.examine(SLACK_APP_TOKEN="xapp-1-wrong")
        level, text = found.one("app-level token")
        assert level == "fail"
        assert "invalid_auth" in text
        assert "connections:write" in text
        assert "xapp-1-wrong" not in text
        assert found.one("token")[0] == "ok"

    async def test_opens_no_connection(self, clinic: Clinic) -> None:
        await clinic.examine()
        assert clinic.ws.events.open_sockets == 0

    async def test_and_the_signing_secret_are_both_missed_if_neither_is_set(
        self, clinic: Clinic
    ) -> None:
        found = await clinic.examine(SLACK_APP_TOKEN="", SLACK_BOT_TOKEN="")
        for subject, name in (
            ("app-level token", "SLACK_APP_TOKEN"),
            ("signing secret", "SLACK_SIGNING_SECRET"),
        ):
            level, text = found.one(subject)
            assert level == "warn"
            assert text.startswith(f"{name}: missing; set SLACK_APP_TOKEN for Socket Mode, or ")


class TestTheSigningSecret:
    async def test_has_the_form_of_slacks(self, clinic: Clinic) -> None:
        found = await clinic.examine(
            SLACK_SIGNING_SECRET=clinic.ws.signing_secret, SLACK_APP_TOKEN="", PORT="0"
        )
        assert found.one("signing secret")[0] == "ok"
        assert "HTTP" in found.one("app-level token")[1]

    async def test_says_where_to_copy_it(self, clinic: Clinic) -> None:
        found = await clinic.examine(SLACK_SIGNING_SECRET="0123456789abcdefXYZ")
        level, text = found.one("signing secret")
        assert level == "warn"
        assert "App Credentials" in text


class TestTheClock:
    @pytest.mark.parametrize(
        ("ahead", "words"), [(600.0, "10 minutes ahead of"), (-180.0, "3 minutes behind")]
    )
    async def test_says_to_switch_on_synchronisation(
        self, clinic: Clinic, ahead: float, words: str
    ) -> None:
        async with slack_at(lambda: time.time() - ahead) as url:
            found = await clinic.examine(SLACK_API_URL=url)
        level, text = found.one("clock")
        assert level == "fail"
        assert words in text
        assert "NTP" in text

    async def test_is_not_checked_where_slack_does_not_say_its_time(self, clinic: Clinic) -> None:
        async with slack_at(None) as url:
            found = await clinic.examine(SLACK_API_URL=url)
        assert found.one("clock")[1].startswith("not checked: ")


@asynccontextmanager
async def slack_at(clock: Callable[[], float] | None) -> AsyncIterator[str]:
    """A Web API that knows the token, and whose clock shows another time; or its address."""

    async def answer(request: web.Request) -> web.Response:
        known = {"team_id": "T1", "user_id": "U1", "url": "https://kauri.slack.com/"}
        date = formatdate(clock(), usegmt=True) if clock else "yesterday"
        return web.json_response({"ok": True, **known}, headers={"Date": date})

    app = web.Application()
    app.router.add_route("*", "/api/{method}", answer)
    runner = web.AppRunner(app, access_log=None, shutdown_timeout=1)
    await runner.setup()
    try:
        await web.TCPSite(runner, "127.0.0.1", 0).start()
        yield "http://127.0.0.1:{1}/api/".format(*runner.addresses[0])
    finally:
        await runner.cleanup()


class TestTheChannels:
    async def test_are_named_with_what_to_do_about_each(self, clinic: Clinic) -> None:
        ws = clinic.ws
        guest = ws.add_user("Gus", team_id="T0OTHER")
        archived = ws.add_channel("old", archived=True)
        outside = ws.add_channel("outside", bot_is_member=False)
        private = ws.add_channel("private", private=True, bot_is_member=False)
        fine = ws.add_channel("support")
        shared = ws.add_channel("operators", [guest])
        own = ws.add_channel("own", bot_is_member=False)
        rule = f"channels:\n  {fine}:\n    escalations: {own}\n"
        (clinic.folder / "channels.yaml").write_text(rule)
        found = await clinic.examine(
            SUPPORT_CHANNELS=",".join([archived, outside, private, fine, "C0NOTHING"]),
            OPERATORS_CHANNEL=shared,
        )
        failed = "\n".join(found.texts("channels", "fail"))
        assert f"SUPPORT_CHANNELS: the channel {archived} is archived; unarchive it" in failed
        assert f"SUPPORT_CHANNELS: the bot is not in {outside}; invite it" in failed
        assert f"SUPPORT_CHANNELS: there is no channel {private} that the bot can see" in failed
        assert "SUPPORT_CHANNELS: there is no channel C0NOTHING that the bot can see" in failed
        assert f"CHANNELS_FILE: the bot is not in {own}; invite it" in failed
        (warned,) = found.texts("channels", "warn")
        assert warned.startswith(f"OPERATORS_CHANNEL: people of another company are in {shared}")
        right = "\n".join(found.texts("channels", "ok"))
        assert f"SUPPORT_CHANNELS: the bot can post in {fine} (public)" in right
        assert f"in {clinic.settings['ESCALATION_CHANNEL']} (private)" in right
        assert len(found.lines["channels"]) == 8

    async def test_of_a_faulty_file_are_reported_even_without_a_token(self, clinic: Clinic) -> None:
        (clinic.folder / "channels.yaml").write_text("channels:\n  C0123:\n    listen: often\n")
        clinic.ws.api.revoke_token()
        found = await clinic.examine()
        (fault,) = found.texts("channels", "fail")
        assert fault.startswith("channels.yaml:3: ")
        found = await clinic.examine(CHANNELS_FILE="/nonexist")
        assert found.texts("channels", "fail") == [
            "/nonexist:1: CHANNELS_FILE: cannot be read: No such file or directory; check path and rights"
        ]
        assert found.texts("channels", "warn")[0].startswith("not checked: ")

    async def test_that_slack_does_not_answer_for_do_not_hide_the_others(
        self, clinic: Clinic
    ) -> None:
        clinic.ws.api.scopes.difference_update(
            {"channels:read", "groups:read", "im:read", "mpim:read"}
        )
        found = await clinic.examine()
        (text,) = found.texts("channels", "fail")
        assert "conversations.info" in text
        assert "missing_scope" in text


class TestThePeople:
    async def test_who_left_are_named(self, clinic: Clinic) -> None:
        ws = clinic.ws
        here, gone = ws.add_user("Here"), ws.add_user("Gone")
        ws.directory.deactivate(gone)
        empty, off = ws.directory.add_usergroup("empty"), ws.directory.add_usergroup("off", [here])
        ws.directory.disable_usergroup(off)
        group = ws.directory.add_usergroup("support", [here])
        found = await clinic.examine(
            RESPONDERS=f"{here},{gone},{group}",
            ESCALATION_MENTION=f"here,{empty}",
            ESCALATION_LADDER=f"{off},U0NOBODY",
        )
        failed = found.texts("people", "fail")
        assert [text.split(": ")[:2] for text in failed] == [
            ["RESPONDERS", gone],
            ["ESCALATION_MENTION", empty],
            ["ESCALATION_LADDER", off],
            ["ESCALATION_LADDER", "U0NOBODY"],
        ]
        for text, words in zip(
            failed, ("deactivated", "nobody is in", "disabled", "no such person"), strict=True
        ):
            assert words in text
            assert text.endswith("; set another one")
        assert found.texts("people", "ok") == [
            f"RESPONDERS: {here} was found",
            f"RESPONDERS: {group} was found",
        ]

    async def test_who_cannot_be_looked_up_are_named_with_the_scope(self, clinic: Clinic) -> None:
        clinic.ws.api.scopes.discard("usergroups:read")
        group = clinic.ws.directory.add_usergroup("support", [clinic.ws.add_user("Ada")])
        found = await clinic.examine(RESPONDERS=group)
        (text,) = found.texts("people", "warn")
        assert f"RESPONDERS: {group}" in text
        assert "usergroups:read" in text
