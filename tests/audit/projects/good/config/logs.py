"""Log lines as JSON."""

import json
import logging


class JsonFormatter(logging.Formatter):
    """One line of JSON for each record."""

    def format(self, record: logging.LogRecord) -> str:
        """Level, logger and message."""
        said = {"level": record.levelname, "logger": record.name, "message": record.getMessage()}
        return json.dumps(said)
