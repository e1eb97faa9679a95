"""The colours of Nexus: eleven tokens in three themes; no other file names a colour.

Any other theme is drawn in the same tokens, made of its colours. Ratios of contrast (WCAG 2.2 AA)
are computed in `tests/tui/test_themes.py` and `tests/looks/test_contrast.py`.
"""

from __future__ import annotations

from dataclasses import replace

from textual.color import Color
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
OURS = (DARK, LIGHT, HIGH)
_TEXTUALS = {"textual-dark": _DARK, "textual-light": _LIGHT}
"""Themes without a look of their own: they are what Textual shows where an app has none."""


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
            "link-color": tokens["accent"],
            "link-background-hover": tokens["raised"],
            "link-color-hover": tokens["strong"],
            "screen-selection-foreground": tokens["page"],
            "screen-selection-background": tokens["muted"],
            "text": tokens["text"],
            "text-muted": tokens["muted"],
            "text-disabled": tokens["muted"],
        },
    )


def variables(tokens: dict[str, str]) -> dict[str, str]:
    """The tokens as CSS variables `$nx-…`."""
    return {f"nx-{token}": colour for token, colour in tokens.items()}


THEMES = (
    _theme(DARK, _DARK, dark=True),
    _theme(LIGHT, _LIGHT, dark=False),
    _theme(HIGH, _HIGH, dark=True),
)


def in_house(theme: Theme) -> Theme:
    """`theme` as Nexus draws it: in its tokens, and nothing as Textual would by itself."""
    if theme.name in OURS:
        return theme
    if not theme.ansi:
        return _theme(theme.name, _TEXTUALS.get(theme.name) or _tokens(theme), dark=theme.dark)
    tokens = _TERMINAL | {"accent": "ansi_cyan" if theme.dark else "ansi_blue"}
    drawn = _theme(theme.name, tokens, dark=theme.dark)
    needed = {
        "ansi-background": tokens["page"],
        "ansi-foreground": tokens["text"],
        # What is marked with the mouse can be told by its ground only.
        "screen-selection-foreground": "ansi_black",
        "screen-selection-background": "ansi_cyan",
    }
    return replace(drawn, ansi=True, variables=drawn.variables | needed)


def _tokens(theme: Theme) -> dict[str, str]:
    """The colours of one of Textual's themes as tokens, each as readable as ours are."""
    colours = theme.to_color_system().generate()
    page, text, accent, ok, bad = (
        Color.parse(colours[name])
        for name in ("background", "foreground", "primary", "success", "error")
    )
    far = Color.parse("#ffffff" if theme.dark else "#000000")
    raised = page.blend(far, 0.05)
    text = _readable(text, raised, far, 7)
    tokens = {
        "page": page,
        "raised": raised,
        "strong": text.blend(far, 0.7),
        "text": text,
        "muted": _readable(text.blend(page, 0.4), raised, far, 4.6),
        "accent": _readable(accent, raised, far, 4.6),
        "ok": _readable(ok, raised, far, 4.6),
        "bad": _readable(bad, raised, far, 4.6),
        "string": _readable(ok.blend(text, 0.5), raised, far, 4.6),
        "faint": _readable(text.blend(page, 0.6), page, far, 3.1),
        "rule": page.blend(text, 0.25),
    }
    return {token: colour.hex.lower() for token, colour in tokens.items()}


def _readable(colour: Color, ground: Color, far: Color, ratio: float) -> Color:
    """`colour`, moved towards `far` until its contrast with `ground` is enough."""
    steps = (colour.blend(far, step / 20) for step in range(21))
    return next((near for near in steps if _contrast(near, ground) >= ratio), far)


def _contrast(one: Color, other: Color) -> float:
    """WCAG 2.2, contrast ratio."""
    low, high = sorted((_luminance(one), _luminance(other)))
    return (high + 0.05) / (low + 0.05)


def _luminance(colour: Color) -> float:
    red, green, blue = (
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4
        for part in colour.normalized
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
