"""The Web API, response URLs and file downloads: what a bot asks of Slack."""
