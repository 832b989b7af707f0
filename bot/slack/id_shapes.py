"""What the first letter of Slack's ids means (docs: conversation object, user object)."""


def is_direct_message(channel: str) -> bool:
    """Whether a channel's id is that of a conversation with one person."""
    return channel.startswith("D")


def is_person(user: str) -> bool:
    """Whether an author's id is a person's; an app's begins with a B."""
    return user.startswith(("U", "W"))
