"""Challenges: a learner's code is run, and a judge that it cannot reach decides.

The app starts a judge for each check, and the judge starts the subject, the only process that
imports the learner's code. The judge asks, the subject answers with plain JSON, and the judge
reports on a socket that the subject does not hold. See `docs/guard-rails.md` for what that stops.
"""
