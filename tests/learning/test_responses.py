"""Responses in facts: ids, never positions, and back as they were."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nexus_tui.learning.responses import (
    Arranged,
    Chosen,
    Response,
    Typed,
    from_payload,
    to_payload,
)

texts = st.text(max_size=20)
responses: st.SearchStrategy[Response] = (
    st.builds(Chosen, st.lists(texts).map(tuple))
    | st.builds(Typed, texts)
    | st.builds(Arranged, st.lists(st.tuples(texts, st.integers(0, 6))).map(tuple))
)


@given(responses)
def test_a_response_comes_back_from_its_payload_as_it_was(response: Response) -> None:
    assert from_payload(json.loads(json.dumps(to_payload(response)))) == response


@pytest.mark.parametrize(
    ("response", "payload"),
    [
        (Chosen(("a", "b")), {"options": ["a", "b"]}),
        (Typed("x"), {"text": "x"}),
        (Arranged((("a", 0), ("b", 2))), {"lines": [["a", 0], ["b", 2]]}),
    ],
)
def test_the_form_in_a_fact_is_fixed_for_ever(response: Response, payload: dict[str, Any]) -> None:
    assert to_payload(response) == payload


@pytest.mark.parametrize(
    "payload",
    [
        {},
        {"option": ["a"]},
        {"options": "ab"},
        {"options": [1]},
        {"options": None},
        {"text": 5},
        {"text": None},
        {"lines": "ab"},
        {"lines": [["a"]]},
        {"lines": [["a", "0"]]},
        {"lines": [["a", 0, 0]]},
        {"lines": [[0, "a"]]},
        {"lines": ["ab"]},
    ],
)
def test_what_is_no_response_is_refused(payload: dict[str, Any]) -> None:
    with pytest.raises(ValueError, match="response"):
        from_payload(payload)
