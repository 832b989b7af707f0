"""The e-mail to support."""
