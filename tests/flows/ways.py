"""The keys that lead from Today, after a week on the small pack, to each screen."""

from __future__ import annotations

WAYS: dict[str, tuple[str, ...]] = {
    "today": (),
    "topics": ("2", "g", "j"),
    "lesson": ("2", "j", "j", "enter"),
    "quiz": ("2", "j", "j", "enter", "Q"),
    "challenges": ("3",),
    "challenge": ("3", "enter"),
    "stage": ("3", "enter", "tab", "enter"),
    "checklists": ("4",),
    "checklist": ("4", "enter"),
    "note": ("4", "enter", "j", "space"),
    "review": ("5",),
    "question": ("5", "enter"),
    "exam": ("5", "x"),
    "placement": ("5", "f"),
    "progress": ("6",),
    "settings": ("6", "comma"),
    "setting": ("6", "comma", "down", "down", "down", "enter"),
    "due": ("6", "y"),
    "objective": ("6", "y", "enter"),
    "library": ("7",),
    "document": ("7", "enter"),
    "search": ("slash", "p", "l"),
    "help": ("question_mark",),
    "palette": ("ctrl+p",),
    "tour": ("question_mark", "t"),
    "news": ("W",),
}
