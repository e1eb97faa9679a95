"""One learner's catalog and history together: what is due, what comes next, a session.

The screens and the commands both ask here; the rules are in `learning`, the content in
`catalog`, the facts in `progress`.
"""
