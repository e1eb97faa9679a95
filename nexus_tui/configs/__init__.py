"""Files that other programs read: what a Dockerfile, a Compose file and a workflow would do.

Nothing is built and nothing is run. Judges of challenges and audits of projects read them here.
"""
