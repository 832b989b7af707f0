"""Events, commands and interactions on their way to the bot, over HTTP and Socket Mode."""
