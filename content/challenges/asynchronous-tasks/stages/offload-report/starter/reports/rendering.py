"""The renderer of monthly reports; the check puts a quick one in its place."""

import time


def render(customer, month):
    time.sleep(40)
    return f"Report of {month} for {customer}"
