"""Use cases of the bot, without Slack's types and without SQL."""
