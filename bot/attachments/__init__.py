"""Text of the files that people attach: bytes in, text out. Logs nothing."""
