"""What Slack sends: payloads, checked and parsed once."""
