"""The command line: what reads the environment, writes to the terminal and ends the process."""
