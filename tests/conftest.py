"""Shared set-up of the tests."""

import hypothesis

# The same examples on every machine and every run, and no example database in the checkout.
hypothesis.settings.register_profile("ci", derandomize=True, deadline=None, database=None)
# Fewer of them for `python run.py test quick`, which names this profile.
hypothesis.settings.register_profile(
    "quick", hypothesis.settings.get_profile("ci"), max_examples=20
)
hypothesis.settings.load_profile("ci")
