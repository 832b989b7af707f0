"""The help desk: tickets in Zendesk."""
