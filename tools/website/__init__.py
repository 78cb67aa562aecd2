"""Builds the lessons as a site for any browser: docs/decisions/0009 says why it is made this way."""
