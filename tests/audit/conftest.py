"""The projects that are audited hold tests of their own, which are not ours."""

from __future__ import annotations

collect_ignore = ["projects"]
