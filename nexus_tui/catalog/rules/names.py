"""Does a name of Python exist? Looked up in builtins and a few modules of the library."""

from __future__ import annotations

import builtins
import importlib
import re
from functools import lru_cache

from nexus_tui.catalog.rules import words

_IMPORTED = (
    "asyncio collections contextlib copy dataclasses datetime decimal functools hashlib hmac "
    "itertools json logging math operator os pathlib queue random re secrets socket sqlite3 "
    "ssl statistics string subprocess sys tempfile threading time types typing unittest "
    "urllib uuid zoneinfo "
)
_MODULES = frozenset(_IMPORTED.split())
"""Modules that do nothing when they are imported."""
_TYPES = frozenset({"bytes", "dict", "float", "frozenset", "int", "list", "set", "str", "tuple"})
_NAME = re.compile(r"(?P<home>[a-z]\w*)\.(?P<name>[A-Za-z_]\w*)(?:\(.*\))?", re.DOTALL)


def invented(text: str) -> list[str]:
    """Names such as `json.parse` in the code of a text that the home they name has not."""
    found = []
    for span in words.read(text).spans:
        name = _NAME.fullmatch(span)
        if name and not _exists(name["home"], name["name"]):
            found.append(f"{name['home']}.{name['name']}")
    return found


@lru_cache(maxsize=1024)
def _exists(home: str, name: str) -> bool:
    if home in _TYPES:
        return hasattr(getattr(builtins, home), name)
    return home not in _MODULES or hasattr(importlib.import_module(home), name)
