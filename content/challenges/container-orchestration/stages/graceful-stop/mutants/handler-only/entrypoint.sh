#!/bin/sh
# The container's ENTRYPOINT is ["sh", "entrypoint.sh"]: `docker stop` signals this process.
set -e
: "${PORT:?is not set}" "${BANK:?is not set}"
echo "shop on port $PORT, bank at $BANK"
python server.py
