"""Rule on `[[topic-id]]`: it leads to a topic of the pack."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from nexus_tui.catalog.files import Reading
from nexus_tui.catalog.rules import lessons, parts, words
from nexus_tui.catalog.rules.found import Found, Spot, items

if TYPE_CHECKING:
    from collections.abc import Iterator

    from nexus_tui.catalog.reader import PackContent

_LINK = re.compile(r"\[\[([^\[\]\n]+)\]\]")
_SPAN = re.compile(r"`++[^`]*+`++")
_MEND = "name the id of a topic, or write it as code"


def links(pack: PackContent) -> Iterator[Found]:
    """T15, error: `[[topic-id]]` outside code names a topic of the pack."""
    known = {topic.topic.id for topic in pack.topics}
    for path, source in _documents(pack):
        for number, line in lessons.prose_lines(source):
            bare = _SPAN.sub(lambda found: " " * len(found[0]), line)
            for found in _LINK.finditer(bare):
                if found[1] not in known:
                    spot = Spot(path, line=number, column=found.start() + 1)
                    yield Found(spot, f"`[[{found[1]}]]` leads to no topic", _MEND)
    for topic in pack.topics:
        for item in items(topic):
            for keys, text in parts.texts(item.question):
                for name in _LINK.findall(words.read(text).prose):
                    if name not in known:
                        what = f"`[[{name}]]` leads to no topic"
                        yield item.found(*keys, what=what, mend=_MEND)


def _documents(pack: PackContent) -> Iterator[tuple[str, str]]:
    """Path and source of all Markdown that the app shows."""
    for topic in pack.topics:
        for text in lessons.texts(topic):
            yield text.path, text.source
    reading = Reading(pack.root, [])
    # From the files again: a document in the library is without its title, so its lines are off.
    files = [pack.root / document.text.path for document in pack.documents]
    files += sorted((pack.root / "challenges").glob("**/*.md"))
    for file in files:
        if source := reading.text(file, optional=True):
            yield reading.name(file), source
