"""A Slack bot that recognises Xero integration errors and answers them."""

__version__ = "0.3.0.dev0"
