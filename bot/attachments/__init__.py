"""Text extraction from attached files. Logs nothing."""
