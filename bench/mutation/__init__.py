"""The mutation benchmark of the rules: ``make bench-mutation``."""
