"""The code around the articles: loading, reloading, checking."""
