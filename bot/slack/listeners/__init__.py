"""What happens when something happens: one function each, named `on_<what happened>`."""
