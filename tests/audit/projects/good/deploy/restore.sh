#!/bin/sh
set -eu
createdb shop_restore
pg_restore --exit-on-error --no-owner -d shop_restore latest.dump
