"""Made-up pastes: each with the parts that must be redacted, or harmless and to be left alone."""
