"""Variants: drawn from a seed, filled into placeholders, never worse than the base question."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from nexus_tui.catalog.draws import draw_all, failing
from nexus_tui.catalog.reader import read_pack
from nexus_tui.catalog.templates import fill, names
from nexus_tui.catalog.trust import trust
from nexus_tui.catalog.variants import VariantError, draw, variant
from nexus_tui.study.desk import open_content
from tests.builders import (
    DRAW,
    choice,
    estimate,
    family,
    faulty,
    in_a_bank,
    make_pack,
    match,
    option,
    order,
    output,
    quiz_file,
)
from tests.running import settings_for

if TYPE_CHECKING:
    from pathlib import Path

ALPHA = "topics/basics/alpha"


def coded(body: str) -> str:
    return f"def draw(random):\n    {body}\n"


# ---------------------------------------------------------------- placeholders


def test_only_named_placeholders_without_blanks_are_filled() -> None:
    written = {"stem": "{{n}} {{ n }} {n} {{m}} f'{{{x}}}'", "why": "{{n}}{{n}}"}
    assert fill(written, {"n": 5}) == {"stem": "5 {{ n }} {n} {{m}} f'{{{x}}}'", "why": "55"}


def test_a_lone_placeholder_is_a_value_where_a_value_stands_and_text_where_text_does() -> None:
    written = {"number": {"value": "{{n}}"}, "text": "{{n}}", "faulty": ["{{n}}"], "id": "{{n}}"}
    filled = fill(written, {"n": 5})
    assert filled == {"number": {"value": 5}, "text": "5", "faulty": (5,), "id": "{{n}}"}


def test_the_names_of_a_template_are_those_that_can_be_filled() -> None:
    assert names('{"stem": "{{a}} {{ b }}", "options": [{"id": "{{c}}", "text": "{{d}}"}]}') == {
        "a",
        "d",
    }


# ---------------------------------------------------------------- reading


def found_problems(root: Path, *questions: dict[str, Any]) -> list[str]:
    files: dict[str, str | None] = {f"{ALPHA}/quiz.yaml": quiz_file(*questions)}
    _, found = read_pack(make_pack(root, files))
    return [problem.message for problem in found]


def test_a_question_with_variants_is_read_with_its_base(tmp_path: Path) -> None:
    assert found_problems(tmp_path, family()) == []
    base = in_a_bank(family())
    assert base.stem == "How many queries for 3 books?"
    assert base.kind == "short"
    assert base.short.number is not None
    assert base.short.number.value == 4
    assert base.short.wrong[0].text == "3"


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({"base": {}, "short": {"accept": ["a"]}}, "`variants` and `base` go together"),
        ({"variants": None}, "`variants` and `base` go together"),
        ({"base": {"books": 3}}, "expected a number, found '{{queries}}'"),
        ({"stem": "{{book}}"}, "`base` has no value for the placeholder {{book}}"),
        ({"base": {"books": 3, "queries": 4, "n": 1}}, "`base` names n, but no placeholder does"),
        ({"base": {"Books": 3, "queries": 4}}, "has not the form"),
        ({"template": "{}"}, "unknown key `template`"),
    ],
)
def test_a_base_that_does_not_fit_is_named(
    changes: dict[str, Any], expected: str, tmp_path: Path
) -> None:
    parts = {key: value for key, value in (family() | changes).items() if value is not None}
    assert any(expected in message for message in found_problems(tmp_path, parts))


def test_placeholders_fill_every_kind() -> None:
    code = coded("return {'n': random.randint(5, 9)}")
    more: dict[str, Any] = {"base": {"n": 4}, "variants": code}
    kinds = [
        choice(options=[option("a", correct=True, text="{{n}}"), option("b"), option("c")]),
        order(lines=3) | {"why": "{{n}}"},
        match(stem="Of {{n}}?"),
        output(code="print({{n}})", prints="{{n}}"),
        faulty(code="x = {{n}}\ny = 1\nz = 2\n", faulty=[2], wrong=[]),
        estimate(value="{{n}}", wrong=[]),
    ]
    for parts in kinds:
        base = in_a_bank(parts | more)
        drawn = draw(base, "a")
        assert drawn != base, parts["kind"]
        assert "{{" not in drawn.model_dump_json(exclude={"template"}), parts["kind"]


# ---------------------------------------------------------------- drawing


def test_one_seed_draws_one_variant_and_others_draw_others() -> None:
    base = in_a_bank(family())
    assert draw(base, "a") == draw(base, "a")
    assert len({draw(base, str(n)).stem for n in range(20)}) > 10


@pytest.mark.parametrize(
    ("code", "expected"),
    [
        ("def draw(random:\n", "cannot be read: SyntaxError"),
        ("import os\n" + DRAW, "cannot be read: ImportError"),
        ("x = 1\n", "defines no function `draw`"),
        (coded("return 1 / 0"), "fails: ZeroDivisionError"),
        (coded("return open('/etc/passwd')"), "fails: NameError"),
        (coded("return {'books': 1}"), "draws ['books'], but `base` has ['books', 'queries']"),
        (coded("return 5"), "draws int, but"),
        (coded("return {'books': 1, 'queries': [2]}"), "draws a list for `queries`"),
        (coded("return {'books': 1, 'queries': 'many'}"), "gives no valid question"),
        (coded("return {'books': 1, 'queries': 1}"), "key is not unique: '1' is within"),
        (coded("return {'books': 'x' * 3000, 'queries': 1}"), "over 2000 characters"),
    ],
)
def test_a_draw_that_fails_says_why_and_the_base_is_shown(code: str, expected: str) -> None:
    base = in_a_bank(family(code))
    with pytest.raises(VariantError) as caught:
        draw(base, "a")
    assert expected in str(caught.value)
    assert variant(base, "a") == base


def test_what_is_drawn_is_cleaned() -> None:
    base = in_a_bank(family(coded("return {'books': '1\\x1b[2J', 'queries': 5}")))
    assert draw(base, "a").stem == "How many queries for 1[2J books?"


def test_math_and_plain_builtins_are_at_hand() -> None:
    code = coded("n = math.isqrt(max(range(50))); return {'books': n, 'queries': n + 1}")
    assert draw(in_a_bank(family(code)), "a").stem == "How many queries for 7 books?"


# ---------------------------------------------------------------- checking


def test_draws_that_hold_are_no_problem() -> None:
    assert failing(in_a_bank(family())) is None


def test_a_failing_draw_is_named_with_its_seed() -> None:
    code = coded("n = random.randint(1, 4); return {'books': 12 // (n - 1), 'queries': 99}")
    found = failing(in_a_bank(family(code)))
    assert found is not None
    seed = found.split("`")[1]
    with pytest.raises(VariantError, match="ZeroDivisionError"):
        draw(in_a_bank(family(code)), seed)


def test_draws_that_never_differ_are_no_variants() -> None:
    found = failing(in_a_bank(family(coded("return {'books': 1, 'queries': 2}"))))
    assert found == "20 draws give one and the same question"


def _lint(root: Path, *codes: str, run_code: bool = True, seconds: float = 30) -> list[str]:
    questions = [family(code, id=f"q{n}") for n, code in enumerate(codes)]
    content, found = read_pack(make_pack(root, {f"{ALPHA}/quiz.yaml": quiz_file(*questions)}))
    assert content is not None
    assert found == []
    found = draw_all(content, run_code=run_code, seconds=seconds).problems
    return [problem.message for problem in found]


def test_a_draw_that_never_ends_is_stopped_and_the_next_is_still_checked(tmp_path: Path) -> None:
    endless = coded("while True: pass")
    found = _lint(tmp_path, endless, DRAW, coded("return 1"), seconds=4)
    draws = "draws int, but `base` has ['books', 'queries']"
    assert found == [
        "variants of `q0`: no end after 4 seconds",
        f"variants of `q2`: the seed `lint/0` {draws}",
    ]


def test_variants_of_a_pack_that_is_not_trusted_are_not_drawn_and_not_passed(
    tmp_path: Path,
) -> None:
    [found] = _lint(tmp_path, DRAW, run_code=False)
    assert "not drawn: trust the pack first" in found


# ---------------------------------------------------------------- trust


def test_variants_are_drawn_only_for_a_trusted_pack(tmp_path: Path) -> None:
    root = make_pack(tmp_path / "pack", {f"{ALPHA}/quiz.yaml": quiz_file(family())})
    settings = settings_for(tmp_path, root)
    with open_content(settings) as catalog:
        assert catalog.question("tiny/alpha/a-short", "a").stem == "How many queries for 3 books?"
    trust(root, settings.data.path)
    with open_content(settings) as catalog:
        base = catalog.question("tiny/alpha/a-short")
        assert base.stem == "How many queries for 3 books?"
        assert catalog.question("tiny/alpha/a-short", "a") == draw(base, "a") != base
    path = root / ALPHA / "quiz.yaml"
    path.write_text(path.read_text().replace("99", "98"))
    with open_content(settings) as catalog:
        assert catalog.question("tiny/alpha/a-short", "a").stem == "How many queries for 3 books?"
