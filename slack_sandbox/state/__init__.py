"""What the workspace knows: people, conversations, messages, views, files and the transcript."""
