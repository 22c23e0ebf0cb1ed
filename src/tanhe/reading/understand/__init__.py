"""Blocks → claims (理解): what a report says, by meaning and not by layout."""
