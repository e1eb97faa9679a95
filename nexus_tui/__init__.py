"""Nexus: learn backend engineering in the terminal, prove it by running code, keep it."""

__version__ = "0.1.0"
