"""Takes the place of a library, if it can."""

import os

os.write(1, b"shadowed\n")
os._exit(0)
