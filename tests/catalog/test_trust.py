"""Code of a pack runs only when it was trusted, and as it was when it was."""

from __future__ import annotations

from pathlib import Path

import pytest

from nexus_tui.catalog.trust import code_digest, is_trusted, may_run, trust, what_would_run
from tests.builders import LESSON, choice, family, make_pack, quiz_file

CONTENT = Path(__file__).parents[2] / "content"
ALPHA = "topics/basics/alpha"
MODELS = "examples/django-projects/bookshop/shop/models.py"
JUDGE = "challenges/slow/stages/first/checks/judge.py"
CODE = {
    f"{ALPHA}/lesson.md": LESSON + "\n```python run\nprint(1)\n```\n\n```sh\nls\n```\n",
    f"{ALPHA}/cheatsheet.md": "```sql run=sqlite\nSELECT 1\n```\n",
    f"{ALPHA}/quiz.yaml": quiz_file(
        choice(), choice(id="checked", verify="assert True"), family(id="drawn")
    ),
    "docs/guide.md": "# Guide\n\n```sh run\nls\n```\n",
    JUDGE: "print('judge')\n",
    MODELS: "class Book: pass\n",
}


def test_all_that_would_run_is_named(tmp_path: Path) -> None:
    assert what_would_run(make_pack(tmp_path, CODE)) == [
        f"{ALPHA}/lesson.md:13 (python)",
        f"{ALPHA}/cheatsheet.md:1 (sql)",
        f"{ALPHA}/quiz.yaml, question checked (verify)",
        f"{ALPHA}/quiz.yaml, question drawn (variants)",
        "docs/guide.md:3 (sh)",
        JUDGE,
        MODELS,
    ]


def test_a_pack_without_code_has_nothing_to_run(tmp_path: Path) -> None:
    assert what_would_run(make_pack(tmp_path)) == []


def test_the_bundled_pack_may_run_and_others_only_when_trusted(tmp_path: Path) -> None:
    root, data = make_pack(tmp_path / "pack", CODE), tmp_path / "data"
    assert may_run(CONTENT, data)
    assert not may_run(root, data)
    trust(root, data)
    assert may_run(root, data)


def test_a_pack_is_trusted_only_after_it_was(tmp_path: Path) -> None:
    root, data = make_pack(tmp_path / "pack", CODE), tmp_path / "data"
    assert not is_trusted(root, data)
    trust(root, data)
    assert is_trusted(root, data)
    assert [path.name for path in data.iterdir()] == ["trusted.json"]


def test_trust_holds_for_one_pack_only(tmp_path: Path) -> None:
    one, two, data = (
        make_pack(tmp_path / "1", CODE),
        make_pack(tmp_path / "2", CODE),
        tmp_path / "d",
    )
    trust(one, data)
    assert not is_trusted(two, data)
    trust(two, data)
    assert is_trusted(one, data)
    assert is_trusted(two, data)


@pytest.mark.parametrize(
    ("name", "old", "new"),
    [
        (f"{ALPHA}/lesson.md", "print(1)", "print(2)"),
        (f"{ALPHA}/lesson.md", "```sh\n", "```sh run\n"),
        (f"{ALPHA}/cheatsheet.md", "SELECT 1", "SELECT 2"),
        (f"{ALPHA}/quiz.yaml", "assert True", "assert 1"),
        (f"{ALPHA}/quiz.yaml", "randint(10, 99)", "randint(10, 98)"),
        (JUDGE, "judge", "other"),
        ("docs/guide.md", "ls", "ls -l"),
        (MODELS, "pass", "..."),
    ],
)
def test_changed_code_is_no_longer_trusted(name: str, old: str, new: str, tmp_path: Path) -> None:
    root, data = make_pack(tmp_path / "pack", CODE), tmp_path / "data"
    trust(root, data)
    text = (root / name).read_text()
    assert old in text
    (root / name).write_text(text.replace(old, new))
    assert not is_trusted(root, data)
    (root / name).write_text(text)
    assert is_trusted(root, data)


def test_new_code_is_not_trusted(tmp_path: Path) -> None:
    root, data = make_pack(tmp_path / "pack", CODE), tmp_path / "data"
    trust(root, data)
    (root / "challenges/slow/new.py").write_text("import os\n")
    assert not is_trusted(root, data)


def test_bytes_that_are_no_text_count_as_they_are(tmp_path: Path) -> None:
    root = make_pack(tmp_path, CODE)
    digests = set()
    for byte in (b"\xe9", b"\xea", "é".encode()):
        (root / JUDGE).write_bytes(b"# coding: latin-1\nx = '" + byte + b"'\n")
        digests.add(code_digest(root))
    assert len(digests) == 3


def test_mended_prose_keeps_the_trust(tmp_path: Path) -> None:
    root, data = make_pack(tmp_path / "pack", CODE), tmp_path / "data"
    trust(root, data)
    path = root / ALPHA / "lesson.md"
    path.write_text(path.read_text().replace("older", "younger"))
    assert is_trusted(root, data)


def test_code_that_a_link_brings_from_outside_is_not_read(tmp_path: Path) -> None:
    root = make_pack(tmp_path / "pack", CODE)
    (tmp_path / "outside.py").write_text("secret = 1\n")
    (root / "challenges/slow/linked.py").symlink_to(tmp_path / "outside.py")
    assert what_would_run(root)[-2:] == [JUDGE, MODELS]


@pytest.mark.parametrize("content", ["", "[]", "{", "5", '{"x": '])
def test_a_damaged_list_trusts_nothing_and_can_be_written_again(
    content: str, tmp_path: Path
) -> None:
    root, data = make_pack(tmp_path / "pack", CODE), tmp_path / "data"
    data.mkdir()
    (data / "trusted.json").write_text(content)
    assert not is_trusted(root, data)
    trust(root, data)
    assert is_trusted(root, data)
