"""Start an installed nexus-tui in a pseudo-terminal, look at Today, and quit."""

import os
import sys
import tempfile

import pexpect

command, version = sys.argv[1:3]
home = tempfile.mkdtemp()
environment = {**os.environ, "HOME": home, "TERM": "xterm-256color", "NEXUS_DB": f"{home}/p.db"}
for name in [key for key in environment if key.startswith("XDG_")]:
    del environment[name]
app = pexpect.spawn(command, env=environment, dimensions=(24, 80), encoding="utf-8", timeout=60)
app.expect("Welcome to Nexus")
app.expect("84 topics")
app.send("2")
app.expect("Foundations")
app.send("q")
app.expect(pexpect.EOF)
app.close()
if app.exitstatus != 0:
    sys.exit(f"nexus-tui on Python {version} left with {app.exitstatus}, {app.signalstatus}")
print(f"wheel: Today was seen with Python {version}")
