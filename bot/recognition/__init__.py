"""Recognition of errors in a text: matches, scores, verdicts and their explanation. Pure."""
