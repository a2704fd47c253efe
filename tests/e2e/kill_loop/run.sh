#!/bin/sh
# kill -9 under load: run.sh [CYCLES [SEED]]; 15 cycles without, 300 in the long run.
set -eu
cd "$(dirname "$0")"
[ $# -lt 2 ] || exec node kill_loop.mjs --cycles "$1" --seed "$2"
exec node kill_loop.mjs --cycles "${1:-15}"
