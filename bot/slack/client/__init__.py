"""What the bot asks of Slack, in Slack's words."""
