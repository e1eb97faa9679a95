"""Addresses that a text names: opened in the browser, where there is one."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

if TYPE_CHECKING:
    from textual.app import App


def is_there() -> bool:
    """Is there a browser with a window of its own? One in the terminal would draw over Nexus."""
    import webbrowser

    try:
        found = webbrowser.get()
    except webbrowser.Error:
        return False
    in_terminal = isinstance(found, webbrowser.GenericBrowser)
    return not in_terminal or isinstance(found, webbrowser.BackgroundBrowser)


def follow(app: App[Any], address: str) -> str:
    """Open `address`, or leave it in the clipboard; what was done, in a few words."""
    if is_there():
        app.open_url(address)
        return f"opened {urlsplit(address).netloc}"
    app.copy_to_clipboard(address)
    app.notify(
        f"No browser was found here. The address is in the clipboard, if your terminal allows it: "
        f"{address}",
        markup=False,
    )
    return "no browser here"
