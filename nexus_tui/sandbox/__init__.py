"""Runs code that may misbehave: spawned, limited, watched, and ended with all it started.

These are guard rails, not a sandbox: what runs here has the rights of its user, but for those
that `rails` takes away on Linux (see `docs/guard-rails.md`). Linux holds all limits; macOS holds
the deadline, the caps on output and some limits, and misses processes that leave their group.
The room imports nothing of ours: other programs could use it as it is.
"""
