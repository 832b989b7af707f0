"""Revisions, oldest first by name. One that has shipped never changes."""
