"""Rules on stems: what is asked, how long it is, and whether its code was run."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from nexus_tui.catalog.rules import parts, words

if TYPE_CHECKING:
    from collections.abc import Iterator

    from nexus_tui.catalog.models import Question
    from nexus_tui.catalog.rules.found import Found, Item

CLANG = 1
FEWEST_WORDS, MOST_WORDS = 8, 60
CODE_LINES, COLUMNS, OPTION_WORDS = 12, 72, 25
RUNS = frozenset({"python", "sql", "sh", "bash"})
"""Languages of code that could be run."""

_SUBORDINATE = re.compile(
    r",|[;:]|\b(when|if|while|because|since|although|though|that|who|whose|where|until|unless|so"
    r"|as|after|before|and|but|or)\b"
)
_CHOOSES = re.compile(r"\b(which|what|who|whose)\b", re.IGNORECASE)
_NEGATES = re.compile(r"\b(not|never|least likely)\b|\w+n['’]t\b", re.IGNORECASE)
_WHOLE = re.compile(r"\b(all|each|every|any)\b", re.IGNORECASE)
_EXCEPT = re.compile(r"\bexcept\b", re.IGNORECASE)
_MARKED = re.compile(r"\*\*(?:NOT|EXCEPT|NEVER|LEAST)\*\*")
_TRUTH = frozenset({"true", "false", "yes", "no", "correct", "incorrect", "right", "wrong"})
_ASKS_TRUTH = re.compile(r"\btrue or false\b|\bright or wrong\b|\byes or no\b", re.IGNORECASE)
_PRODUCT = re.compile(
    r"\b(Django|DRF|Celery|Kubernetes|PostgreSQL|MySQL|MariaDB|SQLite|RabbitMQ|Redis|Docker"
    r"|Python 3)\b"
)


def asks_positively(item: Item) -> Iterator[Found]:
    """L08, error: no choice by negation ("Which is NOT …", "all EXCEPT").

    Asking why something does not happen is a diagnosis and allowed. A negation that has to
    stay stands in bold capitals. NBME.
    """
    if (word := negation(item.question)) and not _MARKED.search(item.question.stem):
        mend = "ask for what holds, or write the word in bold capitals: **NOT**"
        yield item.found("stem", what=f"the stem asks by negation: `{word}`", mend=mend)


def negation(question: Question) -> str | None:
    """The word by which a stem asks for what does not hold; None where it does not."""
    for whole in words.sentences(question.stem):
        sentence = words.read(whole).prose
        excepted = _EXCEPT.search(sentence)
        if excepted and _WHOLE.search(sentence[: excepted.start()]):
            return excepted[0]
        asked = _CHOOSES.search(sentence)
        if not sentence.endswith("?") or not asked:
            continue
        clause = sentence[asked.end() :]
        cut = _SUBORDINATE.search(clause)
        found = _NEGATES.search(clause[: cut.start()] if cut else clause)
        if found:
            return found[0]
    return None


def no_clang(item: Item) -> Iterator[Found]:
    """L11, warning: the key echoes at most one word of the stem more than any distractor.

    Stems of the words of prose that say something of the subject. Test-wise cues.
    """
    if item.question.kind != "choice":
        return
    asked = words.content(item.question.stem)
    key = asked & words.content(item.keys[0])
    other = max(len(asked & words.content(text)) for text in item.distractors)
    if len(key) - other > CLANG:
        what = f"the key echoes {len(key)} words of the stem ({', '.join(sorted(key))}), "
        what += f"a distractor at most {other}"
        yield item.found("options", what=what, mend="use other words, or echo them in a distractor")


def focused(item: Item) -> Iterator[Found]:
    """L17, error: the stem ends as a sentence, with 8 words or more, or code.

    Whether it can be answered with the options hidden is left to readers. Haladyna 2002.
    """
    stem = words.read(item.question.stem)
    code = stem.spans or stem.fences or parts.code_of(item.question)
    ends = r"[.?!:]" if stem.fences or parts.code_of(item.question) else r"[.?!]"
    if not re.search(rf"{ends}[)\"'”’]*$", stem.prose):
        what = f"the stem ends with `{stem.shown[-20:].strip()}`"
        yield item.found("stem", what=what, mend="end it as a question or a whole sentence")
    count = len(words.spoken(item.question.stem))
    if count < FEWEST_WORDS and not code:
        what = f"the stem has {count} words and no code, at least {FEWEST_WORDS}"
        yield item.found("stem", what=what, mend="say what is given and what is asked")


def fits_a_screen(item: Item) -> Iterator[Found]:
    """L24, warning: it fits 80x24 and 45 seconds.

    A stem of 60 words, 12 lines of code of 72 columns, options of 25 words.
    """
    stem = words.read(item.question.stem)
    count = len(stem.prose.split())
    if count > MOST_WORDS:
        what = f"the stem has {count} words, at most {MOST_WORDS}"
        yield item.found("stem", what=what, mend="take out what the question does not need")
    code = [*(code for _, code in stem.fences), parts.code_of(item.question)]
    lines = [line for block in code if block for line in block.rstrip().split("\n")]
    where = "stem" if stem.fences else item.question.kind
    if len(lines) > CODE_LINES:
        what = f"{len(lines)} lines of code, at most {CODE_LINES}"
        yield item.found(where, what=what, mend="leave only what decides")
    if (widest := max(map(len, lines), default=0)) > COLUMNS:
        what = f"code of {widest} columns, at most {COLUMNS}"
        yield item.found(where, what=what, mend="break the line")
    for keys, text in parts.offered(item.question):
        count = len(words.read(text).shown.split())
        if count > OPTION_WORDS:
            what = f"an option of {count} words, at most {OPTION_WORDS}"
            yield item.found(*keys, what=what, mend="move what all need to the stem")


def no_true_or_false(item: Item) -> Iterator[Found]:
    """L27, error: no true/false items: ask which, why or what happens instead."""
    question = item.question
    mend = "ask which, why or what happens instead"
    if found := _ASKS_TRUTH.search(words.read(question.stem).prose):
        yield item.found("stem", what=f"the stem asks `{found[0]}`", mend=mend)
        return
    said = [words.read(option.text).prose.rstrip(".").lower() for option in item.options]
    if question.kind == "short":
        said = [text.lower() for text in question.short.accept] * 2
    if sum(text in _TRUTH for text in said) >= 2:
        yield item.found("options", what="a choice of true and false", mend=mend)


def dated(item: Item) -> Iterator[Found]:
    """L29, warning: what names a product says as of which version: `as_of`."""
    question = item.question
    if question.as_of is not None:
        return
    asked = [question.stem, *(text for _, text in parts.offered(question))]
    for text in asked:
        if found := _PRODUCT.search(words.read(text).prose):
            what = f"speaks of {found[0]} without `as_of`"
            yield item.found(what=what, mend=f'add `as_of: "{found[0]} …"`')
            return


def code_is_run(item: Item) -> Iterator[Found]:
    """L31, warning: a question with code has `verify`, which `content verify` runs."""
    question = item.question
    languages = {language for language, _ in words.read(question.stem).fences} & RUNS
    if question.kind == "output" or (question.kind == "line" and question.line.language != "text"):
        languages.add(question.kind)
    if question.verify is None and languages:
        mend = "compute the key in `verify`, or say in `lint_ok` why it cannot run"
        yield item.found(what="code without `verify`", mend=mend)
