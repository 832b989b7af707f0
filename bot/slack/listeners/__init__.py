"""Listeners: one function for each kind of request, named `on_<what happened>`."""
