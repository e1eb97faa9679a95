"""The colours of Nexus: ten tokens in three themes; no other file names a colour.

Ratios of contrast are computed in `tests/tui/test_themes.py` (WCAG 2.2 AA).
"""

from __future__ import annotations

from textual.theme import Theme

_DARK = {
    "page": "#15171c",
    "raised": "#1d2027",
    "strong": "#f3f4f6",
    "text": "#cdd0d6",
    "muted": "#9398a3",
    "accent": "#a3b5ff",
    "ok": "#8cc7a1",
    "bad": "#f2918a",
    "string": "#b9c5a0",
    "faint": "#676d7a",
    "rule": "#3a3f4a",
}
_LIGHT = {
    "page": "#fbfbf9",
    "raised": "#f1f1ed",
    "strong": "#15171c",
    "text": "#33363d",
    "muted": "#5b606b",
    "accent": "#3447b5",
    "ok": "#1f6b40",
    "bad": "#b02a25",
    "string": "#4d5f2c",
    "faint": "#878b94",
    "rule": "#cfcfc9",
}
_HIGH = {
    "page": "#000000",
    "raised": "#000000",
    "strong": "#ffffff",
    "text": "#f2f2f2",
    "muted": "#c8c8c8",
    "accent": "#b9c7ff",
    "ok": "#9be8b8",
    "bad": "#ffb0aa",
    "string": "#dfe8c8",
    "faint": "#9a9a9a",
    "rule": "#8a8a8a",
}
_TERMINAL = {
    "page": "ansi_default",
    "raised": "ansi_default",
    "strong": "ansi_default",
    "text": "ansi_default",
    "muted": "ansi_default",
    "accent": "ansi_cyan",
    "ok": "ansi_green",
    "bad": "ansi_red",
    "string": "ansi_default",
    "faint": "ansi_bright_black",
    "rule": "ansi_bright_black",
}
"""The terminal's own: what is read has its text colour, for no other is sure to be readable."""
TOKENS = tuple(_DARK)
DARK, LIGHT, HIGH = "nexus-dark", "nexus-light", "nexus-high"


def _theme(name: str, tokens: dict[str, str], *, dark: bool) -> Theme:
    return Theme(
        name=name,
        primary=tokens["accent"],
        secondary=tokens["muted"],
        accent=tokens["accent"],
        success=tokens["ok"],
        error=tokens["bad"],
        warning=tokens["strong"],
        foreground=tokens["text"],
        background=tokens["page"],
        surface=tokens["page"],
        panel=tokens["raised"],
        boost=tokens["raised"],
        dark=dark,
        text_alpha=1.0,
        variables=variables(tokens)
        | {
            "scrollbar": tokens["faint"],
            "scrollbar-hover": tokens["muted"],
            "scrollbar-active": tokens["accent"],
            "scrollbar-background": tokens["page"],
            "scrollbar-background-hover": tokens["page"],
            "scrollbar-background-active": tokens["page"],
            "scrollbar-corner-color": tokens["page"],
            "block-cursor-foreground": tokens["strong"],
            "block-cursor-background": tokens["raised"],
            "block-cursor-text-style": "bold",
            "input-cursor-background": tokens["strong"],
            "input-selection-background": tokens["rule"],
            "link-color": tokens["accent"],
            "link-background-hover": tokens["raised"],
            "link-color-hover": tokens["strong"],
            "text-muted": tokens["muted"],
            "text-disabled": tokens["muted"],
        },
    )


def variables(tokens: dict[str, str]) -> dict[str, str]:
    """The tokens as CSS variables `$nx-…`."""
    return {f"nx-{token}": colour for token, colour in tokens.items()}


def fallback(theme: Theme) -> dict[str, str]:
    """Tokens for a theme that is not ours: the terminal's colours, or ours by how dark it is."""
    if theme.ansi:
        return variables(_TERMINAL | {"accent": "ansi_cyan" if theme.dark else "ansi_blue"})
    return variables(_DARK if theme.dark else _LIGHT)


THEMES = (
    _theme(DARK, _DARK, dark=True),
    _theme(LIGHT, _LIGHT, dark=False),
    _theme(HIGH, _HIGH, dark=True),
)
