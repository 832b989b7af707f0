from __future__ import annotations

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from slack_sandbox.state.message_index import MessageIndex
from slack_sandbox.state.models import Message

KEEP = 6
# channel, and the numbers of the messages to reply to, to change and to drop
STEPS = st.lists(
    st.tuples(st.sampled_from("AB"), *[st.none() | st.integers(1, 15)] * 3), max_size=15
)


def ts(number: int) -> str:
    return f"1700000000.{number:06}"


@given(STEPS)
def test_channels_and_threads_hold_what_a_look_at_all_messages_would_find(
    steps: list[tuple[str, int | None, int | None, int | None]],
) -> None:
    posts, plain = MessageIndex(KEEP), dict[tuple[str, str], Message]()
    for number, (channel, parent, changed, dropped) in enumerate(steps, start=1):
        new = Message(
            channel, ts(number), "new", thread_ts=ts(parent) if parent and parent < number else None
        )
        edited = [
            replace(m, text="edited") for m in plain.values() if changed and m.ts == ts(changed)
        ]
        for message in (new, *edited):
            posts.put(message)
            plain[message.channel, message.ts] = message
            plain = dict(list(plain.items())[-KEEP:])
        for key in (channel, ts(dropped or 0)), ("C", ts(1)):
            posts.drop(key)
            plain.pop(key, None)
    for channel in "AB":
        here = [m for m in plain.values() if m.channel == channel]
        assert posts.of_channel(channel) == here
        for number in range(1, 16):
            assert posts.get((channel, ts(number))) == plain.get((channel, ts(number)))
            thread = [m for m in here if ts(number) in {m.ts, m.thread_ts}]
            assert posts.of_thread((channel, ts(number))) == thread


def test_looking_leaves_nothing_behind() -> None:
    posts = MessageIndex(KEEP)
    posts.put(Message("A", ts(1), "x"))
    posts.drop(("A", ts(1)))
    assert (posts.of_channel("B"), posts.of_thread(("B", ts(1)))) == ([], [])
    assert (len(posts._all), len(posts._threads), len(posts._channels["A"])) == (0, 0, 0)
    assert "B" not in posts._channels
