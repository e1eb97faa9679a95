#!/bin/sh
# switch.sh blue|green; switch.sh rollback leads back to the other one.
set -eu
curl --fail --retry 10 --retry-all-errors "http://$1.internal/readyz"
ln -sfn "$1" live
