"""Modals, the Home tab and suggested prompts in Slack."""

from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import asdict, dataclass
from typing import Any

from bot.domain.errors import GaveUpError, ThrottledError, UserError
from bot.slack.client.error_codes import STALE_TRIGGER
from bot.slack.client.errors import calling
from bot.slack.client.web_client import SlackClient
from bot.slack.views import wording


@dataclass(frozen=True)
class Prompt:
    """A button in the Messages tab that sends `message` as the person."""

    title: str
    message: str


class Views:
    """Shows views to people. All calls raise TryLaterError or GaveUpError."""

    def __init__(self, client: SlackClient) -> None:
        self._client = client

    async def open_modal(self, trigger_id: str, view: dict[str, Any]) -> None:
        """Open a modal; a trigger works once, for 3 seconds. Raises UserError if it expired."""
        async with _answering_click("views.open"):
            await self._client.views_open(trigger_id=trigger_id, view=view)

    async def push_modal(self, trigger_id: str, view: dict[str, Any]) -> None:
        """Open a modal on top of the one that was clicked in. Raises UserError as `open_modal`."""
        async with _answering_click("views.push"):
            await self._client.views_push(trigger_id=trigger_id, view=view)

    async def replace_modal(self, view_id: str, view: dict[str, Any], hash_: str = "") -> None:
        """Replace an open modal by another one. Raises UserError as `open_modal`, or GaveUpError.

        `hash_`: Slack refuses (hash_conflict) if the modal has another one by now.
        """
        if not view_id:
            raise GaveUpError("views.update: the payload names no modal")
        only = {"hash": hash_} if hash_ else {}
        async with _answering_click("views.update"):
            await self._client.views_update(view_id=view_id, view=view, **only)

    async def set_suggested_prompts(
        self, channel: str, title: str, prompts: Sequence[Prompt]
    ) -> None:
        """Show prompts in the Messages tab, at most four.

        A `thread_ts` would make Slack ignore the call without an error.
        """
        options = [asdict(prompt) for prompt in prompts]
        async with calling("assistant.threads.setSuggestedPrompts"):
            await self._client.assistant_threads_setSuggestedPrompts(
                channel_id=channel, title=title, prompts=options
            )

    async def publish_home(self, user: str, view: dict[str, Any]) -> None:
        """Replace a person's Home tab."""
        async with calling("views.publish"):
            await self._client.views_publish(user_id=user, view=view)


@asynccontextmanager
async def _answering_click(method: str) -> AsyncIterator[None]:
    """Translate errors of a call that answers a click.

    Raises:
        UserError: the trigger has expired, or Slack is busy; the person has to press again.
    """
    try:
        async with calling(method):
            yield
    except ThrottledError:
        raise UserError(wording.PRESS_AGAIN) from None
    except GaveUpError as error:
        if error.code not in STALE_TRIGGER:
            raise
        raise UserError(wording.PRESS_AGAIN) from None
