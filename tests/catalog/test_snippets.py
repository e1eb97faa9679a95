"""Fences that are run: what they continue, and their output."""

from __future__ import annotations

from pathlib import Path

from nexus_tui.catalog.snippets import snippets

CONTENT = Path(__file__).parents[2] / "content"
TEXT = """\
```python run id=a
1
```
```output
one
```

```python run after=a id=b
2
```

```python run=django id=shop
3
```
```http run after=shop
GET /
```
```python run after=b
4
```
"""


def test_a_snippet_knows_what_runs_before_it_and_where_its_output_stands() -> None:
    found, wrong = snippets(TEXT)
    assert wrong == []
    assert [(s.fence.code, [b.code for b in s.before], s.runner) for s in found] == [
        ("1", [], ("python", "")),
        ("2", ["1"], ("python", "")),
        ("3", [], ("python", "django")),
        ("GET /", ["3"], ("python", "django")),
        ("4", ["1", "2"], ("python", "")),
    ]
    assert [s.output.code if s.output else None for s in found] == ["one", *[None] * 4]


def test_a_fence_that_continues_one_that_cannot_be_run_cannot_either() -> None:
    text = "```python run=perl id=a\n```\n```python run after=a\n```\n"
    found, wrong = snippets(text)
    assert found == []
    assert [(fence.line, why.partition(" ")[0]) for fence, why in wrong] == [
        (1, "run=perl"),
        (3, "after=a"),
    ]


def test_every_shipped_fence_can_be_run_as_it_says() -> None:
    wrong = [
        f"{path}:{fence.line}: {why}"
        for path in sorted(CONTENT.rglob("*.md"))
        for fence, why in snippets(path.read_text(encoding="utf-8"))[1]
    ]
    assert wrong == []
