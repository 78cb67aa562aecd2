"""A teaching kit on how news frames diplomacy."""
