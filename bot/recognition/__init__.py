"""Recognition of errors in a text: the articles, the scores, the verdict and its explanation. Pure."""
