"""Shared set-up of the tests."""

import sys

import hypothesis

# Reading a notebook loads jsonschema, which would build a grammar of web addresses for two seconds
# in every process of the tests. It does without if the package is not there.
sys.modules.setdefault("rfc3987_syntax", None)

# The same examples on every machine and every run, and no example database in the checkout.
hypothesis.settings.register_profile("ci", derandomize=True, deadline=None, database=None)
# Fewer of them for `python run.py test quick`, which names this profile.
hypothesis.settings.register_profile(
    "quick", hypothesis.settings.get_profile("ci"), max_examples=20
)
hypothesis.settings.load_profile("ci")
