"""Outgoing integrations: e-mail and Zendesk."""
