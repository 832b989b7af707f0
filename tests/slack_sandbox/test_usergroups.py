from __future__ import annotations

import pytest
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from slack_sandbox import ApiError, SlackSandbox


async def refused(client: AsyncWebClient, usergroup: str) -> str:
    with pytest.raises(SlackApiError) as caught:
        await client.usergroups_users_list(usergroup=usergroup)
    error: str = caught.value.response["error"]
    return error


async def test_the_current_members_of_a_user_group_are_listed(
    ws: SlackSandbox, client: AsyncWebClient, alice: str
) -> None:
    bob = ws.add_user("Bob")
    group = ws.directory.add_usergroup("helpers", [alice])
    assert group.startswith("S")
    answer = await client.usergroups_users_list(usergroup=group)
    assert answer.data == {"ok": True, "users": [alice]}
    ws.directory.change_usergroup(group, [bob, alice])
    assert (await client.usergroups_users_list(usergroup=group))["users"] == [bob, alice]
    ws.directory.change_usergroup(group, [])
    assert (await client.usergroups_users_list(usergroup=group))["users"] == []


async def test_an_unknown_user_group_is_no_such_subteam(client: AsyncWebClient) -> None:
    assert await refused(client, "S404") == "no_such_subteam"


async def test_a_disabled_user_group_is_listed_only_when_asked_for(
    ws: SlackSandbox, client: AsyncWebClient, alice: str
) -> None:
    group = ws.directory.add_usergroup("helpers", [alice])
    ws.directory.disable_usergroup(group)
    assert await refused(client, group) == "no_such_subteam"
    assert (await client.usergroups_users_list(usergroup=group, include_disabled=True))[
        "users"
    ] == [alice]
    ws.directory.disable_usergroup(group, disabled=False)
    assert (await client.usergroups_users_list(usergroup=group))["users"] == [alice]


async def test_user_groups_need_their_scope(ws: SlackSandbox, client: AsyncWebClient) -> None:
    group = ws.directory.add_usergroup("helpers")
    ws.api.scopes.discard("usergroups:read")
    assert await refused(client, group) == "missing_scope"


def test_only_people_who_are_there_can_be_in_a_user_group() -> None:
    with pytest.raises(ApiError, match="user_not_found"):
        SlackSandbox().directory.add_usergroup("helpers", ["U404"])
