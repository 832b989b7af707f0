"""Views of everything shown in Slack: blocks, forms and wording. Pure."""
