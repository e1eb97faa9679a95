"""What all tests share: properties are tried on the same examples everywhere, without a clock."""

from __future__ import annotations

from hypothesis import settings

settings.register_profile("nexus", deadline=None, derandomize=True)
settings.load_profile("nexus")
