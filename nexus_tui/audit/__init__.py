"""Looks at a project on disk and says what holds of it, what does not, and what it cannot tell.

One module for each tool, one for each family of our own checks, one type of verdict. Nothing is
written into the project; its own code runs only where that was allowed, behind the guard rails.
"""
