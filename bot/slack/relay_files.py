"""Files of relayed messages. Implements `bot.services.ports.RelayFiles`."""

import asyncio
import logging
from collections.abc import Sequence

from bot.domain.cases import Case
from bot.domain.errors import GaveUpError, TryLaterError
from bot.domain.jobs import Attempt
from bot.domain.relays import Relay, RelayKind
from bot.domain.uploads import Upload, UploadOutcome
from bot.slack.client.api import SlackApi
from bot.slack.id_shapes import is_direct_message
from bot.slack.requester_conversation import requester_conversation
from bot.slack.views import relay_files as views
from bot.slack.views import requester_wording, support_wording
from bot.slack.views.outgoing import OutgoingMessage
from bot.slack.views.relay_files import ShownFile
from bot.timings import Timings

log = logging.getLogger(__name__)

CHECK_SECONDS = 1.0
"""Time limit of a check: Slack expects the answer to a click within three seconds."""
_STAY = {
    RelayKind.ANSWER: support_wording.FILES_STAY,
    RelayKind.THREAD_ANSWER: support_wording.FILES_STAY_IN_THREAD,
    RelayKind.MESSAGE: requester_wording.FILES_STAY,
    RelayKind.FORM: requester_wording.FILES_STAY,
}


class SlackRelayFiles:
    """Copies the files of one workspace's relays."""

    def __init__(self, slack: SlackApi, timings: Timings) -> None:
        self._slack = slack
        self._timings = timings

    async def reaches_others(self, case: Case) -> bool:
        """See `RelayFiles.reaches_others`."""
        try:
            async with asyncio.timeout(CHECK_SECONDS):
                channel, _ = await requester_conversation(case, self._slack.directory)
                return not is_direct_message(channel) and await self._is_external(channel)
        except (TryLaterError, GaveUpError, TimeoutError) as error:
            log.warning("conversations.info: a file waits until its sender confirms it: %s", error)
            return True

    async def _is_external(self, channel: str) -> bool:
        return await self._slack.directory.is_external(channel)

    async def upload(self, case: Case, relay: Relay, file: str, attempt: Attempt) -> Upload:
        """See `RelayFiles.upload`."""
        if not relay.kind.is_for_requester:
            cards = case.escalation.card_channel
            if cards is None:
                # who reads along there is not known before
                raise TryLaterError("there is no card to post under yet", self._timings.card_retry)
            if await self._is_external(cards):
                return Upload(file, UploadOutcome.SHARED)
        return await self._slack.file_copies.copy(file, attempt.number)

    async def shown(self, relay: Relay, *, is_new: bool) -> Sequence[ShownFile]:
        """Return the files of a copy. `is_new`: wait until Slack has scanned what was uploaded."""
        return [await self._shown(upload, is_new=is_new) for upload in relay.uploads_shown]

    async def _shown(self, upload: Upload, *, is_new: bool) -> ShownFile:
        copies = self._slack.file_copies
        if upload.outcome is not UploadOutcome.COPIED:
            info = await copies.find(upload.file)
            return ShownFile(upload.outcome, info.shown if info else "")
        info = await (copies.scanned(upload.copy) if is_new else copies.find(upload.copy))
        if info is None or not info.permalink:
            return ShownFile(UploadOutcome.GONE)
        image = upload.copy if info.mimetype in views.IMAGE_TYPES else ""
        return ShownFile(upload.outcome, info.shown, info.permalink, image)

    async def remove(self, uploads: Sequence[Upload]) -> None:
        """See `RelayFiles.remove`."""
        for upload in uploads:
            await self._slack.file_copies.delete(upload.copy)

    async def tell_sender(self, case: Case, relay: Relay) -> None:
        """See `RelayFiles.tell_sender`."""
        files = await self.shown(relay, is_new=False)
        missing = [file for file in files if file.outcome is not UploadOutcome.COPIED]
        text = _STAY[relay.kind].format(reasons="; ".join(map(views.reason_of, missing)))
        channel, thread = await requester_conversation(case, self._slack.directory)
        if relay.kind is RelayKind.ANSWER:
            thread = case.escalation.card_ts
        try:
            message = OutgoingMessage(text, [])
            await self._slack.messages.post_ephemeral(
                relay.channel or channel, relay.sender, message, thread
            )
        except GaveUpError as error:
            log.warning("the sender of a file was not shown that it stays: %s", error.reason)
