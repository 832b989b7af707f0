"""Use cases: what the bot does, without knowing Slack or a database."""
