"""What people see in Slack: blocks, forms and sentences. Pure."""
