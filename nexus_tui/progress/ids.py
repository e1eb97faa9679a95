"""Ids that sort by time: uuid version 7 (RFC 9562), until Python makes them itself."""

from __future__ import annotations

import os
from uuid import UUID


def uuid7(milliseconds: int) -> UUID:
    """A uuid whose first 48 bits are `milliseconds` since the epoch, the rest random.

    Such keys are inserted at the end of an index: many times faster than random ones.
    """
    value = (milliseconds & (1 << 48) - 1) << 80 | int.from_bytes(os.urandom(10), "big")
    value = value & ~(0xF << 76) | 0x7 << 76
    value = value & ~(0x3 << 62) | 0x2 << 62
    return UUID(int=value)
