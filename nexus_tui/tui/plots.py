"""Curves, drawn by plotext on a bare canvas: its points alone, without frame, ticks or colours.

plotext has one figure a process, so a canvas is drawn on the event loop only. It is imported by
`load`, in a thread: that takes as long as several paints.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    Points = list[tuple[int, float]]

_loaded: list[Any] = []


def load() -> None:
    """Import plotext. Where it cannot be loaded, `curve` gives None from then on."""
    if not _loaded:
        try:
            import plotext  # type: ignore[import-untyped]
        except (ImportError, OSError):
            _loaded.append(None)
        else:
            _loaded.append(plotext)


def curve(
    values: Sequence[float | None],
    size: tuple[int, int],
    low: float,
    high: float,
    *,
    ascii_only: bool,
) -> list[str] | None:
    """The curve through `values`, evenly spaced, in `size` (columns, rows) between two limits.

    It is broken where a value is None; a value between two breaks is a dot. None where plotext
    cannot draw: the numbers are shown instead.
    """
    load()
    if _loaded[0] is None:
        return None
    figure: Any = _loaded[0].figure
    figure.clear()
    figure.axes(False, axis="both", side="both")
    figure.plot_size(*size)
    for axis in ("x", "y"):
        figure.ruler(axis, "both").frequency(0)
    figure.ruler("x", 0).lim(0, max(1, len(values) - 1))
    figure.ruler("y", 0).lim(low, high)
    line, dot = ("*", "*") if ascii_only else ("braille", "•")
    for run in _runs(values):
        signal = figure.signal(*zip(*run, strict=True), marker=line if len(run) > 1 else dot)
        figure.draw(signal.lines() if len(run) > 1 else signal)
    rows = str(figure.build().string(True)).split("\n")
    return [row.ljust(size[0])[: size[0]] for row in rows[: size[1]]]


def _runs(values: Sequence[float | None]) -> Iterator[Points]:
    """The stretches without a break."""
    run: Points = []
    for place, value in enumerate(values):
        if value is not None:
            run.append((place, float(value)))
        elif run:
            yield run
            run = []
    if run:
        yield run
