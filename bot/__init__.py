"""A Slack bot that recognises Xero integration errors and answers them."""
