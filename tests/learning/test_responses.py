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
    Matched,
    Pointed,
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
    | st.builds(Matched, st.lists(st.tuples(texts, texts)).map(tuple))
    | st.builds(Pointed, st.lists(st.integers(1, 20)).map(tuple))
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
        (Matched((("a", "b"), ("b", "x"))), {"pairs": [["a", "b"], ["b", "x"]]}),
        (Pointed((2, 5)), {"numbers": [2, 5]}),
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
        {"pairs": ["ab"]},
        {"pairs": [["a"]]},
        {"pairs": [["a", 1]]},
        {"pairs": None},
        {"numbers": ["1"]},
        {"numbers": [True]},
        {"numbers": [1.5]},
        {"numbers": 1},
    ],
)
def test_what_is_no_response_is_refused(payload: dict[str, Any]) -> None:
    with pytest.raises(ValueError, match="response"):
        from_payload(payload)
