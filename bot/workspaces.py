"""The workspaces of the bot, looked up by the ids in a request."""

from dataclasses import dataclass

from bot.slack.dispatch import Dispatcher


@dataclass(frozen=True)
class Workspace:
    """One installation of the app, with what answers its requests.

    `enterprise`: the Enterprise Grid organisation it is in; empty if it is in none.
    """

    team: str
    enterprise: str
    dispatcher: Dispatcher


class Workspaces:
    """Finds the workspace of a request; there is one for now."""

    def __init__(self, workspace: Workspace) -> None:
        self._workspace = workspace

    def of(self, team: str, enterprise: str = "") -> Workspace | None:
        """Return the workspace with that team id; None if the bot is not installed there.

        Where the app is installed for an organisation, Slack leaves out the team and names only
        the organisation. A request that names neither belongs to the only workspace.
        """
        ours = self._workspace
        if team == ours.team or not (team or enterprise):
            return ours
        if enterprise and enterprise == ours.enterprise and team in {"", enterprise}:
            return ours
        return None
