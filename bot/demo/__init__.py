"""The try-out: the bot in a local Slack workspace of its own, with something in it to look at."""
