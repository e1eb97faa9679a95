"""The bank, one connection for each payment. It takes up to three seconds to answer."""

import os
import socket


def charge(order, cents):
    """Charge the customer of this order; the number of the charge."""
    host, _, port = os.environ["BANK"].rpartition(":")
    with socket.create_connection((host, int(port)), timeout=5) as bank:
        bank.sendall(f"{order} {cents}\n".encode())
        return bank.makefile().readline().strip()
