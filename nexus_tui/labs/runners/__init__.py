"""Each module runs snippets of one kind, inside a child of a forkserver, and prints.

`prepare()` imports, once, what they need; `run(job)` runs the `parts` of a job one after
the other in one process and ends each with a mark, so that what each printed can be told apart.
"""
