"""What a person does in a Slack client: messages, clicks, forms, shortcuts and commands."""
