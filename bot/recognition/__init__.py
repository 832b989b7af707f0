"""Recognition of errors in a text: which articles it speaks of, how surely, and why. Pure."""
