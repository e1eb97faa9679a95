"""The client of the mail service; the check puts a service of its own behind it."""

import json
from urllib import error, request

SERVICE = "http://mail.internal/messages"


class MailError(Exception):
    """The service answered with an error; its status is the argument."""


class Unavailable(MailError):
    """429, 502, 503 or 504."""


class Rejected(MailError):
    """Any other error: no such address, too large, not allowed."""


def deliver(address, text):
    """Hand a mail over. Raises MailError, and ConnectionError or TimeoutError."""
    body = json.dumps({"to": address, "text": text}).encode()
    try:
        request.urlopen(request.Request(SERVICE, body), timeout=5)
    except error.HTTPError as answer:
        passing = answer.code in (429, 502, 503, 504)
        raise (Unavailable if passing else Rejected)(answer.code) from answer
    except error.URLError as failed:
        raise failed.reason from failed
