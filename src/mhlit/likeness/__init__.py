"""How alike two titles, two names, two venues are."""
