"""What a judge reads in a Dockerfile: stages, layers, and what a changed file runs again."""

from __future__ import annotations

import pytest

from nexus_tui.configs.dockerfiles import Context, DockerfileProblem, exec_form, read

FILES = ("requirements.txt", "shop/views.py", ".git/HEAD", ".env")
SHOP = """\
ARG PYTHON=3.13-slim
FROM python:${PYTHON} AS build
WORKDIR /app
COPY requirements.txt .
RUN pip install --prefix /install -r requirements.txt
FROM python:${PYTHON}
WORKDIR /app
COPY --from=build /install /usr/local
COPY . .
RUN python -m compileall .
USER app
CMD ["gunicorn", "shop"]
"""


def runs(text: str, changed: str, ignore: str = "") -> list[str]:
    found = read(text).follow(changed, Context(FILES, ignore))
    return [each.value.split()[0] for each in found.again]


def test_stages_have_their_image_with_its_arguments_filled_in() -> None:
    found = read(SHOP)
    assert [(stage.image, stage.name) for stage in found.stages] == [
        ("python:3.13-slim", "build"),
        ("python:3.13-slim", ""),
    ]
    assert found.last.instructions[-2].value == "app"


def test_a_changed_line_of_code_runs_only_what_stands_below_its_copy() -> None:
    assert runs(SHOP, "shop/views.py") == ["python"]
    assert runs(SHOP, "requirements.txt") == ["pip", "python"]


def test_everything_copied_first_runs_everything_again() -> None:
    early = SHOP.replace("COPY requirements.txt .", "COPY . .")
    assert runs(early, "shop/views.py") == ["pip", "python"]


@pytest.mark.parametrize(
    ("ignore", "again"),
    [("", ["python"]), (".git", []), ("*\n!requirements.txt", []), ("# .git\n.git/\n", [])],
)
def test_what_dockerignore_leaves_out_changes_nothing(ignore: str, again: list[str]) -> None:
    assert runs(SHOP, ".git/HEAD", ignore) == again


def test_a_stage_that_starts_from_another_has_its_layers() -> None:
    found = read("FROM debian:12 AS base\nENV A=1\nFROM base\nENV B=$A\n")
    assert found.environment(found.last) == {"A": "1", "B": "1"}
    assert [image for _, image in found.images()] == ["debian:12"]


def test_a_heredoc_is_one_command_and_lines_keep_their_numbers() -> None:
    found = read("FROM debian:12\nRUN <<EOF\napt-get update\napt-get install -y x\nEOF\nUSER app\n")
    run, user = found.last.instructions
    assert run.commands()[1] == ["apt-get", "install", "-y", "x"]
    assert (user.name, user.line) == ("USER", 6)


@pytest.mark.parametrize(
    ("value", "words"),
    [('["a", "b c"]', ["a", "b c"]), ("a b", None), ("[1]", None), ("[" * 9999, None)],
)
def test_the_exec_form_is_a_list_of_texts(value: str, words: list[str] | None) -> None:
    assert exec_form(value) == words


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "no FROM"),
        ("RUN x\n", "before the first FROM"),
        ("FROM a b\n", "an image, and `AS` a name"),
        ("FROM a\nRUNN x\n", "line 2: RUNN is no instruction"),
        ("FROM a\n" + "RUN x\n" * 500, "more than 400 lines"),
    ],
)
def test_what_cannot_be_followed_says_where(text: str, said: str) -> None:
    with pytest.raises(DockerfileProblem, match=said):
        read(text)
