"""`[[topic-id]]` in Markdown: a link to a topic, by its title."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from nexus_tui.catalog.markdown import Section

SCHEME = "topic:"
"""Begins the address of a link to a topic; its key follows."""
_LINK = re.compile(r"\[\[([a-z0-9-]+)\]\]")
_CODE = re.compile(
    r"^(?P<mark>`{3,}|~{3,}).*?^(?P=mark)[`~]*\s*$|`[^`\n]+`", re.MULTILINE | re.DOTALL
)
_ANY = re.compile(
    r"\[(?P<label>[^\[\]]++)\]"
    r"\((?P<address>(?:topic:|https?://)(?:[^()\s]|\([^()\s]*+\))++)[^()]*+\)"
    r"|<(?P<bare>https?://[^<>\s]++)>"
)
_ADDRESS = re.compile(r"\]\(topic:([^)\s]+)\)")


def linked(sections: Iterable[Section], pack: str, titles: Mapping[str, str]) -> list[Section]:
    """The sections with each `[[topic-id]]` outside code made a link; an unknown id stays."""

    def link(found: re.Match[str]) -> str:
        title = titles.get(found[1])
        return f"[{title}]({SCHEME}{pack}/{found[1]})" if title else found[0]

    return [replace(section, body=_put(link, section.body)) for section in sections]


def titled(text: str, topic: str, titles: Mapping[str, str]) -> str:
    """A text of `topic` with each `[[topic-id]]` outside code as its title in words.

    `titles`: topic → title, with the pack of each.
    """
    pack = topic.partition("/")[0]
    return _put(lambda found: titles.get(f"{pack}/{found[1]}", found[0]), text)


def _put(words: Callable[[re.Match[str]], str], text: str) -> str:
    """`text` with `words` in the place of each `[[topic-id]]` outside code."""
    parts, start = list[str](), 0
    for code in _CODE.finditer(text):
        parts += [_LINK.sub(words, text[start : code.start()]), code[0]]
        start = code.end()
    return "".join([*parts, _LINK.sub(words, text[start:])])


def addresses(text: str) -> list[tuple[str, str]]:
    """(label, address) of the links of a Markdown text outside code, each address once."""
    found: dict[str, str] = {}
    for match in _ANY.finditer(_CODE.sub(_wordless, text)):
        address = match["address"] or match["bare"]
        found.setdefault(address, " ".join((match["label"] or address).split()))
    return [(label, address) for address, label in found.items()]


def _wordless(code: re.Match[str]) -> str:
    """Code as it may stand in the label of a link: of a fence nothing, and no signs of a link."""
    return "" if code["mark"] else re.sub(r"[`\[\]<>]", "", code[0])


def named(text: str) -> list[str]:
    """The keys of the topics that a text links to, each once, in order."""
    return list(dict.fromkeys(_ADDRESS.findall(text)))
