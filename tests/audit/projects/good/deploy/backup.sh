#!/bin/sh
set -eu
pg_dump --format=custom shop > latest.dump
