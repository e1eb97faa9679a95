"""Checks of our own, for what no tool sees."""
