"""The newest messages that everybody sees, indexed by channel and by thread."""

from __future__ import annotations

from collections import OrderedDict, defaultdict

from slack_sandbox.state.models import Message

Key = tuple[str, str]


class MessageIndex:
    """The newest `keep` messages by (channel, ts), in the order of their ts.

    A new message must have the latest ts, see State.next_ts(); a changed one keeps its position.
    """

    def __init__(self, keep: int) -> None:
        self._keep = keep
        self._all: OrderedDict[Key, Message] = OrderedDict()
        self._channels: defaultdict[str, dict[Key, Message]] = defaultdict(dict)
        self._threads: defaultdict[Key, dict[Key, Message]] = defaultdict(dict)

    def get(self, key: Key) -> Message | None:
        """The message of this channel and ts."""
        return self._all.get(key)

    def put(self, message: Message) -> None:
        """Store a new or changed message, and drop the oldest ones beyond `keep`."""
        key = message.channel, message.ts
        self._all[key] = message
        self._channels[message.channel][key] = message
        self._threads[_root(message)][key] = message
        while len(self._all) > self._keep:
            self.drop(next(iter(self._all)))

    def drop(self, key: Key) -> None:
        """Drop a message, if it is there."""
        message = self._all.pop(key, None)
        if message is None:
            return
        root = _root(message)
        del self._channels[message.channel][key], self._threads[root][key]
        if not self._threads[root]:
            del self._threads[root]

    def of_channel(self, channel: str) -> list[Message]:
        """All messages of a channel, replies too, oldest first."""
        return list(self._channels[channel].values()) if channel in self._channels else []

    def of_thread(self, key: Key) -> list[Message]:
        """A message and its replies, oldest first; of a reply only itself."""
        message, thread = self._all.get(key), self._threads.get(key, {})
        own = [message] if message and key not in thread else []
        return [*own, *thread.values()]


def _root(message: Message) -> Key:
    return message.channel, message.thread_ts or message.ts
