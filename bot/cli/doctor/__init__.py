"""The command `doctor`: checks of everything that the bot needs, each with what to do."""
