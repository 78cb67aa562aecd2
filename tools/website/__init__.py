"""Builds the lessons as a site for any browser: docs/decisions/0009 says why in this way."""
