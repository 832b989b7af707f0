"""Made-up pastes for redaction: each with the parts that must be gone, or harmless and to stay as it is."""
