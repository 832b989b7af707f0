"""What the form of an id of Slack's says: https://docs.slack.dev/reference/objects (conversation, user)."""


def is_direct_message(channel: str) -> bool:
    """Whether a channel's id is that of a conversation with one person."""
    return channel.startswith("D")


def is_person(user: str) -> bool:
    """Whether an author's id is a person's; an app's begins with a B."""
    return user.startswith(("U", "W"))
