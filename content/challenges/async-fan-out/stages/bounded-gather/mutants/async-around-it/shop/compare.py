"""Compares the prices of all suppliers."""

import asyncio

from shop import suppliers

PLACES = 5
"""Calls that the suppliers' gateway takes from us at once; it refuses the sixth."""


async def unpacked(answer):
    return suppliers.unpack(answer)


async def price(name, places):
    async with places:
        try:
            answer = await suppliers.ask(name)
        except suppliers.NoAnswer:
            return None
    return await unpacked(answer)


async def prices(names):
    """The price of each supplier, in their order; None where there was no answer."""
    places = asyncio.Semaphore(PLACES)
    return await asyncio.gather(*(price(name, places) for name in names))
