"""Shared set-up of the tests."""

import hypothesis

# The same examples on every machine and every run, and no example database in the checkout.
hypothesis.settings.register_profile("ci", derandomize=True, deadline=None, database=None)
hypothesis.settings.load_profile("ci")
