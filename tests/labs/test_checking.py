"""Verifying a pack: what holds, what does not, what is kept, what may not run."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from nexus_tui.catalog.trust import trust
from nexus_tui.labs.verify import kept, kinds
from nexus_tui.labs.verify.checking import VerifyError, verify
from nexus_tui.labs.verify.plan import NotRun
from nexus_tui.labs.verify.writing import write
from nexus_tui.sandbox.limits import Limits
from tests.builders import choice, make_pack
from tests.labs.packs import (
    QUIZ,
    SHEET,
    checked,
    fence,
    only,
    statuses,
    trusted_pack,
    verified,
)
from tests.running import CONTENT

if TYPE_CHECKING:
    from nexus_tui.labs.verify.checking import Report


# ---------------------------------------------------------------- what holds


def test_what_prints_what_its_output_fence_says_passes(tmp_path: Path) -> None:
    report = verified(
        tmp_path,
        fence(
            "python run", "print('a  ')\nprint()\nprint('\\tb\\x1b[0m')\nprint()", "a\n\n    b[0m"
        ),
        fence("python run", "x = 1"),
        questions=(checked("assert 1 + 1 == 2"), choice(id="b"), choice(id="c")),
    )
    assert statuses(report) == ["passed"] * 3
    assert not report.failed
    assert [result.question for result in report.results] == [None, None, "checked"]


def test_a_pack_named_from_the_current_folder_finds_the_project_that_its_snippets_need(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    root = trusted_pack(tmp_path, fence("python run=django", "import bookshop\nprint(1)", "1"))
    project = "examples/django-projects/bookshop"
    shutil.copytree(CONTENT / project, root / project)
    trust(root, tmp_path / "data")
    monkeypatch.chdir(root.parent)
    report = verify(Path(root.name), tmp_path / "data", topics=["alpha"])
    assert statuses(report) == ["passed"], only(report).why


def test_what_prints_something_else_is_named_with_file_line_and_difference(tmp_path: Path) -> None:
    report = verified(tmp_path, "Words.\n", fence("python run", "print('a\\nb\\nd')", "a\nc\nd"))
    result = only(report)
    assert (result.path, result.line, result.status) == (SHEET, 3, "failed")
    assert result.why == "printed something else than the output fence below it says"
    assert result.detail == "- c\n+ b"
    assert report.failed


@pytest.mark.parametrize(
    ("code", "output", "detail"),
    [
        ("print('a')", None, "+ a"),
        ("print('a')", "", "+ a"),
        ("", "a", "- a"),
        ("print(*range(20), sep='\\n')", "", "+ 0\n"),
    ],
)
def test_what_prints_without_being_told_or_does_not_print_what_is_told_fails(
    code: str, output: str | None, detail: str, tmp_path: Path
) -> None:
    result = only(verified(tmp_path, fence("python run", code, output)))
    assert result.status == "failed"
    assert result.detail.startswith(detail)
    assert len(result.detail.split("\n")) <= 13


def test_an_output_fence_below_other_words_belongs_to_no_snippet(tmp_path: Path) -> None:
    text = fence("python run", "print('a')") + "Elsewhere:\n" + "```output\na\n```\n"
    assert only(verified(tmp_path, text)).why == "prints, and no output fence below it says what"


@pytest.mark.parametrize(
    ("code", "why", "detail"),
    [
        ("print('so far')\n1 / 0", "failed", "so far\nTraceback"),
        ("def f(:", "failed", '  File "snippet", line 1'),
        ("import sys; sys.exit()", "ended before its last line", ""),
        ("import os; os._exit(0)", "ended before its last line", ""),
        ("import os; os.kill(os.getpid(), 11)", "was ended by the signal SIGSEGV", ""),
        ("import os; os.kill(os.getppid(), 9)", "ended the process that watches over it", ""),
        ("while True: pass", "did not end within 1 seconds and was stopped", ""),
        ("while True: print('flood')", "prints more than 1 KB", "flood\n"),
        ("print('x' * 2000)", "prints more than 1 KB", "xx"),
        (
            "import threading; threading.Thread(target=threading.Event().wait).start()",
            "did not end within 1 seconds and was stopped",
            "",
        ),
        ("import atexit, os; atexit.register(os._exit, 4)", "failed", ""),
    ],
)
def test_what_does_not_end_well_fails_and_says_how(
    code: str, why: str, detail: str, tmp_path: Path
) -> None:
    limits = Limits(seconds=1, printed=10_000, kept=1024)
    report = verified(tmp_path, fence("python run", code), fence("python run", ""), limits=limits)
    assert statuses(report) == ["failed", "passed"]
    assert report.results[0].why == why
    assert report.results[0].detail.startswith(detail)


def test_a_check_that_fails_names_its_question_and_its_line(tmp_path: Path) -> None:
    questions = (choice(), checked("x = 1\nassert x == 2, 'no'"), choice(id="c"))
    report = verified(tmp_path, questions=questions)
    result = only(report)
    assert (result.path, result.question, result.status) == (QUIZ, "checked", "failed")
    line = (tmp_path / "pack" / QUIZ).read_text().split("\n")[result.line - 1]
    assert line.strip().startswith('"verify"')
    assert result.detail.endswith("AssertionError: no")


def test_what_a_check_prints_does_not_matter(tmp_path: Path) -> None:
    assert statuses(verified(tmp_path, questions=(checked("print('x')"),))) == ["passed"]


@pytest.mark.parametrize("code", ["import sys; sys.exit(0)", "import os; os._exit(0)"])
def test_a_check_that_leaves_early_has_checked_nothing(code: str, tmp_path: Path) -> None:
    assert statuses(verified(tmp_path, questions=(checked(code),))) == ["failed"]


def test_fences_that_say_why_they_are_not_run_are_listed(tmp_path: Path) -> None:
    report = verified(tmp_path, fence('sh norun="a server"', "ls"), fence("text", "x"))
    assert report.not_run == (NotRun(SHEET, 1, "a server"),)
    assert report.results == ()
    assert not report.failed


def test_documents_are_run_too_with_the_lines_of_their_files(tmp_path: Path) -> None:
    files = {"docs/guide.md": "# Guide\n\n" + fence("python run", "1 / 0")}
    root = make_pack(tmp_path / "pack", files)
    trust(root, tmp_path / "data")
    result = only(verify(root, tmp_path / "data"))
    assert (result.path, result.line, result.status) == ("docs/guide.md", 3, "failed")


# ---------------------------------------------------------------- what cannot be run


@pytest.mark.parametrize(
    ("opening", "why"),
    [
        ("python run after=nowhere", "after=nowhere names no fence above that is run"),
        ("python run=perl", "run=perl is no runner of python"),
        ("sql run=sqlite after=first", "after=first continues `python run`, which runs"),
        ("python run=django after=first", "after=first continues `python run`, which runs"),
        ("python run id=first", "id=first is the name of an earlier fence too"),
        ("yaml run", "nothing runs yaml"),
    ],
)
def test_a_fence_that_cannot_be_run_is_a_problem(opening: str, why: str, tmp_path: Path) -> None:
    report = verified(tmp_path, fence("python run id=first", ""), fence(opening, ""))
    assert report.failed
    (problem,) = report.problems
    assert (problem.path, problem.line) == (SHEET, 5)
    assert problem.message.startswith(f"fence: {why}")
    assert statuses(report) == ["passed"]


def test_a_check_with_an_unknown_runner_is_a_problem(tmp_path: Path) -> None:
    report = verified(tmp_path, questions=(checked("# run=mysql\n"),))
    assert report.failed
    assert "# run=django" in report.problems[0].message


def test_what_of_a_pack_cannot_be_read_is_a_problem(tmp_path: Path) -> None:
    root = trusted_pack(tmp_path)
    (root / "checklists").mkdir()
    (root / "checklists/broken.yaml").write_text("id: [")
    report = verify(root, tmp_path / "data")
    assert report.failed
    assert [problem.path for problem in report.problems] == ["checklists/broken.yaml"]
    assert verify(root, tmp_path / "data", topics=["alpha"]).problems == ()


def test_a_topic_that_cannot_be_read_is_named_with_the_reason(tmp_path: Path) -> None:
    root = trusted_pack(tmp_path)
    (root / QUIZ).write_text("questions: [")
    with pytest.raises(VerifyError, match=rf"^The topic alpha cannot be read: {QUIZ}:2:1: "):
        verify(root, tmp_path / "data", topics=["alpha"])


def test_the_code_of_a_pack_that_is_not_trusted_does_not_run(tmp_path: Path) -> None:
    ran = tmp_path / "ran"
    code = f"open({str(ran)!r}, 'w')"
    root = make_pack(tmp_path / "pack", {SHEET: fence("python run", code)})
    with pytest.raises(VerifyError, match=r"may not run.*nexus-tui pack trust"):
        verify(root, tmp_path / "data")
    assert not ran.exists()
    trust(root, tmp_path / "data")
    verify(root, tmp_path / "data")
    assert ran.exists()
    (root / SHEET).write_text(fence("python run", code + "  # changed"))
    with pytest.raises(VerifyError, match="may not run"):
        verify(root, tmp_path / "data")


def test_a_pack_without_code_needs_no_trust(tmp_path: Path) -> None:
    assert verify(make_pack(tmp_path / "pack"), tmp_path / "data").results == ()


def test_a_topic_that_is_not_there_is_named_with_the_nearest(tmp_path: Path) -> None:
    with pytest.raises(VerifyError, match=r"no topic 'alfa' in .* Did you mean alpha\?"):
        verify(trusted_pack(tmp_path), tmp_path / "data", topics=["alfa"])


def test_only_the_topics_that_are_asked_for_are_run(tmp_path: Path) -> None:
    root = trusted_pack(tmp_path, fence("python run", ""))
    assert statuses(verify(root, tmp_path / "data", topics=["alpha"])) == ["passed"]
    assert statuses(verify(root, tmp_path / "data", topics=["beta"])) == []


@pytest.mark.parametrize(
    ("opening", "code", "variable"),
    [
        ("sql run=postgres", "SELECT 1;", "POSTGRES"),
        ("python run", "url = 'NEXUS_POSTGRES_URL'", "POSTGRES"),
        ("python run", "import os; os.environ['NEXUS_REDIS_URL']", "REDIS"),
        ("python run=redis", "'NEXUS_REDIS_URL'", "REDIS"),
        ("sh run", 'echo "$NEXUS_RABBITMQ_URL"', "RABBITMQ"),
    ],
)
def test_what_needs_a_server_that_nothing_names_is_skipped_with_the_reason(
    opening: str, code: str, variable: str, tmp_path: Path
) -> None:
    report = verified(tmp_path, fence(opening, code))
    assert only(report).status == "skipped"
    assert report.skipped() == {f"NEXUS_{variable}_URL names no server": 1}
    assert not report.failed


def test_rabbitmq_is_passed_on_where_it_is_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("NEXUS_RABBITMQ_URL", "amqp://nowhere/")
    report = verified(tmp_path, fence("sh run", 'echo "$NEXUS_RABBITMQ_URL"', "amqp://nowhere/"))
    assert statuses(report) == ["passed"]


@pytest.mark.parametrize(
    ("variable", "url", "opening"),
    [
        ("NEXUS_POSTGRES_URL", "postgresql://nobody@127.0.0.1:9/none", "sql run=postgres"),
        ("NEXUS_REDIS_URL", "redis://127.0.0.1:9/0", "python run=redis"),
        ("NEXUS_REDIS_URL", "nonsense", "python run=redis"),
    ],
)
def test_a_server_that_is_named_and_not_there_is_said(
    variable: str, url: str, opening: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(variable, url)
    with pytest.raises(VerifyError, match=rf"^The server that {variable} names cannot be used: "):
        verified(tmp_path, fence(opening, "SELECT 1;"))


def test_what_needs_a_package_that_is_missing_is_skipped(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(kinds, "find_spec", lambda name: None)
    monkeypatch.setattr("nexus_tui.labs.verify.services.find_spec", lambda name: None)
    monkeypatch.setenv("NEXUS_POSTGRES_URL", "postgresql://nowhere/")
    report = verified(
        tmp_path,
        fence("python run=django", ""),
        fence("sql run=postgres", ""),
        fence("python run", "'NEXUS_POSTGRES_URL'"),
        fence("python run", ""),
    )
    assert report.skipped() == {
        "django is not installed: install the labs": 1,
        "psycopg is not installed: install the labs": 2,
    }
    assert statuses(report)[-1] == "passed"


# ---------------------------------------------------------------- what is kept


def count(tmp_path: Path) -> str:
    """Code that notes each time that it runs."""
    return f"open({str(tmp_path / 'runs')!r}, 'a').write('x')\nprint('a')"


def times(tmp_path: Path) -> int:
    return len((tmp_path / "runs").read_text())


def again(tmp_path: Path, output: str = "a", code: str = "") -> Report:
    snippet = fence("python run", count(tmp_path) + code, output)
    return verified(tmp_path, snippet, cache=tmp_path / "cache")


def test_what_did_not_change_is_not_run_again(tmp_path: Path) -> None:
    assert [again(tmp_path).results[0].cached for _ in range(3)] == [False, True, True]
    assert times(tmp_path) == 1


def test_a_check_of_a_question_is_not_run_again_either(tmp_path: Path) -> None:
    for _ in range(2):
        verified(tmp_path, questions=(checked(count(tmp_path)),), cache=tmp_path / "cache")
    assert times(tmp_path) == 1


def test_changed_code_is_run_again(tmp_path: Path) -> None:
    again(tmp_path)
    again(tmp_path, code="\nx = 1")
    assert times(tmp_path) == 2


def test_changed_code_that_a_fence_continues_is_run_again(tmp_path: Path) -> None:
    for first in ("x = 1", "x = 2"):
        verified(
            tmp_path,
            fence("python run id=one", first),
            fence("python run after=one", count(tmp_path), "a"),
            cache=tmp_path / "cache",
        )
    assert times(tmp_path) == 2


def test_another_version_runs_all_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    again(tmp_path)
    known = kept.versions()
    monkeypatch.setattr(kept, "versions", lambda: {**known, "packages": "django==9"})
    again(tmp_path)
    assert times(tmp_path) == 2


def test_a_changed_output_fence_is_compared_and_the_code_run_once_more(tmp_path: Path) -> None:
    again(tmp_path)
    assert statuses(again(tmp_path, "b")) == ["failed"]
    assert times(tmp_path) == 2
    assert again(tmp_path).results[0].cached
    assert times(tmp_path) == 2


def test_what_failed_is_run_again(tmp_path: Path) -> None:
    for _ in range(2):
        assert statuses(again(tmp_path, code="\n1 / 0")) == ["failed"]
    assert times(tmp_path) == 2


def test_without_a_cache_all_is_run(tmp_path: Path) -> None:
    snippet = fence("python run", count(tmp_path), "a")
    for _ in range(2):
        verified(tmp_path, snippet)
    assert times(tmp_path) == 2


def test_what_no_fence_has_any_more_is_not_kept(tmp_path: Path) -> None:
    again(tmp_path)
    verified(tmp_path, fence("python run", "x = 1"), cache=tmp_path / "cache")
    again(tmp_path)
    assert times(tmp_path) == 2


def test_verifying_one_topic_keeps_the_others(tmp_path: Path) -> None:
    again(tmp_path)
    verified(tmp_path, topics=["beta"], cache=tmp_path / "cache")
    assert again(tmp_path).results[0].cached


@pytest.mark.parametrize("text", ["", "{", "[1]", "[]", "5", '{"a": 5}'])
def test_a_damaged_cache_is_an_empty_one(text: str, tmp_path: Path) -> None:
    again(tmp_path)
    (file,) = (tmp_path / "cache").iterdir()
    file.write_text(text)
    assert not again(tmp_path).results[0].cached
    assert again(tmp_path).results[0].cached


def test_a_cache_that_cannot_be_written_does_no_harm(tmp_path: Path) -> None:
    (tmp_path / "cache").write_text("a file where a folder should be")
    assert statuses(again(tmp_path)) == ["passed"]


# ---------------------------------------------------------------- --write


def written(tmp_path: Path, *fences: str) -> str:
    report = verified(tmp_path, *fences)
    root = tmp_path / "pack"
    places = write(root, report.results)
    assert not report.mended(places).failed
    trust(root, tmp_path / "data")
    assert not verify(root, tmp_path / "data").failed
    return (root / SHEET).read_text()


@pytest.mark.parametrize("output", [None, "", "old", "old\nand more"])
def test_writing_puts_what_was_printed_below_the_fence(output: str | None, tmp_path: Path) -> None:
    code = "print('a')\nprint('b')"
    assert written(tmp_path, fence("python run", code, output), "After.\n") == (
        fence("python run", code, "a\nb") + "\nAfter.\n"
    )


def test_writing_takes_the_fence_of_what_prints_nothing_away(tmp_path: Path) -> None:
    assert written(tmp_path, fence("python run", "x = 1", "old")) == fence("python run", "x = 1")


def test_writing_keeps_printed_fences_inside(tmp_path: Path) -> None:
    code = "print('`' * 3)"
    assert written(tmp_path, fence("python run", code)) == (
        f"```python run\n{code}\n```\n````output\n```\n````\n"
    )


def test_writing_changes_each_fence_of_a_chain_and_nothing_else(tmp_path: Path) -> None:
    text = written(
        tmp_path,
        fence("python run id=a", "x = 1\nprint(x)", "0"),
        fence("python run after=a", "print(x + 1)"),
        fence("python run", "print('right')", "right"),
    )
    assert text == "\n".join(
        [
            fence("python run id=a", "x = 1\nprint(x)", "1"),
            fence("python run after=a", "print(x + 1)", "2"),
            fence("python run", "print('right')", "right"),
        ]
    )


def test_writing_leaves_what_failed_as_it_is(tmp_path: Path) -> None:
    report = verified(tmp_path, fence("python run", "print(1)\n1 / 0", "2"))
    assert write(tmp_path / "pack", report.results) == set()


def test_writing_leaves_what_two_servers_print_differently(tmp_path: Path, redis: str) -> None:
    report = verified(tmp_path, fence("python run=redis", "print(type(r).__module__)", "x"))
    assert len({result.printed for result in report.results}) == 2
    assert write(tmp_path / "pack", report.results) == set()


@pytest.mark.parametrize(
    ("drawn", "why"),
    [("random.randint(1, 99)", None), ("7", "one and the same question"), ("1 / 0", "lint/0")],
)
def test_variants_are_drawn_and_what_does_not_hold_is_a_problem(
    drawn: str, why: str | None, tmp_path: Path
) -> None:
    code = f"def draw(random):\n    return {{'n': {drawn}}}\n"
    question = choice(id="varied", stem="Which one is it, of {{n}}?", base={"n": 3}, variants=code)
    problems = verified(tmp_path, questions=(question,)).problems
    if why is None:
        assert problems == ()
    else:
        assert why in problems[0].message and len(problems) == 1
