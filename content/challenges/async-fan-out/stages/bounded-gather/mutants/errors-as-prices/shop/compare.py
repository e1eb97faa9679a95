"""Compares the prices of all suppliers."""

import asyncio

from shop import suppliers

PLACES = 5
"""Calls that the suppliers' gateway takes from us at once; it refuses the sixth."""


async def price(name, places):
    async with places:
        answer = await suppliers.ask(name)
    return await asyncio.to_thread(suppliers.unpack, answer)


async def prices(names):
    """The price of each supplier, in their order; None where there was no answer."""
    places = asyncio.Semaphore(PLACES)
    calls = (price(name, places) for name in names)
    return await asyncio.gather(*calls, return_exceptions=True)
