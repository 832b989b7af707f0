"""Calls to Slack's Web API, named as Slack names them."""
