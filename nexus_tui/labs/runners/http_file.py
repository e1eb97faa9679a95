"""Requests written as in an `.http` file, sent to the bookshop without a network."""

from __future__ import annotations

import re
from typing import Any
from urllib.parse import urlsplit

_VARIABLE = re.compile(r"@(\w+)\s*=\s*(.*)")
_REQUEST = re.compile(r"(?P<method>[A-Z]+) (?P<address>\S+)(?: HTTP/[\d.]+)?")
_HEADER = re.compile(r"(?P<name>[\w-]+): *(?P<value>.*)")


def send(text: str) -> None:
    """Send the requests, which `###` separates, and print each answer as it would arrive.

    Raises ValueError where a line is neither request nor header.
    """
    from django.test import Client

    # An error of the bookshop is an answer too, with status 500.
    client = Client(raise_request_exception=False)
    known: dict[str, str] = {}
    answers = []
    for block in re.split(r"(?m)^###.*$", text):
        lines = list[str]()
        for line in block.strip("\n").split("\n"):
            if (variable := _VARIABLE.fullmatch(line)) and not lines:
                known[variable[1]] = variable[2]
            elif lines or (line.strip() and not line.startswith(("#", "//"))):
                lines.append(re.sub(r"{{(\w+)}}", lambda m: known.get(m[1], m[0]), line))
        if lines:
            answers.append(_shown(client.generic(**_request(lines))))
    print("\n\n".join(answers))


def _request(lines: list[str]) -> dict[str, Any]:
    first = _REQUEST.fullmatch(lines[0].strip())
    if first is None:
        raise ValueError(f"{lines[0]!r} is no request: write METHOD and address")
    headers: dict[str, str] = {}
    rest = iter(lines[1:])
    for line in rest:
        if not line.strip():
            break
        header = _HEADER.fullmatch(line.strip())
        if header is None:
            raise ValueError(f"{line!r} is no header: write Name: value")
        headers[header["name"]] = header["value"]
    kinds = [value for name, value in headers.items() if name.lower() == "content-type"]
    address = urlsplit(first["address"])
    return {
        "method": first["method"],
        "path": address.path + (f"?{address.query}" if address.query else ""),
        "data": "\n".join(rest).rstrip("\n"),
        "content_type": kinds[0] if kinds else "",
        "headers": {name: v for name, v in headers.items() if name.lower() != "content-type"},
    }


def _shown(answer: Any) -> str:
    head = [f"HTTP/1.1 {answer.status_code} {answer.reason_phrase}"]
    head += [f"{name}: {value}" for name, value in answer.items()]
    body = b"".join(answer.streaming_content) if answer.streaming else answer.content
    text = body.decode(answer.charset or "utf-8", "replace")
    return "\n".join([*head, "", text] if text else head)
