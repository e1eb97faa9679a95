"""Compares the prices of all suppliers."""

import asyncio

from shop import suppliers


async def price(name):
    try:
        answer = await suppliers.ask(name)
    except suppliers.NoAnswer:
        return None
    return await asyncio.to_thread(suppliers.unpack, answer)


async def prices(names):
    """The price of each supplier, in their order; None where there was no answer."""
    return await asyncio.gather(*(price(name) for name in names))
