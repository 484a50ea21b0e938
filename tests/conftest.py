"""What all tests share."""

from hypothesis import settings

# No example is timed, and every run tries the same ones: a test that fails, fails again.
settings.register_profile("cireg", deadline=None, derandomize=True)
settings.load_profile("cireg")
