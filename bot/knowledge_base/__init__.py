"""The code around the articles: loader, hot reload and lint."""
