"""Can a question be answered without knowing the subject? Blind solvers and their statistics."""
