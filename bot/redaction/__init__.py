"""Redaction: finds passwords, keys, account numbers and contact details in a text. Pure."""
