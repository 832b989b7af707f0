"""Slack: what comes in, what goes out, and every word and block a person sees."""
