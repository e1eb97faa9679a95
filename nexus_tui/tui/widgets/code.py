"""Code as parts of lines, in the colours that fences have."""

from __future__ import annotations

from nexus_tui.tui.widgets.lines import Part


def coloured(code: str, language: str) -> list[list[Part]]:
    """The lines of `code`, each as parts; plain where the language is not known."""
    from pygments.lexers import get_lexer_by_name
    from pygments.token import Comment, Keyword, Operator, String
    from pygments.util import ClassNotFound

    try:
        lexer = get_lexer_by_name(language, stripnl=False, ensurenl=False)
    except ClassNotFound:
        return [[Part(text, "title")] for text in code.split("\n")]
    lines: list[list[Part]] = [[]]
    for kind, text in lexer.get_tokens(code):
        token = "title"
        for family, name in (
            (Comment, "muted"),
            (Keyword, "accent"),
            (Operator.Word, "accent"),
            (String, "string"),
        ):
            if kind in family:
                token = name
        for number, piece in enumerate(text.split("\n")):
            if number:
                lines.append([])
            if piece:
                lines[-1].append(Part(piece, token))
    return lines
