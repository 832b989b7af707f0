"""The crash proof: `make crash`. A bot under load is killed again and again, and what people see is counted."""
