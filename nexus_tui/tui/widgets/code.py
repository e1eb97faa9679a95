"""Code as parts of lines, in the colours of the house."""

from __future__ import annotations

from nexus_tui.tui.widgets.lines import Part

_PLAIN = {"", "text", "output"}
"""What a fence says that holds no code."""


def coloured(code: str, language: str) -> list[list[Part]]:
    """The lines of `code`, each as parts; plain where the language is not known.

    Keywords are accent, strings their own token, comments muted, names of definitions bold.
    """
    if language in _PLAIN:
        return [[Part(text, "title")] for text in code.split("\n")]
    from pygments.lexers import get_lexer_by_name
    from pygments.token import Comment, Keyword, Name, Operator, String
    from pygments.util import ClassNotFound

    try:
        lexer = get_lexer_by_name(language, stripnl=False, ensurenl=False)
    except ClassNotFound:
        return [[Part(text, "title")] for text in code.split("\n")]
    tokens = (
        (Comment, "muted-italic"),
        (Keyword, "accent"),
        (Operator.Word, "accent"),
        (String, "string"),
        (Name.Class, "bold"),
        (Name.Function, "bold"),
    )
    lines: list[list[Part]] = [[]]
    for kind, text in lexer.get_tokens(code):
        token = next((name for family, name in tokens if kind in family), "title")
        for number, piece in enumerate(text.split("\n")):
            if number:
                lines.append([])
            if piece:
                lines[-1].append(Part(piece, token))
    return lines
