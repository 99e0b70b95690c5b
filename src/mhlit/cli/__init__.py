"""The command line: parse, call services in order, render, exit. One module a command."""
