"""Suggestions of articles for a problem that is described without its message."""
