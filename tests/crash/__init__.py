"""The crash proof, `make crash`: kills of a bot under load, and a count of what people see then."""
