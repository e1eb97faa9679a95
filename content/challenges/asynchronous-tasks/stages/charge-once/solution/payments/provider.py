"""The client of the payment provider; the check puts a provider of its own behind it."""

import json
from urllib import request

PROVIDER = "https://provider.example/charges"


def charge(card, amount, key=None):
    """Charge a card with an amount in cents; the reference of the charge.

    Calls with the same key are one charge, and all get its reference. A key that comes
    with another card or amount is refused. Raises TimeoutError after 10 s without answer.
    """
    body = json.dumps({"card": card, "amount": amount}).encode()
    headers = {"Idempotency-Key": key} if key else {}
    wanted = request.Request(PROVIDER, body, headers)
    with request.urlopen(wanted, timeout=10) as answer:
        return json.load(answer)["reference"]
