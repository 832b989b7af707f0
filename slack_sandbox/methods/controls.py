"""Controls of the Web API and of file downloads: failures to order, scopes, broken files."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from slack_sandbox.methods.failures import Failure, Failures
from slack_sandbox.methods.files import FileServer
from slack_sandbox.methods.uploads import UploadMethods
from slack_sandbox.state.file_removal import remove_file
from slack_sandbox.state.files import Download, StoredFile
from slack_sandbox.state.models import Json
from slack_sandbox.state.store import State


class ApiControls:
    """How the Web API behaves towards the bot: `sandbox.api`."""

    def __init__(self, state: State, failures: Failures) -> None:
        self._state = state
        self._failures = failures

    @property
    def scopes(self) -> set[str]:
        """The scopes of the bot token; change the set to change them."""
        return self._state.scopes

    @property
    def strict(self) -> bool:
        """Whether calls that Slack answers with ok=true and ignores are refused.

        The transcript names them in either case: `Exchange.ignored`.
        """
        return self._state.strict

    @strict.setter
    def strict(self, strict: bool) -> None:
        self._state.strict = strict

    def revoke_token(self, *, revoked: bool = True) -> None:
        """Revoke the bot token, or make it valid again."""
        self._state.revoked = revoked

    def fail_next(self, method: str, failure: Failure, times: int = 1) -> None:
        """Make the next calls of a Web API method fail; also those of "response_url",
        "download" and "upload".
        """
        self._failures.order(method, failure, times)

    def fail_at_random(
        self,
        rates: Mapping[Failure, float],
        methods: Collection[str] = (),
        *,
        seed: int | None = None,
    ) -> None:
        """Make calls of these methods fail with these probabilities, until this is called again.

        Failures from fail_next() come first. No rates, or no methods, end it.

        Args:
            rates: the probability of each failure, together at most 1; a call has one or none.
            methods: names of Web API methods, "response_url" and "download".
            seed: makes the same calls in the same order fail in the same way.

        Raises:
            ValueError: a rate is negative, or their sum is greater than 1.

        """
        self._failures.at_random(rates, methods, seed)


class FileControls:
    """The uploaded files and how their downloads behave: `sandbox.files`."""

    def __init__(self, state: State, server: FileServer, uploads: UploadMethods) -> None:
        self._state = state
        self._server = server
        self._uploads = uploads

    @property
    def ranges(self) -> bool:
        """Whether the server answers Range with 206, as Slack's does; else with all bytes (200)."""
        return self._server.ranges

    @ranges.setter
    def ranges(self, answered: bool) -> None:
        self._server.ranges = answered

    @property
    def scans(self) -> int:
        """How many times files.info answers as if Slack still scanned what the bot uploaded.

        Until then the file has no type, and is refused in a slack_file.
        """
        return self._uploads.scans

    @scans.setter
    def scans(self, times: int) -> None:
        self._uploads.scans = times

    @property
    def uploaded(self) -> list[StoredFile]:
        """The files that the bot uploaded and did not delete, oldest first."""
        bot = self._state.identity.bot_user_id
        files = self._state.files.values()
        return [file for file in files if file.body["user"] == bot and not file.removed]

    def get(self, file_id: str) -> StoredFile | None:
        """A file as it was uploaded, with its bytes; None if there is no such file."""
        return self._state.files.get(file_id)

    def serve(self, file_id: str, how: Download | None) -> None:
        """Answer downloads of a file in this way from now on; None is the usual way."""
        self._state.files[file_id].download = how

    def remove(self, file_id: str) -> None:
        """Delete a file, without an event: files.info answers file_deleted, downloads 404."""
        remove_file(self._state, file_id)

    def downloads(self, file_id: str | None = None) -> list[Json]:
        """Each request for a file (None: for any file) in order, with its `range` if it had one."""
        made = [e for e in self._state.transcript if e.kind == "download"]
        return [e.request for e in made if file_id in {None, e.name}]
