"""What `checks/probe.py` of a stage is written with. It runs in the subject and answers the judge.

A probe imports all it trusts at its top, these modules among them: afterwards the guard rails are
up. `load()` then lets the learner's code in, and every other function is one that the judge calls,
with JSON in and JSON out.
"""
