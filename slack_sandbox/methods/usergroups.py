"""usergroups.users.list; docs.slack.dev/reference/methods/usergroups.users.list."""

from __future__ import annotations

from slack_sandbox.methods.web_api import Arguments, Method
from slack_sandbox.state.models import ApiError, Json
from slack_sandbox.state.store import State


class UsergroupMethods:
    """The usergroups.* methods of one workspace."""

    def __init__(self, state: State) -> None:
        self._state = state

    def table(self) -> dict[str, Method]:
        """The methods by their names."""
        return {"usergroups.users.list": Method(self.users_list, ("usergroups:read",))}

    def users_list(self, args: Arguments) -> Json:
        """usergroups.users.list; a disabled group is not found without include_disabled."""
        group = self._state.usergroup(args.required("usergroup"))
        if group.disabled and not args.flag("include_disabled"):
            raise ApiError("no_such_subteam")
        return {"users": list(group.members)}
