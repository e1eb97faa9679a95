"""Ends with 0 where the service in this container can do its work: `python -m container.health`.

In Python, because the slim image has no curl.
"""

import os
import sys
from urllib.error import URLError
from urllib.request import urlopen

ADDRESS = f"http://127.0.0.1:{os.environ.get('PORT', '8000')}/health/ready"

if __name__ == "__main__":
    try:
        with urlopen(ADDRESS, timeout=4):  # nosec B310 - always http, always this container
            sys.exit(0)
    except (URLError, OSError) as error:
        sys.exit(f"not ready: {error}")
