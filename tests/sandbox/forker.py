"""Runs code in a forkserver, in a process of its own: as another user, where tests run as root."""

from __future__ import annotations

import json
import sys
from dataclasses import asdict
from pathlib import Path

from nexus_tui.sandbox.client import ForkServer
from nexus_tui.sandbox.limits import Limits

if __name__ == "__main__":
    folder, code, limits = sys.argv[1:]
    with ForkServer("tests.sandbox.runner", {}, {}) as server:
        ended = server.run({"code": code}, Path(folder), Limits(**json.loads(limits)))
    print(json.dumps(asdict(ended)))
