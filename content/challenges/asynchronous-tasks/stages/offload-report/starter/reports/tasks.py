"""Tasks of the reports, made with `shared_task`; the workers import this module."""
