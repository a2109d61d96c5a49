"""Hypothesis for all tests: no deadline, because tests do not time, and a busy machine is no fault."""

from hypothesis import settings

settings.register_profile("fixtura", deadline=None)
settings.load_profile("fixtura")
